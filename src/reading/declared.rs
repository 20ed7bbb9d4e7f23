//! Declared facts: the `[task]`, `[target]`, `[loss]`, `[metrics]` and `[[outputs]]` tables, in a spec or beside an export.

use super::{Reader, Scope, heads, losses, word};
use crate::ir::{Facts, Head, LossStatement, Metric, Misfit, Model, Normalization, Role, Target, Unjudged};
use crate::keys::spec::FACTS;
use crate::span::Spanned;
use crate::syntax::NodeRef;
use crate::syntax::shape::Shape;
use crate::values::{Notation, Value};

/// A table of facts beside a model.
#[derive(Clone, Copy)]
pub struct FactsTable<'t> {
    /// The table.
    pub root: NodeRef<'t>,
    /// The output that it is about; all when absent.
    pub output: Option<&'t str>,
    /// Whether it is a whole file, whose keys are to be checked.
    pub is_a_file: bool,
}

/// Adds facts to a model: those of the table's top level to every head that it is about, those of `[[outputs]]` to the
/// head of that name. What the model itself says is kept.
pub fn add(reader: &Reader<'_>, table: FactsTable<'_>, model: &mut Model) {
    let Some(scope) = reader.scope(&model.framework.name) else {
        return;
    };
    let root = Value::written(table.root, &Notation::WORDS);
    for head in &mut model.heads {
        let name = head.name.as_ref().map(|name| name.value.as_str());
        if table.output.is_some() && table.output != name {
            continue;
        }
        if let Some(output) = output_of(root, head) {
            add_to_head(&scope, output, head);
        }
        add_to_head(&scope, root, head);
    }
    if table.is_a_file {
        model.misfits.extend(misfits(&FACTS, root));
    }
}

/// What does not have the shape that it should have.
pub fn misfits(shape: &Shape, root: Value<'_>) -> Vec<Misfit> {
    shape
        .misfits(root.node())
        .into_iter()
        .map(|misfit| Misfit {
            at: misfit.node.at(),
            message: misfit.message,
            help: misfit.help,
        })
        .collect()
}

/// The entry of `[[outputs]]` that names the head.
fn output_of<'t>(root: Value<'t>, head: &Head) -> Option<Value<'t>> {
    let name = head.name.as_ref()?;
    root.get("outputs")?
        .items()
        .find(|output| output.get("name").and_then(Value::as_str) == Some(name.value.as_str()))
}

/// Adds what a table declares to a head.
pub fn add_to_head(scope: &Scope<'_>, table: Value<'_>, head: &mut Head) {
    let declared = read(scope, table);
    // A library's `num_classes` is the width of its network: how many classes the labels have stands here.
    let is_width = |classes: Spanned<u64>| head.output.units.is_some_and(|units| units.at == classes.at);
    if declared.classes.is_some() && head.facts.classes.is_some_and(is_width) {
        head.facts.classes = None;
    }
    head.conflicts.extend(head.facts.fill_from(&declared));
    if head.role.is_none() {
        head.role = role(scope, table);
    }
    if matches!(head.loss, LossStatement::Unstated)
        && let Some(node) = table.get("loss")
    {
        head.loss = losses::loss(scope, node);
        head.not_checked.retain(|note| note.what != Unjudged::NoLoss);
        heads::note_unjudged_loss(scope, head);
    }
    if head.metrics.is_empty()
        && let Some(node) = table.get("metrics")
    {
        head.metrics = metrics(scope, node);
    }
}

/// Reads `[task]` and `[target]` below a table.
pub fn read(reader: &Reader<'_>, table: Value<'_>) -> Facts {
    let mut facts = Facts {
        target: table
            .get("target")
            .map(|target| read_target(reader, target))
            .unwrap_or_default(),
        ..Facts::default()
    };
    let Some(task) = table.get("task") else {
        return facts;
    };
    let number = |key: &str| reader.spanned(task.get(key), Value::as_f64);
    facts.task = reader.spanned(task.get("kind"), word);
    facts.classes = reader.spanned(task.get("classes"), Value::as_u64);
    facts.labels = reader.spanned(task.get("labels"), word);
    facts.label_min = number("label_min");
    facts.label_max = number("label_max");
    facts.positive_rate = number("positive_rate");
    facts.class_weight = reader.spanned(task.get("class_weight"), Value::as_bool);
    facts.class_counts = reader.spanned(task.get("class_counts"), |node| {
        let counts: Option<Vec<f64>> = node.items().map(Value::as_f64).collect();
        counts.filter(|counts| !counts.is_empty())
    });
    facts
}

fn read_target(reader: &Reader<'_>, target: Value<'_>) -> Target {
    let number = |key: &str| reader.spanned(target.get(key), Value::as_f64);
    Target {
        min: number("min"),
        max: number("max"),
        mean: number("mean"),
        std: number("std"),
        normalized: reader.spanned(target.get("normalized"), normalization),
        outliers: reader.spanned(target.get("outliers"), Value::as_bool),
    }
}

/// The metrics below `[metrics]`: its `list`, or the value itself when it is a list.
pub fn metrics(scope: &Scope<'_>, node: Value<'_>) -> Vec<Metric> {
    let list = node.get("list").unwrap_or(node);
    list.items().filter_map(|item| losses::metric(scope, item)).collect()
}

/// The `role` of an output.
pub fn role(reader: &Reader<'_>, table: Value<'_>) -> Option<Spanned<Role>> {
    reader.spanned(table.get("role"), word)
}

fn normalization(node: Value<'_>) -> Option<Normalization> {
    match node.as_bool() {
        Some(true) => return Some(Normalization::Yes),
        Some(false) => return Some(Normalization::No),
        None => {}
    }
    word(node)
}
