//! What the calls that the table knows make: labels of classes, numbers by chance, scaled numbers.

use super::call::Call;
use super::content::{Content, Form};
use super::follow::Follower;
use super::numbers::{Dtype, kind_of_numbers, kind_of_word, list_of};
use super::{chance, joined};
use crate::ir::Normalization;
use crate::knowledge::Makes;
use crate::program::{Callee, Kind, Value};
use crate::span::Location;

/// What an angle goes through until it begins anew.
const TURN: f64 = std::f64::consts::TAU * 0.99;

/// What a call makes.
pub fn of<'p>(follower: Follower<'_, 'p>, call: &Call<'_, 'p>) -> Option<Content> {
    let at = follower.at(call.made);
    let row = call.row;
    match row.does {
        Makes::Gives => Some(given(call, at)),
        Makes::Generates => {
            let classes = call.classes();
            Some(Content {
                counts: weighted(follower, call, classes),
                ..Content::of_classes(Form::Indices, classes, at)
            })
        }
        Makes::ByWord => by_word(call, at),
        Makes::OneHot => {
            let classes = call.classes().or_else(|| follower.whole(call.subject()?)?.classes);
            Some(Content::of_classes(Form::OneHot, classes, at))
        }
        Makes::OneHotOfColumn => {
            let column = call.subject()?;
            let content = follower.whole(column);
            let is_column =
                content.as_ref().is_some_and(|content| content.form == Form::Names) || is_one_column(follower, column);
            let classes = content.and_then(|content| content.classes);
            is_column.then(|| Content::of_classes(Form::OneHot, classes, at))
        }
        Makes::OneHotOrTruths => Some(one_hot_or_truths(follower, call, at)),
        Makes::Vectors => {
            let named = || {
                follower
                    .whole(call.subject()?)
                    .filter(|content| content.form == Form::Names)?
                    .classes
            };
            let classes = call.classes().or_else(named);
            Some(Content::of_classes(Form::Vectors, classes, at))
        }
        Makes::Indices => {
            let classes = call.subject().and_then(|subject| follower.whole(subject)?.classes);
            Some(Content::of_classes(Form::Indices, classes, at))
        }
        Makes::Standardizes => Some(Content::standard(at)),
        Makes::Scales => Some(Content {
            normalized: Some(Normalization::MinMax),
            ..Content::between(0.0, 1.0, at)
        }),
        Makes::Chooses => chosen(follower, call, at),
        Makes::Reshapes => reshaped(follower, call),
        Makes::Integers | Makes::Uniform | Makes::Normal | Makes::Choice | Makes::Coins => {
            chance::of(follower, call, at)
        }
        Makes::Waves => follower
            .whole(call.subject()?)
            .filter(|content| content.max.zip(content.min).is_some_and(|(max, min)| max - min >= TURN))
            .map(|_| Content::between(-1.0, 1.0, at)),
        Makes::Maps => joined::mapped(follower, call, at),
        Makes::Joins => joined::of(follower, call, at),
        Makes::Repeats | Makes::Keeps | Makes::Splits | Makes::Parts | Makes::Pairs | Makes::Table => None,
    }
}

/// One-hot vectors of three classes or more, of two one number.
fn one_hot_or_truths<'p>(follower: Follower<'_, 'p>, call: &Call<'_, 'p>, at: Location) -> Content {
    let named = || follower.whole(call.subject()?)?.classes;
    match call.classes().or_else(named) {
        Some(2) => Content {
            is_of_classes: true,
            ..Content::new(Form::Truths, at).in_columns(Some(1))
        },
        Some(classes) => Content::of_classes(Form::OneHot, Some(classes), at),
        None => Content::of_classes(Form::OneHotOrTruths, None, at),
    }
}

/// Labels or numbers of which the row says all.
fn given(call: &Call<'_, '_>, at: Location) -> Content {
    let row = call.row;
    if row.min.is_some() || row.max.is_some() || row.mean.is_some() {
        return Content {
            min: row.min,
            max: row.max,
            mean: row.mean,
            std: row.std,
            ..Content::new(Form::Numbers, at)
        };
    }
    Content {
        counts: row.counts.clone(),
        ..Content::of_classes(Form::Indices, row.classes, at)
    }
}

