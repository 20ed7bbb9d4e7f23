//! A call that makes labels or hands them on, with the row that says what it does: its arguments by the row's names.

use crate::knowledge::{LabelSource, Numbers, label_method, label_source};
use crate::program::{Arena, Callee, Kind, Made, Value};

/// A call of which a row tells what it does.
pub struct Call<'r, 'p> {
    /// What it does.
    pub row: &'static LabelSource,
    /// The call.
    pub made: &'r Made<'p>,
    /// The call that made the object whose method it is.
    object: Option<&'r Made<'p>>,
    arena: &'r Arena<'p>,
    /// How many of the first arguments are the object.
    own: usize,
}

impl<'r, 'p> Call<'r, 'p> {
    /// A call that the table knows, made as the table says.
    pub fn of(arena: &'r Arena<'p>, made: &'r Made<'p>) -> Option<Self> {
        let object = made.arguments.positional.first().and_then(|object| match object.kind {
            Kind::Made(id) => Some(arena.made(id)),
            _ => None,
        });
        let (row, own) = match &made.callee {
            Callee::Library(name) => (label_source(name)?, 0),
            Callee::Method(name) => {
                let library = object.and_then(|object| match &object.callee {
                    Callee::Library(name) => Some(&**name),
                    _ => None,
                });
                (label_method(library, name)?, 1)
            }
            _ => return None,
        };
        let call = Self {
            row,
            made,
            object: object.filter(|_| own == 1),
            arena,
            own,
        };
        let is_other = row.unless.iter().any(|word| has(made, word))
            || call
                .object
                .is_some_and(|object| is_made_otherwise(object, &row.object_unless));
        (!is_other && made.arguments.open.is_none()).then_some(call)
    }

    /// The argument of that name.
    pub fn argument(&self, name: &str) -> Option<&'r Value<'p>> {
        let index = self.row.parameters.iter().position(|own| own == name);
        let arguments = &self.made.arguments;
        arguments
            .under(name)
            .or_else(|| arguments.positional.get(index? + self.own))
    }

    /// What it works on: the object whose method it is, when it takes nothing else, or its first argument.
    pub fn subject(&self) -> Option<&'r Value<'p>> {
        let arguments = &self.made.arguments;
        if self.own == 1 && self.row.names.is_empty() {
            return arguments.positional.first();
        }
        let first = arguments.positional.get(self.own);
        let names = self.row.parameters.first().into_iter().chain(&self.row.also);
        first.or_else(|| names.filter_map(|name| arguments.under(name)).next())
    }

    /// The arguments by position, without the object.
    pub fn positional(&self) -> &'r [Value<'p>] {
        self.made.arguments.positional.get(self.own..).unwrap_or_default()
    }

    /// The number that an argument is, or that it has for a default; whether it could be told.
    pub fn number(&self, name: &str, default: f64) -> Option<f64> {
        match self.argument(name) {
            None => Some(default),
            Some(value) => value.number(),
        }
    }

    /// The number of classes that its arguments tell.
    pub fn classes(&self) -> Option<u64> {
        let own = self.counted(&self.row.numbers, |name| self.argument(name));
        own.or_else(|| {
            let object = self.object?;
            self.counted(&self.row.object_numbers, |name| object.arguments.under(name))
        })
    }

    fn counted(&self, numbers: &Numbers, argument: impl Fn(&str) -> Option<&'r Value<'p>>) -> Option<u64> {
        if let Some((name, default)) = &numbers.classes {
            let classes = match argument(name) {
                None => *default,
                Some(value) => value
                    .number()
                    .filter(|number| *number > 0.0)
                    .map_or(0, |number| number as u64),
            };
            return (classes > 0).then_some(classes);
        }
        let (name, _) = numbers.names.as_ref()?;
        let Kind::List(id) = argument(name)?.kind else {
            return None;
        };
        let names = &self.arena.lists[id.0];
        (!names.iter().any(|name| name.any_number)).then_some(names.len() as u64)
    }

    /// How many samples it makes.
    pub fn samples(&self) -> Option<f64> {
        let (name, default) = self.row.numbers.samples.as_ref()?;
        self.number(name, *default as f64)
    }

    /// The word that says how labels come: `None` when it is not known.
    pub fn word(&self) -> Option<&'r str> {
        let (name, default) = self.row.word.as_ref()?;
        match self.made.arguments.under(name) {
            None => Some(default),
            Some(value) => value.text(),
        }
    }
}

/// Whether an object was given one of these arguments, by its name or perhaps by its position.
fn is_made_otherwise(object: &Made<'_>, arguments: &[String]) -> bool {
    let by_position = !arguments.is_empty() && !object.arguments.positional.is_empty();
    by_position || arguments.iter().any(|word| has(object, word))
}

/// Whether a call has an argument, or has this value for it: `name` or `name=None`.
fn has(made: &Made<'_>, word: &str) -> bool {
    match word.split_once('=') {
        Some((name, _)) => made
            .arguments
            .under(name)
            .is_some_and(|value| matches!(value.kind, Kind::Nothing)),
        None => made.arguments.under(word).is_some(),
    }
}
