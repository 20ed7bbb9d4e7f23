#!/usr/bin/env python3
"""Compute losses with and without each of their arguments, and tell which count: arguments.sh calls this.

An argument *counts* when the loss or its gradient differs, is *ignored* when neither does, and is *refused* when the library stops
where it is built or at the first batch. Settings are other arguments that stand beside it, or the number of output channels.

    arguments.py torch|keras|tf_keras      # measures the libraries of one environment, as JSON
    arguments.py page [--record] JSON ...  # makes the page of them, docs/arguments-run.md
"""
import inspect
import json
import pathlib
import sys
import warnings

PAGE = pathlib.Path(__file__).resolve().parents[2] / "docs" / "arguments-run.md"
CHANNELS = 3


class Case:
    """A loss in one setting: the arguments that it has there, and what it is fed with."""

    def __init__(self, make, setting="", base=None, feed="dense", channels=CHANNELS):
        self.make, self.setting, self.base, self.feed, self.channels = make, setting, base or {}, feed, channels


def outcome(compute):
    """What a computation gives, or None where the library stops."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return compute()
        except Exception:  # whatever the library raises is the answer
            return None


def effects(cases, values, compute, equal):
    """Rows of loss, setting, argument, value and effect."""
    rows = []
    for name, case in cases:
        parameters = inspect.signature(case.make).parameters
        plain = outcome(lambda: compute(case, {}))
        if plain is None:
            print(f"{name} {case.setting} does not run", file=sys.stderr)
            continue
        for argument, given in values(name, case):
            if argument not in parameters or argument in case.base:
                continue
            result = outcome(lambda: compute(case, {argument: given}))
            effect = "refused" if result is None else "ignored" if equal(result, plain) else "counts"
            rows.append([name, case.setting, argument, shown(given), effect])
    return rows


def shown(value):
    """A value as a configuration writes it; a function by its name."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if callable(value):
        return value.__name__
    return {True: "true", False: "false"}.get(value, str(value)) if isinstance(value, bool) else str(value)


# ---- torch and the libraries on it --------------------------------------------------------------------------------------------


