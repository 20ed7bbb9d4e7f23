//! What the test files share: running the binary, reading its concise report, finding fixtures. No tests of its own.

// Each test file is a program of its own and uses a part of this.
#![allow(dead_code)]

pub mod patience;
pub mod source;
pub mod trees;
#[cfg(unix)]
pub mod unprivileged;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A spec with one certain mistake: a softmax over one unit.
pub const BAD_SPEC: &str =
    "losslint = 1\nframework = \"keras\"\nlayers = [{ type = \"Dense\", units = 1, activation = \"softmax\" }]\n";

/// The folder of the crate.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The names in a folder, sorted.
pub fn names_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// What a run of the binary gave.
#[derive(Debug)]
pub struct Run {
    /// The exit status; `None` when a signal ended it.
    pub status: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Run {
    /// Whether it ended in an orderly way. A Rust panic exits with 101, a stack overflow by a signal.
    pub fn is_orderly(&self) -> bool {
        matches!(self.status, Some(0..=2)) && !self.stderr.contains("panicked")
    }

    /// The findings of a concise report.
    pub fn findings(&self) -> Vec<Finding> {
        self.stdout.lines().map(Finding::read).collect()
    }

    /// The files of a concise report's findings, in its order.
    pub fn files(&self) -> Vec<String> {
        self.findings().into_iter().map(|finding| finding.path).collect()
    }

    /// The lints of a concise report's findings, in its order.
    pub fn lints(&self) -> Vec<String> {
        self.findings().into_iter().map(|finding| finding.lint).collect()
    }
}

/// The binary, with nothing in its environment that changes colours.
pub fn command(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_losslint"));
    command.current_dir(folder).stdin(Stdio::null());
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "COLUMNS"] {
        command.env_remove(name);
    }
    command.env("TERM", "xterm-256color");
    command
}

/// Runs the binary in a folder.
pub fn losslint<S: AsRef<std::ffi::OsStr>>(folder: &Path, args: &[S]) -> Run {
    run(command(folder).args(args))
}

/// Runs a prepared command to its end.
pub fn run(command: &mut Command) -> Run {
    let output = command.output().expect("the binary starts");
    Run {
        status: output.status.code(),
        stdout: String::from_utf8(output.stdout).expect("a report is UTF-8"),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// `check --format concise` over some paths, with every lint on, also those that are off by default, and without
/// anything that would turn findings off.
pub fn check<S: AsRef<str>>(folder: &Path, paths: &[S]) -> Run {
    let mut command = command(folder);
    command.args(["check", "--format", "concise", "--fail-on", "never", "--select", "all"]);
    command.args(["--no-config", "--no-ignore", "--"]);
    command.args(paths.iter().map(AsRef::as_ref));
    run(&mut command)
}

/// One line of a concise report.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    pub path: String,
    pub line: u32,
    pub column: u32,
    pub severity: String,
    pub lint: String,
    pub message: String,
}

impl Finding {
    /// Reads `path:line:column: severity[lint]: message`. A line that is anything else fails the test.
    pub fn read(text: &str) -> Self {
        Self::try_read(text).unwrap_or_else(|| panic!("not a line of a concise report: {text:?}"))
    }

    fn try_read(text: &str) -> Option<Self> {
        // A path may hold colons, so the place is looked for from the severity backwards.
        let (place, severity, rest) = ["error", "warning", "info"].iter().find_map(|severity| {
            let (place, rest) = text.split_once(&format!(": {severity}["))?;
            Some((place, severity, rest))
        })?;
        let (lint, message) = rest.split_once("]: ")?;
        let (place, column) = place.rsplit_once(':')?;
        let (path, line) = place.rsplit_once(':')?;
        Some(Self {
            path: path.to_owned(),
            line: line.parse().ok()?,
            column: column.parse().ok()?,
            severity: (*severity).to_owned(),
            lint: lint.to_owned(),
            message: message.to_owned(),
        })
    }

    /// Whether it fails a run by default.
    pub fn is_loud(&self) -> bool {
        self.severity != "info"
    }
}

/// All files below a folder, as sorted paths relative to the crate's folder with `/` between their parts.
pub fn files_below(folder: &str) -> Vec<String> {
    let below = all_below(&root().join(folder)).into_iter();
    let folder = folder.trim_end_matches('/');
    below.map(|path| format!("{folder}/{path}")).collect()
}

/// All files below a folder anywhere, as sorted paths relative to it with `/` between their parts.
pub fn all_below(folder: &Path) -> Vec<String> {
    let entries = walkdir::WalkDir::new(folder).follow_links(true).into_iter();
    let files = entries
        .map(|entry| entry.unwrap_or_else(|error| panic!("{error}")))
        .filter(|entry| !entry.file_type().is_dir());
    let relative = |entry: walkdir::DirEntry| {
        let below = entry.path().strip_prefix(folder).expect("a path below the folder");
        let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
        parts.join("/")
    };
    let mut files: Vec<String> = files.map(relative).collect();
    files.sort();
    files
}

/// The fixtures below a folder that are checked: facts beside a model belong to that model.
pub fn fixtures(folder: &str) -> Vec<String> {
    let mut files = files_below(&format!("fixtures/{folder}"));
    files.retain(|path| !path.contains(".facts.") && !path.ends_with(".gitattributes"));
    files
}

/// The fixture that a finding belongs to: its own file, or the model beside the facts that it points into.
pub fn model_of<'f>(finding: &Finding, fixtures: &'f [String]) -> &'f str {
    let is_it = |path: &&String| match finding.path.strip_suffix(".facts.toml") {
        Some(stem) => path.rsplit_once('.').is_some_and(|(without, _)| without == stem),
        None => **path == finding.path,
    };
    let mut models = fixtures.iter().filter(is_it);
    match (models.next(), models.next()) {
        (Some(only), None) => only,
        _ => panic!("{}: belongs to no fixture, or to several", finding.path),
    }
}

/// The names of all lints.
pub fn lint_names() -> BTreeSet<String> {
    let lints = losslint::passes::lints();
    lints.iter().map(|lint| lint.name().to_owned()).collect()
}

/// A folder for one test with some files in it.
pub fn folder_with(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in files {
        let path: PathBuf = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    folder
}
