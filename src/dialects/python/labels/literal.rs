//! Values that a program writes out: what all of them have in common.

use super::content::{Content, Form};
use super::follow::Follower;
use crate::program::{Element, Kind, Value};

/// So many labels are written out as an example; of more the shares are meant.
const MOST_EXAMPLES: usize = 40;

/// Items that are looked at in one step.
const ITEMS_IN_A_STEP: u32 = 16;

/// What is known of a list that is written out.
pub fn of<'p>(follower: Follower<'_, 'p>, list: &Value<'p>) -> Option<Content> {
    let Kind::List(id) = list.kind else { return None };
    let at = follower.run.location(list.at);
    let items = &follower.arena().lists[id.0];
    follower.spend(items.len() as u32 / ITEMS_IN_A_STEP)?;
    if items.is_empty() || items.iter().any(|item| item.any_number) {
        return None;
    }
    let names: Option<Vec<&str>> = items.iter().map(|item| item.value.text()).collect();
    if let Some(names) = names {
        return Some(named(names, at));
    }
    if let Some(numbers) = numbers(items) {
        let content = of_numbers(&numbers, at)?.in_columns(Some(1));
        let positive = numbers.iter().sum::<f64>();
        let counts = vec![numbers.len() as f64 - positive, positive];
        let is_shown = content.form == Form::Truths && numbers.len() >= MOST_EXAMPLES;
        let is_real = items
            .iter()
            .any(|item| follower.run.written(item.value.at).contains('.'));
        return Some(Content {
            as_floats: is_real.then_some(at),
            counts: is_shown.then_some(counts),
            ..content
        });
    }
    let rows = items.iter().map(|item| match item.value.kind {
        Kind::List(row) => Some(&follower.arena().lists[row.0]),
        _ => None,
    });
    let rows: Vec<&Vec<Element<'p>>> = rows.collect::<Option<_>>()?;
    let texts: Option<Vec<&str>> = rows
        .iter()
        .flat_map(|row| row.iter().map(|item| item.value.text()))
        .collect();
    if let Some(texts) = texts {
        return Some(named(texts, at));
    }
    let rows: Vec<Vec<f64>> = rows.into_iter().map(|row| numbers(row)).collect::<Option<_>>()?;
    of_rows(&rows, at)
}

fn named(mut names: Vec<&str>, at: crate::span::Location) -> Content {
    names.sort_unstable();
    names.dedup();
    Content {
        classes: Some(names.len() as u64),
        is_of_classes: true,
        ..Content::new(Form::Names, at)
    }
}

fn numbers(items: &[Element<'_>]) -> Option<Vec<f64>> {
    items.iter().map(|item| item.value.number()).collect()
}

/// What numbers have in common.
pub fn of_numbers(numbers: &[f64], at: crate::span::Location) -> Option<Content> {
    let min = numbers.iter().copied().reduce(f64::min)?;
    let max = numbers.iter().copied().reduce(f64::max)?;
    let are_only = |one: f64, other: f64| numbers.iter().all(|number| *number == one || *number == other) && min != max;
    if are_only(0.0, 1.0) {
        return Some(Content::new(Form::Truths, at));
    }
    if are_only(-1.0, 1.0) {
        return Some(Content::new(Form::Signed, at));
    }
    let form = match min >= 0.0 && numbers.iter().all(|number| number.fract() == 0.0) {
        true => Form::Indices,
        false => Form::Numbers,
    };
    Some(Content {
        min: Some(min),
        max: Some(max),
        ..Content::new(form, at)
    })
}

fn of_rows(rows: &[Vec<f64>], at: crate::span::Location) -> Option<Content> {
    let width = rows.first()?.len();
    if width == 0 || rows.iter().any(|row| row.len() != width) {
        return None;
    }
    let all: Vec<f64> = rows.iter().flatten().copied().collect();
    if width == 1 {
        return Some(of_numbers(&all, at)?.in_columns(Some(1)));
    }
    if !all.iter().all(|number| *number == 0.0 || *number == 1.0) {
        return Some(of_numbers(&all, at)?.into_numbers().in_columns(Some(width as u64)));
    }
    let has_one = rows.iter().all(|row| row.iter().sum::<f64>() == 1.0);
    let form = if has_one { Form::OneHot } else { Form::Vectors };
    Some(Content {
        is_of_classes: false,
        ..Content::of_classes(form, Some(width as u64), at)
    })
}
