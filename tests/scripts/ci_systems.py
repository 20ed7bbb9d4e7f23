"""Runs the commands of the GitHub Action and of the examples for CI systems, as far as they are commands.

Arguments: the project, and a folder with the models in `models`. Steps that use other actions or tasks are named, not run.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import junitparser
import yaml

project, work = Path(sys.argv[1]), Path(sys.argv[2])
docs = project / "docs/integrations"
repository = re.search(r'^repository = "(.*)"', (project / "Cargo.toml").read_text(), re.M)[1]
version = re.search(r'^version = "(.*)"', (project / "Cargo.toml").read_text(), re.M)[1]


def hold(what, holds, shown=""):
    print(f"{'ok' if holds else 'failed'}: {what}")
    if not holds:
        sys.exit(str(shown))


def folder(name, *models):
    """A new repository with some of the models."""
    place = work / name
    (place / "models").mkdir(parents=True)
    (place / ".git").mkdir()
    for model in models:
        shutil.copy(work / "models" / model, place / "models")
    return place


def bash(script, cwd, **environment):
    # As the runner of GitHub Actions and most others call it.
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    return subprocess.run(command, cwd=cwd, env=os.environ | environment, capture_output=True, text=True)


class Action:
    """The composite action, its steps run one after another."""

    def __init__(self):
        text = (project / ".github/actions/losslint/action.yml").read_text()
        self.action = yaml.safe_load(text)
        self.temporary = work / "runner"
        self.temporary.mkdir()

    def value(self, text, inputs, outputs):
        def known(match):
            words = match[1].split(".")
            match words:
                case ["inputs", name]:
                    return inputs[name]
                case ["steps", step, "outputs", name]:
                    return outputs[step][name]
                case ["runner", "temp"]:
                    return str(self.temporary)
                case ["runner", "os" | "arch"]:
                    return words[1]
            sys.exit(f"unknown expression: {match[0]}")

        return re.sub(r"\$\{\{ *([\w.-]+) *\}\}", known, text)

    def run(self, cwd, cached, **given):
        """Gives what the last step printed, its status, and the action's outputs."""
        declared = self.action["inputs"]
        given = {name.replace("_", "-"): value for name, value in given.items()}
        assert set(given) <= set(declared), given
        inputs = {name: str(entry["default"]) for name, entry in declared.items()} | given
        outputs, done = {}, None
        for step in self.action["runs"]["steps"]:
            if "uses" in step:
                values = {name: self.value(text, inputs, outputs) for name, text in step["with"].items()}
                if not cached:
                    print(f"not run: {step['uses']} with {values}")
                outputs[step["id"]] = {"cache-hit": str(cached).lower()}
                continue
            condition = step.get("if", "true")
            assert condition in ("true", "steps.cache.outputs.cache-hit != 'true'"), condition
            if condition != "true" and cached:
                continue
            output = self.temporary / "output"
            output.write_text("")
            environment = {name: self.value(text, inputs, outputs) for name, text in step.get("env", {}).items()}
            done = bash(
                step["run"],
                cwd,
                GITHUB_ACTION_PATH=str(project / ".github/actions/losslint"),
                GITHUB_OUTPUT=str(output),
                RUNNER_TEMP=str(self.temporary),
                **environment,
            )
            outputs[step.get("id")] = dict(line.split("=", 1) for line in output.read_text().splitlines())
            if done.returncode:
                break
        result = {name: self.value(entry["value"], inputs, outputs) for name, entry in self.action["outputs"].items()}
        return done, result


def try_action():
    action = Action()
    both = folder("action", "good.toml", "bad.toml")
    done, outputs = action.run(both, cached=False, sarif_file="losslint.sarif")
    hold("the action fails on a bad model", (done.returncode, outputs["status"]) == (1, "1"), done)
    annotation = "::error file=models/bad.toml,line=3,endLine=3,col=53,endColumn=62,title=losslint (single-unit-softmax)::"
    hold("with an annotation on the line", done.stdout.startswith(annotation), done.stdout)
    sarif = json.loads((both / "losslint.sarif").read_text())
    hold("and SARIF", [r["ruleId"] for r in sarif["runs"][0]["results"]] == ["single-unit-softmax"], sarif)
    done, outputs = action.run(both, cached=True, paths="models/good.toml\n")
    hold("it passes on a good one", (done.returncode, outputs["status"], done.stdout) == (0, "0", ""), done)
    done, _ = action.run(both, cached=True, args="--fail-on never --select all", format="concise")
    hold("it passes options on", done.returncode == 0 and done.stdout.startswith("models/bad.toml:3:53: error["), done)
    (both / "two words.toml").write_text((work / "models/bad.toml").read_text())
    done, _ = action.run(both, cached=True, paths="models/good.toml\ntwo words.toml\n\n", format="concise")
    hold("paths are lines", done.stdout.startswith("two words.toml:3:53: "), done)
    done, outputs = action.run(both, cached=True, paths="$(touch made)\n")
    hold("paths are not run", outputs["status"] == "2" and not (both / "made").exists(), done)
    return action.temporary / "losslint/bin"


