//! What arithmetic and comparisons make of labels and targets.

use super::content::{Content, Form};
use super::follow::Follower;
use crate::program::{Callee, Kind, Value};
use crate::span::Location;

/// What an operator gives.
pub fn of<'p>(follower: Follower<'_, 'p>, operator: &str, operands: &[Value<'p>], at: Location) -> Option<Content> {
    let [left, right] = operands else {
        let [only] = operands else { return None };
        return (operator == "-")
            .then(|| follower.whole(only)?.linear(-1.0, 0.0))
            .flatten();
    };
    match operator {
        "<" | ">" | "<=" | ">=" | "==" | "!=" => Some(compared(follower, operator, left, right, at)),
        "&" | "|" | "^" => {
            let is_truth = |value: &Value<'p>| {
                follower
                    .whole(value)
                    .is_some_and(|content| content.form == Form::Truths)
            };
            let columns = [left, right].map(|value| follower.columns(value));
            (is_truth(left) && is_truth(right)).then(|| {
                let columns = columns[0].zip(columns[1]).map(|(own, other)| own.max(other));
                Content::new(Form::Truths, at).in_columns(columns)
            })
        }
        "/" if is_standardized(follower, left, right) => Some(Content::standard(at)),
        "**" if right.number() == Some(2.0) => squared(follower.whole(left)?),
        "+" | "-" | "*" | "/" => calculated(follower, operator, left, right).or_else(|| {
            let sign = if operator == "-" { -1.0 } else { 1.0 };
            let sum = matches!(operator, "+" | "-").then(|| follower.whole(left)?.plus(follower.whole(right)?, sign));
            Some(Content { at, ..sum?? })
        }),
        _ => None,
    }
}

fn squared(content: Content) -> Option<Content> {
    let (min, max) = (content.min?, content.max?);
    let largest = (min * min).max(max * max);
    let smallest = if min <= 0.0 && max >= 0.0 {
        0.0
    } else {
        (min * min).min(max * max)
    };
    (content.form == Form::Numbers).then(|| Content {
        is_by_chance: false,
        columns: content.columns,
        ..Content::between(smallest, largest, content.at)
    })
}

fn compared<'p>(
    follower: Follower<'_, 'p>,
    operator: &str,
    left: &Value<'p>,
    right: &Value<'p>,
    at: Location,
) -> Content {
    let columns = follower.columns(left).zip(follower.columns(right));
    let columns = columns.map(|(own, other)| own.max(other));
    let share = right.number().and_then(|limit| {
        let content = follower.whole(left).filter(|content| content.form == Form::Numbers)?;
        let (min, max) = (content.min?, content.max?);
        let below = ((limit - min) / (max - min)).clamp(0.0, 1.0);
        match operator {
            "<" | "<=" => Some(below),
            ">" | ">=" => Some(1.0 - below),
            _ => None,
        }
    });
    let content = Content::new(Form::Truths, at).in_columns(columns);
    Content {
        counts: share.filter(|_| columns == Some(1)).map(super::chance::counts_of_share),
        ..content
    }
}

fn calculated<'p>(follower: Follower<'_, 'p>, operator: &str, left: &Value<'p>, right: &Value<'p>) -> Option<Content> {
    match (operator, left.number(), right.number()) {
        ("+", None, Some(number)) => follower.whole(left)?.linear(1.0, number),
        ("+", Some(number), None) => follower.whole(right)?.linear(1.0, number),
        ("-", None, Some(number)) => follower.whole(left)?.linear(1.0, -number),
        ("-", Some(number), None) => follower.whole(right)?.linear(-1.0, number),
        ("*", None, Some(number)) => follower.whole(left)?.linear(number, 0.0),
        ("*", Some(number), None) => follower.whole(right)?.linear(number, 0.0),
        ("/", None, Some(number)) if number != 0.0 => follower.whole(left)?.linear(1.0 / number, 0.0),
        _ => None,
    }
}

/// Whether this is `(y - mean(y)) / std(y)`, written in any way.
fn is_standardized<'p>(follower: Follower<'_, 'p>, distance: &Value<'p>, spread: &Value<'p>) -> bool {
    let Some([values, mean]) = operands(follower, "-", distance) else {
        return false;
    };
    // A small number beside the deviation keeps the quotient finite.
    let spread = match operands(follower, "+", spread) {
        Some([spread, small]) if small.number().is_some_and(|small| small < 0.01) => spread,
        _ => spread,
    };
    is_statistic(follower, "mean", mean, values) && is_statistic(follower, "std", spread, values)
}

/// The two operands of an operator, if a value is what it gave.
fn operands<'r, 'p>(follower: Follower<'r, 'p>, operator: &str, value: &Value<'p>) -> Option<&'r [Value<'p>; 2]> {
    let Kind::Made(id) = value.kind else { return None };
    let made = follower.arena().made(id);
    let is_meant = matches!(made.callee, Callee::Operator(own) if own == operator);
    made.arguments
        .positional
        .as_slice()
        .try_into()
        .ok()
        .filter(|_| is_meant)
}

/// Whether a value is that statistic of others: `y.mean()`, `numpy.mean(y)`.
fn is_statistic<'p>(follower: Follower<'_, 'p>, name: &str, value: &Value<'p>, of: &Value<'p>) -> bool {
    let Kind::Made(id) = value.kind else { return false };
    let made = follower.arena().made(id);
    let is_named = match &made.callee {
        Callee::Method(method) => &**method == name,
        Callee::Library(function) => function.rsplit('.').next() == Some(name),
        _ => false,
    };
    is_named && made.arguments.positional.first().is_some_and(|own| is_same(own, of))
}

/// Whether both are surely the same values.
pub fn is_same<'p>(own: &Value<'p>, other: &Value<'p>) -> bool {
    match (&own.kind, &other.kind) {
        (Kind::Method(own), Kind::Method(other)) => own.1 == other.1 && is_same(&own.0, &other.0),
        _ => own.is_same(other),
    }
}
