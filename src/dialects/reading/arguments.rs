//! The arguments of what a configuration makes, whether they stand under keys or in a Python call.

use super::Reader;
use super::reference::Reference;
use crate::knowledge::Given;
use crate::span::{Location, Spanned};
use crate::syntax::NodeRef;

/// One argument.
#[derive(Debug, Clone, PartialEq)]
pub struct Argument {
    /// What is given.
    pub value: Value,
    /// Where.
    pub at: Location,
}

impl Argument {
    /// Whether it says anything: neither null nor false.
    pub fn is_on(&self) -> bool {
        !matches!(self.value, Value::Null | Value::Bool(false))
    }
}

/// The value of an argument, as far as it is written down.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing, said so.
    Null,
    /// A truth value.
    Bool(bool),
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
    /// Anything else: a list, an object, an expression.
    Other,
}

/// Where arguments are looked up by name.
pub trait Arguments {
    /// The argument of that name, when one is given.
    fn argument(&self, name: &str) -> Option<Argument>;

    /// How an argument of that name is spelt, where it has several spellings.
    fn spelling<'s>(&'s self, name: &'s str) -> &'s str {
        name
    }

    /// What is given for an argument that should be true or false.
    fn truth(&self, name: &str) -> Given {
        match self.argument(name).map(|argument| argument.value) {
            None | Some(Value::Null) => Given::Absent,
            Some(Value::Bool(truth)) => Given::Is(truth),
            Some(_) => Given::Unreadable,
        }
    }

    /// The number that is given.
    fn number(&self, name: &str) -> Option<Spanned<f64>> {
        let argument = self.argument(name)?;
        match argument.value {
            Value::Number(number) => Some(Spanned::new(number, argument.at)),
            _ => None,
        }
    }
}

/// Arguments that stand under keys.
pub struct Keyed<'r, 't> {
    /// For places.
    pub reader: &'r Reader<'r>,
    /// What they are given to.
    pub reference: &'r Reference<'t>,
}

impl Arguments for Keyed<'_, '_> {
    fn argument(&self, name: &str) -> Option<Argument> {
        let node = self.reference.argument(name)?;
        Some(Argument {
            value: value(node),
            at: self.reader.at(node),
        })
    }
}

/// The value that a node holds.
pub fn value(node: NodeRef<'_>) -> Value {
    if node.is_null() {
        return Value::Null;
    }
    let truth = node.as_bool().map(Value::Bool);
    truth
        .or_else(|| node.as_f64().map(Value::Number))
        .or_else(|| node.as_str().map(|text| Value::Text(text.to_owned())))
        .unwrap_or(Value::Other)
}
