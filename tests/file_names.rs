//! File names that no one would choose: each is found, shown on one line and cannot move the cursor.

mod common;

use std::fs;
use std::path::Path;

use common::{BAD_SPEC, folder_with, losslint};

#[cfg(unix)]
const NAMES: &[&str] = &[
    "two words.toml",
    " leading and trailing .toml",
    "größe-最後-🙂.toml",
    "quote\"and'tick.toml",
    "hash#percent%.toml",
    "colon:1:2: error[x]: y.toml",
    "new\nline.toml",
    "tab\tand\u{7}bell.toml",
    "\u{1b}[31mred\u{1b}[0m.toml",
    "\u{202e}lmot.toml",
    "back\\slash.toml",
    "-dash.toml",
    "--quiet.toml",
    ".hidden.toml",
    "UPPER.TOML",
    "two.dots.toml",
    "$(date).toml",
    "*.toml",
    "[x].toml",
    "::error::x.toml",
    "##[group]x.toml",
    "##vso[task.complete]x.toml",
];

#[cfg(unix)]
#[test]
fn file_names_of_all_kinds() {
    let files: Vec<(&str, &str)> = NAMES.iter().map(|name| (*name, BAD_SPEC)).collect();
    let folder = folder_with(&files);
    for format in ["concise", "human"] {
        let run = losslint(folder.path(), &["check", "--no-config", "-q", "--format", format, "."]);
        assert!(
            run.is_orderly() && run.stderr.is_empty(),
            "{:?}: {}",
            run.status,
            run.stderr
        );
        let found = run.stdout.matches("[single-unit-softmax]: a softmax").count();
        assert_eq!(found, NAMES.len(), "{format}: {}", run.stdout);
        let tricks = |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{202a}'..='\u{202e}');
        assert!(!run.stdout.contains(tricks), "{format}: {:?}", run.stdout);
        let commands = |line: &str| {
            ["::", "##[", "##vso["]
                .iter()
                .any(|mark| line.trim_start().starts_with(mark))
        };
        assert!(!run.stdout.lines().any(commands), "{format}: {}", run.stdout);
    }
    let lines = losslint(
        folder.path(),
        &["check", "--no-config", "-q", "--format", "concise", "."],
    );
    assert_eq!(
        lines.stdout.lines().count(),
        NAMES.len(),
        "one line a finding: {}",
        lines.stdout
    );
    for name in NAMES {
        let run = losslint(
            folder.path(),
            &["check", "--no-config", "-q", "--format", "concise", "--", name],
        );
        assert_eq!(
            (run.status, run.stdout.lines().count()),
            (Some(1), 1),
            "{name:?}: {}",
            run.stderr
        );
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_name_that_is_not_unicode() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let folder = tempfile::tempdir().expect("a temporary folder");
    let name = OsStr::from_bytes(b"gr\xf6sse.toml");
    fs::write(folder.path().join(name), BAD_SPEC).expect("a file");
    for path in [OsStr::new("."), name] {
        let args = [
            OsStr::new("check"),
            OsStr::new("--no-config"),
            OsStr::new("--format"),
            OsStr::new("concise"),
            path,
        ];
        let run = losslint(folder.path(), &args);
        assert_eq!((run.status, run.stdout.lines().count()), (Some(1), 1), "{}", run.stderr);
    }
}

#[test]
fn a_very_long_path() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let deep: std::path::PathBuf = std::iter::repeat_n("a".repeat(100), 12).collect();
    let below = folder.path().join(&deep);
    if fs::create_dir_all(&below).is_err() {
        eprintln!("skipped: this system has shorter paths");
        return;
    }
    fs::write(below.join("m.toml"), BAD_SPEC).expect("a file");
    let run = losslint(folder.path(), &["check", "--no-config", "--format", "concise", "."]);
    assert_eq!(run.findings().len(), 1, "{}", run.stderr);
    assert!(Path::new(&run.findings()[0].path).ends_with("m.toml"));
}
