"""Runs every program that `losslint recommend` shows, each in a process of its own, and prints one line for each.

Fails when one of them raises, prints no loss, or prints one that is not finite. `recommend.sh` makes the environment.
"""

import argparse
import datetime
import importlib.metadata
import math
import os
import pathlib
import platform
import re
import subprocess
import sys
import time
import tomllib

ROOT = pathlib.Path(__file__).parents[2]
DATA = ROOT / "src" / "recommend"
RECORD = ROOT / "docs" / "recommend-run.md"
TIMEOUT = 900  # seconds


def tasks():
    """The names of all tasks in the order of the table."""
    for file in ("tasks.toml", "further.toml"):
        for task in tomllib.loads((DATA / file).read_text("utf-8"))["task"]:
            yield task["name"]


def run(framework, task, backend):
    """Runs a program: the seconds that it took, its last line, and what is wrong or None."""
    environment = dict(os.environ, KERAS_BACKEND=backend or "", TF_CPP_MIN_LOG_LEVEL="3")
    start = time.monotonic()
    try:
        process = subprocess.run(
            [sys.executable, DATA / framework / f"{task}.py"],
            env=environment, capture_output=True, text=True, timeout=TIMEOUT,
        )
    except subprocess.TimeoutExpired:
        return TIMEOUT, "", f"no end after {TIMEOUT} s"
    seconds = time.monotonic() - start
    lines = process.stdout.strip().splitlines()
    line = lines[-1] if lines else ""
    if process.returncode != 0:
        return seconds, line, process.stderr.strip()
    loss = re.search(r"\bloss (\S+)", line)
    if not loss:
        return seconds, line, "prints no loss"
    if not math.isfinite(float(loss[1])):
        return seconds, line, "the loss is not finite"
    if re.search(r"\bnan\b", line):
        return seconds, line, "prints NaN"
    return seconds, line, None


def versions(packages):
    """`name version` of each package."""
    return [f"{name} {importlib.metadata.version(name)}" for name in packages]


def record(results, packages):
    """Writes the results as a page."""
    today = datetime.date.today().strftime("%-d %B %Y")
    said = ", ".join([f"Python {platform.python_version()}", *versions(packages)])
    text = f"""# The programs of `losslint recommend`, run

{today}, {platform.system()} on {platform.machine()}, CPU: {said}.

Every program that `losslint recommend` shows was run as it stands in `src/recommend`, in a process and a virtual
environment of its own. Written by `tests/scripts/recommend.sh --record`, which a maintainer runs: it is too heavy for CI.
The seconds include the import of the framework on a busy machine. The result is the last line that the program prints;
the losses are those of its synthetic data, and those of different tasks are not comparable.

| task | framework | seconds | result |
|---|---|--:|---|
"""
    for task, label, seconds, line in results:
        text += f"| `{task}` | {label} | {seconds:.0f} | {line} |\n"
    RECORD.parent.mkdir(exist_ok=True)
    RECORD.write_text(text, "utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--backends", default="torch", help="what Keras runs on: torch, tensorflow, jax")
    parser.add_argument("--record", action="store_true", help="write docs/recommend-run.md")
    arguments = parser.parse_args()
    backends = arguments.backends.split(",")
    runs = [("pytorch", None, "PyTorch")] + [("keras", backend, f"Keras on {backend}") for backend in backends]
    results, failed = [], 0
    for task in tasks():
        for framework, backend, label in runs:
            seconds, line, wrong = run(framework, task, backend)
            print(f"{task:24} {label:20} {seconds:5.1f} s  {line}", flush=True)
            results.append((task, label, seconds, line))
            if wrong:
                failed += 1
                print(f"    failed: {wrong}", flush=True)
    print(f"{len(results)} programs run, {failed} failed")
    if failed:
        return 1
    if arguments.record:
        extra = {"tensorflow": ["tensorflow-cpu"], "jax": ["jax"]}
        record(results, ["keras", "torch", "torchvision", "numpy", *(p for b in backends for p in extra.get(b, []))])
    return 0


if __name__ == "__main__":
    sys.exit(main())
