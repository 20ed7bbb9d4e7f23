//! Values of a program, as far as they are known.

use std::rc::Rc;

use ruff_text_size::TextRange;

use super::arena::{ClassId, InstanceId, ListId, MadeId, TableId};
use super::scope::Function;

/// A value, and where it is written: a name's value stands where it was made.
#[derive(Clone, Debug)]
pub struct Value<'p> {
    /// What it is.
    pub kind: Kind<'p>,
    /// Where it is written.
    pub at: TextRange,
}

/// What a value is.
#[derive(Clone, Debug)]
pub enum Kind<'p> {
    /// `None`.
    Nothing,
    /// A truth value.
    Truth(bool),
    /// A number.
    Number(f64),
    /// A text.
    Text(Rc<str>),
    /// A list or tuple.
    List(ListId),
    /// A dictionary.
    Table(TableId),
    /// A function or lambda of the program.
    Function(Rc<Function<'p>>),
    /// A class of the program.
    Class(ClassId),
    /// An object of such a class.
    Instance(InstanceId),
    /// `super()` within a method of that class.
    Parent(InstanceId, ClassId),
    /// A method of a value, not called yet.
    Method(Rc<(Value<'p>, Box<str>)>),
    /// What a library calls by this name.
    Library(Rc<str>),
    /// A module of the project.
    Module(usize),
    /// What a call of a library's name, of an object or an operator gives.
    Made(MadeId),
    /// It is not known.
    Unknown(Why),
}

/// Why a value is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Why {
    /// A parameter of a function that the program does not call.
    Parameter,
    /// A name that is defined nowhere, or elsewhere.
    Undefined,
    /// What it is depends on how often a loop runs.
    Loop,
    /// It is computed.
    Computed,
    /// A branch decides it that was not followed.
    Branch,
    /// The functions call each other without an end that can be seen, or too deep.
    Recursion,
    /// The program is too long to be followed to here.
    Budget,
}

impl Why {
    /// In words, behind "what goes in here is not known: ".
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Parameter => "it is given to a function that nothing in the file calls",
            Self::Undefined => "it is defined in another file, or nowhere",
            Self::Loop => "it depends on how often a loop runs",
            Self::Computed => "it is computed in a way that is not followed",
            Self::Branch => "it depends on a condition, of which there are too many",
            Self::Recursion => "functions call each other too deep",
            Self::Budget => "the program is too long to be followed to here",
        }
    }
}

/// Whether a library's name is a class, function or module of a framework, and no setting.
fn is_of_a_framework(name: &str) -> bool {
    let first = name.split('.').next().unwrap_or(name);
    matches!(first, "builtins" | "torch" | "torchvision" | "keras" | "tf")
}

impl<'p> Value<'p> {
    /// A value at a place.
    pub fn new(kind: Kind<'p>, at: TextRange) -> Self {
        Self { kind, at }
    }

    /// One that is not known.
    pub fn unknown(why: Why, at: TextRange) -> Self {
        Self::new(Kind::Unknown(why), at)
    }

    /// Whether it is known to be true or false.
    pub fn truth(&self) -> Option<bool> {
        match &self.kind {
            Kind::Nothing => Some(false),
            Kind::Truth(truth) => Some(*truth),
            Kind::Number(number) => Some(*number != 0.0),
            Kind::Text(text) => Some(!text.is_empty()),
            Kind::Function(_) | Kind::Class(_) | Kind::Instance(_) | Kind::Method(_) | Kind::Module(_) => Some(true),
            // What stands in a module that is not read may be a setting.
            Kind::Library(name) => is_of_a_framework(name).then_some(true),
            Kind::List(_) | Kind::Table(_) | Kind::Parent(..) | Kind::Made(_) | Kind::Unknown(_) => None,
        }
    }

    /// The text, if it is one.
    pub fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The number, if it is one.
    pub fn number(&self) -> Option<f64> {
        match self.kind {
            Kind::Number(number) => Some(number),
            _ => None,
        }
    }

    /// Whether both are surely the same.
    pub fn is_same(&self, other: &Self) -> bool {
        match (&self.kind, &other.kind) {
            (Kind::Nothing, Kind::Nothing) => true,
            (Kind::Truth(own), Kind::Truth(other)) => own == other,
            (Kind::Number(own), Kind::Number(other)) => own == other,
            (Kind::Text(own), Kind::Text(other)) => own == other,
            (Kind::List(own), Kind::List(other)) => own == other,
            (Kind::Table(own), Kind::Table(other)) => own == other,
            (Kind::Function(own), Kind::Function(other)) => Rc::ptr_eq(own, other),
            (Kind::Class(own), Kind::Class(other)) => own == other,
            (Kind::Instance(own), Kind::Instance(other)) => own == other,
            (Kind::Library(own), Kind::Library(other)) => own == other,
            (Kind::Made(own), Kind::Made(other)) => own == other,
            _ => false,
        }
    }
}
