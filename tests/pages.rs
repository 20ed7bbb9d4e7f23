//! The lints' pages as tests: each is complete, its bad examples fire it and nothing else, its good ones nothing at all.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::OnceLock;

use common::{Finding, check, fixtures, root};
use losslint::page::{Group, Page};
use losslint::passes::{lint, lints};

const SECTIONS: &[&str] = &[
    "What it finds",
    "Why it is bad",
    "What to do",
    "Silent when",
    "Examples",
];

/// Lints that need more than one file: their pages can only show what is clean.
const NEED_TWO_FILES: &[&str] = &["invalid-config", "conflicting-facts"];

/// The lint of losslint's own configuration, which no model shows.
const NO_MODEL_SHOWS_IT: &str = "invalid-config";

fn pages() -> impl Iterator<Item = &'static Page> {
    lints().iter().map(|lint| lint.page)
}

/// An example with what was found in it.
struct Checked {
    /// The page's name and the example's number, for messages.
    name: String,
    page: &'static Page,
    bad: bool,
    findings: Vec<Finding>,
}

/// All examples of all pages, checked in one run.
fn examples() -> &'static [Checked] {
    static EXAMPLES: OnceLock<Vec<Checked>> = OnceLock::new();
    EXAMPLES.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut examples = Vec::new();
        for page in pages() {
            for (index, example) in page.examples().iter().enumerate() {
                let name = format!("{}-{}.{}", page.name, index + 1, example.format);
                fs::write(folder.path().join(&name), &example.text).expect("a file");
                let bad = example.bad;
                examples.push(Checked {
                    name,
                    page,
                    bad,
                    findings: Vec::new(),
                });
            }
        }
        let names: Vec<&String> = examples.iter().map(|example| &example.name).collect();
        let run = check(folder.path(), &names);
        assert!(run.is_orderly(), "{:?}: {}", run.status, run.stderr);
        for finding in run.findings() {
            let example = examples.iter_mut().find(|example| example.name == finding.path);
            example.expect("an example").findings.push(finding);
        }
        examples
    })
}

/// Hints of lints that are off unless selected do not count against the example of another lint.
fn counts(finding: &Finding, page: &Page) -> bool {
    let is_pedantic = lint(&finding.lint).is_some_and(|lint| lint.page.group == Group::Pedantic);
    finding.lint == page.name || !is_pedantic
}

