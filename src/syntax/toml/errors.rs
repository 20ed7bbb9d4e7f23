//! The `toml` crate's errors in losslint's words: one clause each, and one for a line of the text. Not for finding them.

use ::toml::de::Error;

use crate::span::Span;
use crate::syntax::SyntaxError;
use crate::syntax::error::{MOST_ERRORS, in_one_line};

/// The errors in order of position. Of several on one line only the first: the others mostly follow from it.
pub(super) fn readable(text: &str, errors: &[Error]) -> Vec<SyntaxError> {
    let mut errors: Vec<_> = errors
        .iter()
        .map(|error| (error.span().unwrap_or_default(), error.message()))
        .collect();
    errors.sort_by_key(|(bytes, _)| bytes.start);
    let mut kept = Vec::new();
    let mut next_line = 0;
    for (bytes, original) in errors {
        if bytes.start < next_line || kept.len() == MOST_ERRORS {
            continue;
        }
        let found = text.get(bytes.clone()).unwrap_or_default();
        kept.push(SyntaxError {
            span: Span::new(bytes.start, bytes.end),
            message: message(original, found),
        });
        // The place after the last byte still belongs to the last line.
        let rest = text.as_bytes().get(bytes.start..).unwrap_or_default();
        next_line = match memchr::memchr(b'\n', rest) {
            Some(length) => bytes.start + length + 1,
            None => text.len() + 1,
        };
    }
    kept
}

/// Our words for a message of the `toml` crate about the bytes that were found.
fn message(original: &str, found: &str) -> String {
    if let Some(word) = other_spelling(found) {
        return format!("expected {word} instead of {found}");
    }
    let is_word = found.starts_with(|c: char| c.is_alphabetic());
    if is_word && SCALAR_FAULTS.contains(&original) {
        return "expected quotes around this text".to_owned();
    }
    match plain_words(original) {
        Some(words) => words.to_owned(),
        None => in_one_line(original.trim_end_matches(", expected nothing"), "this is no TOML"),
    }
}

fn other_spelling(word: &str) -> Option<&'static str> {
    match word {
        "True" | "TRUE" => Some("true"),
        "False" | "FALSE" => Some("false"),
        "NaN" | "NAN" => Some("nan"),
        "Infinity" | "Inf" | "INF" => Some("inf"),
        "-Infinity" | "-Inf" | "-INF" => Some("-inf"),
        "None" | "null" | "Null" | "NULL" | "nil" => Some("a value"),
        _ => None,
    }
}

/// What the `toml` crate says of a word without quotes, by the word's first letter.
const SCALAR_FAULTS: &[&str] = &[
    "string values must be quoted, expected literal string",
    "invalid boolean, expected `true`",
    "invalid boolean, expected `false`",
    "invalid float, expected `inf`",
    "invalid float, expected `nan`",
];

/// What we say for messages of the `toml` crate that speak of its grammar.
fn plain_words(original: &str) -> Option<&'static str> {
    Some(match original {
        "cannot recurse further; max recursion depth met" => "expected at most 80 brackets within each other",
        "duplicate key" => "this key is already defined",
        "extra comma in array, expected value" => "expected a value before this ','",
        "extra comma in inline table, expected key" => "expected a key before this ','",
        "invalid basic string, expected `\"`" => "expected '\"' at the end of this string",
        "invalid fraction, expected digits" => "expected a digit after the '.'",
        "invalid key-value pair, expected key"
        | "missing table open, expected `[`"
        | "unquoted keys cannot be empty, expected letters, numbers, `-`, `_`" => "expected a key",
        "invalid mantissa, expected digits" => "expected a digit before the '.'",
        "invalid multi-line basic string, expected `\"`" | "invalid multi-line literal string, expected `'`" => {
            "expected three closing quotes before the end of the file"
        }
        "invalid unquoted key, expected letters, numbers, `-`, `_`" => "expected quotes around this key",
        "key with no value, expected `=`" | "missing assignment between key-value pairs, expected `=`" => {
            "expected '=' after the key"
        }
        "missing array opening, expected `[`"
        | "missing inline table opening, expected `{`"
        | "string values must be quoted, expected literal string" => "expected a value",
        "missing comma between array elements, expected `,`" => "expected ',' or ']' after the value",
        "missing comma between key-value pairs, expected `,`" => "expected ',' or '}' after the value",
        "missing escaped value, expected `b`, `e`, `f`, `n`, `r`, `\\`, `\"`, `x`, `u`, `U`" => {
            "expected one of \" \\ b e f n r t u U x after the backslash"
        }
        "recursion limit" => "expected at most 80 parts in every key",
        "unclosed array, expected `]`" => "expected ']' at the end of the array",
        "unclosed array table, expected `]`" => "expected ']]' after the table's name",
        "unclosed inline table, expected `}`" => "expected '}' at the end of the table",
        "unclosed table, expected `]`" => "expected ']' after the table's name",
        "unexpected key or value, expected newline, `#`" => "expected the end of the line",
        "unexpected leading zero, expected nothing" => "expected a number without leading zeros",
        _ => return None,
    })
}
