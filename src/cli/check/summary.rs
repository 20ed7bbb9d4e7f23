//! The lines after a report: how much was found, how much was and was not checked. On standard error.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;

use super::hidden;
use crate::check::{Outcome, Silence, holds_facts, is_code};
use crate::cli::{counted, terminal};
use crate::diagnostic::{Severity, Unjudged};
use crate::report::Report;
use crate::span::display_path;

/// Prints the summary, with lines about the baseline and fixes; `verbose` also lists what was not checked, `lists_hidden`
/// what was left out, `statistics` counts
/// the findings of each lint. A closed standard error is no failure.
pub fn print(outcome: &Outcome, notes: &str, verbose: bool, lists_hidden: bool, statistics: bool) {
    let mut text = Vec::new();
    if verbose {
        let _ = details(outcome, &mut text);
    }
    if lists_hidden {
        let _ = hidden::list(&outcome.report, &mut text);
    }
    if statistics {
        let _ = counts(&outcome.report, &mut text);
    }
    let hidden = hidden::counts(&outcome.report, lists_hidden);
    let _ = write!(text, "{notes}{}{hidden}", summary(outcome));
    let mut error = io::stderr().lock();
    for line in String::from_utf8_lossy(&text).lines() {
        let _ = writeln!(error, "{}", terminal::broken(line, 2, &error));
    }
}

/// Each lint with its findings, the most frequent first.
fn counts(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in report.counted() {
        *counts.entry(finding.lint).or_default() += 1;
    }
    let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
        .into_iter()
        .try_for_each(|(lint, count)| writeln!(out, "{count:>6}  {lint}"))
}

fn details(outcome: &Outcome, out: &mut dyn Write) -> io::Result<()> {
    for note in &outcome.report.not_checked {
        writeln!(
            out,
            "{}:{}: not checked: {}",
            note.place.full_path(),
            note.place.start,
            note.why
        )?;
    }
    for path in &outcome.broken {
        let why = match is_code(path) {
            true => "no program that Python 3 can read",
            false => "broken, and no model by its text",
        };
        writeln!(out, "{}: skipped: {why}", display_path(path))?;
    }
    Ok(())
}

/// One line with findings, if there are any, and one with what was checked.
fn summary(outcome: &Outcome) -> String {
    let report = &outcome.report;
    let mut text = String::new();
    if report.counted().next().is_some() {
        let counts = [Severity::Error, Severity::Warning, Severity::Info]
            .into_iter()
            .map(|severity| (severity, report.count(severity)))
            .filter(|(_, count)| *count > 0)
            .map(|(severity, count)| severities(severity, count))
            .collect::<Vec<_>>();
        text.push_str(&format!("{} found\n", counts.join(", ")));
    }
    text.push_str(&checked(outcome));
    text
}

fn severities(severity: Severity, count: usize) -> String {
    let (one, many) = match severity {
        Severity::Error => ("error", "errors"),
        Severity::Warning => ("warning", "warnings"),
        Severity::Info => ("hint", "hints"),
    };
    counted(count, one, many)
}

/// Heads that were not judged for one reason: `2 custom losses`.
fn reasons(what: Unjudged, count: usize) -> String {
    let (one, many) = match what {
        Unjudged::NoLoss => ("without a loss", "without a loss"),
        Unjudged::CustomLoss => ("custom loss", "custom losses"),
        Unjudged::UnknownLoss => ("unknown loss", "unknown losses"),
        Unjudged::UnknownLayer => ("unknown last layer", "unknown last layers"),
        Unjudged::UnknownActivation => ("unknown activation", "unknown activations"),
        Unjudged::NamedModel => ("model named only", "models named only"),
        Unjudged::UnknownMetric => ("unknown metric", "unknown metrics"),
        Unjudged::Unresolved => ("value set elsewhere", "values set elsewhere"),
        Unjudged::Part => ("part of a configuration", "parts of a configuration"),
        Unjudged::Malformed => ("unreadable part", "unreadable parts"),
    };
    counted(count, one, many)
}

/// What to look for when nothing was found.
const WHAT_IS_READ: &str = "losslint reads models and training configurations (.json, .yaml, .toml, .keras, .h5) and programs \
    in which an output meets its loss (.py, .ipynb)";

fn checked(outcome: &Outcome) -> String {
    let counts = &outcome.report.counts;
    if counts.models == 0 {
        return no_model(outcome);
    }
    let models = counted(counts.models, "model", "models");
    if let Some(silence) = outcome.silence {
        let why = match silence {
            Silence::NoneSelected => "nothing in `select` exists",
            Silence::AllIgnored => "all are ignored or off",
        };
        return format!("{models} read; no lint ran: {why}\n");
    }
    let unchecked: usize = counts.heads_not_checked.values().sum();
    let mut line = format!("{models}, {} checked", counted(counts.heads_checked, "head", "heads"));
    if unchecked > 0 {
        let reasons: Vec<String> = counts
            .heads_not_checked
            .iter()
            .map(|(what, count)| reasons(*what, *count))
            .collect();
        line.push_str(&format!(
            "; {} not checked ({}): losslint inspect FILE shows why",
            counted(unchecked, "head", "heads"),
            reasons.join(", ")
        ));
    }
    line.push('\n');
    line
}

/// That nothing was a model, and what the files were instead.
fn no_model(outcome: &Outcome) -> String {
    let facts: Vec<&PathBuf> = outcome.paths.iter().filter(|path| holds_facts(path)).collect();
    let others = outcome.report.counts.not_models.saturating_sub(facts.len());
    let facts = facts.first().map(|path| {
        let path = display_path(path);
        format!("{path} holds facts about a model: check the model, and they are read with it")
    });
    let others = (others > 0).then(|| format!("{} of another kind", counted(others, "file is", "files are")));
    let what: Vec<String> = others.into_iter().chain(facts).collect();
    let colon = if what.is_empty() { "" } else { ": " };
    format!("no model found{colon}{}\n{WHAT_IS_READ}\n", what.join("; "))
}
