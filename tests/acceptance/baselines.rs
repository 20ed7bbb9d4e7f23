//! What baselines know findings by, and which findings they hold.

use std::fs;

use serde_json::Value;

use crate::common::{Run, folder_with, losslint};
use crate::{HEAD, bad, check, found, spec};

/// Two logarithms of one expression: two findings of one lint at one node.
const TWICE: &str = "losslint = 1\nframework = \"keras\"\nlayers = [{ type = \"Dense\", units = 1, activation = \"sigmoid\" }]\n\
                     loss = { expression = \"-mean(y_true * log(y_pred) + (1 - y_true) * log(1 - y_pred))\" }\n";

fn fingerprints(text: &str) -> Vec<String> {
    let folder = folder_with(&[("model.toml", text)]);
    let run = losslint(
        folder.path(),
        &["check", "--no-config", "--format", "json", "model.toml"],
    );
    let report: Value = serde_json::from_str(&run.stdout).expect("JSON");
    let findings = report["findings"].as_array().expect("findings");
    let of_logarithms = findings.iter().filter(|one| one["lint"] == "unclipped-log");
    of_logarithms.map(|one| one["fingerprint"].to_string()).collect()
}

#[test]
fn two_findings_of_one_lint_at_one_node_have_two_names_that_stay() {
    let names = fingerprints(TWICE);
    assert_eq!(names.len(), 2, "{names:?}");
    assert_ne!(names[0], names[1]);
    let moved = format!("# a comment\n\nname = \"moved\"\n{TWICE}").replace("units = 1,", "units = 3,");
    assert_eq!(fingerprints(&moved), names, "lines and other keys are no part of them");
}

/// A baseline that knows one of two findings at a node leaves the other.
#[test]
fn a_second_finding_at_a_known_node_is_told() {
    let once = TWICE.replace("log(1 - y_pred)", "log(1 - y_pred + 0.001)");
    let folder = folder_with(&[("model.toml", &once)]);
    let run = check(folder.path(), &["--write-baseline", "baseline", "."]);
    assert!(run.stderr.contains("1 finding known from now on"), "{}", run.stderr);
    fs::write(folder.path().join("model.toml"), TWICE).expect("a file");
    let run = check(folder.path(), &["--baseline", "baseline", "."]);
    assert_eq!(found(&run), ["model.toml unclipped-log"]);
}

#[test]
fn hints_are_known_like_errors() {
    let text = "losslint = 1\nframework = \"pytorch\"\nlayers = [{ type = \"Linear\", in_features = 8, out_features = 1 }]\n\
                loss = { type = \"BCEWithLogitsLoss\", reduction = \"sum\" }\n";
    let folder = folder_with(&[("model.toml", text)]);
    assert_eq!(found(&check(folder.path(), &["."])), ["model.toml unreduced-loss"]);
    check(folder.path(), &["--write-baseline", "baseline", "."]);
    let run = check(folder.path(), &["--baseline", "baseline", "."]);
    assert_eq!((run.status, run.stdout.as_str()), (Some(0), ""));
}

/// What is known and then accepted as well counts as accepted: the entry of the baseline is gone.
#[test]
fn a_finding_that_is_accepted_needs_no_baseline() {
    let folder = folder_with(&[("model.toml", &bad())]);
    check(folder.path(), &["--write-baseline", "baseline", "."]);
    let accepted = spec("activation = \"softmax\" # losslint: ignore[single-unit-softmax] the exporter");
    fs::write(folder.path().join("model.toml"), accepted).expect("a file");
    let json = |run: Run| -> Value { serde_json::from_str(&run.stdout).expect("JSON") };
    let args = [
        "check",
        "--no-config",
        "--format",
        "json",
        "--baseline",
        "baseline",
        ".",
    ];
    let run = losslint(folder.path(), &args);
    assert!(run.stderr.contains("1 is gone"), "{}", run.stderr);
    let report = json(run);
    assert_eq!(report["summary"]["suppressed"], 1);
    assert_eq!(report["findings"][0]["suppressed"]["reason"], "the exporter");
}

#[test]
fn a_rule_without_a_reason_is_told() {
    let rule = "[[ignore]]\nfiles = [\"*\"]\nlints = [\"single-unit-softmax\"]\n";
    let folder = folder_with(&[("losslint.toml", rule), ("model.toml", &bad())]);
    let run = check(folder.path(), &["."]);
    assert_eq!(found(&run), ["losslint.toml unused-suppression"], "{HEAD}");
    assert!(run.stdout.contains("without a reason"), "{}", run.stdout);
    fs::write(
        folder.path().join("losslint.toml"),
        format!("{rule}reason = \"the exporter\"\n"),
    )
    .expect("a file");
    assert_eq!(check(folder.path(), &["."]).stdout, "");
}