#[test]
fn bad_examples_fire_their_lint_and_no_other() {
    let mut wrong = Vec::new();
    for example in examples().iter().filter(|example| example.bad) {
        let counted = example.findings.iter().filter(|finding| counts(finding, example.page));
        let fired: BTreeSet<&str> = counted.map(|finding| finding.lint.as_str()).collect();
        if fired != BTreeSet::from([example.page.name]) {
            wrong.push(format!("{}: fires {fired:?}", example.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn good_examples_are_silent() {
    let mut wrong = Vec::new();
    for example in examples().iter().filter(|example| !example.bad) {
        let counted: Vec<&Finding> = example
            .findings
            .iter()
            .filter(|finding| counts(finding, example.page))
            .collect();
        if !counted.is_empty() {
            wrong.push(format!("{}: {counted:#?}", example.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_page_has_a_lint_and_every_lint_a_page() {
    let folder = fs::read_dir(root().join("lints")).expect("the folder of pages");
    let names = folder.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
    let mut files: Vec<String> = names
        .filter_map(|name| name.strip_suffix(".md").map(str::to_owned))
        .collect();
    files.sort();
    let registered: Vec<String> = lints().iter().map(|lint| lint.name().to_owned()).collect();
    assert_eq!(registered, files, "the array of lints, and lints/*.md in order");
    let unique: BTreeSet<&String> = registered.iter().collect();
    assert_eq!(unique.len(), registered.len(), "a lint is registered twice");
}

#[test]
fn every_lint_has_a_pass_of_its_name() {
    for page in pages() {
        let file = format!("src/passes/{}.rs", page.name.replace('-', "_"));
        assert!(root().join(&file).is_file(), "{file}");
    }
}

#[test]
fn names_are_plain_kebab_case() {
    for name in pages().map(|page| page.name) {
        let plain = name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        assert!(
            plain && !name.starts_with('-') && !name.ends_with('-') && !name.contains("--"),
            "{name}"
        );
        assert!(
            !name.starts_with("no-") && !name.contains("check"),
            "{name}: names the defect"
        );
    }
}

/// Whether a version is this one or an earlier one.
fn is_no_later_version(version: &str) -> bool {
    let numbers = |text: &str| -> Option<Vec<u32>> { text.split('.').map(|part| part.parse().ok()).collect() };
    numbers(version).is_some_and(|version| Some(version) <= numbers(env!("CARGO_PKG_VERSION")))
}

#[test]
fn pages_are_complete() {
    let mut wrong = Vec::new();
    for page in pages() {
        if !page.body.starts_with(&format!("# {}\n", page.name)) {
            wrong.push(format!("{}: does not open with its name", page.name));
        }
        let is_empty = |section: &&&str| page.section(section).is_none_or(str::is_empty);
        let empty: Vec<&&str> = SECTIONS.iter().filter(is_empty).collect();
        if !empty.is_empty() {
            wrong.push(format!("{}: missing or empty: {empty:?}", page.name));
        }
        let examples = page.examples();
        for (kind, bad) in [("bad", true), ("good", false)] {
            let can_have_one = !(bad && NEED_TWO_FILES.contains(&page.name));
            if can_have_one && !examples.iter().any(|example| example.bad == bad) {
                wrong.push(format!("{}: no {kind} example", page.name));
            }
        }
        if page.summary.is_empty() || page.summary.ends_with('.') || !is_no_later_version(&page.since) {
            wrong.push(format!("{}: the front matter is incomplete", page.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn sections_stand_in_order() {
    for page in pages() {
        let headings: Vec<&str> = page.body.lines().filter_map(|line| line.strip_prefix("## ")).collect();
        let known: Vec<&str> = headings
            .iter()
            .copied()
            .filter(|heading| SECTIONS.contains(heading))
            .collect();
        let wanted: Vec<&str> = SECTIONS
            .iter()
            .copied()
            .filter(|section| headings.contains(section))
            .collect();
        assert_eq!(known, wanted, "{}", page.name);
    }
}

#[test]
fn explained_lints_exist_and_do_not_explain_themselves() {
    for page in pages() {
        for name in &page.explains {
            assert!(lint(name).is_some(), "{}: explains {name}, which is no lint", page.name);
            assert_ne!(name, page.name);
        }
    }
}

/// A fenced block whose info string is mistyped would silently be no example.
#[test]
fn every_block_of_code_is_an_example() {
    for page in pages() {
        let section = page.section("Examples").unwrap_or_default();
        let fences = section.lines().filter(|line| line.starts_with("```")).count();
        assert_eq!(fences % 2, 0, "{}: a block is left open", page.name);
        assert_eq!(
            fences / 2,
            page.examples().len(),
            "{}: a block is neither bad nor good",
            page.name
        );
    }
}

#[test]
fn pages_name_every_severity_that_occurs() {
    let mut occurring: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let in_fixtures = check(root(), &fixtures("bad")).findings().into_iter();
    for finding in in_fixtures.chain(examples().iter().flat_map(|example| example.findings.clone())) {
        occurring.entry(finding.lint).or_default().insert(finding.severity);
    }
    let mut wrong = Vec::new();
    for page in pages().filter(|page| page.name != NO_MODEL_SHOWS_IT) {
        let named = std::iter::once(page.severity).chain(page.also.iter().copied());
        let named: BTreeSet<String> = named.map(|severity| severity.as_str().to_owned()).collect();
        let occurring = occurring.remove(page.name).unwrap_or_default();
        if named != occurring {
            wrong.push(format!(
                "{}: the page names {named:?}, fixtures and examples show {occurring:?}",
                page.name
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
