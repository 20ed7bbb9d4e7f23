//! `jsonl`: one JSON object a line, for streams: the findings, then what was not
//! checked, what was left out if anything was, last the summary. The objects
//! are those of `json` with a `type`.

use std::io::{self, Write};

use serde::Serialize;

use super::json::{FindingRecord, HiddenRecord, NoteRecord, SummaryRecord};
use crate::report::Report;

#[derive(Serialize)]
struct Line<T> {
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(flatten)]
    record: T,
}

/// Writes the lines.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    for finding in &report.findings {
        write_line("finding", FindingRecord::from(finding), out)?;
    }
    for note in &report.not_checked {
        write_line("not_checked", NoteRecord::from(note), out)?;
    }
    if !report.hidden.is_empty() {
        write_line("hidden", HiddenRecord::from(&report.hidden), out)?;
    }
    write_line("summary", SummaryRecord::from(report), out)
}

fn write_line(kind: &'static str, record: impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, &Line { kind, record })?;
    writeln!(out)
}
