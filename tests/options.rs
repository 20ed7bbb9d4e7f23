//! Options and commands as people use them: which lints and files, what is printed besides, settings, schemas, completions.

mod common;

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Stdio;

use common::{Run, command, folder_with, losslint, root, run};
use serde_json::Value;

const BAD: &str =
    "losslint = 1\nframework = \"keras\"\nlayers = [{ type = \"Dense\", units = 1, activation = \"softmax\" }]\n";
const HINT: &str = "losslint = 1\nframework = \"keras\"\nlayers = [{ type = \"Dense\", units = 1 }]\nloss = { type = \"mae\", reduction = \"sum\" }\n";

fn check(folder: &Path, args: &[&str]) -> Run {
    losslint(folder, &[&["check", "--format", "concise"], args].concat())
}

fn with_input(folder: &Path, args: &[&str], input: &[u8]) -> Run {
    fs::write(folder.join(".input"), input).expect("a file");
    let input = fs::File::open(folder.join(".input")).expect("the file");
    run(command(folder).args(args).stdin(Stdio::from(input)))
}

#[test]
fn lints_are_selected_by_name_and_by_group() {
    let folder = folder_with(&[("bad.toml", BAD), ("hint.toml", HINT)]);
    let run = |args: &[&str]| check(folder.path(), &[&["--no-config"], args].concat()).lints();
    assert_eq!(run(&[]), ["single-unit-softmax", "unreduced-loss"]);
    assert_eq!(run(&["--select", "single-unit-softmax"]), ["single-unit-softmax"]);
    assert_eq!(
        run(&["--select", "all", "--ignore", "single-unit-softmax,unreduced-loss"]),
        [""; 0]
    );
    assert_eq!(
        run(&["--select", "syntax-error", "--extend-select", "unreduced-loss"]),
        ["unreduced-loss"]
    );
    for name in ["single-unit-softmax", "unreduced-loss"] {
        let rules = losslint(root(), &["rules", "--format", "json"]).stdout;
        let rules: Vec<Value> = serde_json::from_str(&rules).expect("JSON");
        let rule = rules.iter().find(|rule| rule["name"] == name).expect("the lint");
        let group = rule["group"].as_str().expect("a group");
        assert!(run(&["--select", group]).contains(&name.to_owned()), "{group}");
        assert!(!run(&["--ignore", group]).contains(&name.to_owned()), "{group}");
    }
}

#[test]
fn the_command_line_counts_more_than_the_configuration() {
    let folder = folder_with(&[
        (
            "losslint.toml",
            "ignore = [\"single-unit-softmax\"]\nfail-on = \"info\"\n[severity]\nunreduced-loss = \"warning\"\n",
        ),
        ("bad.toml", BAD),
        ("hint.toml", HINT),
    ]);
    let run = check(folder.path(), &["."]);
    assert_eq!(run.lints(), ["unreduced-loss"]);
    assert_eq!(run.findings()[0].severity, "warning");
    assert_eq!(
        check(folder.path(), &["--select", "single-unit-softmax", "."]).lints(),
        ["single-unit-softmax"]
    );
    assert_eq!(check(folder.path(), &["--fail-on", "error", "."]).status, Some(0));
    fs::remove_file(folder.path().join("losslint.toml")).expect("the file");
    let project = "[project]\nname = \"x\"\n[tool.losslint]\nignore = [\"unreduced-loss\"]\n";
    fs::write(folder.path().join("pyproject.toml"), project).expect("a file");
    assert_eq!(check(folder.path(), &["."]).lints(), ["single-unit-softmax"]);
}

#[test]
fn unknown_names_warn_with_the_nearest_one() {
    let folder = folder_with(&[("bad.toml", BAD)]);
    let run = check(folder.path(), &["--no-config", "--ignore", "singel-unit-softmax", "."]);
    assert_eq!(run.status, Some(1));
    let warning =
        "losslint: warning: there is no lint or group \"singel-unit-softmax\"; did you mean single-unit-softmax?";
    assert!(run.stderr.contains(warning), "{}", run.stderr);
}

