//! The width of the terminal, and lines for people broken between words in it. Where no terminal shows them a line stays
//! whole, because programs may read it.

use std::io::IsTerminal;

use crate::output::{Style, wrap};

/// Columns on which a drawing can still be read.
const NARROWEST: usize = 40;
/// Columns of the longest lines that are still pleasant to read.
const WIDEST: usize = 120;

/// The columns of the terminal that a channel leads to: what COLUMNS says, or else the terminal, within what can be read;
/// nothing when it leads elsewhere.
pub fn columns(channel: &impl IsTerminal) -> Option<usize> {
    let given = || {
        std::env::var("COLUMNS")
            .ok()?
            .parse()
            .ok()
            .filter(|columns| *columns > 0)
    };
    let asked = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    let columns = || given().or_else(asked).unwrap_or(Style::PLAIN.width);
    channel.is_terminal().then(|| columns().clamp(NARROWEST, WIDEST))
}

/// A line as a channel shows it; lines after the first are indented.
pub fn broken(line: &str, indent: usize, channel: &impl IsTerminal) -> String {
    match columns(channel) {
        Some(columns) => wrap::fill(line, "", &" ".repeat(indent), columns),
        None => line.to_owned(),
    }
}
