//! A reader with an end: however large a file is, and wherever its own addresses lead.

use std::io::{self, Read, Seek, SeekFrom};

/// Most bytes that are read of one archive, directory included.
const MOST_READ: u64 = 96 * 1024 * 1024;

/// A reader that fails after [`MOST_READ`] bytes.
pub(super) struct Metered<R> {
    inner: R,
    left: u64,
}

impl<R> Metered<R> {
    pub fn new(inner: R) -> Self {
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
