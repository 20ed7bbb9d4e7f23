//! Findings that are accepted: by a comment, a key, a rule of the configuration, or a baseline.

#[path = "acceptance/baselines.rs"]
mod baselines;
mod common;

use std::fs;
use std::path::Path;

use common::{Run, folder_with, losslint};
use serde_json::Value;

const HEAD: &str = "losslint = 1\nframework = \"keras\"\n\n[[layers]]\ntype = \"Dense\"\nunits = 1\n";

fn spec(activation: &str) -> String {
    format!("{HEAD}{activation}\n")
}

fn bad() -> String {
    spec("activation = \"softmax\"")
}

fn check(folder: &Path, args: &[&str]) -> Run {
    losslint(
        folder,
        &[&["check", "--format", "concise", "--fail-on", "info"], args].concat(),
    )
}

fn found(run: &Run) -> Vec<String> {
    let findings = run.findings();
    findings
        .into_iter()
        .map(|finding| format!("{} {}", finding.path, finding.lint))
        .collect()
}

/// In a notebook the line above is that of the cell, whether each line is a text of its own or the cell is one.
#[test]
fn a_comment_in_a_program_or_notebook_accepts_a_finding() {
    let net = "net = nn.Sequential(nn.Linear(3, 3), nn.Softmax(1))";
    let train = "nn.CrossEntropyLoss()(net(x), y).backward()";
    let comment = "# losslint: ignore[probabilities-as-logits] the weights are published so";
    let cell = |lines: &[&str], is_one_text: bool| {
        let text = lines.join("\n");
        let lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
        let source = if is_one_text {
            serde_json::json!(text)
        } else {
            serde_json::json!(lines)
        };
        let cell = serde_json::json!({"cell_type": "code", "source": source});
        serde_json::to_string_pretty(&serde_json::json!({"cells": [cell], "nbformat": 4})).expect("a notebook")
    };
    let import = "from torch import nn";
    let behind = format!("{net}  {comment}");
    let above = [import, comment, net, train];
    let far = [import, comment, "rate = 0.1", net, train];
    let folder = folder_with(&[
        ("above.ipynb", &cell(&above, false)),
        ("above.py", &above.join("\n")),
        ("behind.ipynb", &cell(&[import, &behind, train], false)),
        ("far.ipynb", &cell(&far, true)),
        ("far.py", &far.join("\n")),
        ("one.ipynb", &cell(&above, true)),
    ]);
    let left = [
        "far.ipynb probabilities-as-logits",
        "far.ipynb unused-suppression",
        "far.py probabilities-as-logits",
        "far.py unused-suppression",
    ];
    let mut all = found(&check(folder.path(), &[]));
    all.sort();
    assert_eq!(all, left);
}

#[test]
fn a_comment_accepts_a_finding_on_its_line_or_the_one_below() {
    let comment = "# losslint: ignore[single-unit-softmax] the exporter writes one unit";
    let folder = folder_with(&[
        ("behind.toml", &spec(&format!("activation = \"softmax\" {comment}"))),
        ("above.toml", &spec(&format!("{comment}\nactivation = \"softmax\""))),
        (
            "file.toml",
            &spec(&format!(
                "activation = \"softmax\"\n{}",
                comment.replace("ignore", "ignore-file")
            )),
        ),
        (
            "yaml.yaml",
            &format!(
                "losslint: 1\nframework: keras\nlayers:\n  - type: Dense\n    units: 1\n    activation: softmax {comment}\n"
            ),
        ),
    ]);
    let run = check(folder.path(), &["."]);
    assert_eq!((run.status, run.stdout.as_str()), (Some(0), ""), "{}", run.stderr);
    let far = spec(&format!("{comment}\n\nactivation = \"softmax\""));
    fs::write(folder.path().join("far.toml"), far).expect("a file");
    let run = check(folder.path(), &["."]);
    assert_eq!(
        found(&run),
        ["far.toml unused-suppression", "far.toml single-unit-softmax"]
    );
}

#[test]
fn a_key_accepts_a_finding_in_its_object() {
    let layer = |extra: &str| {
        format!(
            "{{\"losslint\": 1, \"framework\": \"keras\", \"layers\": [{{\"type\": \"Dense\", \"units\": 1, \"activation\": \"softmax\"{extra}}}]}}"
        )
    };
    let key = ", \"losslint:ignore\": {\"single-unit-softmax\": \"the exporter writes one unit\"}";
    let at_the_root = layer("").replace("]}", &format!("]{key}}}"));
    let folder = folder_with(&[
        ("object.json", &layer(key)),
        ("root.json", &at_the_root),
        ("none.json", &layer("")),
    ]);
    assert_eq!(found(&check(folder.path(), &["."])), ["none.json single-unit-softmax"]);
}

