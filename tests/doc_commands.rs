//! Commands in README.md and docs/ do what they are shown to do: `sh` blocks are run, shown outputs are compared, and
//! every other mention of a command has options that the program takes.
//!
//! Behind a fence may stand, after the language: nothing (run it, it succeeds), `status=1`, `no-run REASON`; `output` for
//! what the block before prints, with `…` on a line of its own for any lines; `file=NAME` for a file that the reader
//! writes. The blocks of a page are run in order in one temporary folder.
#![cfg(unix)]

#[path = "docs/blocks.rs"]
mod blocks;
mod common;

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use blocks::{Block, Purpose, blocks, prose};
use common::source::text_of;
use common::{command, files_below, root};

/// Pages whose commands are run: all but those of the lints, which have no commands.
fn pages() -> Vec<String> {
    let mut pages = vec!["README.md".to_owned()];
    pages.extend(files_below("docs").into_iter().filter(|path| path.ends_with(".md")));
    pages
}

/// A folder for the commands of a page, with the project's files that it names.
struct Workshop {
    folder: tempfile::TempDir,
    programs: tempfile::TempDir,
}

impl Workshop {
    fn new(page: &str) -> Self {
        let workshop = Self {
            folder: tempfile::tempdir().expect("a folder"),
            programs: tempfile::tempdir().expect("a folder"),
        };
        let binary = workshop.programs.path().join("losslint");
        std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_losslint"), binary).expect("a link");
        for folder in ["fixtures", "lints", "docs", "tests/truth"] {
            if page.contains(&format!("{folder}/")) {
                copy(&root().join(folder), &workshop.folder.path().join(folder));
            }
        }
        workshop
    }

    /// The status of some commands, and what they print on either channel.
    fn run(&self, commands: &str) -> (Option<i32>, String) {
        // From a checkout the program is built and run by cargo; a test already has it.
        let commands = commands.replace("cargo run --release --", "losslint");
        let mut path = OsString::from(self.programs.path());
        path.push(":");
        path.push(std::env::var_os("PATH").unwrap_or_default());
        let mut shell = Command::new("sh");
        shell.args(["-e", "-c", &format!("exec 2>&1\n{commands}")]);
        for (name, value) in command(root()).get_envs() {
            match value {
                Some(value) => shell.env(name, value),
                None => shell.env_remove(name),
            };
        }
        let output = shell
            .current_dir(self.folder.path())
            .env("PATH", path)
            .stdin(std::process::Stdio::null())
            .output()
            .expect("a shell");
        let printed = String::from_utf8(output.stdout).expect("UTF-8");
        (output.status.code(), printed)
    }

    fn write(&self, name: &str, text: &str) {
        let path: PathBuf = self.folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
}

fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry.expect("an entry");
        let target = to.join(entry.path().strip_prefix(from).expect("below"));
        match entry.file_type().is_dir() {
            true => fs::create_dir_all(target).expect("a folder"),
            false => fs::copy(entry.path(), target).map(|_| ()).expect("a file"),
        }
    }
}

/// Whether a text is as shown, where `…` on a line of its own stands for any lines.
fn is_as_shown(shown: &str, printed: &str) -> bool {
    let shown: Vec<&str> = shown.trim_end().lines().map(str::trim_end).collect();
    let printed: Vec<&str> = printed.trim_end().lines().map(str::trim_end).collect();
    matches_lines(&shown, &printed)
}

fn matches_lines(shown: &[&str], printed: &[&str]) -> bool {
    match shown.split_first() {
        None => printed.is_empty(),
        Some((&"…", rest)) => (0..=printed.len()).any(|skipped| matches_lines(rest, &printed[skipped..])),
        Some((line, rest)) => printed.first() == Some(line) && matches_lines(rest, &printed[1..]),
    }
}

