//! Losses, activations and metrics from what a configuration names: the look-up in the tables and the reading of arguments.

use std::sync::Arc;

use super::reference::Reference;
use super::{Reader, expression};
use crate::ir::{Decision, Loss, LossStatement, Metric, Part};
use crate::knowledge::{
    ActivationRow, Family, Framework, Given, Input, InputRule, LayerRow, LossRow, MetricRow, Reduction,
};
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
pub fn loss_of(reader: &Reader<'_>, framework: &Framework, reference: &Reference<'_>) -> LossStatement {
    let written = Spanned::new(reference.name.to_owned(), reader.at(reference.name_node));
    match find_loss(reader, framework, reference) {
        Some(row) => LossStatement::Known(known_loss(reader, row, reference, written)),
        None => LossStatement::Unknown(written),
    }
}

/// The row of the loss that a reference names; the module, when it is given apart, must fit.
pub fn find_loss(reader: &Reader<'_>, framework: &Framework, reference: &Reference<'_>) -> Option<Arc<LossRow>> {
    let find = |name: &str| {
        let row = reader.knowledge.loss(framework, name).known()?;
        reader.accepts(framework, name, &row.library).then_some(row)
    };
    match own_module(reference) {
        Some(name) => find(&name),
        None => find(reference.name),
    }
}

/// The qualified name, when the module tells more than that it is a built-in.
fn own_module(reference: &Reference<'_>) -> Option<String> {
    if reference.is_plain_function || reference.module == Some("builtins") {
        return None;
    }
    reference.qualified_name()
}

fn known_loss(reader: &Reader<'_>, row: Arc<LossRow>, reference: &Reference<'_>, written: Spanned<String>) -> Loss {
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
        is_bare_name: reference.arguments.is_none(),
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

/// A loss that nobody wrote down and a library takes by itself: all its arguments have their defaults.
pub fn with_defaults(row: Arc<LossRow>, written: Spanned<String>) -> Loss {
    Loss {
        parts: vec![Part {
            family: row.family,
            input: row.input.by_default(),
            decision: None,
        }],
        is_bare_name: true,
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

/// The row of the activation that a layer's argument names: a string, a serialised layer or function, `null` for none.
pub fn activation(
    reader: &Reader<'_>,
    framework: &Framework,
    layer: &LayerRow,
    node: NodeRef<'_>,
) -> Option<Arc<ActivationRow>> {
    if node.is_null() {
        return reader.identity(framework);
    }
    let reference = Reference::read(node)?;
    match own_module(&reference) {
        Some(name) => find_activation(reader, framework, layer, &name),
        None => find_activation(reader, framework, layer, reference.name),
    }
}

/// The row of that name; a layer that is an activation counts as one.
fn find_activation(
    reader: &Reader<'_>,
    framework: &Framework,
    layer: &LayerRow,
    name: &str,
) -> Option<Arc<ActivationRow>> {
    let function = reader.knowledge.activation_of(framework, layer, name).known();
    function.or_else(|| {
        let layer = reader.knowledge.layer(framework, name).known()?;
        let function = layer.is_activation.as_deref()?;
        reader.knowledge.activation_of(framework, &layer, function).known()
    })
}

/// Reads a metric; `None` when the tables do not know it.
pub fn metric(reader: &Reader<'_>, framework: &Framework, node: NodeRef<'_>) -> Option<Metric> {
    let reference = Reference::read(node)?;
    let row = find_metric(reader, framework, &reference)?;
    let (input, _) = resolve_input(reader, &row.input, &reference);
    let threshold = row.threshold.as_ref().map(|threshold| {
        reference
            .argument(&threshold.argument)
            .and_then(NodeRef::as_f64)
            .unwrap_or(threshold.default)
    });
    Some(Metric {
        written: Spanned::new(reference.name.to_owned(), reader.at(reference.name_node)),
        row,
        input,
        threshold,
    })
}

fn find_metric(reader: &Reader<'_>, framework: &Framework, reference: &Reference<'_>) -> Option<Arc<MetricRow>> {
    let find = |name: &str| reader.knowledge.metric(framework, name).known();
    if let Some(name) = own_module(reference) {
        return find(&name);
    }
    // Keras 2 wraps metric functions; the wrapped name stands in its arguments.
    let wrapped = ["fn", "name"]
        .iter()
        .filter_map(|key| reference.argument(key)?.as_str());
    find(reference.name).or_else(|| wrapped.filter_map(find).next())
}

/// The beginning of a text, for naming something that has no name.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 40;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
