#!/bin/sh
# Fixes every Keras export among the bad fixtures, then loads, compiles and trains the result in real Keras.
#
# A maintainer runs this by hand, before a release and after changing what fixes write: it installs a framework, which is
# too heavy for every CI run. What CI checks of fixes is in tests/fixes.rs.
#
#     tests/scripts/fixed_models.sh                        # Keras on TensorFlow
#     tests/scripts/fixed_models.sh --backend jax          # or on JAX or PyTorch
#     tests/scripts/fixed_models.sh --record ...           # also writes docs/fixed-models-run.md
#
# PYTHON names an interpreter that has Keras and the backend; without it they are installed in a new environment.
set -eu

scripts=$(cd "$(dirname "$0")" && pwd)
cd "$scripts/../.."
cargo build --quiet --bin losslint

if [ -z "${PYTHON:-}" ]; then
    case "$*" in
        *jax*) backend=jax ;;
        *torch*) backend=torch ;;
        *) backend=tensorflow-cpu ;;
    esac
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
    python3 -m venv "$folder"
    "$folder/bin/pip" install --quiet --disable-pip-version-check keras "$backend"
    PYTHON="$folder/bin/python"
fi
"$PYTHON" "$scripts/fixed_models.py" "$@"
