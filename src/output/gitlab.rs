//! `gitlab`: a Code Quality report, which GitLab shows in merge requests.

use std::collections::HashMap;
use std::io::{self, Write};

use serde::Serialize;

use super::{plain_text, write_json};
use crate::diagnostic::Severity;
use crate::report::{Report, Reported, ReportedPlace};

#[derive(Serialize)]
struct Issue<'r> {
    description: String,
    check_name: &'static str,
    fingerprint: String,
    severity: &'static str,
    content: Content,
    location: Location<'r>,
}

/// GitLab ignores it; other readers of Code Climate's format show it.
#[derive(Serialize)]
struct Content {
    body: String,
}

#[derive(Serialize)]
struct Location<'r> {
    path: &'r str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

/// Writes the array of issues.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut fingerprints = Fingerprints::default();
    let issues: Vec<Issue<'_>> = report
        .counted()
        .map(|finding| issue(finding, &mut fingerprints))
        .collect();
    write_json(&issues, out)
}

fn issue<'r>(finding: &'r Reported, fingerprints: &mut Fingerprints) -> Issue<'r> {
    Issue {
        description: plain_text::title(finding),
        check_name: finding.lint,
        fingerprint: fingerprints.unique(&finding.fingerprint),
        severity: severity(finding.severity),
        content: Content {
            body: plain_text::details(finding),
        },
        location: Location {
            path: &finding.primary.path,
            lines: lines(&finding.primary),
        },
    }
}

/// GitLab's `critical` and `blocker` are kept for what a linter of configurations cannot know: that a release must stop.
fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "major",
        Severity::Warning => "minor",
        Severity::Info => "info",
    }
}

/// Lines within an archive are not lines of it, but GitLab needs one.
fn lines(place: &ReportedPlace) -> Lines {
    if place.member.is_some() {
        return Lines { begin: 1, end: 1 };
    }
    Lines {
        begin: place.start.line,
        end: place.end.line,
    }
}

/// How often each fingerprint was used. GitLab shows only the first of several issues with the same one.
#[derive(Default)]
struct Fingerprints {
    used: HashMap<String, usize>,
}

impl Fingerprints {
    /// The fingerprint, with a number behind it from its second use on.
    fn unique(&mut self, fingerprint: &str) -> String {
        let used = self.used.entry(fingerprint.to_owned()).or_default();
        *used += 1;
        match *used {
            1 => fingerprint.to_owned(),
            number => format!("{fingerprint}-{number}"),
        }
    }
}
