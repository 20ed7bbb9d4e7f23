//! What a row says of an argument: that it does not count beside this loss, or that the library refuses it there.

use serde::Deserialize;

use super::Given;

/// An argument that a loss pays no heed to, or that its library refuses beside it: a name, or a table with more.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(from = "Written")]
pub struct ArgumentRule {
    /// The argument's name.
    pub argument: String,
    /// An argument that is false by default, and makes this one count when it is true.
    pub unless: Option<String>,
    /// The value that says nothing, because it is the default: an export writes it down.
    pub default: Option<f64>,
}

impl ArgumentRule {
    /// Whether the rule holds beside the arguments that a configuration gives. Where one cannot be read, it does not.
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
    default: Option<f64>,
}

impl From<Written> for ArgumentRule {
    fn from(written: Written) -> Self {
        let table = match written {
            Written::Table(table) => table,
            Written::Name(argument) => Table {
                argument,
                unless: None,
                default: None,
            },
        };
        Self {
            argument: table.argument,
            unless: table.unless,
            default: table.default,
        }
    }
}
