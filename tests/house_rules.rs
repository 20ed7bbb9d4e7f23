//! What every source file keeps to: what it opens with, how long it is, what it does not call.

mod common;

use common::files_below;
use common::source::{sources, text_of};

/// Lines that a source file may have.
const MOST_LINES: usize = 350;

#[test]
fn every_file_opens_with_what_it_is_for() {
    let tests = files_below("tests")
        .into_iter()
        .filter(|path| !path.contains("/snapshots/"));
    for path in files_below("src")
        .into_iter()
        .chain(tests)
        .filter(|path| path.ends_with(".rs"))
    {
        let text = text_of(&path);
        let first = text.lines().next().unwrap_or_default();
        assert!(
            first.starts_with("//! ") && first.len() > 20,
            "{path} opens with {first:?}"
        );
        let sentences = text
            .lines()
            .take_while(|line| line.starts_with("//!"))
            .collect::<String>();
        assert!(sentences.contains('.'), "{path}: no sentence in {sentences:?}");
    }
}

#[test]
fn source_files_can_be_read_at_one_sitting() {
    for path in files_below("src").into_iter().filter(|path| path.ends_with(".rs")) {
        let lines = text_of(&path).lines().count();
        assert!(lines <= MOST_LINES, "{path} has {lines} lines");
    }
}

#[test]
fn only_the_command_line_touches_the_terminal() {
    for file in sources().into_iter().filter(|file| file.top() != "cli") {
        for call in [
            "print!(",
            "println!(",
            "eprint!(",
            "eprintln!(",
            "process::exit",
            "io::stdout",
            "io::stderr",
            "io::stdin",
        ] {
            assert!(!file.code.contains(call), "{}: {call}", file.path);
        }
    }
}

#[test]
fn nothing_can_panic_on_purpose() {
    for file in sources() {
        for call in [
            ".unwrap()",
            ".expect(",
            "panic!(",
            "todo!(",
            "unimplemented!(",
            "unreachable!(",
        ] {
            assert!(!file.code.contains(call), "{}: {call}", file.path);
        }
    }
}

#[test]
fn unsafe_code_is_forbidden() {
    for path in ["src/lib.rs", "src/main.rs"] {
        assert!(text_of(path).contains("#![forbid(unsafe_code)]"), "{path}");
    }
}
