#!/usr/bin/env python3
"""Writes `tests/rows/models/`: small models that use every row of the knowledge tables under each of its spellings.

Which models are built for a row follows from what kind of row it is and which arguments it names. What is wrong with each of
them is not written here: `tests/rows/snapshots/` holds what losslint says, so that a changed row changes a verdict.
Run it after adding a row: `python3 tests/scripts/row_fixtures.py`, then `cargo snapshots`, and read what the new lines say.
"""

import json
import shutil
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
TABLES = ROOT / "src/knowledge"
FIXTURES = ROOT / "tests/rows/models"
# Heads in one file at most.
MOST_HEADS = 2000

# Libraries that are no framework of their own name: the framework in which their rows are used.
FRAMEWORK = {"tensorflow": "keras", "numpy": "pytorch", "torch": "pytorch", "torchvision": "pytorch", "torchmetrics": "pytorch",
             "terratorch": "pytorch", "torchgeo": "pytorch", "projects": "pytorch"}

# What is said of labels, with a task and an ending that occur with them: units and activation.
LABELS = [("float", "regression", 1, None), ("binary", "binary", 1, "sigmoid"), ("signed", "binary", 1, "tanh"),
          ("one_hot", "multiclass", 3, "softmax"), ("integer", "multiclass", 3, "log_softmax"),
          ("binary_vector", "multilabel", 3, "sigmoid"), ("probabilities", "multiclass", 3, None),
          ("logits", "distillation", 3, "softplus"), ("cumulative", "ordinal", 3, "sigmoid")]

TORCH = {"sigmoid": "Sigmoid", "tanh": "Tanh", "softmax": "Softmax", "log_softmax": "LogSoftmax", "softplus": "Softplus"}
# Of each sort of task, the loss that is beside a metric.
BESIDE = {"keras": ("MeanSquaredError", "BinaryCrossentropy", "SparseCategoricalCrossentropy"),
          "torch": ("torch.nn.MSELoss", "torch.nn.BCELoss", "torch.nn.CrossEntropyLoss")}


# Networks that take an activation by its word: of each, the arguments for the width and the activation.
NETWORKS = {"monai": ("Classifier", "classes", "last_act"), "segmentation_models_pytorch": ("Unet", "classes", "activation")}


def table(library, kind):
    path = TABLES / library / f"{kind}.toml"
    return tomllib.loads(path.read_text()) if path.exists() else {}


def spellings(name, row):
    """All spellings of a row, each once, the name first."""
    return list(dict.fromkeys([name, *row.get("names", []), *row.get("legacy", []), *row.get("refused", [])]))


def modules(file):
    return [module.removesuffix(".*") for module in file.get("modules", [])]


def value(item):
    """A value as TOML on one line."""
    if isinstance(item, dict):
        return "{ " + ", ".join(f"{word(key)} = {value(own)}" for key, own in item.items()) + " }"
    if isinstance(item, list):
        return "[" + ", ".join(map(value, item)) + "]"
    return json.dumps(item, ensure_ascii=False)


def word(key):
    return key if key.replace("_", "").isalnum() and key.isascii() else json.dumps(key)


class Specs:
    """The heads of one framework's specs: dense layers, activations, losses."""

    def __init__(self, library):
        self.library = library
        self.framework = FRAMEWORK.get(library, library)
        frameworks = tomllib.loads((TABLES / "frameworks.toml").read_text())["framework"]
        self.libraries = next(row["libraries"] for row in frameworks if row["name"] == self.framework)
        self.style = "keras" if "keras" in self.libraries else "torch" if "torch" in self.libraries else None
        self.heads = []

    def ending(self, units, activation=None):
        if self.style == "keras":
            return [{"type": "Dense", "units": units, **({"activation": activation} if activation else {})}]
        if self.style == "torch":
            linear = {"type": "torch.nn.Linear", "out_features": units}
            return [linear, "torch.nn." + TORCH[activation]] if activation else [linear]
        # Where the library has no layers, raw scores are all that its losses get.
        return ["Identity"] if table(self.library, "activations") else []

    def name(self, name, file):
        """A spelling that leads to this library in the framework: bare in the first one."""
        if self.libraries[0] == self.library or not modules(file) or "." in name:
            return name
        return f"{modules(file)[0]}.{name}"

    def head(self, layers=None, **facts):
        self.heads.append({**({"layers": layers} if layers else {}), **facts})

    def write(self, kind, **top):
        folder = FIXTURES / self.library
        parts = [self.heads[start : start + MOST_HEADS] for start in range(0, len(self.heads), MOST_HEADS)]
        for part, heads in enumerate(parts, 1):
            lines = [f"# Written by tests/scripts/row_fixtures.py from src/knowledge/{self.library}.", "losslint = 1",
                     f'framework = "{self.framework}"', *(f"{key} = {value(own)}" for key, own in top.items()),
                     "outputs = [", *(f"    {value(head)}," for head in heads), "]"]
            folder.mkdir(parents=True, exist_ok=True)
            name = kind if len(parts) == 1 else f"{kind}-{part}"
            (folder / f"{name}.toml").write_text("\n".join(lines) + "\n")


