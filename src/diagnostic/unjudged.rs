//! What was seen and could not be judged, and why: the other half of a report, beside its findings.

use crate::span::Location;

/// Something that was seen and could not be judged: distinct from clean.
#[derive(Debug, Clone, PartialEq)]
pub struct NotChecked {
    /// What kind of thing, for counting.
    pub what: Unjudged,
    /// Where it stands.
    pub at: Location,
    /// Why it cannot be judged, in one clause.
    pub why: String,
}

/// The kinds of things that cannot be judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unjudged {
    /// No loss is stated.
    NoLoss,
    /// The loss is a function of the user's own.
    CustomLoss,
    /// The loss's name is not known.
    UnknownLoss,
    /// A layer at the end is not known, or is code.
    UnknownLayer,
    /// The activation at the end is not known, or is code.
    UnknownActivation,
    /// The model is a class that the configuration only names.
    NamedModel,
    /// A metric's name is not known.
    UnknownMetric,
    /// A value is filled in elsewhere.
    Unresolved,
    /// The file is a part of a configuration, without a network or a loss.
    Part,
    /// The file's form is damaged or not understood here.
    Malformed,
}

impl Unjudged {
    /// The word that reports for programs use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoLoss => "no-loss",
            Self::CustomLoss => "custom-loss",
            Self::UnknownLoss => "unknown-loss",
            Self::UnknownLayer => "unknown-layer",
            Self::UnknownActivation => "unknown-activation",
            Self::NamedModel => "named-model",
            Self::UnknownMetric => "unknown-metric",
            Self::Unresolved => "unresolved",
            Self::Part => "part",
            Self::Malformed => "malformed",
        }
    }
}
