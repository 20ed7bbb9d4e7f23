//! `json`: the whole report as one JSON document, for scripts. Version 1 is frozen; its schema is beside it.

mod hidden;
mod record;
mod schema;

use std::io::{self, Write};

use serde::Serialize;

use super::write_json;
use crate::report::Report;

pub use hidden::HiddenRecord;
pub use record::{FindingRecord, NoteRecord, SummaryRecord};
pub use schema::schema;

/// The version of the form of the document.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'r> {
    version: u32,
    findings: Vec<FindingRecord<'r>>,
    not_checked: Vec<NoteRecord<'r>>,
    summary: SummaryRecord,
    #[serde(skip_serializing_if = "Option::is_none")]
    hidden: Option<HiddenRecord<'r>>,
}

/// Writes the document.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let document = Document {
        version: VERSION,
        findings: report.findings.iter().map(Into::into).collect(),
        not_checked: report.not_checked.iter().map(Into::into).collect(),
        summary: report.into(),
        hidden: (!report.hidden.is_empty()).then(|| (&report.hidden).into()),
    };
    write_json(&document, out)
}
