#!/usr/bin/env bash
# Which number formats the targets of a PyTorch loss may have is decided by each loss for itself, in a way that cannot be guessed:
# `MSELoss` takes integers and truth values, `HuberLoss` and `SmoothL1Loss`, which compute nearly the same, disagree even about
# float64; `BCELoss` refuses a float64 that `BCEWithLogitsLoss` takes. A float64 that is taken (NumPy's default) makes the loss
# float64 without a word, with most losses but not with `SoftMarginLoss`.
#
# Where: torch.nn; seen with 2.15.0 on CPU, forward and backward. Since which version: not looked for.
#
# Why it matters: exchanging one loss for its neighbour, as a fix does, can stop a training that ran; and targets that were left as
# integers or as NumPy's float64 are no sign of a mistake with some losses, and the end of the run with others.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check torch==2.15.0 numpy
OMP_NUM_THREADS=1 "$folder/env/bin/python" - <<'PYTHON' > "$folder/seen" 2> "$folder/said"
import torch
from torch import nn

print("torch", torch.__version__.split("+")[0])
formats = [torch.float64, torch.int64, torch.bool]
for name in ["MSELoss", "L1Loss", "SmoothL1Loss", "HuberLoss", "PoissonNLLLoss", "SoftMarginLoss", "BCELoss", "BCEWithLogitsLoss"]:
    told = []
    for target_format in formats:
        output = nn.Linear(3, 1)(torch.ones(4, 3))
        output = output.sigmoid() if name == "BCELoss" else output
        target = torch.tensor([[0], [1], [1], [0]]).to(target_format)
        try:
            loss = getattr(nn, name)()(output, target)
            loss.backward()
            told.append(str(loss.dtype).removeprefix("torch."))
        except (RuntimeError, NotImplementedError):
            told.append("raises")
    print(name, *told)
PYTHON
cat "$folder/seen"
cat > "$folder/expected" <<'SEEN'
torch 2.15.0
MSELoss float64 float32 float32
L1Loss float64 float32 raises
SmoothL1Loss float64 float32 float32
HuberLoss raises raises raises
PoissonNLLLoss float64 float32 float32
SoftMarginLoss float32 float32 raises
BCELoss raises raises raises
BCEWithLogitsLoss float64 raises raises
SEEN
diff "$folder/expected" "$folder/seen" && echo "as it was seen"
