//! The commands that show something without checking: `explain`, `rules`, `inspect`, `--help`, `--version`; and a
//! configuration with errors.

mod common;

use common::{fixtures, folder_with, lint_names, losslint, root};
use rayon::prelude::*;

#[test]
fn explain_shows_the_page_of_every_lint() {
    for name in lint_names() {
        let run = losslint(root(), &["explain", &name]);
        assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""), "{name}");
        assert!(run.stdout.contains(&name), "{name}: {}", run.stdout);
    }
}

#[test]
fn explain_in_the_terminal() {
    let run = losslint(root(), &["explain", "single-unit-softmax", "--color", "never"]);
    insta::assert_snapshot!("explain", run.stdout);
}

#[test]
fn explain_names_the_nearest_lints_when_there_is_none_of_the_name() {
    let run = losslint(root(), &["explain", "singel-unit-sofmax"]);
    assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""));
    assert!(run.stderr.contains("single-unit-softmax"), "{}", run.stderr);
    let far = losslint(root(), &["explain", "zzzzzzzzzz"]);
    assert_eq!(far.status, Some(2));
    assert!(far.stderr.contains("losslint rules"), "{}", far.stderr);
}

#[test]
fn rules_lists_every_lint_for_people_and_for_programs() {
    let human = losslint(root(), &["rules"]);
    assert_eq!((human.status, human.stderr.as_str()), (Some(0), ""));
    let json = losslint(root(), &["rules", "--format", "json"]);
    assert_eq!((json.status, json.stderr.as_str()), (Some(0), ""));
    let rules: Vec<serde_json::Value> = serde_json::from_str(&json.stdout).expect("JSON");
    let text = |rule: &serde_json::Value, key: &str| rule[key].as_str().unwrap_or_default().to_owned();
    let names: Vec<String> = rules.iter().map(|rule| text(rule, "name")).collect();
    assert_eq!(names, lint_names().into_iter().collect::<Vec<_>>());
    for (rule, line) in rules.iter().zip(human.stdout.lines()) {
        for key in ["name", "group", "severity", "fix", "summary"] {
            let value = text(rule, key);
            assert!(!value.is_empty() && line.contains(&value), "{key} of {line:?}");
        }
    }
}

#[test]
fn inspect_for_people() {
    let fixtures = [
        (
            "inspect-two-outputs",
            "fixtures/bad/mse-for-classification/two-outputs-loss-by-name.json",
        ),
        ("inspect-facts", "fixtures/bad/unnormalized-targets/house-prices.json"),
        (
            "inspect-torch",
            "fixtures/bad/probabilities-as-logits/torch-softmax.toml",
        ),
        ("inspect-not-checked", "fixtures/zoo/unknown/own-layer-at-the-end.json"),
    ];
    for (name, path) in fixtures {
        let run = losslint(root(), &["inspect", path]);
        assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""), "{path}");
        insta::assert_snapshot!(name, run.stdout);
    }
}

#[test]
fn inspect_gives_json_for_what_is_odd_and_what_is_not() {
    let mut files = fixtures("hostile");
    files.extend(fixtures("zoo").into_iter().step_by(5));
    files.par_iter().for_each(|path| {
        let run = losslint(root(), &["inspect", "--format", "json", path]);
        assert!(run.is_orderly(), "{path}: {:?}: {}", run.status, run.stderr);
        if run.status == Some(0) {
            let parsed: Result<serde_json::Value, _> = serde_json::from_str(&run.stdout);
            assert!(parsed.is_ok(), "{path}: {parsed:?}");
        }
    });
}

#[test]
fn inspect_fails_on_what_is_not_there() {
    let run = losslint(root(), &["inspect", "missing.json"]);
    assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""));
    assert_eq!(run.stderr, "losslint: missing.json: no such file or folder\n");
}

