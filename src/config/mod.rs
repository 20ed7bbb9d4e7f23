//! `losslint.toml`, or `[tool.losslint]` of `pyproject.toml`: found upwards from a file, read with all its errors at once.

mod globs;
mod read;
mod rows;
mod selection;

use std::collections::HashMap;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::Severity;
use crate::knowledge::{Knowledge, Thresholds};
use crate::span::{NodeId, Source};
use crate::syntax::{File, Format};

pub use globs::Globs;
pub use read::Problem;
pub use selection::{Named, Selection};

/// Bytes of a configuration: far more than anybody writes.
const LARGEST: u64 = 16 * 1024 * 1024;

/// Everything that a configuration decides. Without one, the defaults.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The file that they were read from.
    pub file: Option<Arc<File>>,
    /// The folder of that file: globs count from there.
    pub folder: PathBuf,
    /// Which lints run.
    pub selection: Selection,
    /// Other severities; `None` is off.
    pub severities: Vec<(Named, Option<Severity>)>,
    /// The lowest severity that fails a run.
    pub fail_on: Option<FailOn>,
    /// Files that are not linted.
    pub exclude: Globs,
    /// Limits that lints use.
    pub thresholds: Thresholds,
    /// Facts about files that cannot carry them.
    pub facts: Vec<FactsRule>,
    /// Findings that are accepted.
    pub accepted: Vec<AcceptRule>,
    /// Lints that do not run on some files.
    pub per_file: Vec<PerFileRule>,
    /// The tables, with the project's own rows.
    pub knowledge: Arc<Knowledge>,
}

/// The lowest severity that makes the exit status 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailOn {
    /// This one or worse.
    Severity(Severity),
    /// None.
    Never,
}

/// Facts about some files: a table of the configuration.
#[derive(Debug, Clone)]
pub struct FactsRule {
    /// The files.
    pub files: Globs,
    /// The output that they are about; all when absent.
    pub output: Option<String>,
    /// The table.
    pub node: NodeId,
}

/// Findings that are accepted with a reason.
#[derive(Debug, Clone)]
pub struct AcceptRule {
    /// The files.
    pub files: Globs,
    /// Only findings at or below this JSON Pointer.
    pub pointer: Option<String>,
    /// The lints.
    pub lints: Vec<Named>,
    /// Why.
    pub reason: Option<String>,
    /// The table.
    pub node: NodeId,
}

/// Lints that do not run on some files.
#[derive(Debug, Clone)]
pub struct PerFileRule {
    /// The files.
    pub files: Globs,
    /// The lints and groups.
    pub ignore: Vec<Named>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            file: None,
            folder: PathBuf::new(),
            selection: Selection::default(),
            severities: Vec::new(),
            fail_on: None,
            exclude: Globs::none(),
            thresholds: Thresholds::default(),
            facts: Vec::new(),
            accepted: Vec::new(),
            per_file: Vec::new(),
            knowledge: Arc::clone(Knowledge::built_in()),
        }
    }
}

/// A configuration that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// It cannot be read.
    #[error("{}: cannot be read: {source}", crate::span::display_path(.path))]
    Unreadable {
        /// The path.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// It has errors, each with its place.
    #[error("{}: the configuration has errors", .file.source.display_name())]
    Invalid {
        /// The file.
        file: Arc<File>,
        /// The errors, in document order.
        problems: Vec<Problem>,
    },
}

/// Where settings come from.
#[derive(Debug, Clone)]
pub enum Origin {
    /// The nearest file upwards from each linted one.
    Nearest,
    /// This file.
    File(PathBuf),
    /// None: the defaults.
    Defaults,
}

/// Finds and remembers the settings of folders.
pub struct Configurations {
    origin: Origin,
    by_folder: HashMap<PathBuf, Arc<Settings>>,
    /// Each configuration is read once, for all folders that it holds for.
    by_file: HashMap<PathBuf, Arc<Settings>>,
    defaults: Arc<Settings>,
}

