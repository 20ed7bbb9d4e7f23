//! The command line as scripts and people meet it: exit statuses, what goes to which stream, paths of all kinds.

mod common;

use std::fs;
use std::io::Read;
use std::process::Stdio;

use common::{Finding, Run, command, fixtures, folder_with, losslint, root, run};

const ERROR: &str =
    "losslint = 1\nframework = \"keras\"\n\n[[layers]]\ntype = \"Dense\"\nunits = 1\nactivation = \"softmax\"\n";
const WARNING: &str = "losslint = 1\nframework = \"keras\"\n\n[[layers]]\ntype = \"Dense\"\nunits = 1\nactivation = \"sigmoid\"\n\n[loss]\ntype = \"mse\"\n\n[metrics]\nlist = [\"accuracy\"]\n";
const INFO: &str = "losslint = 1\nframework = \"keras\"\n\n[[layers]]\ntype = \"Dense\"\nunits = 1\n\n[loss]\ntype = \"mae\"\nreduction = \"sum\"\n";
const CLEAN: &str =
    "losslint = 1\nframework = \"keras\"\n\n[[layers]]\ntype = \"Dense\"\nunits = 1\n\n[loss]\ntype = \"mae\"\n";

fn folder() -> tempfile::TempDir {
    folder_with(&[
        ("error.toml", ERROR),
        ("warning.toml", WARNING),
        ("info.toml", INFO),
        ("clean.toml", CLEAN),
    ])
}

fn check(folder: &tempfile::TempDir, args: &[&str]) -> Run {
    let mut all = vec!["check", "--no-config", "--format", "concise"];
    all.extend(args);
    losslint(folder.path(), &all)
}

#[test]
fn the_exit_status_follows_the_worst_finding_and_fail_on() {
    let folder = folder();
    let levels = ["error", "warning", "info", "never"];
    let expected = [
        ("clean.toml", [0, 0, 0, 0]),
        ("info.toml", [0, 0, 1, 0]),
        ("warning.toml", [0, 1, 1, 0]),
        ("error.toml", [1, 1, 1, 0]),
        (".", [1, 1, 1, 0]),
    ];
    for (path, statuses) in expected {
        for (level, status) in levels.iter().zip(statuses) {
            let run = check(&folder, &["--fail-on", level, path]);
            assert_eq!(
                run.status,
                Some(status),
                "{path} with --fail-on {level}: {}",
                run.stdout
            );
        }
        let by_default = check(&folder, &[path]);
        assert_eq!(by_default.status, Some(statuses[1]), "{path}");
    }
}

#[test]
fn the_format_does_not_change_the_exit_status() {
    let folder = folder();
    for path in ["clean.toml", "info.toml", "warning.toml", "error.toml"] {
        let concise = check(&folder, &[path]);
        let human = losslint(folder.path(), &["check", "--no-config", "--format", "human", path]);
        assert_eq!(concise.status, human.status, "{path}");
    }
}

#[test]
fn a_missing_path_fails_and_the_others_are_checked() {
    let folder = folder();
    let run = check(&folder, &["missing.json", "error.toml"]);
    assert_eq!(run.status, Some(2));
    assert_eq!(run.files(), ["error.toml"]);
    assert!(
        run.stderr.contains("losslint: missing.json: no such file or folder"),
        "{}",
        run.stderr
    );
}

#[test]
fn arguments_that_are_not_understood_fail() {
    let folder = folder();
    for args in [
        &["--fail-on", "hint"][..],
        &["--format", "pdf"],
        &["--no-such-option"],
        &["-q", "-v"],
    ] {
        let run = check(&folder, args);
        assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""), "{args:?}");
        assert!(run.stderr.starts_with("error: "), "{args:?}: {}", run.stderr);
    }
    assert_eq!(losslint::<&str>(folder.path(), &[]).status, Some(2));
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_fails_and_the_others_are_checked() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    let path = folder.path().join("clean.toml");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).expect("permissions");
    let run = common::unprivileged::run_unprivileged(folder.path(), &["check", "--format", "concise", "."]);
    assert_eq!(run.status, Some(2));
    assert_eq!(run.files(), ["error.toml", "info.toml", "warning.toml"]);
    assert!(run.stderr.contains("clean.toml: cannot be read"), "{}", run.stderr);
}

#[cfg(unix)]
#[test]
fn pipes_are_refused_and_not_waited_for() {
    let folder = folder();
    let made = std::process::Command::new("mkfifo")
        .arg(folder.path().join("pipe.json"))
        .status();
    if !made.is_ok_and(|status| status.success()) {
        eprintln!("skipped: there is no `mkfifo` here");
        return;
    }
    let named = check(&folder, &["pipe.json"]);
    assert_eq!(named.status, Some(2));
    assert!(
        named.stderr.contains("is neither a file nor a folder"),
        "{}",
        named.stderr
    );
    let met = check(&folder, &["--fail-on", "never", "."]);
    assert_eq!(met.status, Some(0), "a pipe that is met is passed over: {}", met.stderr);
}

