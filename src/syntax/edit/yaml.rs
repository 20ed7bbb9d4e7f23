//! Edits of YAML: values, keys and items in block style by their lines, in flow style by their brackets.

use std::ops::Range;

use super::brackets;
use super::bytes::Edit;
use super::entries::{Siblings, into_empty, siblings};
use super::lines::{comments_above, is_blank, line_above, line_break, line_end, line_start, next_line};
use super::literal::{Hand, in_double_quotes};
use crate::diagnostic::Literal;
use crate::span::Span;
use crate::syntax::NodeRef;

/// Another value in the place of one; of a node whose tag names something, the name in the tag.
pub fn replace(node: NodeRef<'_>, at: Span, with: &Literal) -> Option<Edit> {
    if let Some(edit) = replace_in_tag(node, at, with) {
        return Some(edit);
    }
    if !is_in_place(node) || node.tag().is_some() || node.raw().is_empty() || node.raw().starts_with(['|', '>']) {
        return None;
    }
    let text = HAND.write(with, node.raw())?;
    if !node.is_container() || is_flow(node) {
        return Some(Edit::replace(node.span().range(), text));
    }
    // A value in block style is replaced by one that stands behind its key.
    let source = node.tree().source();
    let own = node.span().range();
    let end = own.start + source[own.clone()].trim_end().len();
    let key = node.key().map_or(own.start, |key| key.span().end as usize);
    Some(match source[key..own.start].trim() {
        ":" => Edit::replace(key..end, format!(": {text}")),
        _ => Edit::replace(own.start..end, format!("{}{text}", indentation_below_key(source, node))),
    })
}

/// `!new:torch.nn.MSELoss`: the part of the tag behind its mark.
fn replace_in_tag(node: NodeRef<'_>, at: Span, with: &Literal) -> Option<Edit> {
    let tag = node.tag_span()?;
    let Literal::Text(name) = with else {
        return None;
    };
    let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '.');
    (tag.contains(at) && at != tag && plain && is_in_place(node)).then(|| Edit::replace(at.range(), name))
}

/// How YAML writes a value.
const HAND: Hand = Hand {
    text: scalar,
    key: |key| scalar(key, ""),
    colon: ": ",
    braces: ("{", "}"),
    null: Some("null"),
};

fn scalar(text: &str, instead_of: &str) -> String {
    let harmless = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '/' | '-' | ' ');
    if instead_of.starts_with('\'') && text.chars().all(harmless) {
        format!("'{text}'")
    } else if instead_of.starts_with('"') || !is_plain(text) {
        in_double_quotes(text)
    } else {
        text.to_owned()
    }
}

/// Whether a text is read back as itself without quotes, by YAML 1.1 readers too.
fn is_plain(text: &str) -> bool {
    const OTHER_VALUES: [&str; 11] = [
        "true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf",
    ];
    let begins = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    let rest = text
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '/' | '-'));
    begins && rest && !OTHER_VALUES.contains(&text.to_ascii_lowercase().as_str())
}

/// Puts a key into a mapping: on a line of its own, or behind a comma in flow style.
pub fn insert(text: &str, object: NodeRef<'_>, after: Option<&str>, key: &str, value: &Literal) -> Option<Edit> {
    if !is_in_place(object) {
        return None;
    }
    let entry = HAND.entry(key, value)?;
    let written = |(key, value): &(NodeRef<'_>, NodeRef<'_>)| {
        object.span().contains(key.span()) && object.span().contains(value.span())
    };
    let behind = after
        .and_then(|after| object.member(after))
        .filter(written)
        .or_else(|| object.members().filter(written).last());
    if is_flow(object) {
        return Some(match behind {
            Some((_, last)) => Edit::insert(last.span().end as usize, format!(", {entry}")),
            None => into_empty(text, object, &entry),
        });
    }
    let (_, last) = behind?;
    let (first, _) = object.members().find(written)?;
    let start = first.span().start as usize;
    let column = text[line_start(text, start)..start].chars().count();
    let end = last_byte(text, object, last);
    let indent = " ".repeat(column);
    Some(Edit::insert(
        line_end(text, end),
        format!("{}{indent}{entry}", line_break(text)),
    ))
}

