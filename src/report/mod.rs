//! From findings to a report: places resolved to lines and pointers, severities and counts settled, all in order.

mod baseline;
mod bound;
mod excerpt;
mod fingerprint;
mod fix;
mod place;
mod rules;
mod suppress;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Confidence, Finding, Severity};
use crate::ir::{Model, NotChecked, Unjudged};
use crate::passes::{Group, lint};
use crate::span::{FileId, NodeId};
use crate::syntax::File;

pub use baseline::{Applied, Baseline, BaselineError};
pub use bound::MOST_OF_ONE_KIND;
use bound::words;
pub use excerpt::{Snippet, SnippetLabel};
pub use fix::{ReportedEdit, ReportedFix};
pub use place::ReportedPlace;
pub use rules::Rules;

/// The files of one model: the model's own first.
pub type Files = [Arc<File>];

/// A finding with everything that an output format can show.
#[derive(Debug, Clone)]
pub struct Reported {
    /// The lint's name.
    pub lint: &'static str,
    /// What the lint is about.
    pub group: Group,
    /// How bad it is, after overrides.
    pub severity: Severity,
    /// How sure the facts behind it are.
    pub confidence: Confidence,
    /// One clause that is certain.
    pub message: String,
    /// The effect.
    pub why: String,
    /// How the task is read, and from what, when nobody declared it.
    pub because: Option<String>,
    /// What to do, the recommended remedy first.
    pub help: Vec<String>,
    /// What to change.
    pub primary: ReportedPlace,
    /// What it contradicts.
    pub related: Vec<ReportedPlace>,
    /// Why the task was taken to be what it is.
    pub evidence: Vec<ReportedPlace>,
    /// Edits that mend it, the recommended one first.
    pub fixes: Vec<ReportedFix>,
    /// Why it does not count, when a comment, a key or the configuration accepts it.
    pub suppressed: Option<Suppressed>,
    /// A stable name: it does not change when lines move.
    pub fingerprint: String,
    /// The text around the places, for people. Empty unless it was asked for.
    pub snippets: Vec<Snippet>,
}

/// How a finding is accepted.
#[derive(Debug, Clone, PartialEq)]
pub struct Suppressed {
    /// Whether the file itself says it (a comment or key), not the configuration.
    pub in_source: bool,
    /// The reason that is given.
    pub reason: Option<String>,
}

/// Something that was seen and could not be judged, with its place.
#[derive(Debug, Clone)]
pub struct ReportedNote {
    /// What kind of thing.
    pub what: Unjudged,
    /// Why it cannot be judged.
    pub why: String,
    /// Where.
    pub place: ReportedPlace,
}

/// What came of checking one file.
#[derive(Debug, Default)]
pub struct FileReport {
    /// Findings, by position.
    pub findings: Vec<Reported>,
    /// What was not checked.
    pub not_checked: Vec<ReportedNote>,
    /// The rules of the configuration that are about this file.
    pub rules: Vec<RuleUse>,
    /// Counts.
    pub counts: Counts,
}

/// A rule of the configuration that accepts findings, and whether it accepted one in a file.
#[derive(Debug, Clone, Copy)]
pub struct RuleUse {
    /// The rule's table.
    pub node: NodeId,
    /// Whether it accepted a finding.
    pub used: bool,
}

impl FileReport {
    /// The report of a file that is no model.
    pub fn of_another_kind() -> Self {
        let mut report = Self::default();
        report.counts.not_models = 1;
        report
    }

    /// Whether it has findings that nobody accepted.
    pub fn has_counted(&self) -> bool {
        self.findings.iter().any(|finding| finding.suppressed.is_none())
    }
}

/// How much was looked at.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Counts {
    /// Models that a dialect recognised.
    pub models: usize,
    /// Heads of which loss and output are known.
    pub heads_checked: usize,
    /// Heads that could not be judged, by reason: the first that applies to each.
    pub heads_not_checked: BTreeMap<Unjudged, usize>,
    /// Files that are no model.
    pub not_models: usize,
}

impl Counts {
    fn add(&mut self, other: &Counts) {
        self.models += other.models;
        self.heads_checked += other.heads_checked;
        self.not_models += other.not_models;
        for (&what, &count) in &other.heads_not_checked {
            *self.heads_not_checked.entry(what).or_default() += count;
        }
    }

