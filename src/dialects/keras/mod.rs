//! Keras exports of all ages: `to_json()` of Keras 1 to 3, saved models' configs → IR.

mod beside;
mod calls;
pub mod compiled;
mod network;

use std::collections::HashSet;

use super::Dialect;
use crate::ir::{Head, LossStatement, Model, NotChecked, Unjudged};
use crate::reading::graph::Network;
use crate::reading::{self, BareNames, Reader, Scope, arithmetic, heads};
use crate::values::{Notation, Value};

/// The Keras dialect.
pub struct Keras;

impl Dialect for Keras {
    fn name(&self) -> &'static str {
        "keras"
    }

    fn marks(&self) -> &'static [&'static str] {
        &["\"class_name\"", "class_name"]
    }

    fn notation(&self) -> &'static Notation {
        &Notation::KERAS
    }

    fn detect(&self, reader: &Reader<'_>, root: Value<'_>) -> bool {
        is_export(reader, root)
    }

    fn read(&self, reader: &Reader<'_>, root: Value<'_>) -> Vec<Model> {
        read(reader, self.name(), root, None)
    }
}

/// Whether a node is a serialised Keras model, alone or with what a saved model says of itself.
pub fn is_export(reader: &Reader<'_>, node: Value<'_>) -> bool {
    Export::find(reader, node).is_some()
}

/// Reads an export for a dialect. `trained_by` is what `compile()` was given, when that stands apart from it.
pub fn read<'t>(
    reader: &Reader<'t>,
    dialect: &'static str,
    export: Value<'t>,
    trained_by: Option<Value<'t>>,
) -> Vec<Model> {
    let (Some(mut export), Some(scope)) = (Export::find(reader, export), reader.scope("keras")) else {
        return Vec::new();
    };
    let compile = trained_by.or(export.compile);
    export.compile = compile.or_else(|| beside::compile(reader, export.model));
    // An export names what the framework had when it was written, or a function of the project's own.
    let scope = scope.with_bare_names(BareNames::FirstLibrary);
    vec![read_export(&scope, dialect, &export)]
}

/// Where the parts of an export stand, whatever wraps them.
struct Export<'t> {
    /// The object with `class_name` and `config`.
    model: Value<'t>,
    /// The object with `loss` and `metrics`.
    compile: Option<Value<'t>>,
    version: Option<Value<'t>>,
    backend: Option<Value<'t>>,
}

impl<'t> Export<'t> {
    /// Finds the model in a plain export or in a saved model.
    fn find(reader: &Reader<'t>, root: Value<'t>) -> Option<Self> {
        let (model, compile) = match root.get("model_config") {
            Some(model) => (model, root.get("training_config")),
            None => (root, compiled::of_export(root)),
        };
        let compile = compile.or_else(|| compiled::of_export(model));
        let saved_by = version_beside(reader);
        is_model(model, saved_by.is_some()).then(|| Self {
            model,
            compile: compile.or_else(|| reader.member("training_config")),
            version: root.get("keras_version").or(saved_by),
            backend: root.get("backend").or_else(|| reader.member("backend")),
        })
    }
}

/// The version that saved the model: an attribute of HDF5, or a key in the `metadata.json` of a `.keras` archive.
fn version_beside<'t>(reader: &Reader<'t>) -> Option<Value<'t>> {
    reader
        .member("keras_version")
        .or_else(|| reader.member("metadata.json")?.get("keras_version"))
}

impl Export<'_> {
    /// The major version: from the version's text, else 3 when the model names its module, as only Keras 3 writes it.
    fn generation(&self) -> Option<u32> {
        let version = self.version.and_then(Value::as_str);
        match version {
            Some(version) => version.split('.').next()?.parse().ok(),
            None => self.model.get("module").map(|_| 3),
        }
    }
}

