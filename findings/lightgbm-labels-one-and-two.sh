#!/usr/bin/env bash
# LightGBM with `objective=binary` takes labels 1 and 2 (as R and MATLAB write them) without an error: everything that is not 0 is
# positive, so there is one class, and the model says 1.0 for every sample. The only trace is a line `Contains only one class` in the
# log, which `verbose=-1` removes. The same labels through the scikit-learn wrapper are encoded first and train as they should.
#
# Where: lightgbm.train; seen with 4.7.0. Since which version: not looked for.
#
# Why it matters: the two ways into one library disagree on the same data, and the wrong one is silent at the verbosity that
# most training scripts set. With declared labels losslint can say so before the run.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check lightgbm==4.7.0 scikit-learn==1.9.1 numpy
"$folder/env/bin/python" - <<'PYTHON' > "$folder/seen" 2> "$folder/said"
import warnings
warnings.filterwarnings("ignore")
import numpy as np, lightgbm as lgb
rng = np.random.default_rng(0)
x = rng.normal(size=(400, 3))
y = np.where(x[:, 0] > 0, 2, 1)
model = lgb.train({"objective": "binary", "verbose": -1}, lgb.Dataset(x, y), 20)
print("lightgbm", lgb.__version__)
print("lgb.train, labels 1 and 2:", sorted(set(np.round(model.predict(x), 6).tolist())))
model = lgb.train({"objective": "binary", "verbose": -1}, lgb.Dataset(x, y - 1), 20)
print("lgb.train, labels 0 and 1: right for", round(float(((model.predict(x) > 0.5) == (y == 2)).mean()), 2))
wrapped = lgb.LGBMClassifier(objective="binary", n_estimators=20, verbose=-1).fit(x, y)
print("LGBMClassifier, labels 1 and 2: right for", round(float((wrapped.predict(x) == y).mean()), 2))
PYTHON
cat "$folder/seen"
cat > "$folder/expected" <<'SEEN'
lightgbm 4.7.0
lgb.train, labels 1 and 2: [1.0]
lgb.train, labels 0 and 1: right for 1.0
LGBMClassifier, labels 1 and 2: right for 1.0
SEEN
diff "$folder/expected" "$folder/seen" && echo "as it was seen"