    fn count_head(&mut self, notes: &[NotChecked], judged: bool) {
        if judged {
            self.heads_checked += 1;
            return;
        }
        let what = notes.iter().map(|note| note.what).max().unwrap_or(Unjudged::NoLoss);
        *self.heads_not_checked.entry(what).or_default() += 1;
    }
}

/// Everything that one run found.
#[derive(Debug, Default)]
pub struct Report {
    /// Findings, by path, position and lint.
    pub findings: Vec<Reported>,
    /// What was not checked, by path and position.
    pub not_checked: Vec<ReportedNote>,
    /// How much was looked at.
    pub counts: Counts,
}

impl Report {
    /// Joins the reports of many files, in the order of the findings' paths whatever order the files were checked in. A file
    /// that several models are read from is told of once.
    pub fn join(reports: Vec<FileReport>) -> Self {
        let mut report = Self::default();
        for file in reports {
            report.findings.extend(file.findings);
            report.not_checked.extend(file.not_checked);
            report.counts.add(&file.counts);
        }
        report.findings.sort_by(|a, b| a.order().cmp(&b.order()));
        report.findings.dedup_by(|later, earlier| later.says_again(earlier));
        report.not_checked.sort_by(|a, b| a.place.order().cmp(&b.place.order()));
        report
    }

    /// The findings that count: those that nobody accepted.
    pub fn counted(&self) -> impl Iterator<Item = &Reported> {
        self.findings.iter().filter(|finding| finding.suppressed.is_none())
    }

    /// How many findings have this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.counted().filter(|finding| finding.severity == severity).count()
    }

    /// Whether any finding is at least this bad.
    pub fn has_at_least(&self, severity: Severity) -> bool {
        self.counted().any(|finding| finding.severity >= severity)
    }
}

impl Reported {
    fn order(&self) -> (&str, u32, u32, &str) {
        let (path, start, end) = self.primary.order();
        (path, start, end, self.lint)
    }

    /// Whether another finding says the same of the same places.
    fn says_again(&self, other: &Reported) -> bool {
        self.lint == other.lint
            && self.message == other.message
            && self.primary == other.primary
            && self.related == other.related
            && self.suppressed == other.suppressed
    }
}

/// Resolves findings and notes of one model's files. `with_snippets` also cuts out the text around each place.
pub fn resolve(files: &Files, models: &[Model], findings: Vec<Finding>, with_snippets: bool) -> FileReport {
    let mut report = FileReport::default();
    for finding in bound::findings(findings) {
        report.findings.push(resolve_finding(files, finding, with_snippets));
    }
    for model in models {
        // A part of a configuration is no model: it has no output.
        report.counts.models += usize::from(!model.heads.is_empty());
        for head in &model.heads {
            report.counts.count_head(&head.not_checked, head.is_judged());
        }
        let notes = model
            .heads
            .iter()
            .flat_map(|head| &head.not_checked)
            .chain(&model.not_checked);
        for note in bound::notes(notes) {
            report.not_checked.push(ReportedNote {
                what: note.what,
                why: words(&note.why),
                place: ReportedPlace::resolve(files, note.at, String::new()),
            });
        }
    }
    report
}

/// Resolves one finding.
pub fn resolve_finding(files: &Files, finding: Finding, with_snippets: bool) -> Reported {
    let snippets = if with_snippets {
        excerpt::snippets(files, &finding)
    } else {
        Vec::new()
    };
    let resolve = |place: crate::diagnostic::Place| ReportedPlace::resolve(files, place.at, place.label);
    Reported {
        lint: finding.lint,
        group: lint(finding.lint).map_or(Group::Config, |lint| lint.page.group),
        severity: finding.severity,
        confidence: finding.confidence,
        message: words(&finding.message),
        why: words(&finding.why),
        because: finding.reading.as_deref().map(words),
        fixes: fix::resolve(files, &finding.help),
        help: finding.help.into_iter().map(|remedy| words(&remedy.text)).collect(),
        primary: resolve(finding.primary),
        related: finding.related.into_iter().map(resolve).collect(),
        evidence: finding.evidence.into_iter().map(resolve).collect(),
        suppressed: None,
        fingerprint: String::new(),
        snippets,
    }
}

/// The file of that name; places only name files that their model was read from.
fn file(files: &Files, id: FileId) -> &File {
    &files[(id.0 as usize).min(files.len() - 1)]
}
