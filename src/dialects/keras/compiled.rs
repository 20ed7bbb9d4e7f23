//! What `compile()` was given: losses and metrics of each output, in the spellings of all Keras versions.

use std::collections::HashMap;

use crate::diagnostic::Literal;
use crate::ir::{Head, LossForm, LossStatement, Metric, Model, ObjectForm};
use crate::reading::{BareNames, Scope, heads, losses};
use crate::span::{Location, Spanned};
use crate::values::Value;

/// The keys of the object that holds what `compile()` was given, in Keras 3 and in saved models.
pub const KEYS: &[&str] = &["compile_config", "training_config"];

/// Whether an object that states a loss states more of a `compile()` call, as saved models do.
pub fn is_complete(compile: Value<'_>) -> bool {
    const REST: &[&str] = &["optimizer", "optimizer_config", "metrics", "weighted_metrics"];
    REST.iter().any(|key| compile.get(key).is_some())
}

/// The compile data that stand with a model: `compile_config` of Keras 3, `training_config` of saved models, or `loss`
/// beside the class name, as Keras 1 wrote it.
pub fn of_export(model: Value<'_>) -> Option<Value<'_>> {
    let named = KEYS
        .iter()
        .find_map(|key| model.get(key))
        .filter(|config| config.is_object());
    named.or_else(|| {
        let beside = model.get("loss").is_some() && model.get("optimizer").is_some();
        beside.then_some(model)
    })
}

/// Where compile data's names may be looked up. Since Keras 3 a text was given as a text; before, a function was written
/// by its bare name as well.
pub fn bare_names(generation: Option<u32>) -> BareNames {
    match generation {
        Some(3..) => BareNames::FirstLibrary,
        _ => BareNames::FirstLibraryOrOwn,
    }
}

/// Whether losses are given output by output, so that every listed output can be trained.
pub fn has_a_loss_for_each_output(compile: Value<'_>) -> bool {
    compile
        .get("loss")
        .is_some_and(|loss| loss.is_array() || is_by_name(loss))
}

/// Adds losses and metrics to a model's heads.
pub fn add(scope: &Scope<'_>, compile: Value<'_>, model: &mut Model) {
    if let Some(loss) = compile.get("loss") {
        add_losses(scope, loss, model);
    }
    let one_loss = !has_a_loss_for_each_output(compile);
    let sharing = match model.generation {
        Some(3..) => Sharing::OneForEach,
        _ if one_loss => Sharing::AllForAll,
        _ => Sharing::Unclear,
    };
    for key in ["metrics", "weighted_metrics"] {
        if let Some(metrics) = compile.get(key) {
            add_metrics(scope, metrics, sharing, &mut model.heads);
        }
    }
}

fn add_losses(scope: &Scope<'_>, loss: Value<'_>, model: &mut Model) {
    if loss.is_null() {
        return;
    }
    if loss.is_array() {
        let items: Vec<Value<'_>> = loss.items().collect();
        for (head, node) in model.heads.iter_mut().zip(items) {
            set_loss(scope, head, node);
        }
        return;
    }
    if !is_by_name(loss) {
        for head in &mut model.heads {
            set_loss(scope, head, loss);
        }
        return;
    }
    let by_name = by_name(&model.heads);
    for (key, node) in loss.members() {
        match by_name.get(key.text()) {
            Some(&index) => set_loss(scope, &mut model.heads[index], node),
            // A number is no loss: what stands here are arguments, and no outputs.
            None if node.as_f64().is_some() || node.as_bool().is_some() => {}
            None => {
                let name = Spanned::new(key.text().to_owned(), key.at());
                model.unmatched_losses.push(name);
            }
        }
    }
}

/// The heads that have a name. Of several outputs of one layer Keras 2 calls the second `name_1`, the third `name_2`.
fn by_name(heads: &[Head]) -> HashMap<String, usize> {
    let mut by_name = HashMap::new();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for (index, head) in heads.iter().enumerate() {
        let Some(name) = &head.name else { continue };
        let count = counts.entry(&name.value).or_default();
        let unique = match *count {
            0 => name.value.clone(),
            count => format!("{}_{count}", name.value),
        };
        *count += 1;
        by_name.entry(unique).or_insert(index);
    }
    by_name
}

fn set_loss(scope: &Scope<'_>, head: &mut Head, node: Value<'_>) {
    head.loss = losses::loss(scope, node);
    if let LossStatement::Known(loss) = &mut head.loss
        && loss.form == LossForm::Name(None)
    {
        loss.form = LossForm::Name(Some(serialised(node.at(), &loss.row.name)));
    }
    heads::note_unjudged_loss(scope, head);
}

/// How Keras serialises a loss with arguments (`keras.saving.serialize_keras_object`); older versions pass over the keys
/// that they do not know.
fn serialised(at: Location, class: &str) -> ObjectForm {
    let text = |text: &str| Literal::Text(text.to_owned());
    let table = [
        ("module", text("keras.losses")),
        ("class_name", text(class)),
        ("config", Literal::Table(Vec::new())),
        ("registered_name", Literal::Null),
    ];
    ObjectForm {
        at,
        table: table.into_iter().map(|(key, value)| (key.to_owned(), value)).collect(),
        arguments: Some("config".to_owned()),
    }
}

/// Whether an object maps output names to losses or metrics, instead of being one of them.
fn is_by_name(node: Value<'_>) -> bool {
    node.is_object() && !is_serialised(node)
}

/// Whether an object is a loss or metric, and no table of them.
fn is_serialised(node: Value<'_>) -> bool {
    node.get("class_name").is_some() || node.get("_target_").is_some()
}

/// What a plain list of metrics means for several outputs.
#[derive(Clone, Copy, PartialEq)]
enum Sharing {
    /// An entry for each output: Keras 3 takes nothing else.
    OneForEach,
    /// All of them for every output, and all outputs have one loss.
    AllForAll,
    /// All of them for every output, whatever its loss: which of them is meant for which is not said.
    Unclear,
}

/// Metrics come as a list for all outputs, a list of lists, or an object by output name.
fn add_metrics(scope: &Scope<'_>, metrics: Value<'_>, sharing: Sharing, heads: &mut [Head]) {
    if is_by_name(metrics) {
        let by_name = by_name(heads);
        for (key, node) in metrics.members() {
            if let Some(&index) = by_name.get(key.text()) {
                heads[index].metrics.extend(read_metrics(scope, node));
            }
        }
        return;
    }
    let items: Vec<Value<'_>> = metrics.items().collect();
    let is_nested = items.iter().any(|item| item.is_array());
    let one_for_each = heads.len() > 1 && items.len() == heads.len() && (is_nested || sharing == Sharing::OneForEach);
    if one_for_each {
        for (head, node) in heads.iter_mut().zip(items) {
            head.metrics.extend(read_metrics(scope, node));
        }
        return;
    }
    if heads.len() > 1 && sharing != Sharing::AllForAll {
        return;
    }
    for head in heads {
        head.metrics.extend(read_metrics(scope, metrics));
    }
}

/// All metrics in a node, however deep its lists are nested.
fn read_metrics(scope: &Scope<'_>, node: Value<'_>) -> Vec<Metric> {
    let own = std::iter::once(node);
    own.chain(node.descendants().filter(move |_| node.is_array()))
        .filter(|item| item.as_str().is_some() || is_serialised(*item))
        .filter(|item| !inside_a_metric(*item, node))
        .filter_map(|item| losses::metric(scope, item))
        .collect()
}

/// Whether a node is part of a serialised metric's own arguments.
fn inside_a_metric(item: Value<'_>, list: Value<'_>) -> bool {
    item.ancestors()
        .skip(1)
        .take_while(|around| *around != list)
        .any(|around| around.is_object())
}
