//! What goes wrong around a run: files that cannot be read or written, broken baselines and configurations, pipes that
//! close, files that vanish. A clear sentence, the right exit status, no half-written file.

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use common::{Run, command, folder_with, losslint, names_in, root, run};

const BAD: &str =
    "losslint = 1\nframework = \"keras\"\nlayers = [{ type = \"Dense\", units = 1, activation = \"softmax\" }]\n";

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
        ("model.toml", BAD),
        ("merge", "# losslint baseline 1: x\n<<<<<<< HEAD\n"),
        ("newer", "# losslint baseline 2: x\n"),
        ("other", "{\"findings\": []}\n"),
    ]);
    fs::write(folder.path().join("bytes"), [0xff, 0x00, 0xfe]).expect("a file");
    for (baseline, reason) in [
        ("merge", "merge:2: this is no line of a baseline"),
        ("newer", "newer: this is a baseline of another version"),
        ("other", "other:1: this is no line of a baseline"),
        ("bytes", "losslint: bytes: "),
        ("missing", "losslint: missing: "),
        (".", "losslint: .: "),
    ] {
        fails(
            &check(folder.path(), &["--fix", "--baseline", baseline, "model.toml"]),
            reason,
        );
    }
    assert_eq!(
        fs::read_to_string(folder.path().join("model.toml")).ok().as_deref(),
        Some(BAD)
    );
}

#[test]
fn a_baseline_that_cannot_be_written_is_told() {
    let folder = folder_with(&[("model.toml", BAD), ("folder/other.toml", BAD)]);
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
    let folder = folder_with(&[("model.toml", BAD), ("kept/baseline", "")]);
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
        ("model.toml", BAD),
        ("broken.toml", "select = [\n"),
        ("odd.toml", "baseline = 1\n"),
    ]);
    for (config, reason) in [
        ("missing.toml", "losslint: missing.toml: cannot be read"),
        (".", "losslint: .: cannot be read"),
        ("broken.toml", "losslint: broken.toml: the configuration has errors"),
        ("odd.toml", "losslint: odd.toml: the configuration has errors"),
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

#[test]
fn a_list_of_files_that_cannot_be_read_stops_the_run() {
    let folder = folder_with(&[("model.toml", BAD)]);
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
    fs::write(folder.path().join(OsStr::from_bytes(b"gr\xf6sse.toml")), BAD).expect("a file");
    fs::write(folder.path().join("list"), b"gr\xf6sse.toml\r\n\n").expect("a file");
    let run = check(folder.path(), &["--quiet", "--files-from", "list"]);
    assert_eq!((run.status, run.findings().len()), (Some(1), 1), "{}", run.stderr);
}

/// The other file is removed as soon as the first one is done.
#[test]
fn a_file_that_vanishes_between_the_walk_and_its_turn() {
    use losslint::config::{Globs, Origin, Selection};
    use losslint::discover::Walk;
    let folder = folder_with(&[("a.toml", BAD), ("b.toml", BAD)]);
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
    assert!(told[0].contains("b.toml: cannot be read: "), "{told:?}");
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
