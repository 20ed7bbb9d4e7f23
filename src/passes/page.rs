//! The lints' pages: front matter, sections and examples of `lints/<name>.md`, which define a lint for all who show it.

use serde::Deserialize;

use crate::diagnostic::{Applicability, Severity};

/// A lint's page.
#[derive(Debug)]
pub struct Page {
    /// The lint's name: the page's file name.
    pub name: &'static str,
    /// What it is about.
    pub group: Group,
    /// Its usual severity.
    pub severity: Severity,
    /// Severities that it has in other cases, which the page explains.
    pub also: Vec<Severity>,
    /// The version that brought it.
    pub since: String,
    /// What it finds, in one line.
    pub summary: String,
    /// Whether and how well it can be mended by an edit.
    pub fix: Applicability,
    /// More general lints whose finding on the same head says the same mistake again.
    pub explains: Vec<String>,
    /// Names that it had before.
    pub aliases: Vec<String>,
    /// The text below the front matter, in Markdown.
    pub body: &'static str,
}

/// A page as it is compiled in.
#[derive(Debug, Clone, Copy)]
pub(super) struct PageText {
    /// The front matter, as the JSON that the build script has made of it.
    pub front: &'static str,
    /// All of it, as it stands in `lints/`.
    pub whole: &'static str,
}

/// What a lint is about; a group can be selected by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Hash)]
#[serde(rename_all = "lowercase")]
pub enum Group {
    /// The loss does not fit the task.
    Task,
    /// The output activation does not fit the loss.
    Activation,
    /// Logits and probabilities are mixed up.
    Logits,
    /// The label format does not fit.
    Labels,
    /// The regression target.
    Targets,
    /// Logarithms, epsilons, precision.
    Numerics,
    /// Metrics and reductions.
    Metrics,
    /// The file itself.
    Config,
    /// Right, but could be better: off unless selected.
    Pedantic,
}

impl Group {
    /// All groups.
    pub const ALL: &[Group] = &[
        Self::Task,
        Self::Activation,
        Self::Logits,
        Self::Labels,
        Self::Targets,
        Self::Numerics,
        Self::Metrics,
        Self::Config,
        Self::Pedantic,
    ];

    /// The word for selecting it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Task => "task",
            Self::Activation => "activation",
            Self::Logits => "logits",
            Self::Labels => "labels",
            Self::Targets => "targets",
            Self::Numerics => "numerics",
            Self::Metrics => "metrics",
            Self::Config => "config",
            Self::Pedantic => "pedantic",
        }
    }
}

/// An example on a page: it is run as a test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The text format: `toml` or `json`.
    pub format: String,
    /// Whether the lint must fire on it; on a good one every lint is silent.
    pub bad: bool,
    /// The text.
    pub text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FrontMatter {
    group: Group,
    severity: Severity,
    #[serde(default)]
    also: Vec<Severity>,
    since: String,
    summary: String,
    fix: Applicability,
    #[serde(default)]
    explains: Vec<String>,
    #[serde(default)]
    aliases: Vec<String>,
}

/// The page of the lint of that name.
pub fn of(name: &str) -> Option<&'static Page> {
    super::lint(name).map(|lint| &lint.page)
}

impl Page {
    /// Reads a page that is compiled in. A page that cannot be read is a mistake of this program that its tests find; it
    /// then shows as an empty one.
    pub(super) fn read(name: &'static str, text: PageText) -> Self {
        Self::parse(name, text).unwrap_or_else(|error| {
            debug_assert!(false, "lints/{name}.md: {error}");
            Self::empty(name, text.whole)
        })
    }

    fn parse(name: &'static str, text: PageText) -> Result<Self, serde_json::Error> {
        let front: FrontMatter = serde_json::from_str(text.front)?;
        let body = text.whole.splitn(3, "+++\n").nth(2).unwrap_or(text.whole);
        Ok(Self {
            name,
            group: front.group,
            severity: front.severity,
            also: front.also,
            since: front.since,
            summary: front.summary,
            fix: front.fix,
            explains: front.explains,
            aliases: front.aliases,
            body: body.trim_start(),
        })
    }

    fn empty(name: &'static str, body: &'static str) -> Self {
        Self {
            name,
            group: Group::Config,
            severity: Severity::Warning,
            also: Vec::new(),
            since: String::new(),
            summary: String::new(),
            fix: Applicability::Display,
            explains: Vec::new(),
            aliases: Vec::new(),
            body,
        }
    }

    /// The examples: fenced blocks whose info string is a format and `bad` or `good`.
    pub fn examples(&self) -> Vec<Example> {
        let mut examples = Vec::new();
        let mut open: Option<Example> = None;
        for line in self.body.lines() {
            match (&mut open, line.strip_prefix("```")) {
                (Some(example), Some(_)) => {
                    examples.push(example.clone());
                    open = None;
                }
                (Some(example), None) => {
                    example.text.push_str(line);
                    example.text.push('\n');
                }
                (None, Some(info)) => open = example_of(info),
                (None, None) => {}
            }
        }
        examples
    }

    /// The text below a heading of the second level, up to the next one; `None` when the page has no such section.
    pub fn section(&self, heading: &str) -> Option<&'static str> {
        let marker = format!("## {heading}\n");
        let start = self.body.find(&marker)? + marker.len();
        let rest = &self.body[start..];
        let end = rest.find("\n## ").map_or(rest.len(), |end| end + 1);
        Some(rest[..end].trim())
    }
}

fn example_of(info: &str) -> Option<Example> {
    let (format, kind) = info.trim().split_once(' ')?;
    let bad = match kind {
        "bad" => true,
        "good" => false,
        _ => return None,
    };
    Some(Example {
        format: format.to_owned(),
        bad,
        text: String::new(),
    })
}
