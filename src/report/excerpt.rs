//! The text that people see around a finding: whole lines of files that people write, a re-printed excerpt of files that
//! are one endless line. Cut here, because the drawing library prints whole lines and cannot draw beyond column 65,535.

use super::Files;
use crate::diagnostic::{Finding, Place};
use crate::span::{FileId, Span, printable};
use crate::syntax::{File, Format, Kind, NodeRef};

/// Lines up to this many bytes are shown as they are.
const LONGEST_LINE: usize = 400;
/// Bytes shown on each side of a place whose line is too long and cannot be re-printed.
const WINDOW: usize = 60;
/// Labelled lines that are at most this far apart share a snippet.
const SAME_SNIPPET: u32 = 4;
/// Lines shown before and after a labelled one.
const CONTEXT: u32 = 1;
/// Evidence that is drawn; the rest is told in words by formats that list it.
const MOST_EVIDENCE: usize = 2;

/// A piece of text with labels on it, ready to be drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Snippet {
    /// What the frame is headed with: the path, and what kind of excerpt it is.
    pub name: String,
    /// The text.
    pub text: String,
    /// The number of its first line, from 1.
    pub first_line: u32,
    /// The labels, by position.
    pub labels: Vec<SnippetLabel>,
}

/// A label on a snippet.
#[derive(Debug, Clone, PartialEq)]
pub struct SnippetLabel {
    /// The bytes of the snippet's text.
    pub span: Span,
    /// What is said there.
    pub text: String,
    /// Whether this is what to change.
    pub primary: bool,
}

struct Labelled<'a> {
    place: &'a Place,
    primary: bool,
}

/// The snippets for a finding's places, the file of the main place first.
pub fn snippets(files: &Files, finding: &Finding) -> Vec<Snippet> {
    let labelled = labelled(finding);
    let mut ids: Vec<FileId> = Vec::new();
    for label in &labelled {
        if !ids.contains(&label.place.at.file) {
            ids.push(label.place.at.file);
        }
    }
    ids.into_iter()
        .flat_map(|id| {
            let of_file: Vec<&Labelled<'_>> = labelled.iter().filter(|label| label.place.at.file == id).collect();
            of_one_file(super::file(files, id), &of_file)
        })
        .collect()
}

/// The main place, the related ones, and evidence that points elsewhere than these.
fn labelled(finding: &Finding) -> Vec<Labelled<'_>> {
    let mut labelled = vec![Labelled {
        place: &finding.primary,
        primary: true,
    }];
    let evidence = finding.evidence.iter().take(MOST_EVIDENCE);
    for place in finding.related.iter().chain(evidence) {
        let drawn = labelled
            .iter()
            .any(|label| label.place.at.file == place.at.file && label.place.at.span == place.at.span);
        if !drawn {
            labelled.push(Labelled { place, primary: false });
        }
    }
    labelled
}

