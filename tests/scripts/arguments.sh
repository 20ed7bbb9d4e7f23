#!/bin/sh
# Computes the losses of torch, MONAI, smp, timm, torchvision and Keras with every argument, and tells what counts, is ignored or refused.
#
# A maintainer runs this by hand, before a release and after changing the rules for arguments in src/knowledge/: it installs
# libraries of gigabytes. What CI checks is that the tables agree with the last result: tests/arguments.rs.
#
#     tests/scripts/arguments.sh                # prints the result
#     tests/scripts/arguments.sh --record       # writes docs/arguments-run.md
#
# PYTHON names an interpreter that has the libraries of torch, KERAS_PYTHON one that has Keras; without them they are installed.
set -eu

scripts=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
install() {
    python3 -m venv "$folder/$1"
    name=$1
    shift
    "$folder/$name/bin/pip" install --quiet --disable-pip-version-check "$@"
}
if [ -z "${PYTHON:-}" ]; then
    install torch torch==2.15.0 torchvision==0.29.2 monai==1.6.1 segmentation-models-pytorch==0.6.0 timm==1.0.31 scipy
    PYTHON="$folder/torch/bin/python"
fi
if [ -z "${KERAS_PYTHON:-}" ]; then
    install keras tensorflow==2.21.0 keras==3.15.1 tf_keras==2.21.0
    KERAS_PYTHON="$folder/keras/bin/python"
fi
TF_CPP_MIN_LOG_LEVEL=3 "$KERAS_PYTHON" "$scripts/arguments.py" keras >"$folder/keras.json" 2>"$folder/said"
TF_USE_LEGACY_KERAS=1 TF_CPP_MIN_LOG_LEVEL=3 "$KERAS_PYTHON" "$scripts/arguments.py" tf_keras >"$folder/tf_keras.json" 2>"$folder/said"
"$PYTHON" "$scripts/arguments.py" torch >"$folder/torch.json" 2>"$folder/said"
"$PYTHON" "$scripts/arguments.py" page "$@" "$folder/torch.json" "$folder/keras.json" "$folder/tf_keras.json"
