//! Lines of a file as they stand there, around the labels on them.

use super::{Detail, Labelled, SAME_SNIPPET, Snippet, SnippetLabel, grouped, shown};
use crate::report::bound::bounded_text;
use crate::span::Span;
use crate::syntax::File;

/// Labels on one line that are further apart than this many bytes do not fit on one drawn line.
const SAME_LINE: u32 = 50;
/// Bytes of a line on each side of its labels that are kept: more than is ever drawn.
const MARGIN: usize = 300;

/// Lines around the labels; labels that are near each other share a snippet. The one with the main place comes first.
pub fn around(file: &File, labels: &[&Labelled<'_>], detail: Detail) -> Vec<Snippet> {
    let mut labels: Vec<(u32, &Labelled<'_>)> = labels
        .iter()
        .map(|label| (file.line_column(label.place.at.span.start).line, *label))
        .collect();
    labels.sort_by_key(|(_, label)| label.place.at.span);
    let groups = grouped(labels, belong_together, |label| label.primary);
    groups.iter().map(|group| lines_around(file, group, detail)).collect()
}

fn belong_together(last: &(u32, &Labelled<'_>), next: &(u32, &Labelled<'_>)) -> bool {
    let apart = next.1.place.at.span.start.saturating_sub(last.1.place.at.span.start);
    next.0 - last.0 <= SAME_SNIPPET && (next.0 != last.0 || apart <= SAME_LINE)
}

fn lines_around(file: &File, group: &[(u32, &Labelled<'_>)], detail: Detail) -> Snippet {
    let first = group
        .first()
        .map_or(1, |(line, _)| line.saturating_sub(detail.context).max(1));
    let last = group.last().map_or(1, |(line, _)| line + detail.context);
    let mut snippet = Snippet {
        name: file.source.display_name(),
        text: String::new(),
        first_line: first,
        labels: Vec::new(),
    };
    for line in first..=last {
        let Some(span) = file.line_span(line) else { break };
        if line > first {
            snippet.text.push('\n');
        }
        let labels = group.iter().filter(|(own, _)| *own == line).map(|(_, label)| *label);
        push_line(file, span, &labels.collect::<Vec<_>>(), &mut snippet);
    }
    snippet
}

/// A line, or of a very long one what lies near its labels.
fn push_line(file: &File, line: Span, labels: &[&Labelled<'_>], snippet: &mut Snippet) {
    let text = &file.source.text;
    let first = labels.first().map_or(line.start, |label| label.place.at.span.start);
    let last = labels
        .last()
        .map_or(line.start, |label| label.place.at.span.end.min(line.end));
    let mut start = (first as usize).saturating_sub(MARGIN).max(line.start as usize);
    let mut end = (last.max(first) as usize + MARGIN).min(line.end as usize);
    // Of a place that is longer than any line the beginning is enough.
    end = end.min(first as usize + 2 * MARGIN).max(start);
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    while !text.is_char_boundary(end) {
        end += 1;
    }
    let offset = snippet.text.len();
    for label in labels {
        // A place that goes over several lines is marked by its first one.
        let span = label.place.at.span;
        let marked = (span.start as usize).clamp(start, end);
        let marked_end = (span.end as usize).clamp(marked, end);
        let drawn = |to: usize| offset + shown(&text[start..to]).len();
        snippet.labels.push(SnippetLabel {
            span: Span::new(drawn(marked), drawn(marked_end)),
            place: file.line_column(span.start),
            text: bounded_text(&label.place.label),
            primary: label.primary,
        });
    }
    snippet.text.push_str(&shown(&text[start..end]));
}
