//! The table of all tasks, in the width of the terminal.

use std::io::{self, Write};

use crate::output::paint::Paint;
use crate::output::{Style, table, wrap};
use crate::recommend::{Framework, Recipe, Task};

/// Writes the reference table, or that of a framework.
pub fn write(tasks: &[Task], framework: Option<Framework>, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let paint = Paint::new(style.color);
    let mut rows = match framework {
        None => general(tasks),
        Some(framework) => of_framework(tasks, framework),
    };
    for (index, row) in rows.iter_mut().enumerate() {
        match index {
            0 => row.iter_mut().for_each(|heading| *heading = paint.bold(heading)),
            _ => row[0] = paint.accent(&row[0]),
        }
    }
    for line in table::lines(&rows, style.width) {
        writeln!(out, "{line}")?;
    }
    writeln!(out)?;
    hint(&paint, style.width, out)
}

fn hint(paint: &Paint, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let command = paint.code("losslint recommend TASK");
    let line = format!("{command}: why, weights, the usual mistakes and code");
    writeln!(out, "{}", wrap::fill(&line, "", "", width))
}

fn general(tasks: &[Task]) -> Vec<Vec<String>> {
    let mut rows = vec![
        ["task", "loss", "output activation", "labels"]
            .map(str::to_owned)
            .to_vec(),
    ];
    rows.extend(tasks.iter().map(|task| {
        [&task.name, &task.loss, &task.activation, &task.labels]
            .map(String::clone)
            .to_vec()
    }));
    rows
}

fn of_framework(tasks: &[Task], framework: Framework) -> Vec<Vec<String>> {
    let mut rows = vec![["task", "loss", "model ends in", "labels"].map(str::to_owned).to_vec()];
    for task in tasks {
        if let Some(recipe) = task.frameworks.get(&framework) {
            let labels = recipe.labels.replace('`', "");
            rows.push(vec![task.name.clone(), recipe.loss.clone(), end(recipe), labels]);
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
