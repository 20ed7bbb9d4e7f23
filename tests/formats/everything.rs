//! A report that holds everything that a format could show, also what the program does not yet produce. No tests.

use losslint::diagnostic::{Applicability, Confidence, Severity, Unjudged};
use losslint::report::{
    Counts, Hidden, HiddenBySetting, HiddenPath, KnownFinding, LeftOutBy, Report, Reported, ReportedEdit, ReportedFix,
    ReportedNote, ReportedPlace, Suppressed,
};
use losslint::span::{LineColumn, Span};

/// A path that needs every kind of escaping.
pub const PATH: &str = "models/50% a,b:c \"ü\".json";
/// Characters that act on terminals, markup and line-based formats.
pub const HOSTILE: &str = "a\u{1b}[31m\r\n::error::<b>&]]>\"'\u{0}\t%0A";

/// The report.
pub fn everything() -> Report {
    let mut report = Report {
        findings: vec![complete(), accepted(), accepted_by_rule(), in_an_archive(), hint()],
        not_checked: vec![ReportedNote {
            what: Unjudged::CustomLoss,
            why: "NOTE".to_owned(),
            place: place(PATH, 3, ""),
        }],
        counts: Counts {
            models: 7,
            heads_checked: 6,
            not_models: 5,
            ..Counts::default()
        },
        hidden: hidden(),
    };
    report.counts.heads_not_checked.insert(Unjudged::CustomLoss, 4);
    report
}

fn hidden() -> Hidden {
    let at = LineColumn { line: 7, column: 8 };
    Hidden {
        paths: vec![HiddenPath {
            path: "LEFT OUT".into(),
            by: LeftOutBy::IgnoreFile,
        }],
        settings: vec![HiddenBySetting {
            path: "losslint.toml".to_owned(),
            at,
            what: "SETTING".to_owned(),
        }],
        known: vec![KnownFinding {
            lint: "metric-mismatch",
            path: PATH.to_owned(),
            at,
        }],
    }
}

/// A report with one finding whose texts are hostile.
pub fn hostile() -> Report {
    let mut finding = finding(
        "mse-for-classification",
        Severity::Error,
        HOSTILE,
        place(PATH, 1, HOSTILE),
    );
    finding.why = HOSTILE.to_owned();
    finding.because = Some(HOSTILE.to_owned());
    finding.help = vec![HOSTILE.to_owned()];
    Report {
        findings: vec![finding],
        ..Report::default()
    }
}

fn complete() -> Reported {
    let mut finding = finding("unclipped-log", Severity::Error, "MESSAGE", place(PATH, 1, "LABEL"));
    finding.primary.pointer = "/POINTER/~1".to_owned();
    finding.why = "WHY".to_owned();
    finding.because = Some("READS AS".to_owned());
    finding.help = vec!["FIRST HELP".to_owned(), "SECOND HELP".to_owned()];
    finding.related = vec![place(PATH, 2, "RELATED"), place("OTHER FILE.toml", 9, "ELSEWHERE")];
    finding.evidence = vec![place(PATH, 4, "EVIDENCE")];
    finding.fixes = vec![
        fix(Applicability::Safe, "FIX", &["ONE EDIT"]),
        fix(Applicability::Unsafe, "OTHER FIX", &["EDIT OF TWO", "OTHER EDIT"]),
        fix(Applicability::Display, "SHOWN FIX", &[]),
    ];
    finding
}

fn accepted() -> Reported {
    let mut finding = finding("metric-mismatch", Severity::Warning, "ACCEPTED", place(PATH, 5, ""));
    finding.suppressed = Some(Suppressed {
        in_source: true,
        reason: Some("REASON".to_owned()),
    });
    finding
}

fn accepted_by_rule() -> Reported {
    let mut finding = finding("metric-mismatch", Severity::Warning, "BY RULE", place(PATH, 6, ""));
    finding.suppressed = Some(Suppressed {
        in_source: false,
        reason: None,
    });
    finding
}

fn in_an_archive() -> Reported {
    let mut finding = finding("unclipped-log", Severity::Warning, "ARCHIVED", place("m.keras", 7, ""));
    let member = Some("MEMBER.json".to_owned());
    finding.primary.member.clone_from(&member);
    finding.fixes = vec![fix(Applicability::Safe, "FIX WITHIN", &["EDIT WITHIN"])];
    finding.fixes[0].edits[0].place = finding.primary.clone();
    finding.fixes[0].as_one = finding.fixes[0].edits.first().cloned();
    finding
}

fn hint() -> Reported {
    finding("prefer-logits", Severity::Info, "HINT", place(PATH, 8, ""))
}

/// All findings have the same fingerprint, which formats that need unique ones must make unique.
fn finding(lint: &'static str, severity: Severity, message: &str, primary: ReportedPlace) -> Reported {
    Reported {
        lint,
        severity,
        confidence: Confidence::Implied,
        message: message.to_owned(),
        why: String::new(),
        because: None,
        help: Vec::new(),
        primary,
        related: Vec::new(),
        evidence: Vec::new(),
        fixes: Vec::new(),
        suppressed: None,
        fingerprint: "f1f1".to_owned(),
        snippets: Vec::new(),
    }
}

/// Four characters of seven bytes, from the third character on, which is the fourth byte.
pub fn place(path: &str, line: u32, label: &str) -> ReportedPlace {
    ReportedPlace {
        path: path.to_owned(),
        member: None,
        pointer: String::new(),
        span: Span::new(100, 107),
        start: LineColumn { line, column: 3 },
        end: LineColumn { line, column: 7 },
        start_byte_column: 4,
        end_byte_column: 11,
        label: label.to_owned(),
    }
}

fn fix(applicability: Applicability, message: &str, texts: &[&str]) -> ReportedFix {
    let edit = |text: String| ReportedEdit {
        place: place(PATH, 1, ""),
        text,
    };
    ReportedFix {
        applicability,
        message: message.to_owned(),
        edits: texts.iter().map(|text| edit((*text).to_owned())).collect(),
        as_one: (!texts.is_empty()).then(|| edit(texts.concat())),
    }
}
