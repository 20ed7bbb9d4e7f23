#!/usr/bin/env python3
"""Do the tests notice small changes of the code? Draws mutants that cargo-mutants can make, at random with a fixed seed,
and runs the quick test binaries against each in a checkout of its own: first those that notice most, then, for what they
missed, the others. Not part of CI: a hundred mutants take half an hour and more.

    cargo install cargo-mutants
    tests/scripts/mutants.py --draw 100 --seed 1

The last lines say how many were drawn, how many compiled, and which of those no test noticed.
docs/mutation-run.md holds the results of past runs, with what became of each that survived.
"""

import argparse
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PLACES = ["src/passes/**/*.rs", "src/ir/**/*.rs", "src/report/**/*.rs", "src/check/**/*.rs", "src/syntax/edit/**/*.rs"]
# What takes seconds and asks for findings; then for edits, reports or exit statuses.
FIRST = ["--test=matrix", "--test=silent"]
THEN = ["--lib"] + [f"--test={name}" for name in (
    "acceptance", "archives", "commands", "edits", "fix_files", "fixes", "formats", "hidden", "joined", "options",
    "own_rows", "pages", "pages_and_lists", "promises", "reports", "task_inference",
)]
# Seconds. A mutant may loop for ever.
PATIENCE = 120


def cargo_mutants(folder, *arguments):
    files = [word for place in PLACES for word in ("-f", place)]
    return ["cargo", "mutants", "--dir", str(folder), "--no-config", *files, *arguments]


def listed(folder):
    command = cargo_mutants(folder, "--list", "--json")
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return sorted(mutant["name"] for mutant in json.loads(out))


def lines_of(folder, drawn):
    """A diff of the lines that the drawn mutants begin on: those that take a field out of a struct are made whatever names
    are asked for, unless they lie outside a diff."""
    places = {}
    for name in drawn:
        path, line, _ = name.split(":", 2)
        places.setdefault(path, set()).add(int(line))
    diff = []
    for path, lines in sorted(places.items()):
        text = (folder / path).read_text().splitlines()
        diff += [f"--- a/{path}", f"+++ b/{path}"]
        for line in sorted(lines):
            diff += [f"@@ -{line},1 +{line},1 @@", "-before", f"+{text[line - 1]}"]
    return "\n".join(diff) + "\n"


def run(folder, drawn, tests, results):
    """Runs the drawn mutants, one after another, in the checkout itself, so that only what changed is compiled. Gives the
    names by outcome."""
    results.mkdir(parents=True, exist_ok=True)
    diff = results / "lines.diff"
    diff.write_text(lines_of(folder, drawn))
    names = [word for name in drawn for word in ("-F", f"^{re.escape(name)}$")]
    # For every command of cargo: what stands behind `--` would not keep the other tests from being compiled.
    tests = [f"--cargo-arg={test}" for test in tests]
    command = cargo_mutants(
        folder, "--in-place", "--in-diff", str(diff), "--timeout", str(PATIENCE), "--output", str(results), *names, *tests,
    )
    # Without the first a snapshot that differs is written beside the old one; without the second, linking takes longer.
    settings = {"INSTA_UPDATE": "no", "CARGO_PROFILE_DEV_DEBUG": "none"}
    done = subprocess.run(command, env={**os.environ, **settings})
    # 0: all were noticed. 2: some were missed. 3: some ran out of time. The rest are faults of the run itself.
    if done.returncode not in (0, 2, 3):
        sys.exit(f"cargo mutants ended with {done.returncode}")

    def lines(kind):
        path = results / "mutants.out" / f"{kind}.txt"
        return [line for line in path.read_text().splitlines() if line in drawn] if path.exists() else []

    return {kind: lines(kind) for kind in ("caught", "missed", "timeout", "unviable")}


def copy_dependencies(target, to):
    """Copies what was compiled, but for what is large and made anew for every mutant."""
    def large(path, names):
        is_program = lambda name: (Path(path) / name).is_file() and "." not in name and name != "invoked"
        return [name for name in names if name in ("incremental", "doc", "release", "fuzz")
                or (path.endswith("/debug/deps") and is_program(name))]

    shutil.copytree(target, to, symlinks=True, ignore=large)


def tell(version, count, seed, drawn, found):
    noticed = len(found["caught"]) + len(found["timeout"])
    viable = noticed + len(found["missed"])
    print(f"{version}, seed {seed}: {len(drawn)} drawn of {count}, {viable} viable, {noticed} noticed "
          f"({len(found['timeout'])} by time), {100 * noticed / max(viable, 1):.1f} %")
    for name in found["missed"]:
        print(f"missed: {name}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--draw", type=int, default=100, help="how many mutants")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--results", type=Path, help="where cargo-mutants writes what happened")
    parser.add_argument("--target", type=Path, default=ROOT / "target", help="a target folder to begin with")
    options = parser.parse_args()
    version = subprocess.run(["cargo", "mutants", "--version"], check=True, capture_output=True, text=True).stdout.strip()
    with tempfile.TemporaryDirectory() as scratch:
        folder, results = Path(scratch) / "checkout", options.results or Path(scratch) / "results"
        git = ["git", "-C", str(ROOT), "worktree"]
        subprocess.run([*git, "add", "--quiet", "--detach", str(folder), "HEAD"], check=True)
        try:
            if options.target.is_dir():
                copy_dependencies(options.target, folder / "target")
            names = listed(folder)
            drawn = random.Random(options.seed).sample(names, min(options.draw, len(names)))
            found = run(folder, drawn, FIRST, results / "first")
            if found["missed"]:
                again = run(folder, found["missed"], THEN, results / "then")
                found = {kind: again[kind] + (found[kind] if kind != "missed" else []) for kind in found}
            tell(version, len(names), options.seed, drawn, found)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            subprocess.run([*git, "prune"], check=True)


if __name__ == "__main__":
    main()
