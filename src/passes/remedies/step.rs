//! Steps of a remedy: what to do in words, and the changes that do it when they can be made.

use crate::diagnostic::{Applicability, Change, Fix, Remedy};

/// Something to do, in the file's own words.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    text: String,
    /// The changes; `None` when only a person can make them.
    changes: Option<Vec<Change>>,
}

impl Step {
    /// Words only.
    pub fn words(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            changes: None,
        }
    }

    /// Words and the change that does it, if it can be made.
    pub fn with(text: impl Into<String>, change: Option<Change>) -> Self {
        Self {
            text: text.into(),
            changes: change.map(|change| vec![change]),
        }
    }

    /// The same step, for a person to carry out.
    pub fn in_words(self) -> Self {
        Self { changes: None, ..self }
    }

    /// This and another step.
    pub fn and(self, other: Step) -> Self {
        let changes = match (self.changes, other.changes) {
            (Some(mut changes), Some(others)) => {
                changes.extend(others);
                Some(changes)
            }
            _ => None,
        };
        Self {
            text: format!("{} and {}", self.text, other.text),
            changes,
        }
    }

    /// The same step with more words, and with one more change: without it only a person can carry the step out.
    pub fn with_more(self, words: &str, change: Option<Change>) -> Self {
        let changes = self.changes.zip(change).map(|(mut changes, change)| {
            changes.push(change);
            changes
        });
        Self {
            text: format!("{}{words}", self.text),
            changes,
        }
    }

    /// The same step as an alternative.
    pub fn or(self) -> Self {
        Self {
            text: format!("or {}", self.text),
            ..self
        }
    }

    /// The same step with more words behind.
    pub fn when(self, condition: &str) -> Self {
        Self {
            text: format!("{}{condition}", self.text),
            ..self
        }
    }

    /// A remedy whose numbers stay the same, or that mends what the framework would refuse.
    pub fn safe(self) -> Remedy {
        self.remedy(Applicability::Safe)
    }

    /// A remedy that is a choice among good ones, or changes what saved weights mean.
    pub fn choice(self) -> Remedy {
        self.remedy(Applicability::Unsafe)
    }

    /// A remedy that is shown and never applied: which one is right only a person knows.
    pub fn shown(self) -> Remedy {
        self.remedy(Applicability::Display)
    }

    fn remedy(self, applicability: Applicability) -> Remedy {
        Remedy {
            text: self.text,
            fix: self.changes.map(|changes| Fix { applicability, changes }),
            declares_task: false,
        }
    }
}