def torch_libraries():
    import monai
    import monai.losses
    import segmentation_models_pytorch as smp
    import timm
    import timm.loss
    import torch
    import torchvision
    import torchvision.ops

    torch.manual_seed(0)
    several, one = torch.randn(2, CHANNELS, 8, 8), torch.randn(2, 1, 8, 8)
    indices = torch.randint(0, CHANNELS, (2, 1, 8, 8))
    hot = torch.zeros_like(several).scatter_(1, indices, 1.0)
    yes = (torch.rand(2, 1, 8, 8) > 0.5).float()
    rows, classes, vector = torch.randn(6, 5), torch.randint(0, 5, (6,)), (torch.rand(6, 5) > 0.5).float()
    boxes = torch.tensor([[0.0, 0.0, 2.0, 2.0], [1.0, 1.0, 4.0, 3.0]])

    feeds = {
        "image": lambda channels: (several, hot) if channels > 1 else (one, yes),
        "image probabilities": lambda channels: (several.softmax(1), hot) if channels > 1 else (one.sigmoid(), yes),
        "image indices": lambda channels: (several, indices[:, 0]) if channels > 1 else (one, yes[:, 0].long()),
        "binary": lambda channels: (one, yes),
        "classes": lambda _: (rows, classes),
        "labels": lambda _: (rows, vector),
        "probabilities": lambda _: (rows.sigmoid(), vector),
        "numbers": lambda _: (rows, rows.roll(1, 0) * 1.7),
        "rates": lambda _: (rows, rows.abs().round()),
        "counts": lambda _: (rows.abs() + 0.1, rows.abs().round()),
        "signs": lambda _: (rows, vector * 2 - 1),
        "log": lambda _: (rows.log_softmax(1), rows.roll(1, 0).softmax(1)),
        "flat": lambda _: (rows[:, :1].sigmoid(), vector[:, :1]),
        "boxes": lambda _: (boxes, boxes.flip(0) + 0.5),
        "views": lambda _: (rows, classes[:2]),
        "variance": lambda _: (rows, rows.roll(1, 0), rows.abs() + 0.1),
        "three": lambda _: (rows, rows.roll(1, 0), rows.roll(2, 0)),
    }

    def compute(case, more):
        first, *rest = (tensor.clone() for tensor in feeds[case.feed](case.channels))
        first.requires_grad_(True)
        if inspect.isfunction(case.make):
            loss = case.make(first, *rest, **case.base, **more)
        else:
            loss = case.make(**case.base, **more)(first, *rest)
        loss.sum().backward()
        return loss.detach(), first.grad

    def equal(found, plain):
        return all(a.shape == b.shape and torch.equal(a, b) for a, b in zip(found, plain))

    def of_torch():
        for name, feed in {
            "BCEWithLogitsLoss": "labels", "BCELoss": "probabilities", "CrossEntropyLoss": "classes", "NLLLoss": "classes",
            "HuberLoss": "numbers", "SmoothL1Loss": "numbers", "PoissonNLLLoss": "rates", "GaussianNLLLoss": "variance",
            "MultiMarginLoss": "classes", "MultiLabelSoftMarginLoss": "labels", "KLDivLoss": "log", "SoftMarginLoss": "signs",
            "HingeEmbeddingLoss": "signs", "TripletMarginLoss": "three", "TripletMarginWithDistanceLoss": "three",
        }.items():  # fmt: skip
            yield name, Case(getattr(torch.nn, name), feed=feed)
        yield "PoissonNLLLoss", Case(torch.nn.PoissonNLLLoss, "log_input = false", {"log_input": False}, feed="counts")

    def values_of_torch(name, case):
        yield from [
            ("weight", torch.arange(1.0, 6.0)), ("pos_weight", torch.arange(1.0, 6.0)),
            ("pos_weight", torch.tensor([3.0])), ("weight", torch.arange(1.0, 4.0)), ("pos_weight", torch.arange(1.0, 4.0)),
            ("label_smoothing", 0.3), ("label_smoothing", 1.5), ("label_smoothing", -0.1), ("delta", 0.2), ("delta", 0.0),
            ("delta", -1.0), ("beta", 0.2), ("beta", -1.0), ("p", 2 if name == "MultiMarginLoss" else 1), ("margin", 0.3),
            ("log_input", False), ("log_target", True), ("full", True), ("swap", True), ("margin", 0.0),
        ]  # fmt: skip
        if name == "MultiMarginLoss":
            yield "p", 3
        if name.startswith("Triplet"):
            yield "margin", -1.0
        if name == "PoissonNLLLoss":
            yield "eps", 0.1

    def of_monai():
        switched = ["DiceLoss", "MaskedDiceLoss", "GeneralizedDiceLoss", "SoftclDiceLoss", "SoftDiceclDiceLoss", "TverskyLoss",
                    "MCCLoss", "HausdorffDTLoss", "LogHausdorffDTLoss", "BoundaryLoss", "DiceCELoss", "DiceFocalLoss",
                    "GeneralizedDiceFocalLoss"]  # fmt: skip
        for name in switched:
            make = getattr(monai.losses, name)
            plain = "image" if name.endswith(("CELoss", "FocalLoss")) else "image probabilities"
            yield name, Case(make, "", feed=plain)
            yield name, Case(make, "one channel", feed=plain, channels=1)
            yield name, Case(make, "sigmoid = true", {"sigmoid": True}, feed="image")
            yield name, Case(make, "softmax = true", {"softmax": True}, feed="image")
        for setting, channels in (("", CHANNELS), ("one channel", 1)):
            yield "FocalLoss", Case(monai.losses.FocalLoss, setting, feed="image", channels=channels)
        yield "FocalLoss", Case(monai.losses.FocalLoss, "use_softmax = true", {"use_softmax": True}, feed="image")
        for version in ("v1", "v2"):
            setting = "" if version == "v1" else "version = v2"
            yield "AUCMLoss", Case(monai.losses.AUCMLoss, setting, {"version": version} if setting else {}, feed="flat")

    def values_of_monai(name, case):
        yield from [
            ("sigmoid", True), ("softmax", True), ("other_act", torch.tanh), ("include_background", name.endswith("DTLoss")),
            ("squared_pred", True), ("jaccard", True), ("use_softmax", True), ("soft_label", True),
            ("alpha", 0.3), ("beta", 0.3), ("gamma", 1.0), ("label_smoothing", 0.2), ("w_type", "simple"), ("imratio", 0.2), ("iter_", 1), ("smooth_nr", 0.1), ("smooth_dr", 0.1),
        ]  # fmt: skip
        if case.channels == 1:
            yield from [("to_onehot_y", True), ("weight", torch.tensor([3.0]) if name == "DiceCELoss" else 3.0)]
        else:
            yield "weight", torch.arange(1.0, 4.0) if name == "DiceCELoss" else [1.0, 2.0, 3.0]

    def of_smp():
        losses = smp.losses
        for name in ("DiceLoss", "JaccardLoss", "TverskyLoss", "FocalLoss", "LovaszLoss"):
            for mode, feed in (("binary", "binary"), ("multiclass", "image indices"), ("multilabel", "image")):
                yield name, Case(getattr(losses, name), f"mode = {mode}", {"mode": mode}, feed=feed)
        yield "SoftBCEWithLogitsLoss", Case(losses.SoftBCEWithLogitsLoss, feed="image")
        yield "SoftCrossEntropyLoss", Case(losses.SoftCrossEntropyLoss, "", {"smooth_factor": 0.1}, feed="image indices")

    def values_of_smp(name, case):
        yield from [
            ("classes", [1]), ("log_loss", True), ("from_logits", False), ("smooth", 0.5), ("ignore_index", 1), ("alpha", 0.3),
            ("beta", 0.3), ("gamma", 1.5), ("normalized", True), ("reduced_threshold", 0.4), ("per_image", True),
            ("class_weights", [1.0, 2.0, 3.0] if case.feed != "binary" else [3.0]), ("smooth_factor", 0.2),
        ]  # fmt: skip

    def of_timm():
        for name, feed in {
            "LabelSmoothingCrossEntropy": "classes", "BinaryCrossEntropy": "classes", "PolyCrossEntropy": "classes",
            "PolyBinaryCrossEntropy": "labels", "AsymmetricLossMultiLabel": "labels", "AsymmetricLossSingleLabel": "classes",
            "TwoWayLoss": "labels",
        }.items():  # fmt: skip
            yield name, Case(getattr(timm.loss, name), feed=feed)
        yield "JsdCrossEntropy", Case(timm.loss.JsdCrossEntropy, feed="views")

    def values_of_timm(name, case):
        yield from [
            ("smoothing", 0.3), ("smoothing", 1.5), ("target_threshold", 0.2), ("weight", torch.arange(1.0, 6.0)),
            ("pos_weight", torch.arange(1.0, 6.0)), ("sum_classes", True), ("smoothing", 1.0), ("epsilon", 1.0),
            ("gamma", 1.5), ("alpha", 0.3), ("gamma_neg", 2.0), ("gamma_pos", 0.5), ("clip", 0.2), ("tp", 2.0),
            ("tn", 2.0), ("smoothing", -0.1),
        ]  # fmt: skip

    def of_torchvision():
        yield "sigmoid_focal_loss", Case(torchvision.ops.sigmoid_focal_loss, feed="labels")
        for name in ("generalized_box_iou_loss", "distance_box_iou_loss", "complete_box_iou_loss"):
            yield name, Case(getattr(torchvision.ops, name), feed="boxes")

    def values_of_torchvision(name, case):
        yield from [("alpha", 0.5), ("gamma", 1.0), ("eps", 0.1)]

    def measured(library, version, cases, values):
        return [library, version.partition("+")[0], effects(cases(), values, compute, equal)]

    return [
        measured("torch", torch.__version__, of_torch, values_of_torch),
        measured("monai", monai.__version__, of_monai, values_of_monai),
        measured("segmentation_models_pytorch", smp.__version__, of_smp, values_of_smp),
        measured("timm", timm.__version__, of_timm, values_of_timm),
        measured("torchvision", torchvision.__version__, of_torchvision, values_of_torchvision),
    ]


