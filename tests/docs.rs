//! What the documents say of the project is true: paths that they name exist, links lead somewhere, tables are complete.

#[path = "docs/blocks.rs"]
mod blocks;
mod common;

use std::collections::BTreeSet;
use std::path::Path;

use blocks::prose;
use common::source::text_of;
use common::{files_below, losslint, root};

fn documents() -> Vec<String> {
    let mut documents = vec!["README.md".to_owned()];
    documents.extend(files_below("docs").into_iter().filter(|path| path.ends_with(".md")));
    documents.extend(files_below("lints"));
    documents
}

/// Every part between backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

#[test]
fn paths_of_the_project_that_documents_name_exist() {
    const TOPS: &[&str] = &["src/", "lints/", "fixtures/", "tests/", "docs/"];
    let mut named = 0;
    for document in documents() {
        let text = prose(&text_of(&document));
        for path in quoted(&text).filter(|part| TOPS.iter().any(|top| part.starts_with(top))) {
            let is_pattern = path.contains(['<', '*', '{', ' ', '…']);
            if !is_pattern {
                assert!(root().join(path).exists(), "{document} names {path}");
                named += 1;
            }
        }
    }
    assert!(named > 20, "{named} paths");
}

#[test]
fn links_lead_somewhere() {
    let link = regex::Regex::new(r"\]\(([^)\s]+)\)").expect("a pattern");
    let mut followed = 0;
    for document in documents() {
        let text = prose(&text_of(&document));
        let folder = Path::new(&document).parent().expect("a folder");
        for found in link.captures_iter(&text) {
            let target = found[1].split('#').next().unwrap_or_default();
            if target.is_empty() || target.contains("://") {
                continue;
            }
            assert!(root().join(folder).join(target).exists(), "{document}: {target}");
            followed += 1;
        }
    }
    assert!(followed > 0);
}

#[test]
fn every_dependency_has_its_reason() {
    let manifest: toml::Table = text_of("Cargo.toml").parse().expect("a manifest");
    let mut wanted = BTreeSet::new();
    for table in ["dependencies", "dev-dependencies"] {
        wanted.extend(manifest[table].as_table().expect("a table").keys().cloned());
    }
    let of_systems = manifest["target"].as_table().expect("tables").values();
    for system in of_systems {
        wanted.extend(system["dependencies"].as_table().expect("a table").keys().cloned());
    }
    let page = text_of("docs/dependencies.md");
    let rows = page.lines().filter(|line| line.starts_with("| `"));
    let explained: BTreeSet<String> = rows
        .filter_map(|row| row.split('|').nth(1))
        .flat_map(quoted)
        .map(str::to_owned)
        .collect();
    assert_eq!(wanted, explained);
}

#[test]
fn commands_of_cargo_that_are_recommended_exist() {
    const BUILT_IN: &[&str] = &[
        "bench", "build", "check", "clippy", "doc", "fmt", "install", "publish", "run", "test",
    ];
    let config: toml::Table = text_of(".cargo/config.toml").parse().expect("a configuration");
    let aliases = config["alias"].as_table().expect("aliases");
    let mut named = BTreeSet::new();
    for document in documents() {
        let text = prose(&text_of(&document));
        let commands = quoted(&text).filter_map(|part| part.strip_prefix("cargo "));
        named.extend(commands.filter_map(|command| command.split_whitespace().next().map(str::to_owned)));
    }
    for command in &named {
        assert!(
            BUILT_IN.contains(&command.as_str()) || aliases.contains_key(command),
            "cargo {command}"
        );
    }
    for alias in aliases.keys() {
        assert!(named.contains(alias), "cargo {alias} is told nowhere");
    }
}

#[test]
fn every_dialect_has_its_section() {
    let page = text_of("docs/dialects.md");
    let sections: BTreeSet<&str> = page.lines().filter_map(|line| line.strip_prefix("## ")).collect();
    let dialects = losslint::dialects::DIALECTS.iter().map(|dialect| dialect.name());
    // The native spec has a page of its own.
    for dialect in dialects.filter(|name| *name != "spec") {
        assert!(sections.contains(dialect), "{dialect}");
    }
}

#[test]
fn the_page_of_the_command_line_has_every_command_and_option() {
    let page = text_of("docs/command-line.md");
    let names = |text: &str, pattern: &str| -> BTreeSet<String> {
        let pattern = regex::Regex::new(pattern).expect("a pattern");
        pattern.captures_iter(text).map(|found| found[1].to_owned()).collect()
    };
    let help = |args: &[&str]| losslint(root(), args).stdout;
    let commands = names(&help(&["--help"]), r"(?m)^  ([a-z]+)  ");
    assert!(commands.len() > 8, "{commands:?}");
    for command in commands.iter().filter(|command| *command != "help") {
        assert!(page.contains(&format!("`losslint {command}")), "{command}");
        for option in names(&help(&[command, "--help"]), r"(?m)^ +(?:-[a-z], )?(--[a-z-]+)") {
            let is_named = names(&page, r"`(--[a-z-]+)").contains(&option);
            assert!(is_named || option == "--help", "{command} {option}");
        }
    }
}

#[test]
fn every_test_file_is_on_the_map() {
    let page = text_of("docs/architecture.md");
    for path in files_below("tests").iter().filter(|path| path.ends_with(".rs")) {
        let is_target = path.matches('/').count() == 1;
        assert!(!is_target || page.contains(&format!("`{path}`")), "{path}");
    }
}

/// The words for tasks and labels, which the table of keys only lists, are explained.
#[test]
fn the_page_of_the_spec_explains_every_task_and_label_format() {
    let page = text_of("docs/spec.md");
    let (explained, listed) = page.split_once("## Keys").expect("the keys");
    for key in ["kind", "labels"] {
        let row = listed.lines().find(|line| line.starts_with(&format!("| `{key}` |")));
        let words: Vec<&str> = row.expect("a row").split("`\"").skip(1).collect();
        assert!(words.len() > 5, "{words:?}");
        for word in words.iter().filter_map(|word| word.split('"').next()) {
            let is_explained = explained.lines().any(|line| {
                line.starts_with("| `")
                    && line
                        .split('|')
                        .nth(1)
                        .is_some_and(|cell| quoted(cell).any(|part| part == word))
            });
            assert!(is_explained, "{word}");
        }
    }
}
