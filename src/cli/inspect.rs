//! `losslint inspect`: what was read from a file, for people and as JSON.

mod view;

use std::io::{self, Write};
use std::path::Path;

use super::{CLEAN, Color, FAILED, ListFormat, complain, config_failed, style};
use crate::check::read_models;
use crate::config::{Configurations, Origin};
use view::{HeadView, ModelView, Said};

/// Prints the models of a file.
pub fn run(path: &Path, format: ListFormat, config: Origin) -> io::Result<u8> {
    let settings = match Configurations::new(config).for_file(path) {
        Ok(settings) => settings,
        Err(error) => return Ok(config_failed(&error, style(Color::Auto))),
    };
    let (files, models) = match read_models(path, &settings) {
        Ok(read) => read,
        Err(error) => {
            complain(&error.to_string());
            return Ok(FAILED);
        }
    };
    let views: Vec<ModelView> = models.iter().map(|model| ModelView::new(&files, model)).collect();
    let mut out = io::stdout().lock();
    if format == ListFormat::Json {
        serde_json::to_writer_pretty(&mut out, &views)?;
        writeln!(out)?;
        return Ok(CLEAN);
    }
    if views.is_empty() {
        writeln!(
            out,
            "{}: no model in a dialect that losslint reads",
            files[0].source.display_name()
        )?;
    }
    for view in &views {
        print_model(view, &mut out)?;
    }
    Ok(CLEAN)
}

fn print_model(model: &ModelView, out: &mut dyn Write) -> io::Result<()> {
    write!(
        out,
        "{}: {} model, read as {}",
        model.path, model.framework, model.dialect
    )?;
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
        writeln!(out, "  not checked  {}", beside(note))?;
    }
    Ok(())
}

fn print_head(head: &HeadView, out: &mut dyn Write) -> io::Result<()> {
    match &head.name {
        Some(name) => writeln!(out, "  head {:?}", name.text)?,
        None => writeln!(out, "  head")?,
    }
    let entries = [("output", &head.output), ("loss", &head.loss), ("task", &head.task)];
    for (name, said) in entries {
        writeln!(out, "    {name:<12}{}", beside(said))?;
    }
    let lists = [
        ("", &head.evidence),
        ("metrics", &head.metrics),
        ("facts", &head.facts),
        ("not checked", &head.not_checked),
    ];
    for (name, list) in lists {
        for (index, said) in list.iter().enumerate() {
            let name = if index == 0 { name } else { "" };
            let indent = if name.is_empty() && std::ptr::eq(list, &head.evidence) {
                "because "
            } else {
                ""
            };
            writeln!(out, "    {name:<12}{indent}{}", beside(said))?;
        }
    }
    Ok(())
}

/// A statement and where it is said.
fn beside(said: &Said) -> String {
    match &said.at {
        Some(at) => format!("{}  ({at})", said.text),
        None => said.text.clone(),
    }
}
