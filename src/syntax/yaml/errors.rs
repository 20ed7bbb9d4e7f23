//! The `granit-parser` crate's errors in losslint's words: one clause each, with the bytes to show. Not for finding them.

use granit_parser::{ErrorKind, ScanError};

use crate::span::Span;
use crate::syntax::SyntaxError;
use crate::syntax::error::in_one_line;

/// The error that ended the reading of a document. `before` is the start of the last node that was read.
pub(super) fn readable(text: &str, before: usize, error: &ScanError) -> SyntaxError {
    let at = error.marker().byte_offset().unwrap_or(text.len());
    let at = text.floor_char_boundary(at.min(text.len()));
    let at = if is_about_tabs(error.kind()) {
        next_tab(text, at)
    } else {
        at
    };
    let span = Span::new(at, at + token_length(&text[at..]));
    let place = Place {
        found: text[at..].chars().next(),
        is_on_a_new_line: text.get(before..at).is_some_and(|between| between.contains('\n')),
    };
    let message = match plain_words(error.kind(), &place) {
        Some(words) => words.to_owned(),
        None => in_one_line(&error.kind().to_string(), "this is no YAML"),
    };
    SyntaxError { span, message }
}

/// Where an error was met.
struct Place {
    found: Option<char>,
    /// Whether a line has ended since the start of the last node.
    is_on_a_new_line: bool,
}

fn is_about_tabs(kind: &ErrorKind) -> bool {
    use ErrorKind::*;
    matches!(
        kind,
        TabNotAllowed | TabInBlockIndentation | TabAtBlockScalarStart | TabInIndentation | TabInPlainScalar
    )
}

/// The tab at fault: of those on the line, or else the next one.
fn next_tab(text: &str, at: usize) -> usize {
    let line = text[..at].rfind('\n').map_or(0, |line_break| line_break + 1);
    let indent = text[line..at].find('\t').map(|offset| line + offset);
    let next = || text[at..].find('\t').map(|offset| at + offset);
    indent.or_else(next).unwrap_or(at)
}

/// The bytes to show: a word, or else one character.
fn token_length(rest: &str) -> usize {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '$' | '/');
    match rest.chars().next() {
        None | Some('\n' | '\r') => 0,
        Some(first) if is_word(first) => rest.find(|c| !is_word(c)).unwrap_or(rest.len()),
        Some(first) => first.len_utf8(),
    }
}

/// What we say for errors that speak of YAML's grammar.
fn plain_words(kind: &ErrorKind, place: &Place) -> Option<&'static str> {
    let words = brackets(kind, place).or_else(|| lines(kind, place));
    words.or_else(|| strings(kind)).or_else(|| marks(kind, place))
}

fn brackets(kind: &ErrorKind, place: &Place) -> Option<&'static str> {
    use ErrorKind::*;
    Some(match kind {
        UnclosedFlowCollection { open: '[' } => "this '[' is never closed",
        UnclosedFlowCollection { .. } => "this '{' is never closed",
        MismatchedFlowCollectionEnd { open: '[', .. } => "this '[' is closed by '}'",
        MismatchedFlowCollectionEnd { .. } => "this '{' is closed by ']'",
        MisplacedFlowCollectionEnd => "expected an opening bracket before this one",
        UnexpectedEofFlowSequence
        | UnexpectedEofFlowMapping
        | UnexpectedEofImplicitFlowMapping
        | ExpectedFlowMappingSeparator
        | ExpectedFlowSequenceSeparator
            if place.found == Some(',') =>
        {
            "expected a value before this ','"
        }
        InvalidColonPlacement | ExpectedFlowSequenceSeparator => "expected ',' or ']' before this",
        ExpectedFlowMappingSeparator => "expected ',' or '}' before this",
        UnexpectedEofFlowSequence => "expected ']' before the end of the file",
        UnexpectedEofFlowMapping | UnexpectedEofImplicitFlowMapping => "expected '}' before the end of the file",
        BlockEntryInFlowCollection => "expected no '-' inside brackets",
        RecursionLimitExceeded => "expected at most 255 levels within each other",
        _ => return None,
    })
}

