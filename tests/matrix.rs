//! Every fixture against every lint: what each kind of fixture promises, and what was looked at in each as snapshots.

mod common;
#[path = "matrix/looked_at.rs"]
mod looked_at;
#[path = "matrix/words.rs"]
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use losslint::config::Settings;
use losslint::dialects::DIALECTS;
use losslint::page::Group;
use losslint::passes::lint;
use losslint::read_models;

use common::{Finding, Run, check, fixtures, lint_names, losslint, model_of, root};

/// Lints that no model's file can show, and why.
const WITHOUT_FIXTURES: &[(&str, &str)] = &[("invalid-config", "it is about losslint's own configuration")];

/// Hints on correct models: what works, but worse. Those of pedantic lints, which are off unless selected, are not told here.
const HINTS: &[(&str, &str)] = &[
    ("zoo/autoencoders/torch-sigmoid-bce.toml", "unreduced-loss"),
    (
        "zoo/classifiers/softmax-of-two-bce-spec.toml",
        "softmax-binary-crossentropy",
    ),
    ("zoo/classifiers/softmax-of-two-bce.json", "softmax-binary-crossentropy"),
    ("zoo/masks/two-classes-permuted.json", "softmax-binary-crossentropy"),
    ("zoo/regression/sum-reduction-spec.toml", "unreduced-loss"),
    ("zoo/regression/sum-reduction.json", "unreduced-loss"),
];

/// The findings for every fixture that is given by name, checked once for all tests.
fn matrix() -> &'static BTreeMap<String, Vec<Finding>> {
    static MATRIX: OnceLock<BTreeMap<String, Vec<Finding>>> = OnceLock::new();
    MATRIX.get_or_init(|| {
        let files = fixtures("");
        let run = orderly(&files);
        let mut matrix: BTreeMap<String, Vec<Finding>> = files.iter().map(|file| (file.clone(), Vec::new())).collect();
        for finding in run.findings() {
            let model = model_of(&finding, &files);
            matrix.get_mut(model).expect("a fixture").push(finding);
        }
        matrix
    })
}

/// Checks files by name; when the run breaks down, says which of them does it.
fn orderly(files: &[String]) -> Run {
    let run = check(root(), files);
    if !run.is_orderly() {
        let broken: Vec<&String> = files
            .iter()
            .filter(|file| !check(root(), &[file]).is_orderly())
            .collect();
        panic!("{:?}, because of {broken:#?}: {}", run.status, run.stderr);
    }
    run
}

/// The folder below `bad`, `good` or `zoo` that a fixture lies in.
fn topic(path: &str) -> &str {
    path.split('/').nth(2).expect("fixtures/kind/topic/case")
}

fn of_kind(kind: &str) -> impl Iterator<Item = (&'static String, &'static Vec<Finding>)> {
    let prefix = format!("fixtures/{kind}/");
    matrix().iter().filter(move |(path, _)| path.starts_with(&prefix))
}

#[test]
fn bad_fixtures_fire_their_lint() {
    let fires = |path: &str, findings: &[Finding]| findings.iter().any(|finding| finding.lint == topic(path));
    let silent = of_kind("bad").filter(|(path, findings)| !fires(path, findings));
    let silent: Vec<&String> = silent.map(|(path, _)| path).collect();
    assert!(silent.is_empty(), "{silent:#?}");
}

#[test]
fn good_and_zoo_fixtures_are_silent() {
    for (kind, least) in [("good", 200), ("zoo", 100)] {
        let read = of_kind(kind).count();
        assert!(read > least, "{read} {kind} fixtures");
    }
    let findings = of_kind("good").chain(of_kind("zoo")).flat_map(|(_, findings)| findings);
    let loud: Vec<&Finding> = findings.filter(|finding| finding.is_loud()).collect();
    assert!(loud.is_empty(), "{loud:#?}");
}

