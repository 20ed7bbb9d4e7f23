//! Names that a framework resolves from shapes (`"accuracy"`, `"crossentropy"`), once units and labels are known.

use std::sync::Arc;

use crate::ir::{Head, LossStatement};
use crate::knowledge::{Knowledge, LabelFormat, LossRow, MetricRow};

/// Puts the row that the framework takes in the place of the word that stands for several. What cannot be decided stays.
pub fn settle(knowledge: &Knowledge, head: &mut Head) {
    let units = head.units();
    let labels = head.facts.labels.map(|labels| labels.value);
    if let LossStatement::Known(loss) = &mut head.loss
        && let Some(row) = chosen_loss(knowledge, &loss.row, units, labels)
    {
        for part in &mut loss.parts {
            part.family = row.family;
            part.input = row.input.by_default();
        }
        loss.row = row;
    }
    for metric in &mut head.metrics {
        if let Some(row) = chosen_metric(knowledge, &metric.row, units, labels) {
            metric.input = row.input.by_default();
            metric.threshold = row.threshold.as_ref().map(|threshold| threshold.default);
            metric.row = row;
        }
    }
}

fn chosen_loss(
    knowledge: &Knowledge,
    row: &LossRow,
    units: Option<u64>,
    labels: Option<LabelFormat>,
) -> Option<Arc<LossRow>> {
    let name = row.by_shape.as_ref()?.choose(units, labels)?;
    knowledge.loss_in(&row.library, name)
}

fn chosen_metric(
    knowledge: &Knowledge,
    row: &MetricRow,
    units: Option<u64>,
    labels: Option<LabelFormat>,
) -> Option<Arc<MetricRow>> {
    let name = row.by_shape.as_ref()?.choose(units, labels)?;
    knowledge.metric_in(&row.library, name)
}
