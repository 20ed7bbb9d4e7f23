"""The tasks of torchgeo and terratorch as LightningCLI builds them, and Ludwig's features: each word for a loss that they take.

A task of torchgeo or terratorch is built with random weights and its own loss is computed of random scores of the width that was
asked for. A configuration of Ludwig goes through the library's own reader.
"""

import sys

from sink import Sink, quiet

quiet()


def config(class_path, arguments):
    return {"seed_everything": 1, "trainer": {"max_epochs": 1}, "model": {"class_path": class_path, "init_args": arguments}}


def scored(task, units, labels, positions):
    """The task's own loss, of random scores."""
    import torch

    shape = [2, units, 8, 8] if positions else [2, units]
    scores = torch.randn(shape, requires_grad=True)
    target = {
        "classes": lambda: torch.randint(0, max(units, 2), [2, *shape[2:]]), "labels": lambda: torch.randint(0, 2, shape).float(),
        "numbers": lambda: torch.randn(shape),
    }[labels]()
    value = task.criterion(scores, target)
    value = value["loss"] if isinstance(value, dict) else value
    value.backward()
    if not torch.isfinite(value):
        raise ValueError(f"the loss is {value}")


# (class, positions, arguments, units, labels, {kind: other arguments}); None takes an argument away.
ONE, FIVE, MANY = {"task": "binary"}, {"task": "multiclass", "num_classes": 5}, {"task": "multilabel", "num_labels": 5}
ALONE = {"num_classes": 1}
TORCHGEO = [
    ("ClassificationTask", False, {**FIVE, "loss": "ce"}, 5, "classes", {"one unit under classes": ALONE, "loss of labels": {"loss": "bce"}}),
    ("ClassificationTask", False, {**FIVE, "loss": "focal"}, 5, "classes", {"one unit under classes": ALONE}),
    ("ClassificationTask", False, {**FIVE, "loss": "jaccard"}, 5, "classes", {"one unit under classes": ALONE}),
    ("ClassificationTask", False, {**ONE, "loss": "bce"}, 1, "labels", {"loss of classes": {"loss": "ce"}}),
    ("ClassificationTask", False, {**MANY, "loss": "bce"}, 5, "labels", {"loss of classes": {"loss": "ce"}}),
    ("SemanticSegmentationTask", True, {**FIVE, "loss": "ce"}, 5, "classes", {"one unit under classes": ALONE, "loss of labels": {"loss": "bce"}}),
    ("SemanticSegmentationTask", True, {**FIVE, "loss": "focal"}, 5, "classes", {"one unit under classes": ALONE}),
    ("SemanticSegmentationTask", True, {**FIVE, "loss": "jaccard"}, 5, "classes", {"one unit under classes": ALONE}),
    ("SemanticSegmentationTask", True, {**ONE, "loss": "bce"}, 1, "labels", {"loss of classes": {"loss": "ce"}}),
    ("SemanticSegmentationTask", True, {**MANY, "loss": "bce"}, 5, "labels", {"loss of classes": {"loss": "ce"}}),
    ("RegressionTask", False, {"num_outputs": 1, "loss": "mse"}, 1, "numbers", {"word that it does not know": {"loss": "ce"}}),
    ("RegressionTask", False, {"num_outputs": 3, "loss": "mae"}, 3, "numbers", {"word that it does not know": {"loss": "bce"}}),
    ("PixelwiseRegressionTask", True, {"num_outputs": 1, "loss": "mse"}, 1, "numbers", {"word that it does not know": {"loss": "ce"}}),
]
TERRATORCH = [
    ("SemanticSegmentationTask", True, {"loss": word}, 5, "classes", {"one unit under classes": ALONE, "word that it does not know": {"loss": "cross_entropy"}})
    for word in ("ce", "dice", "focal", "jaccard")
] + [
    ("ClassificationTask", False, {"loss": word}, 5, "classes", {"one unit under classes": ALONE})
    for word in ("ce", "focal")
] + [
    ("PixelwiseRegressionTask", True, {"loss": word}, 1, "numbers", {"word that it does not know": {"loss": "ce"}})
    for word in ("mse", "mae", "huber")
]


def torchgeo(sink):
    import torchgeo.trainers as trainers

    for name, positions, arguments, units, labels, twins in TORCHGEO:
        model = {"model": "unet" if positions else "resnet18", **({"backbone": "resnet18"} if positions else {}), "in_channels": 3}
        written(sink, "torchgeo.trainers", trainers, (name, positions, units, labels), {**model, **arguments}, twins, lambda given: given)


def terratorch(sink):
    import terratorch.tasks as tasks

    for name, positions, arguments, units, labels, twins in TERRATORCH:
        def whole(given, name=name, units=units):
            count = {} if "Regression" in name else {"num_classes": given.get("num_classes", units)}
            model = {"backbone": "timm_resnet18", "backbone_pretrained": False, "decoder": "FCNDecoder" if positions else "IdentityDecoder", **count}
            # Without a number to ignore, the task hands `None` to the cross-entropy, which refuses it.
            ignored = {"ignore_index": -1} if name.startswith("Semantic") else {}
            return {"model_factory": "EncoderDecoderFactory", "model_args": model, "loss": given["loss"], **ignored}
        written(sink, "terratorch.tasks", tasks, (name, positions, units, labels), arguments, twins, whole)


def written(sink, module, library, case, arguments, twins, whole):
    name, positions, units, labels = case
    file = f"{name}-{arguments.get('task', 'any')}-{arguments['loss']}"
    try:
        scored(getattr(library, name)(**whole(arguments)), units, labels, positions)
    except Exception as error:
        sink.refused(file, error)
        return
    for ending in ("json", "yaml"):
        sink.correct(f"{file}.{ending}", config(f"{module}.{name}", whole(arguments)), True)
        for kind, change in twins.items():
            sink.broken(kind, f"{file}.{ending}", config(f"{module}.{name}", whole({**arguments, **change})))


def ludwig(sink):
    """Every feature with every loss that its registry has; broken: the losses of other features' registries."""
    from ludwig.schema.features.loss.loss import get_loss_classes
    from ludwig.schema.model_config import ModelConfig

    features = ["number", "binary", "category", "set", "vector"]
    losses = {feature: sorted(get_loss_classes(feature)) for feature in features}

    def of(feature, loss):
        more = {"vector_size": 4} if feature == "vector" else {}
        output = {"name": "y", "type": feature, "loss": {"type": loss}, **({"preprocessing": more} if more else {})}
        return {"input_features": [{"name": "x", "type": "number"}], "output_features": [output], "trainer": {"epochs": 1}}

    for feature in features:
        for loss in losses[feature]:
            try:
                ModelConfig.from_dict(of(feature, loss))
            except Exception as error:
                sink.refused(f"{feature}-{loss}", error)
                continue
            sink.correct(f"{feature}-{loss}.yaml", of(feature, loss), False)
            sink.correct(f"{feature}-{loss}.json", of(feature, loss), False)
        for loss in sorted({loss for each in losses.values() for loss in each} - set(losses[feature])):
            try:
                ModelConfig.from_dict(of(feature, loss))
                continue
            except Exception:  # refused, as it should be
                pass
            sink.broken("loss of another feature", f"{feature}-{loss}.yaml", of(feature, loss))


MAKERS = {"torchgeo": (torchgeo, ["torchgeo"]), "terratorch": (terratorch, ["terratorch"]), "ludwig": (ludwig, ["ludwig"])}

if __name__ == "__main__":
    for name in sys.argv[2:]:
        make, packages = MAKERS[name]
        sink = Sink(name, packages)
        make(sink)
        sink.close()
