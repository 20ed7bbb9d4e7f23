//! What goes wrong around a run: files that cannot be read or written, broken baselines and configurations, pipes that
//! close, files that vanish. A clear sentence, the right exit status, no half-written file.

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use common::{BAD_SPEC, Run, command, folder_with, losslint, names_in, root, run};

/// A run that could not do its work: status 2, the reason on standard error, nothing on standard output.
fn fails(run: &Run, reason: &str) {
    assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""), "{}", run.stderr);
    assert!(run.stderr.contains(reason), "{}", run.stderr);
}

fn check(folder: &Path, args: &[&str]) -> Run {
    losslint(
        folder,
        &[&["check", "--no-config", "--format", "concise"], args].concat(),
    )
}

#[test]
fn a_baseline_that_cannot_be_used_stops_the_run_before_it_changes_anything() {
    let folder = folder_with(&[
        ("model.toml", BAD_SPEC),
        ("merge", "# losslint baseline 1: x\n<<<<<<< HEAD\n"),
        ("newer", "# losslint baseline 2: x\n"),
        ("other", "{\"findings\": []}\n"),
    ]);
    fs::write(folder.path().join("bytes"), [0xff, 0x00, 0xfe]).expect("a file");
    for (baseline, reason) in [
        ("merge", "merge:2: this is no line of a baseline"),
        ("newer", "newer: this is a baseline of another version"),
        ("other", "other:1: this is no line of a baseline"),
        ("bytes", "losslint: bytes: the baseline cannot be read: "),
        (
            "missing",
            "losslint: missing: the baseline cannot be read: there is no such file; --write-baseline makes it\n",
        ),
        (".", "losslint: .: the baseline cannot be read: "),
    ] {
        fails(
            &check(folder.path(), &["--fix", "--baseline", baseline, "model.toml"]),
            reason,
        );
    }
    assert_eq!(
        fs::read_to_string(folder.path().join("model.toml")).ok().as_deref(),
        Some(BAD_SPEC)
    );
}

#[test]
fn a_baseline_that_is_missing_or_broken_can_be_written_by_the_same_command() {
    let folder = folder_with(&[("model.toml", BAD_SPEC), ("broken", "<<<<<<< HEAD\n")]);
    for baseline in ["missing", "broken"] {
        let args = ["--baseline", baseline, "model.toml"];
        let written = check(folder.path(), &[&args[..], &["--write-baseline", baseline]].concat());
        assert_eq!(
            (written.status, written.stdout.as_str()),
            (Some(0), ""),
            "{}",
            written.stderr
        );
        assert_eq!(check(folder.path(), &args).status, Some(0), "{baseline}");
    }
}

#[test]
fn a_baseline_that_cannot_be_written_is_told() {
    let folder = folder_with(&[("model.toml", BAD_SPEC), ("folder/other.toml", BAD_SPEC)]);
    let before = names_in(folder.path());
    for (path, reason) in [
        (
            "missing/baseline",
            "the baseline cannot be written: its folder does not exist",
        ),
        ("folder", "the baseline cannot be written: this is a folder"),
    ] {
        fails(&check(folder.path(), &["--write-baseline", path, "."]), reason);
    }
    assert_eq!(names_in(folder.path()), before);
}

#[cfg(unix)]
#[test]
fn a_baseline_never_replaces_what_is_no_file() {
    use std::os::unix::fs::{FileTypeExt, symlink};
    let folder = folder_with(&[("model.toml", BAD_SPEC), ("kept/baseline", "")]);
    symlink("kept/baseline", folder.path().join("link")).expect("a link");
    assert_eq!(check(folder.path(), &["--write-baseline", "link", "."]).status, Some(0));
    assert!(folder.path().join("link").is_symlink());
    let kept = fs::read_to_string(folder.path().join("kept/baseline")).expect("the file");
    assert_eq!(kept.lines().count(), 2, "{kept}");
    assert_eq!(
        check(folder.path(), &["--write-baseline", "/dev/null", "."]).status,
        Some(0)
    );
    let null = fs::metadata("/dev/null").expect("a device");
    assert!(null.file_type().is_char_device());
}

#[test]
fn a_configuration_that_cannot_be_used_stops_the_run() {
    let folder = folder_with(&[
        ("model.toml", BAD_SPEC),
        ("broken.toml", "select = [\n"),
        ("odd.toml", "baseline = 1\n"),
        (
            "no-lints.toml",
            "[[ignore]]\nfiles = \"*\"\n[[per-file]]\nfiles = \"*\"\n",
        ),
    ]);
    for (config, reason) in [
        ("missing.toml", "losslint: missing.toml: cannot be read"),
        (".", "losslint: .: cannot be read"),
        ("broken.toml", "losslint: broken.toml: the configuration has errors"),
        ("odd.toml", "losslint: odd.toml: the configuration has errors"),
        ("no-lints.toml", "losslint: no-lints.toml: the configuration has errors"),
    ] {
        let args = [
            "check",
            "--config",
            config,
            "--output-file",
            "REPORT",
            "--output-format",
            "json",
        ];
        fails(&losslint(folder.path(), &args), reason);
    }
    assert!(!folder.path().join("REPORT").exists());
}

