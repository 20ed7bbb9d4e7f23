//! Rules in SARIF: the lints that a report names, described by their pages.

use serde::Serialize;

use super::location::Text;
use crate::diagnostic::Severity;
use crate::output::{self, Style, page_url};
use crate::page::{self, Page};
use crate::report::Reported;

/// A lint.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Rule {
    id: &'static str,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    short_description: Option<Text<'static>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    full_description: Option<Text<'static>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    default_configuration: Option<Configuration>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help_uri: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<Help>,
    #[serde(skip_serializing_if = "Option::is_none")]
    properties: Option<Properties>,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Help {
    text: String,
    markdown: &'static str,
}

#[derive(Serialize)]
struct Properties {
    tags: Vec<&'static str>,
    /// What code scanning on GitHub sorts alerts by.
    #[serde(rename = "problem.severity")]
    severity: &'static str,
}

/// The names of the lints that a report names, sorted. All of them would make every report 200 kB longer.
pub struct Rules {
    names: Vec<&'static str>,
}

impl Rules {
    /// The lints of some findings.
    pub fn of(findings: &[Reported]) -> Self {
        let mut names: Vec<&'static str> = findings.iter().map(|finding| finding.lint).collect();
        names.sort_unstable();
        names.dedup();
        Self { names }
    }

    /// Where a lint stands.
    pub fn index(&self, name: &str) -> usize {
        self.names.partition_point(|other| *other < name)
    }

    /// The rules in order.
    pub fn described(&self) -> Vec<Rule> {
        self.names.iter().map(|name| rule(name)).collect()
    }
}

fn rule(name: &'static str) -> Rule {
    let page = page::of(name);
    Rule {
        id: name,
        name: pascal_case(name),
        short_description: page.map(|page| Text::of(page.summary.as_str())),
        full_description: page.map(|page| Text::of(introduction(page))),
        default_configuration: page.map(|page| Configuration {
            level: super::level(page.severity),
        }),
        help_uri: page_url(name),
        help: page.map(|page| Help {
            text: plain(page.body),
            markdown: page.body,
        }),
        properties: page.map(|page| Properties {
            tags: vec![page.group.as_str()],
            severity: problem_severity(page.severity),
        }),
    }
}

/// What stands on the page between its title and its first section, on one line; the summary when nothing does.
fn introduction(page: &'static Page) -> String {
    let below_title = page.body.split_once('\n').map_or("", |(_, rest)| rest);
    let text = below_title.split("\n## ").next().unwrap_or_default();
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.as_slice() {
        [] => page.summary.clone(),
        words => words.join(" "),
    }
}

/// The page laid out as on a terminal without colours.
fn plain(markdown: &str) -> String {
    let mut text = Vec::new();
    match output::page::write(markdown, Style::PLAIN, &mut text) {
        Ok(()) => String::from_utf8_lossy(&text).into_owned(),
        // The Markdown itself can be read, too.
        Err(_) => markdown.to_owned(),
    }
}

fn problem_severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "recommendation",
    }
}

/// `mse-for-classification` is `MseForClassification`: the form that the standard asks of a rule's name.
fn pascal_case(name: &str) -> String {
    let mut pascal = String::with_capacity(name.len());
    for word in name.split('-') {
        let mut letters = word.chars();
        pascal.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        pascal.push_str(letters.as_str());
    }
    pascal
}
