//! The records of the JSON report, version 1. They stand apart from the report's own types, so that those can change
//! without a script noticing: a field here is never renamed, moved or removed, only added.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::diagnostic::Severity;
use crate::output::page_url;
use crate::page::{self, Group};
use crate::report::{Report, Reported, ReportedEdit, ReportedFix, ReportedNote, ReportedPlace, Suppressed};

/// A finding.
#[derive(Serialize)]
pub struct FindingRecord<'r> {
    lint: &'static str,
    group: &'static str,
    severity: &'static str,
    confidence: &'static str,
    message: &'r str,
    #[serde(skip_serializing_if = "str::is_empty")]
    why: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    because: Option<&'r str>,
    help: &'r [String],
    #[serde(flatten)]
    place: PlaceRecord<'r>,
    related: Vec<PlaceRecord<'r>>,
    evidence: Vec<PlaceRecord<'r>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<FixRecord<'r>>,
    fixes: Vec<FixRecord<'r>>,
    fingerprint: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    suppressed: Option<SuppressedRecord<'r>>,
}

/// A place and what is said there.
#[derive(Serialize)]
struct PlaceRecord<'r> {
    path: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    member: Option<&'r str>,
    pointer: &'r str,
    span: SpanRecord,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<&'r str>,
}

/// Bytes from 0, lines and columns from 1, columns in characters.
#[derive(Serialize)]
struct SpanRecord {
    start: u32,
    end: u32,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
}

/// A fix; its edits are in one file, and none when it is for showing only.
#[derive(Serialize)]
struct FixRecord<'r> {
    applicability: &'static str,
    message: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    member: Option<&'r str>,
    edits: Vec<EditRecord<'r>>,
}

/// Bytes and what stands there instead.
#[derive(Serialize)]
struct EditRecord<'r> {
    start: u32,
    end: u32,
    text: &'r str,
}

/// How a finding is accepted.
#[derive(Serialize)]
struct SuppressedRecord<'r> {
    in_source: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'r str>,
}

/// Something that was seen and could not be judged.
#[derive(Serialize)]
pub struct NoteRecord<'r> {
    what: &'static str,
    why: &'r str,
    #[serde(flatten)]
    place: PlaceRecord<'r>,
}

/// How much was looked at and found. Accepted findings count as suppressed only.
#[derive(Serialize)]
pub struct SummaryRecord {
    models: usize,
    heads_checked: usize,
    heads_not_checked: BTreeMap<&'static str, usize>,
    not_models: usize,
    errors: usize,
    warnings: usize,
    infos: usize,
    suppressed: usize,
}

impl<'r> From<&'r Reported> for FindingRecord<'r> {
    fn from(finding: &'r Reported) -> Self {
        Self {
            lint: finding.lint,
            group: page::of(finding.lint).map_or(Group::Config, |page| page.group).as_str(),
            severity: finding.severity.as_str(),
            confidence: finding.confidence.as_str(),
            message: &finding.message,
            why: &finding.why,
            because: finding.because.as_deref(),
            help: &finding.help,
            place: (&finding.primary).into(),
            related: finding.related.iter().map(Into::into).collect(),
            evidence: finding.evidence.iter().map(Into::into).collect(),
            fix: finding.fixes.first().map(Into::into),
            fixes: finding.fixes.iter().map(Into::into).collect(),
            fingerprint: &finding.fingerprint,
            url: page_url(finding.lint),
            suppressed: finding.suppressed.as_ref().map(Into::into),
        }
    }
}

impl<'r> From<&'r ReportedPlace> for PlaceRecord<'r> {
    fn from(place: &'r ReportedPlace) -> Self {
        Self {
            path: &place.path,
            member: place.member.as_deref(),
            pointer: &place.pointer,
            span: place.into(),
            label: Some(place.label.as_str()).filter(|label| !label.is_empty()),
        }
    }
}

impl From<&ReportedPlace> for SpanRecord {
    fn from(place: &ReportedPlace) -> Self {
        Self {
            start: place.span.start,
            end: place.span.end,
            line: place.start.line,
            column: place.start.column,
            end_line: place.end.line,
            end_column: place.end.column,
        }
    }
}

impl<'r> From<&'r ReportedFix> for FixRecord<'r> {
    fn from(fix: &'r ReportedFix) -> Self {
        let file = fix.edits.first().map(|edit| &edit.place);
        Self {
            applicability: fix.applicability.as_str(),
            message: &fix.message,
            path: file.map(|place| place.path.as_str()),
            member: file.and_then(|place| place.member.as_deref()),
            edits: fix.edits.iter().map(Into::into).collect(),
        }
    }
}

impl<'r> From<&'r ReportedEdit> for EditRecord<'r> {
    fn from(edit: &'r ReportedEdit) -> Self {
        Self {
            start: edit.place.span.start,
            end: edit.place.span.end,
            text: &edit.text,
        }
    }
}

impl<'r> From<&'r Suppressed> for SuppressedRecord<'r> {
    fn from(suppressed: &'r Suppressed) -> Self {
        Self {
            in_source: suppressed.in_source,
            reason: suppressed.reason.as_deref(),
        }
    }
}

impl<'r> From<&'r ReportedNote> for NoteRecord<'r> {
    fn from(note: &'r ReportedNote) -> Self {
        Self {
            what: note.what.as_str(),
            why: &note.why,
            place: (&note.place).into(),
        }
    }
}

impl From<&Report> for SummaryRecord {
    fn from(report: &Report) -> Self {
        let counts = &report.counts;
        let not_checked = counts.heads_not_checked.iter();
        Self {
            models: counts.models,
            heads_checked: counts.heads_checked,
            heads_not_checked: not_checked.map(|(what, count)| (what.as_str(), *count)).collect(),
            not_models: counts.not_models,
            errors: report.count(Severity::Error),
            warnings: report.count(Severity::Warning),
            infos: report.count(Severity::Info),
            suppressed: report.findings.len() - report.counted().count(),
        }
    }
}