/// TOML's reader bounds brackets and the parts of a key, but keys stand in brackets.
#[test]
fn a_configuration_that_is_too_deep_stops_the_run() {
    let key = ["a"; 80].join(".");
    let deep = format!("{}1{}", format!("{{ {key} = ").repeat(80), " }".repeat(80));
    let config = format!("[[losses]]\nname = \"Own\"\nfamily = \"tversky\"\ninput = {deep}\n");
    let folder = folder_with(&[("model.toml", BAD_SPEC), ("deep.toml", &config)]);
    fails(
        &losslint(folder.path(), &["check", "--config", "deep.toml", "model.toml"]),
        "deep.toml: the configuration has errors",
    );
}

#[test]
fn a_list_of_files_that_cannot_be_read_stops_the_run() {
    let folder = folder_with(&[("model.toml", BAD_SPEC)]);
    fails(
        &check(folder.path(), &["--files-from", "missing"]),
        "missing: the list of files cannot be read",
    );
    fails(&check(folder.path(), &["-", "--files-from", "-"]), "cannot be both");
}

#[cfg(target_os = "linux")]
#[test]
fn a_list_may_name_files_that_are_not_unicode() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let folder = folder_with(&[]);
    fs::write(folder.path().join(OsStr::from_bytes(b"gr\xf6sse.toml")), BAD_SPEC).expect("a file");
    fs::write(folder.path().join("list"), b"gr\xf6sse.toml\r\n\n").expect("a file");
    let run = check(folder.path(), &["--quiet", "--files-from", "list"]);
    assert_eq!((run.status, run.findings().len()), (Some(1), 1), "{}", run.stderr);
}

/// The other file is removed as soon as the first one is done.
#[test]
fn a_file_that_vanishes_between_the_walk_and_its_turn() {
    use losslint::config::{Globs, Origin, Selection};
    use losslint::discover::Walk;
    let folder = folder_with(&[("a.toml", BAD_SPEC), ("b.toml", BAD_SPEC)]);
    let request = losslint::Request {
        paths: vec![folder.path().to_owned()],
        standard_input: None,
        walk: Walk {
            respect_ignore_files: true,
        },
        config: Origin::Defaults,
        selection: Selection::default(),
        exclude: Globs::none(),
        force_exclude: false,
        jobs: Some(1),
        with_snippets: false,
        fixing: None,
    };
    let other = folder.path().join("b.toml");
    let remove_the_other = |done: usize, _: usize| {
        if done == 1 {
            fs::remove_file(&other).expect("the file is still there");
        }
    };
    let outcome = losslint::check(&request, &remove_the_other).expect("a run");
    assert_eq!(outcome.report.findings.len(), 1);
    let told: Vec<String> = outcome.errors.iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].ends_with("b.toml: no such file or folder"), "{told:?}");
}

/// What `head` does: it reads a little and closes the pipe.
#[test]
fn a_pipe_that_closes_early_changes_nothing_in_the_status() {
    for format in [
        "human", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "rdjson",
    ] {
        for (fail_on, status) in [("error", 1), ("never", 0)] {
            let mut command = command(root());
            command.args([
                "check",
                "--no-config",
                "--select",
                "all",
                "--format",
                format,
                "--fail-on",
                fail_on,
            ]);
            command
                .arg("fixtures/bad")
                .stdout(Stdio::piped())
                .stderr(Stdio::piped());
            let mut child = command.spawn().expect("it starts");
            drop(child.stdout.take());
            let output = child.wait_with_output().expect("it ends");
            let stderr = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), Some(status), "{format}: {stderr}");
            assert!(
                !stderr.contains("panicked") && !stderr.contains("ipe"),
                "{format}: {stderr}"
            );
        }
    }
}

/// A device that is always full.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    let full = || {
        fs::OpenOptions::new()
            .write(true)
            .open("/dev/full")
            .expect("the device")
    };
    let file = "fixtures/bad/probabilities-as-logits/torch-softmax.toml";
    for args in [
        &["check", "--no-config", file][..],
        &["check", "--no-config", "--format", "sarif", file],
        &["rules"],
        &["schema", "report"],
        &["completions", "bash"],
        &["man"],
    ] {
        let output = command(root()).args(args).stdout(full()).output().expect("it runs");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {stderr}");
        assert!(stderr.contains("losslint: cannot write: "), "{args:?}: {stderr}");
    }
    let second = [
        "check",
        "--no-config",
        "-q",
        "--output-file",
        "/dev/full",
        "--output-format",
        "json",
        file,
    ];
    let run = run(command(root()).args(second));
    assert_eq!(run.status, Some(2));
    assert!(
        run.stderr.contains("/dev/full: the report cannot be written: "),
        "{}",
        run.stderr
    );
}

