//! What a run does not look at or does not tell because files of the project say so: whoever writes those files must not be
//! able to hide a mistake in silence.

use std::path::PathBuf;

use crate::span::LineColumn;

/// Everything that is left out. Accepted findings are not here: they stay in the report.
#[derive(Debug, Clone, Default)]
pub struct Hidden {
    /// Files and folders that are not looked at.
    pub paths: Vec<HiddenPath>,
    /// What a configuration turns off, accepts more of, or means otherwise.
    pub settings: Vec<HiddenBySetting>,
    /// Findings that a baseline knows.
    pub known: Vec<KnownFinding>,
}

/// A file or folder that is not looked at, although a walk met it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HiddenPath {
    /// The path.
    pub path: PathBuf,
    /// What leaves it out.
    pub by: LeftOutBy,
}

/// What leaves a path out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftOutBy {
    /// An ignore file.
    IgnoreFile,
    /// A configuration or an option.
    Glob,
    /// The name of a folder: the code in it is other people's.
    Convention,
}

/// One setting that makes a run say less, or something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HiddenBySetting {
    /// The configuration.
    pub path: String,
    /// Where it is set.
    pub at: LineColumn,
    /// What it does: `label-format does not run`.
    pub what: String,
}

/// A finding that a baseline knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownFinding {
    /// The lint.
    pub lint: &'static str,
    /// The path of the primary place, with an archive's member.
    pub path: String,
    /// Where it begins.
    pub at: LineColumn,
}

impl Hidden {
    /// Whether nothing is left out.
    pub fn is_empty(&self) -> bool {
        self.paths.is_empty() && self.settings.is_empty() && self.known.is_empty()
    }
}
