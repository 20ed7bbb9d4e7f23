#!/usr/bin/env python3
"""Compares losslint's compositions of Hydra configurations with Hydra's own.

Needs hydra-core; not a part of the tests that run by themselves. Each configuration in fixtures/joined/hydra-* is composed by
Hydra's Compose API into one file, and `losslint inspect` has to see the same in it as in the files that it joins itself.

usage: hydra_compose.py LOSSLINT
"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import hydra
from omegaconf import OmegaConf

ROOT = pathlib.Path(__file__).resolve().parents[2]
PLACE = re.compile(r"\s+\(\S+:\d+:\d+\)")
HEADER = re.compile(r"^# @package", re.MULTILINE)


def seen(binary, path):
    """What losslint sees in a file, without places and without notes on what is not checked."""
    run = subprocess.run([binary, "inspect", "--no-config", path], capture_output=True, text=True)
    lines = PLACE.sub("", run.stdout).splitlines()[1:]
    facts = [line.strip() for line in lines if line.startswith("  ") and "not checked" not in line]
    return sorted(set(facts))


def composed(folder, name, overrides):
    """The configuration as Hydra composes it, as YAML with its interpolations."""
    with hydra.initialize_config_dir(version_base=None, config_dir=str(folder)):
        return OmegaConf.to_yaml(hydra.compose(name, overrides=overrides))


def primary_of(folder, experiment):
    """A primary configuration for an experiment: every group that it overrides, without a choice, then the experiment."""
    text = experiment.read_text()
    # A group below another is chosen by that one's own list.
    groups = [group for group in re.findall(r"override /([\w/@.]+):", text) if "/" not in group]
    lines = [f"  - {group}: null\n" for group in groups]
    name = "made_for_an_experiment"
    (folder / f"{name}.yaml").write_text("defaults:\n" + "".join(lines) + f"  - experiment: {experiment.stem}\n")
    return name


def cases():
    """Each primary configuration or experiment below the fixtures: its top folder and its path."""
    for path in sorted((ROOT / "fixtures/joined").glob("hydra-*/**/*.yaml")):
        text = path.read_text()
        if path.parent.name == "experiment" and "override /" in text:
            if not any("experiment:" in other.read_text() for other in path.parents[1].glob("*.yaml")):
                yield path.parents[1], path
        elif "defaults:" in text and not HEADER.search(text) and any(part.is_dir() for part in path.parent.iterdir()):
            if path.name in ("config.yaml", "train.yaml"):
                yield path.parent, path


def main():
    binary = str(pathlib.Path(sys.argv[1]).resolve())
    bad = done = 0
    for folder, path in cases():
        with tempfile.TemporaryDirectory() as scratch:
            copy = pathlib.Path(scratch) / "conf"
            shutil.copytree(folder, copy)
            name = path.stem if path.parent == folder else primary_of(copy, path)
            whole = copy / "whole.yaml"
            try:
                text = composed(copy, name, [])
            except Exception as error:  # an open choice or a circle: Hydra asks or refuses
                print(f"skipped {path.relative_to(ROOT)}: {str(error).splitlines()[0]}")
                continue
            # A comment that marks it as a configuration of Hydra's.
            whole.write_text("# @package _global_\n" + text)
            ours, theirs = seen(binary, str(path)), seen(binary, str(whole))
        done += 1
        if ours != theirs:
            bad += 1
            print(f"differs {path.relative_to(ROOT)}\n  joined:   {ours}\n  composed: {theirs}")
    print(f"{done - bad} of {done} as hydra {hydra.__version__} composes them")
    sys.exit(bad > 0)


if __name__ == "__main__":
    main()