/// Limits the size of files, so that writing fails half-way.
#[cfg(target_os = "linux")]
#[test]
fn a_report_that_fails_half_way_leaves_the_earlier_one() {
    let folder = folder_with(&[("REPORT", "the earlier one")]);
    let report: PathBuf = folder.path().join("REPORT");
    let line = format!(
        "trap '' XFSZ; ulimit -f 1; exec '{}' check --no-config -q --format concise --output-file '{}' --output-format sarif fixtures/bad > /dev/null",
        env!("CARGO_BIN_EXE_losslint"),
        report.display()
    );
    let output = std::process::Command::new("bash")
        .args(["-c", &line])
        .current_dir(root())
        .output();
    let output = output.expect("a shell");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{stderr}");
    assert!(stderr.contains("REPORT: the report cannot be written: "), "{stderr}");
    assert_eq!(fs::read_to_string(&report).ok().as_deref(), Some("the earlier one"));
    assert_eq!(names_in(folder.path()), ["REPORT"], "nothing else is left behind");
}

/// Nothing of an image, a program or a text in UTF-16 is drawn: what they hold means nothing to whoever reads a report.
#[test]
fn bytes_that_are_no_text_are_told_and_not_drawn() {
    let folder = folder_with(&[]);
    for (bytes, message) in [
        (
            &b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..],
            "this is not text: the byte at offset 0 is 0x89",
        ),
        (
            b"\x7fELF\x02\x01\x01\0\0\0",
            "this is not text: the byte at offset 7 is 0x00",
        ),
        (b"\xff\xfe{\0\"\0a\0", "this is UTF-16; save the file as UTF-8"),
    ] {
        fs::write(folder.path().join("model.json"), bytes).expect("a file");
        let run = losslint(folder.path(), &["check", "--no-config", "model.json"]);
        assert_eq!(run.status, Some(1), "{}", run.stderr);
        assert!(run.stdout.contains(message), "{message}: {}", run.stdout);
        for mojibake in ["\u{fffd}", "\\u0000", "PNG", "ELF"] {
            assert!(!run.stdout.contains(mojibake), "{}", run.stdout);
        }
        let met = losslint(folder.path(), &["check", "--no-config", "."]);
        assert_eq!((met.status, met.stdout.as_str()), (Some(0), ""), "{}", met.stderr);
    }
}

#[test]
fn facts_that_are_no_text_are_told() {
    let folder = folder_with(&[("model.toml", BAD_SPEC)]);
    fs::write(folder.path().join("model.facts.toml"), b"\xff\xfe[\0t\0").expect("a file");
    let run = check(folder.path(), &["model.toml"]);
    let found: Vec<String> = run
        .findings()
        .into_iter()
        .map(|one| one.path + " " + &one.lint)
        .collect();
    assert_eq!(
        found,
        ["model.facts.toml syntax-error", "model.toml single-unit-softmax"]
    );
}

/// Whatever files the tables are about.
#[test]
fn names_of_lints_that_do_not_exist_are_told() {
    let config = "[severity]\nlable-format = \"off\"\n\
                  [[per-file]]\nfiles = \"nowhere/*\"\nignore = [\"unused-supression\"]\n\
                  [[ignore]]\nfiles = \"nowhere/*\"\nlints = [\"singel-unit-softmax\", \"refused-nam\"]\nreason = \"x\"\n";
    let folder = folder_with(&[("losslint.toml", config), ("model.toml", BAD_SPEC)]);
    let run = losslint(folder.path(), &["check", "--format", "concise", "."]);
    for near in ["label-format", "unused-suppression"] {
        assert!(run.stderr.contains(&format!("did you mean {near}?")), "{}", run.stderr);
    }
    let told: Vec<String> = run
        .findings()
        .into_iter()
        .filter(|one| one.path == "losslint.toml")
        .map(|one| format!("{}:{} {}", one.line, one.column, one.message))
        .collect();
    assert_eq!(
        told,
        [
            "8:10 there is no lint \"singel-unit-softmax\" to suppress",
            "8:33 there is no lint \"refused-nam\" to suppress"
        ]
    );
}

#[test]
fn a_rule_for_a_lint_that_did_not_run_is_not_told_as_unused() {
    let rule = "[[ignore]]\nfiles = \"*\"\nlints = [\"label-format\"]\nreason = \"x\"\n";
    let folder = folder_with(&[("losslint.toml", rule), ("model.toml", BAD_SPEC)]);
    let unused = |args: &[&str]| {
        let run = losslint(folder.path(), &[&["check", "--format", "concise", "."], args].concat());
        run.findings().iter().any(|one| one.lint == "unused-suppression")
    };
    assert!(unused(&[]));
    assert!(!unused(&["--ignore", "label-format"]));
    fs::write(
        folder.path().join("losslint.toml"),
        format!("[severity]\nlabel-format = \"off\"\n{rule}"),
    )
    .expect("a file");
    assert!(!unused(&[]));
}
