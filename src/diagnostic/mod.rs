//! What is said of a model: findings with their places, reasons and remedies, and what could not be judged. Not how it is
//! drawn or counted.

mod fix;
mod unjudged;

use std::fmt;

pub use fix::{Applicability, Change, Fix, Literal};
pub use unjudged::{NotChecked, Unjudged};

use serde::{Deserialize, Serialize};

use crate::span::Location;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// It works, but worse than it could.
    Info,
    /// Likely a mistake, or harmful in most cases.
    Warning,
    /// A certain contradiction.
    Error,
}

impl Severity {
    /// The word that reports use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How sure the facts behind a finding are: those of the task, where it rests on one, else what the file says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// The shape of the model suggests it.
    Guessed,
    /// Another fact implies it.
    Implied,
    /// The configuration says it.
    Declared,
}

impl Confidence {
    /// The word that reports use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Declared => "declared",
            Self::Implied => "implied",
            Self::Guessed => "guessed",
        }
    }
}

/// A place in a file and what is said about it: half a sentence that continues the title.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Where.
    pub at: Location,
    /// What the reader sees beside it.
    pub label: String,
}

impl Place {
    /// A labelled place.
    pub fn new(at: Location, label: impl Into<String>) -> Self {
        Self {
            at,
            label: label.into(),
        }
    }
}

/// One mistake, as a lint sees it: certain title, places, reason and remedies.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The lint's name, in kebab case.
    pub lint: &'static str,
    /// How bad it is, before the user's overrides.
    pub severity: Severity,
    /// How sure the facts behind it are.
    pub confidence: Confidence,
    /// One clause that is certain.
    pub message: String,
    /// What to change.
    pub primary: Place,
    /// What it contradicts.
    pub related: Vec<Place>,
    /// Why the task was taken to be what it is, when nobody declared it.
    pub evidence: Vec<Place>,
    /// The same in words: how the task is read, and from what. `None` when it is declared or does not matter.
    pub reading: Option<String>,
    /// The effect, with a number when there is one.
    pub why: String,
    /// What to do, the recommended remedy first.
    pub help: Vec<Remedy>,
}

/// One way to mend a finding.
#[derive(Debug, Clone, PartialEq)]
pub struct Remedy {
    /// The edit in the file's own words.
    pub text: String,
    /// The edit itself, when it can be made.
    pub fix: Option<Fix>,
    /// Whether it is to say what the task really is.
    pub declares_task: bool,
}

impl<T: Into<String>> From<T> for Remedy {
    fn from(text: T) -> Self {
        Self {
            text: text.into(),
            fix: None,
            declares_task: false,
        }
    }
}

impl Finding {
    /// A finding with its main place; the rest is added by the methods below, its lint by whoever runs that.
    pub fn new(severity: Severity, confidence: Confidence, message: impl Into<String>, primary: Place) -> Self {
        Self {
            lint: "",
            severity,
            confidence,
            message: message.into(),
            primary,
            related: Vec::new(),
            evidence: Vec::new(),
            reading: None,
            why: String::new(),
            help: Vec::new(),
        }
    }

    /// The same as a finding of this lint.
    pub fn of(self, lint: &'static str) -> Self {
        Self { lint, ..self }
    }

    /// The main place and those that it contradicts.
    pub fn places(&self) -> impl Iterator<Item = &Place> {
        std::iter::once(&self.primary).chain(&self.related)
    }

    /// Adds a place that the main one contradicts, unless nothing is said there.
    pub fn with_related(mut self, place: impl Into<Option<Place>>) -> Self {
        self.related.extend(place.into());
        self
    }

    /// Adds the reason.
    pub fn because(mut self, why: impl Into<String>) -> Self {
        self.why = why.into();
        self
    }

    /// Adds the evidence for the task.
    pub fn with_evidence(mut self, evidence: impl IntoIterator<Item = Place>) -> Self {
        self.evidence.extend(evidence);
        self
    }

    /// Adds a remedy.
    pub fn help(mut self, remedy: impl Into<Remedy>) -> Self {
        self.help.push(remedy.into());
        self
    }

    /// Adds remedies, or none.
    pub fn help_all(mut self, remedies: impl IntoIterator<Item = Remedy>) -> Self {
        self.help.extend(remedies);
        self
    }
}