#[test]
fn what_is_wrong_with_a_suppression_is_told() {
    let folder = folder_with(&[
        (
            "no-reason.toml",
            &spec("activation = \"softmax\" # losslint: ignore[single-unit-softmax]"),
        ),
        (
            "unknown.toml",
            &spec("activation = \"sigmoid\" # losslint: ignore[single-unit-sofmax] why"),
        ),
        (
            "unused.toml",
            &spec("activation = \"sigmoid\" # losslint: ignore[single-unit-softmax] why"),
        ),
    ]);
    let run = check(folder.path(), &["."]);
    let told: Vec<(String, String)> = run.findings().into_iter().map(|one| (one.path, one.severity)).collect();
    let told: Vec<(&str, &str)> = told
        .iter()
        .map(|(path, severity)| (path.as_str(), severity.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("no-reason.toml", "info"),
            ("unknown.toml", "warning"),
            ("unused.toml", "info")
        ]
    );
    assert!(
        run.stdout.contains("single-unit-softmax"),
        "the nearest name: {}",
        run.stdout
    );
    let not_run = check(folder.path(), &["--ignore", "single-unit-softmax", "unused.toml"]);
    assert_eq!(not_run.stdout, "", "a lint that does not run shows nothing");
}

/// A rule that is of use in one folder is not told as unused because of another.
#[test]
fn a_rule_of_the_configuration_accepts_findings_in_all_folders() {
    let rule =
        |files: &str| format!("[[ignore]]\nfiles = \"{files}\"\nlints = [\"single-unit-softmax\"]\nreason = \"old\"\n");
    let folder = folder_with(&[
        ("losslint.toml", &rule("**/*.toml")),
        ("a/bad.toml", &bad()),
        ("b/good.toml", &spec("activation = \"sigmoid\"")),
    ]);
    let run = check(folder.path(), &["."]);
    assert_eq!((run.status, run.stdout.as_str()), (Some(0), ""));
    fs::write(folder.path().join("losslint.toml"), rule("b/*.toml")).expect("a file");
    let run = check(folder.path(), &["."]);
    assert_eq!(
        found(&run),
        ["a/bad.toml single-unit-softmax", "losslint.toml unused-suppression"]
    );
}

#[test]
fn accepted_findings_reach_the_formats_that_can_hold_them() {
    let folder = folder_with(&[(
        "model.toml",
        &spec("activation = \"softmax\" # losslint: ignore[single-unit-softmax] the exporter"),
    )]);
    let report = |format: &str| {
        let run = losslint(folder.path(), &["check", "--no-config", "--format", format, "."]);
        assert_eq!(run.status, Some(0), "{format}");
        run.stdout
    };
    let json = |format: &str| -> Value { serde_json::from_str(&report(format)).expect("JSON") };
    assert_eq!(json("json")["findings"][0]["suppressed"]["reason"], "the exporter");
    assert_eq!(json("json")["summary"]["suppressed"], 1);
    let result = &json("sarif")["runs"][0]["results"][0];
    assert_eq!(result["suppressions"][0]["justification"], "the exporter");
    assert!(report("jsonl").contains("\"in_source\":true"));
    for format in ["concise", "github", "human", "gitlab", "junit", "rdjson"] {
        assert!(!report(format).contains("single-unit-softmax"), "{format}");
    }
}

/// A repository with a baseline that knows the findings of two models.
fn with_baseline() -> tempfile::TempDir {
    let folder = folder_with(&[("models/one.toml", &bad()), ("models/two.toml", &bad())]);
    fs::create_dir(folder.path().join(".git")).expect("a folder");
    let run = check(folder.path(), &["--write-baseline", "baseline", "."]);
    assert_eq!(
        (run.status, run.stdout.as_str()),
        (Some(0), ""),
        "all is known from now on"
    );
    assert!(run.stderr.contains("2 findings known from now on"), "{}", run.stderr);
    folder
}

#[test]
fn a_baseline_is_one_sorted_line_for_each_finding_wherever_it_is_written() {
    let folder = with_baseline();
    let baseline = fs::read_to_string(folder.path().join("baseline")).expect("the baseline");
    let lines: Vec<&str> = baseline.lines().collect();
    assert_eq!(lines.len(), 3, "{baseline}");
    assert!(lines[0].starts_with("# losslint baseline 1:"));
    assert!(lines[1] < lines[2]);
    for name in ["one", "two"] {
        let end = format!(" 1 single-unit-softmax models/{name}.toml");
        assert!(lines.iter().any(|line| line.ends_with(&end)), "{baseline}");
    }
    for (from, path, jobs) in [("models", ".", "1"), (".", "models", "8"), ("models", "..", "2")] {
        let args = ["--write-baseline", "again", "--jobs", jobs, path];
        check(&folder.path().join(from), &args);
        let again = folder.path().join(from).join("again");
        assert_eq!(
            fs::read_to_string(&again).ok().as_deref(),
            Some(baseline.as_str()),
            "{from} {path}"
        );
        fs::remove_file(again).expect("the file");
    }
}

