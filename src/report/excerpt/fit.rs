//! A snippet cut to the width of a terminal: no line runs over its end, and neither does what is written under it.

use std::ops::Range;

use textwrap::core::display_width;

use super::{Snippet, SnippetLabel};
use crate::span::Span;

/// Columns of the terminal that everything has to fit in.
const WIDTH: usize = 80;
/// Columns of the frame beside the number of a line.
const FRAME: usize = 4;
/// Columns between the middle of a mark and its label: `╰── `.
const HOOK: usize = 4;
/// What stands for text that is left out.
const DOTS: &str = "…";
/// Columns of a tab, as it is drawn.
const TAB: usize = 4;

/// The same snippet on lines that fit.
pub fn fit(snippet: &Snippet) -> Snippet {
    let last_line = snippet.first_line as usize + snippet.text.lines().count();
    let limit = WIDTH - FRAME - last_line.to_string().len();
    let mut fitted = Snippet {
        text: String::new(),
        labels: Vec::new(),
        ..snippet.clone()
    };
    let mut start = 0;
    for line in snippet.text.split('\n') {
        let line_bytes = start..start + line.len();
        let own = |label: &&SnippetLabel| {
            let at = label.span.start as usize;
            line_bytes.start <= at && at <= line_bytes.end
        };
        let labels: Vec<SnippetLabel> = snippet
            .labels
            .iter()
            .filter(own)
            .map(|label| within(label, &line_bytes))
            .collect();
        if start > 0 {
            fitted.text.push('\n');
        }
        push_line(&mut fitted, line.trim_end_matches('\r'), &labels, limit);
        start = line_bytes.end + 1;
    }
    fitted
}

/// A label with a span that counts from the start of its line.
fn within(label: &SnippetLabel, line: &Range<usize>) -> SnippetLabel {
    let end = (label.span.end as usize).min(line.end);
    SnippetLabel {
        span: Span::new(label.span.start as usize - line.start, end - line.start),
        ..label.clone()
    }
}

fn push_line(fitted: &mut Snippet, line: &str, labels: &[SnippetLabel], limit: usize) {
    let kept = kept(line, labels, limit);
    let before = if kept.start > 0 { DOTS } else { "" };
    let after = if kept.end < line.len() { DOTS } else { "" };
    let offset = fitted.text.len() + before.len();
    fitted.text.push_str(before);
    fitted.text.push_str(&line[kept.clone()]);
    fitted.text.push_str(after);
    for label in labels {
        let start = (label.span.start as usize).clamp(kept.start, kept.end);
        let mut end = (label.span.end as usize).clamp(start, kept.end);
        if start == end {
            // A mark needs a character to stand under.
            match line[start..kept.end].chars().next() {
                Some(next) => end += next.len_utf8(),
                None => {
                    fitted.text.push(' ');
                    end += 1;
                }
            }
        }
        fitted.labels.push(SnippetLabel {
            span: Span::new(offset + start - kept.start, offset + end - kept.start),
            ..label.clone()
        });
    }
}

/// The bytes of a line that are shown: from the left what leaves room for the labels, as far as the limit.
fn kept(line: &str, labels: &[SnippetLabel], limit: usize) -> Range<usize> {
    let first = labels.iter().map(|label| label.span.start as usize).min().unwrap_or(0);
    let needed = labels
        .iter()
        .map(|label| columns(&line[first..label.span.start as usize]) + needed_by(line, label, limit))
        .max()
        .unwrap_or(0);
    let room = limit.saturating_sub(needed);
    let start = back(line, first, room);
    let end = forth(line, start, limit - usize::from(start > 0));
    start..end
}

/// The columns that a mark and the label under it take, from the mark's first on.
fn needed_by(line: &str, label: &SnippetLabel, limit: usize) -> usize {
    let marked = columns(&line[label.span.range()]).min(limit);
    marked.max(marked / 2 + HOOK + display_width(&label.text))
}

/// The place at most so many columns before another, with room for dots when it is not the line's start.
fn back(line: &str, from: usize, room: usize) -> usize {
    if columns(&line[..from]) <= room {
        return 0;
    }
    let mut left = room.saturating_sub(1);
    let mut start = from;
    for (at, character) in line[..from].char_indices().rev() {
        let Some(rest) = left.checked_sub(width(character)) else {
            break;
        };
        left = rest;
        start = at;
    }
    start
}

/// The place at most so many columns after another, with room for dots when it is not the line's end.
fn forth(line: &str, from: usize, room: usize) -> usize {
    if columns(&line[from..]) <= room {
        return line.len();
    }
    let mut left = room.saturating_sub(1);
    for (at, character) in line[from..].char_indices() {
        match left.checked_sub(width(character)) {
            Some(rest) => left = rest,
            None => return from + at,
        }
    }
    line.len()
}

fn columns(text: &str) -> usize {
    text.chars().map(width).sum()
}

fn width(character: char) -> usize {
    match character {
        '\t' => TAB,
        character => display_width(character.encode_utf8(&mut [0; 4])),
    }
}
