//! Saved models: the texts in a `.keras` archive or HDF5 file that describe the model. Weights are never read, and
//! nothing is unpacked to the disk, so that no name inside an archive leads anywhere.

mod error;
#[cfg(feature = "hdf5")]
mod hdf5;
mod metered;
mod zip;

use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use super::texts::{NotText, Texts};
use crate::span::Source;
use error::ArchiveError;
use metered::Metered;

/// Most megabytes that are read of a zip archive: the largest configuration, and a list of members.
const MOST_OF_ZIP: u64 = 96;
/// The same of an HDF5 file. What its library makes of a byte can take fifty times its room.
const MOST_OF_HDF5: u64 = 24;

/// How a file begins that Git LFS leaves in the place of a large one.
const POINTER: &[u8] = b"version https://git-lfs";

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
            not_text: Some(NotText::SavedModel(error.to_string())),
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
        Some(Container::Zip) => zip::texts(path, Metered::new(file, MOST_OF_ZIP)),
        Some(Container::Hdf5) => hdf5_texts(path, Metered::new(file, MOST_OF_HDF5)),
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
    hdf5::texts(path, file)
}

#[cfg(not(feature = "hdf5"))]
fn hdf5_texts<R>(_path: &Path, _file: R) -> Result<Option<Texts>, ArchiveError> {
    Err(ArchiveError::WithoutHdf5)
}
