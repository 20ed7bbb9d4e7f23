//! From a value back to what makes it what it is: through names, slices, changes of shape, splits and loaders.

use std::cell::Cell;

use super::call::Call;
use super::content::{Content, Form};
use super::{literal, made};
use crate::knowledge::{Makes, label_method};
use crate::program::{Arena, Callee, Kind, MadeId, Run, Value};
use crate::span::Location;

/// How far back values are followed.
const FURTHEST: usize = 48;
/// Steps that are taken in all to find out one thing.
const MOST_STEPS: u32 = 4096;
/// Attributes that give the same values.
const SAME: &[&str] = &["values", "data", "array"];

/// Which part of a value is meant, the outermost step first: `0`, `target`, `each`.
pub type Steps = Vec<String>;

/// Follows values of one run.
#[derive(Clone, Copy)]
pub struct Follower<'r, 'p> {
    /// The run.
    pub run: &'r Run<'p>,
    left: usize,
    steps: &'r Cell<u32>,
}

impl<'r, 'p> Follower<'r, 'p> {
    /// Of a run.
    pub fn new(run: &'r Run<'p>, steps: &'r Cell<u32>) -> Self {
        Self {
            run,
            left: FURTHEST,
            steps,
        }
    }

    /// What its values hold.
    pub fn arena(self) -> &'r Arena<'p> {
        &self.run.arena
    }

    fn further(self) -> Option<Self> {
        let left = self.left.checked_sub(1)?;
        self.spend(1)?;
        Some(Self { left, ..self })
    }

    /// Takes so many steps; `None` when there were enough.
    pub fn spend(self, steps: u32) -> Option<()> {
        self.steps.set(self.steps.get().saturating_add(steps));
        (self.steps.get() <= MOST_STEPS).then_some(())
    }

    /// The place of a call.
    pub fn at(self, made: &crate::program::Made<'p>) -> Location {
        self.run.location(made.at)
    }

    /// What is known of a whole value.
    pub fn whole(self, value: &Value<'p>) -> Option<Content> {
        self.part(value, Vec::new())
    }

    /// What is known of a part of a value.
    pub fn part(self, value: &Value<'p>, steps: Steps) -> Option<Content> {
        let next = self.further()?;
        match &value.kind {
            Kind::Made(id) => next.made(*id, steps),
            Kind::Method(method) => {
                let (object, name) = &**method;
                match SAME.contains(&&**name) && !steps.is_empty() || &**name == "values" {
                    true => next.part(object, steps),
                    false
                        if steps.is_empty()
                            && label_method(None, name).is_some_and(|row| row.does == Makes::Indices) =>
                    {
                        Some(Content::of_classes(Form::Indices, None, next.run.location(value.at)))
                    }
                    false => next.part(object, before(name, steps)),
                }
            }
            Kind::List(id) => match steps.split_first() {
                Some((first, rest)) => {
                    let items = &next.arena().lists[id.0];
                    let is_counted = !items.iter().any(|item| item.any_number);
                    let index: usize = first.parse().ok().filter(|_| is_counted)?;
                    next.part(&items.get(index)?.value, rest.to_vec())
                }
                None => literal::of(next, value),
            },
            Kind::Table(id) => {
                let (first, rest) = steps.split_first()?;
                let members = next.arena().tables[id.0].iter();
                let mut named = members.filter(|(key, _)| key.text() == Some(first));
                next.part(&named.next_back()?.1, rest.to_vec())
            }
            _ => None,
        }
    }

    fn made(self, id: MadeId, steps: Steps) -> Option<Content> {
        let made = self.arena().made(id);
        // What is assigned to parts of it later.
        if made.attributes.keys().any(|name| name.starts_with('[')) {
            let (first, rest) = steps.split_first()?;
            if let Some(own) = made.attributes.get(&*format!("[{first}]")) {
                return self.part(own, rest.to_vec());
            }
            if made.attributes.contains_key("[]") {
                return None;
            }
        }
        if let Some(first) = steps.first()
            && made.attributes.contains_key(&*format!("{first}[]"))
        {
            return None;
        }
        match &made.callee {
            Callee::Operator("[]") => self.item(&made.arguments.positional, steps, self.at(made)),
            Callee::Operator("each") => {
                let over = made.arguments.positional.first()?;
                self.part(over, before("each", steps))
            }
            Callee::Operator("enumerate") => match steps.as_slice() {
                [each, one, rest @ ..] if each == "each" && one == "1" => {
                    let over = made.arguments.positional.first()?;
                    self.part(over, before("each", rest.to_vec()))
                }
                _ => None,
            },
            Callee::Operator(operator) if steps.is_empty() => {
                super::arithmetic::of(self, operator, &made.arguments.positional, self.at(made))
            }
            Callee::Library(_) | Callee::Method(_) => {
                let call = Call::of(self.arena(), made)?;
                self.call(&call, steps)
            }
            _ => None,
        }
    }

