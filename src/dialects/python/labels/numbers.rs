//! Kinds of numbers, and lists of them.

use super::follow::Follower;
use crate::program::{Kind, Value};

/// A kind of numbers.
#[derive(Clone, Copy, PartialEq)]
pub enum Dtype {
    /// Real ones.
    Real,
    /// Whole ones.
    Whole,
}

/// The kind that a value names.
pub fn kind_of_numbers<'p>(follower: Follower<'_, 'p>, dtype: &Value<'p>) -> Option<Dtype> {
    match &dtype.kind {
        Kind::Text(word) => kind_of_word(word),
        Kind::Library(name) => kind_of_word(name),
        _ => kind_of_word(follower.run.written(dtype.at)),
    }
}

/// The kind that a word names.
pub fn kind_of_word(word: &str) -> Option<Dtype> {
    let last = word.rsplit('.').next()?.to_lowercase();
    if last.contains("float") || last.contains("double") {
        return Some(Dtype::Real);
    }
    (last.contains("int") || last.contains("long")).then_some(Dtype::Whole)
}

/// The numbers of a list.
pub fn list_of<'p>(follower: Follower<'_, 'p>, list: &Value<'p>) -> Option<Vec<f64>> {
    let Kind::List(id) = list.kind else { return None };
    let items = follower.arena().lists[id.0].iter();
    items
        .map(|item| item.value.number().filter(|_| !item.any_number))
        .collect()
}
