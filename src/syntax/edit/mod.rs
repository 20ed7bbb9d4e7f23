//! Changes of values → bytes to replace: minimal, in the file's own style, everything else left as it is.

mod brackets;
mod bytes;
mod entries;
mod json;
mod lines;
mod literal;
mod toml;
mod verify;
mod yaml;

use super::{File, Format, NodeRef};
use crate::diagnostic::{Change, Literal};
use crate::span::{NodeId, Span};

pub use bytes::{Edit, apply};
pub use verify::does_exactly;

/// The edit that makes a change in a file; `None` when the file's form does not allow it (a date where a list should be, a
/// `null` in TOML), or when more would change than was asked for.
pub fn edit(file: &File, change: &Change) -> Option<Edit> {
    let edit = by_bytes(file, change)?;
    // JSON has one way to write a value, and exports can be too long to be read again for each edit.
    (file.tree.format() == Format::Json || does_exactly(file, change, &edit)).then_some(edit)
}

fn by_bytes(file: &File, change: &Change) -> Option<Edit> {
    if file.tree.format().is_code() {
        return None;
    }
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
    if node.is_key() && !matches!(with, Literal::Text(_)) {
        return None;
    }
    let text = match file.tree.format() {
        Format::Json => json::HAND.write(with, "")?,
        Format::Toml => match with {
            Literal::Text(name) if node.is_key() => toml::key(name, node.raw()),
            // A table that a header makes has the header's bytes: those are no value to replace.
            _ if !toml::is_written_in_table(node) => return None,
            _ => toml::HAND.write(with, node.raw())?,
        },
        Format::Yaml => return yaml::replace(node, at, with),
        Format::Python | Format::Notebook => return None,
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
        Format::Python | Format::Notebook => None,
    }
}

fn remove(file: &File, node: NodeRef<'_>) -> Option<Edit> {
    let parent = node.parent()?;
    let text = file.tree.source();
    match file.tree.format() {
        Format::Json => brackets::remove(text, parent, node),
        Format::Toml => toml::remove(text, parent, node),
        Format::Yaml => yaml::remove(text, parent, node),
        Format::Python | Format::Notebook => None,
    }
}
