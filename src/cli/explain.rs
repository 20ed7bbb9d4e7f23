//! `losslint explain`: a lint's page in the terminal.

use std::io::{self, Write};

use super::{CLEAN, fail};
use crate::diagnostic::Applicability;
use crate::nearest::nearest;
use crate::output::{Style, page};
use crate::page::Page;
use crate::passes::{lint, lints};

/// How many near names are told.
const MOST_NEAR: usize = 3;

/// Prints a lint's page; an unknown name is refused with the nearest ones.
pub fn run(name: &str, style: Style) -> io::Result<u8> {
    let Some(lint) = lint(name) else {
        return fail(&unknown(name));
    };
    let mut out = io::stdout().lock();
    page::write(&with_facts(lint.page), style, &mut out)?;
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
    let mut near = nearest(lints().iter().map(|lint| lint.name()), name);
    near.truncate(MOST_NEAR);
    match near.as_slice() {
        [] => format!("there is no lint \"{name}\"; `losslint rules` lists all"),
        near => format!("there is no lint \"{name}\"; did you mean {}?", near.join(", ")),
    }
}
