"""Reads configurations with the libraries that they are for: a list of requests on standard input, a list of complaints of
each on standard output. `fixed_libraries.py` starts it in an environment that has the libraries.

A request is `{"dialect", "framework", "suffix", "text"}`. A complaint is one object of the configuration that the library
refuses, with the first line of its error; classes of a project's own are refused before and after a fix alike.
"""

import importlib
import json
import re
import sys
import warnings

warnings.filterwarnings("ignore")
LIBRARIES = ("torch", "monai", "segmentation_models_pytorch", "smp", "torchvision", "timm", "torchgeo", "terratorch", "lightning")
NAMES = ("_target_", "class_path", "type", "name")
ARGUMENTS = ("init_args", "args", "kwargs", "params")


def parsed(text, suffix):
    """The value of a text."""
    if suffix == ".json":
        return json.loads(text)
    if suffix == ".toml":
        import tomllib

        return tomllib.loads(text)
    import yaml

    return next(iter(yaml.safe_load_all(text)))


def said(error):
    """The first line of an error that says something."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return f"{type(error).__name__}: {(lines or [''])[0][:160]}"


def attempt(what, make):
    """The complaint about something that is made, as a list."""
    try:
        make()
    except (Exception, SystemExit) as error:
        return [f"{what}: {said(error)}"]
    return []


def objects(value, path="", found=None):
    """All objects of a configuration with their paths."""
    found = [] if found is None else found
    if isinstance(value, dict):
        found.append((path, value))
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        objects(inner, f"{path}.{key}".strip("."), found)
    return found


def located(name):
    """What a dotted name leads to."""
    module, _, last = name.replace("smp.", "segmentation_models_pytorch.", 1 if name.startswith("smp.") else 0).rpartition(".")
    return getattr(importlib.import_module(module), last)


def by_name(data):
    """Each object that names a class of a known library, made with the arguments that are plain values."""
    complaints = []
    for path, item in objects(data):
        key = next((key for key in NAMES if isinstance(item.get(key), str)), None)
        name = item.get(key) if key else None
        if not name or name.split(".")[0] not in LIBRARIES or "." not in name:
            continue
        given = next((item[key] for key in ARGUMENTS if key in item), {k: v for k, v in item.items() if k != key})
        is_plain = isinstance(given, dict) and all(not isinstance(value, (dict, list)) for value in given.values())
        symbolic = "${" in json.dumps(given, default=str) or '"@' in json.dumps(given, default=str)
        if is_plain and not symbolic and located_is_class(name):
            given = {key: value for key, value in given.items() if not key.startswith("_") and key != "dict_kwargs"}
            complaints += attempt(path, lambda: located(name)(**given))
        else:
            complaints += attempt(path, lambda: located(name))
    return complaints


def located_is_class(name):
    """Whether a dotted name leads to a class; what does not exist is tried all the same, and complained of."""
    try:
        return isinstance(located(name), type)
    except Exception:
        return True


def hydra(data, _):
    """Every object with a `_target_`, instantiated by Hydra."""
    import hydra.utils
    from omegaconf import OmegaConf

    config = OmegaConf.create(data)
    complaints = []
    for path, item in objects(data):
        if isinstance(item.get("_target_"), str):
            complaints += attempt(path, lambda: hydra.utils.instantiate(OmegaConf.select(config, path) if path else config))
    return complaints or by_name(data)


def lightning(data, _):
    """The model as LightningCLI's parser builds it, and every class that is named."""
    import jsonargparse
    from lightning.pytorch import LightningModule

    def build():
        parser = jsonargparse.ArgumentParser(exit_on_error=False)
        parser.add_subclass_arguments(LightningModule, "model")
        parser.instantiate_classes(parser.parse_object({"model": data["model"]}))

    named = isinstance(data.get("model"), dict) and "class_path" in data["model"]
    return (attempt("model", build) if named else []) + by_name(data)


def monai(data, _):
    """Every entry of a bundle that MONAI's parser resolves."""
    from monai.bundle import ConfigParser

    complaints = []
    for key in data:
        def resolve(key=key):
            parser = ConfigParser(json.loads(json.dumps(data)))
            parser.get_parsed_content(key)

        complaints += attempt(key, resolve)
    return complaints


