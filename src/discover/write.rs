//! Back to the disk: a file is written as a whole or not at all. Not for what is written.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// Writes over a file that is there, as a whole or not at all. What is no file, such as `/dev/null` or a pipe, is written
/// to, not replaced; a link stays a link. Fails for folders, and for what may not be written.
pub fn write_over(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let metadata = fs::metadata(path)?;
    if metadata.is_dir() {
        Err(io::Error::other("this is a folder"))
    } else if metadata.is_file() {
        // Another file could be put in the place of one that may not be written.
        fs::OpenOptions::new().append(true).open(path)?;
        write_whole(&fs::canonicalize(path)?, bytes)
    } else {
        fs::OpenOptions::new().write(true).open(path)?.write_all(bytes)
    }
}

/// Writes a file as a whole or not at all: under another name beside it first, then in its place. Permissions are kept, and
/// the owner where the system allows it. The other name is none that a model has: what a killed run leaves is not checked.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut beside = tempfile::Builder::new()
        .prefix(".losslint-")
        .suffix(".tmp")
        .tempfile_in(folder)?;
    beside.write_all(bytes)?;
    let replaced = fs::metadata(path).ok();
    keep_owner(beside.as_file(), replaced.as_ref());
    let permissions = replaced.map(|metadata| metadata.permissions());
    if let Some(permissions) = permissions.or_else(usual_permissions) {
        beside.as_file().set_permissions(permissions)?;
    }
    beside.as_file().sync_all()?;
    beside.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// Gives a file the owner and group of the one that it replaces. Most users may not, and then it is theirs.
#[cfg(unix)]
fn keep_owner(file: &fs::File, replaced: Option<&fs::Metadata>) {
    use std::os::unix::fs::{MetadataExt, fchown};
    if let Some(replaced) = replaced {
        let _ = fchown(file, Some(replaced.uid()), Some(replaced.gid()));
    }
}

#[cfg(not(unix))]
fn keep_owner(_: &fs::File, _: Option<&fs::Metadata>) {}

/// What a new file may usually be: temporary files are closed to others.
#[cfg(unix)]
fn usual_permissions() -> Option<fs::Permissions> {
    use std::os::unix::fs::PermissionsExt;
    Some(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn usual_permissions() -> Option<fs::Permissions> {
    None
}
