//! A file that is one endless line of JSON, printed anew: the objects around the labels, everything else elided.

use std::ops::Range;

use super::{Labelled, Snippet, SnippetLabel};
use crate::report::bound::bounded_text;
use crate::span::{Span, printable};
use crate::syntax::{File, NodeRef};

/// Scalars longer than this are shortened.
const LONGEST_SCALAR: usize = 80;
/// Bytes shown on each side of a label within a longer scalar.
const WINDOW: usize = 30;
/// Labels deeper than this are not shown with all that is around them.
const DEEPEST: usize = 24;

/// The excerpt; `None` when a label lies too deep, or on no value or key.
pub fn reprinted(file: &File, root: NodeRef<'_>, labels: &[&Labelled<'_>]) -> Option<Snippet> {
    if labels.iter().any(|label| is_deep(file, label)) {
        return None;
    }
    let mut printer = Printer {
        file,
        labels,
        text: String::new(),
        placed: Vec::new(),
    };
    printer.value(root, 0);
    printer.placed.sort_by_key(|label| label.span);
    (printer.placed.len() == labels.len()).then(|| Snippet {
        name: format!("excerpt of {}", file.source.display_name()),
        text: printer.text,
        first_line: 1,
        labels: printer.placed,
    })
}

fn is_deep(file: &File, label: &Labelled<'_>) -> bool {
    let mut node = file.tree.node(label.place.at.node);
    let mut depth = 0;
    while let Some(inner) = node
        && depth <= DEEPEST
    {
        depth += 1;
        node = inner.parent();
    }
    depth > DEEPEST
}

struct Printer<'a> {
    file: &'a File,
    labels: &'a [&'a Labelled<'a>],
    text: String,
    placed: Vec<SnippetLabel>,
}

impl Printer<'_> {
    /// Whether a label lies within these bytes.
    fn holds_a_label(&self, span: Span) -> bool {
        self.labels.iter().any(|label| span.contains(label.place.at.span))
    }

    fn value(&mut self, node: NodeRef<'_>, indent: usize) {
        if node.children().next().is_none() && !node.is_object() && !node.is_array() {
            return self.scalar(node);
        }
        let start = self.text.len();
        let inner = indent <= 2 * DEEPEST && node.children().any(|child| self.holds_a_label(child.span()));
        let (open, close) = if node.is_object() { ('{', '}') } else { ('[', ']') };
        if inner {
            self.text.push(open);
            let opened = self.text.len();
            self.children(node, indent + 2);
            self.line(indent);
            self.text.push(close);
            self.place(node.span(), start, opened);
        } else {
            let dots = if node.children().next().is_some() { "…" } else { "" };
            self.text.push_str(&format!("{open}{dots}{close}"));
            self.place(node.span(), start, self.text.len());
        }
    }

    fn scalar(&mut self, node: NodeRef<'_>) {
        let raw = node.raw();
        let start = self.text.len();
        let span = node.span();
        if raw.len() <= LONGEST_SCALAR {
            self.text.push_str(&one_line(raw));
            self.place_within(span, start, 0..raw.len());
        } else {
            let inside = self.labels.iter().map(|label| label.place.at.span);
            let first = inside
                .filter(|inner| span.contains(*inner) && *inner != span)
                .map(|inner| inner.start)
                .min();
            let from = first.map_or(0, |first| ((first - span.start) as usize).saturating_sub(WINDOW));
            let from = raw.floor_char_boundary(from);
            let to = raw.floor_char_boundary((from + LONGEST_SCALAR).min(raw.len()));
            self.text.push_str(if from > 0 { "…" } else { "" });
            let shown_from = self.text.len();
            self.text.push_str(&one_line(&raw[from..to]));
            self.place_within(span, shown_from, from..to);
            self.text.push_str(if to < raw.len() { "…" } else { "" });
        }
        self.place(span, start, self.text.len());
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
            self.put(label, start, end);
        }
    }

    /// Puts the labels of a part of a scalar on that part of what was printed from `start` on, which is this part of the
    /// scalar.
    fn place_within(&mut self, scalar: Span, start: usize, part: Range<usize>) {
        let text = &self.file.source.text;
        let part = part.start + scalar.start as usize..part.end + scalar.start as usize;
        for label in self.labels {
            let own = label.place.at.span;
            if scalar.contains(own) && own != scalar && own.start as usize >= part.start && !self.is_placed(label) {
                let printed = |to: u32| start + one_line(&text[part.start..(to as usize).min(part.end)]).len();
                self.put(label, printed(own.start), printed(own.end));
            }
        }
    }

    fn is_placed(&self, label: &Labelled<'_>) -> bool {
        let place = self.file.line_column(label.place.at.span.start);
        self.placed
            .iter()
            .any(|placed| placed.place == place && placed.text == label.place.label)
    }

    fn put(&mut self, label: &Labelled<'_>, start: usize, end: usize) {
        self.placed.push(SnippetLabel {
            span: Span::new(start, end),
            place: self.file.line_column(label.place.at.span.start),
            text: bounded_text(&label.place.label),
            primary: label.primary,
        });
    }
}

/// A part of a line as it is drawn: what would act on the terminal, or begin another line, is escaped.
fn one_line(text: &str) -> String {
    printable(text)
}