# ---- Keras --------------------------------------------------------------------------------------------------------------------


def keras_libraries(library):
    import importlib

    import numpy

    keras = importlib.import_module(library)
    random = numpy.random.default_rng(0)
    scores = random.random((6, 5)).astype("float32")
    scores /= scores.sum(1, keepdims=True)
    classes = random.integers(0, 5, 6)
    hot, vector = numpy.eye(5, dtype="float32")[classes], (random.random((6, 5)) > 0.5).astype("float32")
    feeds = {"classes": classes, "hot": hot, "labels": vector, "numbers": random.random((6, 5)).astype("float32")}

    def compute(case, more):
        return numpy.asarray(case.make(**case.base, **more)(feeds[case.feed], scores))

    def cases():
        kinds = {
            "BinaryCrossentropy": "labels", "BinaryFocalCrossentropy": "labels", "CategoricalCrossentropy": "hot",
            "CategoricalFocalCrossentropy": "hot", "SparseCategoricalCrossentropy": "classes", "Huber": "numbers",
            "CategoricalGeneralizedCrossEntropy": "classes", "Dice": "labels", "Tversky": "labels",
        }  # fmt: skip
        for name, feed in kinds.items():
            if hasattr(keras.losses, name):
                yield name, Case(getattr(keras.losses, name), feed=feed)
        balanced = {"apply_class_balancing": True}
        make = keras.losses.BinaryFocalCrossentropy
        yield "BinaryFocalCrossentropy", Case(make, "apply_class_balancing = true", balanced, feed="labels")

    def values(name, case):
        yield from [
            ("label_smoothing", 0.3), ("label_smoothing", 1.5), ("label_smoothing", -0.2), ("from_logits", True), ("alpha", 0.6), ("gamma", 1.0),
            ("apply_class_balancing", True), ("q", 0.7), ("q", 0.0), ("q", 1.0), ("q", 1.5), ("delta", 0.1), ("beta", 0.2), ("ignore_class", 1),
            ("reduction", "sum"), ("reduction", "none"), ("reduction", "mean"),
            ("reduction", "auto"), ("reduction", "average"), ("reduction", "sum_over_batch_size"),
            ("reduction", "mean_with_sample_weight"),
        ]  # fmt: skip

    def equal(found, plain):
        return found.shape == plain.shape and numpy.array_equal(found, plain)

    return [[library, keras.__version__, effects(cases(), values, compute, equal)]]