/// Whether an object is a serialised Keras model: a class with a list of layers, one that says it was compiled, or any
/// class that Keras saved as a model.
fn is_model(node: Value<'_>, is_saved: bool) -> bool {
    let class = node.get("class_name").and_then(Value::as_str);
    let (Some(class), Some(config)) = (class, node.get("config")) else {
        return false;
    };
    let has_layers = network::layer_list(config).is_some();
    let known = matches!(class, "Sequential" | "Functional" | "Model" | "Graph");
    is_saved
        || (known && has_layers)
        || node.get("compile_config").is_some()
        || (has_layers && node.get("keras_version").is_some())
}

fn read_export(scope: &Scope<'_>, dialect: &'static str, export: &Export<'_>) -> Model {
    let mut model = scope.model(dialect, export.model);
    model.version = scope.text(export.version);
    model.generation = export.generation();
    model.backend = scope.spanned(export.backend, reading::backend);
    let mut lists_hidden = false;
    match network::read(scope, export.model) {
        Some(network) => {
            let leads_on = network.leading_to_outputs();
            lists_hidden = network.outputs.iter().any(|output| leads_on[output.vertex.0]);
            model.heads = heads_of(scope, &network, export.compile);
            model.computations = arithmetic::logarithms(scope, &network);
        }
        None => model.heads = vec![named_model(export)],
    }
    if let Some(compile) = export.compile {
        let scope = scope.with_bare_names(compiled::bare_names(model.generation));
        compiled::add(&scope, compile, &mut model);
        if lists_hidden && !compiled::has_a_loss_for_each_output(compile) {
            model.heads.iter_mut().for_each(leave_unjudged);
        }
    }
    for head in &mut model.heads {
        heads::note_missing_loss(head);
    }
    model
}

/// An export for visualisation lists hidden layers as outputs. The one loss beside them was for another model, of which the
/// file says nothing.
fn leave_unjudged(head: &mut Head) {
    head.loss = LossStatement::Unstated;
    head.metrics.clear();
    head.not_checked.push(NotChecked {
        what: Unjudged::NoLoss,
        at: head.at,
        why: "hidden layers are among the outputs, as exports for visualisation have them: what the one loss is for is not \
              known"
            .to_owned(),
    });
}

/// A subclassed model, of which the file names the class and nothing of the layers; or one whose layers cannot be followed.
fn named_model(export: &Export<'_>) -> Head {
    let class = export.model.get("class_name").unwrap_or(export.model);
    let at = class.at();
    let config = export.model.get("config");
    let lists_layers = config.is_some_and(|config| config.is_array() || config.get("layers").is_some());
    let is_damaged = !export.model.tree().errors.is_empty();
    if !lists_layers && !is_damaged {
        return heads::in_code(at, Some(class.text()));
    }
    heads::without_output(NotChecked {
        what: Unjudged::Malformed,
        at,
        why: format!(
            "the layers of `{}` are too many, too deep or not complete",
            class.text()
        ),
    })
}

/// One head for each output that can be trained.
fn heads_of(scope: &Scope<'_>, network: &Network<'_>, compile: Option<Value<'_>>) -> Vec<Head> {
    let own_losses = compile.is_some_and(compiled::has_a_loss_for_each_output);
    // Exports for visualisation list every layer as an output; a loss can only belong to one that leads nowhere else.
    let leads_on = network.leading_to_outputs();
    let input_widths = input_widths(network);
    network
        .outputs
        .iter()
        .filter(|output| own_losses || !leads_on[output.vertex.0])
        .map(|output| {
            let mut head = heads::from_network(scope, network, output);
            head.output.precision = arithmetic::precision(scope, network, output.vertex);
            head.output.mirrors_input = head
                .units()
                .is_some_and(|units| units > 1 && input_widths.contains(&units));
            head
        })
        .collect()
}

/// The widths of the last axis that enter the model, as far as input layers or first layers say them.
fn input_widths(network: &Network<'_>) -> HashSet<u64> {
    const SHAPES: &[&str] = &["batch_shape", "batch_input_shape"];
    let widths = network.vertices().filter_map(|(_, vertex)| {
        let construction = vertex.construction?;
        let shape = SHAPES.iter().find_map(|name| construction.argument(name))?;
        shape.items().last()?.as_u64()
    });
    widths.collect()
}