/// Runs a page; gives the number of blocks that were run or compared, and what went wrong.
fn run_page(page: &str) -> (usize, Vec<String>) {
    let text = text_of(page);
    let workshop = Workshop::new(&text);
    let mut done = 0;
    let mut wrong = Vec::new();
    let mut printed = None;
    for block in blocks(&text) {
        let place = format!("{page}:{}", block.line);
        match block.purpose() {
            Purpose::Run(status) => {
                let (ended, output) = workshop.run(&block.text);
                if ended != Some(status) {
                    wrong.push(format!("{place}: status {ended:?} instead of {status}\n{output}"));
                }
                printed = Some(output);
                done += 1;
            }
            Purpose::Output => match printed.take() {
                _ if block.text.trim() == "…" => wrong.push(format!("{place}: shows no output")),
                Some(printed) if is_as_shown(&block.text, &printed) => done += 1,
                Some(printed) => wrong.push(format!("{place}: shown is another output than\n{printed}")),
                None => wrong.push(format!("{place}: no command before the output")),
            },
            Purpose::File(name) => workshop.write(name, &block.text),
            Purpose::NotRun("") => wrong.push(format!("{place}: `no-run` without a reason")),
            Purpose::NotRun(_) | Purpose::Shown => {}
        }
    }
    (done, wrong)
}

#[test]
fn commands_of_the_documents_do_what_they_are_shown_to_do() {
    use rayon::prelude::*;
    let (done, wrong) =
        pages()
            .par_iter()
            .map(|page| run_page(page))
            .reduce(Default::default, |(done, mut wrong), (more, others)| {
                wrong.extend(others);
                (done + more, wrong)
            });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(done > 0);
}

/// The words of every command of losslint that a text mentions: in backticks, or as a line of a block.
fn mentioned(text: &str) -> Vec<Vec<String>> {
    let quoted = prose(text);
    let quoted = quoted.split('`').skip(1).step_by(2).map(str::to_owned);
    let in_blocks = blocks(text)
        .into_iter()
        .filter(|block: &Block| !matches!(block.purpose(), Purpose::Output | Purpose::Run(_)))
        .flat_map(|block| block.text.lines().map(str::to_owned).collect::<Vec<_>>());
    let mut commands = Vec::new();
    for line in quoted.chain(in_blocks) {
        let start = line.find("losslint ").filter(|start| {
            let before = line[..*start].trim_end();
            before.is_empty() || before.ends_with([':', '-', '|', '&', ';', '"', '$'])
        });
        let Some(start) = start else { continue };
        let command = line[start..]
            .split(['|', '>', '<', ';', '&', '#', '"', '`'])
            .next()
            .unwrap_or_default();
        let words: Vec<String> = command.split_whitespace().skip(1).map(str::to_owned).collect();
        // Prose such as "losslint reads" is in no backticks; words in capitals stand for something.
        if words
            .first()
            .is_some_and(|word| word.chars().all(|c| c.is_ascii_lowercase()))
        {
            commands.push(words);
        }
    }
    commands
}

/// The words without those that stand for something, such as `FILE`, and without options that would take them; nothing when
/// the whole command depends on them.
fn without_placeholders(words: &[String]) -> Option<Vec<&str>> {
    let stands_for_something = |word: &str| {
        word.starts_with('[') || word.contains('…') || word.chars().all(|c| c.is_ascii_uppercase() || c == '-')
    };
    let mut kept: Vec<&str> = Vec::new();
    for word in words {
        if stands_for_something(word) && !word.starts_with('-') {
            if ["schema", "completions"].contains(&words[0].as_str()) {
                return None;
            }
            kept.pop_if(|last| last.starts_with("--"));
        } else {
            kept.push(word);
        }
    }
    Some(kept)
}

#[test]
fn commands_that_are_mentioned_have_options_that_the_program_takes() {
    let mut tried = 0;
    for page in pages() {
        for words in mentioned(&text_of(&page)) {
            let Some(words) = without_placeholders(&words) else {
                continue;
            };
            let output = command(root()).args(&words).arg("--help").output().expect("a run");
            assert!(
                output.status.success(),
                "{page}: {words:?}: {}",
                String::from_utf8_lossy(&output.stderr)
            );
            tried += 1;
        }
    }
    assert!(tried > 10, "{tried} commands");
}

#[test]
fn commands_stand_in_fenced_blocks() {
    for page in pages() {
        for (index, line) in prose(&text_of(&page)).lines().enumerate() {
            let is_command = line.starts_with("    ") && line.trim_start().starts_with("losslint ");
            assert!(
                !is_command,
                "{page}: line {index} of the prose: an indented block cannot say whether it is run"
            );
        }
    }
}
