//! A file system that does not hold still or is not what it seems: pipes, devices, circles, closed doors, files that
//! change while they are read. Names are in `file_names.rs`.

#![cfg(unix)]

mod common;

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use common::{Run, command, folder_with, names_in, patience};

const MODEL: &str =
    r#"{"losslint": 1, "framework": "keras", "layers": [{"type": "Dense", "units": 1, "activation": "softmax"}]}"#;

/// `check --format concise`, ended when it waits for ever.
fn check(folder: &Path, args: &[&str]) -> Run {
    patience::run(command(folder).args(["check", "--format", "concise"]).args(args))
}

/// Makes a pipe that nobody writes to; whether there is a program for that.
fn pipe(path: &Path) -> bool {
    let made = std::process::Command::new("mkfifo").arg(path).status();
    let made = made.is_ok_and(|status| status.success());
    if !made {
        eprintln!("skipped: there is no `mkfifo` here");
    }
    made
}

/// Whatever losslint looks for by itself may be a pipe: it is passed over, not waited for.
#[test]
fn pipes_in_the_place_of_files_are_not_waited_for() {
    for name in [
        "losslint.toml",
        "pyproject.toml",
        ".gitignore",
        ".losslintignore",
        "model.facts.toml",
        "other.json",
    ] {
        let folder = folder_with(&[("model.json", MODEL)]);
        if !pipe(&folder.path().join(name)) {
            return;
        }
        let run = check(folder.path(), &["."]);
        assert_eq!(run.findings().len(), 1, "{name}: {}", run.stderr);
    }
}

#[test]
fn pipes_and_devices_that_are_named_are_refused() {
    let folder = folder_with(&[]);
    let mut names = vec!["/dev/null", "/dev/zero", "/dev/tty", "zero.json"];
    symlink("/dev/zero", folder.path().join("zero.json")).expect("a link");
    for name in ["pipe.json", "pipe.keras", "pipe.h5"] {
        if pipe(&folder.path().join(name)) {
            names.push(name);
        }
    }
    for name in names
        .into_iter()
        .filter(|name| !name.starts_with('/') || Path::new(name).exists())
    {
        let run = check(folder.path(), &[name]);
        assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""), "{name}");
        assert!(
            run.stderr.contains("is neither a file nor a folder"),
            "{name}: {}",
            run.stderr
        );
    }
    let met = check(folder.path(), &["."]);
    assert_eq!(met.status, Some(0), "what is met is passed over: {}", met.stderr);
}

/// A configuration may come through a pipe (`--config <(…)`), but not without an end.
#[test]
fn a_configuration_without_an_end_is_refused() {
    if !Path::new("/dev/zero").exists() {
        return;
    }
    let folder = folder_with(&[("model.json", MODEL)]);
    let run = check(folder.path(), &["--config", "/dev/zero", "model.json"]);
    assert_eq!(run.status, Some(2));
    assert!(run.stderr.contains("at most 16 MB"), "{}", run.stderr);
}

#[test]
fn a_baseline_without_an_end_is_refused_and_its_counts_may_be_of_any_size() {
    let line = format!(
        "0123456789abcdef0123456789abcdef {} label-format model.json\n",
        usize::MAX
    );
    let other = line.replace("0123 ", "4567 ").replacen("0123", "4567", 1);
    let folder = folder_with(&[("model.json", MODEL), ("counts", &(line + &other))]);
    let run = check(folder.path(), &["--baseline", "/dev/zero", "."]);
    assert_eq!(run.status, Some(2));
    assert!(run.stderr.contains("a baseline has at most 256 MB"), "{}", run.stderr);
    let run = check(folder.path(), &["--baseline", "counts", "."]);
    assert_eq!(run.findings().len(), 1, "{}", run.stderr);
    assert!(run.stderr.contains(" are gone: "), "{}", run.stderr);
}

#[test]
fn links_in_circles_end() {
    let folder = folder_with(&[("a/b/model.json", MODEL)]);
    let at = |name: &str| folder.path().join(name);
    symlink("itself.json", at("itself.json")).expect("a link");
    symlink("two.json", at("one.json")).expect("a link");
    symlink("one.json", at("two.json")).expect("a link");
    symlink(folder.path(), at("a/b/top")).expect("a link");
    symlink(".", at("a/here")).expect("a link");
    let run = check(folder.path(), &["."]);
    assert_eq!((run.status, run.findings().len()), (Some(1), 1), "{}", run.stderr);
    for named in ["itself.json", "one.json"] {
        let run = check(folder.path(), &[named]);
        assert_eq!(run.status, Some(2), "{named}");
        assert!(run.stderr.contains("cannot be read"), "{named}: {}", run.stderr);
    }
    let around = check(folder.path(), &["a/b/top/a/b/top/a/here/b"]);
    assert_eq!(
        around.findings().len(),
        1,
        "a link that is named is followed: {}",
        around.stderr
    );
}

/// A folder that may not be entered, and one whose files may be listed and not opened.
#[test]
fn closed_folders_fail_and_the_others_are_checked() {
    for mode in [0o000, 0o400] {
        let folder = folder_with(&[("closed/model.json", MODEL), ("open.json", MODEL)]);
        let closed = folder.path().join("closed");
        fs::set_permissions(&closed, fs::Permissions::from_mode(mode)).expect("permissions");
        let run = common::unprivileged::run_unprivileged(folder.path(), &["check", "--format", "concise", "."]);
        fs::set_permissions(&closed, fs::Permissions::from_mode(0o755)).expect("permissions");
        assert_eq!(
            (run.status, run.findings().len()),
            (Some(2), 1),
            "{mode:o}: {}",
            run.stderr
        );
        assert!(run.stderr.contains("closed"), "{mode:o}: {}", run.stderr);
    }
}

/// A file that is written over and over is read as one of its states or a mixture of them, in an orderly way; fixes are
/// written only over what was read.
#[test]
fn files_that_change_while_they_are_read() {
    let folder = folder_with(&[("model.json", MODEL), ("model.keras", "")]);
    let long = MODEL.replace("[{", &format!("[{}{{", " ".repeat(100_000)));
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let texts = [MODEL, "", &long, "{\"losslint\": 1", "\u{0}"];
            for text in texts.iter().cycle() {
                if done.load(Ordering::Relaxed) {
                    return;
                }
                for name in ["model.json", "model.keras"] {
                    fs::write(folder.path().join(name), text).expect("a file");
                }
            }
        });
        for args in [&["model.json", "model.keras"][..], &["--diff", "model.json"]]
            .iter()
            .cycle()
            .take(40)
        {
            check(folder.path(), args);
        }
        done.store(true, Ordering::Relaxed);
    });
    assert_eq!(
        names_in(folder.path()),
        ["model.json", "model.keras"],
        "nothing is left behind"
    );
}

/// A path that goes through a file, and one that is too long for any system.
#[test]
fn paths_that_lead_nowhere() {
    let folder = folder_with(&[("model.json", MODEL)]);
    let long = "x".repeat(5_000);
    for path in ["model.json/inside.json", &long, "", "\u{1b}[31mred"] {
        let run = check(folder.path(), &["--", path]);
        assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""), "{path:?}");
        assert!(!run.stderr.contains('\u{1b}'), "{path:?}: {:?}", run.stderr);
    }
}
