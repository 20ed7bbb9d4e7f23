//! Where in a training configuration networks, losses and metrics stand: the search, without reading them.

use crate::knowledge::{LayerRow, Layout, Passes};
use crate::reading::{Scope, layer_list, names};
use crate::values::{Arguments, Construction, Value, bare};

/// What a search has found.
#[derive(Default)]
pub struct Found<'t> {
    /// Networks whose end can be read; outermost ones only.
    pub networks: Vec<Construction<'t>>,
    /// The name of the class that such a network is handed to: what it does with the scores stands in its code.
    pub class_around: Option<Value<'t>>,
    /// Losses in document order.
    pub losses: Vec<LossPlace<'t>>,
    /// The name of a model whose layers stand in code.
    pub named_model: Option<Value<'t>>,
    /// A network beside the trained one: a discriminator, a teacher.
    pub other_network: Option<Value<'t>>,
    /// The first list of metrics.
    pub metrics: Option<Value<'t>>,
    /// Whether something is named by a module of one of the framework's libraries.
    pub names_a_library: bool,
}

impl Found<'_> {
    /// Whether anything of a model was found.
    pub fn is_something(&self) -> bool {
        let is_made_here =
            |node: Value<'_>| node.is_object() || node.as_str().is_some_and(|text| text.starts_with('$'));
        !self.networks.is_empty()
            || !self.losses.is_empty()
            || self.named_model.is_some()
            || self.other_network.is_some_and(is_made_here)
    }
}

/// A loss and where it stands.
#[derive(Clone, Copy)]
pub struct LossPlace<'t> {
    /// The node that names it.
    pub node: Value<'t>,
    /// Whether it is one of several in a list or object.
    pub in_list: bool,
}

/// A search through one file.
pub struct Search<'r, 'd> {
    scope: &'r Scope<'d>,
    layout: &'static Layout,
}

/// What lies around a node on the way from the top.
#[derive(Clone, Copy, Default)]
struct Around {
    /// A network that was found.
    network: bool,
    /// A loss that was found, or a network that has its own.
    loss: bool,
}

impl<'r, 'd> Search<'r, 'd> {
    /// A search with the tables of a framework, in a layout.
    pub fn new(scope: &'r Scope<'d>, layout: &'static Layout) -> Self {
        Self { scope, layout }
    }

