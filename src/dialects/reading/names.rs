//! The look-up of what a configuration names: losses, activations and metrics, with whether the framework takes the name.

use std::sync::Arc;

use super::reference::Reference;
use super::{BareNames, Scope};
use crate::ir::Accepted;
use crate::knowledge::{ActivationRow, Found, LayerRow, LossRow, MetricRow, Row, Spelling};
use crate::syntax::NodeRef;

/// A row and whether the framework takes the name that led to it.
#[derive(Debug, Clone)]
pub struct Named<R> {
    /// The row.
    pub row: Arc<R>,
    /// Whether the framework takes the name.
    pub accepted: Accepted,
}

impl<R> Named<R> {
    /// What was found, unless it is nothing or more than one.
    pub fn of(found: Found<R>) -> Option<Self> {
        let (row, accepted) = match found {
            Found::Known(row, Spelling::Current) => (row, Accepted::Yes),
            Found::Known(row, Spelling::Legacy) => (row, Accepted::BeforeOnly),
            Found::Refused(row) => (row, Accepted::No),
            Found::Ambiguous(_) | Found::Unknown => return None,
        };
        Some(Self { row, accepted })
    }
}

/// The loss that a reference names; the module, when it is given apart, must fit.
pub fn loss(scope: &Scope<'_>, reference: &Reference<'_>) -> Option<Named<LossRow>> {
    let own = Named::of(scope.knowledge.project_loss(scope.framework, reference.bare_name()));
    let name = full_name(reference);
    let found = || Named::of(scope.loss(&name));
    let named = own.or_else(found)?;
    let accepted = scope.accepts(&name, named.row.library());
    let has_others_arguments = || {
        named
            .row
            .not_with
            .iter()
            .any(|other| reference.argument(other).is_some())
    };
    let is_another = !name.contains('.') && has_others_arguments();
    (accepted && !is_another && leads_to(scope, reference, &name, &named)).then_some(named)
}

/// Whether a reference leads to a row, and is no class or function of the project's own with the same name.
fn leads_to<R: Row>(scope: &Scope<'_>, reference: &Reference<'_>, name: &str, named: &Named<R>) -> bool {
    let library = named.row.library();
    if scope.framework.is_project(library) {
        return true;
    }
    let by_name_only = reference.is_plain_function || scope.bare_names == BareNames::FirstLibraryOrOwn;
    let may_be_own = by_name_only && !name.contains('.');
    let accepted = match named.accepted {
        Accepted::Yes => true,
        Accepted::BeforeOnly => !reference.is_plain_function,
        Accepted::No => false,
    };
    let is_built_in = scope.framework.has_first(library) && accepted;
    !reference.is_registered && (is_built_in || !may_be_own)
}

/// The activation that a layer's argument names: a string, a serialised layer or function, `null` for none.
pub fn activation(scope: &Scope<'_>, layer: &LayerRow, node: NodeRef<'_>) -> Option<Named<ActivationRow>> {
    if node.is_null() {
        let row = scope.identity()?;
        return Some(Named {
            row,
            accepted: Accepted::Yes,
        });
    }
    let reference = Reference::read(node)?;
    let name = full_name(&reference);
    let function =
        Named::of(scope.activation_of(layer, &name)).filter(|named| leads_to(scope, &reference, &name, named));
    // A layer's class that is written as a text stands with its module: `torch.nn.ReLU`.
    if node.as_str().is_some() && !name.contains('.') {
        return function;
    }
    // A serialised layer that is an activation is no string: its class name is rightly spelt.
    layer_activation(scope, &name).or(function)
}

/// The activation that a layer class is.
fn layer_activation(scope: &Scope<'_>, name: &str) -> Option<Named<ActivationRow>> {
    let layer = scope.layer(name).known()?;
    let function = layer.is_activation.as_deref()?;
    Named::of(scope.activation_of(&layer, function))
}

/// The metric that a reference names, and the text that says it: one that the framework knows, or one that projects write
/// themselves.
pub fn metric<'t>(scope: &Scope<'_>, reference: &Reference<'t>) -> Option<(Named<MetricRow>, NodeRef<'t>)> {
    let of_project = Named::of(scope.knowledge.project_metric(scope.framework, reference.bare_name()));
    if let Some(named) = of_project {
        return Some((named, reference.name_node));
    }
    let find = |name: &str, node| {
        let named = Named::of(scope.metric(name))?;
        leads_to(scope, reference, name, &named).then_some((named, node))
    };
    let name = full_name(reference);
    let own = || {
        let named = Named::of(scope.knowledge.own_metric(reference.bare_name()))?;
        Some((named, reference.name_node))
    };
    if name != reference.name {
        return find(&name, reference.name_node).or_else(own);
    }
    // Keras 2 wraps metric functions; the wrapped name stands in the wrapper's arguments.
    let wrapped = ["fn", "name"].iter().filter_map(|key| reference.argument(key));
    find(&name, reference.name_node)
        .or_else(|| wrapped.filter_map(|node| find(node.as_str()?, node)).next())
        .or_else(own)
}

/// The name with its module, when the module is given apart and tells more than that it is a built-in.
fn full_name(reference: &Reference<'_>) -> String {
    let is_builtin = reference.is_plain_function || reference.module == Some("builtins");
    match reference.qualified_name() {
        Some(name) if !is_builtin => name,
        _ => reference.name.to_owned(),
    }
}
