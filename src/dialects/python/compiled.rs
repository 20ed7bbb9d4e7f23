//! What Keras's `compile` is given, and what the model gives at that moment.

use super::meeting::{Meeting, TrainedBy, tensors};
use super::plan::{self, Plan};
use super::written::Writer;
use super::{Manner, labels};
use crate::program::{Callee, Event, Kind, Run, Value};

/// What `compile` takes, by position and name, as far as it is read.
const ARGUMENTS: &[(usize, &str)] = &[(1, "loss"), (2, "metrics"), (4, "weighted_metrics")];

/// The meetings at every `compile` of a run.
pub fn meetings<'p>(manner: &Manner, run: &Run<'p>, writer: &mut Writer<'_, 'p>) -> Vec<Meeting> {
    if manner.framework != "keras" {
        return Vec::new();
    }
    let events = run.events.iter().enumerate();
    let compiled = events.filter(|(at, event)| &*event.method == "compile" && is_trained_with(run, *at, event));
    compiled
        .filter_map(|(at, event)| meeting(manner, run, (at, event), writer))
        .collect()
}

/// Whether a model may be trained with what it was compiled with: it is not compiled again before it is trained.
fn is_trained_with<'p>(run: &Run<'p>, at: usize, compiled: &Event<'p>) -> bool {
    let is_own = |event: &&Event<'p>| event.model.is_same(&compiled.model);
    let mut later = run.events[at + 1..].iter().filter(is_own);
    let is_last = later.next().is_none_or(|event| &*event.method != "compile");
    let trained = || run.events.iter().filter(|event| &*event.method != "compile");
    let is_open = trained().any(|event| !matches!(event.model.kind, Kind::Made(_) | Kind::Instance(_)));
    // A generator is compiled and never trained by that: the model around it is.
    let is_trained = trained().next().is_none() || is_open || trained().any(|event| is_own(&event));
    is_last && is_trained
}

fn meeting<'p>(
    manner: &Manner,
    run: &Run<'p>,
    (number, event): (usize, &Event<'p>),
    writer: &mut Writer<'_, 'p>,
) -> Option<Meeting> {
    // What an own training step does with the loss is another matter.
    if trains_itself(run, &event.model) {
        return None;
    }
    let given: Vec<(&str, &Value<'p>)> = ARGUMENTS
        .iter()
        .filter_map(|(position, name)| Some((*name, event.arguments.get(*position, name)?)))
        .collect();
    given.iter().find(|(name, _)| *name == "loss")?;
    let compile = writer.table(event.at, &given);
    let outputs = event.outputs.iter().flat_map(|output| tensors(run, output));
    let outputs: Vec<_> = outputs
        .map(|(name, tensor)| {
            let name = name.or_else(|| layer_name(run, &tensor));
            (name, plan::of(manner, writer, &tensor))
        })
        .collect();
    let names: Vec<Option<String>> = outputs.iter().map(|(name, _)| name.clone()).collect();
    let ends = outputs
        .iter()
        .filter_map(|(_, plan)| plan.as_ref().ok().and_then(Plan::end));
    Some(Meeting {
        key: std::iter::once(writer.at(event.at))
            .chain(ends.map(|end| end.at))
            .collect(),
        at: writer.at(event.method_at),
        trained_by: TrainedBy::Compile(compile),
        targets: labels::of_fit(run, number, &names),
        outputs,
    })
}

fn trains_itself(run: &Run<'_>, model: &Value<'_>) -> bool {
    let Kind::Instance(id) = model.kind else { return false };
    let class = run.arena.instances[id.0].class;
    let own = ["train_step", "compute_loss", "fit"];
    own.iter().any(|method| run.arena.member(class, method).is_some())
}

/// The name that the layer has which gives a tensor.
fn layer_name(run: &Run<'_>, tensor: &Value<'_>) -> Option<String> {
    let Kind::Made(id) = tensor.kind else { return None };
    let Callee::Made(layer) = run.arena.made(id).callee else {
        return None;
    };
    let name = run.arena.made(layer).arguments.under("name")?;
    name.text().map(str::to_owned)
}
