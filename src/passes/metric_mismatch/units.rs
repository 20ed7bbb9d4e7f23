//! Metrics for several outputs where there is one, and for one output where there are several.

use super::finding;
use crate::diagnostic::{Finding, Place};
use crate::ir::{Head, Metric};
use crate::knowledge::{Measures, TaskKind, UnitsRule};

/// Finds a metric that compares classes by the largest of one output, or that is for one output of several.
pub fn check(head: &Head, metric: &Metric) -> Option<Finding> {
    let loss = head.known_loss()?;
    let units = head.output.units.filter(|_| !head.output.positions)?;
    let is_yes_or_no = loss.all_parts(|part| part.family.is_independent_cross_entropy());
    if units.value == 1 && is_yes_or_no && (wants_many(metric) || metric.largest_without.is_some()) {
        let help = match &metric.largest_without {
            Some(argument) => format!("give it a {argument}, such as 0.5, which cuts the output"),
            None => "use the metric for two classes, which cuts the output".to_owned(),
        };
        return Some(
            finding(
                head,
                metric,
                "has one output to choose from",
                "looks for the likeliest of several classes …",
            )
            .with_related(Place::new(units.at, "… but there is one output, for yes or no"))
            .because("the largest of one output is always the first: the metric does not move, or the framework stops.")
            .help(help),
        );
    }
    let wants_one = metric.row.units == Some(UnitsRule::One);
    (wants_one && units.value > 1 && loss.row.units == UnitsRule::Many).then(|| {
        finding(
            head,
            metric,
            "is for one output",
            "compares one number with each label …",
        )
        .with_related(Place::new(units.at, format!("… but there are {} outputs", units.value)))
        .because("the numbers of outputs and labels differ: the framework stops.")
        .help("use the metric for several classes")
    })
}

fn wants_many(metric: &Metric) -> bool {
    let by_class = matches!(metric.row.measures, Measures::Decisions | Measures::Probabilities);
    metric.row.units == Some(UnitsRule::Many) || (by_class && metric.row.tasks == [TaskKind::Multiclass])
}
