//! What to do about a loss: its switch, or another loss, in the framework's spelling.

use super::Step;
use crate::diagnostic::{Change, Literal};
use crate::ir::{Decision, Loss, LossForm, Part};
use crate::knowledge::{Family, Given, Input, LossRow, Produces, TaskKind};
use crate::passes::Context;

impl Context<'_> {
    /// The framework's name of a loss, spelt in the style of the one that is replaced; `None` when it has none.
    pub fn loss_name(&self, family: Family, input: Input, like: &Loss) -> Option<String> {
        Some(self.choose(family, input, None, like)?.name)
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
        let mut rows = self.knowledge.losses_for(&self.model.framework, family, input);
        rows.next().is_some_and(|row| row.input.by_default() == input)
    }

    /// How to train by another loss: `use "BCELoss"`; `None` when the framework has none, or it is the one already.
    pub fn use_loss(&self, family: Family, input: Input, instead_of: &Loss) -> Option<Step> {
        self.use_choice(self.choose(family, input, None, instead_of)?, input, instead_of)
    }

    /// The same with the loss that the framework has for a task.
    pub fn use_loss_for(&self, task: TaskKind, family: Family, input: Input, instead_of: &Loss) -> Option<Step> {
        self.use_choice(self.choose(family, input, Some(task), instead_of)?, input, instead_of)
    }

    /// The loss that comes in place of one: rather one that the place has a word for, and rather one that is made for the
    /// task, as some libraries have one loss for a label and one for several.
    fn choose(&self, family: Family, input: Input, task: Option<TaskKind>, like: &Loss) -> Option<Choice<'_>> {
        let framework = &self.model.framework;
        let written = &like.written.value;
        let candidates = self.knowledge.losses_for(framework, family, input).map(|row| {
            let word = self.knowledge.loss_word(framework, &like.vocabulary, row, written);
            let is_writable = word.is_some();
            let name = word.unwrap_or_else(|| self.knowledge.loss_spelled_like(row, written));
            let choice = Choice { row, name, is_writable };
            let is_for_task = task.is_none_or(|task| row.tasks.contains(&task));
            ((!is_writable, !is_for_task), choice)
        });
        candidates.min_by_key(|(rank, _)| *rank).map(|(_, choice)| choice)
    }

    fn use_choice(&self, choice: Choice<'_>, input: Input, instead_of: &Loss) -> Option<Step> {
        let Choice { row, name, is_writable } = choice;
        if name == instead_of.written.value {
            return None;
        }
        let text = Literal::Text(name.clone());
        let rename = match &instead_of.form {
            LossForm::Implied(Some((room, key))) if is_writable => {
                Step::with(format!("set \"{key}\" to \"{name}\""), Some(room.give(key, text)))
            }
            form => {
                let change = (is_writable && takes_the_arguments(row, instead_of, form)).then_some(Change::Replace {
                    at: instead_of.written.at,
                    with: text,
                });
                Step::with(format!("use \"{name}\""), change)
            }
        };
        let rename = match is_writable {
            true => rename,
            false => rename.when(", which cannot be written here"),
        };
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
                let choice = self.choose(part.family, input, None, loss)?;
                let same_labels = choice.row.labels.iter().any(|labels| loss.row.labels.contains(labels));
                same_labels.then(|| self.use_choice(choice, input, loss))?
            }
        }
    }

    /// How to make a loss that takes probabilities apply this activation to scores by itself.
    pub fn make_loss_apply(&self, loss: &Loss, part: &Part, activation: Produces) -> Option<Step> {
        let rules = std::iter::once(&loss.row.input).chain(loss.row.parts.iter().map(|part| &part.input));
        let own = rules.filter_map(|rule| rule.switch_applying(activation)).next();
        let own = own.map(|switch| &switch.argument);
        match (&part.decision, own) {
            // Two such switches at once are refused.
            (Some(decision), Some(argument)) if decision.is_ignored => {
                Some(turn(loss, decision).and(turn_on(loss, argument)))
            }
            (Some(decision), Some(argument)) if decision.argument != *argument => Some(turn_on(loss, argument)),
            _ => self.make_loss_expect(loss, part, Input::Logits),
        }
    }
}

/// A loss that may come in place of another.
struct Choice<'k> {
    row: &'k LossRow,
    /// As the place calls it, or the tables where the place has no word for it.
    name: String,
    /// Whether the place takes that name.
    is_writable: bool,
}

/// Whether a loss takes all that is given to the one that it comes in place of, and needs no more.
fn takes_the_arguments(row: &LossRow, instead_of: &Loss, form: &LossForm) -> bool {
    let given: &[String] = match form {
        LossForm::Name(_) => &[],
        LossForm::Tagged { .. } | LossForm::Call | LossForm::Implied(_) => return false,
        LossForm::Object { given, .. } => given,
    };
    let is_switch = |name: &String| row.input.switches().iter().any(|switch| switch.argument == *name);
    let is_common = |name: &String| row.common_arguments.contains(name);
    let takes_all = given.iter().all(|name| is_switch(name) || is_common(name));
    let settings = &instead_of.settings;
    let needs_no_more = row
        .requires
        .iter()
        .all(|name| given.contains(name) || settings.contains(name));
    // What counts beside the one must count beside the other.
    let loses = |name: &String| row.passes_over(name) && !instead_of.row.passes_over(name);
    takes_all && needs_no_more && !settings.iter().any(loses)
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
            Some(arguments.give(argument, Literal::Bool(value))),
        ),
        LossForm::Implied(_) => Step::words(format!("give the loss \"{argument}\": {value} where it is made")),
        LossForm::Call => Step::words(format!("give the call the argument \"{argument}\": {value}")),
        LossForm::Name(object) => Step::with(
            format!("give the loss as an object with \"{argument}\": {value} (a name alone cannot say it)"),
            object.as_ref().map(|object| Change::Replace {
                at: object.at,
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
