//! What a configuration decides, as types. Not for finding or reading one.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::paths::below;
use super::{Globs, Named, Selection};
use crate::diagnostic::Severity;
use crate::knowledge::{Knowledge, Thresholds};
use crate::span::NodeId;
use crate::syntax::File;

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

impl Settings {
    /// A path from the configuration's folder, for matching globs.
    pub fn relative(&self, path: &Path) -> PathBuf {
        below(&self.folder, path)
    }
}
