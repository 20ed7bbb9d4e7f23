//! Parts of the documents that are made from their sources: tables of lints from their pages, references of keys from
//! their description, the picture of a finding from a run. `UPDATE=1` writes the tables anew.
//!
//! A made part stands between `<!-- made: NAME -->` and `<!-- end: NAME -->`; the rest of a page is written by hand.

mod common;

use std::fs;

use common::source::text_of;
use common::{losslint, root};
use losslint::keys::{config, spec};
use losslint::page::{Group, Page};
use losslint::passes::lints;
use losslint::syntax::shape::{Key, Shape};

/// Compares a made part of a document with what its source gives now, or writes it.
fn hold(document: &str, name: &str, made: &str) {
    let text = text_of(document);
    let (open, close) = (format!("<!-- made: {name} -->\n"), format!("<!-- end: {name} -->"));
    let (before, rest) = text
        .split_once(&open)
        .unwrap_or_else(|| panic!("{document}: no {open}"));
    let (now, after) = rest
        .split_once(&close)
        .unwrap_or_else(|| panic!("{document}: no {close}"));
    let made = format!("\n{}\n\n", made.trim());
    if std::env::var_os("UPDATE").is_some() {
        let text = format!("{before}{open}{made}{close}{after}");
        fs::write(root().join(document), text).expect("the document");
    } else {
        assert!(
            now == made,
            "{document}: {name} is out of date; UPDATE=1 cargo test --test generated_docs writes it"
        );
    }
}

/// What a group is about, as its rows are headed.
fn about(group: Group) -> &'static str {
    match group {
        Group::Task => "The loss does not fit the task",
        Group::Activation => "The output activation does not fit the loss",
        Group::Logits => "Logits and probabilities are mixed up",
        Group::Labels => "The labels do not fit",
        Group::Targets => "The regression target",
        Group::Numerics => "Logarithms, epsilons, precision",
        Group::Metrics => "Metrics and reductions",
        Group::Config => "The file itself",
        Group::Pedantic => "Right, but could be better; off unless selected",
    }
}

/// The pages of a group, by name.
fn pages_of(group: Group) -> Vec<&'static Page> {
    let pages = lints().iter().map(|lint| lint.page);
    pages.filter(|page| page.group == group).collect()
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    format!("{}{}", first.unwrap_or_default(), letters.as_str())
}

#[test]
fn the_readme_names_every_lint() {
    let mut table = String::from("| | lints |\n|---|---|\n");
    for group in Group::ALL {
        let link = |page: &Page| format!("[`{name}`](lints/{name}.md)", name = page.name);
        let links: Vec<String> = pages_of(*group).into_iter().map(link).collect();
        table.push_str(&format!("| **{}** | {} |\n", about(*group), links.join(", ")));
    }
    hold("README.md", "lints", &table);
}

#[test]
fn the_list_of_lints_has_every_lint() {
    let mut text = String::new();
    for group in Group::ALL {
        text.push_str(&format!("## {}: `{}`\n\n", about(*group), group.as_str()));
        text.push_str("| lint | severity | fix | what it finds |\n|---|---|---|---|\n");
        for page in pages_of(*group) {
            let severities: Vec<String> = std::iter::once(page.severity)
                .chain(page.also.iter().copied())
                .map(|severity| severity.to_string())
                .collect();
            text.push_str(&format!(
                "| [`{name}`](../lints/{name}.md) | {} | {} | {} |\n",
                severities.join(", "),
                page.fix.as_str(),
                sentence(&page.summary),
                name = page.name
            ));
        }
        text.push('\n');
    }
    hold("docs/lints.md", "lints", &text);
}

