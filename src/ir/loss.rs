//! What a head is trained and watched by: losses, their parts and switches, metrics.

use std::sync::Arc;

use super::Computation;
use crate::diagnostic::{Change, Literal};
use crate::knowledge::{Family, Input, LossRow, MetricRow, Range, Reduction, TaskKind, Vocabulary};
use crate::span::{Location, Spanned};

/// What a configuration says about a head's loss.
#[derive(Debug)]
pub enum LossStatement {
    /// Nothing: the normal case of an export without compile data.
    Unstated,
    /// This output is not trained.
    None(Location),
    /// A loss that the tables know.
    Known(Box<Loss>),
    /// A metric, where the framework takes losses only.
    Metric(Spanned<String>),
    /// A function that the tables do not know.
    Unknown(Spanned<String>),
    /// A function of the user's own, written out.
    Custom {
        /// The text, shortened.
        written: Spanned<String>,
        /// Its arithmetic, or why it cannot be read.
        expression: Result<Computation, NotPython>,
    },
}

/// An expression that is not Python.
#[derive(Debug, Clone, PartialEq)]
pub struct NotPython {
    /// What the parser says.
    pub message: String,
    /// Where.
    pub at: Location,
}

/// A loss that the tables know, with its arguments read.
#[derive(Debug, Clone)]
pub struct Loss {
    /// As the file spells it.
    pub written: Spanned<String>,
    /// Whether the framework takes the name.
    pub accepted: Accepted,
    /// How it is written: what there is to edit.
    pub form: LossForm,
    /// What the place takes in which it is written.
    pub vocabulary: Vocabulary,
    /// What it is.
    pub row: Arc<LossRow>,
    /// Its addends; a plain loss has one.
    pub parts: Vec<Part>,
    /// Where it is said that it takes a softmax over the outputs, because classes exclude each other. Its family says so of
    /// a cross-entropy.
    pub exclusive: Option<Location>,
    /// How it is reduced, when an argument says so.
    pub reduction: Option<Spanned<Reduction>>,
    /// The argument that weighs classes against each other, when one is given.
    pub class_weight: Option<Location>,
    /// How many weights of classes are given, when they are a list.
    pub weights: Option<Spanned<u64>>,
    /// Arguments that are given, and do not count beside this loss or are refused there.
    pub ineffective: Vec<Ineffective>,
    /// A word for the reduction that the library does not take, or its newer versions do not.
    pub refused_reduction: Option<(Spanned<String>, Accepted)>,
    /// Where it is said that the training runs under CUDA's automatic mixed precision.
    pub under_autocast: Option<Location>,
    /// Arguments that the library does not go without, and that are not given.
    pub missing: Vec<String>,
    /// Arguments that stand beside it and will stand beside any other in its place, by the names of the tables.
    pub settings: Vec<String>,
    /// A focal loss's share of the positive class, 0 to 1.
    pub alpha: Option<Spanned<f64>>,
    /// A focal loss's exponent, 0 and up.
    pub gamma: Option<Spanned<f64>>,
}

impl Loss {
    /// What the whole of it computes; the addends of a composite have families of their own.
    pub fn family(&self) -> Family {
        self.row.family
    }

    /// The first part that fulfils a condition.
    pub fn part(&self, condition: impl Fn(&Part) -> bool) -> Option<&Part> {
        self.parts.iter().find(|part| condition(part))
    }

    /// Whether every part fulfils a condition.
    pub fn all_parts(&self, condition: impl Fn(&Part) -> bool) -> bool {
        self.parts.iter().all(condition)
    }
}

/// An argument that is given and has no effect, or that keeps the library from starting.
#[derive(Debug, Clone, PartialEq)]
pub struct Ineffective {
    /// Its name, as the file writes it, and where its value stands.
    pub argument: Spanned<String>,
    /// Whether the library refuses it; it goes on without a word otherwise.
    pub is_refused: bool,
    /// The argument that would make it count.
    pub unless: Option<String>,
    /// What it is that does not go with it.
    pub why: Why,
}

/// What an argument does not go with.
#[derive(Debug, Clone, PartialEq)]
pub enum Why {
    /// The loss, whatever else is given.
    Loss,
    /// An argument that stands beside it: its name, and with its value.
    Beside(String, Spanned<String>),
    /// An output of one unit. Whether the output is that is for the head to say.
    OneUnit,
    /// Its own value, which lies outside this range.
    Outside(f64, Range),
}

