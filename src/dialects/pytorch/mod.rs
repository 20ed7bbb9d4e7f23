//! PyTorch-style configurations: layer lists and loss classes named by `_target_`, `class_path` or `type`, anywhere in the
//! file → IR.

mod search;

use std::sync::Arc;

use super::graph::Network;
use super::reference::Reference;
use super::{Asking, BareNames, Dialect, Neighbour, Reader, defaults, heads, layer_list, losses, said, trace};
use crate::ir::{Head, LossStatement, Metric, Model, NotChecked, Unjudged};
use crate::knowledge::Framework;
use crate::span::Spanned;
use crate::syntax::NodeRef;

use search::{Found, LossPlace, Search};

/// The PyTorch dialect.
pub struct PyTorch;

impl Dialect for PyTorch {
    fn name(&self) -> &'static str {
        "pytorch"
    }

    fn marks(&self) -> &'static [&'static str] {
        &["_target_", "class_path", "torch", "arch", "Loss", "defaults"]
    }

    fn detect(&self, reader: &Reader<'_>, root: NodeRef<'_>) -> bool {
        reader
            .framework("pytorch")
            .is_some_and(|framework| Search::new(reader, &framework).run(root).is_a_model())
    }

    fn neighbours(&self, _reader: &Reader<'_>, asking: Asking<'_>) -> Vec<Neighbour> {
        defaults::neighbours(asking)
    }

    fn read(&self, reader: &Reader<'_>, root: NodeRef<'_>) -> Vec<Model> {
        let Some(framework) = reader.framework("pytorch") else {
            return Vec::new();
        };
        let reader = &Reader {
            bare_names: BareNames::FirstLibrary,
            ..*reader
        };
        let found = Search::new(reader, &framework).run(root);
        let mut model = Model {
            dialect: "pytorch",
            framework: framework.clone(),
            at: reader.at(root),
            version: None,
            generation: None,
            backend: None,
            heads: heads_of(reader, &framework, root, &found),
            computations: Vec::new(),
            unmatched_losses: Vec::new(),
            misfits: Vec::new(),
            not_checked: Vec::new(),
        };
        let metrics = metrics(reader, &framework, &found);
        let facts = said::read(reader, root);
        for head in &mut model.heads {
            head.metrics.clone_from(&metrics);
            head.facts = facts.clone();
            heads::note_missing_loss(head);
        }
        vec![model]
    }
}

/// One head for each loss that belongs to the network; several losses in one list train the same output.
fn heads_of(reader: &Reader<'_>, framework: &Arc<Framework>, root: NodeRef<'_>, found: &Found<'_>) -> Vec<Head> {
    if found.networks.len() > 1 {
        return vec![heads::without_output(
            reader.at(root),
            NotChecked {
                what: Unjudged::NamedModel,
                at: reader.at(found.networks[1].name_node),
                why: "the file holds several networks: which loss trains which cannot be read".to_owned(),
            },
        )];
    }
    let Some(losses) = one_place(&found.losses) else {
        let mut head = head_of_network(reader, framework, root, found);
        head.not_checked.push(NotChecked {
            what: Unjudged::NoLoss,
            at: reader.at(found.losses[1].node),
            why: "the file names several losses in different places: which one trains the network cannot be read"
                .to_owned(),
        });
        return vec![head];
    };
    if losses.is_empty() {
        let mut head = head_of_network(reader, framework, root, found);
        add_own_loss(reader, framework, found, &mut head);
        return vec![head];
    }
    losses
        .iter()
        .map(|loss| {
            let mut head = head_of_network(reader, framework, root, found);
            head.loss = losses::loss(reader, framework, loss.node);
            heads::note_unjudged_loss(reader, framework, &mut head, loss.node);
            head
        })
        .collect()
}

/// The losses, if they stand in one place: a single one, or the items of one list or object.
fn one_place<'f, 't>(losses: &'f [LossPlace<'t>]) -> Option<&'f [LossPlace<'t>]> {
    let parent = losses.first().and_then(|loss| loss.node.parent());
    let together = losses.iter().all(|loss| loss.in_list && loss.node.parent() == parent);
    (losses.len() <= 1 || together).then_some(losses)
}

fn head_of_network(reader: &Reader<'_>, framework: &Framework, root: NodeRef<'_>, found: &Found<'_>) -> Head {
    let network = found
        .networks
        .first()
        .and_then(|reference| network_of(reader, framework, reference));
    match network {
        Some(network) => {
            let output = &network.outputs[0];
            let traced = trace::trace(reader, framework, &network, output.vertex);
            heads::from_output(None, network.vertex(output.vertex).at, traced)
        }
        None => {
            let node = found.named_model.unwrap_or(root);
            let at = reader.at(node);
            heads::without_output(at, named_only(at, found.named_model))
        }
    }
}

fn named_only(at: crate::span::Location, model: Option<NodeRef<'_>>) -> NotChecked {
    NotChecked {
        what: Unjudged::NamedModel,
        at,
        why: match model.and_then(NodeRef::as_str) {
            Some(name) => format!("the layers of `{name}` stand in code, not in this file"),
            None => "the network stands in code, not in this file".to_owned(),
        },
    }
}

/// The network that a reference names: its layers, or the whole as one layer when the tables know how it ends.
fn network_of<'t>(reader: &Reader<'_>, framework: &Framework, reference: &Reference<'t>) -> Option<Network<'t>> {
    let row = reader.knowledge.layer(framework, reference.name).known();
    let inner = row.and_then(|row| layer_list::inner_layers(reference, &row));
    match inner {
        Some(layers) => layer_list::read(reader, framework, &[layers]),
        None if reference.whole.is_array() => layer_list::read(reader, framework, &[reference.whole]),
        None => layer_list::read_one(reader, framework, reference.whole),
    }
}

/// The loss that a library's model chooses for itself when none is given.
fn add_own_loss(reader: &Reader<'_>, framework: &Framework, found: &Found<'_>, head: &mut Head) {
    let Some(reference) = found.networks.first() else {
        return;
    };
    let Some(row) = reader.knowledge.layer(framework, reference.name).known() else {
        return;
    };
    let given = |name: &str| reference.argument(name).filter(|node| !node.is_null());
    let rule = row
        .own_losses
        .iter()
        .find(|rule| given(&rule.argument).is_some_and(|node| rule.equals.is(node.as_str(), node.as_f64())));
    if let Some(rule) = rule
        && let Some(row) = reader.knowledge.loss(framework, &rule.loss).known()
        && let Some(node) = given(&rule.argument)
    {
        let written = Spanned::new(row.name.clone(), reader.at(node));
        head.loss = LossStatement::Known(losses::with_defaults(row, written));
    }
}

fn metrics(reader: &Reader<'_>, framework: &Framework, found: &Found<'_>) -> Vec<Metric> {
    let Some(list) = found.metrics else {
        return Vec::new();
    };
    let items: Vec<NodeRef<'_>> = if list.is_array() {
        list.items().collect()
    } else if list.is_object() && Reference::read(list).is_none() {
        list.members().map(|(_, value)| value).collect()
    } else {
        vec![list]
    };
    items
        .into_iter()
        .filter_map(|item| losses::metric(reader, framework, item))
        .collect()
}
