//! The folder around a model: which files stand there, and their texts, when a dialect asks for them. Not for which are asked
//! for, nor for facts and configurations.

use std::collections::HashSet;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use super::fix_beside::Changed;
use crate::discover;
use crate::span::Source;
use crate::syntax::Open;

/// Names of a folder that are looked at, at most.
const MOST_NAMES: usize = 100_000;

/// The folder that a model stands in.
pub(super) struct Folder {
    path: PathBuf,
    changed: Changed,
    names: OnceLock<HashSet<OsString>>,
}

impl Folder {
    /// The folder of a file, where other files hold what was `changed` in them.
    pub(super) fn around(file: &Path, changed: &Changed) -> Self {
        Self {
            changed: changed.clone(),
            path: file.parent().map(Path::to_owned).unwrap_or_default(),
            names: OnceLock::new(),
        }
    }
}

impl Open for Folder {
    fn open(&self, path: &str, folders_above: usize) -> Option<Source> {
        let mut folder = self.path.clone();
        let mut path = path;
        for _ in 0..folders_above {
            let Some(below) = path.strip_prefix("../") else { break };
            path = below;
            if folder.file_name().is_none() || !folder.pop() {
                folder.push("..");
            }
        }
        let mut source = discover::read_below(&folder, path)?;
        if let Some(text) = self.changed.get(&source.path) {
            source.text = Arc::clone(text);
        }
        Some(source)
    }

    fn has(&self, name: &str) -> bool {
        let here = if self.path.as_os_str().is_empty() {
            Path::new(".")
        } else {
            &self.path
        };
        let names = self.names.get_or_init(|| {
            let entries = fs::read_dir(here).into_iter().flatten().take(MOST_NAMES);
            entries.filter_map(|entry| Some(entry.ok()?.file_name())).collect()
        });
        names.contains(OsStr::new(name))
    }
}
