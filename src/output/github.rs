//! `github`: workflow commands, which GitHub Actions turns into annotations on the lines of a pull request.

use std::io::{self, Write};

use super::plain_text;
use crate::diagnostic::Severity;
use crate::report::{Report, Reported, ReportedPlace};
use crate::span::printable;

/// Writes one command for each finding.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    report
        .counted()
        .try_for_each(|finding| writeln!(out, "{}", command(finding)))
}

fn command(finding: &Reported) -> String {
    let name = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let title = format!("losslint ({})", finding.lint);
    format!(
        "::{name} file={}{},title={}::{}",
        escaped_property(&finding.primary.path),
        position(&finding.primary),
        escaped_property(&title),
        escaped(&plain_text::full(finding))
    )
}

/// The lines and columns. Lines within an archive are not lines of it; the runner refuses columns when a place has several
/// lines.
fn position(place: &ReportedPlace) -> String {
    if place.member.is_some() {
        return String::new();
    }
    let lines = format!(",line={},endLine={}", place.start.line, place.end.line);
    if place.start.line == place.end.line {
        format!("{lines},col={},endColumn={}", place.start.column, place.end.column)
    } else {
        lines
    }
}

/// Text after the second `::`. What else is no printable character would act on the terminal that shows the log.
fn escaped(text: &str) -> String {
    let on_one_line = text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    printable(&on_one_line)
}

/// The value of a property, which a comma or colon would end.
fn escaped_property(text: &str) -> String {
    escaped(text).replace(':', "%3A").replace(',', "%2C")
}
