//! `losslint rules`: every lint with its group, severity, fix and one line.

use std::io::{self, Write};

use serde::Serialize;

use super::{CLEAN, ListFormat};
use crate::passes::{Lint, lints};

#[derive(Serialize)]
struct Rule<'a> {
    name: &'a str,
    group: &'a str,
    severity: &'a str,
    fix: &'a str,
    summary: &'a str,
}

/// Prints the list.
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
            for rule in &rules {
                writeln!(
                    out,
                    "{:width$}  {:10}  {:7}  {:7}  {}",
                    rule.name, rule.group, rule.severity, rule.fix, rule.summary
                )?;
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
