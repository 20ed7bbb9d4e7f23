#!/usr/bin/env bash
# XGBoost's scikit-learn classifier takes `binary:logitraw` and then answers `predict_proba` with raw margins: the second column is
# the margin itself, the first is one minus it, so "probabilities" of -0.7 and 1.7 that still add to one. `predict` cuts those
# margins at 0.5, not at 0, so samples between (a probability of 0.5 to 0.62) become the negative class. No warning.
#
# Where: xgboost.XGBClassifier; seen with 3.2.0, scikit-learn 1.9.1. Since which version: not looked for.
#
# Why it matters: log loss, calibration curves and thresholds on these columns are meaningless, and nothing in the configuration but
# the objective shows it. losslint judges metrics of probabilities beside this objective for that reason.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check xgboost==3.2.0 scikit-learn==1.9.1 numpy
"$folder/env/bin/python" - <<'PYTHON' > "$folder/seen" 2> "$folder/said"
import numpy as np, sklearn, xgboost as xgb
rng = np.random.default_rng(0)
x = rng.normal(size=(2000, 3))
y = (rng.random(2000) < 1 / (1 + np.exp(-x[:, 0]))).astype(int)
model = xgb.XGBClassifier(objective="binary:logitraw", n_estimators=20, max_depth=2).fit(x, y)
margin = model.get_booster().predict(xgb.DMatrix(x))
shares, classes = model.predict_proba(x), model.predict(x)
between = (margin > 0) & (margin < 0.5)
print("xgboost", xgb.__version__)
print("a share above 1:", bool((shares > 1).any()), "below 0:", bool((shares < 0).any()))
print("second column is the margin:", bool(np.allclose(shares[:, 1], margin)), "first is one minus it:", bool(np.allclose(shares[:, 0], 1 - margin)))
print("margins between 0 and 0.5 are called:", sorted(set(classes[between].tolist())), "of which there are some:", bool(between.any()))
PYTHON
cat "$folder/seen"
cat > "$folder/expected" <<'SEEN'
xgboost 3.2.0
a share above 1: True below 0: True
second column is the margin: True first is one minus it: True
margins between 0 and 0.5 are called: [0] of which there are some: True
SEEN
diff "$folder/expected" "$folder/seen" && echo "as it was seen"
