//! The table of all tasks, in the width of the terminal.

use std::io::{self, Write};

use crate::output::Style;
use crate::output::paint::Paint;
use crate::recommend::{Framework, Recipe, Task};

const GAP: usize = 2;
/// No column becomes narrower than this.
const NARROWEST: usize = 8;
/// No table becomes narrower than this.
const NARROWEST_TABLE: usize = 72;

/// Writes the reference table, or that of a framework.
pub fn write(tasks: &[Task], framework: Option<Framework>, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let rows = match framework {
        None => general(tasks),
        Some(framework) => of_framework(tasks, framework),
    };
    let paint = Paint::new(style.color);
    if style.width < NARROWEST_TABLE {
        one_below_the_other(&rows, &paint, style.width, out)?;
        return hint(&paint, style.width, out);
    }
    let widths = widths(&rows, style.width);
    for (index, row) in rows.iter().enumerate() {
        for line in lines(row, &widths) {
            let line = match (index, line.split_once(' ')) {
                (0, _) => paint.bold(&line),
                (_, Some((name, rest))) if !name.is_empty() => format!("{} {rest}", paint.accent(name)),
                _ => line,
            };
            writeln!(out, "{line}")?;
        }
        if index == 0 {
            let rule: Vec<String> = widths.iter().map(|width| "─".repeat(*width)).collect();
            writeln!(out, "{}", rule.join(&" ".repeat(GAP)))?;
        }
    }
    writeln!(out)?;
    hint(&paint, style.width, out)
}

fn hint(paint: &Paint, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let command = paint.code("losslint recommend TASK");
    let line = format!("{command}: why, weights, the usual mistakes and code");
    writeln!(out, "{}", textwrap::fill(&line, width))
}

/// For a terminal that is too narrow for a table: a task, and below it each cell behind the heading of its column.
fn one_below_the_other(rows: &[Row], paint: &Paint, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let Some((headings, tasks)) = rows.split_first() else {
        return Ok(());
    };
    let behind = headings[1..].iter().map(String::len).max().unwrap_or(0) + 4;
    for task in tasks {
        writeln!(out, "{}", paint.accent(&task[0]))?;
        for (heading, cell) in headings[1..].iter().zip(&task[1..]) {
            let first = format!("  {heading:width$}", width = behind - 2);
            let rest = " ".repeat(behind);
            let options = textwrap::Options::new(width)
                .initial_indent(&first)
                .subsequent_indent(&rest);
            writeln!(out, "{}", textwrap::fill(cell, options))?;
        }
        writeln!(out)?;
    }
    Ok(())
}

type Row = [String; 4];

fn general(tasks: &[Task]) -> Vec<Row> {
    let mut rows = vec![["task", "loss", "output activation", "labels"].map(str::to_owned)];
    rows.extend(
        tasks
            .iter()
            .map(|task| [&task.name, &task.loss, &task.activation, &task.labels].map(String::clone)),
    );
    rows
}

fn of_framework(tasks: &[Task], framework: Framework) -> Vec<Row> {
    let mut rows = vec![["task", "loss", "model ends in", "labels"].map(str::to_owned)];
    for task in tasks {
        if let Some(recipe) = task.frameworks.get(&framework) {
            let labels = recipe.labels.replace('`', "");
            rows.push([task.name.clone(), recipe.loss.clone(), end(recipe), labels]);
        }
    }
    rows
}

/// What the model of the code ends in.
fn end(recipe: &Recipe) -> String {
    recipe
        .forms
        .first()
        .map_or_else(String::new, |form| form.reads.words().to_owned())
}

/// The natural widths; when they do not fit, the widest columns but the first give way.
fn widths(rows: &[Row], available: usize) -> [usize; 4] {
    let mut widths = [0; 4];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(textwrap::core::display_width(cell));
        }
    }
    let room = available.saturating_sub(3 * GAP);
    while widths.iter().sum::<usize>() > room {
        let Some(widest) = widths[1..].iter_mut().max().filter(|width| **width > NARROWEST) else {
            break;
        };
        *widest -= 1;
    }
    widths
}

/// A row as lines: cells are wrapped, and stand side by side.
fn lines(row: &Row, widths: &[usize; 4]) -> Vec<String> {
    let cells: Vec<Vec<String>> = row
        .iter()
        .zip(widths)
        .map(|(cell, width)| {
            textwrap::wrap(cell, *width)
                .into_iter()
                .map(|line| line.into_owned())
                .collect()
        })
        .collect();
    let height = cells.iter().map(Vec::len).max().unwrap_or(0);
    (0..height)
        .map(|line| {
            let mut text = String::new();
            for (cell, width) in cells.iter().zip(widths) {
                let part = cell.get(line).map_or("", String::as_str);
                text.push_str(part);
                text.push_str(&" ".repeat((width + GAP).saturating_sub(textwrap::core::display_width(part))));
            }
            text.trim_end().to_owned()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recommend::tasks;

    fn table(framework: Option<Framework>, width: usize) -> String {
        let mut out = Vec::new();
        write(tasks(), framework, Style { color: false, width }, &mut out).expect("written");
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn the_table_fits_the_terminal() {
        for width in [40, 50, 71, 72, 80, 100, 120] {
            for framework in [None, Some(Framework::Keras), Some(Framework::Pytorch)] {
                let text = table(framework, width);
                let widest = text.lines().map(textwrap::core::display_width).max();
                assert!(widest <= Some(width), "{widest:?} of {width}\n{text}");
            }
        }
    }

    #[test]
    fn a_wide_terminal_gives_every_task_one_line() {
        let text = table(None, 120);
        assert_eq!(text.lines().count(), tasks().len() + 4, "{text}");
    }
}
