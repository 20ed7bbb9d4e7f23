#!/bin/sh
# Fixes every fixture in each way that --fix allows, and reads the results with the libraries that the files are for.
#
# A maintainer runs this by hand, before a release and after changing what fixes write: it installs many libraries, which
# are too heavy for every CI run. What CI checks of fixes is in tests/fixes.rs.
#
#     tests/scripts/fixed_libraries.sh                     # all fixtures
#     tests/scripts/fixed_libraries.sh --only lightning    # those whose path holds this
#     tests/scripts/fixed_libraries.sh --record            # also writes docs/fixed-libraries-run.md
#
# PYTHON_BOOST, PYTHON_TORCH, PYTHON_GEO and PYTHON_LUDWIG name interpreters that have the libraries; those that are not
# named are installed in new environments.
set -eu

scripts=$(cd "$(dirname "$0")" && pwd)
cd "$scripts/../.."
cargo build --quiet --bin losslint

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# The interpreter of an environment: the one that is named, or one with these packages.
interpreter() {
    name=$1
    given=$2
    shift 2
    if [ -z "$given" ]; then
        python3 -m venv "$folder/$name"
        "$folder/$name/bin/pip" install --quiet --disable-pip-version-check "$@"
        given=$folder/$name/bin/python
    fi
    echo "--python=$name=$given"
}

python3 "$scripts/fixed_libraries.py" \
    "$(interpreter boost "${PYTHON_BOOST:-}" xgboost lightgbm catboost pyyaml)" \
    "$(interpreter torch "${PYTHON_TORCH:-}" torch transformers hydra-core monai segmentation-models-pytorch pyyaml)" \
    "$(interpreter geo "${PYTHON_GEO:-}" torchgeo terratorch 'jsonargparse[signatures]')" \
    "$(interpreter ludwig "${PYTHON_LUDWIG:-}" ludwig)" \
    "$@"
