#!/usr/bin/env python3
"""Train boosted trees with every objective beside every argument and metric, and tell what counts: boosters.sh calls this.

Each objective is trained on 240 samples that suit it, with and without each argument. An argument *counts* when a raw score differs,
is *ignored* when none does, and is *refused* when the library stops. Metrics watch the training samples.

    boosters.py              # prints the result
    boosters.py --record     # writes it to docs/boosters-run.md, which tests/boosters.rs holds the tables to
"""
import contextlib
import os
import pathlib
import platform
import re
import subprocess
import sys
import tempfile
import warnings

import catboost
import lightgbm
import numpy
import xgboost

PAGE = pathlib.Path(__file__).resolve().parents[2] / "docs" / "boosters-run.md"
SAMPLES, ROUNDS, CLASSES, GROUPS = 240, 4, 3, 12


class Data:
    """Samples of each kind of task. The classes are unequal, so that weights can count."""

    def __init__(self):
        random = numpy.random.RandomState(0)
        self.x = random.rand(SAMPLES, 4)
        self.group = [SAMPLES // GROUPS] * GROUPS
        self.group_id = numpy.repeat(numpy.arange(GROUPS), SAMPLES // GROUPS)
        noisy = self.x[:, 0] + 0.3 * random.rand(SAMPLES)
        # XGBoost weighs labels of exactly 1 beside a regression, too.
        number = numpy.where(noisy > 1, 1.0, 0.5 + 2 * noisy)
        classes = numpy.digitize(noisy, [0.9, 1.1])
        self.labels = {
            "number": number,
            "numbers": numpy.stack([0.5 + noisy, 1 - noisy], axis=1),
            "yes or no": (noisy > 1).astype(int),
            "class": classes,
            "labels": (random.rand(SAMPLES, CLASSES) * (1 + self.x[:, :CLASSES]) > 0.9).astype(int),
            "rank": classes,
            "time": 0.5 + 2 * noisy,
            "interval": numpy.stack([0.5 + noisy, 1.0 + noisy], axis=1),
        }


@contextlib.contextmanager
def captured():
    """What the library writes, also from C++."""
    kept = []
    with tempfile.TemporaryFile(mode="w+b") as file:
        saved = [os.dup(1), os.dup(2)]
        sys.stdout.flush(), sys.stderr.flush()
        os.dup2(file.fileno(), 1), os.dup2(file.fileno(), 2)
        try:
            with warnings.catch_warnings(record=True) as warned:
                warnings.simplefilter("always")
                yield kept
        finally:
            sys.stdout.flush(), sys.stderr.flush()
            for number, handle in zip((1, 2), saved):
                os.dup2(handle, number), os.close(handle)
            file.seek(0)
            kept.append(file.read().decode(errors="replace"))
            kept.extend(str(warning.message) for warning in warned)


class XGBoost:
    name, version = "XGBoost", xgboost.__version__
    objectives = {
        "reg:squarederror": "number", "reg:squaredlogerror": "number", "reg:pseudohubererror": "number",
        "reg:absoluteerror": "number", "reg:quantileerror": "number", "reg:gamma": "number", "reg:tweedie": "number",
        "count:poisson": "number", "binary:logistic": "yes or no", "binary:logitraw": "yes or no", "reg:logistic": "yes or no",
        "binary:hinge": "yes or no", "multi:softprob": "class", "multi:softmax": "class", "rank:ndcg": "rank",
        "rank:map": "yes or no", "rank:pairwise": "rank", "survival:cox": "time", "survival:aft": "interval",
    }  # fmt: skip
    wanted = {"reg:quantileerror": {"quantile_alpha": 0.3}, "multi:softprob": {"num_class": CLASSES},
              "multi:softmax": {"num_class": CLASSES}}  # fmt: skip
    arguments = {
        "scale_pos_weight": 5.0, "num_class": CLASSES, "quantile_alpha": 0.8, "huber_slope": 0.2, "tweedie_variance_power": 1.2,
        "aft_loss_distribution": "logistic", "aft_loss_distribution_scale": 2.0,
    }  # fmt: skip
    metrics = [
        "rmse", "rmsle", "mae", "mape", "mphe", "logloss", "error", "error@0.7", "merror", "mlogloss", "auc", "aucpr", "pre",
        "ndcg", "map", "quantile", "poisson-nloglik", "gamma-nloglik", "gamma-deviance", "tweedie-nloglik@1.5", "cox-nloglik",
        "aft-nloglik", "interval-regression-accuracy",
    ]  # fmt: skip

    def train(self, data, objective, kind, more, metric=None):
        label = data.labels[kind]
        matrix = xgboost.DMatrix(data.x)
        if kind == "interval":
            matrix.set_float_info("label_lower_bound", label[:, 0])
            matrix.set_float_info("label_upper_bound", label[:, 1])
        else:
            matrix.set_label(label)
        if objective.startswith("rank:"):
            matrix.set_group(data.group)
        parameters = {"objective": objective, "max_depth": 3, "nthread": 1, "verbosity": 1, **more}
        if metric:
            parameters["eval_metric"] = metric
        watched = [(matrix, "train")] if metric else []
        model = xgboost.train(parameters, matrix, ROUNDS, evals=watched, verbose_eval=False)
        return model.predict(matrix, output_margin=True)


class LightGBM:
    name, version = "LightGBM", lightgbm.__version__
    objectives = {
        "regression": "number", "regression_l1": "number", "huber": "number", "fair": "number", "quantile": "number",
        "mape": "number", "poisson": "number", "gamma": "number", "tweedie": "number", "binary": "yes or no",
        "cross_entropy": "yes or no", "cross_entropy_lambda": "yes or no", "multiclass": "class", "multiclassova": "class",
        "lambdarank": "rank", "rank_xendcg": "rank",
    }  # fmt: skip
    wanted = {"multiclass": {"num_class": CLASSES}, "multiclassova": {"num_class": CLASSES}}
    arguments = {
        "is_unbalance": True, "scale_pos_weight": 5.0, "num_class": CLASSES, "alpha": 0.3, "fair_c": 0.2,
        "poisson_max_delta_step": 0.1, "tweedie_variance_power": 1.2, "sigmoid": 2.0, "reg_sqrt": True,
    }  # fmt: skip
    metrics = [
        "l1", "l2", "rmse", "quantile", "mape", "huber", "fair", "poisson", "gamma", "gamma_deviance", "tweedie", "r2", "ndcg",
        "map", "auc", "average_precision", "binary_logloss", "binary_error", "auc_mu", "multi_logloss", "multi_error",
        "cross_entropy", "cross_entropy_lambda", "kullback_leibler",
    ]  # fmt: skip

    def train(self, data, objective, kind, more, metric=None):
        group = data.group if kind == "rank" else None
        parameters = {
            "objective": objective, "num_leaves": 6, "min_data_in_leaf": 5, "num_threads": 1, "verbose": 0, "deterministic": True,
            "metric": metric or "None", **more,
        }  # fmt: skip
        samples = lightgbm.Dataset(data.x, data.labels[kind], group=group, params={"verbose": 0})
        watched = [samples] if metric else None
        model = lightgbm.train(parameters, samples, ROUNDS, valid_sets=watched)
        return model.predict(data.x, raw_score=True)


class CatBoost:
    name, version = "CatBoost", catboost.__version__
    objectives = {
        "RMSE": "number", "RMSEWithUncertainty": "number", "MultiRMSE": "numbers", "MultiRMSEWithMissingValues": "numbers",
        "MAE": "number", "LogCosh": "number", "Huber": "number", "Quantile": "number", "MultiQuantile": "number",
        "Expectile": "number", "LogLinQuantile": "number", "MAPE": "number", "Poisson": "number", "Tweedie": "number",
        "Lq": "number", "Logloss": "yes or no", "CrossEntropy": "yes or no", "Focal": "yes or no", "MultiClass": "class",
        "MultiClassOneVsAll": "class", "MultiLogloss": "labels", "MultiCrossEntropy": "labels", "YetiRank": "rank",
        "YetiRankPairwise": "rank", "PairLogit": "rank", "PairLogitPairwise": "rank", "StochasticRank": "rank",
        "QueryRMSE": "rank", "QuerySoftMax": "rank", "LambdaMart": "rank", "Cox": "time", "SurvivalAft": "interval",
    }  # fmt: skip
    behind = {
        "Huber": "delta=1", "MultiQuantile": "alpha=0.2,0.8", "Expectile": "alpha=0.3", "Tweedie": "variance_power=1.5",
        "Lq": "q=2", "Focal": "focal_alpha=0.3;focal_gamma=2", "StochasticRank": "metric=NDCG",
    }  # fmt: skip
    wanted = {}
    arguments = {
        "class_weights": [1.0, 2.0, 5.0], "auto_class_weights": "Balanced", "scale_pos_weight": 5.0, "classes_count": CLASSES,
    }  # fmt: skip
    metrics = [
        "RMSE", "MAE", "MAPE", "SMAPE", "MSLE", "MedianAbsoluteError", "R2", "LogCosh", "Huber", "FairLoss", "Quantile",
        "Expectile", "LogLinQuantile", "NumErrors", "Lq", "Poisson", "Tweedie", "MultiRMSE", "MultiRMSEWithMissingValues",
        "RMSEWithUncertainty", "MultiQuantile", "Logloss", "CrossEntropy", "Focal", "BrierScore", "HingeLoss", "MultiClass",
        "MultiClassOneVsAll", "MultiLogloss", "MultiCrossEntropy", "Accuracy", "BalancedAccuracy", "BalancedErrorRate",
        "Precision", "Recall", "F1", "F", "TotalF1", "Kappa", "WKappa", "MCC", "ZeroOneLoss", "HammingLoss", "AUC", "PRAUC",
        "NormalizedGini", "LogLikelihoodOfPrediction", "NDCG", "DCG", "FilteredDCG", "MAP", "MRR", "ERR", "PFound",
        "PrecisionAt", "RecallAt", "QueryAUC", "QueryAverage", "QueryRMSE", "QuerySoftMax", "PairLogit", "PairAccuracy",
        "Cox", "SurvivalAft", "CtrFactor",
    ]  # fmt: skip
    behind_metric = {**behind, "FairLoss": "smoothness=1", "F": "beta=2", "NumErrors": "greater_than=0.1",
                     "QueryAverage": "top=2"}  # fmt: skip

    def train(self, data, objective, kind, more, metric=None, bare=False):
        behind = {} if bare else self.behind
        parameters = {
            "loss_function": f"{objective}:{behind[objective]}" if objective in behind else objective,
            "iterations": ROUNDS, "depth": 3, "thread_count": 1, "verbose": False, "allow_writing_files": False, "random_seed": 0,
            **more,
        }  # fmt: skip
        if "class_weights" in more and kind == "yes or no":
            parameters["class_weights"] = [1.0, 5.0]
        if metric:
            own = self.behind_metric
            parameters["eval_metric"] = f"{metric}:{own[metric]}" if metric in own else metric
        group = data.group_id if kind == "rank" else None
        samples = catboost.Pool(data.x, data.labels[kind], group_id=group)
        model = catboost.train(samples, parameters, eval_set=samples if metric else None)
        return numpy.asarray(model.predict(samples, prediction_type="RawFormulaVal"))


def outcome(train):
    """The raw scores or None, and what the library said."""
    scores = None
    with captured() as said:
        try:
            scores = train()
        except Exception as error:  # whatever the library raises is the answer
            said.append(str(error))
    return scores, " ".join(said)


def first_line(said):
    lines = [line for line in said.replace("|", "/").splitlines() if line.strip()]
    lines = [line.split(" [LightGBM]")[0] for line in lines]
    telling = [line for line in lines if "rror" in line or "arning" in line or "Check failed" in line]
    # Without the time and the place in the source that stand before it.
    return re.sub(r"^(\[[\d:]+\] )?\S+/\S+:\d+: ", "", (telling or lines or [""])[0].strip())[:150]


def effects(library, data):
    """(objective, argument) → counts, ignored or refused; and whether the library said something of an ignored one."""
    found = {}
    for objective, kind in library.objectives.items():
        wanted = library.wanted.get(objective, {})
        plain, said_plainly = outcome(lambda: library.train(data, objective, kind, wanted))
        if plain is None:
            raise SystemExit(f"{library.name} does not train {objective}: {said_plainly}")
        for argument, value in library.arguments.items():
            if argument in wanted and argument.startswith(("num_class", "classes")):
                continue
            scores, said = outcome(lambda: library.train(data, objective, kind, {**wanted, argument: value}))
            if scores is None:
                found[objective, argument] = ("refused", said)
            elif scores.shape == plain.shape and numpy.array_equal(scores, plain):
                found[objective, argument] = ("ignored", said if argument in said and argument not in said_plainly else "")
            else:
                found[objective, argument] = ("counts", "")
    return found


def watch(library, objective, metrics):
    """Trains an objective beside each metric and says which run: in a process of its own, for one may end it."""
    data = Data()
    out = os.fdopen(os.dup(1), "w")
    for metric in metrics:
        kind = library.objectives.get(objective, "yes or no")
        train = lambda: library.train(data, objective, kind, library.wanted.get(objective, {}), metric)  # noqa: E731
        print("refused" if outcome(train)[0] is None else "runs", file=out, flush=True)


def refused(library, objective, metrics):
    """Those metrics that the library refuses beside an objective; one that ends the process is refused, too."""
    found, rest = [], list(metrics)
    while rest:
        command = [sys.executable, __file__, "--watch", library.name, objective, *rest]
        said = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout.split()
        found += [name for name, answer in zip(rest, said) if answer == "refused"]
        found += rest[len(said) : len(said) + 1]
        rest = rest[len(said) + 1 :]
    return found


def metrics(library):
    """objective → the metrics that the library refuses beside it."""
    return {objective: refused(library, objective, library.metrics) for objective in library.objectives}


def without_its_own(library, data):
    """The objectives that are refused without an argument of their own, and what the library says."""
    found = {}
    for objective, kind in library.objectives.items():
        if objective in library.wanted:
            train = lambda: library.train(data, objective, kind, {})  # noqa: E731
        elif objective in getattr(library, "behind", {}):
            train = lambda: library.train(data, objective, kind, {}, bare=True)  # noqa: E731
        else:
            continue
        scores, said = outcome(train)
        if scores is None:
            found[objective] = first_line(said)
    return found


def as_objectives(library, data):
    """The metrics that are refused as objectives, of those that are none."""
    names = list(dict.fromkeys(name.partition("@")[0] for name in library.metrics))
    names = [name for name in names if name not in library.objectives]
    return [name for name in names if outcome(lambda: library.train(data, name, "yes or no", {}))[0] is None]


def grouped(found):
    """Keys with equal values together, in order."""
    groups = {}
    for key, value in found.items():
        groups.setdefault(tuple(value), []).append(key)
    return groups


def words(names):
    return " ".join(f"`{name}`" for name in names) or "–"


def page(libraries):
    versions = ", ".join(f"{library.name} {library.version}" for library in libraries)
    lines = [HEAD.format(versions=versions, python=platform.python_version(), samples=SAMPLES, rounds=ROUNDS)]
    data = Data()
    for library in libraries:
        lines += ["", f"## {library.name}", "", "| argument | counts with | ignored with | refused with |", "|---|---|---|---|"]
        found = effects(library, data)
        for argument in library.arguments:
            cells = [
                words(own for (own, given), (what, _) in found.items() if given == argument and what == wanted)
                for wanted in ("counts", "ignored", "refused")
            ]
            lines.append(f"| `{argument}` | " + " | ".join(cells) + " |")
        lines += ["", "| refused without an argument | what the library says |", "|---|---|"]
        lines += [f"| `{objective}` | {said} |" for objective, said in without_its_own(library, data).items()]
        lines += ["", "| objectives | refuse these metrics |", "|---|---|"]
        lines += [f"| {words(own)} | {words(names)} |" for names, own in grouped(metrics(library)).items()]
        lines += ["", "Metrics that are refused as objectives: " + words(as_objectives(library, data))]
    return "\n".join(lines) + "\n"


HEAD = """# What boosted trees make of their parameters

{versions}; Python {python}, CPU.

Every objective was trained for {rounds} rounds on {samples} samples that suit it, with and without each argument, and watched by each
metric. An argument counts when a raw score differs, is ignored when none does, and is refused when the library stops. The numbers
that are trained lie between 0.5 and 3, so that a metric for labels of 0 and 1 may be refused for the labels' sake. Written by
`tests/scripts/boosters.sh --record`, which a maintainer runs: it installs the libraries. `tests/boosters.rs` holds the tables in
`src/knowledge/` to it."""


if __name__ == "__main__":
    libraries = [XGBoost(), LightGBM(), CatBoost()]
    if sys.argv[1:2] == ["--watch"]:
        name, objective, *names = sys.argv[2:]
        watch(next(library for library in libraries if library.name == name), objective, names)
        sys.exit()
    text = page(libraries)
    if "--record" in sys.argv[1:]:
        PAGE.write_text(text)
    else:
        print(text, end="")
