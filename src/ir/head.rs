//! One output of a model: how it ends, what loss and metrics belong to it, what is known of its labels.

use std::sync::Arc;

use serde::Deserialize;

use super::{Accepted, Conflict, Facts, Ineffective, Loss, LossStatement, Metric, NotChecked, Room, Task, Why};
use crate::diagnostic::Literal;
use crate::knowledge::{ActivationRow, Precision, Produces, Range};
use crate::span::{Location, Spanned};

/// One output of a model with everything that is said about it.
#[derive(Debug)]
pub struct Head {
    /// The output's name.
    pub name: Option<Spanned<String>>,
    /// Its part in a detector.
    pub role: Option<Spanned<Role>>,
    /// Where to point when nothing more precise is known: the layer or the entry that ends in it.
    pub at: Location,
    /// What comes out.
    pub output: Output,
    /// The loss that it is trained by.
    pub loss: LossStatement,
    /// The project's own class that is given both the output and the loss: its code decides what the loss sees.
    pub meets_loss_in: Option<Spanned<String>>,
    /// Of a program's head that comes about in several ways the number that these have in common: what is wrong with it is wrong
    /// in each of them.
    pub meeting: Option<u32>,
    /// Where a program's output meets its loss, and by which layers and functions it comes there.
    pub met: Option<Spanned<Vec<String>>>,
    /// The metrics that watch it.
    pub metrics: Vec<Metric>,
    /// What is declared of its task and labels.
    pub facts: Facts,
    /// Whether it stands in a program, in which labels are seen or not known rather than left to whoever declares them.
    pub is_in_program: bool,
    /// What its code shows of these, without saying it.
    pub seen: Option<Box<Seen>>,
    /// Facts that two places declare differently.
    pub conflicts: Vec<Conflict>,
    /// The task that follows from all this. Filled by `conclude`.
    pub task: Task,
    /// What could not be judged here.
    pub not_checked: Vec<NotChecked>,
}

/// Facts that code shows by what flows where.
#[derive(Debug, Clone)]
pub struct Seen {
    /// The facts.
    pub facts: Facts,
    /// What makes the labels what they are.
    pub at: Location,
}

impl Head {
    /// The loss, when one is stated and known.
    pub fn known_loss(&self) -> Option<&Loss> {
        match &self.loss {
            LossStatement::Known(loss) => Some(loss),
            _ => None,
        }
    }

    /// The arguments that do not count beside the loss (or are refused there), given what is known of the output.
    pub fn ineffective(&self, is_refused: bool) -> impl Iterator<Item = &Ineffective> {
        let is_one_unit = self.output.units.is_some_and(|units| units.value == 1);
        let all = self.known_loss().into_iter().flat_map(|loss| &loss.ineffective);
        all.filter(move |one| one.is_refused == is_refused && (one.why != Why::OneUnit || is_one_unit))
    }

    /// The activation that ends it, when it is known.
    pub fn activation(&self) -> Option<&HeadActivation> {
        match &self.output.ending {
            Ending::Known(activation) => Some(activation),
            Ending::Unknown => None,
        }
    }

    /// The number of units, when it is known.
    pub fn units(&self) -> Option<u64> {
        self.output.units.as_ref().map(|units| units.value)
    }

    /// Whether loss and output are both known, so that the pairing can be judged.
    pub fn is_judged(&self) -> bool {
        self.known_loss().is_some() && self.activation().is_some()
    }
}

/// The part of an output in a detector.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Which class.
    Class,
    /// Where.
    Box,
}