def loss_arguments(row, file):
    """Arguments that the row speaks of, each with values that matter."""
    rule = row["input"]
    switches = rule.get("first_of", [rule]) if isinstance(rule, dict) else []
    family = row.get("family_switch", {}).get("argument")
    for argument in [*(switch["argument"] for switch in switches), *filter(None, [family])]:
        yield {argument: True}
        yield {argument: False}
    for rule in [*row.get("ignores", []), *row.get("refuses", [])]:
        rule = {"argument": rule} if isinstance(rule, str) else rule
        yield {rule["argument"]: 5}
        if "unless" in rule:
            yield {rule["argument"]: 5, rule["unless"]: True}
        if "default" in rule:
            yield {rule["argument"]: rule["default"]}
    for argument in row.get("not_with", []):
        yield {argument: 5}
    if only := row.get("exclusive_with"):
        yield {only["argument"]: only["word"]}
    if "task_argument" in row:
        yield from ({row["task_argument"]: task} for task in row["tasks"])
    if "inner" in row:
        yield {row["inner"]: "CrossEntropyLoss"}
    if "focal" in row["family"]:
        yield {"alpha": row.get("alpha_off", -1)}
        yield {"gamma": -1}
    for reduction in [*(row.get("reductions") or file.get("reductions", [])), "sum", "none"]:
        yield {"reduction": reduction}


def losses(library):
    file, specs = table(library, "losses"), Specs(library)
    wide, probable = (3, "softmax"), (1, "sigmoid")
    for name, row in file.get("loss", {}).items():
        for spelling in spellings(name, row):
            written = specs.name(spelling, file)
            specs.head(specs.ending(*wide), task={"kind": "regression", "labels": "signed"}, loss=written)
        written = specs.name(name, file)
        specs.head(specs.ending(*wide), loss=written)
        specs.head(specs.ending(*probable), loss=written)
        specs.head(specs.ending(1), loss=written)
        written = specs.name(name, file)
        required = {argument: 1 for argument in row.get("requires", [])}
        for labels, kind, units, activation in LABELS:
            specs.head(specs.ending(units, activation), task={"kind": kind, "labels": labels},
                       loss={"type": written, **required})
        specs.head(specs.ending(3), loss=written)
        specs.head(specs.ending(3), task={"kind": "regression"}, target={"mean": 5000, "std": 900, "min": -9, "max": 9000, "outliers": True},
                   loss=written)
        specs.head(specs.ending(4), role="box", task={"kind": "detection"}, loss=written)
        for arguments in loss_arguments(row, file):
            for units in (3,) if "reduction" in arguments else (1, 3):
                specs.head(specs.ending(units), loss={"type": written, **required, **arguments})
        weights = row.get("class_weights", [])
        for arguments in [{}, *({argument: [0.1, 0.9, 0.1]} for argument in weights)]:
            task = {"kind": (row.get("tasks") or ["binary"])[0], "class_counts": [9900, 100, 50]}
            specs.head(specs.ending(3), task=task, loss={"type": written, **arguments})
    specs.write("losses")
    for backend in ("tensorflow", "jax", "torch") if library == "keras" else ():
        specs = Specs(library)
        for name in file["loss"]:
            for units, activation in ((3, "softmax"), (1, "sigmoid"), (2, "softmax")):
                specs.head(specs.ending(units, activation), loss={"type": name, "from_logits": True})
        specs.write(f"losses-{backend}", backend=backend)
    specs = Specs(library)
    for module in modules(file):
        for name in list(file.get("loss", {}))[:1]:
            specs.head(specs.ending(3, "tanh"), loss=f"{module}.{name}")
            specs.head(specs.ending(1, "softmax"), loss=f"{module}.{name}.deeper.{name}")
    specs.write("losses-modules")