#[test]
fn a_baseline_leaves_out_what_it_knows_when_lines_move_and_tells_what_is_new() {
    let folder = with_baseline();
    let moved = bad().replace("[[layers]]", "# moved\n\n\n[[layers]]");
    fs::write(folder.path().join("models/one.toml"), moved).expect("a file");
    let known = check(folder.path(), &["--baseline", "baseline", "."]);
    assert_eq!((known.status, known.stdout.as_str()), (Some(0), ""));
    assert!(
        known.stderr.contains("2 findings known and left out\n"),
        "{}",
        known.stderr
    );
    fs::write(folder.path().join("models/three.toml"), bad()).expect("a file");
    let new = check(folder.path(), &["--baseline", "baseline", "."]);
    assert_eq!(
        (new.status, found(&new)),
        (Some(1), vec!["models/three.toml single-unit-softmax".to_owned()])
    );
}

#[test]
fn a_baseline_is_called_too_long_only_for_files_that_were_checked() {
    let folder = with_baseline();
    let part = check(folder.path(), &["--baseline", "baseline", "models/two.toml"]);
    assert!(
        part.stderr.contains("1 finding known and left out\n"),
        "{}",
        part.stderr
    );
    fs::write(folder.path().join("models/one.toml"), spec("activation = \"sigmoid\"")).expect("a file");
    let mended = check(folder.path(), &["--baseline", "baseline", "."]);
    assert!(
        mended.stderr.contains("1 finding known and left out; 1 is gone: "),
        "{}",
        mended.stderr
    );
    assert_eq!(mended.status, Some(0));
}

/// Two branches add a finding each; git joins the lines by its union driver, or by itself.
#[test]
fn baselines_of_two_branches_merge_as_lines() {
    let folder = with_baseline();
    let baseline = fs::read_to_string(folder.path().join("baseline")).expect("the baseline");
    let twice = format!(
        "{baseline}{}",
        baseline
            .lines()
            .skip(1)
            .map(|line| format!("{line}\n"))
            .collect::<String>()
    );
    fs::write(folder.path().join("baseline"), twice).expect("a file");
    let run = check(folder.path(), &["--baseline", "baseline", "."]);
    assert!(run.stderr.contains("2 findings known and left out\n"), "{}", run.stderr);
}

#[test]
fn accepted_findings_are_not_written_into_a_baseline() {
    let folder = folder_with(&[(
        "model.toml",
        &spec("activation = \"softmax\" # losslint: ignore[single-unit-softmax] the exporter"),
    )]);
    check(folder.path(), &["--write-baseline", "baseline", "."]);
    let baseline = fs::read_to_string(folder.path().join("baseline")).expect("the baseline");
    assert_eq!(baseline.lines().count(), 1, "{baseline}");
}

/// Each document of a YAML file is a model of its own, with its own suppressions and fixes.
#[test]
fn a_further_document_is_accepted_and_fixed_like_the_first() {
    let spec = "losslint: 1\nframework: keras\nlayers:\n  - type: Dense\n    units: 1\n    activation: softmax\n";
    let accepted = format!("{spec}    \"losslint:ignore\":\n      single-unit-softmax: the exporter writes one unit\n");
    let folder = folder_with(&[("two.yaml", &format!("{spec}---\n{accepted}---\n{spec}"))]);
    let run = check(folder.path(), &["two.yaml"]);
    let lines: Vec<_> = run.stdout.lines().collect();
    assert_eq!(lines.len(), 2, "{}", run.stdout);
    assert!(
        lines[0].starts_with("two.yaml:6:") && lines[1].starts_with("two.yaml:22:"),
        "{}",
        run.stdout
    );
    let inspected = losslint(folder.path(), &["inspect", "two.yaml"]);
    assert_eq!(inspected.stdout.matches("read as spec").count(), 3);
    losslint(folder.path(), &["check", "--fix", "--unsafe-fixes", "two.yaml"]);
    let fixed = fs::read_to_string(folder.path().join("two.yaml")).expect("the file");
    assert_eq!(fixed.matches("activation: sigmoid").count(), 2, "{fixed}");
}
