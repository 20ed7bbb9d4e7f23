//! `losslint rules`: every lint with its group, severity, fix and one line.

use std::io::{self, Write};

use serde::Serialize;

use super::{CLEAN, ListFormat, terminal};
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

/// Prints the list. A terminal that is too narrow for a table gets a few lines for each lint.
pub fn run(format: ListFormat) -> io::Result<u8> {
    let rules: Vec<Rule<'_>> = lints().iter().map(rule).collect();
    let mut out = io::stdout().lock();
    match format {
        ListFormat::Json => {
            serde_json::to_writer_pretty(&mut out, &rules)?;
            writeln!(out)?;
        }
        ListFormat::Human => {
            let width = rules.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
            let longest = rules.iter().map(|rule| rule.summary.chars().count()).max().unwrap_or(0);
            let fits = terminal::columns(&io::stdout()).is_none_or(|columns| width + FACTS + longest <= columns);
            for rule in &rules {
                if fits {
                    writeln!(
                        out,
                        "{:width$}  {:10}  {:7}  {:7}  {}",
                        rule.name, rule.group, rule.severity, rule.fix, rule.summary
                    )?;
                } else {
                    let facts = format!("    {}, {}, fix: {}", rule.group, rule.severity, rule.fix);
                    let summary = format!("    {}", rule.summary);
                    let summary = terminal::broken(&summary, 4, &io::stdout());
                    writeln!(out, "{}\n{summary}\n{facts}", rule.name)?;
                }
            }
        }
    }
    Ok(CLEAN)
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