def commands(lines):
    """The commands without that which installs losslint, which must name this project and version."""
    install = [line for line in lines if "cargo install" in line]
    wanted = f"cargo install --locked --git {repository} --tag v{version}"
    hold("the command that installs it", len(install) == 1 and wanted in install[0], install)
    return [line for line in lines if "cargo install" not in line]


def try_example(name, lines, report, read):
    for models, status, count in [(["good.toml"], 0, 0), (["good.toml", "bad.toml"], 1, 1)]:
        place = folder(f"{name}-{status}", *models)
        done = bash("\n".join(lines), place, CARGO_HOME=str(work / "no-such-folder"))
        hold(f"{name}: status {status}", done.returncode == status, done)
        hold(f"{name}: {count} in its report", read(place / report) == count, (place / report).read_text())


def failures(path):
    """The failures of a JUnit report, as a reader of JUnit reports counts them."""
    report = junitparser.JUnitXml.fromfile(str(path))
    cases = [case for suite in report for case in suite]
    assert cases and all(case.name and case.classname for case in cases)
    counted = sum(isinstance(result, junitparser.Failure) for case in cases for result in case.result)
    assert counted == report.failures
    return counted


def try_junit_of_all_fixtures(losslint):
    report = work / "all.xml"
    arguments = ["check", "--no-config", "--select", "all", "--format", "junit", "fixtures/bad", "fixtures/zoo"]
    with report.open("w") as file:
        subprocess.run([losslint, *arguments], cwd=project, stdout=file, stderr=subprocess.DEVNULL, check=False)
    concise = [losslint, *(argument.replace("junit", "concise") for argument in arguments)]
    lines = subprocess.run(concise, cwd=project, capture_output=True, text=True, check=False).stdout.splitlines()
    loud = sum(": info[" not in line for line in lines)
    hold(f"a JUnit reader counts all {loud} failures of the fixtures", failures(report) == loud > 100)


def main():
    binaries = try_action()
    os.environ["PATH"] = f"{binaries}:{os.environ['PATH']}"

    workflow = yaml.safe_load((docs / "github-workflow.yml").read_text())
    [step] = [step for step in workflow["jobs"]["losslint"]["steps"] if "losslint" in step["uses"]]
    owner = repository.removeprefix("https://github.com/")
    hold("the workflow uses this action", step["uses"] == f"{owner}/.github/actions/losslint@v{version}", step)
    declared = yaml.safe_load((project / ".github/actions/losslint/action.yml").read_text())["inputs"]
    hold("with inputs that it has", set(step["with"]) <= set(declared), step)

    job = yaml.safe_load((docs / "gitlab-ci.yml").read_text())["losslint"]
    report = job["artifacts"]["reports"]["codequality"]
    lines = commands(job["before_script"]) + job["script"]
    try_example("GitLab CI", lines, report, lambda path: len(json.loads(path.read_text())))

    steps = yaml.safe_load((docs / "azure-pipelines.yml").read_text())["steps"]
    [results] = [step["inputs"]["testResultsFiles"] for step in steps if "task" in step]
    lines = commands([step["script"] for step in steps if "script" in step])
    try_example("Azure Pipelines", lines, results, failures)

    jenkinsfile = (docs / "Jenkinsfile").read_text()
    hold("the Jenkinsfile is balanced", jenkinsfile.count("{") == jenkinsfile.count("}"))
    [results] = re.findall(r"junit testResults: '(.*)'", jenkinsfile)
    try_example("Jenkins", commands(re.findall(r"sh '(.*)'", jenkinsfile)), results, failures)

    try_junit_of_all_fixtures(binaries / "losslint")


main()
