//! Taking an entry out of brackets, with its comma and its comments: the same for JSON, TOML's values and YAML's flow.

use super::bytes::Edit;
use super::entries::{Siblings, inside, siblings};
use super::lines::{comments_above, is_blank, line_break, line_end, line_start, next_line};
use crate::span::Span;
use crate::syntax::NodeRef;

/// Takes an entry out of an object or list that stands in brackets.
pub fn remove(text: &str, parent: NodeRef<'_>, node: NodeRef<'_>) -> Option<Edit> {
    let near = siblings(parent, node)?;
    if !is_in_brackets(parent, &near) {
        return None;
    }
    let own = near.own.range();
    let behind_comma = comma(text, parent, own.end, near.next.map(|next| next.start as usize));
    let whole = behind_comma.unwrap_or(own.end);
    let (start, end) = own_lines(text, parent, own.start, whole).unwrap_or((own.start, whole));
    match (near.previous, near.next) {
        (_, Some(next)) if end == whole => {
            // On a line with others: the space before the next one goes as well, unless a comment stands in it.
            let gap = &text[end..next.start as usize];
            let end = if gap.trim().is_empty() {
                next.start as usize
            } else {
                end
            };
            Some(Edit::remove(start..end))
        }
        (_, Some(_)) => Some(Edit::remove(start..end)),
        // A comma behind the last one may stay one behind the last.
        (Some(_), None) if behind_comma.is_some() => Some(Edit::remove(start..end)),
        (Some(previous), None) => Some(without_comma_before(text, parent, previous, start, end)),
        (None, None) => Some(alone(text, parent, start, end)),
    }
}

/// Whether the entry lies between the brackets, and between its siblings: a mapping of YAML in block style may begin with a
/// bracket that is its first key's.
fn is_in_brackets(parent: NodeRef<'_>, near: &Siblings) -> bool {
    let (outer, own) = (parent.span(), near.own);
    outer.start < own.start
        && own.start <= own.end
        && own.end < outer.end
        && near.previous.is_none_or(|previous| previous.end <= own.start)
        && near.next.is_none_or(|next| own.end <= next.start)
}

/// The last entry goes, and the comma behind the one before it: the comments on both sides of the comma stay.
fn without_comma_before(text: &str, parent: NodeRef<'_>, previous: Span, start: usize, end: usize) -> Edit {
    let from = previous.end as usize;
    let behind = comma(text, parent, from, Some(start));
    let before_comma = behind.map_or("", |behind| &text[from..behind - 1]);
    let before_comma = if before_comma.trim().is_empty() {
        ""
    } else {
        before_comma
    };
    let between = &text[behind.unwrap_or(from)..start];
    let takes_lines = end > start && text[start..end].ends_with('\n');
    // The line break of the line that goes stays, the one before it does not.
    let (kept, end) = if takes_lines {
        let newline = line_break(text);
        (between.strip_suffix(newline).unwrap_or(between), end - newline.len())
    } else if between.trim().is_empty() {
        ("", end)
    } else {
        (between, end)
    };
    Edit::replace(from..end, format!("{before_comma}{kept}"))
}

/// The only entry goes; the brackets close up when nothing is left in them.
fn alone(text: &str, parent: NodeRef<'_>, start: usize, end: usize) -> Edit {
    let inside = inside(parent);
    let nothing_left =
        text[inside.start..start].trim().is_empty() && text[end.min(inside.end)..inside.end].trim().is_empty();
    Edit::remove(if nothing_left { inside } else { start..end })
}

/// The place behind the comma that follows a position, comments left out; not beyond the next entry.
fn comma(text: &str, parent: NodeRef<'_>, from: usize, until: Option<usize>) -> Option<usize> {
    let until = until.unwrap_or(parent.span().end as usize).max(from);
    let comments = &parent.tree().comments;
    text[from..until]
        .match_indices(',')
        .map(|(at, _)| from + at)
        .find(|at| !comments.iter().any(|comment| comment.range().contains(at)))
        .map(|at| at + 1)
}

/// The lines of an entry that shares them with nobody: from the comments right above it to its last line break.
fn own_lines(text: &str, parent: NodeRef<'_>, start: usize, end: usize) -> Option<(usize, usize)> {
    let line = line_start(text, start);
    let stop = line_end(text, end);
    let comments = &parent.tree().comments;
    let rest = &text[end..stop];
    let behind = rest.len() - rest.trim_start().len() + end;
    let behind_it = |comment: &Span| {
        comment.start as usize == behind && comment.end as usize <= stop && is_blank(&text[comment.end as usize..stop])
    };
    let ends_here = is_blank(rest) || comments.iter().any(behind_it);
    if !is_blank(&text[line..start]) || !ends_here || stop == text.len() {
        return None;
    }
    let is_comment = |line: &str| line.starts_with("//") || line.starts_with('#');
    Some((comments_above(text, line, is_comment), next_line(text, stop)))
}
