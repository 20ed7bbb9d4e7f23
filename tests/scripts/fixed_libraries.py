"""Applies the fixes of every fixture and reads the results with the libraries that the files are for.

Each fix that `--fix --unsafe-fixes` may apply is tried by itself, and all of them together as the command applies them. Each
result must be read by the library's own reader where the file as it stood was: Hugging Face's configuration classes and its
model, Hydra's `instantiate`, LightningCLI's parser with torchgeo and terratorch, MONAI's ConfigParser, segmentation_models_pytorch,
Ludwig's schema, XGBoost, LightGBM and CatBoost on a few random rows. Each is checked again, too: the heads that were
judged still are, and nothing has become "not checked". `fixed_libraries.sh` makes the environments; Keras's exports are
those of `fixed_models.sh`.
"""

import argparse
import collections
import datetime
import json
import os
import pathlib
import platform
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).parents[2]
RECORD = ROOT / "docs" / "fixed-libraries-run.md"
LOSSLINT = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "debug" / "losslint"
READER = pathlib.Path(__file__).with_name("library_readers.py")
REFUSED_AS_THEY_STAND = """\
Objects of these files are refused as they stand, for a reason that the fix is not about: a class of a project's own, layers
that a real project hands over in code. Every other object of them is read, and the fix brings no further complaint.

"""
# Dialects that a library here reads, each with the environment that has it.
ENVIRONMENTS = {
    "boosted_trees": "boost", "hugging_face": "torch", "hydra": "torch", "lightning": "geo", "ludwig": "ludwig", "monai": "torch",
    "pytorch": "torch", "segmentation_models_pytorch": "torch",
}


