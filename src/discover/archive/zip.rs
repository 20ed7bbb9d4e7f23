//! `.keras` archives as Keras 3 writes them: zip files with the model in one member and its version in another.

use std::io::{self, Read, Seek};
use std::path::Path;

use ::zip::ZipReadOptions;
use ::zip::read::{Config, ZipFileEntry};
use ::zip::result::ZipError;
use ::zip::unstable::read::ZipIterable;

use super::error::ArchiveError;
use crate::discover::texts::{Texts, decode};
use crate::span::Source;

/// The member that describes the model.
const CONFIG: &str = "config.json";
/// The member that tells which version saved it.
const METADATA: &str = "metadata.json";
/// Most bytes of a member. What an archive says of its members' sizes is never trusted.
const LARGEST_CONFIG: usize = 64 * MB;
const LARGEST_METADATA: usize = MB;
const MB: usize = 1024 * 1024;

/// The texts of a model; `None` for an archive without one, such as weights.
pub(super) fn texts(path: &Path, mut file: impl Read + Seek) -> Result<Option<Texts>, ArchiveError> {
    let broken = |error| ArchiveError::Broken(reason(&error));
    let Members { config, metadata } = Members::find(&mut file).map_err(broken)?;
    let Some(config) = config else { return Ok(None) };
    let config = unpack(config, &mut file, LARGEST_CONFIG).map_err(|error| ArchiveError::BrokenMember {
        member: CONFIG,
        reason: reason(&error),
    })?;
    let (text, not_text) = decode(&config.ok_or(ArchiveError::LargeMember {
        member: CONFIG,
        megabytes: LARGEST_CONFIG / MB,
    })?);
    // Keras does not read its own metadata back, so that nothing is said when they cannot be read.
    let metadata = metadata.and_then(|entry| unpack(entry, &mut file, LARGEST_METADATA).ok()?);
    let metadata = metadata.and_then(|bytes| String::from_utf8(bytes).ok());
    Ok(Some(Texts {
        own: Source::of_archive(path, Some(CONFIG), text),
        not_text,
        beside: metadata
            .map(|text| Source::of_archive(path, Some(METADATA), text))
            .into_iter()
            .collect(),
    }))
}

type Entry = ZipFileEntry<'static>;

/// The members of a `.keras` archive that are read.
#[derive(Default)]
struct Members {
    config: Option<Entry>,
    metadata: Option<Entry>,
}

impl Members {
    /// Looks for them by their exact names. Of members with the same name the last counts, as it does for Python. The
    /// library's usual way would keep room for as many members as the archive claims to have.
    fn find(file: &mut (impl Read + Seek)) -> Result<Self, ZipError> {
        let mut directory = ZipIterable::try_new(file, Config::default())?;
        let mut members = Self::default();
        for entry in directory.files()? {
            let entry = entry?;
            match entry.name_raw() {
                name if name == CONFIG.as_bytes() => members.config = Some(entry),
                name if name == METADATA.as_bytes() => members.metadata = Some(entry),
                _ => {}
            }
        }
        Ok(members)
    }
}

/// The bytes of a member; `None` when they are more than the limit.
fn unpack(entry: Entry, file: &mut (impl Read + Seek), limit: usize) -> Result<Option<Vec<u8>>, ZipError> {
    let mut bytes = Vec::new();
    entry
        .with_reader(file, ZipReadOptions::new())?
        .take(limit as u64 + 1)
        .read_to_end(&mut bytes)?;
    Ok((bytes.len() <= limit).then_some(bytes))
}

/// What is wrong, without the library's own preamble.
fn reason(error: &ZipError) -> String {
    match error {
        ZipError::Io(error) if error.kind() == io::ErrorKind::UnexpectedEof => "it ends too early".to_owned(),
        ZipError::Io(error) => error.to_string(),
        ZipError::InvalidArchive(what) => what.to_string(),
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => "it is encrypted".to_owned(),
        ZipError::UnsupportedArchive(what) => (*what).to_owned(),
        other => other.to_string(),
    }
}
