//! `sarif`: SARIF 2.1.0, which code scanning services and many editors read. What was not checked becomes notifications of
//! the run: the results of kind `open` that the standard also has need a rule, and some services show every result.

mod location;
mod rule;

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::{plain_text, write_json};
use crate::diagnostic::Severity;
use crate::report::{Report, Reported, ReportedFix, ReportedNote, Suppressed};
use location::{ArtifactLocation, Location, Region, Text};
use rule::{Rule, Rules};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// The name of our fingerprint, with the version of how it is made.
const FINGERPRINT: &str = "losslint/v1";

#[derive(Serialize)]
struct Log<'r> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'r>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'r> {
    tool: Tool,
    invocations: [Invocation<'r>; 1],
    original_uri_base_ids: BTreeMap<&'static str, Described>,
    default_encoding: &'static str,
    column_kind: &'static str,
    results: Vec<Finding<'r>>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    semantic_version: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    information_uri: &'static str,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation<'r> {
    execution_successful: bool,
    tool_execution_notifications: Vec<Notification<'r>>,
}

#[derive(Serialize)]
struct Notification<'r> {
    descriptor: Descriptor,
    level: &'static str,
    message: Text<'r>,
    locations: [Location<'r>; 1],
}

#[derive(Serialize)]
struct Descriptor {
    id: &'static str,
}

#[derive(Serialize)]
struct Described {
    description: Text<'static>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Finding<'r> {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Text<'r>,
    locations: [Location<'r>; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location<'r>>,
    partial_fingerprints: BTreeMap<&'static str, &'r str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Fix<'r>>,
    /// Present even when empty: the standard wants it on all results of a run or on none.
    suppressions: Vec<Suppression<'r>>,
    properties: FindingProperties,
}

#[derive(Serialize)]
struct FindingProperties {
    confidence: &'static str,
}

#[derive(Serialize)]
struct Suppression<'r> {
    kind: &'static str,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    justification: Option<&'r str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Fix<'r> {
    description: Text<'r>,
    artifact_changes: [ArtifactChange<'r>; 1],
    properties: FixProperties,
}

#[derive(Serialize)]
struct FixProperties {
    applicability: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactChange<'r> {
    artifact_location: ArtifactLocation,
    replacements: Vec<Replacement<'r>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement<'r> {
    deleted_region: Region,
    inserted_content: Text<'r>,
}

/// Writes the log.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let rules = Rules::of(&report.findings);
    let log = Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [Run {
            invocations: [Invocation {
                // Paths that could not be read are told on standard error and by the exit status: reports do not know them.
                execution_successful: true,
                tool_execution_notifications: report.not_checked.iter().map(notification).collect(),
            }],
            original_uri_base_ids: BTreeMap::from([(
                location::BASE,
                Described {
                    description: Text::of("the folder that losslint ran in"),
                },
            )]),
            default_encoding: "utf-8",
            column_kind: "unicodeCodePoints",
            results: report.findings.iter().map(|found| finding(found, &rules)).collect(),
            tool: Tool {
                driver: Driver {
                    name: super::NAME,
                    semantic_version: env!("CARGO_PKG_VERSION"),
                    information_uri: super::HOME,
                    rules: rules.described(),
                },
            },
        }],
    };
    write_json(&log, out)
}

fn notification(note: &ReportedNote) -> Notification<'_> {
    Notification {
        descriptor: Descriptor { id: note.what.as_str() },
        level: "note",
        message: Text::of(&note.why),
        locations: [Location::of(&note.place)],
    }
}

fn finding<'r>(finding: &'r Reported, rules: &Rules) -> Finding<'r> {
    let related = finding.related.iter().map(|place| Location::related(place, ""));
    let evidence = finding
        .evidence
        .iter()
        .map(|place| Location::related(place, "evidence: "));
    let mut related: Vec<Location<'r>> = related.chain(evidence).collect();
    for (id, location) in related.iter_mut().enumerate() {
        location.id = Some(id);
    }
    Finding {
        rule_id: finding.lint,
        rule_index: rules.index(finding.lint),
        level: level(finding.severity),
        message: Text::of(plain_text::brief(finding)),
        locations: [Location::of(&finding.primary)],
        related_locations: related,
        partial_fingerprints: BTreeMap::from([(FINGERPRINT, finding.fingerprint.as_str())]),
        fixes: finding.fixes.iter().filter_map(fix).collect(),
        suppressions: finding.suppressed.iter().map(suppression).collect(),
        properties: FindingProperties {
            confidence: finding.confidence.as_str(),
        },
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn suppression(suppressed: &Suppressed) -> Suppression<'_> {
    Suppression {
        kind: if suppressed.in_source { "inSource" } else { "external" },
        status: "accepted",
        justification: suppressed.reason.as_deref(),
    }
}

/// A fix with its edits. One without edits is for showing only and cannot be applied; one in an archive cannot either,
/// since its bytes are not those of the archive.
fn fix(fix: &ReportedFix) -> Option<Fix<'_>> {
    let place = &fix.edits.first()?.place;
    if place.member.is_some() {
        return None;
    }
    let replacements = fix.edits.iter().map(|edit| Replacement {
        deleted_region: Region::of(&edit.place),
        inserted_content: Text::of(&edit.text),
    });
    Some(Fix {
        description: Text::of(&fix.message),
        artifact_changes: [ArtifactChange {
            artifact_location: ArtifactLocation::of(place),
            replacements: replacements.collect(),
        }],
        properties: FixProperties {
            applicability: fix.applicability.as_str(),
        },
    })
}