#[test]
fn inspect_tells_why_a_file_was_not_read() {
    let empty_archive = "PK\u{5}\u{6}".to_owned() + &"\0".repeat(18);
    let folder = folder_with(&[("model.r", "print(1)\n"), ("weights.keras", &empty_archive)]);
    for (path, why) in [
        ("model.r", "its name does not end like a file that losslint reads"),
        (
            "weights.keras",
            "holds no config.json (HDF5: no model_config), which would describe it",
        ),
    ] {
        let run = losslint(folder.path(), &["inspect", path]);
        assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""), "{path}");
        assert_eq!(run.stdout, format!("{path}: no model: {why}\n"));
        let json = losslint(folder.path(), &["inspect", "--format", "json", path]);
        assert_eq!((json.status, json.stdout.trim()), (Some(0), "[]"), "{path}");
    }
    let input = losslint(folder.path(), &["inspect", "-"]);
    assert_eq!((input.status, input.stdout.as_str()), (Some(2), ""));
    assert_eq!(
        input.stderr,
        "losslint: -: inspect reads a named file, not standard input\n"
    );
}

#[test]
fn a_path_in_the_place_of_a_command_leads_to_check() {
    let folder = folder_with(&[("model.json", "{}")]);
    let run = losslint(folder.path(), &["model.json"]);
    assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""));
    assert!(
        run.stderr.contains("\n  tip: losslint check model.json\n"),
        "{}",
        run.stderr
    );
    let missing = losslint(folder.path(), &["missing.json"]);
    assert!(!missing.stderr.contains("losslint check"), "{}", missing.stderr);
}

#[test]
fn version() {
    let run = losslint(root(), &["--version"]);
    let expected = format!("losslint {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!((run.status, run.stdout), (Some(0), expected));
}

#[test]
fn help() {
    let run = losslint(root(), &["--help"]);
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
    insta::assert_snapshot!("help", run.stdout);
    insta::assert_snapshot!("help-check", losslint(root(), &["check", "--help"]).stdout);
}

#[test]
fn a_configuration_with_errors_tells_what_to_write() {
    for (text, help) in [
        ("select = \"all\"\n", "write [\"all\"]"),
        ("ignore = 3\n", ""),
        ("[[facts]]\ntask = \"multiclass\"\n", "write { kind = \"multiclass\" }"),
        ("[[facts]]\ntask = \"binary_clf\"\n", "write { kind = \"binary\" }"),
        (
            "[[facts]]\ntask = { kind = \"binary_clf\" }\n",
            "did you mean \"binary\"?",
        ),
        (
            "[[losses]]\nname = \"own\"\nlike = \"torch.nn.BCEWithLogitLoss\"\n",
            "did you mean \"torch.nn.BCEWithLogitsLoss\"?",
        ),
        (
            "[[metrics]]\nname = \"own\"\nlike = \"keras.metrics.BinaryAcuracy\"\n",
            "did you mean \"keras.metrics.BinaryAccuracy\"?",
        ),
    ] {
        let folder = folder_with(&[("losslint.toml", text), ("model.json", "{}")]);
        let run = losslint(folder.path(), &["check", "--color", "never"]);
        assert_eq!(run.status, Some(2), "{text}");
        let told = run.stderr.lines().find_map(|line| line.trim().strip_prefix("help: "));
        assert_eq!(told.unwrap_or_default(), help, "{}", run.stderr);
    }
}

#[test]
fn a_configuration_with_errors_stops_the_run() {
    let spec =
        "losslint = 1\nframework = \"keras\"\n\n[[layers]]\ntype = \"Dense\"\nunits = 1\nactivation = \"softmax\"\n";
    let folder = folder_with(&[
        ("losslint.toml", "selct = [\"all\"]\nfail-on = 3\n"),
        ("model.toml", spec),
    ]);
    let run = losslint(folder.path(), &["check", "--color", "never"]);
    assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""));
    insta::assert_snapshot!("invalid-configuration", run.stderr);
    let without = losslint(folder.path(), &["check", "--no-config", "--format", "concise", "-q"]);
    assert_eq!(
        (without.status, without.findings().len()),
        (Some(1), 1),
        "{}",
        without.stderr
    );
}
