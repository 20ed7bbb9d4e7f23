#!/usr/bin/env python3
"""Do the tests notice when a row of the knowledge tables says something else? Not part of CI: it takes half an hour.

Changes one value of one row at a time (a spelling, an input convention, a label format, a switch's default, a number of units …),
runs the tests on it, and says which changes nothing noticed. The changed table is handed to a build for tests by `LOSSLINT_TABLES`, so that
nothing is compiled. Signatures, lists of classes and prose (`note`, `effect`, `word_for`, `part`) are left out.

    python3 tests/scripts/flip_rows.py [--sample 800] [--seed 14] [--minutes 25] [--record]

`--record` writes the result to docs/mutation-run.md.
"""

import argparse
import collections
import concurrent.futures
import copy
import json
import os
import random
import re
import shutil
import subprocess
import tempfile
import time
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
TABLES = ROOT / "src/knowledge"
PROSE = {"note", "effect", "word_for", "part", "modules"}
# Keys without which a row is not read at all: they get another value, and are not left out.
WORDS = {
    "input": ["logits", "probabilities", "log_probabilities", "real"], "units": ["one", "many", "any"],
    "family": ["squared_error", "binary_cross_entropy", "categorical_cross_entropy"], "passes": ["yes", "no", "unknown"],
    "produces": ["probabilities", "distribution", "real"], "measures": ["decisions", "distance", "order"],
    "computes": ["log", "same", "add"], "reaction": ["silent", "raises"], "reduction": ["mean", "sum", "none"],
    "range": ["(-inf, inf)", "(0, 1)"], "otherwise": ["logits", "probabilities"], "when_true": ["logits", "probabilities"],
    "when_false": ["logits", "probabilities"], "written": ["bare", "dotted"], "fact": ["classes", "class_weight"],
}
# Of which test programs a kind of check is made: what is found in models, the listing of the tables, what further tests hold.
STAGES = [
    ("verdicts", [("rows", ["verdicts"])]),
    ("the listing", [("rows", ["listing::"])]),
    # The quickest first.
    ("further tests", [("knowledge", []), ("signatures", []), ("boosters", []), ("task_inference", []), ("recommend", []), ("joined", []),
                       ("pages", []), ("losslint", ["knowledge::"]), ("rows", ["used::"]), ("matrix", ["looked_at::"])]),
]


def mutants(table, path=()):
    """Each change of one value: where, what it becomes (`None` for left out)."""
    for key, own in table.items() if isinstance(table, dict) else enumerate(table):
        here = (*path, key)
        if key in PROSE or (path and path[-1] == "counts"):
            continue
        if isinstance(own, dict):
            yield from mutants(own, here)
        elif isinstance(own, list):
            yield from ((here + (index,), None) for index in range(len(own)) if not isinstance(own[index], dict))
            yield from (change for index, item in enumerate(own) if isinstance(item, dict) for change in mutants(item, here + (index,)))
        elif isinstance(own, bool):
            yield here, not own
        elif isinstance(own, (int, float)):
            yield here, own + 1
        elif key in WORDS and own in WORDS[key] + ["any", "positive", "features"] or key in ("range", "family", "produces", "passes", "computes", "measures"):
            # A switch between activations has names of activations in the place of conventions.
            yield here, next(word for word in WORDS[key] if word != own)
        elif key not in ("argument", "name", "word", "loss", "framework", "equals", "library"):
            yield here, None
        else:
            yield here, own + "_"


def changed(table, where, becomes):
    table = copy.deepcopy(table)
    place = table
    for key in where[:-1]:
        place = place[key]
    if becomes is None:
        del place[where[-1]]
    else:
        place[where[-1]] = becomes
    return table


def programs(folder):
    """The test programs by name, copied to a folder: a build in the meantime does not change them."""
    names = {name for _, stage in STAGES for name, _ in stage}
    wanted = [part for name in sorted(names - {"losslint"}) for part in ("--test", name)]
    build = ["cargo", "test", "--no-run", "--lib", "--bins", "--message-format", "json", *wanted]
    lines = subprocess.run(build, cwd=ROOT, stdout=subprocess.PIPE, check=True, text=True).stdout.splitlines()
    built = [json.loads(line) for line in lines]
    return {item["target"]["name"]: shutil.copy(item["executable"], folder) for item in built
            if item.get("executable") and item["profile"]["test"] and item["target"]["kind"] != ["bin"]}


