//! Edits of JSON, pretty or on one line.

use super::lines::{indentation, line_break};
use super::{Edit, NodeRef, into_empty};
use crate::diagnostic::Literal;
use crate::span::Span;

/// A value as JSON writes it, on one line.
pub fn literal(value: &Literal) -> String {
    match value {
        Literal::Text(text) => quoted(text),
        Literal::Number(number) => number.to_string(),
        Literal::Bool(truth) => truth.to_string(),
        Literal::Null => "null".to_owned(),
        Literal::Table(entries) => {
            let entries: Vec<String> = entries
                .iter()
                .map(|(key, value)| format!("{}: {}", quoted(key), literal(value)))
                .collect();
            format!("{{{}}}", entries.join(", "))
        }
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Puts a member into an object, behind a key or at the end, on a line of its own when the others have theirs.
pub fn insert(text: &str, object: NodeRef<'_>, after: Option<&str>, key: &str, value: &Literal) -> Edit {
    let member = format!("{}{}{}", quoted(key), colon(text, object), literal(value));
    let behind = after
        .and_then(|after| object.member(after))
        .or_else(|| object.members().last());
    let Some((_, last)) = behind else {
        return into_empty(text, object, &member);
    };
    let at = last.span().end;
    let separator = match object
        .members()
        .next()
        .and_then(|(first, _)| own_line(text, object, first))
    {
        Some(indent) => format!(",{}{indent}", line_break(text)),
        None if text[object.span().range()].contains(", ") || object.members().nth(1).is_none() => ", ".to_owned(),
        None => ",".to_owned(),
    };
    Edit {
        span: Span { start: at, end: at },
        text: format!("{separator}{member}"),
    }
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
