//! Labels and targets of Python programs: what data flow says of what a model is fitted to, or a loss is given.

mod arithmetic;
mod call;
mod chance;
mod content;
mod emit;
mod follow;
mod joined;
mod literal;
mod made;
mod numbers;
#[cfg(test)]
mod tests;

use std::cell::Cell;

use super::Manner;
use crate::program::{Event, Kind, Made, Run, Value};
use crate::span::Location;
use content::Content;
use follow::Follower;

pub use emit::add;

/// What one output is trained towards.
#[derive(Debug, Clone, Default)]
pub struct Target {
    /// What is known of it.
    content: Option<Content>,
    /// Whether it is what goes into the model.
    is_input: bool,
    /// Where classes or samples are weighed.
    weighted: Option<Location>,
}

impl Target {
    /// Nothing is known where another says otherwise, or nothing.
    pub fn keep_what_agrees(&mut self, other: &Self) {
        let is_same = match (&self.content, &other.content) {
            (Some(own), Some(other)) => own.form == other.form && own.at == other.at,
            (None, None) => true,
            _ => false,
        };
        if !is_same || self.is_input != other.is_input {
            self.content = None;
            self.is_input = false;
        }
        self.weighted = self.weighted.or(other.weighted);
    }

    /// What one of two does not know it has from the other.
    pub fn fill(&mut self, other: &mut Self) {
        if self.content.is_none() {
            self.content.clone_from(&other.content);
        } else if other.content.is_none() {
            other.content.clone_from(&self.content);
        }
    }
}

/// Steps that are taken in all for the calls of losses in one run.
const MOST_STEPS_IN_ALL: u32 = 1_000_000;
/// Methods that train a model, and by which names they take what goes in and what shall come out.
const FITS: &[(&str, &str)] = &[("fit", "x"), ("fit_generator", "generator"), ("train_on_batch", "x")];
/// Arguments of such a method that weigh classes or samples.
const WEIGHTS: &[&str] = &["class_weight", "sample_weight"];

/// What the outputs of a compiled model are trained towards, by the first call that trains it before it is compiled again.
pub fn of_fit<'p>(run: &Run<'p>, compiled: usize, names: &[Option<String>]) -> Vec<Target> {
    let nothing = || vec![Target::default(); names.len()];
    let Some(model) = run.events.get(compiled).map(|event| &event.model) else {
        return nothing();
    };
    let mut later = run.events[compiled + 1..]
        .iter()
        .filter(|event| event.model.is_same(model));
    match later.next() {
        Some(fit) if &*fit.method != "compile" => of_event(run, fit, names),
        _ => nothing(),
    }
}

fn of_event<'p>(run: &Run<'p>, fit: &Event<'p>, names: &[Option<String>]) -> Vec<Target> {
    let weights = |name: &&&str| {
        let given = fit.arguments.under(name);
        given.is_some_and(|value| !matches!(value.kind, Kind::Nothing))
    };
    let weighted = WEIGHTS.iter().find(weights).and_then(|name| fit.arguments.under(name));
    let weighted = weighted.map(|value| run.location(value.at));
    let input_name = FITS.iter().find(|(method, _)| *method == &*fit.method);
    let input = input_name.and_then(|(_, name)| fit.arguments.get(0, name));
    let target = match &*fit.method {
        "fit_generator" => None,
        _ => fit.arguments.get(1, "y").filter(|y| !matches!(y.kind, Kind::Nothing)),
    };
    let steps = Cell::new(0);
    let follower = Follower::new(run, &steps);
    let of_output = |(index, name): (usize, &Option<String>)| {
        let (content, is_input) = match (target, input) {
            (Some(target), _) => {
                let own = of_one_output(run, target, index, name.as_deref(), names.len());
                let is_input = own
                    .zip(input)
                    .is_some_and(|(own, input)| arithmetic::is_same(own, input));
                (own.and_then(|own| follower.whole(own)), is_input)
            }
            (None, Some(pairs)) => {
                let mut steps = vec!["each".to_owned(), "1".to_owned()];
                if names.len() > 1 {
                    steps.push(index.to_string());
                }
                (follower.part(pairs, steps), false)
            }
            (None, None) => (None, false),
        };
        Target {
            content,
            is_input,
            weighted,
        }
    };
    names.iter().enumerate().map(of_output).collect()
}

/// What of `y` belongs to one of several outputs: by its name, or by its number.
fn of_one_output<'r, 'p>(
    run: &'r Run<'p>,
    target: &'r Value<'p>,
    index: usize,
    name: Option<&str>,
    outputs: usize,
) -> Option<&'r Value<'p>> {
    match &target.kind {
        Kind::Table(id) => {
            let members = &run.arena.tables[id.0];
            let mut named = members.iter().filter(|(key, _)| name.is_some() && key.text() == name);
            named.next_back().map(|(_, value)| value)
        }
        Kind::List(id) if outputs > 1 => {
            let items = &run.arena.lists[id.0];
            let fits = items.len() == outputs && !items.iter().any(|item| item.any_number);
            items.get(index).filter(|_| fits).map(|item| &item.value)
        }
        _ => (outputs == 1).then_some(target),
    }
}

/// What a loss is given beside the prediction.
pub fn of_call<'p>(manner: &Manner, run: &Run<'p>, called: &Made<'p>, followed: &Cell<u32>) -> Target {
    if followed.get() > MOST_STEPS_IN_ALL {
        return Target::default();
    }
    let names = ["target", "targets", "y_true", "labels", "label"];
    let named = names.iter().find_map(|name| called.arguments.under(name));
    let given = named.or_else(|| called.arguments.positional.get(1 - manner.prediction.0));
    let steps = Cell::new(0);
    let content = given.and_then(|given| Follower::new(run, &steps).whole(given));
    followed.set(followed.get().saturating_add(steps.get()));
    Target {
        content,
        ..Target::default()
    }
}