/// The end of what stands in a value, without the line breaks that a block text ends with.
fn last_byte(text: &str, object: NodeRef<'_>, value: NodeRef<'_>) -> usize {
    let span = value.span().range();
    let start = span.start.max(object.span().start as usize);
    start + text[start..span.end.max(start)].trim_end().len()
}

/// Takes out an item or a key with its value.
pub fn remove(text: &str, parent: NodeRef<'_>, node: NodeRef<'_>) -> Option<Edit> {
    if !is_in_place(node) {
        return None;
    }
    if is_flow(parent) {
        return brackets::remove(text, parent, node);
    }
    let near = siblings(parent, node)?;
    let own = near.own.range();
    // What a merge brings stands where it is written, which may be before the entries that it follows.
    let is_after = near.previous.is_none_or(|previous| previous.end <= near.own.start);
    if !is_after || near.next.is_some_and(|next| next.start < near.own.end) {
        return None;
    }
    if near.previous.is_none() && near.next.is_none() {
        let empty = if parent.is_object() { "{}" } else { "[]" };
        return Some(Edit::replace(
            parent.span().range(),
            format!("{}{empty}", indentation_below_key(text, parent)),
        ));
    }
    let start = entry_start(text, parent, own.start)?;
    let stop = line_end(text, own.start + text[own.clone()].trim_end().len());
    if !is_blank(&text[line_start(text, start)..start]) {
        return remove_first(text, parent, &near, start..stop);
    }
    let from = comments_above(text, line_start(text, start), |line| line.starts_with('#'));
    Some(Edit::remove(from..next_line(text, stop)))
}

/// The first of several entries that begins on the line of its container's own dash: the next one takes its place, unless
/// it has comments above it.
fn remove_first(text: &str, parent: NodeRef<'_>, near: &Siblings, own: Range<usize>) -> Option<Edit> {
    let next = near.next.filter(|_| near.previous.is_none())?.start as usize;
    if text.get(own.end..next)?.contains('#') {
        let line = line_start(text, own.start);
        let dash = line + text[line..own.start].trim_end().len();
        return Some(Edit::remove(dash..own.end));
    }
    Some(Edit::remove(own.start..entry_start(text, parent, next)?))
}

/// Where an entry begins whose own bytes begin there: an item at its dash.
fn entry_start(text: &str, parent: NodeRef<'_>, own: usize) -> Option<usize> {
    match parent.is_object() {
        true => Some(own),
        false => dash_before(text, own),
    }
}

/// What a value lacks to stand deeper than its key: a list in block style need not, anything else must.
fn indentation_below_key(text: &str, value: NodeRef<'_>) -> &'static str {
    let column = |position: u32| position as usize - line_start(text, position as usize);
    // What a merge brings may stand before the key that it is brought under.
    let between = |key: NodeRef<'_>| text.get(key.span().end as usize..value.span().start as usize);
    let is_below = value.key().and_then(between).is_some_and(|text| text.contains('\n'));
    match value.key() {
        Some(key) if is_below && column(value.span().start) <= column(key.span().start) => "  ",
        _ => "",
    }
}

/// The dash of an item, over its tag and its anchor; it may stand alone on a line above.
fn dash_before(text: &str, item: usize) -> Option<usize> {
    let mut line = line_start(text, item);
    let before = &text[line..item];
    if let Some(dash) = before.find('-') {
        return is_blank(&before[..dash]).then_some(line + dash);
    }
    while let Some((above, words)) = line_above(text, line).filter(|_| is_blank(before)) {
        let words = words.split(" #").next().unwrap_or_default().trim_end();
        match words.trim_start() {
            "-" => return Some(above + words.len() - 1),
            rest if rest.is_empty() || rest.starts_with('#') => line = above,
            _ => break,
        }
    }
    None
}

/// Whether a node's bytes are its own: what an alias or `<<` brings stands elsewhere, for others too.
fn is_in_place(node: NodeRef<'_>) -> bool {
    let mut inner = node;
    while let Some(outer) = inner.parent() {
        if !outer.span().contains(inner.span()) {
            return false;
        }
        inner = outer;
    }
    !node.raw().starts_with('*') && !inner.raw().starts_with('*')
}

fn is_flow(node: NodeRef<'_>) -> bool {
    node.raw().starts_with(['{', '['])
}
