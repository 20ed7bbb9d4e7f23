//! `losslint rules`: every lint with its group, severity, fix and one line.

use std::io::{self, Write};

use serde::Serialize;

use super::{CLEAN, ListFormat, terminal};
use crate::output::write_json;
use crate::passes::{Lint, lints};

#[derive(Serialize)]
struct Rule<'a> {
    name: &'a str,
    group: &'a str,
    severity: &'a str,
    fix: &'a str,
    summary: &'a str,
}

/// The columns of group, severity and fix, with the gaps around them.
const FACTS: usize = 32;

/// Prints the list.
pub fn run(format: ListFormat) -> io::Result<u8> {
    let rules: Vec<Rule<'_>> = lints().iter().map(rule).collect();
    let mut out = io::stdout().lock();
    match format {
        ListFormat::Json => write_json(&rules, &mut out)?,
        ListFormat::Human => write_list(&rules, &mut out)?,
    }
    Ok(CLEAN)
}

/// A line for each lint; a terminal that is too narrow for that gets a few.
fn write_list(rules: &[Rule<'_>], out: &mut dyn Write) -> io::Result<()> {
    let width = rules.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
    let longest = rules.iter().map(|rule| rule.summary.chars().count()).max().unwrap_or(0);
    let fits = terminal::columns(&io::stdout()).is_none_or(|columns| width + FACTS + longest <= columns);
    for Rule {
        name,
        group,
        severity,
        fix,
        summary,
    } in rules
    {
        if fits {
            writeln!(out, "{name:width$}  {group:10}  {severity:7}  {fix:7}  {summary}")?;
        } else {
            let summary = terminal::broken(&format!("    {summary}"), 4, &io::stdout());
            writeln!(out, "{name}\n{summary}\n    {group}, {severity}, fix: {fix}")?;
        }
    }
    Ok(())
}

fn rule(lint: &Lint) -> Rule<'_> {
    Rule {
        name: lint.name(),
        group: lint.page.group.as_str(),
        severity: lint.page.severity.as_str(),
        fix: lint.page.fix.as_str(),
        summary: &lint.page.summary,
    }
}
