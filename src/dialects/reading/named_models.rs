//! Heads of models that a configuration names without their layers: what toolkits share that keep the network in code.

use super::graph::Meaning;
use super::reference::Reference;
use super::{Reader, heads, layer_list, losses, trace};
use crate::ir::{Head, NotChecked, Unjudged};
use crate::knowledge::Framework;
use crate::syntax::NodeRef;

/// A head of the model that a node names: traced when the tables know how that class ends, else with the note that its
/// layers stand in code. `whole` is pointed at when there is no such node.
pub fn head(reader: &Reader<'_>, framework: &Framework, whole: NodeRef<'_>, model: Option<NodeRef<'_>>) -> Head {
    let reference = model.and_then(Reference::read);
    if let Some(reference) = reference
        && let Some(network) = layer_list::read_one(reader, framework, reference.whole)
        && let Some(output) = network.outputs.first()
        && !matches!(network.vertex(output.vertex).meaning, Meaning::Unknown)
    {
        let traced = trace::trace(reader, framework, &network, output.vertex);
        return heads::from_output(None, network.vertex(output.vertex).at, traced);
    }
    let named = reference.map(|reference| reference.name_node);
    let at = reader.at(named.or(model).unwrap_or(whole));
    let why = match named.and_then(NodeRef::as_str) {
        Some(name) => format!("the layers of `{name}` stand in code, not in this file"),
        None => "the network stands in code, not in this file".to_owned(),
    };
    let what = Unjudged::NamedModel;
    heads::without_output(at, NotChecked { what, at, why })
}

/// Gives a head the loss that a node names.
pub fn set_loss(reader: &Reader<'_>, framework: &Framework, head: &mut Head, node: NodeRef<'_>) {
    head.loss = losses::loss(reader, framework, node);
    heads::note_unjudged_loss(reader, framework, head, node);
}
