#!/usr/bin/env python3
"""Writes a config.json for every class with a head that transformers has, for several numbers of labels and every problem_type,
as the library itself writes it, and asks losslint about all of them: what it says of right ones is a false alarm.

usage: transformers_configs.py LOSSLINT FOLDER      (in an environment with torch and transformers; FOLDER is filled anew)"""
import collections
import inspect
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import warnings

os.environ["HF_HUB_OFFLINE"] = "1"
warnings.filterwarnings("ignore")
import transformers

transformers.logging.set_verbosity(50)
WITH_HEAD = re.compile(r"(?:For(?!mer)[A-Z]\w*|LMHead\w*|MTModel)$")
PROBLEM_TYPES = (None, "regression", "single_label_classification", "multi_label_classification")


def classes():
    for name in sorted(set(dir(transformers))):
        if not WITH_HEAD.search(name) or name.startswith(("TF", "Flax", "Auto")):
            continue
        try:
            value = getattr(transformers, name)
        except Exception:
            continue
        if inspect.isclass(value) and hasattr(value, "forward") and getattr(value, "config_class", None):
            yield name, value


def looks_at_problem_type(name, model):
    """Whether the class chooses its loss by `problem_type`: it says so itself, or takes the library's shared function for it."""
    code = inspect.getsource(model.forward)
    shared = re.search(r"For(Sequence|Image|Video|Audio)Classification$", name)
    return "problem_type" in code or bool(shared and ("self.loss_function" in code or "super().forward" in code))


def is_wrong(name, model, labels, problem_type):
    """One label under a cross-entropy over classes, which is always 0: those are no right configurations."""
    if labels > 1 or not re.search(r"For(Sequence|Image|Video|Audio|AudioFrame|Token)Classification$", name):
        return False
    return problem_type == "single_label_classification" or not looks_at_problem_type(name, model)


def main():
    binary, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    shutil.rmtree(folder, ignore_errors=True)
    written, refused, by_class = 0, 0, collections.Counter()
    for name, model in classes():
        for labels in (1, 2, 5):
            for problem_type in PROBLEM_TYPES:
                try:
                    table = model.config_class(num_labels=labels, problem_type=problem_type, architectures=[name]).to_dict()
                    text = json.dumps(table, default=str)
                except Exception:
                    refused += 1
                    continue
                if is_wrong(name, model, labels, problem_type):
                    continue
                place = folder / f"{name}-{labels}-{problem_type}" / "config.json"
                place.parent.mkdir(parents=True)
                place.write_text(text)
                written += 1
                by_class[name] += 1
    arguments = ["check", "--fail-on", "never", "--no-ignore", "--no-config", "--format", "json", str(folder)]
    run = subprocess.run([binary, *arguments], capture_output=True, text=True)
    report = json.loads(run.stdout)
    print(f"transformers {transformers.__version__}: {written} configurations of {len(by_class)} classes; "
          f"{refused} were refused by the library itself")
    print(json.dumps(report["summary"]))
    said = collections.Counter()
    for finding in report["findings"]:
        path = json.dumps(finding)
        said[finding["severity"], finding["lint"], re.search(r"([A-Za-z0-9_]+)-\d-\w+/config", path).group(1)] += 1
    for what, count in sorted(said.items()):
        print(count, *what)
    notes = collections.Counter(re.sub("`[^`]*`", "`…`", note["why"]) for note in report["not_checked"])
    for note, count in notes.most_common():
        print(count, "not checked:", note)
    return bool(said) or run.returncode != 0


sys.exit(main())
