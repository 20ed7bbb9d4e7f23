#!/bin/sh
# Lets the real libraries write correct models, breaks them in known ways, and runs losslint over both: false alarms and misses.
#
# A maintainer runs this by hand, before a release and after changing tables or dialects: it installs frameworks, which are too
# heavy for every CI run. It fails when there is a false alarm, a silent miss, or less than 97 % of the broken twins are found.
#
#     tests/scripts/generated_models.sh                    # every library
#     tests/scripts/generated_models.sh --record           # also writes docs/generated-models-run.md
#     tests/scripts/generated_models.sh --limit 1000       # names more files of each kind
#
# PYTHON_KERAS, PYTHON_TORCH, PYTHON_BOOSTERS, PYTHON_EARTH (torchgeo, terratorch) and PYTHON_LUDWIG name interpreters that have
# the libraries; without one they are installed in a new environment. MODELS names a folder whose models are taken as they are, where there are some, and which is kept.
set -eu

scripts=$(cd "$(dirname "$0")" && pwd)
cd "$scripts/../.."
cargo build --quiet --bin losslint
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# The interpreter $1, or a new environment $2 with the packages behind.
interpreter() {
    if [ -n "$1" ]; then
        echo "$1"
        return
    fi
    name=$2
    shift 2
    python3 -m venv "$scratch/$name"
    "$scratch/$name/bin/pip" install --quiet --disable-pip-version-check "$@"
    echo "$scratch/$name/bin/python"
}

# $1 makes the models of $2, with the script named by $3; what follows goes to it.
make_models() {
    made=$models/$2/made.json
    python=$1
    script=$scripts/generated_models/$3_models.py
    shift 3
    if [ ! -e "$made" ]; then
        OMP_NUM_THREADS=1 "$python" "$script" "$models" "$@"
    fi
}

models=${MODELS:-$scratch/models}
mkdir -p "$models"
boosters=$(interpreter "${PYTHON_BOOSTERS:-}" boosters xgboost lightgbm catboost scikit-learn)
for library in xgboost lightgbm catboost; do
    make_models "$boosters" "$library" booster "$library"
done
torch=$(interpreter "${PYTHON_TORCH:-}" torch torch torchvision torchmetrics lightning hydra-core transformers monai \
    segmentation-models-pytorch timm scipy pyyaml)
for library in torch torchmetrics transformers; do
    make_models "$torch" "$library" "$library"
done
for library in monai smp timm torchvision; do
    make_models "$torch" "$library" network "$library"
done
keras=$(interpreter "${PYTHON_KERAS:-}" keras keras tensorflow-cpu)
make_models "$keras" keras keras keras
make_models "$keras" keras.applications keras keras.applications
earth=$(interpreter "${PYTHON_EARTH:-}" earth torchgeo terratorch)
make_models "$earth" torchgeo toolkit torchgeo
make_models "$earth" terratorch toolkit terratorch
ludwig=$(interpreter "${PYTHON_LUDWIG:-}" ludwig ludwig)
make_models "$ludwig" ludwig toolkit ludwig
python3 "$scripts/generated_models.py" "$models" "$@"
