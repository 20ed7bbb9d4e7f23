//! `losslint init`: a commented `losslint.toml`, made from the description of its keys.

use std::io::{self, Write};
use std::path::Path;

use super::{CLEAN, fail};
use crate::discover::{leave_nothing_when_ended, write_new};
use crate::keys::config::KEYS;
use crate::syntax::shape::{Key, Shape};

/// Writes `losslint.toml` into the working folder; never over one that is there.
pub fn run() -> io::Result<u8> {
    // Without it a signal leaves a file that is never checked, and nothing else.
    let _ = leave_nothing_when_ended();
    match write_new(Path::new("losslint.toml"), template().as_bytes()) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            return fail("losslint.toml is there already; nothing was written");
        }
        Err(error) => return fail(&format!("losslint.toml: cannot be written: {error}")),
    }
    writeln!(
        io::stdout(),
        "wrote losslint.toml: every line is commented out, every default holds"
    )?;
    Ok(CLEAN)
}

/// Every key with what it means, commented out: plain keys first, tables behind them.
pub fn template() -> String {
    let mut text = String::from("# The configuration of losslint. Every line shows a key; remove the # to use it.\n");
    let (tables, plain): (Vec<&Key>, Vec<&Key>) = KEYS.iter().partition(|key| is_table(&key.shape));
    for key in plain {
        text.push_str(&format!("\n# {}\n# {} = {}\n", key.doc, key.name, key.example));
    }
    for key in tables {
        text.push_str(&format!("\n# {}\n", key.doc));
        text.push_str(&table_example(key));
    }
    text
}

fn is_table(shape: &Shape) -> bool {
    match shape {
        Shape::Table(_) | Shape::Map(_) => true,
        Shape::List(inner) => is_table(inner),
        _ => false,
    }
}

fn table_example(key: &Key) -> String {
    let (header, keys) = match &key.shape {
        Shape::Table(keys) => (format!("[{}]", key.name), *keys),
        Shape::List(Shape::Table(keys)) => (format!("[[{}]]", key.name), *keys),
        _ => return format!("# [{}]\n# {}\n", key.name, key.example),
    };
    let lines: Vec<String> = keys
        .iter()
        .map(|inner| format!("# {} = {}  # {}\n", inner.name, inner.example, inner.doc))
        .collect();
    format!("# {header}\n{}", lines.concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::config::CONFIG;
    use crate::syntax::{Format, parse};

    #[test]
    fn every_line_of_the_template_holds_when_it_is_used() {
        let text: String = template()
            .lines()
            .skip(1)
            .filter_map(|line| line.strip_prefix("# "))
            .filter(|line| line.starts_with('[') || line.contains(" = "))
            .map(|line| format!("{line}\n"))
            .collect();
        let tree = parse(Format::Toml, text.into());
        assert!(tree.errors.is_empty(), "{:?}", tree.errors);
        let root = tree.root().expect("a table");
        let misfits = CONFIG.misfits(root);
        assert!(misfits.is_empty(), "{misfits:?}");
    }
}
