"""Applies the fixes of every bad Keras export, and loads, compiles and trains the results for one step in real Keras.

Each fix that `--fix --unsafe-fixes` may apply is tried by itself, and all of them together as the command applies them.
Fails when a result does not load, compile or train although it should. An export that Keras refuses for a reason that no
fix is about, such as a class of the user's own, is listed as such. `fixed_models.sh` makes the environment.
"""

import argparse
import collections
import datetime
import importlib.metadata
import json
import os
import pathlib
import platform
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).parents[2]
RECORD = ROOT / "docs" / "fixed-models-run.md"
LOSSLINT = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "debug" / "losslint"
BATCH = 4


def losslint(*arguments):
    """What the program prints; it must end in an orderly way."""
    command = [LOSSLINT, "check", "--no-config", "--select", "all", "--fail-on", "never", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def exports():
    """The bad fixtures that Keras wrote: those in which a class is named and nothing of another framework is."""
    for path in sorted((ROOT / "fixtures" / "bad").rglob("*.json")):
        try:
            saved = json.loads(path.read_text("utf-8"))
        except ValueError:
            continue  # broken on purpose
        if isinstance(saved, dict) and parts(saved)[0] is not None:
            yield path


def parts(saved):
    """The model's configuration and the compile arguments as Keras 3 or as Keras 2 wrote them, each None if absent."""
    saved = saved.get("modelTopology", saved)
    model = saved.get("model_config", saved)
    if not isinstance(model, dict) or "class_name" not in model or "config" not in model:
        return None, None, None
    return model, saved.get("compile_config"), saved.get("training_config")


def results(path):
    """The texts that fixes make of an export, each with the lints whose fixes were applied."""
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder, path.name)
        shutil.copy(path, copy)
        facts = path.with_suffix(".facts.toml")
        if facts.exists():
            shutil.copy(facts, folder)
        before = copy.read_bytes()
        texts = {}
        for finding in json.loads(losslint("--format", "json", copy))["findings"]:
            for fix in finding.get("fixes", []):
                if fix["applicability"] != "display" and fix.get("edits") and "suppressed" not in finding:
                    texts.setdefault(applied(before, fix["edits"]), (finding["lint"], fix["message"]))
        losslint("--fix", "--unsafe-fixes", copy)
        after = copy.read_bytes()
        if after != before:
            texts.setdefault(after, ("all", "all fixes together"))
        return before, texts


def applied(text, edits):
    """The bytes with edits applied, from the last to the first."""
    for edit in sorted(edits, key=lambda edit: edit["start"], reverse=True):
        text = text[: edit["start"]] + edit["text"].encode() + text[edit["end"] :]
    return text


def train(text):
    """Loads, compiles and trains one step: how far it came, and why no further or what the loss was."""
    import keras
    import numpy

    keras.backend.clear_session()
    keras.utils.set_random_seed(1)
    config, compile_config, training_config = parts(json.loads(text))
    try:
        model = load(config, training_config is not None)
    except Exception as error:
        return "load", reason(error)
    try:
        if training_config is not None:
            from keras.src.legacy.saving import saving_utils

            model.compile(**saving_utils.compile_args_from_training_config(training_config))
        elif compile_config is not None:
            model.compile_from_config(compile_config)
        else:
            return "loaded", "the file does not say how it is compiled"
        if not getattr(model, "compiled", False):
            return "compile", "Keras ignored how it is compiled"
        model.run_eagerly = keras.backend.backend() != "jax"
    except Exception as error:
        return "compile", reason(error)
    try:
        inputs = [some_input(model, tensor) for tensor in model.inputs]
        labels = some_labels(model)
        loss = model.train_on_batch(inputs if len(inputs) > 1 else inputs[0], labels)
        loss = float(numpy.ravel(loss)[0])
    except Exception as error:
        return "train", reason(error)
    if not numpy.isfinite(loss):
        return "train", f"the loss is {loss}"
    return "trained", loss


