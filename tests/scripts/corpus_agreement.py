#!/usr/bin/env python3
"""How far losslint's reading of public configurations agrees with a manifest of what they hold.

    python3 tests/scripts/corpus_agreement.py [--binary LOSSLINT] [--dialect NAME …] [--verbose] FOLDER

FOLDER holds a `manifest.csv` with the columns file, dialect, task, output_activation, output_units, loss and why. For every
dialect of the manifest it prints how many files losslint reads in a dialect of that name, and, of what the manifest states of
their outputs, how much agrees, how much losslint leaves open, and how much disagrees. --verbose lists the files behind the numbers.

The exit status is 1 when losslint breaks down on a file, or takes one that the manifest calls `other_json` for a model; else 0.
"""
import argparse
import collections
import concurrent.futures
import csv
import json
import os
import pathlib
import re
import subprocess
import sys

# The names of dialects that fit a manifest's, where they are not the same word.
NAMES = {
    "keras_json": {"keras"},
    "keras_archive": {"keras"},
    "tfjs": {"keras", "tfjs"},
    "other_json": set(),
}
# Of these the manifest does not say that they are models.
NO_PROMISE = {"malformed", "toml", "yaml_misc"}
# Where `output_units` counts something else than outputs: hidden layers.
NOT_OUTPUT_UNITS = {"ludwig"}

TASKS = {
    "multiclass": {"multiclass", "classification", "segmentation"},
    "binary": {"binary", "classification", "segmentation"},
    "binary/2-way": {"binary", "multiclass", "classification"},
    "multilabel": {"multilabel", "classification", "segmentation"},
    "classification": {"binary", "multiclass", "multilabel", "classification"},
    "text_classification": {"binary", "multiclass", "classification"},
    "text_pair_classification": {"binary", "multiclass", "classification"},
    "ner": {"multiclass", "classification"},
    "token_classification": {"multiclass", "classification"},
    "category": {"multiclass", "classification"},
    "number": {"regression", "count"},
    "regression": {"regression", "count"},
    "regression (image)": {"regression", "reconstruction"},
    "qa": {"other"},
    "lm": {"other"},
    "classification (problem_type absent)": {"binary", "multiclass", "multilabel", "classification"},
    "timeseries": {"regression"},
    "anomaly": {"other"},
    "image": {"segmentation", "multiclass", "reconstruction"},
    "segmentation multiclass": {"segmentation", "multiclass", "classification"},
    "segmentation binary": {"segmentation", "binary", "multilabel", "classification"},
}
# Spellings of one loss; compared without case, underscores and the word "loss".
LOSSES = [
    {"mse", "meansquarederror", "l2"},
    {"mae", "meanabsoluteerror", "l1"},
    {"ce", "crossentropy", "softmaxcrossentropy", "sparsecategoricalcrossentropy", "singlelabelclassification"},
    {"bce", "binarycrossentropy"},
    {"bcewithlogits", "sigmoidcrossentropy", "binaryweightedcrossentropy", "multilabelclassification"},
    {"nll"},
]
ACTIVATIONS = {"logits": "linear", "identity": "linear", "none": "linear"}
ASPECTS = ("activation", "units", "loss", "task")


def inspect(binary, path):
    """The models that losslint reads, and its exit status."""
    run = subprocess.run([binary, "inspect", str(path), "--format", "json", "--no-config"], capture_output=True)
    models = json.loads(run.stdout) if run.returncode == 0 else []
    return models, run.returncode, run.stderr.decode("utf-8", "replace")


def loss_name(name):
    name = re.sub(r"\(.*?\)", "", name.replace("(implied)", "")).strip().rsplit(".", 1)[-1]
    name = re.sub(r"[^a-z0-9]", "", name.lower()).replace("loss", "")
    return next((min(same) for same in LOSSES if name in same), name)


def activation_name(name):
    name = name.rsplit(">", 1)[-1].strip().lower()
    return ACTIVATIONS.get(name, name.replace("_", ""))


