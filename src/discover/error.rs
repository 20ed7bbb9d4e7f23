//! What goes wrong with a path, from finding it to writing it over.

use std::io;
use std::path::{Path, PathBuf};

use crate::span::display_path;

/// A path that could not be looked at, read or written over.
#[derive(Debug, thiserror::Error)]
pub enum DiscoverError {
    /// Nothing is there.
    #[error("{}: no such file or folder", display_path(.0))]
    Missing(PathBuf),
    /// It is there and cannot be read.
    #[error("{}: cannot be read: {source}", display_path(.path))]
    Unreadable {
        /// The path.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// It cannot be written; it is what it was before.
    #[error("{}: cannot be written: {source}", display_path(.path))]
    Unwritable {
        /// The path.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// It is no longer what was read, so fixes for what was read are not written.
    #[error("{}: changed while it was checked; run again to fix it", display_path(.0))]
    Changed(PathBuf),
    /// It is neither a file nor a folder: a pipe, a socket, a device.
    #[error("{}: is neither a file nor a folder", display_path(.0))]
    NotAFile(PathBuf),
    /// It is larger than spans can count.
    #[error("{}: is larger than 4 GiB", display_path(.0))]
    TooLarge(PathBuf),
}

impl DiscoverError {
    /// Nothing is there, or it cannot be read.
    pub(super) fn unreadable(path: &Path, source: io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            io::ErrorKind::NotFound => Self::Missing(path),
            _ => Self::Unreadable { path, source },
        }
    }
}
