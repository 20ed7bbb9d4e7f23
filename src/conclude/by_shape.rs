//! What a framework decides by shapes, once units and labels are known: what `"accuracy"` and `"crossentropy"` stand for, and
//! which switch of a loss it ignores.

use std::sync::Arc;

use crate::ir::{Head, Loss, LossStatement};
use crate::knowledge::{Given, Input, InputRule, Knowledge, LabelFormat, LossRow, MetricRow};

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
    if let LossStatement::Known(loss) = &mut head.loss {
        if units == Some(1) {
            ignore_switches(loss);
        }
        // The loss brings the output layer itself: how wide its input is says nothing of classes.
        if loss.all_parts(|part| part.input == Input::Features) {
            head.output.units = None;
        }
    }
    for metric in &mut head.metrics {
        if let Some(row) = chosen_metric(knowledge, &metric.row, units, labels) {
            metric.input = row.input.by_default();
            metric.threshold = row.threshold.as_ref().map(|threshold| threshold.default);
            metric.row = row;
        }
    }
}

/// Reads the parts of a loss anew whose switch does nothing to an output with one unit.
fn ignore_switches(loss: &mut Loss) {
    let rules: Vec<&InputRule> = match loss.row.parts.as_slice() {
        [] => vec![&loss.row.input],
        parts => parts.iter().map(|part| &part.input).collect(),
    };
    for (part, rule) in loss.parts.iter_mut().zip(rules) {
        let Some(decision) = part.decision.as_mut().filter(|decision| decision.value) else {
            continue;
        };
        let mut switches = rule.switches().iter();
        if switches.any(|switch| switch.argument == decision.argument && switch.needs_several_units) {
            decision.is_ignored = true;
            part.input = rule.resolve(|_| Given::Absent).input;
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
