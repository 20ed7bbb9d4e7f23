//! The text that people see around a finding: few lines, and of long ones what lies near the labels. Not for drawing, nor for
//! the width of a terminal.

mod cells;
mod reprint;
mod source_lines;
mod split;

use crate::diagnostic::{Finding, Place};
use crate::span::{FileId, LineColumn, Span, printable_but};
use crate::syntax::{File, Files, Format, Kind};

/// JSON whose labelled lines are longer than this many bytes is printed anew; shorter ones are cut.
const LONGEST_LINE: usize = 400;
/// Drawn lines that leave room for the title, the reason and the remedies on 25 lines.
const MOST_LINES: usize = 16;
/// Labelled lines that are at most this far apart share a snippet.
const SAME_SNIPPET: u32 = 4;
/// Lines that it takes to say how an undeclared task is read.
const READING_LINES: usize = 2;

/// A piece of text with labels on it, ready to be drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Snippet {
    /// What the frame is headed with: the path, and what kind of excerpt it is.
    pub name: String,
    /// The text, its lines apart by `\n`; what would act on a terminal is escaped, tabs are not.
    pub text: String,
    /// The number of its first line, from 1.
    pub first_line: u32,
    /// The labels, by position.
    pub labels: Vec<SnippetLabel>,
}

/// A label on a snippet.
#[derive(Debug, Clone, PartialEq)]
pub struct SnippetLabel {
    /// The bytes of the snippet's text, from 0; on one line.
    pub span: Span,
    /// The place in the file, from 1.
    pub place: LineColumn,
    /// What is said there.
    pub text: String,
    /// Whether this is what to change.
    pub primary: bool,
}

/// How much is shown: less where much is to be shown.
#[derive(Debug, Clone, Copy)]
struct Detail {
    /// Places that tell why the task was taken to be what it is.
    evidence: usize,
    /// Lines before and after a labelled one.
    context: u32,
}

const DETAILS: [Detail; 4] = [
    Detail {
        evidence: 2,
        context: 1,
    },
    Detail {
        evidence: 1,
        context: 1,
    },
    Detail {
        evidence: 1,
        context: 0,
    },
    Detail {
        evidence: 0,
        context: 0,
    },
];

/// The same where the evidence is told in words: then the text around a label says more than another label.
const DETAILS_BESIDE_WORDS: [Detail; 3] = [
    Detail {
        evidence: 1,
        context: 1,
    },
    Detail {
        evidence: 0,
        context: 1,
    },
    Detail {
        evidence: 0,
        context: 0,
    },
];

struct Labelled<'a> {
    place: &'a Place,
    primary: bool,
}

/// The snippets for a finding's places, the main place's first, as many as fit on the page.
pub fn snippets(files: &Files, finding: &Finding) -> Vec<Snippet> {
    let (details, most_lines): (&[Detail], _) = match finding.reading {
        Some(_) => (&DETAILS_BESIDE_WORDS, MOST_LINES - READING_LINES),
        None => (&DETAILS, MOST_LINES),
    };
    let mut snippets = Vec::new();
    for detail in details {
        snippets = with_detail(files, finding, *detail);
        if snippets.iter().map(drawn_lines).sum::<usize>() <= most_lines {
            break;
        }
    }
    snippets
}

/// The lines of a drawing: the frame, the text, the marks under a line and the label of each.
fn drawn_lines(snippet: &Snippet) -> usize {
    let line = |label: &SnippetLabel| snippet.text[..label.span.start as usize].matches('\n').count();
    let mut lines: Vec<usize> = snippet.labels.iter().map(line).collect();
    lines.sort_unstable();
    lines.dedup();
    2 + snippet.text.lines().count() + lines.len() + snippet.labels.len()
}

fn with_detail(files: &Files, finding: &Finding, detail: Detail) -> Vec<Snippet> {
    let labelled = labelled(finding, detail);
    let mut ids: Vec<FileId> = Vec::new();
    for label in &labelled {
        if !ids.contains(&label.place.at.file) {
            ids.push(label.place.at.file);
        }
    }
    ids.into_iter()
        .filter(|id| files.get(*id).source.is_shown)
        .flat_map(|id| {
            let of_file: Vec<&Labelled<'_>> = labelled.iter().filter(|label| label.place.at.file == id).collect();
            of_one_file(files.get(id), &of_file, detail)
        })
        .collect()
}

/// The main place, the related ones, and evidence that points elsewhere than these.
fn labelled(finding: &Finding, detail: Detail) -> Vec<Labelled<'_>> {
    let mut labelled = vec![Labelled {
        place: &finding.primary,
        primary: true,
    }];
    let evidence = finding.evidence.iter().take(detail.evidence);
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

fn of_one_file(file: &File, labels: &[&Labelled<'_>], detail: Detail) -> Vec<Snippet> {
    let notebook = file.tree.notebook();
    if let Some(snippets) = notebook.and_then(|notebook| cells::around(file, notebook, labels, detail)) {
        return snippets;
    }
    let too_long = labels.iter().any(|label| {
        let line = file.line_column(label.place.at.span.start).line;
        file.line_span(line).is_some_and(|span| span.len() > LONGEST_LINE)
    });
    let root = file
        .tree
        .root()
        .filter(|root| matches!(root.kind(), Kind::Object | Kind::Array));
    match root {
        Some(root) if too_long && file.tree.format() == Format::Json => reprint::reprinted(file, root, labels)
            .map_or_else(
                || source_lines::around(file, labels, detail),
                |snippet| split::split(&snippet, detail.context),
            ),
        _ => source_lines::around(file, labels, detail),
    }
}

/// Labels with their lines, by position, as those that share a snippet: each is near the one before it. The group with the
/// main label comes first.
fn grouped<L>(
    labels: Vec<(u32, L)>,
    is_near: impl Fn(&(u32, L), &(u32, L)) -> bool,
    is_main: impl Fn(&L) -> bool,
) -> Vec<Vec<(u32, L)>> {
    let mut groups: Vec<Vec<(u32, L)>> = Vec::new();
    for label in labels {
        match groups.last_mut() {
            Some(group) if group.last().is_some_and(|last| is_near(last, &label)) => group.push(label),
            _ => groups.push(vec![label]),
        }
    }
    groups.sort_by_key(|group| !group.iter().any(|(_, label)| is_main(label)));
    groups
}

/// A line or a part of one as it is drawn. What would act on the terminal is escaped, which makes it longer.
fn shown(text: &str) -> String {
    printable_but(text, &['\t'])
}
