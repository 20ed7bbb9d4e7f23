#!/bin/sh
# Trains boosted trees with every objective beside every argument and metric, and tells what counts, is ignored or refused.
#
# A maintainer runs this by hand, before a release and after changing src/knowledge/boosters.toml: it installs three libraries and
# takes minutes, which is too heavy for every CI run. What CI checks is that the tables agree with the last result: tests/boosters.rs.
#
#     tests/scripts/boosters.sh                # prints the result
#     tests/scripts/boosters.sh --record       # writes docs/boosters-run.md
#
# PYTHON names an interpreter that has the libraries; without it they are installed in a new environment.
set -eu

scripts=$(cd "$(dirname "$0")" && pwd)
if [ -z "${PYTHON:-}" ]; then
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
    python3 -m venv "$folder"
    "$folder/bin/pip" install --quiet --disable-pip-version-check xgboost==3.2.0 lightgbm==4.7.0 catboost==1.2.10
    PYTHON="$folder/bin/python"
fi
"$PYTHON" "$scripts/boosters.py" "$@"
