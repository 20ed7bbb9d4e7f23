//! Where an output meets the loss that it is trained by: a call of a loss on it, or a `compile`. Found in one run of a program.

use super::labels::{self, Target};
use super::plan::{self, Plan};
use super::written::{Writer, holds_tensors};
use super::{Manner, compiled, network};
use crate::ir::{Head, LossStatement, Model, NotChecked, Unjudged};
use crate::knowledge::Reduction;
use crate::program::{Callee, Kind, Made, MadeId, Run, Value as Evaluated, Why};
use crate::reading::{Scope, heads};
use crate::span::{Location, NodeId, Spanned};
use crate::syntax::source::Sketch;
use crate::values::Value;

/// A place at which outputs meet their losses.
pub struct Meeting {
    /// What tells it from others: where the loss is called, and which loss and end that is.
    pub key: Vec<Location>,
    /// Where it is.
    pub at: Location,
    /// The outputs, each with its name if it has one.
    pub outputs: Vec<(Option<String>, Result<Plan, Why>)>,
    /// What each is trained towards.
    pub targets: Vec<Target>,
    /// What they are trained by.
    pub trained_by: TrainedBy,
}

/// What outputs are trained by.
#[derive(Clone, Copy)]
pub enum TrainedBy {
    /// The loss that this node says.
    Loss(NodeId),
    /// What `compile` is given, as a table.
    Compile(NodeId),
}

/// The meetings of one run.
pub fn of_run(scope: &Scope<'_>, manner: &Manner, run: &Run<'_>, sketch: &mut Sketch) -> Vec<Meeting> {
    let mut writer = Writer::new(scope, run, sketch);
    let mut all = compiled::meetings(manner, run, &mut writer);
    let trains = run.trains();
    let by_tape = manner.by_tape && run.has_tapes();
    for id in 0..run.arena.made.len() {
        // Where a program takes its gradients from blocks, a loss outside of them is only looked at.
        let counts = trains && (run.arena.made(MadeId(id)).is_taped || !by_tape);
        if counts && let Some(meeting) = called(scope, manner, MadeId(id), &mut writer) {
            all.push(meeting);
        }
    }
    all
}

/// The arithmetic of losses that a program computes by itself: what is trained in the end, each as a plan.
pub fn own_losses(scope: &Scope<'_>, manner: &Manner, run: &Run<'_>, sketch: &mut Sketch) -> Vec<Plan> {
    let mut writer = Writer::new(scope, run, sketch);
    let compiled = run.events.iter().filter_map(|event| event.loss.as_ref());
    let plans = run.trained.iter().chain(compiled);
    plans
        .filter_map(|value| plan::of(manner, &mut writer, value).ok().filter(Plan::has_layers))
        .collect()
}

/// A loss that is called on an output.
fn called<'p>(scope: &Scope<'_>, manner: &Manner, id: MadeId, writer: &mut Writer<'_, 'p>) -> Option<Meeting> {
    let made = writer.arena.made(id);
    if made.is_inference {
        return None;
    }
    let (loss, name) = match &made.callee {
        Callee::Made(loss) => (*loss, library_name(writer.arena.made(*loss))?),
        Callee::Library(name) if is_function(name) => (id, name.to_string()),
        _ => return None,
    };
    if !manner.has(&name) || scope.loss(&name).known().is_none() {
        return None;
    }
    let prediction = prediction(manner, made, writer)?;
    let plan = plan::of(manner, writer, &prediction);
    match &plan {
        // A loss of what no network gives explains something, and trains nothing.
        Ok(plan) if !plan.has_layers() => return None,
        _ => {}
    }
    let node = writer.construction(loss, loss == id)?;
    let made = writer.arena.made(id);
    let end = plan.as_ref().ok().and_then(Plan::end).map(|end| end.at);
    Some(Meeting {
        key: [Some(writer.at(writer.arena.made(loss).at)), end]
            .into_iter()
            .flatten()
            .collect(),
        at: writer.at(made.at),
        outputs: vec![(None, plan)],
        targets: vec![labels::of_call(manner, writer.run, made, &writer.followed)],
        trained_by: TrainedBy::Loss(node),
    })
}

fn library_name(made: &Made<'_>) -> Option<String> {
    match &made.callee {
        Callee::Library(name) => Some(name.to_string()),
        _ => None,
    }
}

/// Whether a name is that of a function: a class makes an object, which is called later.
fn is_function(name: &str) -> bool {
    let last = name.rsplit_once('.').map_or(name, |(_, last)| last);
    last.starts_with(|c: char| c.is_ascii_lowercase())
}

