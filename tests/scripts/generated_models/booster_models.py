"""XGBoost, LightGBM and CatBoost: every objective with every metric, as parameters, saved models and dumps.

An objective is trained for two rounds with each metric, on labels that it takes. Which metrics fit is written down here for each
kind of objective; a metric of another kind makes a twin, where the library refuses it or its number means nothing.
"""

import json
import sys
import tempfile

from sink import Sink, quiet

quiet()

import catboost  # noqa: E402
import lightgbm  # noqa: E402
import numpy  # noqa: E402
import xgboost  # noqa: E402

RANDOM = numpy.random.default_rng(0)
X = RANDOM.random((60, 4))
LABELS = {
    "binary": (X[:, 0] > 0.5).astype(int), "classes": RANDOM.integers(0, 3, 60), "number": X[:, 0] + X[:, 1] + 0.1,
    "count": RANDOM.integers(0, 6, 60), "positive": X[:, 0] + 0.5, "rank": RANDOM.integers(0, 2, 60),
}
GROUPS = numpy.repeat(numpy.arange(6), 10)
DISTANCES = ["rmse", "mae", "mape", "mphe"]
XGBOOST = {
    "binary": (["binary:logistic", "reg:logistic"], ["logloss", "error", "error@0.7", "auc", "aucpr"], ["merror", "mlogloss"]),
    "margin": (["binary:hinge"], ["error"], ["merror", "mlogloss"]),
    "raw": (["binary:logitraw"], ["auc", "aucpr"], ["merror", "mlogloss"]),
    "classes": (["multi:softmax", "multi:softprob"], ["mlogloss", "merror", "auc"], ["logloss", "error", "rmse", "mae"]),
    "number": (["reg:squarederror", "reg:squaredlogerror", "reg:pseudohubererror", "reg:absoluteerror"], [*DISTANCES, "rmsle"], ["merror", "mlogloss", "error", "logloss"]),
    "count": (["count:poisson"], ["poisson-nloglik", "rmse", "mae"], ["merror", "error"]),
    "positive": (["reg:gamma", "reg:tweedie"], ["gamma-nloglik", "gamma-deviance", "tweedie-nloglik@1.5", "rmse"], ["merror", "error"]),
    "rank": (["rank:ndcg", "rank:map", "rank:pairwise"], ["ndcg", "map", "pre", "ndcg@3"], ["merror", "mlogloss"]),
    "survival": (["survival:cox"], ["cox-nloglik"], ["merror"]),
}
LIGHTGBM = {
    "binary": (["binary", "cross_entropy", "cross_entropy_lambda"], ["binary_logloss", "binary_error", "auc", "average_precision", "cross_entropy"], ["multi_logloss", "multi_error", "auc_mu"]),
    "classes": (["multiclass", "softmax", "multiclassova", "ovr"], ["multi_logloss", "multi_error", "auc_mu"], ["binary_logloss", "binary_error", "auc", "l2"]),
    "number": (["regression", "regression_l1", "huber", "fair", "quantile", "mape", "rmse"], ["l1", "l2", "rmse", "mape", "huber", "quantile", "fair"], ["multi_logloss", "multi_error", "binary_error", "binary_logloss"]),
    "count": (["poisson"], ["poisson", "l2"], ["multi_error", "binary_error"]),
    "positive": (["gamma", "tweedie"], ["gamma", "gamma_deviance", "tweedie", "l2"], ["multi_error", "binary_error"]),
    "rank": (["lambdarank", "rank_xendcg"], ["ndcg", "map"], ["multi_logloss", "binary_error"]),
}
CATBOOST = {
    "binary": (["Logloss", "CrossEntropy"], ["AUC", "Accuracy", "F1", "Precision", "Recall", "BrierScore", "Logloss"], ["MultiClass", "MultiLogloss"]),
    "classes": (["MultiClass", "MultiClassOneVsAll"], ["Accuracy", "TotalF1", "MCC", "Kappa", "AUC", "MultiClass"], ["Logloss", "BrierScore", "RMSE", "MAE"]),
    "number": (["RMSE", "MAE", "Quantile:alpha=0.3", "LogCosh", "Huber:delta=1.5", "Expectile:alpha=0.4", "MAPE", "Lq:q=2"], ["RMSE", "MAE", "R2", "MAPE", "SMAPE", "MedianAbsoluteError"], ["Accuracy", "F1", "MultiClass"]),
    "count": (["Poisson"], ["Poisson", "RMSE"], ["Accuracy", "MultiClass"]),
    "positive": (["Tweedie:variance_power=1.5"], ["RMSE"], ["Accuracy"]),
    "rank": (["YetiRank", "QueryRMSE", "PairLogit"], ["NDCG", "PFound"], ["MultiClass"]),
}


