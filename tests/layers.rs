//! Which module may import which: the data and the stages in their order, each importing earlier ones only.

mod common;

use std::collections::BTreeSet;

use common::source::{File, sources, without_comments, without_tests};

/// What each module may import besides itself: what stands above it. `a::b` allows that part of `a` only.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    // Data.
    ("span", &[]),
    ("diagnostic", &["span"]),
    ("nearest", &[]),
    ("page", &["diagnostic"]),
    ("knowledge", &["nearest"]),
    ("ir", &["span", "diagnostic", "knowledge"]),
    // Stages, in the order in which they run.
    ("discover", &["span"]),
    ("syntax", &["span", "diagnostic", "nearest"]),
    // What a tree says in the notation of its file.
    ("values", &["span", "syntax"]),
    // What a program's statements make, without any framework's meaning.
    ("program", &["span", "syntax"]),
    // The keys of files that people write for losslint, as shapes that a tree is compared with.
    ("keys", &["syntax"]),
    (
        "config",
        &[
            "span",
            "diagnostic",
            "knowledge",
            "syntax",
            "keys",
            "discover::leads_out",
        ],
    ),
    // What all dialects read with.
    (
        "reading",
        &["span", "diagnostic", "knowledge", "ir", "syntax", "values", "keys"],
    ),
    (
        "dialects",
        &[
            "span",
            "diagnostic",
            "knowledge",
            "ir",
            "syntax",
            "values",
            "program",
            "keys",
            "reading",
        ],
    ),
    // What follows once everything is read.
    ("conclude", &["span", "diagnostic", "knowledge", "ir"]),
    ("passes", &["span", "diagnostic", "nearest", "page", "knowledge", "ir"]),
    ("report", &["span", "diagnostic", "syntax"]),
    // Formats show what a lint's page says; they never see its pass.
    ("output", &["span", "diagnostic", "report", "page"]),
    ("recommend", &["nearest"]),
];

/// What joins the stages and may import all of them.
const JOIN_ALL: &[&str] = &["lib", "check", "cli", "main"];

/// Every import of another module, as (from, to, item, file).
fn imports() -> Vec<(String, String, String, String)> {
    let mut all = Vec::new();
    for file in sources() {
        for (to, item) in file.imports() {
            all.push((file.top().to_owned(), to, item, file.path.clone()));
        }
    }
    all
}

/// Whether an import of `item` below `to` is named by an entry, which is `to` or `to::item`.
fn names(entry: &str, to: &str, item: &str) -> bool {
    entry == to || entry == format!("{to}::{item}")
}

#[test]
fn modules_import_what_they_may() {
    let modules: BTreeSet<String> = sources().iter().map(|file| file.top().to_owned()).collect();
    let mut wrong = Vec::new();
    for (from, to, item, path) in imports() {
        if JOIN_ALL.contains(&from.as_str()) || !modules.contains(&to) {
            continue;
        }
        let row = MAY_IMPORT.iter().find(|(module, _)| *module == from);
        let allowed = row.is_some_and(|(_, allowed)| allowed.iter().any(|entry| names(entry, &to, &item)));
        if !allowed {
            wrong.push(format!("{path}: {from} may not import {to}::{item}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What stands above a row is all that it can name, so that no two modules import each other, however many are between them.
#[test]
fn rows_name_rows_above_them_that_they_need() {
    let imports = imports();
    let mut wrong = Vec::new();
    for (index, (from, allowed)) in MAY_IMPORT.iter().enumerate() {
        for entry in *allowed {
            let module = entry.split("::").next().unwrap_or_default();
            let is_above = MAY_IMPORT[..index].iter().any(|(above, _)| *above == module);
            if !is_above {
                wrong.push(format!("{from}: {entry} does not stand above it"));
            }
            let needed = imports
                .iter()
                .any(|(f, to, item, _)| f == from && names(entry, to, item));
            if !needed {
                wrong.push(format!("{from} does not import {entry}: take it off its row"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_stage_imports_what_joins_them() {
    for (from, to, _, path) in imports() {
        let is_above = matches!(to.as_str(), "cli" | "main");
        assert!(!is_above || JOIN_ALL.contains(&from.as_str()), "{path}: imports {to}");
    }
}

/// The scan itself: it sees groups, hops and paths within code, and does not see tests and comments.
#[test]
fn the_scan_sees_every_form_of_import() {
    let file = |module: &[&str], code: &str| File {
        path: String::new(),
        module: module.iter().map(|part| (*part).to_owned()).collect(),
        code: without_tests(&without_comments(code)),
    };
    let seen = |module: &[&str], code: &str| -> Vec<String> {
        file(module, code)
            .imports()
            .into_iter()
            .map(|(to, item)| format!("{to}::{item}"))
            .collect()
    };
    assert_eq!(
        seen(&["passes"], "use crate::ir::{Head, Model};"),
        ["ir::Head", "ir::Model"]
    );
    assert_eq!(
        seen(&["passes"], "use crate::{ir::Head, span::{self, Span}};"),
        ["ir::Head", "span::Span", "span::self"]
    );
    assert_eq!(
        seen(&["passes", "fold"], "use super::super::syntax::Tree;"),
        ["syntax::Tree"]
    );
    assert_eq!(seen(&["passes", "fold"], "use super::lint;"), Vec::<String>::new());
    assert_eq!(seen(&["passes"], "use super::syntax;"), ["syntax::"]);
    assert_eq!(seen(&["passes"], "fn f(at: crate::span::Span) {}"), ["span::Span"]);
    assert_eq!(
        seen(
            &["passes"],
            "// crate::cli::run\n#[cfg(test)]\nmod tests { use crate::cli::run; }"
        ),
        Vec::<String>::new()
    );
    assert_eq!(
        seen(&["passes"], "#[cfg(test)]\nmod tests;\nuse crate::ir::Head;"),
        ["ir::Head"]
    );
}