/// The argument of a loss that is the prediction. Losses in which the two may change places are given them in either order.
fn prediction<'p>(manner: &Manner, made: &Made<'p>, writer: &Writer<'_, 'p>) -> Option<Evaluated<'p>> {
    let (position, names) = manner.prediction;
    let named = names.iter().find_map(|name| made.arguments.under(name));
    let given = named.or_else(|| made.arguments.positional.get(position))?;
    let other = made.arguments.positional.get(1 - position);
    let is_tensor = |value: &Evaluated<'p>| holds_tensors(writer.arena, value);
    match other {
        // `loss(target, output)`: which is which cannot be told where only the other one is known.
        Some(other) if !is_tensor(given) && is_tensor(other) => None,
        _ => Some(given.clone()),
    }
}

impl Meeting {
    /// Of what is known of targets that which is true at another such meeting, too.
    pub fn keep_what_agrees(&mut self, other: &Self) {
        for (own, other) in self.targets.iter_mut().zip(&other.targets) {
            own.keep_what_agrees(other);
        }
    }

    /// What is not known of targets here is as at another meeting, and the other way round.
    pub fn fill_targets(&mut self, other: &mut Self) {
        for (own, other) in self.targets.iter_mut().zip(&mut other.targets) {
            own.fill(other);
        }
    }

    /// Adds its heads to a model.
    pub fn add_heads<'t>(&self, scope: &Scope<'_>, said: &dyn Fn(NodeId) -> Option<Value<'t>>, model: &mut Model) {
        let mut own = Model::new(model.dialect, model.framework.clone(), model.at);
        for (name, plan) in &self.outputs {
            own.heads.push(self.head(scope, name.as_deref(), plan, said));
        }
        let mut is_for_each_sample = false;
        match self.trained_by {
            TrainedBy::Loss(node) => {
                if let (Some(loss), Some(head)) = (said(node), own.heads.first_mut()) {
                    heads::set_loss(scope, head, loss);
                    // What becomes of its values is seen in the code that follows.
                    if let LossStatement::Known(loss) = &mut head.loss {
                        is_for_each_sample = loss.reduction.is_some_and(|said| said.value == Reduction::None);
                        loss.reduction = loss.reduction.filter(|_| !is_for_each_sample);
                    }
                }
            }
            TrainedBy::Compile(node) => {
                if let Some(compile) = said(node) {
                    crate::dialects::keras::compiled::add(scope, compile, &mut own);
                }
            }
        }
        for (head, target) in own.heads.iter_mut().zip(&self.targets) {
            head.is_in_program = true;
            labels::add(target, is_for_each_sample, head);
        }
        for head in &mut own.heads {
            heads::note_missing_loss(head);
        }
        model.heads.append(&mut own.heads);
        // Where an output's name is not known, a loss may well be meant for it.
        if self.outputs.iter().all(|(name, _)| name.is_some()) {
            model.unmatched_losses.append(&mut own.unmatched_losses);
        }
    }

    fn head<'t>(
        &self,
        scope: &Scope<'_>,
        name: Option<&str>,
        plan: &Result<Plan, Why>,
        said: &dyn Fn(NodeId) -> Option<Value<'t>>,
    ) -> Head {
        let unknown = |why: Why| {
            heads::without_output(NotChecked {
                what: Unjudged::NamedModel,
                at: self.at,
                why: format!("what goes into the loss is not known: {}", why.in_words()),
            })
        };
        match plan {
            Err(why) => unknown(*why),
            Ok(plan) => match network::of(scope, plan, said) {
                Some((network, output)) => {
                    let mut head = heads::from_network(scope, &network, &output);
                    head.name = name.map(|name| Spanned::new(name.to_owned(), head.at));
                    head.met = Some(Spanned::new(network::way(&network, &output), self.at));
                    head
                }
                None => unknown(Why::Computed),
            },
        }
    }
}

/// Whether a value is a tensor or several.
pub fn tensors<'p>(run: &Run<'p>, value: &Evaluated<'p>) -> Vec<(Option<String>, Evaluated<'p>)> {
    match &value.kind {
        Kind::List(id) => run.arena.lists[id.0]
            .iter()
            .map(|item| (None, item.value.clone()))
            .collect(),
        Kind::Table(id) => run.arena.tables[id.0]
            .iter()
            .map(|(key, value)| (key.text().map(str::to_owned), value.clone()))
            .collect(),
        _ => vec![(None, value.clone())],
    }
}
