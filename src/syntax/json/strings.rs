//! JSON's strings: where one ends, and the text that its escapes stand for.

use super::{Ending, Parser};
use crate::syntax::Kind;

impl Parser<'_> {
    /// Reads a string that starts here with a double quote, or with a single one, which is reported.
    pub(super) fn string(&mut self) -> Ending {
        let start = self.at;
        let bytes = &self.text.as_bytes()[start..];
        let length = 1 + plain_length(&bytes[1..], b'"');
        if bytes[0] == b'"' && bytes.get(length) == Some(&b'"') {
            self.at += length + 1;
            self.add(Kind::String, start..self.at);
            return Ending::Whole;
        }
        self.unusual_string(bytes[0])
    }

    /// Reads a string that holds escapes or faults.
    fn unusual_string(&mut self, quote: u8) -> Ending {
        let start = self.at;
        self.at += 1;
        let (ending, decoded) = self.string_body(quote);
        if ending == Ending::Whole {
            self.at += 1;
        }
        if quote != b'"' {
            self.report(start..self.at, "expected double quotes instead of single quotes");
        } else if ending == Ending::CutOff {
            let place = self.peek().map_or("file", |_| "line");
            let message = format!("expected '\"' before the end of the {place}");
            self.report(start..self.at, message);
        }
        let id = self.add(Kind::String, start..self.at);
        if let Some(decoded) = decoded {
            self.tree.set_decoded(id, decoded.into());
        }
        ending
    }

    /// Goes to the closing quote, or to where the string is cut off. Gives the text unless it is the bytes as they stand.
    fn string_body(&mut self, quote: u8) -> (Ending, Option<String>) {
        let start = self.at;
        let mut decoded = String::new();
        let mut copied = start;
        let mut has_controls = false;
        let ending = loop {
            self.at += plain_length(&self.text.as_bytes()[self.at..], quote);
            match self.peek() {
                None | Some(b'\n' | b'\r') => break Ending::CutOff,
                Some(b'\\') => {
                    decoded.push_str(&self.text[copied..self.at]);
                    self.escape(quote, &mut decoded);
                    copied = self.at;
                }
                Some(byte) if byte == quote => break Ending::Whole,
                Some(control) => {
                    // Once is enough: where there is one, there are often many.
                    if !has_controls {
                        self.report_control(control);
                    }
                    has_controls = true;
                    self.at += 1;
                }
            }
        };
        let has_escapes = copied != start;
        decoded.push_str(&self.text[copied..self.at]);
        (ending, has_escapes.then_some(decoded))
    }

    fn report_control(&mut self, control: u8) {
        let message = match control {
            b'\t' => "expected '\\t' instead of a tab in a string".to_owned(),
            _ => format!("expected '\\u{control:04x}' instead of a control character"),
        };
        self.report(self.at..self.at + 1, message);
    }

    /// Decodes the escape that starts here.
    fn escape(&mut self, quote: u8, decoded: &mut String) {
        let rest = &self.text[self.at + 1..];
        let escaped = match rest.chars().next() {
            Some('u') => return self.unicode_escape(decoded),
            Some(c @ ('"' | '\\' | '/')) => c,
            Some('b') => '\u{8}',
            Some('f') => '\u{c}',
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some('\'') if quote == b'\'' => '\'',
            // The line or the file ends here, and with it the string.
            None | Some('\n' | '\r') => return self.keep_backslash(decoded),
            Some(c) => {
                let escape = self.at..self.at + 1 + c.len_utf8();
                self.report(escape, "expected one of \" \\ / b f n r t u after this backslash");
                return self.keep_backslash(decoded);
            }
        };
        decoded.push(escaped);
        self.at += 2;
    }

    fn keep_backslash(&mut self, decoded: &mut String) {
        decoded.push('\\');
        self.at += 1;
    }

    /// Decodes `\uXXXX`, or two of them that make one character. Half of such a pair alone becomes U+FFFD, without an
    /// error, for Python accepts it.
    fn unicode_escape(&mut self, decoded: &mut String) {
        let rest = &self.text.as_bytes()[self.at..];
        let Some(first) = escaped_unit(rest) else {
            let hex = rest[2..].iter().take_while(|byte| byte.is_ascii_hexdigit());
            let length = 2 + hex.count();
            self.report(
                self.at..self.at + length,
                "expected four hexadecimal digits after '\\u'",
            );
            decoded.push(char::REPLACEMENT_CHARACTER);
            self.at += length;
            return;
        };
        let both = [first, escaped_unit(&rest[6..]).unwrap_or(0)];
        let pair = || char::decode_utf16(both).next()?.ok();
        let character = pair().unwrap_or(char::REPLACEMENT_CHARACTER);
        decoded.push(character);
        self.at += 6 * character.len_utf16();
    }
}

/// The UTF-16 unit of the `\uXXXX` at the start, if one stands there.
fn escaped_unit(bytes: &[u8]) -> Option<u16> {
    let digits = bytes.strip_prefix(b"\\u")?.first_chunk::<4>()?;
    digits.iter().try_fold(0, |unit, &digit| {
        let digit = char::from(digit).to_digit(16)?;
        Some(unit << 4 | digit as u16)
    })
}

/// How many bytes stand before the first quote, backslash or control character. A plain loop: strings are too short for
/// `memchr` to pay, which was measured to be slower by a sixth.
fn plain_length(bytes: &[u8], quote: u8) -> usize {
    let is_stop = |&byte: &u8| byte < 0x20 || byte == quote || byte == b'\\';
    bytes.iter().position(is_stop).unwrap_or(bytes.len())
}
