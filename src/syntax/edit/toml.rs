//! Edits of TOML: values, keys in tables and inline tables, items of arrays and arrays of tables.

use super::lines::{comments_above, indentation, line_break, line_end, line_start, next_line};
use super::{Edit, NodeRef, brackets, siblings};
use crate::diagnostic::Literal;
use crate::span::Span;

/// A value as TOML writes it; texts in the quotes of the value that goes. TOML has no null.
pub fn literal(value: &Literal, instead_of: &str) -> Option<String> {
    Some(match value {
        Literal::Text(text) => quoted(text, instead_of),
        Literal::Number(number) => number.to_string(),
        Literal::Bool(truth) => truth.to_string(),
        Literal::Null => return None,
        Literal::Table(entries) => {
            let entries: Option<Vec<String>> = entries
                .iter()
                .map(|(key, value)| Some(format!("{} = {}", bare_or_quoted(key), literal(value, "\"\"")?)))
                .collect();
            format!("{{ {} }}", entries?.join(", "))
        }
    })
}

fn quoted(text: &str, instead_of: &str) -> String {
    let plain = !text
        .chars()
        .any(|c| c.is_control() || c == '\'' || c == '"' || c == '\\');
    if plain && instead_of.starts_with('\'') {
        format!("'{text}'")
    } else if plain {
        format!("\"{text}\"")
    } else {
        // JSON's escapes are TOML's.
        serde_json::Value::from(text).to_string()
    }
}

fn bare_or_quoted(key: &str) -> String {
    let bare = !key.is_empty()
        && key
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-');
    if bare { key.to_owned() } else { quoted(key, "\"") }
}

/// Puts a key into a table: on a line of its own, or behind a comma in an inline table.
pub fn insert(text: &str, table: NodeRef<'_>, after: Option<&str>, key: &str, value: &Literal) -> Option<Edit> {
    let entry = format!("{} = {}", bare_or_quoted(key), literal(value, "\"\"")?);
    let behind = after.and_then(|after| table.member(after)).or_else(|| {
        table
            .members()
            .filter(|(_, value)| !value.is_object() || value.raw().starts_with('{'))
            .last()
    });
    if table.raw().starts_with('{') {
        return Some(insert_inline(table, behind, &entry));
    }
    if !table.raw().starts_with('[') {
        return None; // made by dotted keys: there is no place of its own
    }
    let (line_of, indent) = match behind {
        Some((key, value)) => (value.span().end, indentation(text, key.span().start as usize)?),
        None => (table.span().end, ""),
    };
    let at = line_end(text, line_of as usize);
    let newline = line_break(text);
    Some(Edit {
        span: Span::new(at, at),
        text: format!("{newline}{indent}{entry}"),
    })
}

fn insert_inline(table: NodeRef<'_>, behind: Option<(NodeRef<'_>, NodeRef<'_>)>, entry: &str) -> Edit {
    match behind {
        Some((_, value)) => {
            let at = value.span().end;
            Edit {
                span: Span { start: at, end: at },
                text: format!(", {entry}"),
            }
        }
        None => Edit {
            span: table.span(),
            text: format!("{{ {entry} }}"),
        },
    }
}

/// Takes out an item of an array, a key, or an item of an array of tables with all that stands under its header.
pub fn remove(text: &str, parent: NodeRef<'_>, node: NodeRef<'_>) -> Option<Edit> {
    let in_brackets = |node: NodeRef<'_>, open: char| node.raw().starts_with(open) && node.raw().len() > 1;
    if parent.is_array() && in_brackets(node, '[') && node.is_object() {
        return Some(remove_block(text, node));
    }
    if parent.is_object() && !in_brackets(parent, '{') {
        return Some(remove_lines(text, siblings(parent, node)?.own));
    }
    brackets::remove(text, parent, node)
}

/// The lines of a key and its value, with the comments right above them and their line break.
fn remove_lines(text: &str, span: Span) -> Edit {
    let start = comments_above(text, line_start(text, span.start as usize), is_comment);
    Edit {
        span: Span::new(start, next_line(text, line_end(text, span.end as usize))),
        text: String::new(),
    }
}

/// A header, the comments right above it, and all that stands under it, up to the next header or its comments.
fn remove_block(text: &str, node: NodeRef<'_>) -> Edit {
    let last = node.descendants().map(|inner| inner.span().end).max().unwrap_or(0);
    let start = comments_above(text, line_start(text, node.span().start as usize), is_comment);
    // The blank lines behind go with the block; what follows keeps its own.
    let mut end = next_line(text, last.max(node.span().end) as usize);
    while end < text.len() && text[end..line_end(text, end)].trim().is_empty() {
        end = next_line(text, end);
    }
    Edit {
        span: Span::new(start, end),
        text: String::new(),
    }
}

fn is_comment(line: &str) -> bool {
    line.starts_with('#')
}
