//! A reader with an end: however large a file is, and wherever its own addresses lead.

use std::io::{self, Read, Seek, SeekFrom};

/// A reader that fails after so many bytes.
pub(super) struct Metered<R> {
    inner: R,
    megabytes: u64,
    left: u64,
}

impl<R> Metered<R> {
    /// Most megabytes that are read of one archive, directory included.
    pub fn new(inner: R, megabytes: u64) -> Self {
        Self {
            inner,
            megabytes,
            left: megabytes * 1024 * 1024,
        }
    }
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.left = self.left.checked_sub(read as u64).ok_or_else(|| {
            io::Error::other(format!(
                "its description of itself is larger than {} MB",
                self.megabytes
            ))
        })?;
        Ok(read)
    }
}

impl<R: Seek> Seek for Metered<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}
