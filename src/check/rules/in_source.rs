//! Findings that a comment or a key in the file itself accepts, and what is wrong with those comments and keys.

use crate::diagnostic::{Finding, Severity};
use crate::passes::{lint, unused_suppression};
use crate::report::{Reported, Suppressed};
use crate::span::{FileId, Location, NodeId, Span};
use crate::syntax::{File, Files, NodeRef};

/// The key under which JSON accepts findings: `"losslint:ignore": {"lint-name": "reason"}`.
const KEY: &str = "losslint:ignore";
/// How a comment begins that accepts findings.
const COMMENT: &str = "losslint:";

/// One name in one comment or key.
struct Suppression {
    /// The lint that is accepted.
    name: String,
    reason: Option<String>,
    reach: Reach,
    /// Where it stands, for telling what is wrong with it.
    at: Location,
    used: bool,
}

/// Which findings a suppression is about.
#[derive(Clone, Copy)]
enum Reach {
    /// The whole file.
    File(FileId),
    /// Findings with a place on this line, counted from 1.
    Line(FileId, u32),
    /// Findings with a place in this object.
    Object(FileId, NodeId),
}

/// Marks the findings that the files themselves accept, and gives findings about suppressions that do not do their work.
/// `enabled` tells which lints ran: what did not run cannot show that its suppression is unused.
pub(super) fn apply(files: &Files, findings: &mut [Reported], enabled: &dyn Fn(&str) -> bool) -> Vec<Finding> {
    let mut suppressions = Vec::new();
    for file in files.all() {
        comments(file, &mut suppressions);
        keys(file, &mut suppressions);
    }
    for finding in findings {
        let matching = suppressions
            .iter_mut()
            .find(|suppression| suppression.name == finding.lint && suppression.reaches(files, finding));
        if let Some(suppression) = matching {
            suppression.used = true;
            finding.suppressed = Some(Suppressed {
                in_source: true,
                reason: suppression.reason.clone(),
            });
        }
    }
    suppressions
        .iter()
        .filter_map(|suppression| suppression.complaint(enabled))
        .collect()
}

impl Suppression {
    fn reaches(&self, files: &Files, finding: &Reported) -> bool {
        let places = std::iter::once(&finding.primary).chain(&finding.related);
        match self.reach {
            Reach::File(id) => finding.primary.is_in(files.get(id)),
            Reach::Line(id, line) => places
                .filter(|place| place.is_in(files.get(id)))
                .any(|place| line_of(files.get(id), place.span).0 == line),
            Reach::Object(id, node) => {
                let tree = &files.get(id).tree;
                let pointer = tree.node(node).map(NodeRef::pointer).unwrap_or_default();
                let document = |offset| tree.document_at(offset);
                let own = tree.node(node).map(|object| document(object.span().start));
                places
                    .filter(|place| place.is_in(files.get(id)) && own == Some(document(place.span.start)))
                    .any(|place| place.is_below(&pointer))
            }
        }
    }

    /// What is wrong with it, if something is.
    fn complaint(&self, enabled: &dyn Fn(&str) -> bool) -> Option<Finding> {
        if lint(&self.name).is_none() {
            return Some(unused_suppression::unknown(&self.name, self.at));
        }
        if !self.used && enabled(&self.name) {
            return Some(unused_suppression::unused(&self.name, self.at, Severity::Info));
        }
        (self.used && self.reason.is_none()).then(|| unused_suppression::without_reason(&self.name, self.at))
    }
}

/// Suppressions in comments: on the line itself, on the line above, or for the whole file.
fn comments(file: &File, suppressions: &mut Vec<Suppression>) {
    let text = |span: Span| &file.source.text[span.range()];
    let comments = file.tree.comments.iter();
    let (spans, parsed): (Vec<Span>, Vec<Parsed>) =
        comments.filter_map(|span| Some((*span, parse(text(*span))?))).unzip();
    let nodes = file.tree.innermost_of_each(&spans);
    for ((span, parsed), node) in spans.into_iter().zip(parsed).zip(nodes) {
        let reach = parsed.reach(file, span);
        let node = node.map_or(NodeId(0), |node| node.id());
        let suppression = |name| Suppression {
            name,
            reason: parsed.reason.clone(),
            reach,
            at: Location {
                file: file.id(),
                node,
                span,
            },
            used: false,
        };
        suppressions.extend(parsed.names.into_iter().map(suppression));
    }
}

struct Parsed {
    whole_file: bool,
    names: Vec<String>,
    reason: Option<String>,
}

impl Parsed {
    /// What a comment of these words, at that place, is about.
    fn reach(&self, file: &File, span: Span) -> Reach {
        if self.whole_file {
            return Reach::File(file.id());
        }
        let (line, before) = line_of(file, span);
        let starts_line = before.trim().is_empty();
        Reach::Line(file.id(), if starts_line { line + 1 } else { line })
    }
}

/// The line on which a place begins, from 1, and what stands before it there. In a notebook the lines are those of the code, however
/// the file holds them.
fn line_of(file: &File, span: Span) -> (u32, &str) {
    let in_code = file.tree.notebook().and_then(|notebook| notebook.line_of(span));
    in_code.unwrap_or_else(|| {
        let line = file.line(span.start);
        let start = file.line_span(line).map_or(span.start, |whole| whole.start);
        let before = file.source.text.get(start as usize..span.start as usize);
        (line, before.unwrap_or_default())
    })
}

/// Reads `# losslint: ignore[lint, lint] reason` and `# losslint: ignore-file[lint] reason`.
fn parse(comment: &str) -> Option<Parsed> {
    let text = comment
        .trim_start_matches(['#', '/', '*'])
        .trim_end_matches("*/")
        .trim();
    let text = text.strip_prefix(COMMENT)?.trim_start();
    let (whole_file, rest) = match text.strip_prefix("ignore-file[") {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix("ignore[")?),
    };
    let (names, reason) = rest.split_once(']')?;
    let reason = reason.trim();
    Some(Parsed {
        whole_file,
        names: names
            .split(',')
            .map(|name| name.trim().to_owned())
            .filter(|name| !name.is_empty())
            .collect(),
        reason: (!reason.is_empty()).then(|| reason.to_owned()),
    })
}

/// Suppressions under the reserved key, for the object that holds it.
fn keys(file: &File, suppressions: &mut Vec<Suppression>) {
    if !file.source.text.contains(KEY) {
        return;
    }
    let documents = file.tree.documents();
    for object in documents.flat_map(|root| std::iter::once(root).chain(root.descendants())) {
        let Some(table) = object.get(KEY) else { continue };
        for (name, reason) in table.members() {
            suppressions.push(Suppression {
                name: name.text().to_owned(),
                reason: reason
                    .as_str()
                    .filter(|reason| !reason.trim().is_empty())
                    .map(str::to_owned),
                reach: Reach::Object(file.id(), object.id()),
                at: name.at(),
                used: false,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_name_lints_and_a_reason() {
        let parsed =
            parse("# losslint: ignore[label-format, units-classes] labels are fixed by the loader").expect("a comment");
        assert_eq!(parsed.names, ["label-format", "units-classes"]);
        assert_eq!(parsed.reason.as_deref(), Some("labels are fixed by the loader"));
        assert!(!parsed.whole_file);
        assert!(parse("// losslint: ignore-file[label-format]").is_some_and(|parsed| parsed.whole_file));
        assert!(parse("# a remark about losslint: ignore it").is_none());
    }
}
