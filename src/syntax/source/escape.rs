//! Escapes in the strings of JSON, with the bytes that each takes.

/// The character that an escape at the beginning of a text stands for, and how many bytes the escape has.
pub(super) fn escape(text: &str) -> (char, usize) {
    let unit = |at: usize| {
        let digits = text.get(at..at + 4)?;
        u32::from_str_radix(digits, 16).ok()
    };
    match text.as_bytes().get(1) {
        Some(b'n') => ('\n', 2),
        Some(b't') => ('\t', 2),
        Some(b'r') => ('\r', 2),
        Some(b'b') => ('\u{8}', 2),
        Some(b'f') => ('\u{c}', 2),
        Some(b'u') => {
            let first = unit(2).unwrap_or(0xFFFD);
            let is_pair = (0xD800..0xDC00).contains(&first) && text[2..].get(4..6) == Some("\\u");
            match unit(8).filter(|second| is_pair && (0xDC00..0xE000).contains(second)) {
                Some(second) => {
                    let whole = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
                    (char::from_u32(whole).unwrap_or('\u{FFFD}'), 12)
                }
                None => (char::from_u32(first).unwrap_or('\u{FFFD}'), 6),
            }
        }
        Some(byte) if byte.is_ascii() => (char::from(*byte), 2),
        _ => ('\\', 1),
    }
}
