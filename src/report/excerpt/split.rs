//! A long snippet as short ones: the lines around its labels, those far from any label left out.

use std::ops::RangeInclusive;

use super::{SAME_SNIPPET, Snippet, SnippetLabel, grouped};
use crate::span::Span;

/// The lines around the labels; labels that are near each other share a snippet. The one with the main place comes first.
pub fn split(snippet: &Snippet, context: u32) -> Vec<Snippet> {
    let lines = lines_of(&snippet.text);
    let line_of = |label: &SnippetLabel| lines.partition_point(|line| line.end < label.span.start) as u32;
    let mut labels: Vec<(u32, &SnippetLabel)> = snippet.labels.iter().map(|label| (line_of(label), label)).collect();
    labels.sort_by_key(|(_, label)| label.span);
    let is_near = |last: &(u32, &SnippetLabel), next: &(u32, &SnippetLabel)| next.0 - last.0 <= SAME_SNIPPET;
    let groups = grouped(labels, is_near, |label| label.primary);
    groups
        .iter()
        .filter_map(|group| {
            let (first, last) = (group.first()?.0 as usize, group.last()?.0 as usize);
            let shown = around(snippet, &lines, first..=last, context as usize);
            Some(cut(snippet, &lines, shown, group))
        })
        .collect()
}

/// The bytes of each line, without its end.
fn lines_of(text: &str) -> Vec<Span> {
    let mut start = 0;
    text.split('\n')
        .map(|line| {
            let span = Span::new(start, start + line.len());
            start += line.len() + 1;
            span
        })
        .collect()
}

/// Lines and so many more on each side, without those that hold brackets only.
fn around(snippet: &Snippet, lines: &[Span], labelled: RangeInclusive<usize>, context: usize) -> RangeInclusive<usize> {
    let says_something = |line: &usize| {
        let text = &snippet.text[lines[*line].range()];
        text.chars().any(|c| !c.is_whitespace() && !"{}[],".contains(c))
    };
    let (first, last) = labelled.into_inner();
    let before = first.saturating_sub(context)..first;
    let end = (last + context).min(lines.len() - 1);
    let start = before.into_iter().find(says_something).unwrap_or(first);
    let end = (last + 1..=end).rev().find(says_something).unwrap_or(last);
    start..=end
}

fn cut(snippet: &Snippet, lines: &[Span], shown: RangeInclusive<usize>, group: &[(u32, &SnippetLabel)]) -> Snippet {
    let (first, last) = shown.into_inner();
    let from = lines[first].start as usize;
    let to = lines[last].end as usize;
    Snippet {
        name: snippet.name.clone(),
        text: snippet.text[from..to].to_owned(),
        first_line: snippet.first_line + first as u32,
        labels: group
            .iter()
            .map(|(_, label)| SnippetLabel {
                span: Span::new(
                    label.span.start as usize - from,
                    (label.span.end as usize).min(to) - from,
                ),
                ..(*label).clone()
            })
            .collect(),
    }
}
