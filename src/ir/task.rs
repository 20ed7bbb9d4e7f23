//! What task a head is for, how sure that is, and why. Not for concluding it.

use crate::diagnostic::{Confidence, Place};
use crate::knowledge::TaskKind;

/// The task of a head and why it is taken to be that.
#[derive(Debug, Clone, PartialEq)]
pub struct Task {
    /// What is concluded.
    pub conclusion: Conclusion,
    /// How sure.
    pub confidence: Confidence,
    /// The places that led there, the strongest first. Empty when nothing is concluded.
    pub evidence: Vec<Place>,
    /// What each of these places says, in words that stand alone: `metrics has "accuracy"`.
    pub grounds: Vec<String>,
}

/// What is known of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conclusion {
    /// Nothing says.
    Open,
    /// A classification, but which one is open.
    Classification,
    /// This task.
    Kind(TaskKind),
}

impl Task {
    /// A task of which nothing is known yet.
    pub fn open() -> Self {
        Self {
            conclusion: Conclusion::Open,
            confidence: Confidence::Guessed,
            evidence: Vec::new(),
            grounds: Vec::new(),
        }
    }

    /// How the task is read and from what, when nobody declared it: `reads as a classifier because metrics has "accuracy"`.
    pub fn reading(&self) -> Option<String> {
        const MOST_GROUNDS: usize = 3;
        if self.confidence == Confidence::Declared || self.grounds.is_empty() {
            return None;
        }
        let grounds = &self.grounds[..self.grounds.len().min(MOST_GROUNDS)];
        let (last, before) = grounds.split_last()?;
        let joined = match before {
            [] => last.clone(),
            before => format!("{} and {last}", before.join(", ")),
        };
        Some(format!("reads as {} because {joined}", self.in_words()?))
    }

    fn in_words(&self) -> Option<&'static str> {
        use TaskKind::*;
        Some(match self.conclusion {
            Conclusion::Open => return None,
            Conclusion::Classification | Conclusion::Kind(Binary | Multiclass) => "a classifier",
            Conclusion::Kind(Multilabel) => "a classifier of several labels at once",
            Conclusion::Kind(Regression | Count) => "a regression",
            Conclusion::Kind(Ordinal) => "a task of ordered classes",
            Conclusion::Kind(Distillation) => "a distillation",
            Conclusion::Kind(_) => return None,
        })
    }

    /// Whether the task is concluded to be of this kind.
    pub fn is(&self, kind: TaskKind) -> bool {
        self.conclusion == Conclusion::Kind(kind)
    }

    /// The kind, when it is concluded.
    pub fn kind(&self) -> Option<TaskKind> {
        match self.conclusion {
            Conclusion::Kind(kind) => Some(kind),
            Conclusion::Open | Conclusion::Classification => None,
        }
    }

    /// Whether samples get classes or labels: binary, multiclass, multi-label, or open which.
    pub fn is_classification(&self) -> bool {
        match self.conclusion {
            Conclusion::Classification => true,
            Conclusion::Kind(kind) => kind.is_classification(),
            Conclusion::Open => false,
        }
    }

    /// Whether numbers are predicted.
    pub fn is_regression(&self) -> bool {
        matches!(
            self.conclusion,
            Conclusion::Kind(TaskKind::Regression | TaskKind::Count)
        )
    }

    /// Whether the configuration itself says it.
    pub fn is_declared(&self) -> bool {
        self.confidence == Confidence::Declared && self.conclusion != Conclusion::Open
    }

    /// Whether it is declared or follows from another fact: more than the model's shape.
    pub fn is_at_least_implied(&self) -> bool {
        self.confidence >= Confidence::Implied && self.conclusion != Conclusion::Open
    }
}
