//! From one path to the texts that it holds, within bounds. Not for finding paths, nor for what bytes are text.

use std::fs;
use std::io::{self, Cursor, Read};
use std::path::Path;

use super::error::DiscoverError;
use super::texts::{NotText, Texts, decode};
use super::within::leads_out;
use super::{archive, scan};
use crate::span::Source;

/// Files over this many bytes are refused: spans count in 32 bits.
const LARGEST_FILE: u64 = u32::MAX as u64;

/// Whether a piece of a file makes it worth reading. Pieces overlap by [`scan::OVERLAP`] bytes.
type Wanted<'w> = &'w dyn Fn(&[u8]) -> bool;

/// Reads the texts of a file: all of a plain one, the parts of an archive that describe a model. `None` for an archive
/// that holds no model, such as one of weights, and for a plain file of which no piece is wanted.
///
/// Fails for what is no file, cannot be read, or is larger than 4 GiB.
pub fn open(path: &Path, wanted: Wanted<'_>) -> Result<Option<Texts>, DiscoverError> {
    let (mut file, length) = open_file(path)?;
    if archive::ends_like_one(path) {
        return Ok(archive::read(path, file));
    }
    let length = checked_length(path, length)?;
    scan::read_if(&mut file, length, LARGEST_FILE, wanted, |bytes| {
        Texts::of_bytes(path, bytes)
    })
    .map_err(|source| DiscoverError::unreadable(path, source))
}

/// The same for bytes that did not come from a file.
pub fn open_in_memory(name: &Path, bytes: Vec<u8>, wanted: Wanted<'_>) -> Option<Texts> {
    if archive::ends_like_one(name) {
        archive::read(name, Cursor::new(bytes))
    } else {
        wanted(&bytes).then(|| Texts::of_bytes(name, &bytes))
    }
}

/// Reads a plain file's text, whatever its name, and why it is none if it is none; it is not
/// shown where links lead out of the folder that the path seems to be in. Fails as [`open`] does.
pub fn read(path: &Path) -> Result<(Source, Option<NotText>), DiscoverError> {
    let (mut file, length) = open_file(path)?;
    let mut bytes = Vec::with_capacity(checked_length(path, length)?);
    // A file can grow while it is read.
    (&mut file)
        .take(LARGEST_FILE)
        .read_to_end(&mut bytes)
        .map_err(|source| DiscoverError::unreadable(path, source))?;
    let (text, not_text) = decode(&bytes);
    Ok((Source::new(path, text).shown_if(!leads_out(path)), not_text))
}

/// The length of a file that is not too large, for making room.
fn checked_length(path: &Path, length: u64) -> Result<usize, DiscoverError> {
    if length > LARGEST_FILE {
        return Err(DiscoverError::TooLarge(path.to_owned()));
    }
    Ok(usize::try_from(length).unwrap_or(0))
}

/// Opens a file, and tells its length in bytes.
fn open_file(path: &Path) -> Result<(fs::File, u64), DiscoverError> {
    let opened = || -> io::Result<_> {
        let file = fs::File::open(path)?;
        let metadata = file.metadata()?;
        Ok((file, metadata))
    };
    let (file, metadata) = opened().map_err(|source| DiscoverError::unreadable(path, source))?;
    if metadata.is_file() {
        Ok((file, metadata.len()))
    } else {
        Err(DiscoverError::NotAFile(path.to_owned()))
    }
}