def smp(data, _):
    """The model that the words make, and its losses."""
    import segmentation_models_pytorch as library

    complaints = by_name(data)
    for path, item in objects(data):
        if isinstance(item.get("arch"), str) and "encoder_name" in item:
            names = ("arch", "encoder_name", "classes", "in_channels", "activation")
            given = {key: item[key] for key in names if key in item}
            complaints += attempt(path, lambda: library.create_model(encoder_weights=None, **given))
        name = next((item[key] for key in ("name", "type") if isinstance(item.get(key), str)), "")
        if "mode" in item and "." not in name:
            given = {key: value for key, value in item.items() if key not in ("name", "type", "weight")}
            complaints += attempt(path, lambda: getattr(library.losses, name)(**given))
    return complaints


def hugging_face(data, _):
    """The configuration, the model without weights, and the loss that the configuration chooses, on random scores."""
    import torch
    import transformers
    from transformers.loss.loss_utils import ForSequenceClassificationLoss

    made = {}

    def configure():
        made["config"] = transformers.CONFIG_MAPPING[data["model_type"]].from_dict(data)

    def build():
        with torch.device("meta"):
            getattr(transformers, data["architectures"][0])(made["config"])

    def train():
        config, kind = made["config"], made["config"].problem_type
        scores = torch.randn(4, config.num_labels, requires_grad=True)
        labels = torch.randint(0, config.num_labels, (4,))
        if kind == "multi_label_classification":
            labels = torch.rand(4, config.num_labels)
        if kind == "regression" or config.num_labels == 1 and kind is None:
            labels = torch.rand(scores.squeeze().shape)
        if ForSequenceClassificationLoss(labels, scores, config) is None:
            raise ValueError(f"with problem_type={kind} there is no loss")

    complaints = attempt("configuration", configure)
    if complaints:
        return complaints
    is_by_type = "ForSequenceClassification" in data["architectures"][0]
    return attempt("model", build) + (attempt("loss", train) if is_by_type else [])


def ludwig(data, _):
    """The configuration by Ludwig's schema."""
    from ludwig.schema.model_types.base import ModelConfig

    return attempt("configuration", lambda: ModelConfig.from_dict(data))


def boosted(data, framework):
    """Two rounds on random rows, with the parameters as they stand."""
    keys = ("objective", "loss_function", "application", "app", "objective_type")
    complaints = []
    for path, item in objects(data):
        if any(isinstance(item.get(key), str) for key in keys):
            complaints += attempt(path, lambda: rounds(item, framework))
    return complaints


def rounds(parameters, framework):
    """Trains for two rounds."""
    import numpy

    random = numpy.random.default_rng(1)
    rows = random.normal(size=(120, 4))
    words = json.dumps(parameters).lower()
    classes = next((int(parameters[key]) for key in ("num_class", "num_classes", "classes_count") if key in parameters), 3)
    several = "multi" in words or "softmax" in words or "softprob" in words
    binary = "binary" in words or "logloss" in words or "crossentropy" in words or "logitraw" in words
    labels = random.uniform(0.1, 1, size=120)
    if several:
        labels = numpy.arange(120) % classes
    elif binary:
        labels = numpy.arange(120) % 2
    if framework == "xgboost":
        import xgboost

        xgboost.train(parameters, xgboost.DMatrix(rows, labels), 2, evals=[(xgboost.DMatrix(rows, labels), "all")], verbose_eval=False)
    elif framework == "lightgbm":
        import lightgbm

        lightgbm.train({**parameters, "verbose": -1, "num_iterations": 2}, lightgbm.Dataset(rows, labels))
    else:
        import catboost

        model = catboost.CatBoost({**parameters, "iterations": 2, "verbose": False, "allow_writing_files": False})
        model.fit(rows, labels)


READERS = {
    "boosted_trees": boosted, "hugging_face": hugging_face, "hydra": hydra, "lightning": lightning, "ludwig": ludwig,
    "monai": monai, "pytorch": lambda data, _: by_name(data), "segmentation_models_pytorch": smp,
}


def main():
    answers = []
    for request in json.load(sys.stdin):
        try:
            data = parsed(request["text"], request["suffix"])
            for _, item in objects(data):
                # Weights that would be downloaded.
                item.update({key: None for key in ("encoder_weights", "weights") if isinstance(item.get(key), (str, bool))})
            answers.append(READERS[request["dialect"]](data, request["framework"]))
        except Exception as error:
            answers.append([f"the text: {said(error)}"])
    # Paths of this machine and addresses of objects tell nothing, and would differ between runs.
    clean = [[re.sub(r"0x[0-9a-f]+|/[\w./-]+/", "…", line) for line in lines] for lines in answers]
    print("\n" + json.dumps(clean))


if __name__ == "__main__":
    main()
