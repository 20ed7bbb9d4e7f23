//! `logits-as-probabilities`: a loss that takes probabilities is fed with values that are none.

use super::Context;
use super::remedies::{Step, fitting_activations};
use super::words::expectation_at;
use crate::diagnostic::{Confidence, Finding, Place, Remedy, Severity};
use crate::ir::{Head, HeadActivation, Loss, Part};
use crate::knowledge::{Family, Input, Produces, Reaction};

/// Finds raw scores, or values outside [0, 1], that a loss reads as probabilities.
pub fn check(context: &Context<'_>, head: &Head) -> Option<Finding> {
    let loss = head.known_loss()?;
    let activation = head.activation()?;
    let given = Given::of(activation)?;
    let part = loss.part(|part| part.input == Input::Probabilities && reads_probabilities(part.family))?;
    let finding = Finding::new(Severity::Error,
        Confidence::Declared,
        format!("{} are read as probabilities", given.plural()),
        Place::new(activation.at, format!("the head gives {} …", given.described())),
    )
    .with_related(Place::new(
        expectation_at(loss, part),
        match ignored(part) {
            Some(argument) => {
                format!("… but the loss takes values between 0 and 1: it ignores \"{argument}\" over one unit")
            }
            None => "… but the loss takes values between 0 and 1".to_owned(),
        },
    ))
    .because(why(loss, part, given));
    Some(finding.help_all(remedies(context, head, loss, part, given)))
}

fn reads_probabilities(family: Family) -> bool {
    family.is_cross_entropy() || family.compares_masks()
}

/// The switch that is on and does nothing.
fn ignored(part: &Part) -> Option<&str> {
    let decision = part.decision.as_ref().filter(|decision| decision.is_ignored)?;
    Some(&decision.argument)
}

/// What the head gives instead of probabilities.
#[derive(Clone, Copy, PartialEq)]
enum Given {
    RawScores,
    LogProbabilities,
}

impl Given {
    fn of(activation: &HeadActivation) -> Option<Self> {
        match activation.produces() {
            Produces::Identity => Some(Self::RawScores),
            Produces::LogDistribution | Produces::LogProbabilities => Some(Self::LogProbabilities),
            _ => None,
        }
    }

    fn plural(self) -> &'static str {
        match self {
            Self::RawScores => "raw scores",
            Self::LogProbabilities => "log-probabilities",
        }
    }

    fn described(self) -> &'static str {
        match self {
            Self::RawScores => "any real number",
            Self::LogProbabilities => "numbers up to 0",
        }
    }

    fn as_input(self) -> Input {
        match self {
            Self::RawScores => Input::Logits,
            Self::LogProbabilities => Input::LogProbabilities,
        }
    }
}

fn why(loss: &Loss, part: &Part, given: Given) -> String {
    if loss.row.reaction(part.input, given.as_input()) == Reaction::Raises {
        return "the framework stops at the first value outside [0, 1].".to_owned();
    }
    if part.family.is_overlap() {
        return "the overlap of raw scores is no overlap: the loss leaves [0, 1] (2.55 measured) and rewards large \
                scores, without an error."
            .to_owned();
    }
    if part.family == Family::Boundary {
        return "distances from an outline are weighed by the output: with raw scores the loss has no scale of its own (5 times \
                as large ones took it from -6.7 to -34, without a floor, or from 149 to 3500; measured), without an error."
            .to_owned();
    }
    let floor = match part.family {
        Family::BinaryCrossEntropy => "the loss stays at 2.7",
        Family::CategoricalCrossEntropy => "the loss stays at 14.8 with 5 classes",
        Family::CategoricalFocal => "the loss stays at 3.7 with 5 classes",
        _ => "the loss cannot reach 0",
    };
    format!(
        "values outside [0, 1] are clipped, so a confidently wrong sample has no gradient at all: training runs, \
         {floor} (measured), and the weights are wrong."
    )
}

fn remedies(context: &Context<'_>, head: &Head, loss: &Loss, part: &Part, given: Given) -> Vec<Remedy> {
    let ends = fitting_activations(head, part);
    let mut remedies = match given {
        Given::RawScores => expecting_logits(context, head, loss, part, &ends),
        Given::LogProbabilities => Vec::new(),
    };
    for (activation, condition) in &ends {
        let step = context.use_activation(head, *activation).when(condition);
        let step = if remedies.is_empty() { step } else { step.or() };
        remedies.push(if ends.len() == 1 { step.choice() } else { step.shown() });
    }
    remedies
}

/// The loss is told that it gets logits: by one switch, or by one for each activation that may be meant.
fn expecting_logits(
    context: &Context<'_>,
    head: &Head,
    loss: &Loss,
    part: &Part,
    ends: &[(Produces, &'static str)],
) -> Vec<Remedy> {
    let mut steps: Vec<(Step, &str)> = Vec::new();
    for (activation, condition) in ends {
        let step = context.make_loss_apply(loss, part, *activation);
        steps.extend(step.map(|step| (context.on_logits(head, step), *condition)));
    }
    let is_one_step = steps.iter().all(|(step, _)| *step == steps[0].0);
    if !is_one_step {
        let shown = |(index, (step, condition)): (usize, (Step, &str))| {
            let step = step.when(condition);
            if index == 0 { step.shown() } else { step.or().shown() }
        };
        return steps.into_iter().enumerate().map(shown).collect();
    }
    let Some((step, _)) = steps.into_iter().next() else {
        return Vec::new();
    };
    let step = step.when(" (recommended for training: logits are more stable; predictions then need the activation)");
    // What the loss made of raw scores was nonsense, so telling it what it gets changes nothing that was right.
    let is_told = part.decision.is_some() && !part.family.compares_masks();
    let is_refused = loss.row.reaction(part.input, Input::Logits) == Reaction::Raises;
    vec![if is_told || is_refused {
        step.safe()
    } else {
        step.choice()
    }]
}
