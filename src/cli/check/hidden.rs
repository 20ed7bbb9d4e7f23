//! What a run left out, on standard error: one line of counts, and with `--verbose` each file, finding and setting.

use std::io::{self, Write};

use crate::cli::counted;
use crate::report::{Hidden, LeftOutBy, Report, Reported};
use crate::span::{display_path, printable};

/// The line of counts; nothing when nothing was left out. `is_listed` tells that [`list`] told of each already.
pub fn counts(report: &Report, is_listed: bool) -> String {
    let Hidden { paths, settings, known } = &report.hidden;
    let accepted = accepted(report).count();
    let parts = [
        (paths.len(), "path", "paths"),
        (accepted, "accepted finding", "accepted findings"),
        (known.len(), "known finding", "known findings"),
        (
            settings.len(),
            "setting that makes lints say less",
            "settings that make lints say less",
        ),
    ];
    let parts = parts.into_iter().filter(|(count, ..)| *count > 0);
    let parts: Vec<String> = parts.map(|(count, one, many)| counted(count, one, many)).collect();
    if parts.is_empty() {
        return String::new();
    }
    let more = if is_listed { "" } else { ": --verbose lists them" };
    format!("left out: {}{more}\n", parts.join(", "))
}

/// Each thing that was left out, a line each.
pub fn list(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    for hidden in &report.hidden.paths {
        let why = match hidden.by {
            LeftOutBy::IgnoreFile => "left out by an ignore file",
            LeftOutBy::Glob => "left out by a glob",
            LeftOutBy::Convention => "programs are left out: a folder of this name holds other people's",
        };
        writeln!(out, "{}: {why}", display_path(&hidden.path))?;
    }
    for finding in accepted(report) {
        let reason = finding
            .suppressed
            .as_ref()
            .and_then(|suppressed| suppressed.reason.as_deref());
        let reason = reason.map_or("no reason is given".to_owned(), printable);
        let place = (finding.primary.full_path(), finding.primary.start);
        writeln!(out, "{}:{}: accepted: {}: {reason}", place.0, place.1, finding.lint)?;
    }
    for known in &report.hidden.known {
        writeln!(
            out,
            "{}:{}: known to the baseline: {}",
            known.path, known.at, known.lint
        )?;
    }
    for setting in &report.hidden.settings {
        writeln!(out, "{}:{}: {}", setting.path, setting.at, printable(&setting.what))?;
    }
    Ok(())
}

fn accepted(report: &Report) -> impl Iterator<Item = &Reported> {
    report.findings.iter().filter(|finding| finding.suppressed.is_some())
}
