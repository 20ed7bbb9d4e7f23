//! Every row of the knowledge tables in small models: what is found in each of them, and that no row and no spelling is left out.
//!
//! `tests/scripts/row_fixtures.py` writes the models in `tests/rows/models/`. What they show is held by the snapshots, so that a
//! row that says something else changes a verdict.

mod common;
#[path = "rows/listing.rs"]
mod listing;
#[path = "rows/used.rs"]
mod used;

use std::fmt::Write as _;
use std::sync::Arc;

use losslint::config::Settings;
use losslint::ir::task::{Conclusion, Task};
use losslint::ir::{Head, Model};
use losslint::knowledge::{Knowledge, Thresholds};
use losslint::passes::{self, Context};
use losslint::read_models;
use losslint::span::Location;
use losslint::syntax::File;

use common::{names_in, root};

/// Where the models lie: a folder for each library.
const MODELS: &str = "tests/rows/models";

/// The models below a folder. Facts beside a model belong to that model.
fn models_below(folder: &str) -> Vec<String> {
    let mut files = common::files_below(folder);
    files.retain(|path| !path.ends_with(".facts.toml"));
    files
}

/// The models of one file, and that file.
fn read(path: &str) -> (Vec<Model>, Arc<File>) {
    let (files, models) = read_models(&root().join(path), &Settings::default()).expect("a file that is read");
    assert!(!models.is_empty(), "{path}: no model");
    (models, Arc::clone(files.own()))
}

#[test]
fn verdicts_rest_on_every_row() {
    for library in names_in(&root().join(MODELS)) {
        let mut text = String::new();
        for path in models_below(&format!("{MODELS}/{library}")) {
            writeln!(text, "{}", path.rsplit('/').next().expect("a name")).expect("a string");
            text.push_str(&verdicts(&path));
        }
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, snapshot_path => "rows/snapshots" }, {
            insta::assert_snapshot!(library.as_str(), text);
        });
    }
}

/// A line for each head: where it stands, its task, what is found and what is not checked.
fn verdicts(path: &str) -> String {
    let (models, file) = read(path);
    let starts: Vec<usize> = file.source.text.match_indices('\n').map(|(at, _)| at + 1).collect();
    let line_of = |at: Location| starts.partition_point(|&start| start <= at.span.start as usize) + 1;
    let is_own = |at: Location| at.file == file.id();
    let mut text = String::new();
    for model in &models {
        let context = Context {
            model,
            knowledge: Knowledge::built_in(),
            thresholds: &Thresholds::default(),
        };
        let findings = passes::run(&context, &|_| true);
        for head in &model.heads {
            let line = line_of(head.at);
            let own = findings
                .iter()
                .filter(|finding| is_own(finding.primary.at) && line_of(finding.primary.at) == line);
            let found: Vec<String> = own
                .map(|finding| format!("{} {}", finding.severity.as_str(), finding.lint))
                .collect();
            writeln!(text, "  {line} {}", said(head, &found)).expect("a string");
        }
        let beside = findings.iter().filter(|finding| !is_own(finding.primary.at));
        beside.for_each(|finding| writeln!(text, "  facts {}", finding.lint).expect("a string"));
    }
    text
}

fn said(head: &Head, found: &[String]) -> String {
    let notes = head.not_checked.iter().map(|note| format!("({})", note.what.as_str()));
    let all: Vec<String> = std::iter::once(task(&head.task))
        .chain(found.iter().cloned())
        .chain(notes)
        .collect();
    all.join(", ")
}

fn task(task: &Task) -> String {
    match task.conclusion {
        Conclusion::Open => "open".to_owned(),
        Conclusion::Classification => format!("{} classification", task.confidence.as_str()),
        Conclusion::Kind(kind) => format!("{} {}", task.confidence.as_str(), format!("{kind:?}").to_lowercase()),
    }
}