/// Samples of each class by the shares that an argument gives; of the last class it may say none.
fn weighted<'p>(follower: Follower<'_, 'p>, call: &Call<'_, 'p>, classes: Option<u64>) -> Option<Vec<f64>> {
    let classes = classes?;
    let mut shares = list_of(follower, call.made.arguments.under("weights")?)?;
    if shares.len() as u64 + 1 == classes {
        shares.push(1.0 - shares.iter().sum::<f64>());
    }
    let flipped = call.made.arguments.under("flip_y").map_or(Some(0.01), Value::number)?;
    let samples = call.samples()?;
    let share = |share: f64| samples * ((1.0 - flipped) * share + flipped / classes as f64);
    (shares.len() as u64 == classes).then(|| shares.into_iter().map(share).collect())
}

fn by_word(call: &Call<'_, '_>, at: Location) -> Option<Content> {
    let classes = call.classes();
    Some(match call.word()? {
        "int" | "sparse" => Content::of_classes(Form::Indices, classes, at),
        "categorical" => Content::of_classes(Form::OneHot, classes, at),
        "binary" => Content {
            is_of_classes: true,
            ..Content::new(Form::Truths, at).in_columns(Some(1))
        },
        _ => return None,
    })
}

/// Whether a value is one column, as an encoder of columns wants it: `df["kind"]`, `df[["kind"]]`, `y.reshape(-1, 1)`.
fn is_one_column<'p>(follower: Follower<'_, 'p>, value: &Value<'p>) -> bool {
    let Kind::Made(id) = value.kind else { return false };
    let made = follower.arena().made(id);
    let given = &made.arguments.positional;
    match (&made.callee, given.get(1).map(|key| &key.kind)) {
        (Callee::Operator("[]"), Some(Kind::Text(_))) => true,
        (Callee::Operator("[]"), Some(Kind::List(keys))) => {
            let keys = &follower.arena().lists[keys.0];
            matches!(keys.as_slice(), [only] if only.value.text().is_some())
        }
        (Callee::Method(name), _) if matches!(&**name, "reshape" | "view") => {
            let last = given.last();
            given.len() == 3 && last.and_then(Value::number) == Some(1.0)
        }
        _ => false,
    }
}

/// Of two numbers the one that a condition chooses.
fn chosen<'p>(follower: Follower<'_, 'p>, call: &Call<'_, 'p>, at: Location) -> Option<Content> {
    let one = call.argument("x")?.number()?;
    let other = call.argument("y")?.number()?;
    let columns = follower.columns(call.argument("condition")?);
    let form = match (one.min(other), one.max(other)) {
        (0.0, 1.0) => Form::Truths,
        (-1.0, 1.0) => Form::Signed,
        _ => return None,
    };
    Some(Content::new(form, at).in_columns(columns))
}

fn reshaped<'p>(follower: Follower<'_, 'p>, call: &Call<'_, 'p>) -> Option<Content> {
    let content = follower.whole(call.subject()?)?;
    let shape = match call.positional() {
        [only] => list_of(follower, only).or_else(|| Some(vec![only.number()?]))?,
        several => several.iter().map(Value::number).collect::<Option<Vec<f64>>>()?,
    };
    let last = *shape.last()?;
    let columns = match shape.len() {
        1 => Some(1),
        2 if last > 0.0 => Some(last as u64),
        _ => None,
    };
    let is_row = matches!(content.form, Form::OneHot | Form::Vectors | Form::OneHotOrTruths);
    (!is_row || columns == content.columns).then(|| content.in_columns(columns))
}

/// Several columns of one table.
pub fn side_by_side(columns: Vec<Content>) -> Option<Content> {
    let count = columns.len() as u64;
    let are_truths = columns.iter().all(|column| column.form == Form::Truths);
    let first = columns.into_iter().next()?;
    match count {
        1 => Some(first.in_columns(Some(1))),
        _ => are_truths.then(|| Content::of_classes(Form::Vectors, Some(count), first.at)),
    }
}

/// The same values as numbers of the kind that a call names.
pub fn cast<'p>(follower: Follower<'_, 'p>, call: &Call<'_, 'p>, content: Content) -> Option<Content> {
    let named = call.argument("dtype").or_else(|| call.made.arguments.under("dtype"));
    let kind = match (&call.row.dtype, named) {
        (Some(word), _) => kind_of_word(word),
        (None, Some(dtype)) => kind_of_numbers(follower, dtype),
        (None, None) => None,
    };
    match kind {
        Some(Dtype::Real) if content.form == Form::Indices => Some(Content {
            as_floats: Some(follower.at(call.made)),
            ..content
        }),
        // Who makes real numbers of 0 and 1 means a label for each.
        Some(Dtype::Real) => Some(Content {
            is_by_chance: content.is_by_chance && content.form == Form::Numbers,
            ..content
        }),
        Some(Dtype::Whole) => content.into_whole(),
        _ => Some(content),
    }
}