def losslint(*arguments):
    """What the program prints; it must end in an orderly way."""
    command = [LOSSLINT, "check", "--no-config", "--no-ignore", "--select", "all", "--fail-on", "never", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def inputs(folders):
    """The texts in the folders, and the reports of people's mistakes where they lie beside the checkout."""
    reports = ROOT.parent / "shared" / "reports"
    for folder in [*folders, reports]:
        for path in sorted(pathlib.Path(folder).rglob("*")):
            if path.suffix in (".json", ".yaml", ".yml", ".toml") and "hostile" not in path.parts:
                yield path


def copied(path, folder):
    """A copy of a file among the others of its folder, as it is joined with them."""
    shutil.copytree(path.parent, folder, dirs_exist_ok=True)
    return pathlib.Path(folder, path.name)


def applied(text, edits):
    """The bytes with edits applied, from the last to the first."""
    for edit in sorted(edits, key=lambda edit: edit["start"], reverse=True):
        text = text[: edit["start"]] + edit["text"].encode() + text[edit["end"] :]
    return text


def results(path):
    """The report of a file, and the texts that fixes make of it, each with whose fix it is."""
    with tempfile.TemporaryDirectory() as folder:
        copy = copied(path, folder)
        before = copy.read_bytes()
        report = json.loads(losslint("--format", "json", copy))
        texts = {}
        for finding in report["findings"]:
            for fix in finding.get("fixes", []):
                if fix["applicability"] != "display" and fix.get("edits") and "suppressed" not in finding:
                    texts.setdefault(applied(before, fix["edits"]), f"{finding['lint']}: {fix['message']}")
        losslint("--fix", "--unsafe-fixes", copy)
        after = copy.read_bytes()
        if after != before:
            texts.setdefault(after, "all fixes together")
        return report, before, texts


def judged(path, text):
    """The summary of a text that stands where the file does."""
    with tempfile.TemporaryDirectory() as folder:
        copy = copied(path, folder)
        copy.write_bytes(text)
        return json.loads(losslint("--format", "json", copy))["summary"]


def what_is(path):
    """The dialect and the framework of a file, as `inspect` says."""
    command = [LOSSLINT, "inspect", "--no-config", "--format", "json", path]
    said = subprocess.run(command, capture_output=True, text=True).stdout
    models = json.loads(said) if said.strip() else []
    return (models[0]["dialect"], models[0]["framework"]) if models else ("", "")


def relinted(report, path, text):
    """What is worse after a fix: heads that were judged and are no more, heads that are newly not checked."""
    before, after = report["summary"], judged(path, text)
    lost = before["heads_checked"] - after["heads_checked"]
    unknown = sum(after["heads_not_checked"].values()) - sum(before["heads_not_checked"].values())
    wrong = [f"{lost} heads are judged no more"] * (lost > 0) + [f"{unknown} more are not checked"] * (unknown > 0)
    return ", ".join(wrong)


def read(interpreters, cases):
    """What the libraries complain of in each text of each case; None where no library here reads it."""
    waiting = collections.defaultdict(list)
    for case in cases:
        environment = ENVIRONMENTS.get(case["dialect"])
        if environment in interpreters:
            waiting[environment].append(case)
    for environment, cases in waiting.items():
        requests = [
            {"dialect": case["dialect"], "framework": case["framework"], "suffix": case["path"].suffix, "text": text.decode()}
            for case in cases
            for text in [case["before"], *case["texts"]]
        ]
        run = subprocess.run(
            [interpreters[environment], READER],
            input=json.dumps(requests),
            capture_output=True,
            text=True,
            env={**os.environ, "HF_HUB_OFFLINE": "1"},
        )
        if run.returncode:
            raise SystemExit(f"the readers in {environment} stopped: {run.stderr[-800:]}")
        answers = iter(json.loads(run.stdout.splitlines()[-1]))
        for case in cases:
            case["complaints"] = [next(answers) for _ in [case["before"], *case["texts"]]]


def verdicts(case):
    """`(whose fix, verdict, what was said)` for each text that fixes make of a file."""
    complaints = case.get("complaints")
    for index, (text, fix) in enumerate(case["texts"].items(), start=1):
        worse = relinted(case["report"], case["path"], text)
        new = [] if complaints is None else [line for line in complaints[index] if line not in complaints[0]]
        if worse or new:
            yield fix, "failed", "; ".join(filter(None, [worse, *new]))
        elif complaints is None:
            yield fix, "no reader", ""
        elif complaints[index]:
            yield fix, "refused in part before and after", "; ".join(complaints[index])
        else:
            yield fix, "read", ""


def table(rows):
    text = "| file | fix | what was said |\n|---|---|---|\n"
    for name, _, fix, _, said in rows:
        cell = said.replace("|", chr(92) + "|")
        text += f"| `{name}` | {fix.replace('|', chr(92) + '|')} | {cell} |\n"
    return text


def versions(interpreters):
    """What is installed, for the record."""
    wanted = {
        "boost": ["xgboost", "lightgbm", "catboost"], "torch": ["torch", "transformers", "hydra-core", "monai",
        "segmentation-models-pytorch"], "geo": ["lightning", "jsonargparse", "torchgeo", "terratorch"], "ludwig": ["ludwig"],
    }
    code = "import importlib.metadata as m, sys; print(', '.join(f'{n} {m.version(n)}' for n in sys.argv[1:]))"
    found = [
        subprocess.run([interpreter, "-c", code, *wanted[name]], capture_output=True, text=True).stdout.strip()
        for name, interpreter in interpreters.items()
    ]
    return ", ".join([f"Python {platform.python_version()}", *filter(None, found)])


def record(rows, interpreters):
    """Writes the result as a page."""
    today = datetime.date.today().strftime("%-d %B %Y")
    by_dialect = collections.defaultdict(collections.Counter)
    for _, dialect, _, verdict, _ in rows:
        by_dialect[dialect][verdict] += 1
    kinds = ["read", "refused in part before and after", "no reader", "failed"]
    text = f"""# Fixed configurations, read by their libraries

{today}, {platform.system()} on {platform.machine()}, CPU: {versions(interpreters)}.

Every fixture, and every input made of people's reports where those lie beside the checkout, was fixed in each way that
`--fix --unsafe-fixes` allows: every fix by itself, and all together as the command applies them. Each result was given to
the library's own reader: Hugging Face's configuration class and the model built from it, Hydra's `instantiate` of every
object, LightningCLI's parser with the trainers of torchgeo and terratorch built, MONAI's `ConfigParser`,
segmentation_models_pytorch's models and losses, Ludwig's schema, and training on a few random rows in XGBoost, LightGBM and
CatBoost. Each result was checked again: no head that was judged is judged no more, and nothing has become "not checked".
Written by `tests/scripts/fixed_libraries.sh --record`, which a maintainer runs. What CI checks of fixes is in `tests/fixes.rs`.

| dialect | results | read | refused in part before and after | no reader here | failed |
|---|--:|--:|--:|--:|--:|
"""
    for dialect, counts in sorted(by_dialect.items()):
        cells = " | ".join(str(counts[kind]) for kind in kinds)
        text += f"| {dialect} | {sum(counts.values())} | {cells} |\n"
    text += """
`no reader here`: the project's own spec, which only losslint reads; Keras's exports, which
[fixed-models-run.md](fixed-models-run.md) is about; formats whose library does not install or whose reader needs the data.
"""
    for kind, title in (("failed", "Failed"), ("refused in part before and after", "Refused in part before and after")):
        chosen = [row for row in rows if row[3] == kind]
        if chosen:
            text += f"\n## {title}\n\n" + (REFUSED_AS_THEY_STAND if kind != "failed" else "") + table(chosen)
    RECORD.write_text(text, "utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--record", action="store_true", help="write docs/fixed-libraries-run.md")
    parser.add_argument("--only", default="", help="files whose path holds this")
    parser.add_argument("--python", action="append", default=[], metavar="NAME=INTERPRETER", help="boost, torch, geo, ludwig")
    arguments = parser.parse_args()
    interpreters = dict(pair.split("=", 1) for pair in arguments.python)
    folders = [ROOT / "fixtures" / name for name in ("bad", "good", "zoo", "joined")]
    cases = []
    for path in inputs(folders):
        name = str(path).removeprefix(f"{ROOT}/").removeprefix(f"{ROOT.parent}/shared/")
        if arguments.only in name:
            report, before, texts = results(path)
            dialect, framework = what_is(path) if texts else ("", "")
            case = {"name": name, "path": path, "report": report, "before": before, "texts": texts}
            cases += [{**case, "dialect": dialect, "framework": framework}] if texts else []
    read(interpreters, cases)
    rows = []
    for case in cases:
        for fix, verdict, said in verdicts(case):
            rows.append((case["name"], case["dialect"], fix, verdict, said))
            if verdict not in ("read", "no reader"):
                print(f"{verdict} {case['name']}: {fix}: {said}", flush=True)
    counts = collections.Counter(row[3] for row in rows)
    print(f"{len(rows)} results: {dict(counts)}")
    if arguments.record:
        record(rows, interpreters)
    return 1 if counts["failed"] or not counts["read"] else 0


if __name__ == "__main__":
    sys.exit(main())