def metric_arguments(row):
    rule = row["input"]
    for switch in rule.get("first_of", [rule]) if isinstance(rule, dict) else []:
        yield {switch["argument"]: True}
        yield {switch["argument"]: False}
    if cut := row.get("threshold"):
        yield {cut["argument"]: 0.0}
        yield {cut["argument"]: 0.5}
    if "largest_without" in row:
        yield {row["largest_without"]: 0.5}
    for task in row.get("tasks", []) if "task_argument" in row else []:
        counts = {argument: 7 for kind, argument in row.get("counts", []) if kind == task}
        yield {row["task_argument"]: task, **counts}


def metrics(library):
    file, specs = table(library, "metrics"), Specs(library)
    style = specs.style or "keras"
    number, binary, classes = BESIDE[style] if specs.style else (None, None, None)

    def head(units, activation, kind, labels, loss, metric):
        task = {"task": {"kind": kind, **({"labels": labels} if labels else {})}} if kind else {}
        specs.head(specs.ending(units, activation), **task, **({"loss": loss} if loss else {}), metrics=[metric])

    for name, row in file.get("metric", {}).items():
        written = [row_name if row.get("written") == "bare" else
                   f"{modules(file)[0]}.{row_name}" if row.get("written") == "dotted" else specs.name(row_name, file)
                   for row_name in spellings(name, row)]
        for spelling in written:
            head(1, None, "regression", None, number, spelling)
        head(1, None, None, None, number, written[0])
        head(3, "softmax", None, None, classes, written[0])
        cases = [{"type": written[0]}, *({"type": written[0], **arguments} for arguments in metric_arguments(row))]
        for case in cases:
            head(1, "sigmoid", "binary", "binary", binary, case)
            head(1, None, "binary", "signed", binary, case)
            head(3, "softmax", "multiclass", "integer", classes, case)
            if case is cases[0]:
                head(3, None, "multiclass", "one_hot", classes, case)
            head(1, None, "regression", "float", number, case)
            head(3, "sigmoid", "multilabel", "binary_vector", binary, case)
    specs.write("metrics")


def layer_arguments(row):
    """Arguments that say the width or the ending."""
    units = [row[key] for key in ("units", "legacy_units") if key in row] + row.get("other_units", [])
    yield {}
    yield from ({argument: [1] if row.get("units_last") else 1} for argument in units)
    if by_word := row.get("units_by_word"):
        yield {by_word["argument"]: by_word["word"]}
    ending = row.get("activation", {}).get("argument")
    width = {units[0]: 3} if units else {}
    if ending:
        yield {ending: "softmax", **width}
        yield {ending: "Softmax", **width}
    if switch := row.get("activation_switch"):
        yield {switch["argument"]: True, **width}
        yield {switch["argument"]: False, **width}
    if only := row.get("only_with"):
        yield from ({only["argument"]: text, **width} for text in only["one_of"])
    for own in row.get("own_losses", []):
        yield {own["argument"]: own["equals"], **width}
        if unless := own.get("exclusive_unless"):
            yield from ({own["argument"]: own["equals"], unless["argument"]: text, **width} for text in unless["one_of"])


def layers(library):
    file, specs = table(library, "layers"), Specs(library)
    sums, products = ("SparseCategoricalCrossentropy", "MeanSquaredError") if specs.style == "keras" else ("torch.nn.CrossEntropyLoss", "torch.nn.BCELoss")
    logits = {"type": sums, "from_logits": True} if specs.style == "keras" else sums
    if specs.style is None:
        return
    for row in file.get("layer", []):
        names = [*row.get("names", []), *row.get("legacy", [])]
        inside = {"type": "Dense", "units": 1, "activation": "softmax"} if specs.style == "keras" else {"type": "torch.nn.Softmax"}
        of = lambda name: {"type": specs.name(name, file), **({row["inner"]: inside} if "inner" in row else {})}
        for name in names:
            specs.head([*specs.ending(3, "softmax"), of(name)], loss=logits)
        layer = of(names[0])
        for arguments in layer_arguments(row):
            for loss in (None, logits) if "own_losses" in row else (logits, products):
                specs.head([*specs.ending(3, "softmax"), {**layer, **arguments}], **({"loss": loss} if loss else {}))
            specs.head([*specs.ending(3), {**layer, **arguments}, *([] if specs.style == "keras" else ["torch.nn.Softmax"])],
                       task={"kind": "multiclass", "labels": "integer", "classes": 3}, loss=logits)
    specs.write("layers")


