//! Text broken between words, so that it fits into so many columns. Words stay whole where they may: an option, a name, a path.

use textwrap::{Options, WordSeparator, WordSplitter};

/// Columns of the widest text that is still pleasant to read.
pub const WIDEST: usize = 100;

/// A text on lines of so many columns at most, the first behind `first`, the others behind `rest`, which count. A word that is
/// wider than a line has a line of its own and is wider than it.
pub fn fill(text: &str, first: &str, rest: &str, width: usize) -> String {
    let indented = options(width).initial_indent(first).subsequent_indent(rest);
    textwrap::fill(text, indented)
}

/// A text on lines of so many columns at most, 1 at least; words that are wider than a line are broken, too.
pub fn squeeze(text: &str, width: usize) -> String {
    textwrap::fill(text, options(width.max(1)).break_words(true))
}

fn options<'a>(width: usize) -> Options<'a> {
    Options::new(width)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation)
        .break_words(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words_and_keep_their_own_indent() {
        let line = "    loss        torch.nn.BCELoss, expects probabilities  (a/long-name.yaml:7:19)";
        let expected = "    loss        torch.nn.BCELoss,\n                expects probabilities\n                (a/long-name.yaml:7:19)";
        assert_eq!(fill(line, "", &" ".repeat(16), 42), expected);
        assert_eq!(fill("short", "", "    ", 40), "short");
        assert_eq!(squeeze("of models.Classifier", 8), "of\nmodels.C\nlassifie\nr");
        assert_eq!(fill("uses cross-entropy", "• ", "  ", 12), "• uses\n  cross-entropy");
    }
}
