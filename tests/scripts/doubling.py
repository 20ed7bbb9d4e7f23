#!/usr/bin/env python3
"""Doubles the size of every kind of input and counts the instructions that losslint takes for it: what takes time by the
square of its size would take four times as many, what is linear takes twice as many.

usage: doubling.py --binary PATH [--bytes N] [--jobs N] [--verbose] [WORD …]

Needs valgrind, whose counts do not depend on what else the machine does. Of each series three inputs are made: one of next to
nothing, for what starting costs, one of about N bytes (48,000) and one of twice as many. Ends with status 1 when, without the
start, one grew by more than 2.3. With WORDs, only the series whose names hold one of them."""

import argparse
import concurrent.futures
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from doubling_series import SERIES

MOST = 2.3
# Below this many instructions a growth says nothing: rounding of what starting costs.
LEAST = 300_000


def instructions(binary, folder, command):
    """How many instructions a run takes."""
    arguments = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", str(binary), *command]
    run = subprocess.run(arguments, cwd=folder, capture_output=True, text=True, errors="replace", timeout=900)
    counted = re.search(r"Collected : (\d+)", run.stderr)
    if not counted or run.returncode not in (0, 1, 2):
        raise SystemExit(f"{' '.join(command)}: status {run.returncode}: {run.stderr[-500:]}")
    return int(counted.group(1))


def size_for(make, wanted):
    """The size of an input that has about so many bytes, and those of its double."""
    probe = 64
    per_item = max(1, sum(len(text) for text in make(probe)[0].values()) // probe)
    return max(2, wanted // per_item)


def measure(binary, name, make, wanted):
    """Instructions for the size, for twice the size, and how they grew."""
    size = size_for(make, wanted)
    counts = []
    for items in (1, size, 2 * size):
        files, command = make(items)
        with tempfile.TemporaryDirectory() as folder:
            for path, text in files.items():
                file = pathlib.Path(folder, path)
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(text if isinstance(text, bytes) else text.encode())
            counts.append(instructions(binary, folder, command))
    start, once, twice = counts
    growth = (twice - start) / max(once - start, LEAST)
    return name, size, once - start, twice - start, growth


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--binary", required=True, type=pathlib.Path)
    arguments.add_argument("--bytes", type=int, default=48_000)
    arguments.add_argument("--jobs", type=int, default=2)
    arguments.add_argument("--verbose", action="store_true")
    arguments.add_argument("words", nargs="*")
    given = arguments.parse_args()
    binary = given.binary.resolve()
    chosen = [(name, make) for name, make in SERIES if not given.words or any(word in name for word in given.words)]
    if not chosen:
        raise SystemExit("no series has such a name")
    worst, failed = 0.0, []
    with concurrent.futures.ThreadPoolExecutor(given.jobs) as pool:
        runs = [pool.submit(measure, binary, name, make, given.bytes) for name, make in chosen]
        for run in concurrent.futures.as_completed(runs):
            name, size, once, twice, growth = run.result()
            worst = max(worst, growth)
            if growth > MOST:
                failed.append(name)
            if given.verbose or growth > MOST:
                print(f"{growth:5.2f}  {name}: {size} and {2 * size} of them, {once:,} and {twice:,} instructions", flush=True)
    print(f"{len(chosen) - len(failed)} of {len(chosen)} series grow by less than {MOST} when their size is doubled; the most is {worst:.2f}")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
