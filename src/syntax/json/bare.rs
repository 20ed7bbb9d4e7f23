//! JSON's values without quotes: numbers, `true`, `false`, `null`, and the many other ways in which people and programs
//! write them.

use std::ops::Range;

use super::Parser;
use super::between::is_invisible;
use crate::syntax::Kind;

/// Whether a byte can be part of a bare word or a number. Words are wider than JSON's: a fault is then one whole word.
pub(super) fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$' | b'.' | b'+' | b'-' | 0x80..)
}

/// Whether a byte belongs to no token of JSON, nor to a word, nor between tokens.
pub(super) fn is_junk_byte(byte: u8) -> bool {
    !is_word_byte(byte)
        && !matches!(
            byte,
            b'{' | b'}' | b'[' | b']' | b',' | b':' | b'"' | b'\'' | b'#' | ..=b' '
        )
}

impl Parser<'_> {
    /// Takes the word that starts here.
    pub(super) fn bare_word(&mut self) -> Range<usize> {
        let start = self.at;
        let is_part = |c: char| match u8::try_from(c) {
            Ok(byte) if byte.is_ascii() => is_word_byte(byte),
            _ => !is_invisible(c),
        };
        let rest = &self.text[start..];
        self.at += rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        start..self.at
    }

    /// Reads a number, or a word that starts like one.
    pub(super) fn number(&mut self) -> bool {
        let start = self.at;
        let rest = &self.text.as_bytes()[start..];
        match number_length(rest) {
            Some(length) if !rest.get(length).is_some_and(|&next| is_word_byte(next)) => {
                self.at += length;
                self.add(Kind::Number, start..self.at);
                true
            }
            _ => self.word(),
        }
    }

    /// Reads a word of any sort. False when it is the first thing in the file and no JSON: then nothing in it is.
    pub(super) fn word(&mut self) -> bool {
        let word = self.bare_word();
        let kind = match &self.text[word.clone()] {
            "true" | "false" => Kind::Bool,
            "null" => Kind::Null,
            "NaN" | "Infinity" | "-Infinity" => Kind::Number,
            text => match self.faulty_word(text, word.clone()) {
                Some(kind) => kind,
                None => return false,
            },
        };
        self.add(kind, word);
        true
    }

    #[cold]
    fn faulty_word(&mut self, text: &str, word: Range<usize>) -> Option<Kind> {
        if number_length(text.as_bytes()) == Some(text.len()) {
            return Some(Kind::Number);
        }
        if let Some((kind, right)) = other_spelling(text) {
            self.report(word, format!("expected {right} instead of {text}"));
            return Some(kind);
        }
        if let Some(message) = number_fault(text) {
            self.report(word, message);
            return Some(Kind::Number);
        }
        if self.innermost.is_none() {
            self.report(word, "expected a value");
            self.at = self.text.len();
            return None;
        }
        self.report(word, "expected double quotes around this text");
        Some(Kind::String)
    }
}

/// The length of the JSON number at the start, if one stands there.
fn number_length(bytes: &[u8]) -> Option<usize> {
    let mut at = usize::from(bytes.first() == Some(&b'-'));
    at += match bytes.get(at)? {
        b'0' => 1,
        _ => digits(bytes, at)?,
    };
    if bytes.get(at) == Some(&b'.') {
        at += 1 + digits(bytes, at + 1)?;
    }
    if let Some(b'e' | b'E') = bytes.get(at) {
        at += 1 + usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
        at += digits(bytes, at)?;
    }
    Some(at)
}

/// How many digits stand there, if any.
fn digits(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = bytes.get(at..)?;
    let count = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    (count > 0).then_some(count)
}

/// What JSON writes for a word of Python, JavaScript or YAML.
fn other_spelling(word: &str) -> Option<(Kind, &'static str)> {
    let (sign, name) = match word.as_bytes().first()? {
        b'+' | b'-' => word.split_at(1),
        _ => ("", word),
    };
    let (kind, right) = match (sign, name.to_ascii_lowercase().as_str()) {
        ("", "none" | "null" | "nil" | "undefined") => (Kind::Null, "null"),
        ("", "true") => (Kind::Bool, "true"),
        ("", "false") => (Kind::Bool, "false"),
        (_, "nan") => (Kind::Number, "NaN"),
        ("-", "inf" | "infinity") => (Kind::Number, "-Infinity"),
        (_, "inf" | "infinity") => (Kind::Number, "Infinity"),
        _ => return None,
    };
    Some((kind, right))
}

/// What is wrong with a number that JSON does not accept; `None` when the word is no number at all.
fn number_fault(word: &str) -> Option<&'static str> {
    let unsigned = word.strip_prefix(['+', '-']).unwrap_or(word);
    let plain = unsigned.replace('_', "");
    let is_prefixed = ["0x", "0o", "0b", "0X", "0O", "0B"]
        .iter()
        .any(|prefix| plain.starts_with(prefix));
    if is_prefixed && plain[2..].bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Some("expected a decimal number");
    }
    // Rust reads all that JSON reads and a little more, but also words such as `inf`.
    let starts_as_number = plain.starts_with(|c: char| c.is_ascii_digit() || c == '.');
    let is_number = |text: &str| starts_as_number && text.parse::<f64>().is_ok();
    if unsigned.is_empty() || !is_number(&plain) && is_number(&format!("{plain}0")) {
        return Some("expected a digit at the end of this number");
    }
    if !is_number(&plain) {
        return None;
    }
    Some(if word.contains('_') {
        "expected a number without '_'"
    } else if word.starts_with('+') {
        "expected a number without '+'"
    } else if plain.starts_with('.') {
        "expected a digit before the '.'"
    } else if plain.starts_with('0') && plain[1..].starts_with(|c: char| c.is_ascii_digit()) {
        "expected a number without leading zeros"
    } else {
        "expected a digit after the '.'"
    })
}
