//! Bytes to texts: what one path holds, and why some bytes are no text. Not for reading files.

use std::path::Path;
use std::sync::Arc;

use crate::span::Source;

/// Bytes at the beginning of a file among which a NUL tells that it is no text, although it is UTF-8.
const BEGINNING: usize = 1024;

/// The texts that one path holds: one in a plain file, several in a saved model.
#[derive(Debug, Clone)]
pub struct Texts {
    /// The text that may be a model.
    pub own: Source,
    /// Why that is no text, if it is none.
    pub not_text: Option<NotText>,
    /// What a saved model says of itself besides: how it was compiled, which version saved it.
    pub beside: Vec<Source>,
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

    /// The text of a plain file.
    pub(super) fn of_bytes(path: &Path, bytes: &[u8]) -> Self {
        let (text, not_text) = decode(bytes);
        Self {
            not_text,
            ..Self::of(Source::new(path, text))
        }
    }
}

/// Why bytes are no text that losslint can read, and what to do. Offsets count bytes from 0.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotText {
    /// Bytes that no text holds: an image, a program, weights. None of them are kept.
    #[error("this is not text: the byte at offset {offset} is 0x{byte:02x}")]
    Binary {
        /// The first byte that is NUL or not UTF-8.
        offset: usize,
        /// What it is.
        byte: u8,
    },
    /// A text with two bytes for a character. None of them are kept.
    #[error("this is UTF-16; save the file as UTF-8")]
    Utf16,
    /// A text in another encoding, such as Latin-1. What is not UTF-8 is kept as replacement characters.
    #[error("this is not UTF-8; save the file as UTF-8")]
    OtherEncoding {
        /// The first byte that is not UTF-8.
        offset: usize,
    },
    /// A saved model that cannot be read, in its reader's words.
    #[error("{0}")]
    SavedModel(String),
}

impl NotText {
    /// The place to show in the text that was kept, in bytes from its start.
    pub fn shown_at(&self) -> usize {
        match self {
            Self::OtherEncoding { offset } => *offset,
            Self::Binary { .. } | Self::Utf16 | Self::SavedModel(_) => 0,
        }
    }
}

/// Whether the first bytes of a file tell already that it is no text, whatever follows.
pub(super) fn begins_as_no_text(bytes: &[u8]) -> bool {
    bytes.iter().take(BEGINNING).any(|byte| *byte == 0)
}

/// The text of some bytes; where they are none, what is kept of it and why.
pub(super) fn decode(bytes: &[u8]) -> (Arc<str>, Option<NotText>) {
    let not_utf8 = match std::str::from_utf8(bytes) {
        Ok(text) if !begins_as_no_text(bytes) => return (text.into(), None),
        Ok(_) => None,
        Err(error) => Some(error.valid_up_to()),
    };
    let not_text = why_not(bytes, not_utf8);
    let kept = match not_text {
        NotText::OtherEncoding { .. } => String::from_utf8_lossy(bytes),
        _ => "".into(),
    };
    (kept.into(), Some(not_text))
}

/// Why bytes are no text, given the offset of the first that is not UTF-8, if there is one.
fn why_not(bytes: &[u8], not_utf8: Option<usize>) -> NotText {
    let nul = memchr::memchr(0, bytes);
    match not_utf8 {
        Some(_) if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) => NotText::Utf16,
        Some(offset) if !bytes.iter().any(|byte| is_never_in_text(*byte)) => NotText::OtherEncoding { offset },
        _ => {
            let offset = nul.into_iter().chain(not_utf8).min().unwrap_or(0);
            let byte = bytes.get(offset).copied().unwrap_or(0);
            NotText::Binary { offset, byte }
        }
    }
}

/// Control characters that texts have no use for, in whatever encoding: all but white space and escape.
fn is_never_in_text(byte: u8) -> bool {
    byte.is_ascii_control() && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c | 0x1b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn why(bytes: &[u8]) -> Option<NotText> {
        let (text, not_text) = decode(bytes);
        let is_kept = matches!(not_text, None | Some(NotText::OtherEncoding { .. }));
        assert_eq!(!text.is_empty(), is_kept, "{not_text:?}: {text:?}");
        not_text
    }

    #[test]
    fn the_first_byte_at_fault_is_told() {
        assert_eq!(why("{\"größe\": 1}".as_bytes()), None);
        assert_eq!(why(b"{\"gr\xf6\xdfe\": 1}"), Some(NotText::OtherEncoding { offset: 4 }));
        let binary = |offset, byte| Some(NotText::Binary { offset, byte });
        assert_eq!(why(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), binary(0, 0x89));
        assert_eq!(why(b"\x7fELF\x02\x01\x01\0\0\xff"), binary(7, 0));
        assert_eq!(why(b"{\0}"), binary(1, 0));
        assert_eq!(why(b"ab\x01\xff"), binary(3, 0xff), "without a NUL");
        assert_eq!(why(b"\xff\xfe{\0}\0"), Some(NotText::Utf16));
    }

    #[test]
    fn the_beginning_of_no_text_tells_what_all_of_it_does() {
        for beginning in [&b"ab\0"[..], b"\xff\xfea\0", b"\0\xff", b"\xc3\xa4\0", b"\xe4\0"] {
            let whole = [beginning, &b"x".repeat(2 * BEGINNING), b"\xff\0\xfe"].concat();
            for end in BEGINNING..2 * BEGINNING {
                assert!(begins_as_no_text(&whole[..end]));
                assert_eq!(why(&whole[..end]), why(&whole), "{beginning:?} up to {end}");
            }
        }
    }

    #[test]
    fn a_zero_far_behind_is_left_to_the_format_s_reader() {
        let mut bytes = vec![b' '; BEGINNING];
        bytes.push(0);
        assert_eq!(why(&bytes), None);
    }
}
