//! The output formats: one file each, one function from a report to text. Nothing else knows formats.

pub mod concise;
pub mod human;
pub mod page;
pub mod paint;

use std::io::{self, Write};

use crate::report::Report;

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Drawn for people.
    Human,
    /// One line a finding.
    Concise,
}

/// How a report for people looks.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// Whether colours are used.
    pub color: bool,
    /// The width of the terminal in columns.
    pub width: usize,
}

/// Writes a report.
pub fn write(report: &Report, format: Format, style: Style, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Human => human::write(report, style, out),
        Format::Concise => concise::write(report, out),
    }
}