def stated(row, aspect):
    """The values that the manifest states; none when it states nothing that can be compared."""
    column = {"activation": "output_activation", "units": "output_units"}.get(aspect, aspect)
    words = [word.strip() for word in row[column].split(" | ") if word.strip() not in ("", "None")]
    if aspect == "activation":
        return [activation_name(word) for word in words] if not any("=" in word for word in words) else []
    if aspect == "units":
        comparable = row["dialect"] not in NOT_OUTPUT_UNITS and all(word.isdigit() for word in words)
        return words if comparable else []
    if aspect == "loss":
        return [loss_name(word) for word in words if word[0] not in "@$"]
    words = [word for part in words for word in re.split(r"\+", part)]
    words = [re.sub(r" \(.*|/multilabel", "", word) if word not in TASKS else word for word in words]
    return words if words and all(word in TASKS for word in words) else []


def read(models, aspect):
    """The values that losslint knows of the heads of a file."""
    heads = [head["known"] for model in models for head in model["heads"]]
    values = [head[aspect] for head in heads if head[aspect] is not None]
    normal = {"activation": activation_name, "loss": loss_name}.get(aspect, str)
    return [normal(value) for value in values]


def verdict(aspect, wanted, found):
    """`agrees`, `open` or `disagrees`."""
    if not found:
        return "open"
    if aspect == "task":
        allowed = set().union(*(TASKS[word] for word in wanted))
        return "agrees" if set(found) <= allowed else "disagrees"
    return "agrees" if set(found) <= set(wanted) else "disagrees"


class Tally:
    def __init__(self):
        self.files = self.recognised = 0
        self.verdicts = collections.Counter()
        self.lines = []
        self.faults = []


def judge(row, models, status, complaint):
    """What one file adds to its dialect's tally."""
    tally = Tally()
    tally.files = 1
    dialect = row["dialect"]
    if status not in (0, 1, 2):
        tally.faults.append(f"{row['file']}: losslint ended with status {status}: {complaint[:200]}")
        return tally
    names = {model["dialect"] for model in models}
    tally.recognised = int(bool(names) and (dialect in NO_PROMISE or names <= NAMES.get(dialect, {dialect})))
    if dialect == "other_json":
        if names:
            tally.faults.append(f"{row['file']}: taken for a model of {', '.join(sorted(names))}")
        return tally
    if not tally.recognised and dialect not in NO_PROMISE:
        as_what = f"read as {', '.join(sorted(names))}" if names else "not recognised"
        tally.lines.append(f"{row['file']}: {as_what} (manifest: {row['why']})")
    if not names:
        return tally
    for aspect in ASPECTS:
        wanted = stated(row, aspect)
        if not wanted:
            continue
        found = read(models, aspect)
        outcome = verdict(aspect, wanted, found)
        tally.verdicts[aspect, outcome] += 1
        if outcome != "agrees":
            tally.lines.append(f"{row['file']}: {aspect} {outcome}: manifest {wanted}, losslint {found}")
    return tally


def add(total, tally):
    total.files += tally.files
    total.recognised += tally.recognised
    total.verdicts += tally.verdicts
    total.lines += tally.lines
    total.faults += tally.faults


def table(tallies):
    print(f"{'manifest':<18}{'files':>6}{'read':>6}  " + "".join(f"{aspect:>16}" for aspect in ASPECTS))
    print(f"{'':<32}" + "".join(f"{'yes/open/no':>16}" for _ in ASPECTS))
    for dialect, tally in sorted(tallies.items()):
        cells = ""
        for aspect in ASPECTS:
            counts = [tally.verdicts[aspect, outcome] for outcome in ("agrees", "open", "disagrees")]
            cells += f"{'/'.join(map(str, counts)) if any(counts) else '–':>16}"
        print(f"{dialect:<18}{tally.files:>6}{tally.recognised:>6}  {cells}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--binary", default="target/debug/losslint")
    parser.add_argument("--dialect", action="append", help="only these dialects of the manifest")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    manifest = options.folder / "manifest.csv"
    if not manifest.is_file():
        print(f"skipped: there is no {manifest}")
        return 0
    with open(manifest, newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if not options.dialect or row["dialect"] in options.dialect]
    tallies = collections.defaultdict(Tally)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        outcomes = pool.map(lambda row: inspect(options.binary, options.folder / row["file"]), rows)
        for row, outcome in zip(rows, outcomes):
            add(tallies[row["dialect"]], judge(row, *outcome))
    table(tallies)
    faults = [fault for tally in tallies.values() for fault in tally.faults]
    if options.verbose:
        for dialect, tally in sorted(tallies.items()):
            print(f"\n{dialect}", *tally.lines, sep="\n  ")
    for fault in faults:
        print(f"fault: {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
