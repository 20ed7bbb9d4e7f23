//! Changes of values → bytes to replace: minimal, in the file's own style, everything else left as it is.

mod brackets;
mod json;
mod lines;
mod literal;
mod toml;
mod verify;
mod yaml;

use std::ops::Range;

pub use verify::does_exactly;

use super::{File, Format, NodeRef};
use crate::diagnostic::{Change, Literal};
use crate::span::{NodeId, Span};

/// Bytes and what stands there instead.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// The bytes that go.
    pub span: Span,
    /// The text that comes.
    pub text: String,
}

impl Edit {
    fn replace(bytes: Range<usize>, text: impl Into<String>) -> Self {
        Self {
            span: Span::new(bytes.start, bytes.end),
            text: text.into(),
        }
    }

    fn remove(bytes: Range<usize>) -> Self {
        Self::replace(bytes, "")
    }

    fn insert(at: usize, text: impl Into<String>) -> Self {
        Self::replace(at..at, text)
    }
}

/// The edit that makes a change in a file; `None` when the file's form does not allow it (a date where a list should be, a
/// `null` in TOML), or when more would change than was asked for.
pub fn edit(file: &File, change: &Change) -> Option<Edit> {
    let edit = by_bytes(file, change)?;
    // JSON has one way to write a value, and exports can be too long to be read again for each edit.
    (file.tree.format() == Format::Json || does_exactly(file, change, &edit)).then_some(edit)
}

fn by_bytes(file: &File, change: &Change) -> Option<Edit> {
    let node = |id: NodeId| file.tree.node(id);
    let changed = change.at();
    if is_part_of_text(node(changed.node)?, changed.span) {
        return None;
    }
    match change {
        Change::Replace { at, with } => replace(file, node(at.node)?, at.span, with),
        Change::Insert {
            into,
            after,
            key,
            value,
        } => insert(file, node(into.node)?, after.as_deref(), key, value),
        Change::Remove { at } => remove(file, node(at.node)?),
    }
}

/// Whether a place is a part of a text, such as an expression's argument: no value that could be written anew.
fn is_part_of_text(node: NodeRef<'_>, place: Span) -> bool {
    node.as_str().is_some() && node.span() != place && node.span().contains(place)
}

fn replace(file: &File, node: NodeRef<'_>, at: Span, with: &Literal) -> Option<Edit> {
    let text = match file.tree.format() {
        Format::Json => json::HAND.write(with, "")?,
        Format::Toml => match with {
            Literal::Text(name) if node.is_key() => toml::key(name, node.raw()),
            // A table that a header makes has the header's bytes: those are no value to replace.
            _ if !toml::is_written_in_table(node) => return None,
            _ => toml::HAND.write(with, node.raw())?,
        },
        Format::Yaml => return yaml::replace(node, at, with),
    };
    Some(Edit::replace(node.span().range(), text))
}

fn insert(file: &File, object: NodeRef<'_>, after: Option<&str>, key: &str, value: &Literal) -> Option<Edit> {
    if !object.is_object() || object.get(key).is_some() {
        return None;
    }
    let text = file.tree.source();
    match file.tree.format() {
        Format::Json => json::insert(text, object, after, key, value),
        Format::Toml => toml::insert(text, object, after, key, value),
        Format::Yaml => yaml::insert(text, object, after, key, value),
    }
}

/// The bytes between a container's brackets.
fn inside(container: NodeRef<'_>) -> Range<usize> {
    let brackets = container.span().range();
    let start = brackets.start + 1;
    start..brackets.end.saturating_sub(1).max(start)
}

/// An entry into brackets that hold nothing, or comments only: these stay behind it.
fn into_empty(text: &str, object: NodeRef<'_>, entry: &str) -> Edit {
    let inside = inside(object);
    match text[inside.clone()].trim().is_empty() {
        true => Edit::replace(inside, entry),
        false => Edit::insert(inside.start, format!("{entry} ")),
    }
}

fn remove(file: &File, node: NodeRef<'_>) -> Option<Edit> {
    let parent = node.parent()?;
    let text = file.tree.source();
    match file.tree.format() {
        Format::Json => brackets::remove(text, parent, node),
        Format::Toml => toml::remove(text, parent, node),
        Format::Yaml => yaml::remove(text, parent, node),
    }
}

/// Applies edits that do not overlap; `None` when they do or lie outside the text.
pub fn apply(text: &str, edits: &[Edit]) -> Option<String> {
    let mut edits: Vec<&Edit> = edits.iter().collect();
    edits.sort();
    let mut result = String::with_capacity(text.len());
    let mut end = 0;
    for edit in edits {
        let range = edit.span.range();
        result.push_str(text.get(end..range.start)?);
        result.push_str(&edit.text);
        end = range.end;
    }
    result.push_str(text.get(end..)?);
    Some(result)
}

/// Spans of what stands before and behind an item in its list or object: an object's entries begin with their keys.
struct Siblings {
    previous: Option<Span>,
    own: Span,
    next: Option<Span>,
}

fn siblings(parent: NodeRef<'_>, node: NodeRef<'_>) -> Option<Siblings> {
    let entries: Vec<(NodeId, Span)> = if parent.is_object() {
        parent
            .members()
            .map(|(key, value)| (value.id(), joined(key.span(), value.span())))
            .collect()
    } else {
        parent.items().map(|item| (item.id(), item.span())).collect()
    };
    let index = entries.iter().position(|(id, _)| *id == node.id())?;
    Some(Siblings {
        previous: index.checked_sub(1).map(|before| entries[before].1),
        own: entries[index].1,
        next: entries.get(index + 1).map(|(_, span)| *span),
    })
}

fn joined(from: Span, to: Span) -> Span {
    Span {
        start: from.start,
        end: to.end,
    }
}
