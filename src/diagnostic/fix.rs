//! Fixes as lints give them: changes of values, keys and items, named by place. Not the bytes: these depend on the format.

use serde::{Deserialize, Serialize};

use crate::span::Location;

/// What a fix promises.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Applicability {
    /// The numbers stay the same, or the framework would refuse the file anyway.
    Safe,
    /// A choice among good ones, or saved weights change their meaning.
    Unsafe,
    /// For showing only.
    Display,
}

impl Applicability {
    /// The word that reports use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Unsafe => "unsafe",
            Self::Display => "display",
        }
    }
}

/// Changes that mend a finding together.
#[derive(Debug, Clone, PartialEq)]
pub struct Fix {
    /// What is promised.
    pub applicability: Applicability,
    /// The changes; they do not overlap.
    pub changes: Vec<Change>,
}

/// One change of a file's values.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// Another value in the place of one.
    Replace {
        /// The value.
        at: Location,
        /// What stands there instead.
        with: Literal,
    },
    /// A key and its value in an object that does not have it.
    Insert {
        /// The object.
        into: Location,
        /// The key behind which it stands; at the end without it.
        after: Option<String>,
        /// The key.
        key: String,
        /// The value.
        value: Literal,
    },
    /// An item of a list, or a member of an object by its value, taken out.
    Remove {
        /// The item or value.
        at: Location,
    },
}

impl Change {
    /// What is changed, or gets a new key.
    pub fn at(&self) -> Location {
        match self {
            Self::Replace { at, .. } | Self::Insert { into: at, .. } | Self::Remove { at } => *at,
        }
    }
}

/// A value to write.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// A text.
    Text(String),
    /// A number.
    Number(f64),
    /// A truth value.
    Bool(bool),
    /// JSON's null; it cannot be written in TOML.
    Null,
    /// Keys and values in order.
    Table(Vec<(String, Literal)>),
}
