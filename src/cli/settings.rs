//! `losslint settings`: what is in force for a file, where each value is set, and why the file would not be linted.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::{CLEAN, Color, ConfigArgs, config_failed, counted, fail, style};
use crate::config::{Configurations, Settings};
use crate::discover;
use crate::keys::config::KEYS;
use crate::span::{display_path, printable};
use crate::syntax::NodeRef;

/// Prints the settings for a file, or for the working folder.
pub fn run(file: Option<&Path>, config: &ConfigArgs) -> io::Result<u8> {
    let path = file.map_or_else(|| PathBuf::from("./losslint.toml"), Path::to_owned);
    let settings = match Configurations::new(config.origin()).for_file(&path) {
        Ok(settings) => settings,
        Err(error) => return config_failed(&error, style(Color::Auto)),
    };
    let mut out = io::stdout().lock();
    match &settings.file {
        Some(file) => writeln!(out, "settings from {}", file.source.display_name())?,
        None => writeln!(out, "{}: the defaults", without_a_file(file, config))?,
    }
    for key in KEYS {
        let (value, place) = value(&settings, key.name);
        writeln!(out, "  {:14} {value}{place}", key.name)?;
    }
    let Some(path) = file else { return Ok(CLEAN) };
    if !path.exists() {
        return fail(&format!("{}: no such file or folder", display_path(path)));
    }
    match obstacle(&settings, path) {
        Some(why) => writeln!(
            out,
            "{} would not be linted when its folder is: {why}",
            display_path(path)
        )?,
        None => writeln!(out, "{} would be linted", display_path(path))?,
    }
    Ok(CLEAN)
}

/// Why the settings come from no file.
fn without_a_file(file: Option<&Path>, config: &ConfigArgs) -> String {
    match file {
        _ if config.no_config => "no losslint.toml is read".to_owned(),
        Some(file) => format!("no losslint.toml above {}", display_path(file)),
        None => "no losslint.toml here or above".to_owned(),
    }
}

/// A key's value as it is written, with its place; the default when it is not.
fn value(settings: &Settings, key: &str) -> (String, String) {
    let given = settings.file.as_ref().and_then(|file| {
        let root = file.tree.root()?;
        let root = root.path(&["tool", "losslint"]).unwrap_or(root);
        let node = root.get(key)?;
        let at = file.line_column(node.span().start);
        Some((shown(node), format!("  ({}:{at})", file.source.display_name())))
    });
    given.unwrap_or_else(|| (default(key).to_owned(), String::new()))
}

/// A scalar or list as it is written; a table by the number of its entries.
fn shown(node: NodeRef<'_>) -> String {
    if node.is_object() || node.items().any(NodeRef::is_object) {
        let count = if node.is_object() {
            node.members().count()
        } else {
            node.items().count()
        };
        counted(count, "entry", "entries")
    } else {
        printable(&node.raw().split_whitespace().collect::<Vec<_>>().join(" "))
    }
}

fn default(key: &str) -> &'static str {
    match key {
        "select" => "every lint but the pedantic ones",
        "fail-on" => "\"warning\"",
        _ => "–",
    }
}

/// Why a walk would pass a file over.
fn obstacle(settings: &Settings, path: &Path) -> Option<String> {
    let name = path.file_name()?.to_string_lossy().into_owned();
    if path.is_dir() {
        return None;
    }
    if !crate::check::is_wanted(&name) {
        return Some("its name does not end like a file that losslint reads, or it holds facts or settings".to_owned());
    }
    if settings.exclude.matches(&settings.relative(path)) {
        return Some("the configuration excludes it".to_owned());
    }
    discover::is_ignored(path).then(|| ".gitignore or .losslintignore excludes it".to_owned())
}
