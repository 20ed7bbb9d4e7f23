#!/bin/sh
# Records the signatures of what the tables name, from the newest releases of the libraries, in tests/signatures/.
#
# A maintainer runs this by hand, after adding names to src/knowledge and when a library has a new release: it installs some
# gigabytes. What CI checks is in tests/signatures.rs: the tables against the record.
#
#     tests/scripts/signatures.sh                # all libraries
#     tests/scripts/signatures.sh torch monai    # some of them
#     UPDATE=1 cargo test --test signatures      # then: src/knowledge/*/signatures.toml
#
# PYTHON names an interpreter that has the libraries; without it they are installed in a new environment.
set -eu

scripts=$(cd "$(dirname "$0")" && pwd)
if [ -z "${PYTHON:-}" ]; then
    packages="torch torchvision torchmetrics monai segmentation-models-pytorch timm keras tf-keras tensorflow-cpu"
    packages="$packages torchgeo terratorch speechbrain"
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
    python3 -m venv "$folder"
    # shellcheck disable=SC2086 # a list of words
    "$folder/bin/pip" install --quiet --disable-pip-version-check $packages
    PYTHON="$folder/bin/python"
fi
"$PYTHON" "$scripts/signatures.py" "$@"
