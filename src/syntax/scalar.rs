//! What the bytes of a scalar mean: the text between quotes, the value of a number. Not for decoding escapes.

use std::borrow::Cow;

use super::tree::Kind;

/// The text between a string's quotes. Bare keys have none; escapes are not looked at here.
pub(super) fn unquoted(raw: &str, kind: Kind) -> &str {
    if kind != Kind::String {
        return raw;
    }
    let quote = match raw.as_bytes().first() {
        Some(quote @ (b'"' | b'\'')) => *quote as char,
        _ => return raw,
    };
    let inner = &raw[1..];
    inner.strip_suffix(quote).unwrap_or(inner)
}

/// The value of a number as JSON, Python, TOML or YAML writes it.
pub(super) fn number(text: &str) -> Option<f64> {
    match text {
        "NaN" | "nan" | "+nan" | "-nan" | ".nan" | ".NaN" | ".NAN" => return Some(f64::NAN),
        "Infinity" | "inf" | "+inf" | "+Infinity" => return Some(f64::INFINITY),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => return Some(f64::INFINITY),
        "-Infinity" | "-inf" | "-.inf" | "-.Inf" | "-.INF" => return Some(f64::NEG_INFINITY),
        _ => {}
    }
    let digits: Cow<'_, str> = if text.contains('_') {
        text.replace('_', "").into()
    } else {
        text.into()
    };
    let unsigned = digits.trim_start_matches(['+', '-']);
    let sign = if digits.starts_with('-') { -1.0 } else { 1.0 };
    for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] {
        if let Some(digits) = unsigned.strip_prefix(prefix) {
            return u64::from_str_radix(digits, radix).ok().map(|n| sign * n as f64);
        }
    }
    digits.parse().ok()
}
