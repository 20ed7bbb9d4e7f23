"""How a network and its loss are written down for PyTorch: Hydra by keyword and by position, LightningCLI, a MONAI bundle, plain.

A part is `Part(target, keywords, *parts)`: what is built, its arguments, and the layers of a `Sequential`.
"""

import importlib
import inspect


class Part:
    """Something that a configuration builds."""

    def __init__(self, target, keywords=None, layers=None):
        self.target = target
        self.keywords = keywords or {}
        self.layers = layers

    def within(self, *layers):
        """A `Sequential` of this and of what is called on it."""
        return sequential([*(self.layers or [self]), *layers])


def sequential(layers):
    return Part("torch.nn.Sequential", layers=layers)


def found(target):
    """The class or function that `target` names."""
    module, name = target.rsplit(".", 1)
    return getattr(importlib.import_module(module), name)


def built(part):
    """What Hydra makes of a part, by keyword and by position: both must do."""
    from hydra.utils import instantiate

    by_position = positions(part)
    if by_position is not None:
        instantiate(by_position)
    return instantiate(keywords(part))


def keywords(part):
    """Hydra: `_target_` and arguments by their names."""
    if part.layers is not None:
        return {"_target_": part.target, "_args_": [keywords(layer) for layer in part.layers]}
    return {"_target_": part.target, **part.keywords}


def positions(part):
    """Hydra: `_args_`, arguments by their places as the library's own signature has them. None where that cannot be."""
    if part.layers is not None:
        layers = [positions(layer) or keywords(layer) for layer in part.layers]
        return {"_target_": part.target, "_args_": layers}
    parameters = inspect.signature(found(part.target)).parameters.values()
    by_place = [each for each in parameters if each.kind in (each.POSITIONAL_ONLY, each.POSITIONAL_OR_KEYWORD)]
    names = [each.name for each in by_place]
    if not part.keywords or not set(part.keywords) <= set(names):
        return None
    last = max(names.index(name) for name in part.keywords)
    given = []
    for each in by_place[: last + 1]:
        value = part.keywords.get(each.name, each.default)
        if value is each.empty or not isinstance(value, (bool, int, float, str, list, tuple, type(None))):
            return None
        given.append(list(value) if isinstance(value, tuple) else value)
    return {"_target_": part.target, "_args_": given}


def hydra(network, loss, metrics=(), by=keywords):
    """A Hydra configuration. None where `by` cannot write the loss."""
    written = by(loss)
    if written is None:
        return None
    config = {"seed": 1, "model": by(network) or keywords(network), "loss": written}
    if metrics:
        config["metrics"] = {f"metric_{i}": by(metric) or keywords(metric) for i, metric in enumerate(metrics)}
    config["optimizer"] = {"_target_": "torch.optim.AdamW", "_partial_": True, "lr": 0.001}
    return config


def class_path(part):
    if part.layers is not None:
        return {"class_path": part.target, "init_args": {"layers": [class_path(layer) for layer in part.layers]}}
    return {"class_path": part.target, **({"init_args": dict(part.keywords)} if part.keywords else {})}


def lightning(network, loss):
    """A configuration of LightningCLI, whose module is handed a network and a loss."""
    return {
        "seed_everything": 1,
        "trainer": {"max_epochs": 3},
        "model": class_path(network),
        "loss_fn": class_path(loss),
        "optimizer": {"class_path": "torch.optim.AdamW", "init_args": {"lr": 0.001}},
    }


def bundle(network, loss):
    """A bundle of MONAI: its own classes by their bare names, references, expressions."""

    def bare(part):
        target = part.target.rsplit(".", 1)[1] if part.target.startswith("monai.") else part.target
        return {"_target_": target, **part.keywords}

    parts = network.layers or [network]
    config = {
        "imports": ["$import torch"],
        "device": "$torch.device('cpu')",
        "network_def": bare(parts[0]),
        "network": "$@network_def.to(@device)",
    }
    if len(parts) > 1:
        tail = ", ".join(f"{part.target}({', '.join(f'{k}={v!r}' for k, v in part.keywords.items())})" for part in parts[1:])
        config["network"] = f"$torch.nn.Sequential(@network_def, {tail}).to(@device)"
    config["loss"] = bare(loss)
    config["optimizer"] = {"_target_": "torch.optim.Adam", "params": "$@network.parameters()", "lr": 0.001}
    return config


def plain(network, loss):
    """Nobody's layout: what is built is named by its module under `type`."""

    def typed(part):
        if part.layers is not None:
            return [typed(layer) for layer in part.layers]
        return {"type": part.target, **part.keywords}

    return {"framework": "pytorch", "model": typed(network), "loss": typed(loss)}