/// What comes out of a head.
#[derive(Debug, Clone)]
pub struct Output {
    /// The width of the last axis: the number of classes, labels or predicted numbers.
    pub units: Option<Spanned<u64>>,
    /// The operation that really ends it, behind layers that only pass values on.
    pub ending: Ending,
    /// An activation that stands before the one that ends it, and squashes what that one works on.
    pub squashed_by: Option<Box<HeadActivation>>,
    /// Whether a layer between the activation and the output changed the shape.
    pub reshaped: bool,
    /// Whether the values that it ends in are averaged over the positions, or the largest of them is taken.
    pub over_positions: bool,
    /// Whether there is an output for every pixel or step.
    pub positions: bool,
    /// Whether the output is as wide as the input: an autoencoder's shape.
    pub mirrors_input: bool,
    /// The number format that the output is computed in, when the file names one.
    pub precision: Option<Spanned<Precision>>,
}

impl Output {
    /// An output of which only the ending is known.
    pub fn unknown(ending: Ending) -> Self {
        Self {
            units: None,
            ending,
            squashed_by: None,
            reshaped: false,
            over_positions: false,
            positions: false,
            mirrors_input: false,
            precision: None,
        }
    }
}

/// How a head ends.
#[derive(Debug, Clone)]
pub enum Ending {
    /// An activation that the tables know, the identity included.
    Known(HeadActivation),
    /// Code, a custom layer or arithmetic whose range is not known.
    Unknown,
}

/// The activation that ends a head.
#[derive(Debug, Clone)]
pub struct HeadActivation {
    /// What it is.
    pub row: Arc<ActivationRow>,
    /// As the file spells it; the default's name when nothing is written.
    pub written: String,
    /// Whether the framework takes the name.
    pub accepted: Accepted,
    /// The text that says it, or the layer when nothing is written.
    pub at: Location,
    /// How it is written: what there is to edit.
    pub form: ActivationForm,
    /// What may stand in its place.
    pub vocabulary: Box<ActivationWords>,
    /// Whether it works over the units, not over positions.
    pub over_units: bool,
    /// The argument that lets it work over the samples of a batch, if one does.
    pub over_batch: Option<Box<Location>>,
    /// Whether a layer that is known computes what it works on: without the activation, that is what comes out.
    pub works_on_scores: bool,
    /// The layer that computes the scores.
    pub layer: Layer,
    /// When it is a layer that can be taken out: the whole layer, an item of a plain sequence.
    pub removable: Option<Location>,
}

impl HeadActivation {
    /// The same activation, written in another form.
    pub fn in_form(self, form: ActivationForm) -> Self {
        Self { form, ..self }
    }

    /// What comes out.
    pub fn produces(&self) -> Produces {
        self.row.produces
    }

    /// The values that can come out.
    pub fn range(&self) -> Range {
        self.row.range
    }

    /// No activation: raw scores.
    pub fn is_identity(&self) -> bool {
        self.row.produces == Produces::Identity
    }
}

/// What a place takes for an activation.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ActivationWords {
    /// Of words that give the same, the usual one first.
    pub words: Vec<Word>,
    /// The argument that says the axis, where it is given to a layer of its own.
    pub axis: Option<Location>,
}

/// A word that a place takes for an activation.
#[derive(Debug, Clone, PartialEq)]
pub struct Word {
    /// What it gives.
    pub gives: Produces,
    /// The value to write.
    pub value: Literal,
    /// Whether it takes the argument that says the axis.
    pub takes_axis: bool,
}

/// A layer as a report names it.
#[derive(Debug, Clone, PartialEq)]
pub struct Layer {
    /// The class name as the file spells it.
    pub written: String,
    /// The text that names the class.
    pub at: Location,
    /// Where further arguments of it go, when there is a place for them.
    pub arguments: Option<Room>,
}

/// How an activation is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ActivationForm {
    /// As the value of this argument of a layer.
    Argument(String),
    /// As a layer that is nothing else.
    Layer,
    /// As the value of this argument of a layer that is nothing else.
    OwnLayer(String),
    /// By an argument that is true or false.
    Switch {
        /// The argument.
        argument: String,
        /// The value that would choose the other activation.
        other: bool,
        /// What the other activation gives.
        gives: Produces,
    },
    /// Not at all: it is the layer's default, or the layer has none.
    Default {
        /// The argument that could name one, if the layer has such an argument.
        argument: Option<String>,
    },
}
