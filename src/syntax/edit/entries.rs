//! The entries of a list or object: what stands beside one, and where one goes that is the first.

use std::ops::Range;

use super::bytes::Edit;
use crate::span::{NodeId, Span};
use crate::syntax::NodeRef;

/// Spans of what stands before and behind an item in its list or object: an object's entries begin with their keys.
pub(super) struct Siblings {
    pub previous: Option<Span>,
    pub own: Span,
    pub next: Option<Span>,
}

/// The siblings of an entry; `None` when it is none of its parent's.
pub(super) fn siblings(parent: NodeRef<'_>, node: NodeRef<'_>) -> Option<Siblings> {
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

/// The bytes between a container's brackets.
pub(super) fn inside(container: NodeRef<'_>) -> Range<usize> {
    let brackets = container.span().range();
    let start = brackets.start + 1;
    start..brackets.end.saturating_sub(1).max(start)
}

/// An entry into brackets that hold nothing, or comments only: these stay behind it.
pub(super) fn into_empty(text: &str, object: NodeRef<'_>, entry: &str) -> Edit {
    let inside = inside(object);
    match text[inside.clone()].trim().is_empty() {
        true => Edit::replace(inside, entry),
        false => Edit::insert(inside.start, format!("{entry} ")),
    }
}