impl Configurations {
    /// Settings from that origin.
    pub fn new(origin: Origin) -> Self {
        Self {
            origin,
            by_folder: HashMap::new(),
            by_file: HashMap::new(),
            defaults: Arc::default(),
        }
    }

    /// The settings for a file.
    pub fn for_file(&mut self, path: &Path) -> Result<Arc<Settings>, ConfigError> {
        let folder = match &self.origin {
            Origin::Nearest => absolute(path.parent().unwrap_or(Path::new(""))),
            Origin::File(_) | Origin::Defaults => PathBuf::new(),
        };
        if let Some(settings) = self.by_folder.get(&folder) {
            return Ok(Arc::clone(settings));
        }
        let file = match &self.origin {
            Origin::Nearest => nearest(&folder),
            Origin::File(path) => Some(path.clone()),
            Origin::Defaults => None,
        };
        let settings = match file {
            Some(path) => self.read(path)?,
            None => Arc::clone(&self.defaults),
        };
        self.by_folder.insert(folder, Arc::clone(&settings));
        Ok(settings)
    }

    fn read(&mut self, path: PathBuf) -> Result<Arc<Settings>, ConfigError> {
        if let Some(settings) = self.by_file.get(&path) {
            return Ok(Arc::clone(settings));
        }
        let settings = Arc::new(load(&path)?);
        self.by_file.insert(path, Arc::clone(&settings));
        Ok(settings)
    }
}

fn absolute(path: &Path) -> PathBuf {
    let path = if path.as_os_str().is_empty() {
        Path::new(".")
    } else {
        path
    };
    std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// The nearest configuration upwards from a folder.
fn nearest(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().find_map(|folder| {
        let own = folder.join("losslint.toml");
        if own.is_file() {
            return Some(own);
        }
        let shared = folder.join("pyproject.toml");
        if !shared.is_file() {
            return None;
        }
        let text = read_text(&shared).ok()?;
        text.contains("[tool.losslint").then_some(shared)
    })
}

/// Reads a file or a pipe, but not for ever.
fn read_text(path: &Path) -> io::Result<String> {
    let mut text = String::new();
    let read = fs::File::open(path)?.take(LARGEST).read_to_string(&mut text)?;
    if read as u64 == LARGEST {
        return Err(io::Error::other("a configuration has at most 16 MB"));
    }
    Ok(text)
}

/// Reads a configuration.
pub fn load(path: &Path) -> Result<Settings, ConfigError> {
    let text = read_text(path).map_err(|source| ConfigError::Unreadable {
        path: path.to_owned(),
        source,
    })?;
    let file = Arc::new(File::parse(Format::Toml, Source::new(relative(path), text)));
    let folder = absolute(path.parent().unwrap_or(Path::new("")));
    match read::settings(&file, folder) {
        Ok(settings) => Ok(settings),
        Err(problems) => Err(ConfigError::Invalid { file, problems }),
    }
}

/// A path as the user would write it: below the working folder, without it.
fn relative(path: &Path) -> PathBuf {
    let below = std::env::current_dir()
        .ok()
        .and_then(|folder| std::fs::canonicalize(folder).ok())
        .and_then(|folder| path.strip_prefix(folder).ok().map(Path::to_owned));
    below.unwrap_or_else(|| path.to_owned())
}

impl Settings {
    /// A path from the configuration's folder, for matching globs.
    pub fn relative(&self, path: &Path) -> PathBuf {
        below(&self.folder, path)
    }
}

/// A path from the working folder, for matching globs of the command line; absolute when it does not lie in it.
pub fn from_working_folder(path: &Path) -> PathBuf {
    below(&absolute(Path::new(".")), path)
}

/// A path from a folder; absolute when it does not lie in it.
fn below(folder: &Path, path: &Path) -> PathBuf {
    let parent = absolute(path.parent().unwrap_or(Path::new("")));
    let absolute = match path.file_name() {
        Some(name) => parent.join(name),
        None => parent,
    };
    match absolute.strip_prefix(folder) {
        Ok(below) => below.to_owned(),
        Err(_) => absolute,
    }
}
