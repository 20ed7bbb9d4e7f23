//! A run that is killed while it writes: every file is the old one or the new one.

use std::fs;
use std::path::Path;
use std::process::Stdio;

use super::{AFTER, BEFORE, check, text};
use crate::common::{command, folder_with, names_in};

const FILES: usize = 1000;
/// A kill can come too late when the machine is busy with other things.
const MOST_TRIES: usize = 10;

#[test]
fn a_killed_run_leaves_old_and_new_files_only() {
    let midway = (0..MOST_TRIES).any(|_| killed_midway());
    assert!(midway, "every run was over before it was killed");
}

/// Kills a run as soon as it has written something; whether there was more to write.
fn killed_midway() -> bool {
    let name = |index| format!("{index:03}.toml");
    let all: Vec<String> = (0..FILES).map(name).collect();
    let files: Vec<(&str, &str)> = all.iter().map(|name| (name.as_str(), BEFORE)).collect();
    let folder = folder_with(&files);
    let mut child = command(folder.path())
        .args(["check", "--no-config", "--quiet", "--fix", "."])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the binary starts");
    let is_over = loop {
        if child.try_wait().expect("a child").is_some() {
            break true;
        }
        if all.iter().any(|name| is_new(&folder.path().join(name))) {
            break false;
        }
    };
    // SIGKILL on Unix, TerminateProcess on Windows; an error when it is over already.
    let _ = child.kill();
    child.wait().expect("it ends");

    let texts: Vec<String> = all.iter().map(|name| text(&folder.path().join(name))).collect();
    assert!(texts.iter().all(|text| text == BEFORE || text == AFTER));
    let old = texts.iter().filter(|text| *text == BEFORE).count();
    assert!(old < FILES, "it had written something");

    // What it left behind is no model, and the next run brings the work to its end.
    let left_over: Vec<String> = names_in(folder.path())
        .into_iter()
        .filter(|name| !all.contains(name))
        .collect();
    assert!(
        left_over.iter().all(|name| name.starts_with(".losslint-")),
        "{left_over:?}"
    );
    let next = check(folder.path(), &["--fix", "."]);
    assert_eq!(next.status, Some(0), "{}", next.stderr);
    assert!(
        next.stderr
            .ends_with(&format!("{FILES} models, {FILES} heads checked\n")),
        "{}",
        next.stderr
    );
    assert!(all.iter().all(|name| text(&folder.path().join(name)) == AFTER));
    !is_over && old > 0
}

fn is_new(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| metadata.len() == AFTER.len() as u64)
}
