//! `--output-file` and `--output-format`: a second report in one run, whole or not at all.

use std::fs;
use std::path::Path;

use crate::common::{Run, losslint, names_in};
use crate::golden::{check, models};

fn fails(run: &Run, reason: &str) {
    assert_eq!(run.status, Some(2), "{}", run.stderr);
    assert!(run.stderr.contains(reason), "{}", run.stderr);
}

#[test]
fn it_is_the_report_that_the_format_gives_alone() {
    let folder = models();
    let before = names_in(folder.path());
    for format in ["json", "sarif", "junit", "human"] {
        let alone = check(folder.path(), &["--format", format, "--color", "never"]);
        let both = check(
            folder.path(),
            &[
                "--format",
                "concise",
                "--output-file",
                "REPORT",
                "--output-format",
                format,
                "--color",
                "always",
            ],
        );
        assert_eq!(both.stdout, check(folder.path(), &["--format", "concise"]).stdout);
        let second = fs::read_to_string(folder.path().join("REPORT")).expect("the second report");
        assert_eq!(second, alone.stdout, "{format}");
    }
    let mut after = names_in(folder.path());
    after.retain(|name| name != "REPORT");
    assert_eq!(after, before, "nothing else is left behind");
}

#[test]
fn an_earlier_report_is_replaced_as_a_whole() {
    let folder = models();
    let earlier = "x".repeat(1_000_000);
    fs::write(folder.path().join("REPORT"), &earlier).expect("a file");
    check(folder.path(), &["--output-file", "REPORT", "--output-format", "json"]);
    let second = fs::read_to_string(folder.path().join("REPORT")).expect("the second report");
    crate::parsed(&second);
}

#[test]
fn neither_option_stands_alone() {
    let folder = models();
    fails(
        &losslint(folder.path(), &["check", ".", "--output-format", "json"]),
        "--output-file <FILE>",
    );
    fails(
        &losslint(folder.path(), &["check", ".", "--output-file", "REPORT"]),
        "--output-format <OUTPUT_FORMAT>",
    );
}

#[test]
fn a_report_that_cannot_be_written_is_told_and_the_other_one_is_whole() {
    let folder = models();
    let before = names_in(folder.path());
    for (path, reason) in [
        ("no such folder/REPORT", "its folder does not exist"),
        ("50% off", "this is a folder"),
    ] {
        let args = ["check", "--no-config", "--select", "all", "--format", "json", "."];
        let run = losslint(
            folder.path(),
            &[&args[..], &["--output-file", path, "--output-format", "sarif"]].concat(),
        );
        fails(
            &run,
            &format!("losslint: {path}: the report cannot be written: {reason}"),
        );
        crate::parsed(&run.stdout);
    }
    assert_eq!(names_in(folder.path()), before);
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link_and_others_can_read_a_new_file() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = models();
    let path = |name: &str| folder.path().join(name);
    fs::create_dir(path("elsewhere")).expect("a folder");
    fs::write(path("elsewhere/TARGET"), "").expect("a file");
    symlink("elsewhere/TARGET", path("LINK")).expect("a link");
    check(folder.path(), &["--output-file", "LINK", "--output-format", "json"]);
    assert!(path("LINK").is_symlink());
    assert!(fs::read_to_string(path("elsewhere/TARGET")).is_ok_and(|text| text.starts_with('{')));
    check(folder.path(), &["--output-file", "NEW", "--output-format", "json"]);
    let mode = fs::metadata(path("NEW")).expect("a file").permissions().mode();
    assert_eq!(mode & 0o044, 0o044, "others can read it: {mode:o}");
}

/// Runs a script in which `losslint` is the binary.
#[cfg(unix)]
fn script(folder: &Path, text: &str) {
    let text = text.replace("losslint", &format!("'{}'", env!("CARGO_BIN_EXE_losslint")));
    let run = std::process::Command::new("sh")
        .args(["-c", &text])
        .current_dir(folder)
        .output();
    let run = run.expect("a shell");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
}

#[cfg(unix)]
#[test]
fn a_pipe_is_written_to_and_not_replaced() {
    let folder = models();
    let check = "losslint check . --no-config --fail-on never --output-file PIPE --output-format json";
    script(
        folder.path(),
        &format!("mkfifo PIPE; cat PIPE > COPY & {check}; wait; test -p PIPE"),
    );
    let copy = fs::read_to_string(folder.path().join("COPY")).expect("what the pipe gave");
    crate::parsed(&copy);
}

#[cfg(unix)]
#[test]
fn a_reader_that_stops_early_does_not_lose_the_file() {
    let folder = models();
    script(
        folder.path(),
        "losslint check . --no-config --output-file REPORT --output-format json | true",
    );
    let second = fs::read_to_string(folder.path().join("REPORT")).expect("the second report");
    crate::parsed(&second);
}
