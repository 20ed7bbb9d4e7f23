//! `losslint inspect`: what was read from a file, for people and as JSON.

mod view;

use std::io::{self, Write};
use std::path::Path;

use super::{CLEAN, Color, ListFormat, STANDARD_INPUT, complain, config_failed, fail, style, terminal};
use crate::check::{NotRead, read_models};
use crate::config::{Configurations, Origin};
use crate::output::write_json;
use crate::span::display_path;
use view::{HeadView, ModelView, Said};

/// Prints the models of a file.
pub fn run(path: &Path, format: ListFormat, config: Origin) -> io::Result<u8> {
    if path == Path::new(STANDARD_INPUT) {
        return fail("-: inspect reads a named file, not standard input");
    }
    if path.is_dir() {
        return fail(&format!("{}: is a folder; inspect shows one file", display_path(path)));
    }
    let settings = match Configurations::new(config).for_file(path) {
        Ok(settings) => settings,
        Err(error) => return config_failed(&error, style(Color::Auto)),
    };
    let (files, models) = match read_models(path, &settings) {
        Ok(read) => read,
        Err(NotRead::Unreadable(error)) => return fail(&error.to_string()),
        Err(why) => {
            let none = format!("{}: no model: {why}", display_path(path));
            return print_all(&[], format, &none);
        }
    };
    let name = files.own().source.display_name();
    if !files.own().tree.errors.is_empty() {
        complain(&format!(
            "{name}: is broken, and this is what could be read: `losslint check {name}` shows where"
        ));
    }
    let views: Vec<ModelView> = models.iter().map(|model| ModelView::new(&files, model)).collect();
    let none = format!("{name}: no model in a dialect that losslint reads");
    print_all(&views, format, &none)
}

/// Prints all models of a file; the words for people when there are none.
fn print_all(views: &[ModelView], format: ListFormat, none: &str) -> io::Result<u8> {
    let mut out = io::stdout().lock();
    match format {
        ListFormat::Json => write_json(&views, &mut out)?,
        ListFormat::Human if views.is_empty() => writeln!(out, "{none}")?,
        ListFormat::Human => views.iter().try_for_each(|view| print_model(view, &mut out))?,
    }
    Ok(CLEAN)
}

fn print_model(model: &ModelView, out: &mut dyn Write) -> io::Result<()> {
    match model.heads.is_empty() {
        // A part of a configuration, as `check` counts it.
        true => write!(out, "{}: no model by itself, read as {}", model.path, model.dialect)?,
        false => write!(
            out,
            "{}: {} model, read as {}",
            model.path, model.framework, model.dialect
        )?,
    }
    for (name, said) in [("version", &model.version), ("backend", &model.backend)] {
        if let Some(said) = said {
            write!(out, ", {name} {}", said.text)?;
        }
    }
    writeln!(out)?;
    for head in &model.heads {
        print_head(head, out)?;
    }
    for note in &model.not_checked {
        let line = format!("  not checked  {}", beside(note));
        writeln!(out, "{}", terminal::broken(&line, 15, &io::stdout()))?;
    }
    Ok(())
}

fn print_head(head: &HeadView, out: &mut dyn Write) -> io::Result<()> {
    match &head.name {
        Some(name) => writeln!(out, "  head {:?}", name.text)?,
        None => writeln!(out, "  head")?,
    }
    let said = [
        ("output", Some(&head.output)),
        ("loss", Some(&head.loss)),
        ("met", head.met.as_ref()),
        ("task", Some(&head.task)),
    ];
    for (name, said) in said.into_iter().filter_map(|(name, said)| Some((name, said?))) {
        entry(out, name, &beside(said))?;
    }
    for said in &head.evidence {
        entry(out, "", &format!("because {}", beside(said)))?;
    }
    let lists = [
        ("metrics", &head.metrics),
        ("facts", &head.facts),
        ("not checked", &head.not_checked),
    ];
    for (name, list) in lists {
        for (index, said) in list.iter().enumerate() {
            entry(out, if index == 0 { name } else { "" }, &beside(said))?;
        }
    }
    Ok(())
}

/// One entry of a head: its name, and what is read behind it.
fn entry(out: &mut dyn Write, name: &str, text: &str) -> io::Result<()> {
    let line = format!("    {name:<12}{text}");
    writeln!(out, "{}", terminal::broken(&line, 16, &io::stdout()))
}

/// A statement and where it is said.
fn beside(said: &Said) -> String {
    match &said.at {
        Some(at) => format!("{}  ({at})", said.text),
        None => said.text.clone(),
    }
}
