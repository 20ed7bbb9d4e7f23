//! From findings to a report: places resolved to lines and pointers, severities and counts settled, all in order.

mod baseline;
mod bound;
mod excerpt;
mod fingerprint;
mod fix;
mod hidden;
mod place;

use std::collections::BTreeMap;

use crate::diagnostic::{Confidence, Finding, NotChecked, Severity, Unjudged};
use crate::syntax::Files;

pub use baseline::{Applied, Baseline, BaselineError};
pub use bound::MOST_OF_ONE_KIND;
use bound::bounded_text;
pub use excerpt::{Snippet, SnippetLabel};
pub use fix::{ReportedEdit, ReportedFix};
pub use hidden::{Hidden, HiddenBySetting, HiddenPath, KnownFinding, LeftOutBy};
pub use place::ReportedPlace;

/// A finding with everything that an output format can show.
#[derive(Debug, Clone)]
pub struct Reported {
    /// The lint's name.
    pub lint: &'static str,
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
    /// Counts.
    pub counts: Counts,
}

impl FileReport {
    /// The report of a file that is no model.
    pub fn of_another_kind() -> Self {
        let mut report = Self::default();
        report.counts.not_models = 1;
        report
    }

    /// The findings that count: those that nobody accepted.
    pub fn counted(&self) -> impl Iterator<Item = &Reported> {
        counted(&self.findings)
    }

    /// Adds what was not checked in the files that it is about.
    pub fn add_notes<'n>(&mut self, files: &Files, notes: impl Iterator<Item = &'n NotChecked>) {
        let resolve = |note: NotChecked| ReportedNote {
            what: note.what,
            why: bounded_text(&note.why),
            place: ReportedPlace::resolve(files, note.at, String::new()),
        };
        self.not_checked.extend(bound::notes(notes).into_iter().map(resolve));
    }

    /// Puts the findings in order and gives each its fingerprint.
    pub fn sort_and_name(&mut self, files: &Files) {
        self.findings.sort_by(|a, b| a.order().cmp(&b.order()));
        fingerprint::assign(&mut self.findings, files);
    }
}

/// How much was looked at.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Counts {
    /// Models that a dialect recognised.
    pub models: usize,
    /// Heads of which loss and output are known.
    pub heads_checked: usize,
    /// Heads that could not be judged, by the most particular reason of each.
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
    /// What was left out.
    pub hidden: Hidden,
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
        counted(&self.findings)
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

fn counted(findings: &[Reported]) -> impl Iterator<Item = &Reported> {
    findings.iter().filter(|finding| finding.suppressed.is_none())
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

/// Resolves the findings of one model's files. `with_snippets` also cuts out the text around each place.
pub fn resolve(files: &Files, findings: Vec<Finding>, with_snippets: bool) -> FileReport {
    let resolve = |finding| resolve_finding(files, finding, with_snippets);
    FileReport {
        findings: bound::findings(findings).into_iter().map(resolve).collect(),
        ..FileReport::default()
    }
}

/// Resolves one finding of a model that was read from these files. It has no fingerprint before all of its file are sorted.
pub fn resolve_finding(files: &Files, finding: Finding, with_snippets: bool) -> Reported {
    let snippets = if with_snippets {
        excerpt::snippets(files, &finding)
    } else {
        Vec::new()
    };
    let resolve = |place: crate::diagnostic::Place| ReportedPlace::resolve(files, place.at, place.label);
    Reported {
        lint: finding.lint,
        severity: finding.severity,
        confidence: finding.confidence,
        message: bounded_text(&finding.message),
        why: bounded_text(&finding.why),
        because: finding.reading.as_deref().map(bounded_text),
        fixes: fix::resolve(files, &finding.help),
        help: finding
            .help
            .into_iter()
            .map(|remedy| bounded_text(&remedy.text))
            .collect(),
        primary: resolve(finding.primary),
        related: finding.related.into_iter().map(resolve).collect(),
        evidence: finding.evidence.into_iter().map(resolve).collect(),
        suppressed: None,
        fingerprint: String::new(),
        snippets,
    }
}
