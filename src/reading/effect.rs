//! What the arguments of a loss effect: which ones weigh classes, which do not count or are refused, and which are missing.

use super::arguments::{Argument, Arguments, Scalar};
use crate::ir::{Accepted, Ineffective, Why};
use crate::knowledge::{ArgumentRule, Beside, Knowledge, LossRow, Plain};
use crate::span::{Location, Spanned};
use crate::values::is_symbolic;

/// The first argument that weighs classes and counts.
pub fn class_weight(row: &LossRow, given: &dyn Arguments) -> Option<Location> {
    let names = row.class_weights.iter();
    let is_idle = |name: &str| {
        let mut own = rules(row).filter(|(rule, _)| rule.argument == name && !rule.one_unit);
        own.any(|(rule, _)| why(rule, given).is_some())
    };
    let counting = names.filter(|name| !is_idle(name));
    let mut arguments = counting.filter_map(|name| given.argument(name));
    arguments.find(|argument| argument.is_on()).map(|argument| argument.at)
}

/// Where the word stands that makes a loss take a softmax over the outputs.
pub fn exclusive(row: &LossRow, given: &dyn Arguments) -> Option<Location> {
    let rule = row.exclusive_with.as_ref()?;
    let argument = given.argument(&rule.argument)?;
    matches!(&argument.value, Scalar::Text(word) if *word == rule.word).then_some(argument.at)
}

/// The word for the reduction, where a loss is known not to take it or only older versions do.
pub fn refused_reduction(row: &LossRow, given: &dyn Arguments) -> Option<(Spanned<String>, Accepted)> {
    let argument = given.argument("reduction")?;
    let Scalar::Text(word) = argument.value else {
        return None;
    };
    let is_taken = row.reductions.is_empty() || row.reductions.contains(&word) || is_symbolic(&word);
    let accepted = match row.legacy_reductions.contains(&word) {
        true => Accepted::BeforeOnly,
        false => Accepted::No,
    };
    (!is_taken).then(|| (Spanned::new(word, argument.at), accepted))
}

/// The arguments that are given, and do not count beside a loss or are refused there.
pub fn ineffective(row: &LossRow, given: &dyn Arguments) -> Vec<Ineffective> {
    rules(row)
        .filter_map(|(rule, is_refused)| {
            let why = why(rule, given)?;
            let argument = given.argument(&rule.argument)?;
            says_something(rule, &argument).then(|| Ineffective {
                argument: Spanned::new(given.spelling(&rule.argument).to_owned(), argument.at),
                is_refused,
                unless: rule.unless.clone(),
                why,
            })
        })
        .collect()
}

/// Whether an argument has a value of its own; one that is filled in elsewhere, or a range to search, says nothing.
fn says_something(rule: &ArgumentRule, argument: &Argument) -> bool {
    match (&rule.default, &argument.value) {
        (Some(Plain::Number(default)), Scalar::Number(number)) => number != default,
        (Some(Plain::Truth(default)), Scalar::Bool(truth)) => truth != default,
        (_, Scalar::Unreadable) | (Some(_), _) => false,
        (None, Scalar::Number(_)) if rule.outside.is_some() => true,
        (None, Scalar::Text(text)) => !is_symbolic(text),
        (None, _) => argument.is_on(),
    }
}

/// How many classes are weighed, by the first argument for that which counts and lists them.
pub fn weights(row: &LossRow, given: &dyn Arguments) -> Option<Spanned<u64>> {
    let at = class_weight(row, given)?;
    let mut lists = row.class_weights.iter().filter_map(|name| given.length(name));
    lists.find(|count| count.at == at)
}

/// What a row says of arguments, and whether it refuses them.
fn rules(row: &LossRow) -> impl Iterator<Item = (&ArgumentRule, bool)> {
    let ignored = row.ignores.iter().map(|rule| (rule, false));
    ignored.chain(row.refuses.iter().map(|rule| (rule, true)))
}

/// Why a rule holds beside the arguments that are given; `None` where it does not, or cannot be told.
fn why(rule: &ArgumentRule, given: &dyn Arguments) -> Option<Why> {
    if !rule.holds(|name| given.truth(name)) {
        return None;
    }
    if let Some(range) = rule.outside {
        let number = given.number(&rule.argument)?.value;
        return (!range.holds(number)).then_some(Why::Outside(number, range));
    }
    match &rule.beside {
        _ if rule.one_unit => Some(Why::OneUnit),
        None => Some(Why::Loss),
        Some(beside) => why_beside(beside, given),
    }
}

fn why_beside(beside: &Beside, given: &dyn Arguments) -> Option<Why> {
    let Some(other) = given.argument(&beside.argument) else {
        return beside.by_default.then_some(Why::Loss);
    };
    let is_it = match (&other.value, &beside.is) {
        (Scalar::Bool(truth), Plain::Truth(wanted)) => truth == wanted,
        (Scalar::Number(number), Plain::Number(wanted)) => number == wanted,
        (Scalar::Text(word), Plain::Word(wanted)) => word == wanted,
        _ => false,
    };
    let name = &beside.argument;
    is_it.then(|| Why::Beside(name.clone(), Spanned::new(format!("{name} = {}", beside.is), other.at)))
}

/// The arguments that a loss must have and that are not given.
pub fn missing(row: &LossRow, given: &dyn Arguments) -> Vec<String> {
    let wanted = row.requires.iter();
    wanted.filter(|name| given.argument(name).is_none()).cloned().collect()
}

/// The arguments that are given of all that some loss of a library says something of.
pub fn settings(knowledge: &Knowledge, library: &str, given: &dyn Arguments) -> Vec<String> {
    let rows = knowledge.losses().filter(|row| row.library == library);
    let mut names: Vec<&String> = rows
        .flat_map(|row| rules(row).map(|(rule, _)| &rule.argument).chain(&row.requires))
        .filter(|name| given.argument(name).is_some_and(|argument| argument.is_on()))
        .collect();
    names.sort_unstable();
    names.dedup();
    names.into_iter().cloned().collect()
}
