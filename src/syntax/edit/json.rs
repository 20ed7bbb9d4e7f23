//! Edits of JSON, pretty or on one line.

use super::bytes::Edit;
use super::entries::into_empty;
use super::lines::{indentation, line_break};
use super::literal::{Hand, in_double_quotes};
use crate::diagnostic::Literal;
use crate::syntax::NodeRef;

/// How JSON writes a value.
pub const HAND: Hand = Hand {
    text: |text, _| in_double_quotes(text),
    key: in_double_quotes,
    colon: ": ",
    braces: ("{", "}"),
    null: Some("null"),
};

/// Puts a member into an object, behind the key `after` or at the end, on a line of its own when the others have theirs.
pub fn insert(text: &str, object: NodeRef<'_>, after: Option<&str>, key: &str, value: &Literal) -> Option<Edit> {
    let value = HAND.write(value, "")?;
    let member = format!("{}{}{value}", in_double_quotes(key), colon(text, object));
    let behind = after
        .and_then(|after| object.member(after))
        .or_else(|| object.members().last());
    let Some((_, last)) = behind else {
        return Some(into_empty(text, object, &member));
    };
    let separator = match object
        .members()
        .next()
        .and_then(|(first, _)| own_line(text, object, first))
    {
        Some(indent) => format!(",{}{indent}", line_break(text)),
        None if text[object.span().range()].contains(", ") || object.members().nth(1).is_none() => ", ".to_owned(),
        None => ",".to_owned(),
    };
    Some(Edit::insert(last.span().end as usize, format!("{separator}{member}")))
}

/// The indentation of a member that stands on a line of its own.
fn own_line<'s>(text: &'s str, object: NodeRef<'_>, first: NodeRef<'_>) -> Option<&'s str> {
    let between = &text[object.span().start as usize..first.span().start as usize];
    between
        .contains('\n')
        .then(|| indentation(text, first.span().start as usize))
        .flatten()
}

/// How the object writes what stands between key and value.
fn colon<'s>(text: &'s str, object: NodeRef<'_>) -> &'s str {
    let between = object.members().next().map(|(key, value)| {
        let range = key.span().end as usize..value.span().start as usize;
        &text[range]
    });
    between
        .filter(|between| between.trim() == ":" && !between.contains('\n'))
        .unwrap_or(": ")
}
