//! Losses and metrics with their arguments read: what they expect, how they reduce, where they cut.

use std::sync::Arc;

use super::names::{self, Named};
use super::reference::Reference;
use super::{Reader, expression};
use crate::ir::{Accepted, Decision, Loss, LossForm, LossStatement, Metric, Part};
use crate::knowledge::{Family, Framework, Given, Input, InputRule, LossRow, Reduction};
use crate::span::Spanned;
use crate::syntax::NodeRef;

/// Reads the loss that a node names. `null` means that this output is not trained.
pub fn loss<'t>(reader: &Reader<'_>, framework: &Framework, node: NodeRef<'t>) -> LossStatement {
    if node.is_null() {
        return LossStatement::None(reader.at(node));
    }
    if let Some(text) = node.get("expression").filter(|text| text.as_str().is_some()) {
        return custom(reader, framework, text);
    }
    match Reference::read(node) {
        Some(reference) => loss_of(reader, framework, &reference),
        None => LossStatement::Unknown(Spanned::new(shortened(node.raw()), reader.at(node))),
    }
}

/// A loss written out as an expression: only its arithmetic can be judged.
fn custom(reader: &Reader<'_>, framework: &Framework, text: NodeRef<'_>) -> LossStatement {
    LossStatement::Custom {
        written: Spanned::new(shortened(text.text()), reader.at(text)),
        expression: expression::read(reader, framework, text),
    }
}

/// Reads the loss that a reference names.
fn loss_of(reader: &Reader<'_>, framework: &Framework, reference: &Reference<'_>) -> LossStatement {
    let written = Spanned::new(reference.name.to_owned(), reader.at(reference.name_node));
    match names::loss(reader, framework, reference) {
        Some(named) => LossStatement::Known(known_loss(reader, named, reference, written)),
        None => LossStatement::Unknown(written),
    }
}

fn known_loss(reader: &Reader<'_>, named: Named<LossRow>, reference: &Reference<'_>, written: Spanned<String>) -> Loss {
    let Named { row, accepted } = named;
    let number = |name: &str| {
        let node = reference.argument(name)?;
        Some(Spanned::new(node.as_f64()?, reader.at(node)))
    };
    let parts = if row.parts.is_empty() {
        let family = row.family_with(|name| given(reference, name));
        vec![part(reader, family, &row.input, reference)]
    } else {
        row.parts
            .iter()
            .map(|addend| part(reader, addend.family, &addend.input, reference))
            .collect()
    };
    Loss {
        parts,
        accepted,
        form: match reference.arguments {
            Some(arguments) => LossForm::Object {
                arguments: reader.at(arguments),
                renamable: is_renamable(reference, arguments, &row),
            },
            None => LossForm::Name(None),
        },
        reduction: reduction(reader, reference),
        class_weight: row
            .class_weights
            .iter()
            .filter_map(|name| reference.argument(name))
            .find(|value| !value.is_null() && value.as_bool() != Some(false))
            .map(|value| reader.at(value)),
        alpha: number("alpha"),
        gamma: number("gamma"),
        written,
        row,
    }
}

/// Arguments that every loss takes, and the keys that only name one.
const COMMON_ARGUMENTS: &[&str] = &[
    "reduction",
    "name",
    "dtype",
    "type",
    "_target_",
    "class_path",
    "class_name",
];

/// Whether another loss would take the arguments that are given.
fn is_renamable(reference: &Reference<'_>, arguments: NodeRef<'_>, row: &LossRow) -> bool {
    let apart = arguments != reference.whole;
    let is_switch = |key: &str| row.input.switches().iter().any(|switch| switch.argument == key);
    arguments
        .members()
        .all(|(key, _)| COMMON_ARGUMENTS.contains(&key.text()) || (apart && is_switch(key.text())))
}

/// A loss that nobody wrote down and a library takes by itself: all its arguments have their defaults.
pub fn with_defaults(row: Arc<LossRow>, written: Spanned<String>) -> Loss {
    Loss {
        parts: vec![Part {
            family: row.family,
            input: row.input.by_default(),
            decision: None,
        }],
        accepted: Accepted::Yes,
        form: LossForm::Name(None),
        reduction: None,
        class_weight: None,
        alpha: None,
        gamma: None,
        written,
        row,
    }
}

fn part(reader: &Reader<'_>, family: Family, rule: &InputRule, reference: &Reference<'_>) -> Part {
    let (input, decision) = resolve_input(reader, rule, reference);
    Part {
        family,
        input,
        decision,
    }
}

/// What a rule says once its switches are read in the arguments of a loss or metric.
fn resolve_input(reader: &Reader<'_>, rule: &InputRule, reference: &Reference<'_>) -> (Input, Option<Decision>) {
    let resolved = rule.resolve(|name| given(reference, name));
    // A rule whose switches are all off was decided by the first of them: that is the one to turn on.
    let decided = resolved.decision.or_else(|| {
        let first = rule.switches().first()?;
        (resolved.input != Input::Any).then_some((first, false))
    });
    let decision = decided.map(|(switch, value)| Decision {
        argument: switch.argument.clone(),
        value,
        at: reference
            .argument(&switch.argument)
            .filter(|node| !node.is_null())
            .map(|node| reader.at(node)),
    });
    (resolved.input, decision)
}

/// What a configuration says about an argument that should be true or false.
fn given(reference: &Reference<'_>, name: &str) -> Given {
    match reference.argument(name) {
        Some(node) if !node.is_null() => node.as_bool().map_or(Given::Unreadable, Given::Is),
        _ => Given::Absent,
    }
}

fn reduction(reader: &Reader<'_>, reference: &Reference<'_>) -> Option<Spanned<Reduction>> {
    let node = reference.argument("reduction")?;
    let reduction = match node.as_str() {
        Some("none" | "None") => Reduction::None,
        Some("sum") => Reduction::Sum,
        Some(_) => Reduction::Mean,
        None => return None,
    };
    Some(Spanned::new(reduction, reader.at(node)))
}

/// Reads a metric; `None` when the tables do not know it.
pub fn metric(reader: &Reader<'_>, framework: &Framework, node: NodeRef<'_>) -> Option<Metric> {
    let reference = Reference::read(node)?;
    let (Named { row, accepted }, name) = names::metric(reader, framework, &reference)?;
    let written = if name == reference.name_node {
        reference.name
    } else {
        name.text()
    };
    let (input, _) = resolve_input(reader, &row.input, &reference);
    let threshold = row.threshold.as_ref().map(|threshold| {
        reference
            .argument(&threshold.argument)
            .and_then(highest)
            .unwrap_or(threshold.default)
    });
    Some(Metric {
        written: Spanned::new(written.to_owned(), reader.at(name)),
        accepted,
        row,
        input,
        threshold,
    })
}

/// The number, or the highest of a list of them.
fn highest(node: NodeRef<'_>) -> Option<f64> {
    let own = node.as_f64();
    own.or_else(|| node.items().filter_map(NodeRef::as_f64).max_by(f64::total_cmp))
}

/// The beginning of a text, for naming something that has no name.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 40;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
