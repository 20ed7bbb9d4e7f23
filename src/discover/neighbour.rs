//! Files beside a model that belong to it: read only from the model's own folder and below. Not for choosing which.

use std::fs;
use std::path::{Component, Path, PathBuf};

use super::archive;
use super::read::read;
use super::within::leads_out_of;
use crate::span::Source;

/// Most bytes of a file that is read because another one names it.
const LARGEST: u64 = 4 * 1024 * 1024;

/// The text of a file below a folder, by its path from there with `/`. `None` when it is not there, is no text or is larger
/// than 4 MiB, and when the path, or a link on its way, leads out of the folder.
pub fn read_below(folder: &Path, path: &str) -> Option<Source> {
    let path = folder.join(downward(path)?);
    let metadata = fs::metadata(&path).ok()?;
    let is_fit = metadata.is_file() && metadata.len() <= LARGEST && !archive::ends_like_one(&path);
    if !is_fit || leads_out_of(folder, &path) {
        return None;
    }
    let (source, not_text) = read(&path).ok()?;
    not_text.is_none().then_some(source)
}

/// The path, if it only leads downward.
fn downward(path: &str) -> Option<PathBuf> {
    let path = Path::new(path);
    path.components()
        .all(|part| matches!(part, Component::Normal(_) | Component::CurDir))
        .then(|| path.components().filter(|part| *part != Component::CurDir).collect())
}
