//! Every *silent when* of every page, as a pair of models that differ in that condition alone: one that the lint finds, and
//! the same after the change that a case names, about which the lint is silent. Limits are held the same way.
//!
//! `tests/silent/<lint>.toml` holds the cases of a lint:
//!
//! ```toml
//! bad = '''a spec that the lint finds'''
//!
//! [[case]]
//! when = "the words of the page"
//! change = ["what stands in the spec", "what comes in its place"]
//! ```
//!
//! `changes` has several pairs; `bad`, `file` and the `facts` beside it count more in a case than those of the lint. A case with `limit` in the place
//! of `when` is about a threshold: the smallest step that makes the lint silent. Where no model can show a condition, `held`
//! names the file of the test that holds it.

mod common;

use std::collections::BTreeSet;
use std::fs;

use common::{check, folder_with, lint_names, names_in, root};
use losslint::passes::lint;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    bad: Option<String>,
    file: Option<String>,
    facts: Option<String>,
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    when: Option<String>,
    limit: Option<String>,
    bad: Option<String>,
    file: Option<String>,
    facts: Option<String>,
    change: Option<[String; 2]>,
    #[serde(default)]
    changes: Vec<[String; 2]>,
    held: Option<String>,
}

fn cases(lint: &str) -> Cases {
    let path = root().join("tests/silent").join(format!("{lint}.toml"));
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    toml::from_str(&text).unwrap_or_else(|error| panic!("{lint}: {error}"))
}

/// The items of *Silent when*, each on one line.
fn conditions(name: &str) -> BTreeSet<String> {
    let page = &lint(name).expect("a lint").page;
    let section = page.section("Silent when").expect("a section");
    let list = section.trim().split("\n\n").next().unwrap_or_default();
    let one_line = |item: &str| item.split_whitespace().collect::<Vec<_>>().join(" ");
    let items = list.strip_prefix("- ").unwrap_or(list).split("\n- ");
    items.map(one_line).collect()
}

/// The model of a case and the facts beside it, each with its file's name.
fn files(cases: &Cases, case: &Case) -> Vec<(String, String)> {
    let file = case.file.as_ref().or(cases.file.as_ref());
    let file = file.map_or("model.toml", String::as_str);
    let bad = case.bad.as_ref().or(cases.bad.as_ref()).expect("a bad model");
    let mut files = vec![(file.to_owned(), bad.clone())];
    if let Some(facts) = case.facts.as_ref().or(cases.facts.as_ref()) {
        files.push(("model.facts.toml".to_owned(), facts.clone()));
    }
    files
}

/// The files of a case after its changes. The error says which change cannot be made.
fn changed(mut files: Vec<(String, String)>, case: &Case) -> Result<Vec<(String, String)>, String> {
    for [from, to] in case.change.iter().chain(&case.changes) {
        let mut places = files.iter_mut().filter(|(_, text)| text.contains(from.as_str()));
        match (places.next(), places.next()) {
            (Some((_, text)), None) if text.matches(from.as_str()).count() == 1 => *text = text.replace(from, to),
            _ => return Err(format!("{from:?} does not stand once in {files:?}")),
        }
    }
    Ok(files)
}

/// All pairs, checked in one run, each model in a folder of its own: `<number>/bad/` and `<number>/silent/`.
#[test]
fn every_condition_silences_its_lint() {
    let mut wrong = Vec::new();
    let mut pairs: Vec<(String, String)> = Vec::new();
    let mut models: Vec<(String, String)> = Vec::new();
    for lint in lint_names() {
        let cases = cases(&lint);
        for case in cases.case.iter().filter(|case| case.held.is_none()) {
            let number = pairs.len();
            let bad = files(&cases, case);
            let what = case.when.as_ref().or(case.limit.as_ref());
            pairs.push((lint.clone(), what.expect("a condition or a limit").clone()));
            let silent = changed(bad.clone(), case).unwrap_or_else(|why| {
                wrong.push(format!("{lint}: {why}"));
                Vec::new()
            });
            for (kind, files) in [("bad", bad), ("silent", silent)] {
                models.extend(
                    files
                        .into_iter()
                        .map(|(name, text)| (format!("{number}/{kind}/{name}"), text)),
                );
            }
        }
    }
    let written: Vec<(&str, &str)> = models.iter().map(|(name, text)| (&**name, &**text)).collect();
    let folder = folder_with(&written);
    let named = models.iter().map(|(name, _)| name);
    let named: Vec<&String> = named.filter(|name| !name.ends_with(".facts.toml")).collect();
    let run = check(folder.path(), &named);
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    let findings = run.findings();
    for (number, (lint, what)) in pairs.iter().enumerate() {
        let of = |kind: &str| -> BTreeSet<&str> {
            let folder = format!("{number}/{kind}/");
            let those = findings.iter().filter(|finding| finding.path.starts_with(&folder));
            those.map(|finding| finding.lint.as_str()).collect()
        };
        let (bad, silent) = (of("bad"), of("silent"));
        if !bad.contains(&**lint) {
            wrong.push(format!("{lint}, {what}: the bad model shows only {bad:?}"));
        }
        let is_misunderstood = ["invalid-spec", "syntax-error"]
            .iter()
            .any(|name| silent.contains(name));
        if silent.contains(&**lint) || is_misunderstood {
            wrong.push(format!("{lint}, {what}: not silent but {silent:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_condition_of_every_page_has_a_case() {
    let mut wrong = Vec::new();
    for name in lint_names() {
        let wanted = conditions(&name);
        let cases = cases(&name);
        let held: BTreeSet<String> = cases.case.iter().filter_map(|case| case.when.clone()).collect();
        let missing = wanted
            .difference(&held)
            .map(|when| format!("{name}: no case for {when:?}"));
        wrong.extend(missing);
        let unknown = held.difference(&wanted);
        wrong.extend(unknown.map(|when| format!("{name}: the page does not say {when:?}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_of_cases_has_a_lint_and_what_it_names_exists() {
    let files: BTreeSet<String> = names_in(&root().join("tests/silent"))
        .iter()
        .filter_map(|name| name.strip_suffix(".toml").map(str::to_owned))
        .collect();
    assert_eq!(files, lint_names());
    for name in files {
        for case in cases(&name).case {
            let path = case.held.filter(|path| !root().join(path).is_file());
            assert_eq!(path, None, "{name}");
        }
    }
}
