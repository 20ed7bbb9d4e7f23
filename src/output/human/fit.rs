//! A snippet in the width of a terminal: no line runs over its end, and neither does what is written under it.

use std::ops::Range;

use textwrap::core::display_width;

use crate::output::wrap;
use crate::report::{Snippet, SnippetLabel};
use crate::span::Span;

/// Columns of the frame beside the number of a line.
const FRAME: usize = 4;
/// Columns between the middle of a mark and its label: `╰── `.
const HOOK: usize = 4;
/// Columns of a label that are worth more than the text before its mark: what is longer may be broken between words.
const LEAST: usize = 18;
/// What stands for text that is left out.
const DOTS: &str = "…";
/// Columns of a tab, as it is drawn.
const TAB: usize = 4;

/// The same snippet on lines that fit into so many columns. Labels that do not fit beside each other on one drawn line get a
/// snippet each.
pub fn fit(snippet: &Snippet, width: usize) -> Vec<Snippet> {
    let last_line = snippet.first_line as usize + snippet.text.lines().count();
    let limit = width.saturating_sub(FRAME + last_line.to_string().len());
    let mut lines = lines(snippet);
    let mut apart = Vec::new();
    for (number, line) in (snippet.first_line..).zip(&mut lines) {
        apart.extend(line.take_apart(limit).into_iter().map(|line| (number, vec![line])));
    }
    std::iter::once((snippet.first_line, lines))
        .chain(apart)
        .map(|(first_line, lines)| drawn(&snippet.name, first_line, &lines, limit))
        .collect()
}

/// A line of a snippet.
struct Line<'s> {
    text: &'s str,
    /// Its labels by position; their spans count from the start of the line.
    labels: Vec<SnippetLabel>,
}

fn lines(snippet: &Snippet) -> Vec<Line<'_>> {
    let mut start = 0;
    let line = |text: &'_ str| {
        let bytes = start..start + text.len();
        start = bytes.end + 1;
        let own = snippet.labels.iter().filter(|label| {
            let at = label.span.start as usize;
            bytes.start <= at && at <= bytes.end
        });
        own.map(|label| within(label, &bytes)).collect()
    };
    let labels: Vec<Vec<SnippetLabel>> = snippet.text.split('\n').map(line).collect();
    let texts = snippet.text.split('\n').map(|text| text.trim_end_matches('\r'));
    texts.zip(labels).map(|(text, labels)| Line { text, labels }).collect()
}

/// A label with a span that counts from the start of its line.
fn within(label: &SnippetLabel, line: &Range<usize>) -> SnippetLabel {
    let end = (label.span.end as usize).min(line.end);
    SnippetLabel {
        span: Span::new(label.span.start as usize - line.start, end - line.start),
        ..label.clone()
    }
}

impl<'s> Line<'s> {
    /// Takes away the labels that cannot be drawn beside the main one, or else the first, and gives them as the same line
    /// again.
    fn take_apart(&mut self, limit: usize) -> Vec<Line<'s>> {
        let mut groups: Vec<Line<'s>> = Vec::new();
        for label in std::mem::take(&mut self.labels) {
            let group = groups.iter_mut().find(|group| group.has_room_for(&label, limit));
            match group {
                Some(group) => group.labels.push(label),
                None => groups.push(Line {
                    text: self.text,
                    labels: vec![label],
                }),
            }
        }
        let has_main = |group: &Line<'s>| group.labels.iter().any(|label| label.primary);
        let own = groups.iter().position(has_main).unwrap_or(0);
        if own < groups.len() {
            *self = groups.remove(own);
        }
        groups
    }
}