/// How a loss is written.
#[derive(Debug, Clone, PartialEq)]
pub enum LossForm {
    /// Not at all: it follows from something else that is said there, and nothing can be put in its place. It may be said
    /// by this further argument.
    Implied(Option<(Room, String)>),
    /// As a name only. With arguments it would be this object, when the dialect has such a form.
    Name(Option<ObjectForm>),
    /// With a place for arguments.
    Object {
        /// Where further arguments go.
        arguments: Room,
        /// The arguments that are given.
        given: Vec<String>,
    },
    /// As a call in an expression, whose arguments are no values that can be edited.
    Call,
    /// With a place for arguments, and a name that is no value which can be replaced, such as a YAML tag.
    Tagged {
        /// Where further arguments go.
        arguments: Room,
    },
}

/// Where a further argument goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Room {
    /// The object that gets a key.
    pub into: Location,
    /// The key of the object for arguments that has to be made there first, such as `init_args`.
    pub under: Option<String>,
}

impl Room {
    /// The change that gives an argument.
    pub fn give(&self, argument: &str, value: Literal) -> Change {
        let (key, value) = match &self.under {
            Some(under) => (under.as_str(), Literal::Table(vec![(argument.to_owned(), value)])),
            None => (argument, value),
        };
        Change::Insert {
            into: self.into,
            after: None,
            key: key.to_owned(),
            value,
        }
    }
}

/// What a loss looks like when it has arguments.
#[derive(Debug, Clone, PartialEq)]
pub struct ObjectForm {
    /// The value that it stands in place of.
    pub at: Location,
    /// The keys and values that name the loss.
    pub table: Vec<(String, Literal)>,
    /// The key among them that holds the arguments; they stand beside the others when absent.
    pub arguments: Option<String>,
}

impl ObjectForm {
    /// The object with an argument.
    pub fn with(&self, argument: &str, value: Literal) -> Literal {
        let given = vec![(argument.to_owned(), value)];
        let mut table = self.table.clone();
        match &self.arguments {
            Some(key) => {
                if let Some((_, arguments)) = table.iter_mut().find(|(own, _)| own == key) {
                    *arguments = Literal::Table(given);
                }
            }
            None => table.extend(given),
        }
        Literal::Table(table)
    }
}

/// Whether a framework takes a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Accepted {
    /// It does.
    Yes,
    /// Only its older versions do.
    BeforeOnly,
    /// It does not; what is meant is clear.
    No,
}

/// One addend of a loss: what it computes and what it expects.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// What it computes.
    pub family: Family,
    /// What it expects to be fed with, its switches read.
    pub input: Input,
    /// The switch that decided, if one did.
    pub decision: Option<Decision>,
}

/// An argument that decides what a loss or a metric expects.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// The argument's name, such as `from_logits`.
    pub argument: String,
    /// Its value, given or default.
    pub value: bool,
    /// Where it is given; `None` when it is the default.
    pub at: Option<Location>,
    /// Whether the loss ignores it, because the output has one unit.
    pub is_ignored: bool,
}

/// A metric that the tables know.
#[derive(Debug, Clone)]
pub struct Metric {
    /// As the file spells it.
    pub written: Spanned<String>,
    /// Whether the framework takes the name.
    pub accepted: Accepted,
    /// What it is.
    pub row: Arc<MetricRow>,
    /// What it expects, its switches read.
    pub input: Input,
    /// The cut between yes and no, given or default; `None` when it needs none.
    pub threshold: Option<f64>,
    /// The argument that would keep it from taking the largest output for the class, when it does so for want of it.
    pub largest_without: Option<String>,
    /// The one task that it is told to be for, by its name or an argument, when the row has several.
    pub task: Option<Spanned<TaskKind>>,
    /// The number of classes or labels that it is told.
    pub classes: Option<Spanned<u64>>,
}

impl Metric {
    /// Whether logits would be wrong for it: it cuts or ranks values between 0 and 1.
    pub fn reads_probabilities(&self) -> bool {
        let cuts_at_zero = self.threshold.is_some_and(|threshold| threshold <= 0.0);
        self.input == Input::Probabilities && !cuts_at_zero
    }
}