#[test]
fn a_run_without_any_lint_says_so() {
    let folder = folder_with(&[
        ("bad.toml", BAD),
        ("none/losslint.toml", "select = [\"logit\"]\n"),
        ("none/bad.toml", BAD),
        (
            "off/losslint.toml",
            "select = [\"activation\"]\n[severity]\nactivation = \"off\"\n",
        ),
        ("off/bad.toml", BAD),
    ]);
    let (none, all) = ("nothing in `select` exists", "all are ignored or off");
    for (args, why) in [
        (&["--select", "bogus", "bad.toml"][..], none),
        (&["none"], none),
        (&["--ignore", "all", "bad.toml"], all),
        (&["--select", "bogus,labels", "--ignore", "labels", "bad.toml"], all),
        (&["off"], all),
    ] {
        let run = check(folder.path(), args);
        assert_eq!((run.status, run.stdout.as_str()), (Some(0), ""), "{args:?}");
        let summary = format!("1 model read; no lint ran: {why}\n");
        assert!(run.stderr.contains(&summary), "{args:?}: {}", run.stderr);
    }
    let some = check(folder.path(), &["."]);
    assert_eq!(some.files(), ["bad.toml"]);
    assert!(some.stderr.contains("3 models, "), "{}", some.stderr);
}

#[test]
fn a_configuration_that_is_named_is_read_even_if_it_holds_for_nothing() {
    let folder = folder_with(&[("empty/notes.txt", ""), ("wrong.toml", "selct = 1\n")]);
    for (config, why) in [
        ("missing.toml", "missing.toml: cannot be read"),
        ("wrong.toml", "wrong.toml: the configuration has errors"),
    ] {
        let run = check(folder.path(), &["--config", config, "empty"]);
        assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""), "{config}");
        assert!(run.stderr.contains(why), "{}", run.stderr);
    }
}

#[test]
fn excluded_files_are_passed_over_unless_they_are_named() {
    let folder = folder_with(&[
        ("losslint.toml", "exclude = [\"third_party\"]\n"),
        (".losslintignore", "drafts/\n"),
        ("own/bad.toml", BAD),
        ("third_party/bad.toml", BAD),
        ("drafts/bad.toml", BAD),
    ]);
    let all = ["own/bad.toml", "third_party/bad.toml", "drafts/bad.toml"];
    let named = |more: &[&str]| check(folder.path(), &[more, &all].concat()).files();
    assert_eq!(check(folder.path(), &["."]).files(), ["own/bad.toml"]);
    assert_eq!(named(&[]).len(), 3, "what is named is linted");
    assert_eq!(named(&["--force-exclude"]), ["own/bad.toml"]);
    assert_eq!(
        named(&["--force-exclude", "--no-ignore"]),
        ["drafts/bad.toml", "own/bad.toml"]
    );
    assert_eq!(named(&["--force-exclude", "--exclude", "own"]), [""; 0]);
    let absolute = folder.path().to_str().expect("a path");
    for glob in ["own", "own/", "own/*.toml", "./own/bad.toml", "**/bad.toml"] {
        for path in [".", "own", absolute] {
            let run = check(folder.path(), &["--exclude", glob, path]);
            assert_eq!(run.stdout, "", "{glob} {path}");
        }
    }
    let bad = check(folder.path(), &["--exclude", "[x", "."]);
    assert_eq!(bad.status, Some(2));
    assert!(bad.stderr.contains("--exclude [x: this is no glob"), "{}", bad.stderr);
}

/// pre-commit names every file of a commit, also templates and JSON with comments, which are no models.
#[test]
fn a_hook_does_not_complain_about_broken_files_that_are_no_models() {
    let folder = folder_with(&[
        ("tsconfig.json", "{\n  // strict\n  \"strict\": true,,\n}\n"),
        ("chart.yaml", "{{ if .Values.x }}\na: [\n{{ end }}\n"),
        (
            "cut-off.json",
            "{\"class_name\": \"Sequential\", \"config\": {\"layers\": [{\"class_name\": \"Dense\", \"config\": {\"units\": 1,",
        ),
    ]);
    let all = ["tsconfig.json", "chart.yaml", "cut-off.json"];
    let named = check(folder.path(), &all);
    assert_eq!(
        (named.status, named.files().contains(&"tsconfig.json".to_owned())),
        (Some(1), true)
    );
    let hook = check(folder.path(), &[&["--force-exclude"][..], &all].concat());
    assert_eq!(hook.status, Some(1));
    assert!(
        hook.files().iter().all(|file| file == "cut-off.json"),
        "{}",
        hook.stdout
    );
}

