//! The width of the terminal, and lines for people broken between words in it. Where no terminal shows them a line stays
//! whole, because programs may read it.

use std::io::IsTerminal;

use textwrap::{Options, WordSeparator, WordSplitter};

use crate::output::Style;

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
    columns(channel).map_or_else(|| line.to_owned(), |columns| filled(line, indent, columns))
}

fn filled(line: &str, indent: usize, columns: usize) -> String {
    let indent = " ".repeat(indent);
    let options = Options::new(columns)
        .subsequent_indent(&indent)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation)
        .break_words(false);
    textwrap::fill(line, options)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words_and_keep_their_own_indent() {
        let line = "    loss        torch.nn.BCELoss, expects probabilities  (a/long-name.yaml:7:19)";
        let expected = "    loss        torch.nn.BCELoss,\n                expects probabilities\n                (a/long-name.yaml:7:19)";
        assert_eq!(filled(line, 16, 42), expected);
        assert_eq!(filled("short", 4, 40), "short");
    }
}
