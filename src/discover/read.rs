//! From one path to the texts that it holds, and back to the disk: bounded, decoded, written whole. Not for finding paths.

use std::borrow::Cow;
use std::fs;
use std::io::{self, Cursor, Read, Write};
use std::path::Path;
use std::sync::Arc;

use super::{DiscoverError, archive, scan};
use crate::span::Source;

/// Files over this many bytes are refused: spans count in 32 bits.
const LARGEST_FILE: u64 = u32::MAX as u64;
/// Bytes at the beginning of a file among which a NUL tells that it is no text.
const BEGINNING: usize = 1024;

/// The texts that one path holds: one in a plain file, several in a saved model.
#[derive(Debug, Clone)]
pub struct Texts {
    /// The text that may be a model.
    pub own: Source,
    /// Why that text cannot be read, if it cannot.
    pub not_text: Option<NotText>,
    /// What a saved model says of itself besides: how it was compiled, which version saved it.
    pub beside: Vec<Source>,
}

/// Where a file stops being a text that losslint can read, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotText {
    /// The offset of the first byte at fault.
    pub offset: usize,
    /// What is wrong, and what to do.
    pub message: Cow<'static, str>,
}

impl Texts {
    /// One text by itself.
    pub fn of(own: Source) -> Self {
        Self {
            own,
            not_text: None,
            beside: Vec::new(),
        }
    }

    fn plain((own, not_text): (Source, Option<NotText>)) -> Self {
        Self {
            not_text,
            ..Self::of(own)
        }
    }
}

/// Reads the texts of a file: all of a plain one, the parts of an archive that describe a model. `None` for an archive
/// that holds no model, such as one of weights, and for a plain file of which no part is wanted: parts that overlap by
/// [`scan::OVERLAP`] bytes are shown one after the other.
pub fn open(path: &Path, wanted: &dyn Fn(&[u8]) -> bool) -> Result<Option<Texts>, DiscoverError> {
    let (mut file, length) = open_file(path)?;
    if archive::ends_like_one(path) {
        return Ok(archive::read(path, file));
    }
    let length = checked_length(path, length)?;
    scan::read_if(&mut file, length, LARGEST_FILE, wanted, |bytes| {
        Texts::plain(from_memory(path, bytes))
    })
    .map_err(|source| unreadable(path, source))
}

/// The same for bytes that did not come from a file.
pub fn open_in_memory(name: &Path, bytes: Vec<u8>) -> Option<Texts> {
    if archive::ends_like_one(name) {
        archive::read(name, Cursor::new(bytes))
    } else {
        Some(Texts::plain(from_memory(name, &bytes)))
    }
}

/// A text that did not come from a file.
pub fn from_memory(name: &Path, bytes: &[u8]) -> (Source, Option<NotText>) {
    let (text, not_text) = decode(bytes);
    (Source::new(name, text), not_text)
}

/// Reads a file's text. Bytes that are not UTF-8 are kept as replacement characters; the first of them is told.
pub fn read(path: &Path) -> Result<(Source, Option<NotText>), DiscoverError> {
    let (mut file, length) = open_file(path)?;
    let mut bytes = Vec::with_capacity(checked_length(path, length)?);
    // A file can grow while it is read.
    (&mut file)
        .take(LARGEST_FILE)
        .read_to_end(&mut bytes)
        .map_err(|source| unreadable(path, source))?;
    let (text, not_text) = decode(&bytes);
    Ok((Source::new(path, text), not_text))
}

/// The length of a file that is not too large, for making room.
fn checked_length(path: &Path, length: u64) -> Result<usize, DiscoverError> {
    if length > LARGEST_FILE {
        return Err(DiscoverError::TooLarge(path.to_owned()));
    }
    Ok(usize::try_from(length).unwrap_or(0))
}

/// Opens a file, and tells its length.
fn open_file(path: &Path) -> Result<(fs::File, u64), DiscoverError> {
    let file = fs::File::open(path).map_err(|source| unreadable(path, source))?;
    let metadata = file.metadata().map_err(|source| unreadable(path, source))?;
    if metadata.is_file() {
        Ok((file, metadata.len()))
    } else {
        Err(DiscoverError::NotAFile(path.to_owned()))
    }
}

fn unreadable(path: &Path, source: io::Error) -> DiscoverError {
    DiscoverError::Unreadable {
        path: path.to_owned(),
        source,
    }
}

/// A text from bytes, and where it is not UTF-8.
pub fn decode(bytes: &[u8]) -> (Arc<str>, Option<NotText>) {
    match std::str::from_utf8(bytes) {
        Ok(text) => {
            let start = &text.as_bytes()[..text.len().min(BEGINNING)];
            let not_text = start.iter().position(|byte| *byte == 0).map(|offset| NotText {
                offset,
                message: Cow::Borrowed("this is not a text file"),
            });
            (text.into(), not_text)
        }
        Err(error) => {
            let offset = error.valid_up_to();
            let message = match bytes.get(..2) {
                Some([0xff, 0xfe] | [0xfe, 0xff]) => "this is UTF-16; save the file as UTF-8",
                _ if bytes.contains(&0) => "this is not a text file",
                _ => "this is not UTF-8; save the file as UTF-8",
            };
            let text = String::from_utf8_lossy(bytes);
            let message = Cow::Borrowed(message);
            (text.into(), Some(NotText { offset, message }))
        }
    }
}

/// Writes over a file that is there, as a whole or not at all. What is no file, such as `/dev/null` or a pipe, is written
/// to, not replaced; a link stays a link.
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