/// What may stand under a key, in words.
fn words(shape: &Shape) -> String {
    let list = |words: &[&str]| {
        words
            .iter()
            .map(|word| format!("`\"{word}\"`"))
            .collect::<Vec<_>>()
            .join(", ")
    };
    match shape {
        Shape::Text => "a text".to_owned(),
        Shape::OneOf(words) => list(words),
        Shape::Bool => "`true` or `false`".to_owned(),
        Shape::BoolOr(words) => format!("`true`, `false`, {}", list(words)),
        Shape::Number(low, high) if low.is_infinite() && high.is_infinite() => "a number".to_owned(),
        Shape::Number(low, high) if high.is_infinite() => format!("a number from {low}"),
        Shape::Number(low, high) => format!("a number from {low} to {high}"),
        Shape::Whole => "a whole number from 0".to_owned(),
        Shape::List(inner) => format!("a list; each: {}", words(inner)),
        Shape::OneOrMany(inner) => format!("{}, or a list of such", words(inner)),
        Shape::Table(_) | Shape::Open(_) => "a table".to_owned(),
        Shape::Map(inner) => format!("a table of names with values; each: {}", words(inner)),
        Shape::TextOrOpen(_) | Shape::TextOrTable(_) => "a text or a table".to_owned(),
        Shape::Anything => "–".to_owned(),
    }
}

/// The keys of the table that a shape holds, if it holds one.
fn inner(shape: &Shape) -> Option<&'static [Key]> {
    match shape {
        Shape::Table(keys) | Shape::Open(keys) | Shape::TextOrOpen(keys) | Shape::TextOrTable(keys) => Some(keys),
        Shape::List(item) | Shape::OneOrMany(item) => inner(item),
        _ => None,
    }
}

/// A table of keys, with their examples where there are any.
fn table(keys: &[Key]) -> String {
    let has_examples = keys.iter().any(|key| !key.example.is_empty());
    let mut text = String::from("| key | what may stand there | meaning |");
    text.push_str(if has_examples {
        " example |\n|---|---|---|---|\n"
    } else {
        "\n|---|---|---|\n"
    });
    for key in keys {
        text.push_str(&format!("| `{}` | {} | {} |", key.name, words(&key.shape), key.doc));
        match (has_examples, key.example) {
            (false, _) => text.push('\n'),
            (true, "") => text.push_str(" |\n"),
            (true, example) => text.push_str(&format!(" `{example}` |\n")),
        }
    }
    text
}

/// Sections for the tables that stand under keys: `[name]`, or `[[name]]` where there may be several.
fn sections(keys: &[Key]) -> String {
    let mut text = String::new();
    for key in keys {
        if let Some(below) = inner(&key.shape).filter(|below| !below.is_empty()) {
            let several = matches!(key.shape, Shape::List(_));
            let header = if several {
                format!("[[{}]]", key.name)
            } else {
                format!("[{}]", key.name)
            };
            text.push_str(&format!("### `{header}`\n\n{}\n\n{}\n", key.doc, table(below)));
        }
    }
    text
}

#[test]
fn the_reference_of_the_configuration_has_every_key() {
    let text = format!("{}\n{}", table(config::KEYS), sections(config::KEYS));
    hold("docs/configuration.md", "keys", &text);
}

#[test]
fn the_reference_of_the_spec_has_every_key() {
    let keys = inner(&spec::SPEC).expect("a table");
    hold("docs/spec.md", "keys", &format!("{}\n{}", table(keys), sections(keys)));
}

/// The letters of the picture, row by row, without spaces: where they stand is the drawing's affair.
fn letters(picture: &str) -> Vec<String> {
    let document = roxmltree::Document::parse(picture).expect("XML");
    let mut rows: Vec<(String, String)> = Vec::new();
    for text in document.descendants().filter(|node| node.has_tag_name("text")) {
        let y = text.attribute("y").unwrap_or_default().to_owned();
        let piece: String = text.text().unwrap_or_default().split_whitespace().collect();
        match rows.last_mut().filter(|(row, _)| *row == y) {
            Some((_, line)) => line.push_str(&piece),
            None => rows.push((y, piece)),
        }
    }
    rows.into_iter().map(|(_, line)| line).collect()
}

#[test]
fn the_picture_shows_what_the_program_prints() {
    let mut shown = letters(&text_of("docs/finding.svg")).into_iter();
    let command = shown.next().expect("a command");
    let fixture = command.strip_prefix("$losslintcheck").expect("the command");
    let run = losslint(
        root(),
        &["check", "--no-config", "--quiet", "--color", "never", fixture],
    );
    let printed = run
        .stdout
        .lines()
        .map(|line| line.split_whitespace().collect::<String>());
    let printed: Vec<String> = printed.filter(|line| !line.is_empty()).collect();
    let shown: Vec<String> = shown.collect();
    assert!(printed.len() > 10);
    assert_eq!(shown, printed, "python3 tests/scripts/picture.py draws it anew");
}
