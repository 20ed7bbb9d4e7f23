//! The arguments of what a configuration makes, whether they stand under keys or at positions, as plain values.

use super::Reader;
use crate::ir::Room;
use crate::knowledge::{Given, Row, parameters, tensor_of};
use crate::span::{Location, Spanned};
use crate::values::{self, Construction, Value};

/// One argument.
#[derive(Debug, Clone, PartialEq)]
pub struct Argument {
    /// What is given.
    pub value: Scalar,
    /// Where.
    pub at: Location,
}

impl Argument {
    /// Whether it says anything: neither null nor false.
    pub fn is_on(&self) -> bool {
        !matches!(self.value, Scalar::Null | Scalar::Bool(false))
    }
}

/// The value of an argument, as far as it is written down.
#[derive(Debug, Clone, PartialEq)]
pub enum Scalar {
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
            None | Some(Scalar::Null) => Given::Absent,
            Some(Scalar::Bool(truth)) => Given::Is(truth),
            Some(_) => Given::Unreadable,
        }
    }

    /// The number that is given.
    fn number(&self, name: &str) -> Option<Spanned<f64>> {
        let argument = self.argument(name)?;
        match argument.value {
            Scalar::Number(number) => Some(Spanned::new(number, argument.at)),
            _ => None,
        }
    }
}

/// Where a further argument by name goes, if there is a place for it.
pub fn room(construction: &Construction<'_>) -> Option<Room> {
    Some(Room {
        into: construction.arguments.named?.at(),
        under: construction.made_for_arguments().map(str::to_owned),
    })
}

/// Arguments by the row that a construction's name leads to, which knows the order of the parameters.
pub trait ByRow<'v> {
    /// What is given for a parameter: under its key, or at its position. `a.b` is what stands under `b` in the argument `a`.
    fn given_for<R: Row>(&self, row: &R, name: &str) -> values::Given<'v>;

    /// The names of the parameters that are given by position, as far as their order is known.
    fn names_by_position<R: Row>(&self, row: &R) -> impl Iterator<Item = &'static str>;
}

impl<'v> ByRow<'v> for Construction<'v> {
    fn given_for<R: Row>(&self, row: &R, name: &str) -> values::Given<'v> {
        self.arguments.get(name, parameters(row, self.name))
    }

    fn names_by_position<R: Row>(&self, row: &R) -> impl Iterator<Item = &'static str> {
        let parameters = parameters(row, self.name).unwrap_or_default();
        let count = self.arguments.count_by_position();
        parameters.iter().take(count).map(String::as_str)
    }
}

/// The arguments of an object, under keys or at positions.
pub struct OfObject<'r, 't, R> {
    /// For places.
    pub reader: &'r Reader<'r>,
    /// What they are given to.
    pub construction: &'r Construction<'t>,
    /// What the name leads to: it knows the order of the parameters.
    pub row: &'r R,
}

impl<R: Row> Arguments for OfObject<'_, '_, R> {
    fn argument(&self, name: &str) -> Option<Argument> {
        let (value, node) = match self.construction.given_for(self.row, name) {
            values::Given::Is(node) => (value(node), node),
            values::Given::Unreadable(node) => (Scalar::Unreadable, node),
            values::Given::Absent => return None,
        };
        let at = node.at();
        Some(Argument { value, at })
    }

    fn length(&self, name: &str) -> Option<Spanned<u64>> {
        match self.construction.given_for(self.row, name) {
            values::Given::Is(node) => self.reader.spanned(Some(node), |node| list_length(list_in(node))),
            _ => None,
        }
    }
}

/// The list of which a node makes a tensor; the node itself where it makes none.
fn list_in(node: Value<'_>) -> Value<'_> {
    let list = || {
        let made = node.made().filter(|_| node.is_object())?;
        let argument = tensor_of(made.name)?;
        let positional = || made.arguments.positional?.items().next();
        made.argument(argument).or_else(positional)
    };
    list().unwrap_or(node)
}

/// How many numbers a list holds; `None` for anything else.
pub fn list_length(node: Value<'_>) -> Option<u64> {
    let count = node.items().count() as u64;
    (count > 0 && node.items().all(|item| item.as_f64().is_some())).then_some(count)
}

/// The value that a node holds.
pub fn value(node: Value<'_>) -> Scalar {
    if node.is_null() {
        return Scalar::Null;
    }
    let truth = node.as_bool().map(Scalar::Bool);
    truth
        .or_else(|| node.as_f64().map(Scalar::Number))
        .or_else(|| node.as_str().map(|text| Scalar::Text(text.to_owned())))
        .unwrap_or(Scalar::Other)
}
