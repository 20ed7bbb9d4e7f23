"""torchmetrics: every metric of classification and the usual ones of regression beside a network and a loss, in Hydra's form.

Each metric is made by its own class and, where there is one, by the class that takes `task`; it is updated with the output of
a network before it is written down. Broken: the metric of another task, or of another number of classes or labels.
"""

from sink import Sink, quiet

quiet()

import torch  # noqa: E402
import torchmetrics  # noqa: E402
import torchmetrics.classification as classification  # noqa: E402

from layouts import Part, built, hydra, keywords, positions  # noqa: E402
from torch_models import network, nn  # noqa: E402

# What a metric asks for beside its task.
MORE = {
    "FBetaScore": {"beta": 0.5}, "RecallAtFixedPrecision": {"min_precision": 0.5}, "PrecisionAtFixedRecall": {"min_recall": 0.5},
    "SensitivityAtSpecificity": {"min_specificity": 0.5}, "SpecificityAtSensitivity": {"min_sensitivity": 0.5},
}
TASKS = {
    "Binary": ("binary", (1, "linear"), nn("BCEWithLogitsLoss"), {}, lambda: torch.randint(0, 2, (8, 1))),
    "Multiclass": ("multiclass", (5, "linear"), nn("CrossEntropyLoss"), {"num_classes": 5}, lambda: torch.randint(0, 5, (8,))),
    "Multilabel": ("multilabel", (5, "linear"), nn("BCEWithLogitsLoss"), {"num_labels": 5}, lambda: torch.randint(0, 2, (8, 5))),
}
DISTANCES = [
    "MeanSquaredError", "MeanAbsoluteError", "R2Score", "PearsonCorrCoef", "SpearmanCorrCoef", "ExplainedVariance",
    "MeanAbsolutePercentageError", "ConcordanceCorrCoef", "CosineSimilarity", "LogCoshError", "SymmetricMeanAbsolutePercentageError",
]


def metrics_of(prefix):
    """The metrics of a task: by their own class, and through the class that takes the task as an argument."""
    task, _, _, count, _ = TASKS[prefix]
    for name in sorted(classification.__all__):
        if not name.startswith(prefix) or "GroupStat" in name or "Fairness" in name:
            continue
        rest = name.removeprefix(prefix)
        more = MORE.get(rest, {})
        yield name, Part(f"torchmetrics.classification.{name}", {**more, **count})
        if hasattr(torchmetrics, rest):
            yield f"{rest}-of-{task}", Part(f"torchmetrics.{rest}", {"task": task, **more, **count})


def updated(metric, ending, labels):
    torch.manual_seed(0)
    made = built(metric)
    output = built(network(ending))(torch.randn(8, 16))
    made.update(output, labels())
    made.compute()


def written(sink, kind, name, ending, loss, metric):
    for layout, by in {"keywords": keywords, "positions": positions}.items():
        if by(metric) is None:
            continue
        data = hydra(network(ending), loss, [], by=keywords)
        data["metrics"] = {"watched": by(metric)}
        file = f"{name}-{layout}.yaml"
        if kind:
            sink.broken(kind, file, data)
        else:
            sink.correct(file, data, True)


def classes(sink):
    for prefix, (task, ending, loss, count, labels) in TASKS.items():
        for name, metric in metrics_of(prefix):
            try:
                updated(metric, ending, labels)
            except Exception as error:
                sink.refused(name, error)
                continue
            written(sink, None, name, ending, loss, metric)
            for key in count:
                fewer = Part(metric.target, {**metric.keywords, key: 3})
                written(sink, f"number of {key.removeprefix('num_')}", name, ending, loss, fewer)
            if prefix == "Binary":
                written(sink, "metric of another task", name, (5, "linear"), nn("CrossEntropyLoss"), metric)
            if prefix == "Multiclass":
                written(sink, "metric of another task", name, (1, "linear"), nn("BCEWithLogitsLoss"), metric)


def numbers(sink):
    for name in DISTANCES:
        metric = Part(f"torchmetrics.{name}")
        for number_of, units in [("one", 1)]:
            try:
                updated(metric, (units, "linear"), lambda: torch.randn(8, units))
            except Exception as error:
                sink.refused(f"{name}-{number_of}", error)
                continue
            sink.correct(f"{name}-{number_of}.yaml", hydra(network((units, "linear")), nn("MSELoss"), [metric]), True)
    wrong = Part("torchmetrics.classification.BinaryAccuracy")
    sink.broken("metric of classes", "accuracy-of-a-number.yaml", hydra(network((1, "linear")), nn("MSELoss"), [wrong]))


if __name__ == "__main__":
    sink = Sink("torchmetrics", ["torchmetrics", "torch", "hydra-core"])
    classes(sink)
    numbers(sink)
    sink.close()
