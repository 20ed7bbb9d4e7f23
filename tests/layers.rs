//! Which module may import which. Exceptions are listed with their reason, and each must still be needed: the list can
//! only become shorter.

mod common;

use std::collections::BTreeSet;

use common::source::{File, sources, without_comments, without_tests};

/// What each module may import besides itself. `a::b` allows that part of `a` only.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    // Data.
    ("span", &[]),
    ("diagnostic", &["span"]),
    ("knowledge", &["span"]),
    ("ir", &["span", "knowledge"]),
    // Stages, in the order in which they run.
    ("discover", &["span", "diagnostic"]),
    ("syntax", &["span", "diagnostic"]),
    ("dialects", &["span", "diagnostic", "knowledge", "ir", "syntax"]),
    ("passes", &["span", "diagnostic", "knowledge", "ir"]),
    ("config", &["span", "diagnostic", "knowledge", "syntax"]),
    ("report", &["span", "diagnostic", "config", "syntax"]),
    (
        "output",
        &[
            "span",
            "diagnostic",
            "report",
            "passes::page",
            "passes::Page",
            "passes::Group",
        ],
    ),
];

/// What joins the stages and may import all of them.
const JOIN_ALL: &[&str] = &["lib", "check", "cli", "main"];

/// Imports against the table, and why they are there: (from, to, reason).
const EXCEPTIONS: &[(&str, &str, &str)] = &[
    (
        "ir",
        "diagnostic",
        "the evidence for a task is a labelled place, and a value has its literal",
    ),
    (
        "report",
        "ir",
        "models are counted, and notes on what is not checked are resolved to places",
    ),
    (
        "report",
        "passes",
        "a finding's lint is looked up for its group, and selected by it",
    ),
    ("output", "passes::lint", "SARIF describes each rule that fired"),
    (
        "config",
        "keys",
        "the keys that files may have are described apart from reading them",
    ),
    (
        "dialects",
        "keys",
        "the keys that files may have are described apart from reading them",
    ),
    (
        "keys",
        "syntax",
        "a description of keys is a shape, which the tree is compared with",
    ),
];

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
        let excepted = EXCEPTIONS
            .iter()
            .any(|(f, entry, _)| *f == from && names(entry, &to, &item));
        if !allowed && !excepted {
            wrong.push(format!("{path}: {from} may not import {to}::{item}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn exceptions_are_needed() {
    let imports = imports();
    for (from, entry, reason) in EXCEPTIONS {
        let needed = imports
            .iter()
            .any(|(f, to, item, _)| f == from && names(entry, to, item));
        assert!(needed, "{from} no longer imports {entry}: take it off the list");
        assert!(!reason.is_empty());
    }
}

#[test]
fn no_stage_imports_what_joins_them() {
    for (from, to, _, path) in imports() {
        let is_above = matches!(to.as_str(), "cli" | "main");
        assert!(!is_above || JOIN_ALL.contains(&from.as_str()), "{path}: imports {to}");
    }
}

/// What dialects read with knows no dialect: `reading` takes nothing of its parent but itself.
#[test]
fn what_dialects_share_imports_no_dialect() {
    for file in sources().iter().filter(|file| file.path.contains("dialects/reading/")) {
        for line in file.code.lines() {
            let leaves = line.contains("dialects::") && !line.contains("dialects::reading");
            assert!(!leaves, "{}: {line}", file.path);
        }
        let hops = file.module.len() - 1;
        let too_far = format!("use {}", "super::".repeat(hops));
        assert!(!file.code.contains(&too_far), "{}: leaves `reading`", file.path);
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
