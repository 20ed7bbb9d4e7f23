//! `losslint recommend`: what fits a task, as a table of all tasks, a page of one, or JSON.

mod page;
mod table;

use std::io::{self, Write};

use clap::{Args, ValueEnum};

use super::{CLEAN, ColorArgs, ListFormat, fail, style};
use crate::output::write_json;
use crate::recommend::{Framework, Task, find, nearest, tasks};

#[derive(Args)]
pub struct RecommendArgs {
    /// The task, such as binary_clf [default: a table of all tasks]
    #[arg(value_name = "TASK")]
    task: Vec<String>,
    /// One framework only
    #[arg(long, value_enum)]
    framework: Option<FrameworkName>,
    /// How it is written
    #[arg(long, value_enum, default_value_t = ListFormat::Human)]
    format: ListFormat,
    #[command(flatten)]
    color: ColorArgs,
}

#[derive(Clone, Copy, ValueEnum)]
enum FrameworkName {
    #[value(alias = "tensorflow", alias = "tf")]
    Keras,
    #[value(alias = "torch")]
    Pytorch,
}

impl FrameworkName {
    fn framework(self) -> Framework {
        match self {
            Self::Keras => Framework::Keras,
            Self::Pytorch => Framework::Pytorch,
        }
    }
}

/// Prints the table or a page; an unknown task is refused with the nearest ones.
pub fn run(args: &RecommendArgs) -> io::Result<u8> {
    let framework = args.framework.map(FrameworkName::framework);
    let style = style(args.color.color);
    let mut out = io::BufWriter::new(io::stdout().lock());
    if args.task.is_empty() {
        match args.format {
            ListFormat::Human => table::write(tasks(), framework, style, &mut out)?,
            ListFormat::Json => {
                let all: Vec<Task> = tasks().iter().map(|task| limited(task, framework)).collect();
                write_json(&all, &mut out)?;
            }
        }
        out.flush()?;
        return Ok(CLEAN);
    }
    let name = args.task.join(" ");
    let Some(task) = find(&name) else {
        return fail(&unknown(&name));
    };
    let task = limited(task, framework);
    match args.format {
        ListFormat::Human => page::write(&task, style, &mut out)?,
        ListFormat::Json => write_json(&task, &mut out)?,
    }
    out.flush()?;
    Ok(CLEAN)
}

/// The task with the recipes that are wanted.
fn limited(task: &Task, framework: Option<Framework>) -> Task {
    let mut task = task.clone();
    task.frameworks
        .retain(|of, _| framework.is_none_or(|wanted| wanted == *of));
    task
}

fn unknown(name: &str) -> String {
    let near = nearest(name);
    let meant = match near.as_slice() {
        [] => String::new(),
        near => format!("; did you mean {}?", near.join(", ")),
    };
    let end = if near.is_empty() { "." } else { "" };
    let all: Vec<&str> = tasks().iter().map(|task| task.name.as_str()).collect();
    format!(
        "unknown task \"{name}\": check the task type first{meant}{end} Tasks: {}",
        all.join(", ")
    )
}
