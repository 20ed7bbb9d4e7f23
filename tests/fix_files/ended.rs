//! Runs that a signal ends while they write, files that others change meanwhile, and what a new file has of the old one.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};

use super::{AFTER, BEFORE, check, text};
use crate::common::{command, folder_with, names_in};

const FILES: usize = 400;
const SIGINT: i32 = 2;
const SIGTERM: i32 = 15;

fn is_beside(name: &str) -> bool {
    name.starts_with(".losslint-")
}

/// Sends a signal as soon as a temporary file is there; the run ends by it, and leaves none. Whether it came in time.
fn is_ended_midway(signal: i32) -> bool {
    let names: Vec<String> = (0..FILES).map(|index| format!("{index:03}.toml")).collect();
    let files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), BEFORE)).collect();
    let folder = folder_with(&files);
    let mut child = command(folder.path())
        .args(["check", "--no-config", "--quiet", "--fix", "."])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the binary starts");
    while !names_in(folder.path()).iter().any(|name| is_beside(name)) {
        if child.try_wait().expect("a child").is_some() {
            return false;
        }
    }
    let sent = Command::new("kill")
        .args([format!("-{signal}"), child.id().to_string()])
        .status();
    assert!(sent.is_ok(), "there is no `kill` here");
    let status = child.wait().expect("it ends");
    assert_eq!(names_in(folder.path()), names, "signal {signal}");
    for name in &names {
        let text = text(&folder.path().join(name));
        assert!(text == BEFORE || text == AFTER, "{name}: {text}");
    }
    status.signal() == Some(signal)
}

#[test]
fn a_run_that_a_signal_ends_leaves_no_temporary_file() {
    for signal in [SIGINT, SIGTERM] {
        let midway = (0..20).filter(|_| is_ended_midway(signal)).count();
        assert!(midway > 0, "every run was over before signal {signal}");
    }
}

/// Another program's text stands at the end of every race in which losslint says that it left the file alone, and losslint's
/// own only where it does not.
#[test]
fn another_program_s_change_is_left_alone() {
    const THEIRS: &str = "losslint = 1\n";
    for is_renamed in [true, false] {
        for _ in 0..20 {
            let folder = folder_with(&[("a.toml", BEFORE), ("new", THEIRS)]);
            let path = folder.path().join("a.toml");
            let done = AtomicBool::new(false);
            let run = std::thread::scope(|scope| {
                scope.spawn(|| {
                    while !done.load(Ordering::Relaxed) {
                        if !names_in(folder.path()).iter().any(|name| is_beside(name)) {
                            continue;
                        }
                        if is_renamed {
                            fs::rename(folder.path().join("new"), &path).expect("it is renamed");
                        } else {
                            fs::write(&path, THEIRS).expect("it is written");
                        }
                        return;
                    }
                });
                let run = check(folder.path(), &["--fix", "a.toml"]);
                done.store(true, Ordering::Relaxed);
                run
            });
            let now = text(&path);
            if run.status == Some(2) {
                assert!(
                    run.stderr.contains("a.toml: changed while it was checked"),
                    "{}",
                    run.stderr
                );
                assert_eq!(now, THEIRS);
            }
            assert!(now == THEIRS || now == AFTER, "{now}");
        }
    }
}

#[test]
fn a_new_report_has_the_permissions_that_the_umask_leaves() {
    let folder = folder_with(&[("a.toml", BEFORE)]);
    for (umask, mode) in [("022", 0o644), ("077", 0o600), ("002", 0o664)] {
        let report = format!("report-{umask}");
        let binary = command(folder.path()).get_program().to_owned();
        let script = format!(
            "umask {umask}; rm -f losslint.toml; \"$0\" check --output-format json --output-file {report} a.toml; \"$0\" init"
        );
        let ran = Command::new("sh")
            .current_dir(folder.path())
            .args(["-c", &script])
            .arg(binary)
            .output();
        assert!(ran.is_ok(), "{ran:?}");
        for name in [&report, "losslint.toml"] {
            let permissions = fs::metadata(folder.path().join(name)).expect("a file").permissions();
            assert_eq!(permissions.mode() & 0o777, mode, "{name}");
        }
    }
}

#[test]
fn extended_attributes_survive_a_fix() {
    let folder = folder_with(&[("a.toml", BEFORE)]);
    let path = folder.path().join("a.toml");
    if xattr::set(&path, "user.origin", b"a robot").is_err() {
        println!("skipped: this file system has no extended attributes");
        return;
    }
    check(folder.path(), &["--fix", "a.toml"]);
    assert_eq!(text(&path), AFTER);
    let kept = xattr::get(&path, "user.origin").expect("attributes");
    assert_eq!(kept.as_deref(), Some(&b"a robot"[..]));
}

#[test]
fn a_limit_of_size_leaves_the_old_file_and_no_half_configuration() {
    let folder = folder_with(&[("a.toml", BEFORE)]);
    let binary = command(folder.path()).get_program().to_owned();
    for args in ["check --no-config --fix a.toml", "init"] {
        let run = Command::new("sh")
            .current_dir(folder.path())
            .args(["-c", &format!("ulimit -f 0; exec \"$0\" {args}")])
            .arg(&binary)
            .output()
            .expect("a shell");
        assert_eq!(run.status.code(), Some(2), "{args}: {run:?}");
        assert_eq!(names_in(folder.path()), ["a.toml"], "{args}");
        assert_eq!(text(&folder.path().join("a.toml")), BEFORE);
    }
}
