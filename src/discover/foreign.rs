//! Folders of other people's code: installed packages, environments, what a build has made. Not for ignore files.

use std::path::{Path, PathBuf};

use walkdir::DirEntry;

/// Their names.
const NAMES: &[&str] = &[
    "site-packages",
    "dist-packages",
    ".venv",
    "venv",
    ".tox",
    ".nox",
    ".eggs",
    "node_modules",
    "__pycache__",
    ".ipynb_checkpoints",
    "build",
    "dist",
];

/// What the folder of a virtual environment holds, whatever it is called.
const ENVIRONMENT: &str = "pyvenv.cfg";

/// The outermost folder of other people's code that a walk is in.
#[derive(Debug, Default)]
pub(super) struct Foreign {
    folder: Option<PathBuf>,
    is_told: bool,
}

impl Foreign {
    /// Takes note of a folder. The one that is walked was named, and is the reader's own.
    pub(super) fn enter(&mut self, entry: &DirEntry) {
        let is_one = || entry.file_name().to_str().is_some_and(is_name) || entry.path().join(ENVIRONMENT).is_file();
        if !self.holds(entry.path()) && entry.depth() > 0 && is_one() {
            self.folder = Some(entry.path().to_owned());
            self.is_told = false;
        }
    }

    /// Whether a path lies in it.
    pub(super) fn holds(&self, path: &Path) -> bool {
        self.folder.as_ref().is_some_and(|folder| path.starts_with(folder))
    }

    /// The folder, once.
    pub(super) fn told(&mut self) -> Option<PathBuf> {
        let is_told = std::mem::replace(&mut self.is_told, true);
        self.folder.clone().filter(|_| !is_told)
    }
}

/// Whether a path leads through a folder of other people's code, by the names on its way.
pub fn is_foreign(path: &Path) -> bool {
    let folders = path.parent().into_iter().flat_map(Path::components);
    folders.filter_map(|part| part.as_os_str().to_str()).any(is_name)
}

fn is_name(name: &str) -> bool {
    NAMES.contains(&name)
}
