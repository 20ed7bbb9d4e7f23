//! `concise`: `path:line:column: severity[lint]: message`, the line that problem matchers parse. It is stable.

use std::io::{self, Write};

use crate::report::{Report, Reported};
use crate::span::printable;

/// Writes one line for each finding.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    report
        .counted()
        .try_for_each(|finding| writeln!(out, "{}", line(finding)))
}

fn line(finding: &Reported) -> String {
    format!(
        "{}:{}: {}[{}]: {}",
        finding.primary.full_path(),
        finding.primary.start,
        finding.severity,
        finding.lint,
        printable(&finding.message)
    )
}