#[cfg(unix)]
#[test]
fn links_are_followed_to_files_and_never_in_circles() {
    use std::os::unix::fs::symlink;
    let folder = folder_with(&[("below/error.toml", ERROR)]);
    symlink("..", folder.path().join("below/up")).expect("a link");
    symlink("below/error.toml", folder.path().join("link.toml")).expect("a link");
    symlink("nowhere.toml", folder.path().join("dangling.toml")).expect("a link");
    let run = check(&folder, &["."]);
    assert_eq!(
        (run.status, run.files()),
        (Some(1), vec!["below/error.toml".into(), "link.toml".into()])
    );
}

#[test]
fn a_folder_is_walked_and_named_files_need_no_extension() {
    let spec =
        r#"{"losslint": 1, "framework": "keras", "layers": [{"type": "Dense", "units": 1, "activation": "softmax"}]}"#;
    let folder = folder_with(&[
        ("a/b/error.toml", ERROR),
        ("model.txt", spec),
        ("c.json/warning.toml", WARNING),
    ]);
    assert_eq!(check(&folder, &["a"]).files(), ["a/b/error.toml"]);
    assert_eq!(check(&folder, &["c.json"]).files(), ["c.json/warning.toml"]);
    let met = check(&folder, &["."]).files();
    assert_eq!(met.len(), 2, "a file of another extension is not met");
    assert_eq!(check(&folder, &["model.txt"]).files(), ["model.txt"]);
}

#[test]
fn the_current_folder_is_the_default() {
    let folder = folder();
    assert_eq!(check(&folder, &[]).stdout, check(&folder, &["."]).stdout);
}

#[test]
fn a_file_that_is_named_twice_or_in_two_ways_is_reported_once() {
    let folder = folder();
    let once = check(&folder, &["error.toml"]);
    assert_eq!(check(&folder, &["error.toml", "error.toml"]).stdout, once.stdout);
    assert_eq!(check(&folder, &["./error.toml"]).stdout, once.stdout);
    fs::create_dir(folder.path().join("below")).expect("a folder");
    for spelling in ["./error.toml", ".//error.toml", "below/../error.toml"] {
        let twice = check(&folder, &["error.toml", spelling]);
        assert_eq!(
            (twice.stdout, twice.stderr),
            (once.stdout.clone(), once.stderr.clone()),
            "{spelling}"
        );
    }
    let as_given = check(&folder, &["below/../error.toml", "error.toml"]);
    assert_eq!(as_given.files(), ["below/../error.toml"], "as it was spelt first");
}

#[test]
fn facts_that_are_named_alone_say_that_they_belong_to_a_model() {
    let folder = folder_with(&[
        ("m.facts.toml", "task = { kind = \"binary\" }\n"),
        ("code.py", "print(1)\n"),
    ]);
    let alone = check(&folder, &["m.facts.toml"]);
    assert_eq!((alone.status, alone.stdout.as_str()), (Some(0), ""));
    let facts = "m.facts.toml holds facts about a model: check the model, and they are read with it\n";
    assert!(
        alone.stderr.starts_with(&format!("no model found: {facts}")),
        "{}",
        alone.stderr
    );
    let both = check(&folder, &["m.facts.toml", "code.py"]);
    let others = format!("no model found: 1 file is of another kind; {facts}");
    assert!(both.stderr.starts_with(&others), "{}", both.stderr);
}

#[test]
fn ignore_files_are_respected_unless_told_otherwise() {
    let folder = folder_with(&[
        (".gitignore", "old/\n*.tmp.toml\n"),
        (".losslintignore", "vendor\n"),
        ("old/error.toml", ERROR),
        ("vendor/error.toml", ERROR),
        ("draft.tmp.toml", ERROR),
        ("new/.gitignore", "e*.toml\n"),
        ("new/kept.toml", ERROR),
        ("new/error.toml", ERROR),
    ]);
    assert_eq!(check(&folder, &["."]).files(), ["new/kept.toml"]);
    assert_eq!(check(&folder, &["--no-ignore", "."]).files().len(), 5);
    assert_eq!(
        check(&folder, &["old/error.toml"]).files(),
        ["old/error.toml"],
        "what is named is checked"
    );
}

#[test]
fn an_ignore_file_speaks_of_what_lies_beside_it() {
    let folder = folder_with(&[
        ("new/.gitignore", "*\n!kept.toml\n"),
        ("new/kept.toml", ERROR),
        ("new/error.toml", ERROR),
    ]);
    assert_eq!(check(&folder, &["."]).files(), ["new/kept.toml"]);
}