#[test]
fn standard_input_is_checked_under_a_name() {
    let folder = folder_with(&[
        (
            "sub/losslint.toml",
            "exclude = [\"skipped.toml\"]\n[severity]\nsingle-unit-softmax = \"info\"\n",
        ),
        ("list", "sub/two.toml\n\nsub/one.toml\n"),
        ("sub/one.toml", BAD),
        ("sub/two.toml", BAD),
    ]);
    let check = ["check", "--format", "concise", "-q", "-"];
    let run = with_input(
        folder.path(),
        &[&check[..], &["--stdin-filename", "sub/model.toml"]].concat(),
        BAD.as_bytes(),
    );
    assert_eq!(
        run.stdout,
        "sub/model.toml:3:53: info[single-unit-softmax]: a softmax over one unit is always 1\n"
    );
    let skipped = [&check[..], &["--stdin-filename", "sub/skipped.toml"]].concat();
    assert_eq!(with_input(folder.path(), &skipped, BAD.as_bytes()).findings().len(), 1);
    let forced = [&skipped[..], &["--force-exclude"]].concat();
    assert_eq!(with_input(folder.path(), &forced, BAD.as_bytes()).stdout, "");
    let listed = ["check", "--format", "concise", "-q", "--files-from"];
    for list in ["list", "-"] {
        let input = fs::read(folder.path().join("list")).expect("the list");
        let run = with_input(folder.path(), &[&listed[..], &[list]].concat(), &input);
        assert_eq!(run.files(), ["sub/one.toml", "sub/two.toml"], "{}", run.stderr);
    }
    let nothing = with_input(folder.path(), &[&listed[..], &["-"]].concat(), b"");
    assert_eq!(
        (nothing.status, nothing.stdout.as_str()),
        (Some(0), ""),
        "an empty list is nothing, not everything"
    );
}

#[test]
fn input_that_does_not_open_like_json_needs_a_name() {
    let folder = folder_with(&[]);
    let hint = "losslint: warning: standard input is read as JSON; --stdin-filename NAME.yaml says another format\n";
    let run = |args: &[&str], input: &str| {
        let run = with_input(
            folder.path(),
            &[&["check", "--format", "concise", "-"], args].concat(),
            input.as_bytes(),
        );
        run.stderr.contains(hint)
    };
    assert!(run(&[], "losslint: 1\n"));
    assert!(!run(&["--stdin-filename", "model.yaml"], "losslint: 1\n"));
    assert!(!run(&["--stdin-filename", "stdin.json"], "losslint: 1\n"));
    assert!(!run(&[], " {\"losslint\": 1}\n") && !run(&[], "\u{feff}[1]") && !run(&[], "\n"));
}

#[test]
fn statistics_and_progress_go_to_standard_error() {
    let folder = folder_with(&[("bad.toml", BAD), ("bad2.toml", BAD), ("hint.toml", HINT)]);
    let statistics = check(folder.path(), &["--no-config", "--statistics", "."]);
    assert_eq!(statistics.findings().len(), 3);
    let counts = "     2  single-unit-softmax\n     1  unreduced-loss\n";
    assert!(statistics.stderr.contains(counts), "{}", statistics.stderr);
    let progress = check(folder.path(), &["--no-config", "--progress", "always", "."]);
    assert!(progress.stderr.contains("3 of 3 files"), "{}", progress.stderr);
    assert_eq!(progress.stdout, statistics.stdout);
    assert!(
        !check(folder.path(), &["--no-config", "."])
            .stderr
            .contains(" of 3 files")
    );
}

#[test]
fn init_writes_a_configuration_that_changes_nothing_and_never_overwrites() {
    let folder = folder_with(&[("bad.toml", BAD)]);
    let before = check(folder.path(), &["."]);
    let init = losslint(folder.path(), &["init"]);
    assert_eq!((init.status, init.stderr.as_str()), (Some(0), ""));
    let after = check(folder.path(), &["."]);
    assert_eq!((after.status, after.stdout), (before.status, before.stdout));
    fs::write(folder.path().join("losslint.toml"), "fail-on = \"never\"\n").expect("a file");
    let again = losslint(folder.path(), &["init"]);
    assert_eq!((again.status, again.stdout.as_str()), (Some(2), ""));
    let kept = fs::read_to_string(folder.path().join("losslint.toml"));
    assert_eq!(kept.ok().as_deref(), Some("fail-on = \"never\"\n"));
}

/// Nobody may make a file in `/proc`.
#[cfg(target_os = "linux")]
#[test]
fn init_tells_that_it_cannot_write() {
    let run = losslint(Path::new("/proc"), &["init"]);
    assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""));
    assert!(
        run.stderr.starts_with("losslint: losslint.toml: cannot be written: "),
        "{}",
        run.stderr
    );
}

