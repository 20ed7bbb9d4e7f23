"""Runs losslint over models that real libraries wrote, and over their mechanically broken twins; counts alarms and misses.

Called by `generated_models.sh`, which makes the models. `FOLDER` holds `LIBRARY/correct/…` and `LIBRARY/broken/KIND/…`. A false
alarm is a finding at warning or above in a correct model. A broken twin is found when it has such a finding; else it was
either not judged, which losslint says, or judged and passed over: a silent miss.
"""

import argparse
import collections
import datetime
import json
import pathlib
import platform
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = ROOT / "target" / "debug" / "losslint"
PAGE = ROOT / "docs" / "generated-models-run.md"
LOUD = {"error", "warning"}


def checked(folder):
    """Findings and places that were not checked, by path; and what was checked of each library's correct models."""
    report = json.loads(run(folder))
    findings, unjudged = collections.defaultdict(list), collections.defaultdict(set)
    for finding in report["findings"]:
        if finding["severity"] in LOUD:
            findings[plain(finding["path"])].append(finding)
    for place in report["not_checked"]:
        unjudged[plain(place["path"])].add(place["why"])
    return findings, unjudged


def run(folder):
    process = subprocess.run(
        [BINARY, "check", "--no-config", "--no-ignore", "--format", "json", "--fail-on", "never", folder],
        capture_output=True, text=True,
    )
    if process.returncode != 0:
        sys.exit(process.stderr)
    return process.stdout


def plain(path):
    """A finding in a member of an archive or in the facts beside a model is that model's."""
    return re.sub(r"(\.keras|\.h5)[:!/].*$", r"\1", path)


def models(folder):
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != "made.json" and not path.name.endswith(".facts.toml"):
            yield path


class Library:
    """What came of the models of one library."""

    def __init__(self, folder):
        self.name = folder.name
        self.made = json.loads((folder / "made.json").read_text())
        self.correct, self.alarms = 0, []
        self.kinds = collections.defaultdict(lambda: [0, 0, 0, 0])  # broken, found, not checked, silent
        self.silent, self.unsaid = [], []
        self.judged = self.correct_unsaid = 0

    def look(self, folder, findings, unjudged):
        heads = json.loads(run(folder / "correct"))["summary"]
        self.judged, self.correct_unsaid = heads["heads_checked"], sum(heads["heads_not_checked"].values())
        for path in models(folder / "correct"):
            self.correct += 1
            self.alarms += [(path, finding) for finding in findings[str(path)]]
        for path in models(folder / "broken"):
            kind = self.kinds[path.parent.name]
            kind[0] += 1
            beside = str(path.with_suffix(".facts.toml"))
            if findings[str(path)] or findings[beside]:
                kind[1] += 1
            elif unjudged[str(path)]:
                kind[2] += 1
                self.unsaid.append((path, unjudged[str(path)]))
            else:
                kind[3] += 1
                self.silent.append(path)

    def total(self, column):
        return sum(kind[column] for kind in self.kinds.values())


def told(libraries, folder, limit):
    """The result in words, each false alarm and silent miss by its file."""
    for library in libraries:
        print(
            f"{library.name}: {library.correct} correct ({library.judged} heads checked, {library.correct_unsaid} not), "
            f"{len(library.alarms)} false alarms; {library.total(0)} broken: {library.total(1)} found, "
            f"{library.total(2)} not checked, {library.total(3)} silent"
        )
        for path, finding in library.alarms[:limit]:
            place = finding["span"]["line"]
            print(f"  false alarm: {path.relative_to(folder)}:{place} {finding['severity']}[{finding['lint']}] {finding['message']}")
        for path in library.silent[:limit]:
            print(f"  silent: {path.relative_to(folder)}")
        for path, why in library.unsaid[:limit]:
            print(f"  not checked: {path.relative_to(folder)}: {'; '.join(sorted(why))}")


def page(libraries):
    """The page that records the run."""
    versions = {}
    for library in libraries:
        versions.update(library.made["versions"])
    today = datetime.date.today()
    lines = [
        "# Generated models, and their broken twins", "",
        f"{today.day} {today:%B %Y}, {platform.system()} on {platform.machine()}, CPU: Python {platform.python_version()}, "
        + ", ".join(f"{name} {version}" for name, version in sorted(versions.items())) + ".", "",
        "The libraries themselves wrote correct models: what they save, or configurations that they instantiated. Each was then",
        "broken in known ways: an activation removed or added, a switch flipped, a loss exchanged for one that reads something else, a",
        "number of units or classes changed, a metric of another task. Written by `tests/scripts/generated_models.sh --record`, which a",
        "maintainer runs: it is too heavy for CI.", "",
        "*Run* are the correct models of which just this pair of network and loss was trained for a step, or its loss computed, before it",
        "was written. Of the others, those of keras.applications and smp have a pair that was run behind another network; of transformers'",
        "classes the library's loss function was run on scores of that many labels, where `problem_type` chooses it; Ludwig's were taken by",
        "its own reader; what states no loss ran nothing. A *false alarm* is a finding at warning or",
        "above in a correct model. A broken twin is *found* when it has such a finding, *not checked* when losslint says that it did not",
        "judge it, and *silent* when it was judged and passed over.", "",
        "| library | correct | run | heads checked | false alarms | broken | found | not checked | silent |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for library in libraries:
        cells = [library.correct, library.made["executed"], library.judged, len(library.alarms), *(library.total(i) for i in range(4))]
        lines.append(f"| {library.name} | " + " | ".join(f"{cell:,}" for cell in cells) + " |")
    sums = [
        sum(library.correct for library in libraries), sum(library.made["executed"] for library in libraries),
        sum(library.judged for library in libraries), sum(len(library.alarms) for library in libraries),
        *(sum(library.total(i) for library in libraries) for i in range(4)),
    ]
    lines.append("| all | " + " | ".join(f"{cell:,}" for cell in sums) + " |")
    lines += ["", f"Found of the broken twins: {100 * sums[5] / max(sums[4], 1):.1f} %.", "", "## Kinds of breaks", ""]
    lines += ["| library | kind | broken | found | not checked | silent |", "|---|---|--:|--:|--:|--:|"]
    for library in libraries:
        for kind, counts in sorted(library.kinds.items()):
            lines.append(f"| {library.name} | {kind.replace('-', ' ')} | " + " | ".join(str(count) for count in counts) + " |")
    lines += ["", "## Not written", "", "Meant to be correct, but not run by the library, so neither they nor their twins count.", ""]
    for library in libraries:
        for refused in library.made["refused"]:
            lines.append(f"- {library.name}: `{refused.replace('`', '')[:120]}`")
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--record", action="store_true", help="write docs/generated-models-run.md")
    parser.add_argument("--limit", type=int, default=10, help="how many files are named of each kind and library")
    options = parser.parse_args()
    findings, unjudged = checked(options.folder)
    libraries = []
    for folder in sorted(path for path in options.folder.iterdir() if (path / "made.json").exists()):
        library = Library(folder)
        library.look(folder, findings, unjudged)
        libraries.append(library)
    told(libraries, options.folder, options.limit)
    if options.record:
        PAGE.write_text(page(libraries))
    alarms, broken = (sum(len(each.alarms) for each in libraries), sum(each.total(0) for each in libraries))
    found, silent = (sum(each.total(i) for each in libraries) for i in (1, 3))
    print(f"{alarms} false alarms; {found} of {broken} broken twins found ({100 * found / max(broken, 1):.1f} %), {silent} silent misses")
    sys.exit(1 if alarms or silent or found < 0.97 * broken else 0)


if __name__ == "__main__":
    main()