def labels(kind):
    return LABELS[{"margin": "binary", "raw": "binary", "survival": "positive"}.get(kind, kind)]


def file(*parts):
    return "-".join(str(part).replace(":", "_").replace("@", "_at_").replace("=", "_") for part in parts)


def yaml(params):
    """Flat parameters as YAML: the interpreter of the boosters need not have a writer of it."""
    return "".join(f"{key}: {json.dumps(value)}\n" for key, value in params.items())


class XGBoost:
    table, packages = XGBOOST, ["xgboost"]

    @staticmethod
    def params(kind, objective, metric):
        params = {"objective": objective, "eval_metric": metric, "eta": 0.1, "max_depth": 2}
        return {**params, "num_class": 3} if kind == "classes" else params

    @staticmethod
    def run(kind, params):
        data = xgboost.DMatrix(X, labels(kind), **({"qid": GROUPS} if kind == "rank" else {}))
        return xgboost.train({**params, "nthread": 1}, data, 2, evals=[(data, "train")], verbose_eval=False)

    @staticmethod
    def saves(model):
        return {"saved.json": model.save_model}

    @staticmethod
    def breaks(kind, params):
        if kind == "classes":
            yield "one class", {**params, "num_class": 1}
            yield "no number of classes", {key: value for key, value in params.items() if key != "num_class"}
        else:
            yield "number of classes for one output", {**params, "num_class": 3}


class LightGBM:
    table, packages = LIGHTGBM, ["lightgbm"]

    @staticmethod
    def params(kind, objective, metric):
        params = {"objective": objective, "metric": metric, "num_leaves": 4, "learning_rate": 0.1, "feature_fraction": 0.9}
        return {**params, "num_class": 3} if kind == "classes" else params

    @staticmethod
    def run(kind, params):
        options = {"group": [10] * 6} if kind == "rank" else {}
        data = lightgbm.Dataset(X, labels(kind), **options)
        return lightgbm.train({**params, "verbosity": -1, "min_data_in_leaf": 2, "num_threads": 1}, data, 2, valid_sets=[data])

    @staticmethod
    def saves(model):
        return {"dump.json": lambda path: path.write_text(json.dumps(model.dump_model()))}

    @staticmethod
    def breaks(kind, params):
        if kind == "classes":
            yield "one class", {**params, "num_class": 1}
            yield "no number of classes", {key: value for key, value in params.items() if key != "num_class"}
        else:
            yield "number of classes for one output", {**params, "num_class": 3}


class CatBoost:
    table, packages = CATBOOST, ["catboost"]

    @staticmethod
    def params(kind, objective, metric):
        params = {"loss_function": objective, "eval_metric": metric, "iterations": 2, "l2_leaf_reg": 3, "depth": 2}
        return {**params, "classes_count": 3} if kind == "classes" else params

    @staticmethod
    def run(kind, params):
        pool = catboost.Pool(X, labels(kind), **({"group_id": GROUPS} if kind == "rank" else {}))
        with tempfile.TemporaryDirectory() as folder:
            model = catboost.CatBoost({**params, "train_dir": folder, "logging_level": "Silent", "thread_count": 1})
            return model.fit(pool, eval_set=pool)

    @staticmethod
    def saves(model):
        return {"saved.json": lambda path: model.save_model(str(path), format="json")}

    @staticmethod
    def breaks(kind, params):
        if kind == "classes":
            yield "one class", {**params, "classes_count": 1}
        else:
            yield "number of classes for one output", {**params, "classes_count": 3}


def every_pair(library, sink):
    for kind, (objectives, fitting, others) in library.table.items():
        for objective in objectives:
            for metric in fitting:
                name, params = file(kind, objective, metric), library.params(kind, objective, metric)
                try:
                    model = library.run(kind, params)
                except Exception as error:
                    sink.refused(name, error)
                    continue
                sink.correct(f"{name}.json", params, True)
                sink.correct(f"{name}.yaml", yaml(params), True)
                if metric == fitting[0]:
                    for ending, save in library.saves(model).items():
                        sink.correct(f"{name}-{ending}", save, True)
                    for broken, worse in library.breaks(kind, params):
                        sink.broken(broken, f"{name}.json", worse)
                        sink.broken(broken, f"{name}.yaml", yaml(worse))
            for metric in others:
                sink.broken("metric of another task", f"{file(kind, objective, metric)}.json", library.params(kind, objective, metric))


if __name__ == "__main__":
    for library in (XGBoost, LightGBM, CatBoost):
        if library.__name__.lower() not in sys.argv[2:]:
            continue
        sink = Sink(library.__name__.lower(), library.packages)
        every_pair(library, sink)
        sink.close()
