"""Records the signatures of the classes and functions that the knowledge tables name, from the libraries that are installed.

    signatures.py [LIBRARY ...]        # folders of src/knowledge; all that can be imported without

Writes tests/signatures/<library>.json: of each name its parameters in order (those that can be given by position), those
that can be given by name only, and the defaults. What a name means in several modules of a library is cut to what they have
in common. A Rust test holds the tables against these files (tests/signatures.rs).
"""

import ast
import importlib
import importlib.metadata
import inspect
import json
import math
import pkgutil
import sys
import tomllib
import warnings
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KNOWLEDGE = ROOT / "src" / "knowledge"
KINDS = ["losses", "layers", "metrics", "activations"]
# The packages whose versions are recorded, by the tables' folder.
PACKAGES = {
    "torch": ["torch"],
    "torchvision": ["torchvision"],
    "torchmetrics": ["torchmetrics"],
    "monai": ["monai"],
    "segmentation_models_pytorch": ["segmentation_models_pytorch"],
    "timm": ["timm"],
    "keras": ["keras", "tf_keras"],
    "tensorflow": ["tensorflow"],
    "torchgeo": ["torchgeo"],
    "terratorch": ["terratorch"],
    "speechbrain": ["speechbrain"],
}
POSITIONAL = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)


def names_of(table):
    """The names that a table's rows lead to; refused spellings are no names of the library's."""
    for kind in ["loss", "metric", "activation"]:
        for name, row in table.get(kind, {}).items():
            yield from [name, *row.get("names", []), *row.get("legacy", []), *row.get("layers", [])]
    for row in table.get("layer", []):
        yield from [*row.get("names", []), *row.get("legacy", [])]


def modules_of(patterns, packages):
    """The modules of a table's patterns that can be imported; of `module.*` those below, too."""
    found = []
    for pattern in patterns:
        parent = pattern.removesuffix(".*")
        # `tf` and the like are names that people give to a package.
        full = "tensorflow" + parent[2:] if parent == "tf" or parent.startswith("tf.") else parent
        if full.split(".")[0] not in packages or ".src" in full or ".python" in full:
            continue
        try:
            module = importlib.import_module(full)
        except Exception:
            module = attribute(full)
        if module is None:
            continue
        found.append(module)
        if pattern.endswith(".*") and hasattr(module, "__path__"):
            found += submodules(module)
    return found


def submodules(module):
    for info in pkgutil.walk_packages(module.__path__, module.__name__ + ".", onerror=lambda name: None):
        try:
            yield importlib.import_module(info.name)
        except BaseException:  # what an optional package is missing for
            continue


def attribute(path):
    """A module that is only an attribute, such as `tensorflow.nn`."""
    first, *rest = path.split(".")
    try:
        reached = importlib.import_module(first)
        for part in rest:
            reached = getattr(reached, part)
    except Exception:
        return None
    return reached


def constructor(cls):
    """The method that takes the arguments of a class: the first of its line that has one of its own."""
    for base in cls.__mro__[:-1]:
        for method in ["__init__", "__new__"]:
            if method in vars(base):
                return getattr(base, method)
    return None


def signature(thing):
    """The parameters of a class or function without `self`; `None` where it has no signature to look at."""
    if inspect.isclass(thing):
        method = constructor(thing)
        if method is None:
            return []
        try:
            return list(inspect.signature(method).parameters.values())[1:]
        except (TypeError, ValueError):
            return None
    try:
        return list(inspect.signature(thing).parameters.values())
    except (TypeError, ValueError):
        return documented(thing)


def documented(thing):
    """The signature that the first line of a compiled function's documentation says."""
    text = (inspect.getdoc(thing) or "").strip()
    name = getattr(thing, "__name__", "")
    if not text.startswith(name + "(") or "\n" in text.split(")")[0]:
        return None
    head = text.split(" ->")[0].splitlines()[0]
    try:
        tree = ast.parse(f"def {head}: pass")
        scope = {}
        exec(compile(tree, "documentation", "exec"), scope)
        return list(inspect.signature(scope[name]).parameters.values())
    except Exception:
        return None


def plain(value):
    """A default as JSON; what is no plain value as its text in Python."""
    if value is None or isinstance(value, (bool, int, float, str)):
        return {"python": repr(value)} if isinstance(value, float) and not math.isfinite(value) else value
    name = getattr(value, "value", None) or getattr(value, "__name__", None)
    return {"python": str(name or type(value).__name__)}


def record(parameters):
    entry = {"parameters": [p.name for p in parameters if p.kind in POSITIONAL]}
    if any(p.kind is inspect.Parameter.VAR_POSITIONAL for p in parameters):
        entry["and_any_number"] = True
    keyword = [p.name for p in parameters if p.kind is inspect.Parameter.KEYWORD_ONLY]
    if keyword:
        entry["keyword_only"] = keyword
    defaults = {p.name: plain(p.default) for p in parameters if p.default is not inspect.Parameter.empty}
    if defaults:
        entry["defaults"] = defaults
    return entry


def common(entries):
    """What several things of one name have in common."""
    first, *others = entries
    for other in others:
        if other == first:
            continue
        shared = []
        for own, theirs in zip(first["parameters"], other["parameters"]):
            if own != theirs:
                break
            shared.append(own)
        defaults = {
            name: value
            for name, value in first.get("defaults", {}).items()
            if other.get("defaults", {}).get(name, ...) == value
        }
        first = {"parameters": shared, "differs": True, "defaults": defaults}
    return first


def signatures(library, kind):
    """The signatures of a table's names, and the names that have none."""
    path = KNOWLEDGE / library / f"{kind}.toml"
    if not path.exists():
        return {}, []
    table = tomllib.loads(path.read_text())
    modules = modules_of(table.get("modules", []), {*PACKAGES[library], library})
    found = {}
    missing = []
    for name in dict.fromkeys(names_of(table)):
        things = {id(thing): thing for thing in (vars_of(module, name) for module in modules) if thing is not None}
        known = [parameters for parameters in map(signature, things.values()) if parameters is not None]
        if known and len(known) == len(things):
            found[name] = common([record(parameters) for parameters in known])
        else:
            missing.append(name)
    return found, sorted(missing)


def vars_of(module, name):
    thing = getattr(module, name, None)
    return thing if callable(thing) else None


def main():
    warnings.simplefilter("ignore")
    for library in sys.argv[1:] or PACKAGES:
        try:
            for package in PACKAGES[library]:
                importlib.import_module(package)
        except ImportError as error:
            print(f"{library}: left out, {error}")
            continue
        versions = {package: importlib.metadata.version(package.replace("_", "-")) for package in PACKAGES[library]}
        texts = ['{"versions": ' + json.dumps(versions)]
        for kind in KINDS:
            found, missing = signatures(library, kind)
            lines = [f"  {json.dumps(name)}: {json.dumps(found[name])}" for name in sorted(found)]
            entries = ",\n".join(lines)
            texts.append(f'"{kind}": {{"without": {json.dumps(missing)}, "signatures": {{\n{entries}\n}}}}')
            print(f"{library} {kind}: {len(found)} signatures, {len(missing)} names without")
        path = ROOT / "tests" / "signatures" / f"{library}.json"
        path.parent.mkdir(exist_ok=True)
        path.write_text(",\n".join(texts) + "}\n")


main()
