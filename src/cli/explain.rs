//! `losslint explain`: a lint's page in the terminal.

use std::io::{self, Write};

use super::{CLEAN, fail};
use crate::output::{Style, page};
use crate::passes::{lint, lints};

/// Prints a lint's page; an unknown name is refused with the nearest ones.
pub fn run(name: &str, style: Style) -> io::Result<u8> {
    let Some(lint) = lint(name) else {
        return fail(&unknown(name));
    };
    let mut out = io::stdout().lock();
    page::write(lint.page.body, style, &mut out)?;
    out.flush()?;
    Ok(CLEAN)
}

fn unknown(name: &str) -> String {
    let mut near: Vec<(usize, &str)> = lints()
        .iter()
        .map(|lint| (strsim::damerau_levenshtein(name, lint.name()), lint.name()))
        .filter(|(distance, other)| other.contains(name) || *distance <= other.len() / 2)
        .collect();
    near.sort_unstable_by_key(|(distance, other)| (!other.contains(name), *distance, *other));
    let near: Vec<&str> = near.into_iter().take(3).map(|(_, name)| name).collect();
    match near.as_slice() {
        [] => format!("there is no lint \"{name}\"; `losslint rules` lists all"),
        near => format!("there is no lint \"{name}\"; did you mean {}?", near.join(", ")),
    }
}
