//! Numbers that a program draws by chance, in the place of data or as labels.

use super::call::Call;
use super::content::{Content, Form};
use super::follow::Follower;
use super::numbers::{Dtype, kind_of_numbers, list_of};
use crate::knowledge::Makes;
use crate::program::{Kind, Value};
use crate::span::Location;

/// Samples that stand for a share, where their number is not known.
const SAMPLES: f64 = 1000.0;

/// Numbers by chance, between bounds or around a mean.
pub fn of<'p>(follower: Follower<'_, 'p>, call: &Call<'_, 'p>, at: Location) -> Option<Content> {
    let size = call.row.size.as_deref().unwrap_or("size");
    let shape = match size {
        "*" => match call.positional() {
            [only] => list_of(follower, only).or_else(|| Some(vec![only.number()?])),
            several => several.iter().map(Value::number).collect(),
        },
        // Of `randint(5, (n, k))` the second is the shape.
        name => call
            .argument(name)
            .or_else(|| call.argument("high"))
            .and_then(|shape| match shape.number() {
                Some(length) => Some(vec![length]),
                None => list_of(follower, shape),
            }),
    };
    let columns = match shape.as_deref() {
        Some([_]) => Some(1),
        Some([_, columns]) => Some(*columns as u64),
        _ => None,
    };
    let content = match call.row.does {
        Makes::Integers => whole(follower, call, at)?,
        Makes::Uniform => {
            let (low, high) = match &call.row.bounds {
                Some((low, high)) => (call.number(low, 0.0)?, call.number(high, 1.0)?),
                None => (call.number("low", 0.0)?, call.number("high", 1.0)?),
            };
            Content::between(low, high, at)
        }
        Makes::Normal => {
            let mean = call.argument("mean").map_or(call.number("loc", 0.0), Value::number)?;
            let std = call.argument("std").map_or(call.number("scale", 1.0), Value::number)?;
            Content {
                mean: Some(mean),
                std: Some(std),
                ..Content::new(Form::Numbers, at)
            }
        }
        Makes::Choice => picked(follower, call, at)?,
        _ => return coins(follower, call, at, columns),
    };
    let content = Content {
        is_by_chance: true,
        ..content.in_columns(columns)
    };
    match call.argument("dtype").map(|dtype| kind_of_numbers(follower, dtype)) {
        Some(Some(Dtype::Whole)) if content.form == Form::Numbers => content.into_whole(),
        _ => Some(content),
    }
}

fn whole<'p>(follower: Follower<'_, 'p>, call: &Call<'_, 'p>, at: Location) -> Option<Content> {
    let first = call.argument("low")?.number()?;
    let second = call.argument("high").filter(|high| !matches!(high.kind, Kind::Nothing));
    let (low, high) = match second.map(|second| (second.number(), list_of(follower, second))) {
        None | Some((None, Some(_))) => (0.0, first),
        Some((Some(high), _)) => (first, high),
        Some((None, None)) => return None,
    };
    match (low, high - 1.0) {
        (0.0, 1.0) => Some(Content::new(Form::Truths, at)),
        (low, max) if low >= 0.0 && max >= low => Some(Content {
            min: Some(low),
            max: Some(max),
            ..Content::new(Form::Indices, at)
        }),
        _ => None,
    }
}

/// Some of a list, or of the numbers from 0.
fn picked<'p>(follower: Follower<'_, 'p>, call: &Call<'_, 'p>, at: Location) -> Option<Content> {
    let from = call.argument("a")?;
    let shares = call
        .made
        .arguments
        .under("p")
        .and_then(|shares| list_of(follower, shares));
    let content = match from.number() {
        Some(2.0) => Content::new(Form::Truths, at),
        Some(count) => Content {
            max: Some(count - 1.0),
            ..Content::new(Form::Indices, at)
        },
        None => Content {
            at,
            ..follower.whole(from)?
        },
    };
    let is_of_numbers = matches!(content.form, Form::Truths | Form::Indices);
    Some(Content {
        counts: shares
            .filter(|_| is_of_numbers)
            .map(|shares| shares.into_iter().map(|share| share * SAMPLES).collect()),
        ..content
    })
}

fn coins<'p>(follower: Follower<'_, 'p>, call: &Call<'_, 'p>, at: Location, columns: Option<u64>) -> Option<Content> {
    let coin = Content::new(Form::Truths, at);
    match call.argument("n") {
        Some(count) if count.number() == Some(1.0) => {
            let share = call.argument("p").and_then(Value::number);
            Some(Content {
                counts: share.filter(|_| columns == Some(1)).map(counts_of_share),
                ..coin.in_columns(columns)
            })
        }
        Some(_) => None,
        None => Some(coin.in_columns(follower.columns(call.subject()?))),
    }
}

/// Samples of both classes when this share is of the second.
pub fn counts_of_share(share: f64) -> Vec<f64> {
    vec![(1.0 - share) * SAMPLES, share * SAMPLES]
}