fn lines(kind: &ErrorKind, place: &Place) -> Option<&'static str> {
    use ErrorKind::*;
    Some(match kind {
        _ if is_about_tabs(kind) => "expected spaces instead of a tab at the start of a line",
        MappingValueNotAllowed | MappingKeyNotAllowed if place.is_on_a_new_line => {
            "expected this line to be indented like the key above"
        }
        MappingValueNotAllowed => "expected quotes around a value that holds ': '",
        MappingKeyNotAllowed => "expected a key on a line of its own",
        ExpectedBlockMappingKey if place.is_on_a_new_line => "expected a key with the indentation of the keys above",
        ExpectedBlockMappingKey => "expected the end of the line",
        ExpectedBlockSequenceEntry => "expected '-' as on the lines above",
        SimpleKeyExpected => "expected ':' after this key",
        InvalidSimpleKey => "expected ':' on the same line as this key",
        BlockSequenceEntryNotAllowed => "expected '-' on a line of its own",
        InvalidIndentation | InvalidFlowScalarIndent | InvalidQuotedScalarIndent => {
            "expected this line to be indented further"
        }
        InvalidBlockScalarIndent => "expected the indentation of the text's first line",
        CommentInterceptedScalar => "expected no comment inside a text without quotes",
        CommentNotSeparated => "expected a space before this '#'",
        ExpectedDocumentStart => "expected '---' before another document",
        InvalidDocumentEnd => "expected nothing after '...' on its line",
        BomInsideDocument => "expected a byte-order mark at the start of the file only",
        _ => return None,
    })
}

fn strings(kind: &ErrorKind) -> Option<&'static str> {
    use ErrorKind::*;
    Some(match kind {
        UnclosedQuotedScalar | DocumentIndicatorInQuotedScalar => "this quote is never closed",
        InvalidTrailingSingleQuotedScalar | InvalidTrailingDoubleQuotedScalar => {
            "expected nothing after the closing quote"
        }
        UnknownQuotedScalarEscape => "expected '\\\\' for a backslash inside double quotes",
        InvalidQuotedScalarHexEscape | InvalidUnicodeEscape => "expected a character's number after '\\x' or '\\u'",
        InvalidLowSurrogateHexEscape | InvalidLowSurrogate | MissingLowSurrogate | UnpairedLowSurrogate => {
            "expected both halves of the character that '\\u' begins"
        }
        ZeroBlockScalarIndent => "expected an indentation from 1 to 9 after this '|' or '>'",
        InvalidBlockScalarHeader => "expected the end of the line after this '|' or '>'",
        PlainScalarStartsWithDashFlowIndicator | UnexpectedEndOfPlainScalar => "expected quotes around this text",
        _ => return None,
    })
}

fn marks(kind: &ErrorKind, place: &Place) -> Option<&'static str> {
    use ErrorKind::*;
    Some(match kind {
        UnexpectedCharacter { .. } if place.found.is_some_and(char::is_control) => {
            "expected no control character outside quotes"
        }
        UnexpectedCharacter { .. } => "expected quotes around a text that starts with this character",
        MissingAnchorOrAliasName => "expected a name after this, or quotes around the text",
        UndeclaredTagHandle => "expected '%TAG' to declare the first part of this tag",
        UnclosedVerbatimTag => "expected '>' at the end of this tag",
        InvalidTagTerminator => "expected a space after this tag",
        InvalidBlockEntryWhitespace => "expected a space after this '-'",
        InvalidMappingValueWhitespace | FlowMappingValueAdjacentCollection => "expected a space after this ':'",
        ExpectedNodeContent | UnexpectedEof => "expected a value",
        UnsupportedYamlMajorVersion => "expected YAML 1.1 or 1.2",
        MissingDocumentEndBeforeDirective => "expected '...' before this '%'",
        _ => return None,
    })
}
