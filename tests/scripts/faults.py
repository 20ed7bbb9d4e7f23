"""Faults that other programs and the system make while losslint writes: `faults.sh` runs this. Each kind prints how often it was
tried and what came of it; the first broken promise ends the run with an error."""

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

BINARY = sys.argv[1]
AT_LENGTH = "--at-length" in sys.argv
BEFORE = (
    'losslint = 1\nframework = "keras"\n\n[[layers]]\ntype = "Dense"\nunits = 1\n\n[loss]\ntype = "binary_crossentropy"\n'
)
AFTER = BEFORE + "from_logits = true\n"
THEIRS = "losslint = 1\n"
FORMATS = ["human", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "rdjson"]


def times(short, long):
    return long if AT_LENGTH else short


def start(folder, *args):
    command = [BINARY, "check", "--no-config", *args]
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def left_behind(folder):
    return [name for name in os.listdir(folder) if name.startswith(".losslint-")]


def fill(folder, count):
    for index in range(count):
        Path(folder, f"{index:04}.toml").write_text(BEFORE)


def whole(folder):
    texts = [path.read_text() for path in Path(folder).glob("*.toml")]
    assert all(text in (BEFORE, AFTER) for text in texts), "a file is half written"
    return texts


def ended(number):
    """Runs that a signal ends at a random moment."""
    outcome = Counter()
    for _ in range(times(10, 100)):
        with tempfile.TemporaryDirectory() as folder:
            fill(folder, 300)
            run = start(folder, "--quiet", "--fix", ".")
            time.sleep(random.uniform(0.0, 0.5))
            run.send_signal(number)
            run.communicate()
            whole(folder)
            left = bool(left_behind(folder))
            assert number == signal.SIGKILL or not left, "a temporary file is left"
            state = "ended midway" if run.returncode == -number else "over before"
            outcome[state + (", a temporary file left" if left else "")] += 1
    return outcome


