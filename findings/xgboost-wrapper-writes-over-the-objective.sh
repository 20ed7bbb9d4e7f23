#!/usr/bin/env bash
# A classifier that is made with `objective="binary:logistic"` and fitted on labels 0, 1 and 2 neither refuses nor warns: it trains
# `multi:softprob` and writes that over its own parameter, so that `get_params()`, a clone and a saved configuration all say
# `multi:softprob` afterwards. LightGBM's wrapper (4.7.0) keeps `objective="binary"` on the same data and stops with an error.
#
# Where: xgboost.XGBClassifier.fit; seen with 3.2.0, scikit-learn 1.9.1. Since which version: not looked for.
#
# Why it matters: a stray third label (a missing value coded as 2) turns a yes-or-no model into another one, and what is logged
# looks as if it had been asked for. A linter that reads the configuration must not take its objective for what is trained.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check xgboost==3.2.0 scikit-learn==1.9.1 numpy
"$folder/env/bin/python" - <<'PYTHON' > "$folder/seen" 2> "$folder/said"
import warnings
import numpy as np, xgboost as xgb
from sklearn.base import clone
rng = np.random.default_rng(0)
x, y = rng.normal(size=(300, 3)), np.repeat([0, 1, 2], 100)
model = xgb.XGBClassifier(objective="binary:logistic", n_estimators=2)
with warnings.catch_warnings(record=True) as said:
    warnings.simplefilter("always")
    model.fit(x, y)
print("xgboost", xgb.__version__)
print("asked for: binary:logistic; warnings:", len(said))
print("get_params:", model.get_params()["objective"])
print("a clone:", clone(model).get_params()["objective"])
print("columns of predict_proba:", model.predict_proba(x).shape[1])
PYTHON
cat "$folder/seen"
cat > "$folder/expected" <<'SEEN'
xgboost 3.2.0
asked for: binary:logistic; warnings: 0
get_params: multi:softprob
a clone: multi:softprob
columns of predict_proba: 3
SEEN
diff "$folder/expected" "$folder/seen" && echo "as it was seen"
