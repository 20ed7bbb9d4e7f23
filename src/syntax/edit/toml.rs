//! Edits of TOML: values, keys in tables and inline tables, items of arrays and arrays of tables.

use super::brackets;
use super::bytes::Edit;
use super::entries::{into_empty, siblings};
use super::lines::{comments_above, indentation, line_break, line_end, line_start, next_line};
use super::literal::{Hand, in_double_quotes};
use crate::diagnostic::Literal;
use crate::span::Span;
use crate::syntax::NodeRef;

/// How TOML writes a value. It has no null.
pub const HAND: Hand = Hand {
    text: quoted,
    key: bare_or_quoted,
    colon: " = ",
    braces: ("{ ", " }"),
    null: None,
};

fn quoted(text: &str, instead_of: &str) -> String {
    let plain = !text
        .chars()
        .any(|c| c.is_control() || c == '\'' || c == '"' || c == '\\');
    if plain && instead_of.starts_with('\'') {
        format!("'{text}'")
    } else if plain {
        format!("\"{text}\"")
    } else {
        in_double_quotes(text)
    }
}

/// A key as TOML writes it, in the quotes of the key that goes.
pub fn key(key: &str, instead_of: &str) -> String {
    match instead_of.starts_with(['\'', '"']) {
        true => quoted(key, instead_of),
        false => bare_or_quoted(key),
    }
}

fn bare_or_quoted(key: &str) -> String {
    let bare = !key.is_empty()
        && key
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-');
    if bare { key.to_owned() } else { quoted(key, "") }
}

/// Puts a key into a table: on a line of its own, or behind a comma in an inline table.
pub fn insert(text: &str, table: NodeRef<'_>, after: Option<&str>, key: &str, value: &Literal) -> Option<Edit> {
    let entry = HAND.entry(key, value)?;
    let behind = after
        .and_then(|after| table.member(after))
        .filter(|(_, value)| is_written_in_table(*value))
        .or_else(|| table.members().filter(|(_, value)| is_written_in_table(*value)).last());
    if table.raw().starts_with('{') {
        return Some(insert_inline(text, table, behind, &entry));
    }
    let is_root = table.parent().is_none();
    if !is_root && !has_header(table) {
        return None; // made by dotted keys or by headers below it: there is no place of its own
    }
    let newline = line_break(text);
    let (line_of, indent) = match behind {
        Some((key, value)) => (value.span().end, indentation(text, key.span().start as usize)?),
        None if is_root => {
            let start = text.len() - text.trim_start_matches('\u{feff}').len();
            return Some(Edit::insert(start, format!("{entry}{newline}")));
        }
        None => (table.span().end, ""),
    };
    let at = line_end(text, line_of as usize);
    Some(Edit::insert(at, format!("{newline}{indent}{entry}")))
}

/// Whether a value stands in a line of its table or an inline one, not under a header or behind dotted keys.
pub fn is_written_in_table(value: NodeRef<'_>) -> bool {
    let in_brackets = value.raw().starts_with(['{', '[']);
    !value.is_container() || (in_brackets && !has_header(value) && !(value.is_array() && value.items().any(has_header)))
}

fn insert_inline(text: &str, table: NodeRef<'_>, behind: Option<(NodeRef<'_>, NodeRef<'_>)>, entry: &str) -> Edit {
    match behind {
        Some((_, value)) => Edit::insert(value.span().end as usize, format!(", {entry}")),
        None => into_empty(text, table, &format!(" {entry} ")),
    }
}

/// Takes out an item of an array, a key, or a table or item of an array of tables with all that stands under its header.
pub fn remove(text: &str, parent: NodeRef<'_>, node: NodeRef<'_>) -> Option<Edit> {
    if has_header(node) {
        return remove_block(text, node);
    }
    if parent.is_object() && !parent.raw().starts_with('{') {
        // What headers or dotted keys make has no place of its own.
        let own = siblings(parent, node)?.own;
        return is_written_in_table(node).then(|| remove_lines(text, own));
    }
    brackets::remove(text, parent, node)
}

/// Whether a table stands under a header: `[a]` or `[[a]]`.
fn has_header(node: NodeRef<'_>) -> bool {
    node.is_object() && node.raw().starts_with('[') && node.raw().len() > 1
}

/// The lines of a key and its value, with the comments right above them and their line break.
fn remove_lines(text: &str, span: Span) -> Edit {
    let start = comments_above(text, line_start(text, span.start as usize), is_comment);
    Edit::remove(start..next_line(text, line_end(text, span.end as usize)))
}

/// A header, the comments right above it, and all that stands under it, up to the next header or its comments. `None` when
/// something else stands in between.
fn remove_block(text: &str, node: NodeRef<'_>) -> Option<Edit> {
    let first = node.span().start;
    let last = node.descendants().map(|inner| inner.span().end).max().unwrap_or(0);
    let last = last.max(node.span().end);
    let root = node.ancestors().last().unwrap_or(node);
    let own = node.descendants().count();
    let within = root
        .descendants()
        .filter(|other| first < other.span().start && other.span().start < last)
        .count();
    if within > own {
        return None;
    }
    let start = comments_above(text, line_start(text, first as usize), is_comment);
    // The blank lines behind go with the block; what follows keeps its own.
    let mut end = next_line(text, last as usize);
    while end < text.len() && text[end..line_end(text, end)].trim().is_empty() {
        end = next_line(text, end);
    }
    Some(Edit::remove(start..end))
}

fn is_comment(line: &str) -> bool {
    line.starts_with('#')
}