def race(change):
    """Another program changes the file while the new text waits beside it, or just after. The system has no lock between the last
    comparison and the renaming, so that a few are overwritten: more than 3 in 100 of many are a fault."""
    outcome = Counter()
    wanted = times(40, 600)
    for tried in range(10 * wanted):
        # How many changes come in time depends on the machine: some are waited for.
        if tried >= wanted and outcome["left alone and told"]:
            break
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "a.toml")
            path.write_text(BEFORE)
            run = start(folder, "--fix", "a.toml")
            while not left_behind(folder) and run.poll() is None:
                pass
            end = time.monotonic() + random.uniform(0.0, 0.004)
            while time.monotonic() < end:
                pass
            in_time = bool(left_behind(folder))
            change(folder, path)
            _, told = run.communicate()
            now = path.read_text() if path.exists() else None
            if run.returncode == 2:
                assert now in (THEIRS, None), told
                outcome["left alone and told"] += 1
            elif now == AFTER:
                assert in_time, told
                outcome["overwritten"] += 1
            else:
                outcome["changed after it was written"] += 1
            assert not left_behind(folder)
    if not outcome["left alone and told"]:
        print("skipped: no change came in time on this machine")
    assert outcome["overwritten"] <= max(6, outcome.total() * 3 // 100), outcome
    return outcome


def by_rename(folder, path):
    Path(folder, "new").write_text(THEIRS)
    os.replace(Path(folder, "new"), path)


def in_place(_, path):
    path.write_text(THEIRS)


def deleted(_, path):
    path.unlink()


def link_replaced(folder, path):
    Path(folder, "other.txt").write_text(THEIRS)
    os.symlink("other.txt", Path(folder, "link"))
    os.replace(Path(folder, "link"), path)


def at_once():
    """Two runs over the same files."""
    for _ in range(times(2, 20)):
        with tempfile.TemporaryDirectory() as folder:
            fill(folder, times(100, 2000))
            runs = [start(folder, "--quiet", "--fix", ".") for _ in range(2)]
            for run in runs:
                run.communicate()
            assert all(text == AFTER for text in whole(folder)), "a fix is lost"
            assert not left_behind(folder)
    return Counter({"every file fixed": times(2, 20)})


def full_disk():
    """A tmpfs of 64 KB with all but some bytes of it taken."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return Counter({"skipped: not root": 1})
    outcome = Counter()
    for _ in range(times(3, 50)):
        with tempfile.TemporaryDirectory() as folder:
            mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder], capture_output=True)
            if mounted.returncode != 0:
                return Counter({"skipped: no tmpfs may be mounted": 1})
            try:
                path = Path(folder, "a.toml")
                path.write_text(BEFORE)
                with open(Path(folder, "ballast"), "wb", buffering=0) as ballast:
                    try:
                        while ballast.write(bytes(4096)):
                            pass
                    except OSError:
                        pass
                run = start(folder, "--fix", "a.toml")
                _, told = run.communicate()
                assert run.returncode == 2, told
                made = subprocess.run([BINARY, "init"], cwd=folder, capture_output=True)
                assert made.returncode == 2, made
                assert sorted(os.listdir(folder)) == ["a.toml", "ballast"], os.listdir(folder)
                assert path.read_text() == BEFORE
                outcome["old bytes, no other file, status 2"] += 1
            finally:
                subprocess.run(["umount", folder], check=True)
    return outcome


def links():
    """A file outside, through a link."""
    with tempfile.TemporaryDirectory() as outside, tempfile.TemporaryDirectory() as folder:
        secret = Path(outside, "secret.toml")
        secret.write_text(BEFORE + "# hunter2\n")
        os.symlink(secret, Path(folder, "link.toml"))
        for paths in (".", "link.toml"):
            for option in ("--fix", "--diff", "--verbose"):
                for form in FORMATS:
                    out, told = start(folder, option, "--format", form, paths).communicate()
                    assert b"hunter2" not in out + told, (paths, option, form)
                    assert secret.read_text().startswith(BEFORE + "#"), (paths, option, form)
    return Counter({"not written, not shown": 2 * 3 * len(FORMATS)})


def names():
    """Names that terminals and CI runners would obey."""
    hostile = ["::error::x", "##[group]x", "##vso[task.complete]x", "\x1b[31mred", "new\nline", "\n::error::y", "\u202elmot"]
    with tempfile.TemporaryDirectory() as folder:
        for name in hostile:
            Path(folder, name + ".toml").write_text(BEFORE)
        for form in FORMATS + ["diff"]:
            args = ["--diff"] if form == "diff" else ["--format", form]
            run = start(folder, *args, ".")
            out, _ = run.communicate()
            assert run.returncode == 1, form
            text = out.decode()
            # A diff for programs quotes names as git does, which leaves letters as they are.
            assert "\x1b" not in text and (form == "diff" or "\u202e" not in text), form
            for line in text.split("\n"):
                own = form == "github" and line.startswith(("::error ", "::warning ", "::notice "))
                assert own or not line.lstrip().startswith(("::", "##[", "##vso[")), (form, line)
    return Counter({"no line obeyed": len(hostile) * (len(FORMATS) + 1)})


KINDS = {
    "Ctrl-C": lambda: ended(signal.SIGINT),
    "SIGTERM": lambda: ended(signal.SIGTERM),
    "SIGKILL": lambda: ended(signal.SIGKILL),
    "changed by rename": lambda: race(by_rename),
    "changed in place": lambda: race(in_place),
    "deleted": lambda: race(deleted),
    "replaced by a link": lambda: race(link_replaced),
    "two runs at once": at_once,
    "full disk": full_disk,
    "links outside": links,
    "hostile names": names,
}

for kind, run in KINDS.items():
    outcome = run()
    print(f"{kind}: " + "; ".join(f"{count} {what}" for what, count in sorted(outcome.items())), flush=True)
