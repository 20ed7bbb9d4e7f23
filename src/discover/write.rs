//! Back to the disk: a file is written as a whole or not at all. Not for what is written.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::Path;

use super::beside::Beside;
use super::error::DiscoverError;

/// Writes the file that a person named for a report or a baseline: as a whole or not at all. What is no file, such as
/// `/dev/null` or a pipe, is written to, not replaced; a link stays a link, and fails where it leads elsewhere. Fails for
/// folders, for what may not be written, and where there is no folder.
pub fn write_named(path: &Path, bytes: &[u8]) -> io::Result<()> {
    match fs::metadata(path) {
        Ok(metadata) if metadata.is_dir() => Err(io::Error::other("this is a folder")),
        Ok(metadata) if metadata.is_file() => {
            refuse_if_elsewhere(path)?;
            // Another file could be put in the place of one that may not be written.
            let old = fs::OpenOptions::new().append(true).open(path)?;
            let target = fs::canonicalize(path)?;
            let beside = filled(&target, bytes, File::open(path).ok().as_ref().or(Some(&old)))?;
            beside.replace(&target, || true)?;
            sync_folder(folder_of(&target));
            Ok(())
        }
        Ok(_) => fs::OpenOptions::new().write(true).open(path)?.write_all(bytes),
        Err(_) if !folder_of(path).is_dir() => Err(io::Error::other("its folder does not exist")),
        Err(_) => {
            refuse_if_elsewhere(path)?;
            filled(path, bytes, None)?.replace(path, || true)?;
            sync_folder(folder_of(path));
            Ok(())
        }
    }
}

/// Writes a file where there is none, as a whole or not at all. Fails if something is there.
pub fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    filled(path, bytes, None)?.become_new(path)?;
    sync_folder(folder_of(path));
    Ok(())
}

/// Puts a text in the place of another one, as a whole or not at all. The old text is compared twice, the second time when
/// the new one is on the disk and only has to take its place: a file that is another one, or has another text, is left
/// alone. A link stays a link.
pub fn replace(path: &Path, before: &str, after: &str) -> Result<(), DiscoverError> {
    let changed = || DiscoverError::Changed(path.to_owned());
    let unwritable = |source| DiscoverError::Unwritable {
        path: path.to_owned(),
        source,
    };
    let target = fs::canonicalize(path).map_err(|_| changed())?;
    let (old, seen) = State::of(&target).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => changed(),
        _ => unwritable(error),
    })?;
    // The same file under another name, a link, was fixed first.
    if seen.bytes == after.as_bytes() {
        return Ok(());
    }
    if seen.bytes != before.as_bytes() {
        return Err(changed());
    }
    fs::OpenOptions::new().append(true).open(&target).map_err(unwritable)?;
    let beside = filled(&target, after.as_bytes(), Some(&old)).map_err(unwritable)?;
    let is_unchanged = || {
        let leads_there = fs::canonicalize(path).is_ok_and(|now| now == target);
        leads_there && State::of(&target).is_ok_and(|(_, now)| now == seen)
    };
    if !beside.replace(&target, is_unchanged).map_err(unwritable)? {
        // Another thread, or another run, may have done the same meanwhile.
        let is_done = State::of(path).is_ok_and(|(_, now)| now.bytes == after.as_bytes());
        return if is_done { Ok(()) } else { Err(changed()) };
    }
    sync_folder(folder_of(&target));
    Ok(())
}

/// Which file it is, and what stands in it.
#[derive(PartialEq)]
struct State {
    identity: Identity,
    bytes: Vec<u8>,
}

impl State {
    fn of(path: &Path) -> io::Result<(File, Self)> {
        let mut file = File::open(path)?;
        let metadata = file.metadata()?;
        if !metadata.is_file() {
            return Err(io::Error::other("this is no file"));
        }
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        let identity = identity(&metadata);
        Ok((file, Self { identity, bytes }))
    }
}

/// Device, number, length in bytes, and time of change in seconds and nanoseconds.
#[cfg(unix)]
type Identity = (u64, u64, u64, i64, i64);

#[cfg(unix)]
fn identity(metadata: &fs::Metadata) -> Identity {
    use std::os::unix::fs::MetadataExt;
    let (seconds, nanoseconds) = (metadata.mtime(), metadata.mtime_nsec());
    (metadata.dev(), metadata.ino(), metadata.len(), seconds, nanoseconds)
}

/// Length in bytes, and time of change.
#[cfg(not(unix))]
type Identity = (u64, Option<std::time::SystemTime>);

#[cfg(not(unix))]
fn identity(metadata: &fs::Metadata) -> Identity {
    (metadata.len(), metadata.modified().ok())
}

/// A file with these bytes beside a path, on the disk, with the permissions, the owner and the attributes of the one whose
/// place it will take, as far as the system allows.
fn filled(path: &Path, bytes: &[u8], replaced: Option<&File>) -> io::Result<Beside> {
    let permissions = replaced.is_none().then(usual_permissions).flatten();
    let beside = Beside::new(folder_of(path), permissions)?;
    let mut file = beside.file()?;
    file.write_all(bytes)?;
    if let Some(replaced) = replaced {
        let metadata = replaced.metadata()?;
        keep_owner(file, &metadata);
        file.set_permissions(metadata.permissions())?;
        keep_attributes(file, replaced);
    }
    file.sync_all()?;
    Ok(beside)
}

/// Gives a file the owner and group of the one that it replaces. Most users may not, and then it is theirs.
#[cfg(unix)]
fn keep_owner(file: &File, replaced: &fs::Metadata) {
    use std::os::unix::fs::{MetadataExt, fchown};
    let _ = fchown(file, Some(replaced.uid()), Some(replaced.gid()));
}

#[cfg(not(unix))]
fn keep_owner(_: &File, _: &fs::Metadata) {}

/// Gives a file the extended attributes of the one that it replaces, of which access control lists are some. Not every file
/// system has them, and not every user may set all.
#[cfg(unix)]
fn keep_attributes(file: &File, replaced: &File) {
    use xattr::FileExt;
    for name in replaced.list_xattr().into_iter().flatten() {
        if let Ok(Some(value)) = replaced.get_xattr(&name) {
            let _ = file.set_xattr(&name, &value);
        }
    }
}

#[cfg(not(unix))]
fn keep_attributes(_: &File, _: &File) {}

/// What a new file may be, before the umask.
#[cfg(unix)]
fn usual_permissions() -> Option<fs::Permissions> {
    use std::os::unix::fs::PermissionsExt;
    Some(fs::Permissions::from_mode(0o666))
}

#[cfg(not(unix))]
fn usual_permissions() -> Option<fs::Permissions> {
    None
}

/// Brings the new name to the disk. Not every file system can, and the file is whole without it.
fn sync_folder(folder: &Path) {
    if cfg!(unix) {
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
}

/// Links below `/dev` and `/proc`, such as `/dev/stdout`, are the system's own.
fn refuse_if_elsewhere(path: &Path) -> io::Result<()> {
    let is_of_the_system = path.starts_with("/dev") || path.starts_with("/proc");
    if !is_of_the_system && super::leads_out(path) {
        return Err(io::Error::other("a link on its way leads out of the folder"));
    }
    Ok(())
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}
