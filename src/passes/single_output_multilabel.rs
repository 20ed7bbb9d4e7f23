//! `single-output-multilabel`: one unit is to answer several yes-or-no questions.

use super::Context;
use super::remedies::Step;
use super::remedies::set_units;
use crate::diagnostic::{Finding, Place, Remedy, Severity};
use crate::ir::Head;
use crate::knowledge::TaskKind;
use crate::span::Spanned;

/// Finds heads of one unit for tasks with several labels at once.
pub fn check(_context: &Context<'_>, head: &Head) -> Option<Finding> {
    let units = head.output.units?;
    let labels = head.facts.classes.map(|classes| classes.value);
    if units.value != 1 || !head.task.is(TaskKind::Multilabel) || labels == Some(1) || head.output.positions {
        return None;
    }
    let count = match labels {
        Some(count) => format!("{count} labels"),
        None => "several labels".to_owned(),
    };
    Some(
        Finding::new(Severity::Error,
            head.task.confidence,
            format!("one output unit stands for {count}"),
            Place::new(units.at, "one unit gives one probability …"),
        )
        .with_related(
            head.facts
                .classes
                .map(|classes| Place::new(classes.at, "… but there are this many labels")),
        )
        .with_evidence(head.task.evidence.iter().cloned())
        .because(format!(
            "one number cannot say which labels are present{}.",
            outcome(head)
        ))
        .help(remedy(head, units, labels)),
    )
}

/// What comes of the two shapes: a distance broadcasts them, a cross-entropy refuses them.
fn outcome(head: &Head) -> &'static str {
    let Some(loss) = head.known_loss() else { return "" };
    let family = loss.family();
    if family.is_regression() {
        ": the labels are broadcast against it, and it is trained for all of them at once"
    } else if family.is_independent_cross_entropy() || family.is_exclusive_cross_entropy() {
        ": the framework stops at the shapes"
    } else {
        ""
    }
}

/// The number of units, where the head is right in all else; the whole head in words, where it is not.
fn remedy(head: &Head, units: Spanned<u64>, labels: Option<u64>) -> Remedy {
    let is_independent = head
        .known_loss()
        .is_some_and(|loss| loss.all_parts(|part| part.family.is_independent_cross_entropy()));
    match labels {
        Some(count) if is_independent => set_units(units, count).choice(),
        _ => {
            let wanted = labels.map_or_else(|| "the number of labels".to_owned(), |count| count.to_string());
            Step::words(format!(
                "set the units to {wanted}, with one sigmoid for each and a binary cross-entropy averaged over them"
            ))
            .shown()
        }
    }
}
