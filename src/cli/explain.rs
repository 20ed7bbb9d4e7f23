//! `losslint explain`: a lint's page in the terminal.

use std::io::{self, Write};

use super::{CLEAN, fail};
use crate::diagnostic::Applicability;
use crate::output::{Style, page};
use crate::passes::{Page, lint, lints};

/// Prints a lint's page; an unknown name is refused with the nearest ones.
pub fn run(name: &str, style: Style) -> io::Result<u8> {
    let Some(lint) = lint(name) else {
        return fail(&unknown(name));
    };
    let mut out = io::stdout().lock();
    page::write(&with_facts(&lint.page), style, &mut out)?;
    out.flush()?;
    Ok(CLEAN)
}

/// The page, with what its front matter says below the heading.
fn with_facts(page: &Page) -> String {
    let body = page.body.trim_start();
    let (heading, text) = body.split_once('\n').unwrap_or((body, ""));
    let severities = std::iter::once(&page.severity).chain(&page.also);
    let severities: Vec<&str> = severities.map(|severity| severity.as_str()).collect();
    let fix = match page.fix {
        Applicability::Safe => "its fix is safe",
        Applicability::Unsafe => "its fix is unsafe",
        Applicability::Display => "its remedy is only shown",
    };
    let facts = format!(
        "Group `{}`; {}; {fix}; since {}.",
        page.group.as_str(),
        severities.join(" or "),
        page.since
    );
    format!("{heading}\n\n{facts}\n{text}")
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
