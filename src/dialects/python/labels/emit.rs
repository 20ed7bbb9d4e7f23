//! From what is known of labels and targets to the facts of a head. What may mean one thing or another gives none.

use super::Target;
use super::content::{Content, Form};
use crate::ir::{Facts, Head, Loss, Normalization, Seen};
use crate::knowledge::{LabelFormat, Produces};
use crate::span::Spanned;

/// Adds what is known of the target to a head. A loss for each sample may be weighed before they are added up.
pub fn add(target: &Target, is_weighed_by_hand: bool, head: &mut Head) {
    if target.is_input {
        head.output.mirrors_input = true;
        return;
    }
    let Some(content) = &target.content else { return };
    if head.output.positions {
        return;
    }
    let mut facts = facts(content, head).unwrap_or_default();
    if is_weighed_by_hand {
        facts.class_counts = None;
    }
    facts.class_weight = target.weighted.map(|at| Spanned::new(true, at));
    head.seen = Some(Box::new(Seen { facts, at: content.at }));
}

fn facts(content: &Content, head: &Head) -> Option<Facts> {
    let loss = head.known_loss()?;
    if content.is_by_chance && !says_something(content, head, loss) {
        return None;
    }
    match content.form {
        Form::Numbers | Form::TwoNumbers => numbers(content, loss),
        Form::Names => None,
        // An output without an activation is fitted to numbers, whatever they stand for: least squares.
        _ if loss.family().is_regression()
            && (!content.is_of_classes || head.activation().is_none_or(|activation| activation.is_identity())) =>
        {
            None
        }
        _ => Some(classes(content, head, loss)),
    }
}

/// Whether numbers by chance were drawn as the labels or targets that they stand for: they fit the loss in any case where they are
/// only there to let it run.
fn says_something(content: &Content, head: &Head, loss: &Loss) -> bool {
    let is_standard = content.mean == Some(0.0) && content.std == Some(1.0);
    let is_row = content.form == Form::Truths && content.columns.is_some_and(|columns| columns > 1);
    let is_exclusive = loss.part(|part| part.family.is_exclusive_cross_entropy()).is_some()
        || head
            .activation()
            .is_some_and(|activation| activation.produces() == Produces::Distribution);
    let is_any_row = is_row && is_exclusive;
    !is_standard && !is_any_row
}

/// Of numbers between 0 and 1 only a loss for numbers says that they are no probabilities.
fn numbers(content: &Content, loss: &Loss) -> Option<Facts> {
    let is_probability = content.min.is_some_and(|min| min >= 0.0) && content.max.is_some_and(|max| max <= 1.0);
    if is_probability && !loss.family().is_regression() {
        return None;
    }
    let said = |value: Option<f64>| value.map(|value| Spanned::new(value, content.at));
    let mut facts = Facts::default();
    let is_standard = content.mean == Some(0.0) && content.std == Some(1.0);
    let normalized = content.normalized.or(is_standard.then_some(Normalization::Standard));
    facts.target.normalized = normalized.map(|said| Spanned::new(said, content.at));
    facts.target.min = said(content.min);
    facts.target.max = said(content.max);
    if content.min.is_none() && content.max.is_none() && normalized.is_none() {
        facts.target.mean = said(content.mean);
        facts.target.std = said(content.std);
    }
    if content.min.is_some() && content.mean.is_none() {
        facts.target.std = said(content.std);
    }
    Some(facts)
}

fn classes(content: &Content, head: &Head, loss: &Loss) -> Facts {
    let mut facts = Facts::default();
    let is_exclusive = loss.all_parts(|part| part.family.is_exclusive_cross_entropy());
    let labels = match (content.form, content.columns, head.units()) {
        (Form::Truths, Some(2..), _) | (Form::Vectors, ..) => Some(LabelFormat::BinaryVector),
        (Form::Truths, Some(1), _) | (Form::Truths, None, Some(1)) => Some(LabelFormat::Binary),
        (Form::Signed, ..) => Some(LabelFormat::Signed),
        (Form::OneHot, ..) | (Form::OneHotOrTruths, _, Some(3..)) => Some(LabelFormat::OneHot),
        (Form::Indices, None | Some(1), _) => Some(LabelFormat::Integer),
        _ => None,
    };
    let is_pair = content.form == Form::Indices && content.max == Some(1.0);
    let labels = match labels {
        // 0 and 1 are the indices of two classes as well.
        Some(LabelFormat::Binary) if is_exclusive && loss.row.labels.contains(&LabelFormat::Integer) => {
            Some(LabelFormat::Integer)
        }
        Some(LabelFormat::Integer) if is_pair && !is_exclusive => Some(LabelFormat::Binary),
        other => other,
    };
    let Some(labels) = labels else { return facts };
    facts.labels = Some(Spanned::new(labels, content.at));
    if labels == LabelFormat::Integer {
        facts.label_min = content.min.map(|min| Spanned::new(min, content.at));
        facts.label_max = content.max.map(|max| Spanned::new(max, content.at));
        facts.whole_as_real = content.as_floats;
    }
    let counted = match content.form {
        Form::Truths if labels == LabelFormat::BinaryVector => content.columns,
        _ => content.classes.filter(|_| content.is_of_classes),
    };
    facts.classes = counted.map(|classes| Spanned::new(classes, content.at));
    if labels != LabelFormat::BinaryVector {
        facts.class_counts = content.counts.clone().map(|counts| Spanned::new(counts, content.at));
    }
    facts
}
