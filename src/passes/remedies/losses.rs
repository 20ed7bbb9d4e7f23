//! What to do about a loss: its switch, or another loss, in the framework's spelling.

use super::Step;
use crate::diagnostic::{Change, Literal};
use crate::ir::{Decision, Loss, LossForm, Part};
use crate::knowledge::{Family, Given, Input, LossRow, Produces, TaskKind};
use crate::passes::Context;

impl Context<'_> {
    /// The framework's name of a loss, spelt in the style of the one that is replaced; `None` when it has none.
    pub fn loss_name(&self, family: Family, input: Input, like: &Loss) -> Option<String> {
        let row = self.knowledge.loss_for(&self.model.framework, family, input)?;
        Some(self.knowledge.loss_spelled_like(row, &like.written.value))
    }

    /// The framework's names of several losses, `"mse" or "huber"`; `None` when it has none of them.
    pub fn loss_names(&self, families: &[Family], input: Input, like: &Loss) -> Option<String> {
        let names = families
            .iter()
            .filter_map(|family| self.loss_name(*family, input, like));
        let quoted: Vec<String> = names.map(|name| format!("\"{name}\"")).collect();
        (!quoted.is_empty()).then(|| quoted.join(" or "))
    }

    /// Whether the framework has a loss that expects this input without being told.
    pub fn has_loss_on(&self, family: Family, input: Input) -> bool {
        self.knowledge
            .loss_for(&self.model.framework, family, input)
            .is_some_and(|row| row.input.by_default() == input)
    }

    /// How to train by another loss: `use "BCELoss"`; `None` when the framework has none, or it is the one already.
    pub fn use_loss(&self, family: Family, input: Input, instead_of: &Loss) -> Option<Step> {
        let row = self.knowledge.loss_for(&self.model.framework, family, input)?;
        self.use_row(row, input, instead_of)
    }

    /// The same with the loss that the framework has for a task.
    pub fn use_loss_for(&self, task: TaskKind, family: Family, input: Input, instead_of: &Loss) -> Option<Step> {
        let row = self
            .knowledge
            .loss_for_task(&self.model.framework, family, input, task)?;
        self.use_row(row, input, instead_of)
    }

    fn use_row(&self, row: &LossRow, input: Input, instead_of: &Loss) -> Option<Step> {
        let name = self.knowledge.loss_spelled_like(row, &instead_of.written.value);
        if name == instead_of.written.value {
            return None;
        }
        let takes_the_arguments = match &instead_of.form {
            LossForm::Name(_) => true,
            LossForm::Tagged { .. } | LossForm::Call => false,
            LossForm::Object { given, .. } => given.iter().all(|name| {
                let mut switches = row.input.switches().iter();
                switches.any(|switch| switch.argument == *name)
            }),
        };
        let change = takes_the_arguments.then(|| Change::Replace {
            at: instead_of.written.at,
            with: Literal::Text(name.clone()),
        });
        let rename = Step::with(format!("use \"{name}\""), change);
        Some(match switch_for(row, input, instead_of) {
            Some((switch, change)) => rename.with_more(&switch, change),
            None => rename,
        })
    }

    /// How to make a loss expect something else: by its switch, or by another loss of the same family.
    pub fn make_loss_expect(&self, loss: &Loss, part: &Part, input: Input) -> Option<Step> {
        match &part.decision {
            Some(decision) => Some(turn(loss, decision)),
            None => {
                let row = self.knowledge.loss_for(&self.model.framework, part.family, input)?;
                let same_labels = row.labels.iter().any(|labels| loss.row.labels.contains(labels));
                same_labels.then(|| self.use_loss(part.family, input, loss))?
            }
        }
    }

    /// How to make a loss that takes probabilities apply this activation to scores by itself.
    pub fn make_loss_apply(&self, loss: &Loss, part: &Part, activation: Produces) -> Option<Step> {
        let own = loss
            .row
            .input
            .switch_applying(activation)
            .map(|switch| &switch.argument);
        match (&part.decision, own) {
            (Some(decision), Some(argument)) if decision.argument != *argument => Some(turn_on(loss, argument)),
            _ => self.make_loss_expect(loss, part, Input::Logits),
        }
    }
}

/// Turns a switch on that is off, and that no part of the loss was decided by.
fn turn_on(loss: &Loss, argument: &str) -> Step {
    let is_given = matches!(&loss.form, LossForm::Object { given, .. } if given.iter().any(|name| name == argument));
    if is_given {
        return Step::words(format!("set \"{argument}\" to true"));
    }
    give(loss, argument, true)
}

/// Turns a loss's switch around: in its place, or as a new argument.
fn turn(loss: &Loss, decision: &Decision) -> Step {
    let value = !decision.value;
    let argument = &decision.argument;
    if let Some(at) = decision.at {
        let with = Literal::Bool(value);
        return Step::with(
            format!("set \"{argument}\" to {value}"),
            Some(Change::Replace { at, with }),
        );
    }
    give(loss, argument, value)
}

/// Gives a loss an argument that it does not have, wherever its form has a place for it.
fn give(loss: &Loss, argument: &str, value: bool) -> Step {
    match &loss.form {
        LossForm::Object { arguments, .. } | LossForm::Tagged { arguments } => Step::with(
            format!("give the loss \"{argument}\": {value}"),
            Some(Change::Insert {
                into: *arguments,
                after: None,
                key: argument.to_owned(),
                value: Literal::Bool(value),
            }),
        ),
        LossForm::Call => Step::words(format!("give the call the argument \"{argument}\": {value}")),
        LossForm::Name(object) => Step::with(
            format!("give the loss as an object with \"{argument}\": {value} (a name alone cannot say it)"),
            object.as_ref().map(|object| Change::Replace {
                at: loss.written.at,
                with: object.with(argument, Literal::Bool(value)),
            }),
        ),
    }
}

/// The switch that must be turned as well so that another loss expects an input, in words, and the change when the switch
/// is there already.
fn switch_for(row: &LossRow, input: Input, instead_of: &Loss) -> Option<(String, Option<Change>)> {
    let given = instead_of.parts.iter().find_map(|part| {
        let decision = part.decision.as_ref()?;
        Some((decision, decision.at?))
    });
    let resolved = row.input.resolve(|argument| match given {
        Some((decision, _)) if decision.argument == argument => Given::Is(decision.value),
        _ => Given::Absent,
    });
    if resolved.input == input {
        return None;
    }
    let (switch, value) = row.input.switch_to(input)?;
    let change = given
        .filter(|(decision, _)| decision.argument == switch.argument)
        .map(|(_, at)| Change::Replace {
            at,
            with: Literal::Bool(value),
        });
    Some((format!(" with \"{}\": {value}", switch.argument), change))
}
