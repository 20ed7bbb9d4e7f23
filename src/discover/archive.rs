//! Saved models: the texts in a `.keras` archive or HDF5 file that describe the model. Weights are never read, and
//! nothing is unpacked to the disk, so that no name inside an archive leads anywhere.

use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use zip::ZipReadOptions;
use zip::read::{Config, ZipFileEntry};
use zip::result::ZipError;
use zip::unstable::read::ZipIterable;

use super::read::{NotText, Texts, decode};
use crate::span::Source;

/// The member of a `.keras` archive that describes the model.
const CONFIG: &str = "config.json";
/// The member that tells which version saved it.
const METADATA: &str = "metadata.json";
/// Most bytes of a configuration. What an archive says of its members' sizes is never trusted.
const LARGEST_CONFIG: usize = 64 * MB;
const LARGEST_METADATA: usize = MB;
/// Most bytes that are read of one archive, directory included.
const MOST_READ: u64 = 96 * MB as u64;
const MB: usize = 1024 * 1024;
/// How a file begins that Git LFS leaves in the place of a large one.
const POINTER: &[u8] = b"version https://git-lfs";

/// Why an archive cannot be read.
#[derive(Debug, thiserror::Error)]
pub(super) enum ArchiveError {
    #[error("the file is empty; save the model again")]
    Empty,
    #[error("this is a pointer of Git LFS, not the model; fetch the model with `git lfs pull`")]
    Pointer,
    #[error("this is no saved model: Keras writes zip archives and HDF5 files, and this is neither")]
    OtherFormat,
    #[error("this archive is cut off or broken ({0}); copy it or save the model again")]
    Broken(String),
    #[error("{CONFIG} cannot be unpacked ({0}); save the model again")]
    BrokenConfig(String),
    #[error("{CONFIG} holds more than 64 MB; losslint reads no more of a configuration")]
    LargeConfig,
    #[cfg(not(feature = "hdf5"))]
    #[error("this losslint reads no HDF5 files; build it with the feature `hdf5`")]
    WithoutHdf5,
}

impl ArchiveError {
    /// The member at fault, if it is one.
    fn member(&self) -> Option<&'static str> {
        matches!(self, Self::BrokenConfig(_) | Self::LargeConfig).then_some(CONFIG)
    }
}

/// What the bytes of a saved model are.
#[derive(Clone, Copy)]
enum Container {
    /// A zip archive, as Keras 3 writes `.keras`.
    Zip,
    /// HDF5, as all versions write `.h5`.
    Hdf5,
}

impl Container {
    fn of_name(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "keras" => Some(Self::Zip),
            "h5" | "hdf5" => Some(Self::Hdf5),
            _ => None,
        }
    }

    /// The container by its first bytes, which count more than the name: both endings are in use for both.
    fn of_bytes(first: &[u8]) -> Option<Self> {
        if first.starts_with(b"\x89HDF\r\n\x1a\n") {
            Some(Self::Hdf5)
        } else if first.starts_with(b"PK\x03\x04") || first.starts_with(b"PK\x05\x06") {
            Some(Self::Zip)
        } else {
            None
        }
    }
}

/// Whether a file may be a saved model that this build reads, by its name's ending.
pub fn is_archive(name: &str) -> bool {
    match Container::of_name(name) {
        Some(Container::Zip) => true,
        Some(Container::Hdf5) => cfg!(feature = "hdf5"),
        None => false,
    }
}

/// Whether a path ends like a saved model, read by this build or not: it is no text in either case.
pub(super) fn ends_like_one(path: &Path) -> bool {
    let name = path.file_name();
    name.is_some_and(|name| Container::of_name(&name.to_string_lossy()).is_some())
}

/// The texts of a saved model; `None` when it holds no model. What cannot be read becomes an empty text that tells why.
pub(super) fn read(path: &Path, file: impl Read + Seek + Send + 'static) -> Option<Texts> {
    texts(path, file).unwrap_or_else(|error| {
        Some(Texts {
            own: Source::of_archive(path, error.member(), ""),
            not_text: Some(NotText {
                offset: 0,
                message: error.to_string().into(),
            }),
            beside: Vec::new(),
        })
    })
}

fn texts(path: &Path, mut file: impl Read + Seek + Send + 'static) -> Result<Option<Texts>, ArchiveError> {
    let first = first_bytes(&mut file).map_err(|error| ArchiveError::Broken(error.to_string()))?;
    if first.is_empty() {
        return Err(ArchiveError::Empty);
    }
    if first.starts_with(POINTER) {
        return Err(ArchiveError::Pointer);
    }
    let by_name = || Container::of_name(&path.to_string_lossy());
    match Container::of_bytes(&first).or_else(by_name) {
        Some(Container::Zip) => zip_texts(path, Metered::new(file)),
        Some(Container::Hdf5) => hdf5_texts(path, Metered::new(file)),
        None => Err(ArchiveError::OtherFormat),
    }
}

fn first_bytes(file: &mut (impl Read + Seek)) -> io::Result<Vec<u8>> {
    let mut first = Vec::new();
    file.take(POINTER.len() as u64).read_to_end(&mut first)?;
    file.seek(SeekFrom::Start(0))?;
    Ok(first)
}

#[cfg(feature = "hdf5")]
fn hdf5_texts(path: &Path, file: impl Read + Seek + Send + 'static) -> Result<Option<Texts>, ArchiveError> {
    super::hdf5::texts(path, file)
}

#[cfg(not(feature = "hdf5"))]
fn hdf5_texts<R>(_path: &Path, _file: R) -> Result<Option<Texts>, ArchiveError> {
    Err(ArchiveError::WithoutHdf5)
}

fn zip_texts(path: &Path, mut file: impl Read + Seek) -> Result<Option<Texts>, ArchiveError> {
    let broken = |error| ArchiveError::Broken(reason(&error));
    let Members { config, metadata } = Members::find(&mut file).map_err(broken)?;
    let Some(config) = config else { return Ok(None) };
    let config =
        unpack(config, &mut file, LARGEST_CONFIG).map_err(|error| ArchiveError::BrokenConfig(reason(&error)))?;
    let (text, not_text) = decode(&config.ok_or(ArchiveError::LargeConfig)?);
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

/// A reader that stops after [`MOST_READ`] bytes, however large the file is and wherever its own addresses lead.
struct Metered<R> {
    inner: R,
    left: u64,
}

impl<R> Metered<R> {
    fn new(inner: R) -> Self {
        Self { inner, left: MOST_READ }
    }
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.left = self
            .left
            .checked_sub(read as u64)
            .ok_or_else(|| io::Error::other("its description of itself is larger than 96 MB"))?;
        Ok(read)
    }
}

impl<R: Seek> Seek for Metered<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}
