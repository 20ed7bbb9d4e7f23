//! `--output-file` and `--output-format`: a second report in one run, whole or not at all.

use std::path::PathBuf;

use clap::Args;

use crate::discover::write_named;
use crate::output::{self, Format, Style};
use crate::report::Report;
use crate::span::display_path;

/// The options for a second report.
#[derive(Args)]
pub struct SecondReport {
    /// Also write a report to this file
    #[arg(long, value_name = "FILE", requires = "output_format")]
    output_file: Option<PathBuf>,
    /// How the report in that file is written
    #[arg(long, value_enum, requires = "output_file")]
    output_format: Option<Format>,
}

impl SecondReport {
    /// Whether it shows the text around each finding.
    pub fn has_snippets(&self) -> bool {
        self.output_format == Some(Format::Human)
    }

    /// Whether one is written.
    pub fn is_wanted(&self) -> bool {
        self.output_file.is_some()
    }

    /// Writes it, if one is wanted. The error tells the path and the reason.
    pub fn write(&self, report: &Report) -> Result<(), String> {
        let (Some(path), Some(format)) = (&self.output_file, self.output_format) else {
            return Ok(());
        };
        let mut text = Vec::new();
        output::write(report, format, Style::PLAIN, &mut text)
            .and_then(|()| write_named(path, &text))
            .map_err(|error| format!("{}: the report cannot be written: {error}", display_path(path)))
    }
}