#[test]
fn settings_tell_what_holds_and_why_a_file_would_not_be_linted() {
    let folder = folder_with(&[
        ("losslint.toml", "fail-on = \"error\"\nexclude = [\"third_party\"]\n"),
        (".losslintignore", "drafts/\n*.tmp.toml\n"),
        ("own/bad.toml", BAD),
        ("own/notes.txt", ""),
        ("own/x.tmp.toml", BAD),
        ("third_party/bad.toml", BAD),
        ("drafts/deep/bad.toml", BAD),
    ]);
    let settings = |path: &str| losslint(folder.path(), &["settings", path]).stdout;
    let text = settings("own/bad.toml");
    assert!(
        text.contains("fail-on        \"error\"  (losslint.toml:1:11)"),
        "{text}"
    );
    assert!(text.ends_with("own/bad.toml would be linted\n"), "{text}");
    for (path, why) in [
        (
            "own/notes.txt",
            "its name does not end like a file that losslint reads, or it holds facts or settings",
        ),
        ("losslint.toml", "or it holds facts or settings"),
        ("third_party/bad.toml", "the configuration excludes it"),
        ("own/x.tmp.toml", ".gitignore or .losslintignore excludes it"),
        ("drafts/deep/bad.toml", ".gitignore or .losslintignore excludes it"),
    ] {
        let text = settings(path);
        assert!(
            text.contains(&format!("{path} would not be linted when its folder is: ")),
            "{text}"
        );
        assert!(text.trim_end().ends_with(why), "{text}");
    }
    let missing = losslint(folder.path(), &["settings", "missing.toml"]);
    assert_eq!(missing.status, Some(2));
    let elsewhere = folder_with(&[("model.json", "{}")]);
    for (args, first) in [
        (&[][..], "no losslint.toml here or above: the defaults"),
        (&["model.json"], "no losslint.toml above model.json: the defaults"),
        (&["--no-config"], "no losslint.toml is read: the defaults"),
    ] {
        let run = losslint(elsewhere.path(), &[&["settings"], args].concat());
        assert_eq!(run.stdout.lines().next(), Some(first));
    }
}

#[test]
fn schemas_are_schemas_and_hold_for_what_they_are_of() {
    let schema = |of: &str| -> Value {
        let run = losslint(root(), &["schema", of]);
        assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""), "{of}");
        serde_json::from_str(&run.stdout).expect("JSON")
    };
    let valid = |of: &str, document: &Value| {
        let validator = jsonschema::validator_for(&schema(of)).expect("a schema");
        validator.is_valid(document)
    };
    let report = losslint(root(), &["check", "--no-config", "--format", "json", "fixtures/bad"]).stdout;
    let mut report: Value = serde_json::from_str(&report).expect("JSON");
    assert!(valid("report", &report));
    report["findings"][0]["severity"] = Value::from("fatal");
    assert!(!valid("report", &report));
    let spec: Value =
        serde_json::json!({ "losslint": 1, "framework": "keras", "layers": [{ "type": "Dense", "units": 1 }] });
    assert!(valid("spec", &spec));
    assert!(!valid("spec", &serde_json::json!({ "losslint": 1, "layers": 3 })));
    assert!(valid("config", &serde_json::json!({ "fail-on": "error" })));
    assert!(!valid("config", &serde_json::json!({ "fail_on": "error" })));
}

#[test]
fn completions_and_the_manual_name_every_command_and_option() {
    let help = losslint(root(), &["check", "--help"]).stdout;
    let options: Vec<&str> = help
        .lines()
        .filter_map(|line| line.trim_start().split(' ').find(|word| word.starts_with("--")))
        .collect();
    assert!(options.len() > 20, "{options:?}");
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let run = losslint(root(), &["completions", shell]);
        assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""), "{shell}");
        for option in &options {
            let name = option.trim_start_matches("--").trim_end_matches(',');
            assert!(run.stdout.contains(name), "{shell}: {option}");
        }
    }
    let manual = losslint(root(), &["man"]);
    assert_eq!((manual.status, manual.stderr.as_str()), (Some(0), ""));
    let manual = manual.stdout.replace("\\-", "-");
    for option in options {
        assert!(manual.contains(option.trim_end_matches(',')), "the manual: {option}");
    }
}

/// The shells themselves read what is made for them.
#[cfg(unix)]
#[test]
fn shells_read_their_completions() {
    for shell in ["bash", "zsh", "fish"] {
        let text = losslint(root(), &["completions", shell]).stdout;
        let started = std::process::Command::new(shell)
            .arg("-n")
            .stdin(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn();
        let Ok(mut child) = started else {
            eprintln!("{shell}: skipped, because it is not installed");
            continue;
        };
        let mut input = child.stdin.take().expect("its input");
        input.write_all(text.as_bytes()).expect("it reads");
        drop(input);
        let output = child.wait_with_output().expect("it ends");
        assert!(
            output.status.success(),
            "{shell}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
}