def reason(error):
    """The first line of an error that says something."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    said = lines[0] if lines else ""
    return f"{type(error).__name__}: {said[:160]}"


def load(config, is_keras_2):
    """The model, built."""
    import keras
    from keras.src.legacy.saving import saving_utils

    if is_keras_2 or "module" not in config:
        model = saving_utils.model_from_config(config)
    else:
        # Without compile arguments: those are given afterwards, so that it shows which of the two is refused.
        bare = {key: value for key, value in config.items() if key != "compile_config"}
        model = keras.models.model_from_json(json.dumps(bare))
    if not model.built:
        shape = config.get("build_config", {}).get("input_shape")
        if shape is None:
            raise ValueError("the file does not say the shape of the input")
        model.build(tuple(shape))
    return model


def some_input(model, tensor):
    """Random values for one input: whole numbers where an embedding reads them."""
    import numpy

    shape = [size or 8 for size in tensor.shape[1:]]
    random = numpy.random.default_rng(1)
    words = [layer.input_dim for layer in model._flatten_layers() if type(layer).__name__ == "Embedding"]
    if words or "int" in str(tensor.dtype):
        return random.integers(0, min(words, default=2), size=(BATCH, *shape)).astype("int32")
    return random.normal(size=(BATCH, *shape)).astype("float32")


def some_labels(model):
    """Labels for every output, in the format that its loss takes."""
    losses = model._compile_loss._user_loss
    # A Sequential has one output and no name for it.
    names = getattr(model, "output_names", [""])
    if isinstance(losses, dict):
        return {name: labels_for(losses.get(name), output) for name, output in zip(names, model.outputs)}
    if not isinstance(losses, (list, tuple)):
        losses = [losses] * len(names)
    labels = [labels_for(loss, output) for loss, output in zip(losses, model.outputs)]
    return labels if len(labels) > 1 else labels[0]


def labels_for(loss, output):
    """Random labels: indices, one-hot vectors, truth values, counts or shares, by the name of the loss."""
    import numpy

    random = numpy.random.default_rng(2)
    shape = [BATCH, *(size or 8 for size in output.shape[1:])]
    name = loss if isinstance(loss, str) else getattr(loss, "name", None) or getattr(loss, "__name__", str(loss))
    name = name.lower().replace("_", "")
    classes = shape[-1]
    if "sparse" in name:
        return random.integers(0, classes, size=shape[:-1])
    if "categorical" in name or "kullback" in name or name.startswith("kl"):
        return numpy.eye(classes, dtype="float32")[random.integers(0, classes, size=shape[:-1])]
    if any(part in name for part in ("binary", "hinge", "dice", "tversky")):
        return random.integers(0, 2, size=shape).astype("float32")
    if "poisson" in name:
        return random.integers(0, 5, size=shape).astype("float32")
    return random.uniform(size=shape).astype("float32")


def judge(before, texts):
    """What came of each text of one export: `(lint, message, verdict, what was said)`."""
    order = ["load", "compile", "train", "loaded", "trained"]
    was, said_before = train(before)
    judged = []
    for text, (lint, message) in texts.items():
        stage, said = train(text)
        if stage in ("trained", "loaded"):
            verdict = stage
        elif order.index(stage) >= order.index(was) and said == said_before:
            verdict = "refused before and after"
        else:
            verdict = "failed"
        judged.append((lint, message, verdict, said if stage in ("trained", "loaded") else f"{stage}: {said}"))
    return judged


def versions(backend):
    """What is installed, for the record."""
    package = {"tensorflow": "tensorflow-cpu"}.get(backend, backend)
    found = []
    for name in ("keras", package, "numpy"):
        try:
            found.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            found.append(name)
    return ", ".join([f"Python {platform.python_version()}", *found])


def table(rows):
    """The rows that did not train, as Markdown."""
    text = "| export | fix of | what Keras said |\n|---|---|---|\n"
    for path, (lint, _, _, said) in rows:
        text += f"| `{path}` | `{lint}` | {said.replace('|', chr(92) + '|')} |\n"
    return text


def record(counts, rows, exports_with_fixes, backend):
    """Writes the result as a page."""
    today = datetime.date.today().strftime("%-d %B %Y")
    by_verdict = collections.defaultdict(list)
    for row in rows:
        by_verdict[row[1][2]].append(row)
    text = f"""# Fixed Keras exports, trained

{today}, {platform.system()} on {platform.machine()}, CPU, Keras on {backend}: {versions(backend)}.

Every bad fixture that Keras wrote was fixed in each way that `--fix --unsafe-fixes` allows: every fix by itself, and all
together as the command applies them. Each result was loaded, compiled by what it says of itself, and trained for one step
on random data with labels in the format that its loss takes. Written by `tests/scripts/fixed_models.sh --record`, which a
maintainer runs: it is too heavy for CI. What CI checks of fixes is in `tests/fixes.rs`.

| exports with a fix | results | trained, with a finite loss | loaded, say nothing of how to compile | refused before and after | failed |
|--:|--:|--:|--:|--:|--:|
| {exports_with_fixes} | {len(rows)} | {counts['trained']} | {counts['loaded']} | {counts['refused before and after']} | {counts['failed']} |
"""
    if by_verdict["failed"]:
        text += "\n## Failed\n\n" + table(by_verdict["failed"])
    if by_verdict["refused before and after"]:
        text += """
## Refused before and after

These exports are refused as they stand, for a reason that the fix is not about.

""" + table(by_verdict["refused before and after"])
    RECORD.write_text(text, "utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--backend", default="tensorflow", help="what Keras runs on: tensorflow, jax, torch")
    parser.add_argument("--record", action="store_true", help="write docs/fixed-models-run.md")
    parser.add_argument("--only", default="", help="exports whose path holds this")
    arguments = parser.parse_args()
    os.environ["KERAS_BACKEND"] = arguments.backend
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    rows, fixed = [], 0
    for path in exports():
        name = path.relative_to(ROOT / "fixtures" / "bad").as_posix()
        if arguments.only not in name:
            continue
        before, texts = results(path)
        if not texts:
            continue
        fixed += 1
        for judged in judge(before, texts):
            rows.append((name, judged))
            lint, message, verdict, said = judged
            print(f"{verdict:10} {name}: {lint}: {said}", flush=True)
            if verdict == "failed":
                print(f"    {message}", flush=True)
    counts = collections.Counter(judged[2] for _, judged in rows)
    print(f"{fixed} exports, {len(rows)} results: {dict(counts)}")
    if arguments.record:
        record(counts, rows, fixed, arguments.backend)
    return 1 if counts["failed"] or not counts["trained"] else 0


if __name__ == "__main__":
    sys.exit(main())
