#!/bin/sh
# Runs every program that `losslint recommend` shows, in a new virtual environment with the newest releases.
#
# A maintainer runs this by hand, before a release and after changing src/recommend: it downloads some gigabytes and takes
# minutes, which is too heavy for every CI run. What CI checks of the programs is in tests/recommend.rs.
#
#     tests/scripts/recommend.sh                                         # Keras on PyTorch, and PyTorch
#     tests/scripts/recommend.sh --backends torch,tensorflow,jax         # Keras on each of them
#     tests/scripts/recommend.sh --record ...                            # also writes docs/recommend-run.md
#
# PyTorch is needed anyway and serves as Keras's backend, so that by default nothing else is installed.
set -eu

scripts=$(cd "$(dirname "$0")" && pwd)
packages="keras torch torchvision"
case "$*" in *tensorflow*) packages="$packages tensorflow-cpu" ;; esac
case "$*" in *jax*) packages="$packages jax" ;; esac

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
# shellcheck disable=SC2086 # a list of words
"$folder/bin/pip" install --quiet --disable-pip-version-check $packages
"$folder/bin/python" "$scripts/recommend.py" "$@"
