//! The look-up of what a configuration names: losses, activations and metrics, with whether the framework takes the name.

use std::sync::Arc;

use super::{BareNames, Scope};
use crate::ir::Accepted;
use crate::knowledge::{ActivationRow, Found, LayerRow, LossRow, MetricRow, Row, Spelling};
use crate::values::{Construction, Origin, Value};

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
pub fn loss(scope: &Scope<'_>, construction: &Construction<'_>) -> Option<Named<LossRow>> {
    let own = Named::of(scope.knowledge.project_loss(scope.framework, construction.bare_name()));
    let name = full_name(construction);
    let found = || Named::of(scope.loss(&name));
    let named = own.or_else(found)?;
    let accepted = scope.accepts(&name, named.row.library());
    let has_others_arguments = || {
        named
            .row
            .not_with
            .iter()
            .any(|other| construction.argument(other).is_some())
    };
    let is_another = !name.contains('.') && has_others_arguments();
    (accepted && !is_another && leads_to(scope, construction, &name, &named)).then_some(named)
}

/// Whether a reference leads to a row, and is no class or function of the project's own with the same name.
fn leads_to<R: Row>(scope: &Scope<'_>, construction: &Construction<'_>, name: &str, named: &Named<R>) -> bool {
    let library = named.row.library();
    if scope.framework.is_project(library) {
        return true;
    }
    let by_name_only = construction.origin == Origin::PlainFunction || scope.bare_names == BareNames::FirstLibraryOrOwn;
    let may_be_own = by_name_only && !name.contains('.');
    let accepted = match named.accepted {
        Accepted::Yes => true,
        Accepted::BeforeOnly => construction.origin != Origin::PlainFunction,
        Accepted::No => false,
    };
    let is_built_in = scope.framework.has_first(library) && accepted;
    construction.origin != Origin::Registered && (is_built_in || !may_be_own)
}

/// The activation that a layer's argument names: a string, a serialised layer or function, `null` for none.
pub fn activation(scope: &Scope<'_>, layer: &LayerRow, node: Value<'_>) -> Option<Named<ActivationRow>> {
    if node.is_null() {
        let row = scope.identity()?;
        return Some(Named {
            row,
            accepted: Accepted::Yes,
        });
    }
    let construction = node.made()?;
    let name = full_name(&construction);
    let function =
        Named::of(scope.activation_of(layer, &name)).filter(|named| leads_to(scope, &construction, &name, named));
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
    let function = layer.is_activation()?;
    Named::of(scope.activation_of(&layer, function))
}

/// The metric that a reference names, and the text that says it: one that the framework knows, or one that projects write
/// themselves.
pub fn metric<'t>(scope: &Scope<'_>, construction: &Construction<'t>) -> Option<(Named<MetricRow>, Value<'t>)> {
    let of_project = Named::of(
        scope
            .knowledge
            .project_metric(scope.framework, construction.bare_name()),
    );
    if let Some(named) = of_project {
        return Some((named, construction.named_by));
    }
    let find = |name: &str, node| {
        let named = Named::of(scope.metric(name))?;
        leads_to(scope, construction, name, &named).then_some((named, node))
    };
    let name = full_name(construction);
    let own = || {
        let named = Named::of(scope.knowledge.own_metric(construction.bare_name()))?;
        Some((named, construction.named_by))
    };
    if name != construction.name {
        return find(&name, construction.named_by).or_else(own);
    }
    // Keras 2 wraps metric functions; the wrapped name stands in the wrapper's arguments.
    let wrapped = ["fn", "name"].iter().filter_map(|key| construction.argument(key));
    find(&name, construction.named_by)
        .or_else(|| wrapped.filter_map(|node| find(node.as_str()?, node)).next())
        .or_else(own)
}

/// The name with its module, when the module is given apart and tells more than that it is a built-in.
fn full_name(construction: &Construction<'_>) -> String {
    let is_builtin = construction.origin == Origin::PlainFunction || construction.module == Some("builtins");
    match construction.qualified_name() {
        Some(name) if !is_builtin => name,
        _ => construction.name.to_owned(),
    }
}
