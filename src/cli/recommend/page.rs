//! The page of a task, in the width of the terminal.

use std::io::{self, Write};

use crate::output::paint::Paint;
use crate::output::{Style, wrap};
use crate::recommend::{Form, Framework, Output, Recipe, Task};

/// Where the text of an entry starts.
const ENTRY: usize = 14;

/// Writes a page.
pub fn write(task: &Task, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let mut page = Page {
        paint: Paint::new(style.color),
        width: style.width.min(wrap::WIDEST),
        out,
    };
    page.task(task)?;
    for (framework, recipe) in &task.frameworks {
        page.recipe(*framework, recipe)?;
    }
    Ok(())
}

struct Page<'o> {
    paint: Paint,
    width: usize,
    out: &'o mut dyn Write,
}

impl Page<'_> {
    fn task(&mut self, task: &Task) -> io::Result<()> {
        let title = self.paint.bold(&task.title);
        writeln!(self.out, "{title} ({})\n", task.name)?;
        self.text(&task.when, "", "")?;
        let instead: Vec<String> = task
            .instead
            .iter()
            .map(|other| format!("{}: `{}`", other.when, other.task))
            .collect();
        self.text(&format!("Otherwise: {}.", instead.join("; ")), "", "")?;
        writeln!(self.out)?;
        self.entry("loss", &task.loss)?;
        self.entry("activation", &task.activation)?;
        self.entry("labels", &task.labels)?;
        self.entry("units", &task.units)?;
        self.entry("weights", &task.weights)?;
        self.entry("metric", &task.metric)?;
        self.heading("Why")?;
        self.text(&task.why, "", "")?;
        self.heading("What goes wrong")?;
        for mistake in &task.mistakes {
            let more = mistake
                .lint
                .as_ref()
                .map_or_else(String::new, |lint| format!(" See `losslint explain {lint}`."));
            self.text(&format!("{}{more}", mistake.text), "  • ", "    ")?;
        }
        Ok(())
    }

    fn recipe(&mut self, framework: Framework, recipe: &Recipe) -> io::Result<()> {
        self.heading(framework.title())?;
        for (index, form) in recipe.forms.iter().enumerate() {
            self.entry(if index == 0 { "in the code" } else { "or" }, &pairing(form))?;
        }
        self.entry("labels", &recipe.labels)?;
        self.entry("weights", &recipe.weights)?;
        if !recipe.note.is_empty() {
            self.entry("note", &recipe.note)?;
        }
        writeln!(self.out)?;
        for line in recipe.code.lines() {
            writeln!(self.out, "{}", format!("    {line}").trim_end())?;
        }
        Ok(())
    }

    fn heading(&mut self, text: &str) -> io::Result<()> {
        let text = self.paint.bold(text);
        writeln!(self.out, "\n{text}\n")
    }

    fn entry(&mut self, name: &str, text: &str) -> io::Result<()> {
        let padding = " ".repeat(ENTRY.saturating_sub(name.len() + 2));
        let first = format!("  {}{padding}", self.paint.accent(name));
        self.text(text, &first, &" ".repeat(ENTRY))
    }

    /// Wrapped text; what stands in backticks is code.
    fn text(&mut self, text: &str, first: &str, rest: &str) -> io::Result<()> {
        let marked: String = text
            .split('`')
            .enumerate()
            .map(|(index, part)| match index % 2 {
                0 => part.to_owned(),
                _ => self.paint.code(part),
            })
            .collect();
        writeln!(self.out, "{}", wrap::fill(&marked, first, rest, self.width))
    }
}

/// `Dense(units=1), BinaryCrossentropy(from_logits=True): the loss reads logits`
fn pairing(form: &Form) -> String {
    let outputs: Vec<String> = form.outputs.iter().map(output).collect();
    format!("{} (the loss reads {})", outputs.join("; "), form.reads.words())
}

fn output(output: &Output) -> String {
    let layers: Vec<String> = output.layers.iter().map(|layer| format!("`{layer}`")).collect();
    let name = output
        .name
        .as_ref()
        .map_or_else(String::new, |name| format!("{name}: "));
    format!("{name}{} with `{}`", layers.join(", "), output.loss)
}