    /// Goes once through each tree of a model.
    pub fn run<'t>(&self, tops: &[Value<'t>]) -> Found<'t>
    where
        'd: 't,
    {
        let mut found = Found::default();
        for top in tops {
            self.tree(*top, &mut found);
        }
        found
    }

    fn tree<'t>(&self, root: Value<'t>, found: &mut Found<'t>) {
        let mut stack = vec![(root, "", Around::default())];
        while let Some((node, key, around)) = stack.pop() {
            let Some(around) = self.visit(node, key, around, found) else {
                continue;
            };
            let mut below: Vec<_> = if node.is_object() {
                let members = node
                    .members()
                    .map(|(key, value)| (value, last_part(key.text()), around));
                members.filter(|(_, key, _)| !self.layout.is_apart(key)).collect()
            } else {
                node.items().map(|item| (item, key, around)).collect()
            };
            below.reverse();
            stack.extend(below);
        }
    }

    /// Takes note of a node; gives what lies around the nodes below, or nothing when those are not to be looked at.
    fn visit<'t>(&self, node: Value<'t>, key: &str, around: Around, found: &mut Found<'t>) -> Option<Around> {
        if self.layout.is_metrics(key) && !around.network && !in_list(node) {
            found.metrics = found.metrics.or(Some(node));
            return None;
        }
        let meant = node.followed();
        if is_disabled(meant) {
            return None;
        }
        if self.layout.is_other_network(key) && !meant.is_null() && !in_list(node) {
            found.other_network = found.other_network.or(Some(node));
            return None;
        }
        if meant.is_array() && self.is_layer_list(meant, key, around, found) {
            return Some(Around {
                network: true,
                ..around
            });
        }
        let Some(mut construction) = meant.made() else {
            return Some(around);
        };
        let path = self
            .layout
            .path_of(construction.name, |name| construction.argument(name).is_some());
        construction.name = path.unwrap_or(construction.name);
        if meant.as_str().is_some() && !self.layout.is_loss(key) {
            return Some(around);
        }
        if !around.loss && self.is_loss(&construction, key) {
            found.names_a_library |= self.is_known_module(&construction);
            add_loss(found, meant, key, self.layout);
            return Some(Around { loss: true, ..around });
        }
        self.network(&construction, key, around, found)
    }

    fn network<'t>(
        &self,
        construction: &Construction<'t>,
        key: &str,
        around: Around,
        found: &mut Found<'t>,
    ) -> Option<Around> {
        if let Some(row) = self.network_row(construction, key).filter(|_| !around.network) {
            found.names_a_library |= self.is_known_module(construction);
            if found.networks.iter().all(|known| known.whole != construction.whole) {
                found.networks.push(*construction);
                found.class_around = found.class_around.or(self.class_around(construction.whole));
            }
            return Some(Around {
                network: true,
                loss: !row.own_losses.is_empty(),
            });
        }
        if self.layout.is_network(key) && construction.whole.is_object() && found.named_model.is_none() {
            found.named_model = Some(construction.named_by);
        }
        Some(around)
    }

    /// Under a loss key anything that is named is a loss, one object further in what the tables know; elsewhere only what they
    /// know by its module path.
    fn is_loss(&self, construction: &Construction<'_>, key: &str) -> bool {
        let is_known = || names::loss(self.scope, construction).is_some();
        let may_be = || construction.name.contains('.') || in_object_of_losses(construction.whole, key, self.layout);
        self.layout.is_loss(key) || (may_be() && is_known())
    }

    /// The row of a container with layers, or of a network class of which the tables know how it ends.
    fn network_row(&self, construction: &Construction<'_>, key: &str) -> Option<std::sync::Arc<LayerRow>> {
        let row = self.scope.layer(construction.name).known()?;
        // A whole file can be one network: a group of a larger configuration.
        let named_as_network = self.layout.is_network(key) || key.is_empty();
        let is_network = match row.passes {
            Passes::Inner => named_as_network && layer_list::inner_layers(construction, &row).is_some(),
            _ => named_as_network && (row.units.is_some() || row.task.is_some()),
        };
        is_network.then_some(row)
    }

    /// A bare list of layers: `layers = [{type = "Linear", …}, …]`.
    fn is_layer_list<'t>(&self, node: Value<'t>, key: &str, around: Around, found: &mut Found<'t>) -> bool {
        // A class that takes the list may put layers of its own behind it.
        if around.network || !self.layout.is_network(key) || self.class_around(node).is_some() {
            return false;
        }
        let Some(items) = node.items().map(Value::made).collect::<Option<Vec<_>>>() else {
            return false;
        };
        let is_known = |item: &Construction<'_>| self.scope.layer(item.name).known().is_some();
        let Some(first) = items.first().filter(|_| items.iter().any(is_known)) else {
            return false;
        };
        found.names_a_library |= items.iter().any(|item| self.is_known_module(item));
        found.networks.push(Construction {
            whole: node,
            arguments: Arguments::default(),
            ..*first
        });
        true
    }

    /// The nearest class around a node, if the tables do not know it: its code decides what becomes of the node.
    fn class_around<'t>(&self, node: Value<'t>) -> Option<Value<'t>> {
        let named = node.ancestors().skip(1).find(|around| around.class().is_some())?;
        self.unknown_class(named)
    }

    /// The class of an object, if the tables do not know it.
    fn unknown_class<'t>(&self, object: Value<'t>) -> Option<Value<'t>> {
        let class = object.class()?;
        let row = self.scope.layer(class.text());
        row.known().is_none().then_some(class)
    }

    /// Whether a name leads into a library of the framework.
    fn is_known_module(&self, construction: &Construction<'_>) -> bool {
        let top = construction.name.split_once('.').map(|(top, _)| top);
        top.is_some_and(|top| self.scope.framework.libraries.iter().any(|library| library == top))
    }
}

/// Adds a loss, unless another way leads to the same.
fn add_loss<'t>(found: &mut Found<'t>, node: Value<'t>, key: &str, layout: &Layout) {
    if found.losses.iter().all(|known| known.node != node) {
        found.losses.push(LossPlace {
            node,
            in_list: in_list(node) || in_object_of_losses(node, key, layout),
        });
    }
}

/// What a key names: `train#loss` in an overriding file of a bundle is `loss`.
fn last_part(key: &str) -> &str {
    key.rsplit_once('#').map_or(key, |(_, last)| last)
}

/// Whether the file says that this is not to be made, or not yet.
fn is_disabled(node: Value<'_>) -> bool {
    node.get("_disabled_").and_then(Value::as_bool) == Some(true)
}

/// Whether a node is an item of a list.
fn in_list(node: Value<'_>) -> bool {
    node.parent().is_some_and(Value::is_array)
}

/// Whether a node is one of the values of an object that stands under a loss key.
fn in_object_of_losses(node: Value<'_>, key: &str, layout: &Layout) -> bool {
    let around = node.parent().and_then(Value::key);
    !layout.is_loss(key) && around.is_some_and(|key| layout.is_loss(bare(key.text())))
}