fn of_one_file(file: &File, labels: &[&Labelled<'_>]) -> Vec<Snippet> {
    let too_long = labels.iter().any(|label| {
        let line = file.line_column(label.place.at.span.start).line;
        file.line_span(line).is_some_and(|span| span.len() > LONGEST_LINE)
    });
    if !too_long {
        return by_lines(file, labels);
    }
    match file
        .tree
        .root()
        .filter(|root| matches!(root.kind(), Kind::Object | Kind::Array))
    {
        Some(root) if file.tree.format() == Format::Json => vec![reprinted(file, root, labels)],
        _ => labels.iter().map(|label| window(file, label)).collect(),
    }
}

/// Whole lines around the labels; labels that are near each other share a snippet.
fn by_lines(file: &File, labels: &[&Labelled<'_>]) -> Vec<Snippet> {
    let mut labels: Vec<(u32, &Labelled<'_>)> = labels
        .iter()
        .map(|label| (file.line_column(label.place.at.span.start).line, *label))
        .collect();
    labels.sort_by_key(|(_, label)| label.place.at.span);
    let mut groups: Vec<Vec<(u32, &Labelled<'_>)>> = Vec::new();
    for label in labels {
        match groups.last_mut() {
            Some(group) if group.last().is_some_and(|last| label.0 - last.0 <= SAME_SNIPPET) => group.push(label),
            _ => groups.push(vec![label]),
        }
    }
    groups.iter().map(|group| lines_around(file, group)).collect()
}

fn lines_around(file: &File, group: &[(u32, &Labelled<'_>)]) -> Snippet {
    let first = group.first().map_or(1, |(line, _)| line.saturating_sub(CONTEXT).max(1));
    let last = group.last().map_or(1, |(line, _)| line + CONTEXT);
    let start = file.line_span(first).map_or(0, |span| span.start);
    let last_span = (first..=last).rev().find_map(|line| file.line_span(line));
    let end = last_span.map_or(start, |span| span.end);
    let text = &file.source.text[Span { start, end }.range()];
    let labels = group
        .iter()
        .map(|(line, label)| {
            // A place that goes over several lines is marked by its first one.
            let line_end = file.line_span(*line).map_or(end, |span| span.end);
            let span = label.place.at.span;
            SnippetLabel {
                span: Span {
                    start: span.start - start,
                    end: span.end.min(line_end).max(span.start) - start,
                },
                text: label.place.label.clone(),
                primary: label.primary,
            }
        })
        .collect();
    Snippet {
        name: file.source.display_name(),
        text: shown(text),
        first_line: first,
        labels,
    }
}

/// Control characters are replaced by characters of the same length in bytes, so that spans stay true.
fn shown(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' | '\r' | '\t' => c,
            c if c.is_ascii_control() => '?',
            c => c,
        })
        .collect()
}

/// A cut-out of a line that is too long and has no structure to re-print.
fn window(file: &File, label: &Labelled<'_>) -> Snippet {
    let text = &file.source.text;
    let span = label.place.at.span;
    let mut start = (span.start as usize).saturating_sub(WINDOW);
    let mut end = (span.end as usize).min(span.start as usize + WINDOW) + WINDOW;
    end = end.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    while !text.is_char_boundary(end) {
        end += 1;
    }
    let before = printable(&text[start..span.start as usize]);
    let marked_end = (span.end as usize).min(end);
    let marked = printable(&text[span.start as usize..marked_end]);
    let after = printable(&text[marked_end..end]);
    let place = file.line_column(span.start);
    let offset = "…".len() + before.len();
    Snippet {
        name: format!(
            "{} (part of line {}, column {})",
            file.source.display_name(),
            place.line,
            place.column
        ),
        text: format!("…{before}{marked}{after}…"),
        first_line: place.line,
        labels: vec![SnippetLabel {
            span: Span::new(offset, offset + marked.len()),
            text: label.place.label.clone(),
            primary: label.primary,
        }],
    }
}

/// The objects around the labelled nodes, printed line by line with everything else elided.
fn reprinted(file: &File, root: NodeRef<'_>, labels: &[&Labelled<'_>]) -> Snippet {
    let line = labels
        .first()
        .map_or(1, |label| file.line_column(label.place.at.span.start).line);
    let mut printer = Printer {
        labels,
        text: String::new(),
        placed: Vec::new(),
    };
    printer.value(root, 0);
    printer.placed.sort_by_key(|label| label.span);
    Snippet {
        name: format!("{} (excerpt of line {line})", file.source.display_name()),
        text: printer.text,
        first_line: 1,
        labels: printer.placed,
    }
}

struct Printer<'a> {
    labels: &'a [&'a Labelled<'a>],
    text: String,
    placed: Vec<SnippetLabel>,
}

/// Scalars longer than this are shortened in an excerpt.
const LONGEST_SCALAR: usize = 80;

impl Printer<'_> {
    /// Whether a label lies within these bytes.
    fn holds_a_label(&self, span: Span) -> bool {
        self.labels.iter().any(|label| span.contains(label.place.at.span))
    }

    fn is_labelled(&self, span: Span) -> bool {
        self.labels.iter().any(|label| label.place.at.span == span)
    }

    fn value(&mut self, node: NodeRef<'_>, indent: usize) {
        let start = self.text.len();
        let inner = node.children().any(|child| self.holds_a_label(child.span()));
        match node.kind() {
            Kind::Object | Kind::Array if inner => {
                let (open, close) = brackets(node);
                self.text.push(open);
                let opened = self.text.len();
                self.children(node, indent + 2);
                self.line(indent);
                self.text.push(close);
                self.place(node.span(), start, opened);
            }
            Kind::Object | Kind::Array => {
                let (open, close) = brackets(node);
                let dots = if node.children().next().is_some() { "…" } else { "" };
                self.text.push_str(&format!("{open}{dots}{close}"));
                self.place(node.span(), start, self.text.len());
            }
            _ => self.scalar(node),
        }
    }

    fn scalar(&mut self, node: NodeRef<'_>) {
        let raw = node.raw();
        let start = self.text.len();
        let labelled_inside = self.holds_a_label(node.span()) && !self.is_labelled(node.span());
        if raw.len() <= LONGEST_SCALAR || labelled_inside {
            self.text.push_str(&shown(raw).replace(['\n', '\r', '\t'], "?"));
            self.place_within(node.span(), start);
        } else {
            let end = (0..=LONGEST_SCALAR)
                .rev()
                .find(|&end| raw.is_char_boundary(end))
                .unwrap_or(0);
            self.text.push_str(&shown(&raw[..end]));
            self.text.push('…');
        }
        self.place(node.span(), start, self.text.len());
    }

    /// The children that hold labels, a short scalar before and after each, and dots for the rest.
    fn children(&mut self, node: NodeRef<'_>, indent: usize) {
        let entries: Vec<(Option<NodeRef<'_>>, NodeRef<'_>)> = if node.is_object() {
            node.members().map(|(key, value)| (Some(key), value)).collect()
        } else {
            node.items().map(|item| (None, item)).collect()
        };
        let holds: Vec<bool> = entries
            .iter()
            .map(|(key, value)| {
                self.holds_a_label(value.span()) || key.is_some_and(|key| self.holds_a_label(key.span()))
            })
            .collect();
        let mut hidden = 0;
        for (index, (key, value)) in entries.iter().enumerate() {
            let near = (index > 0 && holds[index - 1]) || holds.get(index + 1) == Some(&true);
            let short = value.children().next().is_none() && value.raw().len() <= LONGEST_SCALAR;
            if !(holds[index] || (near && short && key.is_some())) {
                hidden += 1;
                continue;
            }
            self.elided(&mut hidden, indent);
            self.line(indent);
            if let Some(key) = key {
                self.scalar(*key);
                self.text.push_str(": ");
            }
            self.value(*value, indent);
            if index + 1 < entries.len() {
                self.text.push(',');
            }
        }
        self.elided(&mut hidden, indent);
    }

    fn elided(&mut self, hidden: &mut usize, indent: usize) {
        if *hidden > 0 {
            self.line(indent);
            self.text.push_str(&format!("… {hidden} more"));
            *hidden = 0;
        }
    }

    fn line(&mut self, indent: usize) {
        self.text.push('\n');
        self.text.extend(std::iter::repeat_n(' ', indent));
    }

    /// Puts the labels of exactly these bytes on what was printed for them.
    fn place(&mut self, span: Span, start: usize, end: usize) {
        for label in self.labels.iter().filter(|label| label.place.at.span == span) {
            self.placed.push(SnippetLabel {
                span: Span::new(start, end),
                text: label.place.label.clone(),
                primary: label.primary,
            });
        }
    }

    /// Puts the labels of a part of a scalar on that part of what was printed.
    fn place_within(&mut self, span: Span, start: usize) {
        let inside = |label: &&&Labelled<'_>| span.contains(label.place.at.span) && label.place.at.span != span;
        for label in self.labels.iter().filter(inside) {
            let offset = start + (label.place.at.span.start - span.start) as usize;
            self.placed.push(SnippetLabel {
                span: Span::new(offset, offset + label.place.at.span.len()),
                text: label.place.label.clone(),
                primary: label.primary,
            });
        }
    }
}

fn brackets(node: NodeRef<'_>) -> (char, char) {
    if node.is_object() { ('{', '}') } else { ('[', ']') }
}