def activations(library):
    file, specs = table(library, "activations"), Specs(library)
    if specs.style is None:
        return
    keras = specs.style == "keras"
    for name, row in file.get("activation", {}).items():
        cases = []
        for spelling in spellings(name, row) if keras else []:
            cases.append([{"type": "Dense", "units": 3, "activation": specs.name(spelling, file)}])
        for spelling in spellings(name, row) if library in NETWORKS else []:
            network, units, argument = NETWORKS[library]
            cases.append([{"type": network, units: 3, argument: spelling}])
        dense = [{"type": "Dense", "units": 3}] if keras else specs.ending(3)
        for layer in row.get("layers", []):
            layer = layer if keras else specs.name(layer, file)
            cases.append([*dense, layer])
            axes = [*row.get("unit_axes", []), *row.get("batch_axes", []), 2] if "axis" in row else []
            cases += [[*dense, {"type": layer, row["axis"]: axis}] for axis in axes]
        for case in cases:
            specs.head(case, loss={"type": "SparseCategoricalCrossentropy", "from_logits": True} if keras else "torch.nn.CrossEntropyLoss")
            specs.head(case, loss="BinaryCrossentropy" if keras else "torch.nn.BCELoss")
        for case in cases[:1]:
            specs.head(case, loss="KLDivergence" if keras else "torch.nn.NLLLoss")
            for low, high in ((-5, 5), (0, 5), (0, 1), (-1, 1), (-0.1, 0)):
                specs.head(case, task={"kind": "regression"}, target={"min": low, "max": high},
                           loss="MeanSquaredError" if keras else "torch.nn.MSELoss")
    specs.write("activations")


def operations(library):
    file, specs = table(library, "operations"), Specs(library)
    true, predicted = ("y_true", "y_pred") if specs.style == "keras" else ("target", "input")
    ending = specs.ending(3, "softmax")
    log = "tf.math.log" if specs.style == "keras" else "torch.log"
    for row in file.get("operation", []):
        for name in row["names"]:
            called = f"{modules(file)[0]}.{name}"
            if row["computes"] == "constant":
                specs.head(ending, loss={"expression": f"-{true} * {log}({predicted} + {called})"})
                continue
            specs.head(ending, loss={"expression": f"-{true} * {called}({predicted})"})
            specs.head(ending, loss={"expression": f"-{true} * {log}({called}({predicted}, 1e-7, 1.0))"})
        named = {**{argument: argument for argument in row.get("arguments", [])}, **row.get("aliases", {})}
        for argument in named:
            specs.head(ending, loss={"expression": f"-{true} * {log}({called}({predicted}, {argument}=1e-7))"})
    for module in modules(file):
        specs.head(ending, loss={"expression": f"-{true} * {module}.{file['operation'][0]['names'][0]}({predicted})"})
    specs.write("operations")


def documents(library, name, rows):
    folder = FIXTURES / library
    folder.mkdir(parents=True, exist_ok=True)
    text = "\n---\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    (folder / f"{name}.yaml").write_text(f"# Written by tests/scripts/row_fixtures.py: a model in each document.\n{text}\n")


