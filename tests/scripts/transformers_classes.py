#!/usr/bin/env python3
"""Writes the table of the classes with a head that transformers has: src/knowledge/transformers/classes.toml.

usage: transformers_classes.py > src/knowledge/transformers/classes.toml      (in an environment with torch and transformers)"""
import collections
import inspect
import os
import re
import textwrap

os.environ["HF_HUB_OFFLINE"] = "1"
import transformers

ENDING = re.compile(r"(?:For(?!mer)[A-Z]\w*|(?:With)?LMHead\w*|MTModel)$")
OTHER_FRAMEWORKS = ("TF", "Flax", "Auto")


def is_model(name):
    try:
        value = getattr(transformers, name)
    except Exception:  # Classes whose own requirements are not installed.
        return False
    return inspect.isclass(value) and hasattr(value, "forward")


stems = collections.defaultdict(list)
for name in sorted(set(dir(transformers))):
    ending = ENDING.search(name)
    if ending and ending.start() and not name.startswith(OTHER_FRAMEWORKS) and is_model(name):
        stems[ending.group()].append(name[: ending.start()])

print(f"# The classes of transformers {transformers.__version__} with a head: by the end of the name, what stands before it.")
print("# Made by tests/scripts/transformers_classes.py.")
for ending in sorted(stems):
    words = ", ".join(f'"{stem}"' for stem in stems[ending])
    lines = textwrap.wrap(words, 116, break_long_words=False, break_on_hyphens=False)
    one = f"{ending} = [{words}]"
    print("\n" + (one if len(one) <= 120 else f"{ending} = [\n" + "\n".join(f"    {line}" for line in lines) + "\n]"))