#[test]
fn hints_on_good_and_zoo_fixtures_are_listed() {
    let is_pedantic = |name: &str| lint(name).is_some_and(|lint| lint.page.group == Group::Pedantic);
    let hints: BTreeSet<(&str, &str)> = of_kind("good")
        .chain(of_kind("zoo"))
        .flat_map(|(path, findings)| findings.iter().map(move |finding| (path, finding)))
        .filter(|(_, finding)| !finding.is_loud() && !is_pedantic(&finding.lint))
        .map(|(path, finding)| (path.trim_start_matches("fixtures/"), finding.lint.as_str()))
        .collect();
    assert_eq!(hints, HINTS.iter().copied().collect());
}

#[test]
fn good_fixtures_do_not_fire_the_lint_that_they_repair() {
    for (path, findings) in of_kind("good") {
        let fires = findings.iter().any(|finding| finding.lint == topic(path));
        assert!(!fires, "{path}");
    }
}

#[test]
fn every_lint_has_fixtures_and_every_bad_one_a_repaired_twin() {
    let below = |kind: &str| -> BTreeSet<String> {
        let prefix = format!("fixtures/{kind}/");
        let files = fixtures(kind);
        files
            .iter()
            .filter_map(|path| path.strip_prefix(&prefix))
            .map(str::to_owned)
            .collect()
    };
    let (bad, good) = (below("bad"), below("good"));
    let unpaired: Vec<&String> = bad.symmetric_difference(&good).collect();
    assert!(unpaired.is_empty(), "in one of bad and good only: {unpaired:#?}");
    let folders: BTreeSet<String> = bad
        .iter()
        .filter_map(|path| path.split('/').next())
        .map(str::to_owned)
        .collect();
    let mut lints = lint_names();
    lints.retain(|lint| !WITHOUT_FIXTURES.iter().any(|(known, _)| known == lint));
    assert_eq!(folders, lints, "folders of fixtures/bad and lints");
}

#[test]
fn every_dialect_reads_fixtures_of_every_kind() {
    const KINDS: [&str; 4] = ["bad", "good", "zoo", "hostile"];
    let settings = Settings::default();
    let read: BTreeSet<(&str, &str)> = KINDS
        .into_iter()
        .flat_map(|kind| fixtures(kind).into_iter().map(move |path| (kind, path)))
        .filter_map(|(kind, path)| Some((kind, read_models(&root().join(path), &settings).ok()?.1)))
        .flat_map(|(kind, models)| models.into_iter().map(move |model| (model.dialect, kind)))
        .collect();
    let wanted = DIALECTS
        .iter()
        .flat_map(|dialect| KINDS.map(|kind| (dialect.name(), kind)));
    let missing: Vec<(&str, &str)> = wanted.filter(|pair| !read.contains(pair)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn hostile_files_do_no_harm_whether_named_or_met() {
    orderly(&fixtures("hostile"));
    let met = check(root(), &["fixtures/hostile"]);
    assert!(met.is_orderly(), "{:?}: {}", met.status, met.stderr);
}

#[test]
fn files_of_other_kinds_are_passed_over_in_silence() {
    let folder = "fixtures/hostile/other-files";
    let run = losslint(
        root(),
        &["check", "--no-config", "--format", "concise", "--verbose", folder],
    );
    assert_eq!((run.status, run.stdout.as_str()), (Some(0), ""), "{}", run.stderr);
    for path in fixtures("hostile/other-files") {
        let run = check(root(), &[&path]);
        let only_its_form = run.findings().iter().all(|finding| finding.lint == "syntax-error");
        assert!(only_its_form, "{path}: {}", run.stdout);
    }
}

/// A walk says no more than naming each file, and leaves out only files that are broken beyond recognition.
#[test]
fn a_walk_finds_what_naming_finds() {
    let walked: BTreeSet<Finding> = check(root(), &["fixtures"]).findings().into_iter().collect();
    let named: BTreeSet<Finding> = matrix().values().flatten().cloned().collect();
    let more: Vec<&Finding> = walked.difference(&named).collect();
    assert!(more.is_empty(), "only in the walk: {more:#?}");
    let less = named
        .difference(&walked)
        .filter(|finding| finding.lint != "syntax-error");
    let less: Vec<&Finding> = less.filter(|finding| finding.lint != "duplicate-key").collect();
    assert!(less.is_empty(), "only by name: {less:#?}");
}
