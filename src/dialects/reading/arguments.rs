//! The arguments of what a configuration makes, whether they stand under keys or at positions, as plain values.

use super::Reader;
use super::reference::{self, Reference};
use crate::knowledge::{Given, Row, tensor_of};
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
    /// Perhaps nothing: arguments stand there that cannot be told apart.
    Unreadable,
}

/// Where arguments are looked up by name.
pub trait Arguments {
    /// The argument of that name, when one is given.
    fn argument(&self, name: &str) -> Option<Argument>;

    /// How many items the list has that is given.
    fn length(&self, _name: &str) -> Option<Spanned<u64>> {
        None
    }

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

/// The arguments of an object, under keys or at positions.
pub struct OfObject<'r, 't, R> {
    /// For places.
    pub reader: &'r Reader<'r>,
    /// What they are given to.
    pub reference: &'r Reference<'t>,
    /// What the name leads to: it knows the order of the parameters.
    pub row: &'r R,
}

impl<R: Row> Arguments for OfObject<'_, '_, R> {
    fn argument(&self, name: &str) -> Option<Argument> {
        let (value, node) = match self.reference.given_for(self.row, name) {
            reference::Given::Is(node) => (value(node), node),
            reference::Given::Unreadable(node) => (Value::Unreadable, node),
            reference::Given::Absent => return None,
        };
        let at = node.at();
        Some(Argument { value, at })
    }

    fn length(&self, name: &str) -> Option<Spanned<u64>> {
        match self.reference.given_for(self.row, name) {
            reference::Given::Is(node) => self.reader.spanned(Some(node), |node| list_length(list_in(node))),
            _ => None,
        }
    }
}

/// The list of which a node makes a tensor; the node itself where it makes none.
fn list_in(node: NodeRef<'_>) -> NodeRef<'_> {
    let list = || {
        let made = Reference::read(node).filter(|_| node.is_object())?;
        let argument = tensor_of(made.name)?;
        let positional = || made.positional?.items().next();
        made.argument(argument).or_else(positional)
    };
    list().unwrap_or(node)
}

/// How many numbers a list holds; `None` for anything else.
pub fn list_length(node: NodeRef<'_>) -> Option<u64> {
    let count = node.items().count() as u64;
    (count > 0 && node.items().all(|item| item.as_f64().is_some())).then_some(count)
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