def toolkits():
    """Frameworks whose specs have no layers: small configurations of their own."""
    def all_losses(library):
        for name, row in table(library, "losses")["loss"].items():
            yield from ((spelling, name, row) for spelling in spellings(name, row))

    def with_arguments(library):
        file = table(library, "losses")
        for spelling, name, row in all_losses(library):
            required = {argument: 1 for argument in row.get("requires", [])}
            yield spelling, required
            if spelling == name:
                yield from ((spelling, required | arguments) for arguments in loss_arguments(row, file))

    networks = [name for row in table("paddleseg", "layers")["layer"] for name in row["names"]]
    seg = lambda network, units, loss: {"iters": 9, "batch_size": 2, "model": {"type": network, "num_classes": units},
                                        "loss": {"types": [loss], "coef": [1]}}
    documents("paddleseg", "configurations", [
        *(seg(networks[0], units, {"type": loss, **arguments}) for loss, arguments in with_arguments("paddleseg") for units in (1, 3)),
        *(seg(network, 1, {"type": "CrossEntropyLoss"}) for network in networks)])
    arches = [name for row in table("paddleclas", "heads")["head"] for name in row["names"] if "*" not in name]
    clas = lambda arch, units, loss: {"Global": {"epochs": 9}, "Arch": {"name": arch, "class_num": units}, "Loss": {"Train": [loss]}}
    documents("paddleclas", "configurations", [
        *(clas("ResNet50", units, {loss: {"weight": 1.0, **arguments}}) for loss, arguments in with_arguments("paddleclas") for units in (1, 3)),
        *(clas(arch, 1, {"CELoss": {"weight": 1.0}}) for arch in arches)])
    mm = lambda head, units, loss: {"model": {"type": "EncoderDecoder", "backbone": {"type": "ResNetV1c"},
                                              "decode_head": {"type": head, "num_classes": units, **loss}},
                                    "train_cfg": {"type": "IterBasedTrainLoop"}}
    heads = [name for row in table("openmmlab", "heads")["head"] for name in row["names"]]
    documents("openmmlab", "configurations", [
        *(mm("ASPPHead", units, {"loss_decode": {"type": loss, **arguments}})
          for loss, arguments in with_arguments("openmmlab") for units in (1, 3)),
        *(mm(head, 1, {}) for head in heads), *(mm(head, 3, {"out_channels": 1, "loss_decode": {"type": "CrossEntropyLoss"}}) for head in heads),
        *({"model": {"type": "ImageClassifier", "head": {"type": head, "num_classes": 1}}, "train_cfg": {}} for head in heads)])
    volume = lambda network, units, loss: {"model": {"name": network, "out_channels": units}, "loss": loss,
                                           "trainer": {"max_num_epochs": 9}, "loaders": {"num_workers": 2}}
    nets = [name for row in table("pytorch3dunet", "heads")["head"] for name in row["names"]]
    documents("pytorch3dunet", "configurations", [
        *(volume("UNet3D", units, {"name": loss, **arguments}) for loss, arguments in with_arguments("pytorch3dunet") for units in (1, 3)),
        *(volume(net, 1, {"name": "CrossEntropyLoss"}) for net in nets)])
    classy = lambda head, units, loss: {"name": "classification_task", "num_epochs": 9, "loss": loss, "optimizer": {"name": "sgd"},
                                        "model": {"name": "densenet", "heads": [{"name": head, "num_classes": units}]}}
    ends = [name for row in table("classy_vision", "heads")["head"] for name in row["names"]]
    documents("classy_vision", "configurations", [
        *(classy("fully_connected", units, {"name": loss, **arguments}) for loss, arguments in with_arguments("classy_vision") for units in (1, 3)),
        *(classy(end, 1, {"name": "label_smoothing_cross_entropy"}) for end in ends)])


def ludwig_and_farm():
    inputs = [{"name": "age", "type": "number"}]
    losses_ = [spelling for name, row in table("ludwig", "losses")["loss"].items() for spelling in spellings(name, row)]
    metrics_ = [spelling for name, row in table("ludwig", "metrics")["metric"].items() for spelling in spellings(name, row)]
    features = []
    for row in table("ludwig", "heads")["head"]:
        for word_ in row["names"]:
            width = {row["units_key"]: 1} if "units_key" in row else {}
            features.append([{"name": "a", "type": word_, **width}, {"name": "b", "type": word_}])
            features += [[{"name": "a", "type": word_, **width, "loss": {"type": loss}}] for loss in losses_ if word_ == row["names"][0]]
            features += [[{"name": "a", "type": word_, **width}, metric] for metric in metrics_ if word_ == row["names"][0]]
    documents("ludwig", "configurations", [
        {"input_features": inputs, "output_features": [item for item in row if isinstance(item, dict)],
         **({"trainer": {"validation_field": "a", "validation_metric": row[1]}} if isinstance(row[-1], str) else {})} for row in features])
    metrics_ = [spelling for name, row in table("farm", "metrics")["metric"].items() for spelling in spellings(name, row)]
    plain = lambda item: {"value": None, "default": item, "desc": ""}
    documents("farm", "configurations", [
        {"general": {"seed": plain(1)}, "task": {"type": plain("text_classification"), "metric": plain(metric)},
         "parameter": {"model": plain("bert-base-cased"), "prediction_head": plain(head), "layer_dims": plain([768, units])}}
        for row in table("farm", "heads")["head"] for head in row["names"] for metric in metrics_ for units in (1, 3)])


