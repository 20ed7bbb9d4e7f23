//! What a row says of an argument: that it does not count beside this loss, or that the library refuses it there.

use std::fmt;

use serde::Deserialize;

use super::Given;
use crate::knowledge::Range;

/// An argument that a loss pays no heed to, or that its library refuses beside it: a name, or a table with more.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(from = "Written")]
pub struct ArgumentRule {
    /// The argument's name.
    pub argument: String,
    /// An argument that is false by default, and makes this one count when it is true.
    pub unless: Option<String>,
    /// The value that says nothing, because it is the default: an export writes it down.
    pub default: Option<Plain>,
    /// What must stand beside it for the rule to hold.
    pub beside: Option<Beside>,
    /// Whether the rule holds only where the output has one unit.
    pub one_unit: bool,
    /// The numbers for which the rule does not hold.
    pub outside: Option<Range>,
}

/// A plain value of an argument.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Plain {
    /// A truth value.
    Truth(bool),
    /// A number.
    Number(f64),
    /// A word.
    Word(String),
}

impl fmt::Display for Plain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Truth(truth) => truth.fmt(f),
            Self::Number(number) => number.fmt(f),
            Self::Word(word) => word.fmt(f),
        }
    }
}

/// Another argument and its value, beside which a rule holds.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Beside {
    /// The other argument's name.
    pub argument: String,
    /// Its value.
    pub is: Plain,
    /// Whether it has this value where it is not given.
    #[serde(default)]
    pub by_default: bool,
}

impl ArgumentRule {
    /// A rule for an argument, whatever else is given.
    pub fn always(argument: &str, default: Option<f64>) -> Self {
        Self {
            argument: argument.to_owned(),
            default: default.map(Plain::Number),
            ..Self::default()
        }
    }

    /// Whether no argument that makes this one count is on. Where one cannot be read, the rule does not hold.
    pub fn holds(&self, read: impl Fn(&str) -> Given) -> bool {
        let exception = self.unless.as_deref().map(read);
        matches!(exception, None | Some(Given::Absent | Given::Is(false)))
    }
}

/// An argument and a word that it can have.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArgumentWord {
    /// The argument's name.
    pub argument: String,
    /// The word.
    pub word: String,
}

/// How a rule is written.
#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Name(String),
    Table(Table),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    argument: String,
    #[serde(default)]
    unless: Option<String>,
    #[serde(default)]
    default: Option<Plain>,
    #[serde(default)]
    beside: Option<Beside>,
    #[serde(default)]
    one_unit: bool,
    #[serde(default)]
    outside: Option<Range>,
}

impl From<Written> for ArgumentRule {
    fn from(written: Written) -> Self {
        match written {
            Written::Name(argument) => Self::always(&argument, None),
            Written::Table(table) => Self {
                argument: table.argument,
                unless: table.unless,
                default: table.default,
                beside: table.beside,
                one_unit: table.one_unit,
                outside: table.outside,
            },
        }
    }
}
