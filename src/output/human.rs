//! The report for people: a title, the text with labels, the reason and the remedies, all in the width of the terminal.

mod drawing;
mod fit;

use std::io::{self, Write};

use super::paint::Paint;
use super::{Style, wrap};
use crate::report::{Report, Reported};

/// Writes every finding.
pub fn write(report: &Report, style: Style, out: &mut dyn Write) -> io::Result<()> {
    for finding in report.counted() {
        write_finding(finding, style, out)?;
        writeln!(out)?;
    }
    Ok(())
}

fn write_finding(finding: &Reported, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let paint = Paint::new(style.color);
    let title = format!("{}[{}]", finding.severity, finding.lint);
    let title = format!(
        "{}: {}",
        paint.severity(finding.severity, &title),
        paint.bold(&finding.message)
    );
    writeln!(out, "{}", wrap::fill(&title, "", "  ", style.width))?;
    for snippet in finding
        .snippets
        .iter()
        .flat_map(|snippet| fit::fit(snippet, style.width))
    {
        write!(out, "{}", drawing::draw(&snippet, finding.severity, style))?;
    }
    write_entry("why:", &finding.why, style, &paint, out)?;
    if let Some(because) = &finding.because {
        write_entry("because:", because, style, &paint, out)?;
    }
    for (index, help) in finding.help.iter().enumerate() {
        let name = if index == 0 { "help:" } else { "" };
        let bullet = if finding.help.len() > 1 { "• " } else { "" };
        write_entry(name, &format!("{bullet}{help}"), style, &paint, out)?;
    }
    let more = format!("losslint explain {}", finding.lint);
    write_entry("more:", &more, style, &paint, out)
}

/// Writes `  why:  text`, wrapped behind its name; behind a longer name the text begins further to the right.
fn write_entry(name: &str, text: &str, style: Style, paint: &Paint, out: &mut dyn Write) -> io::Result<()> {
    const NAME_WIDTH: usize = 6;
    if text.is_empty() {
        return Ok(());
    }
    let hanging = if text.starts_with("• ") { 2 } else { 0 };
    let width = NAME_WIDTH.max(name.len() + 1);
    let first = format!("  {}", paint.accent(&format!("{name:<width$}")));
    let rest = " ".repeat(2 + NAME_WIDTH + hanging);
    let plain_first = format!("  {name:<width$}");
    let lines = wrap::fill(text, &plain_first, &rest, style.width);
    writeln!(out, "{}", lines.replacen(&plain_first, &first, 1))
}
