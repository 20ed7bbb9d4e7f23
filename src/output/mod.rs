//! The output formats: one file each, one function from a report to text. Nothing else knows formats.

pub mod concise;
pub mod diff;
pub mod github;
pub mod gitlab;
pub mod human;
pub mod json;
pub mod jsonl;
pub mod junit;
pub mod page;
pub mod paint;
mod plain_text;
pub mod rdjson;
pub mod sarif;
pub mod table;
pub mod wrap;

use std::io::{self, Write};

use serde::Serialize;

use crate::report::Report;

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Drawn for people.
    Human,
    /// One line a finding.
    Concise,
    /// One JSON document.
    Json,
    /// One JSON object a line.
    Jsonl,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Workflow commands of GitHub Actions.
    Github,
    /// Code Quality of GitLab.
    Gitlab,
    /// JUnit XML.
    Junit,
    /// The diagnostic format of reviewdog.
    Rdjson,
}

/// How a report for people looks.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// Whether colours are used.
    pub color: bool,
    /// The columns that lines fit in, from 40: those of the terminal.
    pub width: usize,
}

impl Style {
    /// Where there is no terminal, such as in a file: no colours, and the width of an old terminal.
    pub const PLAIN: Self = Self {
        color: false,
        width: 80,
    };
}

/// Writes a report in a format; `style` is for people only. The error is that of writing to `out`.
pub fn write(report: &Report, format: Format, style: Style, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Human => human::write(report, style, out),
        Format::Concise => concise::write(report, out),
        Format::Json => json::write(report, out),
        Format::Jsonl => jsonl::write(report, out),
        Format::Sarif => sarif::write(report, out),
        Format::Github => github::write(report, out),
        Format::Gitlab => gitlab::write(report, out),
        Format::Junit => junit::write(report, out),
        Format::Rdjson => rdjson::write(report, out),
    }
}

/// Writes a value as a JSON document of several lines. The error is that of writing to `out`.
pub fn write_json(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    writeln!(out)
}

/// What reports call the program.
const NAME: &str = env!("CARGO_PKG_NAME");
/// The program's home; empty as long as the manifest names none.
const HOME: &str = env!("CARGO_PKG_REPOSITORY");

/// Where a lint's page can be read; `None` as long as the program has no home.
fn page_url(lint: &str) -> Option<String> {
    (!HOME.is_empty()).then(|| format!("{HOME}/blob/HEAD/lints/{lint}.md"))
}
