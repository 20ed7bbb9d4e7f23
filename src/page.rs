//! The lints' pages: front matter, sections and examples of `lints/<name>.md`, which define a lint for all who show it.

use std::sync::OnceLock;

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
struct PageText {
    /// The lint's name.
    name: &'static str,
    /// The front matter, as the JSON that the build script has made of it.
    front: &'static str,
    /// All of it, as it stands in `lints/`.
    whole: &'static str,
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

/// All pages as they are compiled in, sorted by name.
const TEXTS: &[PageText] = include!(concat!(env!("OUT_DIR"), "/pages.rs"));

/// All pages, sorted by name.
pub fn pages() -> &'static [Page] {
    static READ: OnceLock<Vec<Page>> = OnceLock::new();
    READ.get_or_init(|| TEXTS.iter().copied().map(Page::read).collect())
}

/// The page of the lint of that name.
pub fn of(name: &str) -> Option<&'static Page> {
    let at = pages().binary_search_by(|page| page.name.cmp(name)).ok()?;
    pages().get(at)
}

impl Page {
    /// Reads a page that is compiled in. A page that cannot be read is a mistake of this program that its tests find; it
    /// then shows as an empty one.
    fn read(text: PageText) -> Self {
        Self::parse(text).unwrap_or_else(|error| {
            debug_assert!(false, "lints/{}.md: {error}", text.name);
            Self::empty(text)
        })
    }

    fn parse(text: PageText) -> Result<Self, serde_json::Error> {
        let front: FrontMatter = serde_json::from_str(text.front)?;
        let body = text.whole.splitn(3, "+++\n").nth(2).unwrap_or(text.whole);
        Ok(Self {
            name: text.name,
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

    fn empty(text: PageText) -> Self {
        Self {
            name: text.name,
            group: Group::Config,
            severity: Severity::Warning,
            also: Vec::new(),
            since: String::new(),
            summary: String::new(),
            fix: Applicability::Display,
            explains: Vec::new(),
            aliases: Vec::new(),
            body: text.whole,
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