# ---- the page -----------------------------------------------------------------------------------------------------------------

HEAD = """# What losses make of their arguments

{versions}; CPU.

Each loss was computed on a small batch with and without each argument. An argument counts when the loss or its gradient differs, is
ignored when neither does, and is refused when the library stops. Written by `tests/scripts/arguments.sh --record`, which a maintainer
runs: it installs the libraries. `tests/arguments.rs` holds the tables in `src/knowledge/` to it. Where a loss is not listed
here with an argument, nothing is claimed of it."""


def page(paths):
    libraries = [library for path in paths for library in json.loads(pathlib.Path(path).read_text())]
    lines = [HEAD.format(versions=", ".join(f"{name} {version}" for name, version, _ in libraries))]
    for name, _, rows in libraries:
        lines += ["", f"## {name}", "", "| loss | beside | counts | ignored | refused |", "|---|---|---|---|---|"]
        groups = {}
        for loss, setting, argument, value, effect in rows:
            group = groups.setdefault((loss, setting), {"counts": [], "ignored": [], "refused": []})
            group[effect].append(f"`{argument} = {value}`")
        for (loss, setting), group in groups.items():
            beside = f"`{setting}`" if setting else "–"
            lines.append(f"| `{loss}` | {beside} | " + " | ".join(" ".join(cell) or "–" for cell in group.values()) + " |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    what, *rest = sys.argv[1:]
    if what == "page":
        text = page([path for path in rest if path != "--record"])
        if "--record" in rest:
            PAGE.write_text(text)
        else:
            print(text, end="")
    else:
        print(json.dumps(torch_libraries() if what == "torch" else keras_libraries(what)))
