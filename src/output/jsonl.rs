//! `jsonl`: one JSON object a line, for streams: the findings, then what was not checked, last the summary. The objects
//! are those of `json` with a `type`.

use std::io::{self, Write};

use serde::Serialize;

use super::json::{FindingRecord, NoteRecord, SummaryRecord};
use crate::report::Report;

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Line<'r> {
    Finding(FindingRecord<'r>),
    NotChecked(NoteRecord<'r>),
    Summary(SummaryRecord),
}

/// Writes the lines.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    for finding in &report.findings {
        write_line(&Line::Finding(finding.into()), out)?;
    }
    for note in &report.not_checked {
        write_line(&Line::NotChecked(note.into()), out)?;
    }
    write_line(&Line::Summary(report.into()), out)
}

fn write_line(line: &Line<'_>, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, line)?;
    writeln!(out)
}