    /// A part of a value: an item by its number, a column by its name, or some of the samples.
    fn item(self, operands: &[Value<'p>], steps: Steps, at: Location) -> Option<Content> {
        let [object, key] = operands else { return None };
        match &key.kind {
            Kind::Number(number) => self.part(object, before(&number.to_string(), steps)),
            Kind::Text(name) => self.part(object, before(name, steps)),
            Kind::List(id) => self.by_keys(object, *id, steps),
            // The first hundred, which may be those of some classes only.
            Kind::Unknown(_) if is_between_numbers(self.run.written(key.at)) => self.part(object, steps).map(some_of),
            // A sample, or those of a batch.
            Kind::Unknown(_) | Kind::Nothing | Kind::Library(_) => self.part(object, steps),
            Kind::Made(_) | Kind::Method(_) => match self.identity(object) {
                // `numpy.eye(3)[y]`: the rows are one-hot vectors.
                Some(classes) => Some(Content::of_classes(Form::OneHot, classes, at)),
                None => self.part(object, steps).map(some_of),
            },
            _ => None,
        }
    }

    /// The size of the matrix that has ones on its diagonal alone, if a value is one.
    fn identity(self, value: &Value<'p>) -> Option<Option<u64>> {
        let Kind::Made(id) = value.kind else { return None };
        let made = self.arena().made(id);
        match &made.callee {
            Callee::Library(name) if matches!(&**name, "numpy.eye" | "torch.eye" | "numpy.identity") => {
                let size = made.arguments.positional.first().and_then(Value::number);
                Some(size.map(|size| size as u64))
            }
            _ => None,
        }
    }

    /// Several columns by their names, or axes: `[:, None]`.
    fn by_keys(self, object: &Value<'p>, keys: crate::program::ListId, steps: Steps) -> Option<Content> {
        let keys = &self.arena().lists[keys.0];
        let names: Option<Vec<&str>> = keys.iter().map(|key| key.value.text()).collect();
        if let Some(names) = names.filter(|names| !names.is_empty()) {
            let columns: Option<Vec<Content>> = names
                .iter()
                .map(|name| self.part(object, vec![(*name).to_owned()]))
                .collect();
            return made::side_by_side(columns?);
        }
        let is_axis = |value: &Value<'p>| matches!(value.kind, Kind::Unknown(_) | Kind::Nothing | Kind::Library(_));
        if keys.iter().all(|key| is_axis(&key.value)) {
            return self.part(object, steps);
        }
        // One column of several.
        let column = keys.last()?.value.number()?;
        let content = self.part(object, steps)?;
        match (content.form, content.columns) {
            (_, Some(1)) if column == 0.0 => Some(content),
            (Form::Vectors, _) => Some(Content {
                columns: Some(1),
                ..Content::new(Form::Truths, content.at)
            }),
            (Form::Numbers, _) => Some(content.in_columns(Some(1))),
            _ => None,
        }
    }

    fn call(self, call: &Call<'r, 'p>, steps: Steps) -> Option<Content> {
        let row = call.row;
        match row.does {
            Makes::Splits => {
                let (first, rest) = match (call.positional(), row.each_gives) {
                    ([only], Some(1)) => return self.part(only, steps),
                    _ => steps.split_first()?,
                };
                let index = first.parse::<usize>().ok()? / row.each_gives?;
                self.part(call.positional().get(index)?, rest.to_vec())
            }
            Makes::Parts => {
                let (first, rest) = steps.split_first()?;
                first.parse::<usize>().ok()?;
                self.part(call.positional().first()?, rest.to_vec())
            }
            Makes::Pairs => self.of_pairs(call, steps),
            Makes::Table => self.of_table(call, steps),
            Makes::Keeps => {
                let content = made::cast(self, call, self.part(call.subject()?, steps)?)?;
                let is_balanced = row
                    .balances
                    .iter()
                    .any(|name| call.made.arguments.under(name).is_some());
                Some(Content {
                    counts: content.counts.filter(|_| !is_balanced),
                    ..content
                })
            }
            _ if row.parts.is_empty() => match steps.is_empty() {
                true => made::of(self, call),
                false => None,
            },
            _ => match row.parts.contains(&steps.join(".")) {
                true => made::of(self, call),
                false => None,
            },
        }
    }

    /// What a loop over samples is given, one thing or several that belong together.
    fn of_pairs(self, call: &Call<'r, 'p>, steps: Steps) -> Option<Content> {
        let (first, rest) = steps.split_first()?;
        if first != "each" {
            return None;
        }
        match call.positional() {
            [only] if matches!(only.kind, Kind::List(_) | Kind::Table(_)) => self.part(only, rest.to_vec()),
            given => {
                let (index, rest) = rest.split_first()?;
                self.part(given.get(index.parse::<usize>().ok()?)?, rest.to_vec())
            }
        }
    }

    /// A table, or a column of it.
    fn of_table(self, call: &Call<'r, 'p>, steps: Steps) -> Option<Content> {
        let data = call.subject()?;
        match (&data.kind, steps.split_first()) {
            (Kind::Table(_), Some(_)) => self.part(data, steps),
            (Kind::Table(_), None) => None,
            (_, None) => self.whole(data),
            (_, Some((_, rest))) => {
                let content = self.part(data, rest.to_vec())?;
                let is_plain = matches!(content.form, Form::Truths | Form::Numbers | Form::Indices);
                is_plain.then(|| content.in_columns(Some(1)))
            }
        }
    }

    /// How many numbers a value has for each sample.
    pub fn columns(self, value: &Value<'p>) -> Option<u64> {
        let next = self.further()?;
        let Kind::Made(id) = value.kind else {
            return match value.kind {
                Kind::Number(_) => Some(1),
                _ => next.whole(value)?.columns,
            };
        };
        let made = next.arena().made(id);
        let given = &made.arguments.positional;
        match &made.callee {
            Callee::Operator("[]") => match &given.get(1)?.kind {
                Kind::Text(_) => Some(1),
                Kind::List(keys) => {
                    let keys = &next.arena().lists[keys.0];
                    keys.last()?.value.number().map(|_| 1)
                }
                _ => next.columns(given.first()?),
            },
            Callee::Operator(_) => {
                let columns: Option<Vec<u64>> = given.iter().map(|operand| next.columns(operand)).collect();
                columns?.into_iter().max()
            }
            Callee::Method(name) if REDUCE.contains(&&**name) => is_along_an_axis(made, 1),
            Callee::Library(name) if REDUCE.contains(&name.rsplit('.').next()?) => is_along_an_axis(made, 1),
            _ => next.whole(value)?.columns,
        }
    }
}

/// Whether a slice has bounds that are written out: `:100`, `50:150`.
fn is_between_numbers(slice: &str) -> bool {
    let is_number = |bound: &str| {
        bound
            .bytes()
            .all(|byte| byte.is_ascii_digit() || b"-_ ".contains(&byte))
    };
    slice.contains(':') && slice.bytes().any(|byte| byte.is_ascii_digit()) && slice.split(':').all(is_number)
}

/// What is known of some of the samples.
fn some_of(content: Content) -> Content {
    let is_of_indices = content.form == Form::Indices;
    Content {
        counts: None,
        classes: content.classes.filter(|_| !is_of_indices),
        max: content.max.filter(|_| !is_of_indices),
        ..content
    }
}

/// What gives one number for all along an axis.
const REDUCE: &[&str] = &["sum", "mean", "any", "all", "max", "min", "std", "prod", "norm"];

/// One number for each sample, when an axis is named behind the object.
fn is_along_an_axis(made: &crate::program::Made<'_>, own: usize) -> Option<u64> {
    let named = ["axis", "dim"].iter().find_map(|name| made.arguments.under(name));
    let axis = named.or_else(|| made.arguments.positional.get(own))?.number()?;
    (axis == 1.0 || axis == -1.0).then_some(1)
}

fn before(step: &str, mut steps: Steps) -> Steps {
    steps.insert(0, step.to_owned());
    steps
}
