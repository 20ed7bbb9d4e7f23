//! The output formats: golden files, the standards that they follow, and a table of what fits into which.

mod common;

#[path = "formats/everything.rs"]
mod everything;
#[path = "formats/golden.rs"]
mod golden;
#[path = "formats/matrix.rs"]
mod matrix;
#[path = "formats/second_report.rs"]
mod second_report;
#[path = "formats/standards.rs"]
mod standards;

use losslint::output::{self, Format, Style};
use losslint::report::Report;
use serde_json::Value;

/// Every format for programs by its name on the command line.
const FORMATS: &[(&str, Format)] = &[
    ("concise", Format::Concise),
    ("json", Format::Json),
    ("jsonl", Format::Jsonl),
    ("sarif", Format::Sarif),
    ("github", Format::Github),
    ("gitlab", Format::Gitlab),
    ("junit", Format::Junit),
    ("rdjson", Format::Rdjson),
];

/// A report in a format.
fn written(report: &Report, format: Format) -> String {
    let mut text = Vec::new();
    output::write(report, format, Style::PLAIN, &mut text).expect("writing to memory");
    String::from_utf8(text).expect("a report is UTF-8")
}

/// A text that must be one JSON document.
fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}