def transformers_heads():
    names = [name.replace("*", "Bert") for row in table("transformers", "heads")["head"] for name in row["names"]]
    words = [None] + [spelling for name, row in table("transformers", "losses")["loss"].items() for spelling in spellings(name, row)
                      if "For" not in spelling and "=" not in spelling]
    config = lambda name, units, problem: {"architectures": [name], "model_type": "bert", "transformers_version": "5.24.0",
                                           "num_labels": units, "vocab_size": units, **({"problem_type": problem} if problem else {})}
    documents("transformers", "configurations", [
        *(config(name, units, None) for name in names for units in (1, 3)),
        *(config("BertForSequenceClassification", units, problem) for problem in words for units in (1, 3))])


def boosters():
    for row in tomllib.loads((TABLES / "boosters.toml").read_text())["booster"]:
        library, objective, metric = row["framework"], row["objective"][0], row["metrics"][0]
        sign = {key: 1 for key in row["signs"] if key not in ("eval_metric", "num_class")}
        signs = dict(list(sign.items())[:row["signs_wanted"]])
        file = table(library, "losses")["loss"]
        names = [(spelling, name) for name, loss in file.items() for spelling in spellings(name, loss)]
        metrics_ = [spelling for name, own in table(library, "metrics")["metric"].items() for spelling in spellings(name, own)]
        rows = [{objective: spelling, row["classes"][0]: classes, **signs} for spelling, _ in names for classes in (1, 3)]
        kinds = {tuple(loss.get("tasks", [])): name for name, loss in file.items()}.values()
        rows += [{objective: name, metric: own, **signs} for name in [*kinds, *row.get("raw_metrics_with", [])] for own in metrics_]
        for rule in row["arguments"]:
            counts = rule.get("counts_with", list(file))
            beside = [*counts, *[name for name in file if name not in counts][:2]]
            rows += [{objective: name, rule["spellings"][0]: 7, **signs} for name in beside]
        first = list(file)
        rows += [{objective: name, argument: size, **signs} for rule in row["arguments"] for argument in rule["spellings"]
                 for size in (7, rule.get("default", 1)) for name in (first[0],)]
        rows += [{key: first[0], own: metrics_[0], **signs} for key in row["objective"] for own in row["metrics"]]
        rows += [{objective: first[0], key: 3, **signs} for key in [*row["classes"], *row["scikit_learn"]]]
        others = list(sign)
        rows += [{objective: first[0], metric: metrics_[0] if metric not in row["signs"] else "none",
                  **dict.fromkeys([key, *others[:row["signs_wanted"] - 1]], 1)} for key in others]
        documents(library, "parameters", rows)
        weighing = [name for rule in row["arguments"] if rule.get("weighs_classes") for name in rule["spellings"]]
        documents(library, "weights", [{objective: name, **given, **signs}
                                       for name in first for given in ({}, *({key: 7} for key in weighing))])
        facts = 'losslint = 1\n\n[task]\nkind = "binary"\nclass_counts = [9900, 100]\n'
        (FIXTURES / library / "weights.facts.toml").write_text(facts)


def main():
    shutil.rmtree(FIXTURES, ignore_errors=True)
    for library in sorted(path.name for path in TABLES.iterdir() if path.is_dir() and path.name not in ("layouts", "rows")):
        for kind in (losses, metrics, layers, activations, operations):
            kind(library)
    toolkits()
    ludwig_and_farm()
    transformers_heads()
    boosters()


if __name__ == "__main__":
    main()
