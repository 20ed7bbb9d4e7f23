//! Where links lead: whether a path that stands in a folder is a file of that folder. Not for reading what it names.

use std::fs;
use std::path::{Component, Path, PathBuf};

/// Whether links on the way of a path lead out of the folder that it seems to be in: the working folder, or where it does not
/// stand below that, its own one.
pub fn leads_out(path: &Path) -> bool {
    let here = std::env::current_dir().unwrap_or_default();
    let seems = here.join(path);
    let is_below = seems.starts_with(&here) && !seems.components().any(|part| part == Component::ParentDir);
    if is_below {
        leads_out_of(&here, path)
    } else {
        leads_out_of(seems.parent().unwrap_or(&here), path)
    }
}

/// Whether links on the way of a path lead out of this folder. What cannot be followed to its end does not stay in it.
pub(super) fn leads_out_of(folder: &Path, path: &Path) -> bool {
    let folder = match folder {
        here if here.as_os_str().is_empty() => Path::new("."),
        folder => folder,
    };
    match (fs::canonicalize(folder), on_disk(path)) {
        (Ok(folder), Some(path)) => !path.starts_with(folder),
        _ => true,
    }
}

/// Where a path leads; of one that is not there yet, where it would be.
fn on_disk(path: &Path) -> Option<PathBuf> {
    if let Ok(found) = fs::canonicalize(path) {
        return Some(found);
    }
    // A link to nothing would be followed by whoever makes the file.
    if path.is_symlink() {
        return None;
    }
    let folder = match path.parent()? {
        here if here.as_os_str().is_empty() => Path::new("."),
        folder => folder,
    };
    Some(fs::canonicalize(folder).ok()?.join(path.file_name()?))
}
