//! Labels that are put together: classes one after the other, or what a table has for each name.

use super::call::Call;
use super::content::{Content, Form};
use super::follow::Follower;
use super::literal;
use super::numbers::list_of;
use crate::knowledge::Makes;
use crate::program::{Kind, Value};
use crate::span::Location;

/// The same number any number of times.
struct Repeated {
    number: f64,
    times: Option<f64>,
    columns: Option<u64>,
}

/// Lists one after the other.
pub fn of<'p>(follower: Follower<'_, 'p>, call: &Call<'_, 'p>, at: Location) -> Option<Content> {
    let Kind::List(id) = call.subject()?.kind else {
        return None;
    };
    let parts = &follower.arena().lists[id.0];
    if parts.iter().any(|part| part.any_number) {
        return None;
    }
    let repeated: Option<Vec<Repeated>> = parts.iter().map(|part| repeated(follower, &part.value)).collect();
    if let Some(repeated) = repeated {
        return one_after_another(&repeated, at);
    }
    let mut contents = parts.iter().map(|part| follower.whole(&part.value));
    let first = contents.next()??;
    contents.try_fold(first, |own, other| {
        let other = other.filter(|other| other.form == own.form && other.columns == own.columns)?;
        Some(Content {
            min: own.min.zip(other.min).map(|(own, other)| own.min(other)),
            max: own.max.zip(other.max).map(|(own, other)| own.max(other)),
            mean: None,
            std: None,
            normalized: own.normalized.filter(|_| own.normalized == other.normalized),
            counts: None,
            at,
            ..own
        })
    })
}

fn one_after_another(parts: &[Repeated], at: Location) -> Option<Content> {
    let numbers: Vec<f64> = parts.iter().map(|part| part.number).collect();
    let content = literal::of_numbers(&numbers, at)?;
    let columns = parts.first()?.columns;
    let count = |class: f64| {
        let own = parts.iter().filter(|part| part.number == class);
        own.map(|part| part.times).sum::<Option<f64>>()
    };
    let counts = match content.form {
        Form::Truths => count(0.0).zip(count(1.0)).map(|(without, with)| vec![without, with]),
        _ => None,
    };
    let is_told = content.min != content.max;
    is_told.then(|| Content {
        counts: counts.filter(|_| columns == Some(1)),
        ..content.in_columns(columns)
    })
}

fn repeated<'p>(follower: Follower<'_, 'p>, value: &Value<'p>) -> Option<Repeated> {
    let Kind::Made(id) = value.kind else { return None };
    let call = Call::of(follower.arena(), follower.arena().made(id))?;
    if call.row.does != Makes::Repeats {
        return None;
    }
    let number = call.row.min.or_else(|| call.argument("fill_value")?.number())?;
    let shape = call.subject()?;
    let sizes: Option<Vec<f64>> = match shape.kind {
        Kind::List(_) => list_of(follower, shape),
        _ if call.row.min.is_some() => call.positional().iter().map(Value::number).collect(),
        _ => shape.number().map(|length| vec![length]),
    };
    let columns = match sizes.as_deref() {
        Some([_]) => Some(1),
        Some([_, columns]) => Some(*columns as u64),
        _ => None,
    };
    Some(Repeated {
        number,
        times: sizes.and_then(|sizes| sizes.first().copied()),
        columns,
    })
}

/// The numbers that a table has for names.
pub fn mapped<'p>(follower: Follower<'_, 'p>, call: &Call<'_, 'p>, at: Location) -> Option<Content> {
    let Kind::Table(id) = call.argument("arg")?.kind else {
        return None;
    };
    let pairs = &follower.arena().tables[id.0];
    let numbers: Option<Vec<f64>> = pairs
        .iter()
        .map(|(name, number)| name.text().and_then(|_| number.number()))
        .collect();
    let content = literal::of_numbers(&numbers?, at)?;
    let classes = match content.form {
        Form::Indices if content.min == Some(0.0) => content.max.map(|max| max as u64 + 1),
        _ => None,
    };
    (content.form != Form::Numbers).then(|| Content {
        classes,
        is_of_classes: true,
        ..content.in_columns(Some(1))
    })
}
