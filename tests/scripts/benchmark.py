#!/usr/bin/env python3
"""Runs losslint beside other linters on generated inputs and prints the figures as Markdown.

    python3 tests/scripts/benchmark.py            # everything: about 20 minutes, 5 GB of temporary files
    python3 tests/scripts/benchmark.py --quick    # smaller inputs, fewer rounds: a few minutes
    python3 tests/scripts/benchmark.py --write    # also puts the figures into docs/performance.md

It needs cargo, npm and Python with venv; biome, taplo, check-jsonschema and yamllint are installed into the temporary
folder. Two programs are compared by running them in turn, A B A B, and dividing the times of each pair: what else the
machine does then slows both. The figure is the median of the ratios.
"""

import argparse
import datetime
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
SCHEMA = {"type": "object", "required": ["class_name", "config"], "properties": {"class_name": {"type": "string"}}}


def layer(index, units=128, activation="relu"):
    name = f"dense_{index}"
    config = {
        "name": name, "trainable": True, "dtype": "float32", "units": units, "activation": activation, "use_bias": True,
        "kernel_initializer": {"class_name": "GlorotUniform", "config": {"seed": None}},
        "bias_initializer": {"class_name": "Zeros", "config": {}}, "kernel_regularizer": None,
    }
    return {"class_name": "Dense", "config": config, "name": name}


def model(layers, number=0):
    body = [layer(index) for index in range(layers)] + [layer(layers, 1, "sigmoid")]
    return {
        "class_name": "Sequential", "config": {"name": f"model_{number}", "layers": body}, "keras_version": "2.15.0",
        "compile_config": {"loss": "binary_crossentropy", "metrics": ["accuracy"]},
    }


def write_models(folder, count, layers, indent):
    folder.mkdir(parents=True)
    for number in range(count):
        (folder / f"model_{number}.json").write_text(json.dumps(model(layers, number), indent=indent))


def write_others(folder, count):
    """Manifests, settings and translations: nothing in them is a model's."""
    for number in range(count):
        below = folder / f"package_{number // 200}" / f"part_{number // 20 % 10}"
        below.mkdir(parents=True, exist_ok=True)
        words = {f"message.{index}": f"The {index}th message of {number}, in a few words." for index in range(number % 40)}
        text = {"name": f"package-{number}", "version": "1.2.3", "private": True, "messages": words}
        (below / f"file_{number}.json").write_text(json.dumps(text, indent=2))


