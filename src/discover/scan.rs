//! Files that are only worth reading when they hold certain bytes: looked through piece by piece, so that a large file of
//! another kind takes no memory, and no longer than reading it. Not for what the bytes mean.

use std::cell::RefCell;
use std::io::{self, Read, Seek, SeekFrom};

use super::texts::begins_as_no_text;

/// Bytes that are looked at together: what the caches of a processor hold.
const PIECE: usize = 256 * 1024;
/// Bytes at the end of a piece that are looked at again with the next one. What is looked for may be one byte longer.
pub const OVERLAP: usize = 64;

/// Bytes of the largest buffer that a thread keeps for the next file: room that is there already is faster than new room.
const LARGEST_KEPT: usize = 16 * 1024 * 1024;

thread_local! {
    static BUFFER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// What `then` makes of a file's bytes, if a piece of them is wanted: of all of them, unless the first tell that they are no
/// text. `length` is how many bytes the file says to have,
/// `most` how many are read of it.
pub(super) fn read_if<T>(
    file: &mut (impl Read + Seek),
    length: usize,
    most: u64,
    wanted: &dyn Fn(&[u8]) -> bool,
    then: impl FnOnce(&[u8]) -> T,
) -> io::Result<Option<T>> {
    BUFFER.with_borrow_mut(|buffer| {
        if buffer.len() < OVERLAP + PIECE {
            buffer.resize(OVERLAP + PIECE, 0);
        }
        let Some(filled) = look(file, &mut buffer[..OVERLAP + PIECE], wanted)? else {
            return Ok(None);
        };
        let is_whole = 0 < filled && filled < OVERLAP + PIECE;
        if is_whole || begins_as_no_text(&buffer[..filled]) {
            return Ok(Some(then(&buffer[..filled])));
        }
        buffer.truncate(filled);
        buffer.reserve_exact(length.saturating_sub(filled));
        file.take(most.saturating_sub(filled as u64)).read_to_end(buffer)?;
        let made = then(buffer);
        if buffer.capacity() > LARGEST_KEPT {
            *buffer = Vec::new();
        }
        Ok(Some(made))
    })
}

/// Looks through a file. When something is found, tells how many bytes before the place where the file then stands are in
/// the buffer.
fn look(file: &mut (impl Read + Seek), buffer: &mut [u8], wanted: &dyn Fn(&[u8]) -> bool) -> io::Result<Option<usize>> {
    let end = buffer.len();
    let filled = fill(file, buffer)?;
    if wanted(&buffer[..filled]) {
        return Ok(Some(filled));
    }
    let mut is_whole = filled == end;
    while is_whole {
        buffer.copy_within(end - OVERLAP.., 0);
        let filled = OVERLAP + fill(file, &mut buffer[OVERLAP..])?;
        if wanted(&buffer[..filled]) {
            file.seek(SeekFrom::Start(0))?;
            return Ok(Some(0));
        }
        is_whole = filled == end;
    }
    Ok(None)
}

/// Reads until the buffer is full or the file ends; tells how many bytes were read.
fn fill(file: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match file.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn read(bytes: &[u8], mark: &[u8]) -> Option<Vec<u8>> {
        let wanted = |piece: &[u8]| memchr::memmem::find(piece, mark).is_some();
        read_if(&mut Cursor::new(bytes), bytes.len(), u64::MAX, &wanted, <[u8]>::to_vec).expect("memory can be read")
    }

    #[test]
    fn of_what_is_no_text_only_the_first_piece_is_read() {
        let mut file = Cursor::new(vec![0; 10 * PIECE]);
        let read = read_if(&mut file, 10 * PIECE, u64::MAX, &|_| true, <[u8]>::len);
        assert_eq!(read.expect("memory can be read"), Some(PIECE + OVERLAP));
        assert_eq!(file.position(), (PIECE + OVERLAP) as u64);
    }

    #[test]
    fn a_mark_is_found_wherever_it_stands() {
        let mark = [b'm'; OVERLAP + 1];
        let sizes = [0, 1, PIECE, PIECE + OVERLAP, PIECE + OVERLAP + 1, 3 * PIECE];
        for size in sizes {
            assert_eq!(read(&vec![b' '; size], &mark), None);
        }
        for before in [
            0,
            5,
            PIECE - 1,
            PIECE,
            PIECE + OVERLAP,
            2 * PIECE,
            2 * PIECE + OVERLAP - 1,
        ] {
            let mut bytes = vec![b' '; before];
            bytes.extend(mark);
            assert_eq!(read(&bytes, &mark).as_deref(), Some(&bytes[..]), "{before}");
            bytes.extend([b' '; 100]);
            assert_eq!(read(&bytes, &mark).as_deref(), Some(&bytes[..]), "{before}");
        }
    }
}
