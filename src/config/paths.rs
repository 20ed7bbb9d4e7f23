//! Paths from a folder, for showing them and for matching globs.

use std::fs;
use std::path::{Path, PathBuf};

/// A path as the disk has it, links followed; as it is when nothing is there.
pub(super) fn canonical(path: &Path) -> PathBuf {
    let path = if path.as_os_str().is_empty() {
        Path::new(".")
    } else {
        path
    };
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// A path from the working folder, for matching globs of the command line; absolute when it does not lie in it.
pub fn from_working_folder(path: &Path) -> PathBuf {
    below(&canonical(Path::new(".")), path)
}

/// A path from a folder; absolute when it does not lie in it.
pub(super) fn below(folder: &Path, path: &Path) -> PathBuf {
    let parent = canonical(path.parent().unwrap_or(Path::new("")));
    let absolute = match path.file_name() {
        Some(name) => parent.join(name),
        None => parent,
    };
    match absolute.strip_prefix(folder) {
        Ok(below) => below.to_owned(),
        Err(_) => absolute,
    }
}

/// A path as the user would write it: without the working folder, when it lies below that.
pub(super) fn without_working_folder(path: &Path) -> PathBuf {
    let folder = canonical(Path::new("."));
    path.strip_prefix(folder).unwrap_or(path).to_owned()
}
