//! The tables of boosted trees agree with what the libraries did: docs/boosters-run.md, written by tests/scripts/boosters.sh.

mod common;

use std::collections::BTreeMap;
use std::sync::Arc;

use common::root;
use losslint::knowledge::{ArgumentRule, Booster, Knowledge, LossRow, UnitsRule, boosters};

/// The page's part on a library.
fn part(library: &str) -> String {
    let page = std::fs::read_to_string(root().join("docs/boosters-run.md")).expect("the page");
    let mut parts = page.split("\n## ");
    let part = parts.find(|part| part.to_lowercase().starts_with(library));
    part.expect("a part for each library").to_owned()
}

/// The rows of the table with this first column, as cells.
fn table<'p>(part: &'p str, first: &str) -> Vec<Vec<&'p str>> {
    let heading = format!("| {first} |");
    let lines = part.lines().skip_while(|line| !line.starts_with(&heading)).skip(2);
    let rows = lines.take_while(|line| line.starts_with('|'));
    let cells = |row: &'p str| row.trim_matches('|').split('|').map(str::trim).collect();
    let rows: Vec<Vec<&str>> = rows.map(cells).collect();
    assert!(!rows.is_empty(), "no rows under {first}");
    rows
}

/// The names in backquotes.
fn names(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('`').skip(1).step_by(2)
}

fn row(booster: &Booster, objective: &str) -> Arc<LossRow> {
    let knowledge = Knowledge::built_in();
    let framework = knowledge.framework(&booster.framework).expect("a framework");
    let row = knowledge.loss(framework, objective).known();
    row.unwrap_or_else(|| panic!("{}: no row for {objective}", booster.framework))
}

#[test]
fn what_counts_is_ignored_and_refused_is_what_was_executed() {
    for booster in boosters() {
        let part = part(&booster.framework);
        for cells in table(&part, "argument") {
            let argument = names(cells[0]).next().expect("an argument");
            let effects = cells[1..].iter().zip(["counts", "ignored", "refused"]);
            for (objective, effect) in effects.flat_map(|(cell, effect)| names(cell).map(move |name| (name, effect))) {
                let own = row(booster, objective);
                let is_among = |rules: &[ArgumentRule]| rules.iter().any(|rule| rule.argument == argument);
                let told = match (is_among(&own.ignores), is_among(&own.refuses)) {
                    (_, true) => "refused",
                    (true, _) => "ignored",
                    _ => "counts",
                };
                // The number of classes that the data have changes nothing, and belongs there.
                let is_right_number = effect == "ignored" && booster.classes.iter().any(|key| key == argument);
                assert!(
                    told == effect || is_right_number,
                    "{argument} beside {objective}: {effect}, told {told}"
                );
            }
        }
    }
}

#[test]
fn what_an_objective_must_have_is_what_was_executed() {
    for booster in boosters() {
        let part = part(&booster.framework);
        let refused: BTreeMap<&str, &str> = table(&part, "refused without an argument")
            .iter()
            .map(|cells| (names(cells[0]).next().expect("an objective"), cells[1]))
            .collect();
        for cells in table(&part, "objectives") {
            for objective in names(cells[0]) {
                let row = row(booster, objective);
                let is_class_count = row.units == UnitsRule::Many && row.requires.is_empty();
                let expected = refused.contains_key(objective) && !is_class_count;
                assert_eq!(
                    !row.requires.is_empty(),
                    expected,
                    "{objective}: {:?}",
                    refused.get(objective)
                );
            }
        }
    }
}
