//! A table in the width of a terminal: cells side by side, broken between words; on a narrow terminal one below the other.

use textwrap::core::display_width;
use textwrap::{Options, WordSplitter};

/// Columns between two cells.
const GAP: usize = 2;
/// Columns of the longest word that makes its column as wide as it is; a longer one may be broken.
const LONG_WORD: usize = 16;

/// The lines of a table of so many columns at most. The first row is the heading. Cells may hold colours, whose width does
/// not count.
pub fn lines(rows: &[Vec<String>], width: usize) -> Vec<String> {
    match widths(rows, width) {
        Some(widths) => side_by_side(rows, &widths),
        None => one_below_the_other(rows, width),
    }
}

/// The natural widths, or with the widest columns broken as far as their words allow; `None` when that is not enough. The
/// words of the first column, which are names, stay whole.
fn widths(rows: &[Vec<String>], available: usize) -> Option<Vec<usize>> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let cells = |column: usize| rows.iter().filter_map(move |row| row.get(column));
    let widest = |column: usize| cells(column).map(|cell| display_width(cell)).max().unwrap_or(0);
    let longest_word = |column: usize| cells(column).flat_map(|cell| cell.split(' ')).map(display_width).max();
    let mut widths: Vec<usize> = (0..columns).map(widest).collect();
    let least = (0..columns).map(|column| match (column, longest_word(column).unwrap_or(0)) {
        (0, word) => word,
        (_, word) => word.min(LONG_WORD),
    });
    let least: Vec<usize> = least.collect();
    let room = available.saturating_sub(GAP * columns.saturating_sub(1));
    while widths.iter().sum::<usize>() > room {
        let gives_way = |(width, least): &(&mut usize, &usize)| **width > **least;
        let (widest, _) = widths
            .iter_mut()
            .zip(&least)
            .filter(gives_way)
            .max_by_key(|(width, _)| **width)?;
        *widest -= 1;
    }
    Some(widths)
}

fn side_by_side(rows: &[Vec<String>], widths: &[usize]) -> Vec<String> {
    let mut lines = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let cells: Vec<Vec<String>> = row
            .iter()
            .zip(widths)
            .map(|(cell, width)| wrapped(cell, *width))
            .collect();
        let height = cells.iter().map(Vec::len).max().unwrap_or(0);
        lines.extend((0..height).map(|line| joined(&cells, line, widths)));
        if index == 0 {
            let rule: Vec<String> = widths.iter().map(|width| "─".repeat(*width)).collect();
            lines.push(rule.join(&" ".repeat(GAP)));
        }
    }
    lines
}

/// One line of a row, each part padded to its column.
fn joined(cells: &[Vec<String>], line: usize, widths: &[usize]) -> String {
    let mut text = String::new();
    for (cell, width) in cells.iter().zip(widths) {
        let part = cell.get(line).map_or("", String::as_str);
        text.push_str(part);
        text.push_str(&" ".repeat((width + GAP).saturating_sub(display_width(part))));
    }
    text.trim_end().to_owned()
}

/// A row's first cell, and below it each other one behind the heading of its column.
fn one_below_the_other(rows: &[Vec<String>], width: usize) -> Vec<String> {
    let Some((headings, rows)) = rows.split_first() else {
        return Vec::new();
    };
    let others = headings.get(1..).unwrap_or_default();
    let behind = others.iter().map(|heading| display_width(heading)).max().unwrap_or(0) + 2 * GAP;
    let rest = " ".repeat(behind);
    let mut lines = Vec::new();
    for row in rows {
        let Some((first, cells)) = row.split_first() else {
            continue;
        };
        lines.extend(wrapped(first, width));
        for (heading, cell) in others.iter().zip(cells) {
            let padding = " ".repeat(behind - GAP - display_width(heading));
            let first = format!("{:GAP$}{heading}{padding}", "");
            let options = options(width).initial_indent(&first).subsequent_indent(&rest);
            lines.extend(textwrap::wrap(cell, options).into_iter().map(|line| line.into_owned()));
        }
        lines.push(String::new());
    }
    lines
}

fn options<'o>(width: usize) -> Options<'o> {
    Options::new(width).word_splitter(WordSplitter::NoHyphenation)
}

/// A cell as lines. A colour that goes over the end of one is ended there and begun again on the next, so that what stands
/// beside the cell has none.
fn wrapped(cell: &str, width: usize) -> Vec<String> {
    let mut open = String::new();
    let close = |line: std::borrow::Cow<'_, str>| {
        let mut line = format!("{open}{line}");
        open = match line.rfind("\u{1b}[") {
            Some(last) if !line[last..].starts_with("\u{1b}[0m") => {
                let end = line[last..].find('m').map_or(line.len(), |end| last + end + 1);
                line[last..end].to_owned()
            }
            _ => String::new(),
        };
        if !open.is_empty() {
            line.push_str("\u{1b}[0m");
        }
        line
    };
    textwrap::wrap(cell, options(width)).into_iter().map(close).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(rows: &[[&str; 2]]) -> Vec<Vec<String>> {
        rows.iter().map(|row| row.map(str::to_owned).to_vec()).collect()
    }

    #[test]
    fn cells_are_broken_to_fit() {
        let rows = rows(&[
            ["loss", "what it reads"],
            ["CrossEntropyLoss", "one score for each class, of any size"],
        ]);
        let wide = [
            "loss              what it reads",
            "────────────────  ─────────────────────────────────────",
        ];
        assert_eq!(lines(&rows, 60)[..2], wide);
        assert_eq!(lines(&rows, 60).len(), 3);
        let narrow = [
            "loss              what it reads",
            "────────────────  ──────────────────────",
            "CrossEntropyLoss  one score for each",
            "                  class, of any size",
        ];
        assert_eq!(lines(&rows, 40), narrow);
    }

    #[test]
    fn on_a_narrow_terminal_cells_stand_below_each_other() {
        let rows = rows(&[
            ["loss", "reads"],
            ["SparseCategoricalCrossentropy", "one index for each sample"],
        ]);
        let stacked = [
            "SparseCategoricalCrossentropy",
            "  reads  one index for each",
            "         sample",
            "",
        ];
        assert_eq!(lines(&rows, 30), stacked);
    }

    #[test]
    fn a_colour_ends_with_its_cell() {
        let cell = "\u{1b}[36mfrom_logits = true\u{1b}[0m";
        let expected = ["\u{1b}[36mfrom_logits\u{1b}[0m", "\u{1b}[36m= true\u{1b}[0m"];
        assert_eq!(wrapped(cell, 12), expected);
    }
}