def caught_by(tests, name, text):
    """The first kind of check that notices a changed table; `None` when none does."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{name}.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        env = {**os.environ, "LOSSLINT_TABLES": folder, "INSTA_UPDATE": "no", "INSTA_OUTPUT": "none", "CARGO_MANIFEST_DIR": str(ROOT),
               "RUST_TEST_THREADS": "1"}
        for stage, runs in STAGES:
            for program, filters in runs:
                run = subprocess.run([tests[program], "-q", *filters], cwd=ROOT, env=env, capture_output=True, check=False)
                if run.returncode != 0:
                    return stage
    return None


def all_mutants():
    for path in sorted(TABLES.rglob("*.toml")):
        name = path.relative_to(TABLES).with_suffix("").as_posix()
        if path.stem in ("signatures", "classes"):
            continue
        table = tomllib.loads(path.read_text())
        yield from ((name, table, where, becomes) for where, becomes in mutants(table))


def told(name, where, becomes, table):
    own = table
    for key in where:
        own = own[key]
    words = ".".join(str(key) for key in where)
    return f"`{name}`: `{words}` = {json.dumps(own)} " + ("left out" if becomes is None else f"becomes {json.dumps(becomes)}")


def record(drawn, everything, seed, counts, survivors):
    page = ROOT / "docs/mutation-run.md"
    text = page.read_text() if page.exists() else "# Do the tests bite?\n"
    total = sum(counts.values())
    caught = total - counts[None]
    lines = [
        "## Rows of the knowledge tables", "",
        f"`tests/scripts/flip_rows.py --seed {seed}` changed one value of one row at a time: {drawn} of {everything} changes, drawn at random.",
        f"**{caught} of {total} were noticed ({100 * caught / total:.1f} %).**", "",
        "| noticed first by | changes |", "|---|---|",
        *(f"| {stage} | {counts[stage]} |" for stage, _ in STAGES), f"| nothing | {counts[None]} |", "",
        "*Verdicts* are those of the models in `tests/rows/models/`; *the listing* means that none of them changed, but a snapshot",
        "of the tables shows the change to whoever reviews it. Further tests are asked about what both let pass.", "",
        *(["Not noticed:", "", *(f"- {line}" for line in survivors), ""] if survivors else []),
    ]
    start = re.search(r"^## Rows of the knowledge tables$", text, re.M)
    before = text[: start.start()] if start else text.rstrip() + "\n\n"
    rest = re.search(r"^## ", text[start.end():], re.M) if start else None
    after = text[start.end() + rest.start():] if rest else ""
    page.write_text(before + "\n".join(lines) + ("\n" + after if after else ""))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sample", type=int, default=800)
    parser.add_argument("--seed", type=int, default=14)
    parser.add_argument("--minutes", type=float, default=25)
    parser.add_argument("--record", action="store_true")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    everything = list(all_mutants())
    drawn = random.Random(options.seed).sample(everything, min(options.sample, len(everything)))
    kept = tempfile.TemporaryDirectory()
    tests = programs(kept.name)
    if (found := caught_by(tests, "none", "{}")) is not None:
        raise SystemExit(f"without a change, {found} fail")
    counts, survivors = collections.Counter(), []
    end = time.monotonic() + 60 * options.minutes
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        def tried(mutant):
            name, table, where, becomes = mutant
            if time.monotonic() > end:
                return mutant, "not run"
            return mutant, caught_by(tests, name, json.dumps(changed(table, where, becomes)))
        for (name, table, where, becomes), stage in pool.map(tried, drawn):
            if stage == "not run":
                continue
            counts[stage] += 1
            line = told(name, where, becomes, table)
            if stage is None:
                survivors.append(line)
                print("not noticed:", line, flush=True)
            elif stage != STAGES[0][0]:
                print(f"by {stage}:", line, flush=True)
    total = sum(counts.values())
    print(f"{total} of {len(everything)} changes: {dict(counts)}")
    if options.record:
        record(total, len(everything), options.seed, counts, survivors)


if __name__ == "__main__":
    main()
