//! What a YAML scalar is: by its quotes, its tag, or the look of its text. Not for its bytes.
//!
//! The rules are the core schema of YAML 1.2, and beyond it the numbers that people write because PyYAML or OmegaConf
//! take them: `1_000`, `0b101`, `-0xff`. Where readers differ the meaning is the one that people expect: `1e-3` is a
//! number, as in OmegaConf, although PyYAML makes it a text; `yes`, `no`, `on` and `off` are texts, as in YAML 1.2,
//! although PyYAML makes them truth values; `012` is twelve; dates and `1:30` are texts.

use granit_parser::{ScalarStyle, Tag};

use crate::syntax::Kind;

/// The kind of a scalar, and its text.
pub(super) fn read<'v>(value: &'v str, style: ScalarStyle, tag: Option<&Tag>) -> (Kind, &'v str) {
    let Some(tag) = tag else {
        return match style {
            ScalarStyle::Plain => (plain(value), value),
            _ => (Kind::String, value),
        };
    };
    match tag.core_suffix() {
        Some("int" | "float") if is_number(value) => (Kind::Number, value),
        Some("bool") => truth(value).map_or((Kind::String, value), |word| (Kind::Bool, word)),
        Some("null") => (Kind::Null, value),
        // What an unknown tag makes of its text is not known either. It is not null, even when it is empty.
        _ => (Kind::String, value),
    }
}

/// Whether a key stands for the members of other mappings.
pub(super) fn is_merge_key(value: &str, style: ScalarStyle, tag: Option<&Tag>) -> bool {
    let is_plain = style == ScalarStyle::Plain && tag.is_none();
    value == "<<" && (is_plain || tag.is_some_and(is_merge))
}

/// Whether a tag says something that a node's kind does not.
pub(super) fn is_unknown(tag: &Tag) -> bool {
    tag.is_custom() && tag.parts() != ("", "!") && !is_merge(tag)
}

fn is_merge(tag: &Tag) -> bool {
    tag.suffix_in_namespace("tag:yaml.org,2002:").as_deref() == Some("merge")
}

fn plain(text: &str) -> Kind {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Kind::Null,
        "true" | "True" | "TRUE" | "false" | "False" | "FALSE" => Kind::Bool,
        _ if is_number(text) => Kind::Number,
        _ => Kind::String,
    }
}

/// What the tag `!!bool` makes of a word.
fn truth(text: &str) -> Option<&'static str> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" => Some("true"),
        "false" | "no" | "off" => Some("false"),
        _ => None,
    }
}

fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    match unsigned.as_bytes() {
        b".inf" | b".Inf" | b".INF" => true,
        b".nan" | b".NaN" | b".NAN" => unsigned.len() == text.len(),
        [b'0', b'x', digits @ ..] => has_only(digits, |byte| byte.is_ascii_hexdigit()),
        [b'0', b'o', digits @ ..] => has_only(digits, |byte| matches!(byte, b'0'..=b'7')),
        [b'0', b'b', digits @ ..] => has_only(digits, |byte| matches!(byte, b'0' | b'1')),
        [b'0'..=b'9', ..] | [b'.', b'0'..=b'9', ..] => is_decimal(unsigned),
        _ => false,
    }
}

/// Whether the rest of a text that starts like a decimal number is one too.
fn is_decimal(text: &str) -> bool {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_');
    let is_exponent = |text: &str| {
        let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    is_digits(whole) && is_digits(fraction) && exponent.is_none_or(is_exponent)
}

/// Whether there are digits of a kind, and nothing but `_` between them.
fn has_only(bytes: &[u8], is_digit: impl Fn(u8) -> bool) -> bool {
    let is_allowed = |&byte: &u8| is_digit(byte) || byte == b'_';
    bytes.iter().all(is_allowed) && bytes.iter().any(|&byte| is_digit(byte))
}