impl Line<'_> {
    /// Whether one more label can be drawn behind the others. Of two marks that overlap one would stand where it does not
    /// belong.
    fn has_room_for(&self, label: &SnippetLabel, limit: usize) -> bool {
        let mut all = self.labels.clone();
        all.push(label.clone());
        let with_it = Line {
            text: self.text,
            labels: all,
        };
        let is_apart = |other: &SnippetLabel| other.span.end <= label.span.start || label.span.end <= other.span.start;
        self.labels.iter().all(is_apart) && with_it.needed(limit, LEAST) <= limit
    }

    /// The column, from 0, of the middle of a mark: its label begins behind a hook from there.
    fn middle(&self, from: usize, label: &SnippetLabel, limit: usize) -> usize {
        let before = columns(&self.text[from.min(label.span.start as usize)..label.span.start as usize]);
        before + self.marked(label, limit) / 2
    }

    fn marked(&self, label: &SnippetLabel, limit: usize) -> usize {
        columns(&self.text[label.span.range()]).min(limit)
    }

    /// The byte where the first mark begins.
    fn first_mark(&self) -> usize {
        let starts = self.labels.iter().map(|label| label.span.start as usize);
        starts.min().unwrap_or(0)
    }

    /// The columns that marks and labels take from the first mark on, when labels are broken at so many columns.
    fn needed(&self, limit: usize, longest: usize) -> usize {
        let first = self.first_mark();
        let needed = |label: &SnippetLabel| {
            let end = columns(&self.text[first..label.span.start as usize]) + self.marked(label, limit);
            let said = display_width(&label.text).min(longest);
            end.max(self.middle(first, label, limit) + HOOK + said)
        };
        self.labels.iter().map(needed).max().unwrap_or(0)
    }

    /// The bytes that are shown: from the left what leaves room for the labels, as far as the limit.
    fn kept(&self, limit: usize) -> Range<usize> {
        let whole = self.needed(limit, usize::MAX);
        let needed = if whole <= limit {
            whole
        } else {
            self.needed(limit, LEAST)
        };
        let start = back(self.text, self.first_mark(), limit.saturating_sub(needed));
        let end = forth(self.text, start, limit.saturating_sub(usize::from(start > 0)));
        start..end
    }

    /// Puts what is shown of the line behind a snippet's text, with its labels.
    fn push_to(&self, fitted: &mut Snippet, limit: usize) {
        let kept = self.kept(limit);
        let before = if kept.start > 0 { DOTS } else { "" };
        let after = if kept.end < self.text.len() { DOTS } else { "" };
        let offset = fitted.text.len() + before.len();
        fitted.text.push_str(before);
        fitted.text.push_str(&self.text[kept.clone()]);
        fitted.text.push_str(after);
        for label in &self.labels {
            let start = (label.span.start as usize).clamp(kept.start, kept.end);
            let mut end = (label.span.end as usize).clamp(start, kept.end);
            if start == end {
                // A mark needs a character to stand under.
                match self.text[start..kept.end].chars().next() {
                    Some(next) => end += next.len_utf8(),
                    None => {
                        fitted.text.push(' ');
                        end += 1;
                    }
                }
            }
            let column = columns(before) + self.middle(kept.start, label, limit);
            fitted.labels.push(SnippetLabel {
                span: Span::new(offset + start - kept.start, offset + end - kept.start),
                text: broken(&label.text, limit.saturating_sub(column + HOOK)),
                ..label.clone()
            });
        }
    }
}

fn drawn(name: &str, first_line: u32, lines: &[Line<'_>], limit: usize) -> Snippet {
    let mut fitted = Snippet {
        name: name.to_owned(),
        text: String::new(),
        first_line,
        labels: Vec::new(),
    };
    for (index, line) in lines.iter().enumerate() {
        if index > 0 {
            fitted.text.push('\n');
        }
        line.push_to(&mut fitted, limit);
    }
    fitted
}

/// A label on lines of so many columns, broken between words: the drawing library draws each below the one before.
fn broken(label: &str, width: usize) -> String {
    // Dots that lead on to the next label stay with the last word.
    let label = label.replace(" …", "\u{a0}…");
    wrap::squeeze(&label, width).replace("\u{a0}…", " …")
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