def write_long(path, size, is_model):
    """One object of about so many bytes, on one line: a table, or a model with a hundred thousand layers at 1 GB."""
    wide = layer(7)
    wide["config"]["kernel_constraint"] = {"class_name": "Bounds", "config": {"values": [0.125] * 1_200}}
    part = json.dumps(wide if is_model else {"id": 7, "text": "a row of a table", "values": [1.5, 2.5, 3.5]})
    part = part.replace('"class_name"', '"class"') if not is_model else part
    start, end = json.dumps(model(0)).split("[", 1) if is_model else ('{"rows": ', "{}]}")
    block = (part + ", ") * (1_000_000 // len(part))
    with path.open("w") as file:
        file.write(start + "[")
        for _ in range(size // len(block)):
            file.write(block)
        file.write(end)


def write_keras(path, size):
    """A saved model whose weights are a hole in the file."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("metadata.json", json.dumps({"keras_version": "3.5.0"}))
        archive.writestr("config.json", json.dumps(model(20)))
        weights = zipfile.ZipInfo("model.weights.h5")
        weights.CRC, weights.file_size, weights.compress_size = 0, size, size
        weights.header_offset = archive.fp.tell()
        archive.fp.write(weights.FileHeader(zip64=False))
        archive.fp.seek(size, os.SEEK_CUR)
        archive.filelist.append(weights)
        archive.NameToInfo[weights.filename] = weights
        archive.start_dir = archive.fp.tell()


def write_specs(folder, count):
    toml, yaml = folder / "toml", folder / "yaml"
    toml.mkdir(parents=True)
    yaml.mkdir(parents=True)
    for number in range(count):
        head = 'type = "Dense"\nunits = 1\nactivation = "sigmoid"\n'
        body = 'type = "Dense"\nunits = 32\nactivation = "relu"\n'
        layers = f"[[layers]]\n{body}\n" * (number % 20) + f"[[layers]]\n{head}"
        text = f'losslint = 1\nframework = "keras"\nloss = "binary_crossentropy"\n\n{layers}'
        (toml / f"spec_{number}.toml").write_text(text)
        layers = "  - type: Dense\n    units: 32\n    activation: relu\n" * (number % 20)
        layers += "  - type: Dense\n    units: 1\n    activation: sigmoid\n"
        text = f"losslint: 1\nframework: keras\nloss: binary_crossentropy\nlayers:\n{layers}"
        (yaml / f"spec_{number}.yaml").write_text(text)


def run(command, cwd):
    """Seconds and peak memory in MB."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        sys.exit(f"{command[:4]} ended with {process.returncode}")
    return seconds, usage.ru_maxrss / 1024


def compare(ours, theirs, cwd, rounds):
    """Medians of our seconds, their seconds, and their seconds for each of ours, with the smallest and largest ratio."""
    pairs = [(run(ours, cwd)[0], run(theirs, cwd)[0]) for _ in range(rounds + 1)][1:]
    ratios = sorted(b / a for a, b in pairs)
    ours, theirs = (statistics.median(times) for times in zip(*pairs))
    return ours, theirs, statistics.median(ratios), ratios[0], ratios[-1]


def shown(seconds):
    return f"{seconds * 1000:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"


class Bench:
    def __init__(self, folder, quick):
        self.folder, self.quick = folder, quick
        self.rounds = 3 if quick else 9
        self.losslint = str(ROOT / "target/release/losslint")
        self.bare = str(ROOT / "target/release/examples/bare-json")
        self.check = [self.losslint, "check", "--no-config", "--quiet", "--fail-on", "never"]
        self.pairs, self.alone = [], []

    def install(self):
        build = ["cargo", "build", "--release", "--locked", "--bin", "losslint", "--example", "bare-json"]
        subprocess.run(build, cwd=ROOT, check=True)
        tools = self.folder / "tools"
        tools.mkdir()
        quietly = {"check": True, "stdout": subprocess.DEVNULL}
        subprocess.run(["npm", "install", "--prefix", tools, "@biomejs/biome@2", "@taplo/cli"], **quietly)
        subprocess.run([sys.executable, "-m", "venv", tools / "venv"], **quietly)
        subprocess.run([tools / "venv/bin/pip", "install", "check-jsonschema", "yamllint"], **quietly)
        biome = tools / "biome.json"
        biome.write_text(json.dumps({"root": True, "files": {"maxSize": 4_000_000_000}}))
        schema = tools / "schema.json"
        schema.write_text(json.dumps(SCHEMA))
        node, python = tools / "node_modules/.bin", tools / "venv/bin"
        self.biome = [str(node / "biome"), "lint", f"--config-path={biome}", "--max-diagnostics=1", "."]
        self.taplo = [str(node / "taplo"), "check"]
        self.schema = [str(python / "check-jsonschema"), "--schemafile", str(schema)]
        self.yamllint = [str(python / "yamllint"), "-d", "relaxed", "."]

    def generate(self):
        small, exports, others = (20, 20, 2_000) if self.quick else (2_000, 200, 20_000)
        small = 200 if self.quick else small
        write_models(self.folder / "small", small, 3, 2)
        write_models(self.folder / "exports", exports, 3_000, None)
        write_others(self.folder / "others", others)
        write_specs(self.folder / "specs", 100 if self.quick else 500)
        large = 10 if self.quick else 1
        for name, is_model in [("model", True), ("table", False)]:
            (self.folder / f"large-{name}").mkdir()
            write_long(self.folder / f"large-{name}" / "1.json", 1_000_000_000 // large, is_model)
        (self.folder / "tenth").mkdir()
        write_long(self.folder / "tenth" / "1.json", 100_000_000 // large, True)
        write_keras(self.folder / "large.keras", 2_000_000_000)
        write_models(self.folder / "one", 1, 3, 2)

    def pair(self, what, target, theirs, name, inputs, ours=None):
        rounds = min(self.rounds, 3) if name in ("check-jsonschema", "yamllint") else self.rounds
        a, b, ratio, least, most = compare(ours or self.check + ["."], theirs, self.folder / inputs, rounds)
        self.pairs.append(f"| {what} | {name} | {shown(a)} | {shown(b)} | {ratio:.2f} ({least:.2f} – {most:.2f}) | {target} |")
        print(self.pairs[-1], flush=True)

    def single(self, what, target, command, inputs):
        runs = [run(command, self.folder / inputs) for _ in range(self.rounds + 1)][1:]
        seconds, memory = (statistics.median(column) for column in zip(*runs))
        self.alone.append(f"| {what} | {shown(seconds)} | {memory:.0f} MB | {target} |")
        print(self.alone[-1], flush=True)
        return seconds

    def measure(self):
        names = {inputs: sorted(os.listdir(self.folder / inputs)) for inputs in ("small", "exports")}
        for inputs, what in [("small", "small configs"), ("exports", "exports of 1 MB")]:
            what = f"{len(names[inputs])} {what}"
            self.pair(what, "≥ 5", self.biome, "biome lint", inputs)
            self.pair(what, "≥ 50", self.schema + names[inputs], "check-jsonschema", inputs)
            self.pair(what, "≥ 0.67", [self.bare, "parse", "."], "read + serde_json", inputs)
            one = self.check + ["--jobs", "1", "."]
            self.pair(f"{what}, 2 threads", "≥ 1.8", one, "losslint --jobs 1", inputs, self.check + ["--jobs", "2", "."])
        self.pair("JSON of other kinds", "≥ 5", self.biome, "biome lint", "others")
        self.pair("JSON of other kinds", "≈ 1", [self.bare, "scan", "."], "read + scan", "others")
        self.pair("a table of 1 GB", "≈ 1", [self.bare, "scan", "."], "read + scan", "large-table")
        self.pair("a model of 1 GB", "≥ 0.67", [self.bare, "parse", "."], "read + serde_json", "large-model")
        self.pair("specs in TOML", "", self.taplo, "taplo check", "specs/toml")
        self.pair("specs in YAML", "", self.yamllint, "yamllint", "specs/yaml")
        self.single("one small file", "< 3 ms", self.check + ["one/model_0.json"], ".")
        self.single("a `.keras` of 2 GB", "< 10 ms", self.check + ["large.keras"], ".")
        tenth = self.single("a model of 100 MB", "", self.check + ["."], "tenth")
        whole = self.single("a model of 1 GB", "10 × the one above", self.check + ["."], "large-model")
        self.single("a table of 1 GB", "", self.check + ["."], "large-table")
        self.alone.append(f"\nThe model of 1 GB takes {whole / tenth:.1f} times as long as that of 100 MB.")

    def report(self):
        cpu = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if "model name" in line), "?")
        note = " Quick inputs: a tenth of the sizes that are named." if self.quick else ""
        return "\n".join([
            BEGIN,
            f"{datetime.date.today()}, {cpu}, {os.cpu_count()} cores, {platform.system()}.{note}",
            "",
            "| input | other program | losslint | other | other ÷ losslint | target |",
            "|---|---|---|---|---|---|",
            *self.pairs,
            "",
            "| input | time | peak memory | target |",
            "|---|---|---|---|",
            *self.alone,
            END,
        ])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="smaller inputs, fewer rounds")
    parser.add_argument("--write", action="store_true", help="put the figures into docs/performance.md")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="losslint-benchmark-"))
    try:
        bench = Bench(folder, options.quick)
        bench.install()
        bench.generate()
        bench.measure()
        report = bench.report()
        if options.write:
            text = PAGE.read_text()
            before, after = text.split(BEGIN)[0], text.split(END)[1]
            PAGE.write_text(before + report + after)
        print(report)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
