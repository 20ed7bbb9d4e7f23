//! `rdjson`: reviewdog's diagnostic format. Its columns count bytes of UTF-8, and the end of a range is exclusive.

use std::io::{self, Write};

use serde::Serialize;

use super::{page_url, plain_text, write_json};
use crate::diagnostic::Severity;
use crate::report::{Report, Reported, ReportedFix, ReportedPlace};

#[derive(Serialize)]
struct DiagnosticResult<'r> {
    source: Source,
    severity: &'static str,
    diagnostics: Vec<Diagnostic<'r>>,
}

#[derive(Serialize)]
struct Source {
    name: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    url: &'static str,
}

#[derive(Serialize)]
struct Diagnostic<'r> {
    message: String,
    location: Location<'r>,
    severity: &'static str,
    code: Code,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<Suggestion<'r>>,
    #[serde(rename = "relatedLocations", skip_serializing_if = "Vec::is_empty")]
    related: Vec<Related<'r>>,
}

#[derive(Serialize)]
struct Code {
    value: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

#[derive(Serialize)]
struct Location<'r> {
    path: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<Range>,
}

#[derive(Serialize)]
struct Related<'r> {
    message: String,
    location: Location<'r>,
}

#[derive(Serialize)]
struct Suggestion<'r> {
    range: Range,
    text: &'r str,
}

#[derive(Serialize)]
struct Range {
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct Position {
    line: u32,
    column: u32,
}

/// Writes the result.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let worst = report.counted().map(|finding| finding.severity).max();
    let result = DiagnosticResult {
        source: Source {
            name: super::NAME,
            url: super::HOME,
        },
        severity: severity(worst.unwrap_or(Severity::Info)),
        diagnostics: report.counted().map(diagnostic).collect(),
    };
    write_json(&result, out)
}

fn diagnostic(finding: &Reported) -> Diagnostic<'_> {
    let contradicted = finding.related.iter().map(|place| related(place, ""));
    let evidence = finding.evidence.iter().map(|place| related(place, "evidence: "));
    Diagnostic {
        message: message(finding),
        location: location(&finding.primary),
        severity: severity(finding.severity),
        code: Code {
            value: finding.lint,
            url: page_url(finding.lint),
        },
        suggestions: finding
            .fixes
            .iter()
            .filter_map(|fix| suggestion(fix, &finding.primary))
            .collect(),
        related: contradicted.chain(evidence).collect(),
    }
}

/// The title, what is said at the place itself, and the advice.
fn message(finding: &Reported) -> String {
    let label = &finding.primary.label;
    let mut lines = vec![plain_text::title(finding)];
    lines.extend(Some(label).filter(|label| !label.is_empty()).cloned());
    lines.extend(plain_text::advice(finding));
    lines.join("\n")
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "ERROR",
        Severity::Warning => "WARNING",
        Severity::Info => "INFO",
    }
}

fn location(place: &ReportedPlace) -> Location<'_> {
    Location {
        path: &place.path,
        range: range(place),
    }
}

/// The range; none within an archive, whose lines are not those of its member.
fn range(place: &ReportedPlace) -> Option<Range> {
    if place.member.is_some() {
        return None;
    }
    Some(Range {
        start: Position {
            line: place.start.line,
            column: place.start_byte_column,
        },
        end: Position {
            line: place.end.line,
            column: place.end_byte_column,
        },
    })
}

fn related<'r>(place: &'r ReportedPlace, before: &str) -> Related<'r> {
    let within = match &place.member {
        Some(member) => format!("{member}:{}: ", place.start),
        None => String::new(),
    };
    Related {
        message: format!("{within}{before}{}", place.label),
        location: location(place),
    }
}

/// A fix as one edit: each suggestion is offered and applied by itself, in the file of the finding, so that a fix of several
/// would be half applied and an edit of another file would hit the wrong one.
fn suggestion<'r>(fix: &'r ReportedFix, primary: &ReportedPlace) -> Option<Suggestion<'r>> {
    let edit = fix.as_one.as_ref()?;
    if edit.place.full_path() != primary.full_path() {
        return None;
    }
    Some(Suggestion {
        range: range(&edit.place)?,
        text: &edit.text,
    })
}