#[test]
fn standard_output_holds_the_report_and_nothing_else() {
    let folder = folder();
    let run = check(&folder, &["--verbose", ".", "missing.json"]);
    let findings: Vec<Finding> = run.findings();
    assert_eq!(findings.len(), 3, "{}", run.stdout);
    assert!(
        run.stderr.contains("found") && run.stderr.contains("checked"),
        "{}",
        run.stderr
    );
    let human = losslint(folder.path(), &["check", "--no-config", "clean.toml"]);
    assert_eq!(human.stdout, "", "nothing found, nothing on standard output");
}

#[test]
fn quiet_leaves_the_report_and_the_errors() {
    let folder = folder();
    let run = check(&folder, &["--quiet", "error.toml"]);
    assert_eq!((run.files().len(), run.stderr.as_str()), (1, ""));
    let failed = check(&folder, &["--quiet", "missing.json"]);
    assert_eq!(failed.stderr, "losslint: missing.json: no such file or folder\n");
}

#[test]
fn verbose_says_what_was_not_checked_and_why() {
    let own_loss = CLEAN.replace("\"mae\"", "\"my_loss\"");
    let folder = folder_with(&[
        ("own.toml", &own_loss),
        ("broken.json", "{"),
        ("tokenizer.json", "{\"a\": [1]}"),
    ]);
    let run = check(&folder, &["--verbose", "."]);
    insta::assert_snapshot!("verbose", run.stderr);
    let brief = check(&folder, &["."]);
    insta::assert_snapshot!("not-verbose", brief.stderr);
}

#[test]
fn colours_follow_the_option_and_the_environment() {
    let folder = folder();
    let colours = |option: &str, variable: Option<(&str, &str)>| {
        let mut command = command(folder.path());
        command.args(["check", "--no-config", "--color", option, "error.toml"]);
        command.envs(variable);
        run(&mut command).stdout.contains('\u{1b}')
    };
    assert!(!colours("auto", None), "a pipe has none");
    assert!(colours("auto", Some(("CLICOLOR_FORCE", "1"))));
    assert!(!colours("auto", Some(("NO_COLOR", "1"))));
    assert!(
        colours("always", Some(("NO_COLOR", "1"))),
        "the option counts more than the environment"
    );
    assert!(!colours("never", Some(("CLICOLOR_FORCE", "1"))));
    assert!(colours("always", None) && !colours("never", None));
}

#[test]
fn concise_lines_have_no_colours() {
    let run = check(&folder(), &["--color", "always", "error.toml"]);
    assert!(!run.stdout.contains('\u{1b}'), "{:?}", run.stdout);
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    for format in ["human", "concise"] {
        let mut command = command(root());
        command.args(["check", "--no-config", "--format", format, "fixtures/bad"]);
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        let mut first = [0; 1];
        // Reads a little and closes the pipe, as `head` does.
        let mut stdout = child.stdout.take().expect("a pipe");
        stdout.read_exact(&mut first).expect("a report");
        drop(stdout);
        let output = child.wait_with_output().expect("it ends");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(
            matches!(output.status.code(), Some(0..=2)),
            "{format}: {:?}: {stderr}",
            output.status
        );
        assert!(
            !stderr.contains("panicked") && !stderr.contains("Broken pipe"),
            "{format}: {stderr}"
        );
    }
}

/// Facts in another format than TOML would be passed over in silence.
#[test]
fn facts_beside_a_model_with_another_ending_are_told() {
    let model = "losslint = 1\nframework = \"keras\"\n\n[[layers]]\ntype = \"Dense\"\nunits = 1\n";
    let folder = folder_with(&[("m.toml", model), ("m.facts.json", "{}")]);
    let run = losslint(folder.path(), &["check", "m.toml"]);
    assert!(
        run.stderr
            .contains("m.facts.json is not read: facts beside a model stand in m.facts.toml"),
        "{}",
        run.stderr
    );
}

/// What `check` counts as no model `inspect` calls none, over every fixture.
#[test]
fn inspect_and_check_agree_whether_a_file_is_a_model() {
    let mut seen = [0, 0];
    for path in fixtures("zoo").into_iter().chain(fixtures("joined")) {
        let run = losslint(
            root(),
            &["check", "--no-config", "--format", "json", "--fail-on", "never", &path],
        );
        let report: serde_json::Value = serde_json::from_str(&run.stdout).expect("a report");
        let models = report["summary"]["models"].as_u64().expect("a count");
        let inspected = losslint(root(), &["inspect", "--no-config", &path]).stdout;
        let shown = inspected.lines().filter(|line| line.contains(" model, read as "));
        assert_eq!(shown.count() as u64, models, "{path}: {inspected}");
        seen[usize::from(models > 0)] += 1;
    }
    assert!(seen.iter().all(|&count| count > 5), "{seen:?}");
}
