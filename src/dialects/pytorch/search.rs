//! Where in a PyTorch-style configuration networks, losses and metrics stand: the search, without reading them.

use super::super::reference::{Reference, bare};
use super::super::{Reader, defaults, layer_list, names};
use crate::knowledge::{Framework, Passes};
use crate::syntax::NodeRef;

/// Keys under which a loss stands.
const LOSS_KEYS: &[&str] = &[
    "loss",
    "criterion",
    "loss_fn",
    "loss_function",
    "loss_func",
    "criterions",
    "losses",
];
/// Keys under which a network stands.
const MODEL_KEYS: &[&str] = &[
    "model",
    "net",
    "network",
    "arch",
    "architecture",
    "backbone",
    "head",
    "layers",
];
/// Keys under which metrics stand.
const METRIC_KEYS: &[&str] = &["metrics", "metric", "eval_metrics", "val_metrics"];

/// What a search has found.
#[derive(Default)]
pub struct Found<'t> {
    /// Networks whose end can be read; outermost ones only.
    pub networks: Vec<Reference<'t>>,
    /// Losses in document order.
    pub losses: Vec<LossPlace<'t>>,
    /// The name of a model whose layers stand in code.
    pub named_model: Option<NodeRef<'t>>,
    /// The first list of metrics.
    pub metrics: Option<NodeRef<'t>>,
    /// Whether the file says that it is about PyTorch: by a framework, a module path or a known layout.
    says_so: bool,
}

impl Found<'_> {
    /// Whether this is a model: something of it was found, and the file says that it is PyTorch's.
    pub fn is_a_model(&self) -> bool {
        let something = !self.networks.is_empty() || !self.losses.is_empty();
        self.says_so && something
    }
}

/// A loss and where it stands.
pub struct LossPlace<'t> {
    /// The node that names it.
    pub node: NodeRef<'t>,
    /// Whether it is one of several in a list or object.
    pub in_list: bool,
}

/// A search through one file.
pub struct Search<'r> {
    reader: &'r Reader<'r>,
    framework: &'r Framework,
}

impl<'r> Search<'r> {
    /// A search with the tables of a framework.
    pub fn new(reader: &'r Reader<'r>, framework: &'r Framework) -> Self {
        Self { reader, framework }
    }

    /// Goes through the model's tree once, then through those of the config groups that it is composed of.
    pub fn run<'t>(&self, root: NodeRef<'t>) -> Found<'t>
    where
        'r: 't,
    {
        let mut found = Found::default();
        self.tree(root, "", &mut found);
        for document in self.reader.beside {
            if let Some(root) = document.tree.root() {
                self.tree(root, bare(defaults::package(document)), &mut found);
            }
        }
        found
    }

    /// Goes through one tree, of which the top stands under a key.
    fn tree<'t>(&self, root: NodeRef<'t>, key: &'t str, found: &mut Found<'t>) {
        found.says_so |= self.says_so(root);
        // (node, the key it stands under, whether it lies inside a network)
        let mut stack = vec![(root, key, false)];
        while let Some((node, key, inside)) = stack.pop() {
            let inside = inside || self.visit(node, key, inside, found);
            let mut below: Vec<_> = if node.is_object() {
                node.members().map(|(key, value)| (value, key.text(), inside)).collect()
            } else {
                node.items().map(|item| (item, key, inside)).collect()
            };
            below.reverse();
            stack.extend(below);
        }
    }

    /// Takes note of a node; tells whether what lies below belongs to a network or a loss that was found here.
    fn visit<'t>(&self, node: NodeRef<'t>, key: &str, inside: bool, found: &mut Found<'t>) -> bool {
        if METRIC_KEYS.contains(&key) && !inside && !in_list(node) {
            found.metrics = found.metrics.or(Some(node));
            return true;
        }
        if !node.is_object() && node.as_str().is_none() {
            return self.is_layer_list(node, key, inside, found);
        }
        let Some(reference) = Reference::read(node) else {
            return false;
        };
        if node.as_str().is_some() && !LOSS_KEYS.contains(&key) {
            return false;
        }
        if self.is_loss(&reference, key) {
            found.says_so |= self.is_known_module(&reference);
            found.losses.push(LossPlace {
                node,
                in_list: in_list(node) || in_object_of_losses(node, key),
            });
            return true;
        }
        if !inside && self.is_network(&reference, key) {
            found.says_so |= self.is_known_module(&reference);
            found.networks.push(reference);
            return true;
        }
        if MODEL_KEYS.contains(&key) && node.is_object() && found.named_model.is_none() {
            found.named_model = Some(reference.name_node);
        }
        false
    }

    /// Under a loss key anything that is named is a loss; elsewhere only what the tables know by its module path.
    fn is_loss(&self, reference: &Reference<'_>, key: &str) -> bool {
        let by_module = || names::loss(self.reader, self.framework, reference).is_some();
        LOSS_KEYS.contains(&key) || (reference.name.contains('.') && by_module())
    }

    /// A container with layers, or a network class of which the tables know how it ends.
    fn is_network(&self, reference: &Reference<'_>, key: &str) -> bool {
        let Some(row) = self.reader.knowledge.layer(self.framework, reference.name).known() else {
            return false;
        };
        let named_as_network = MODEL_KEYS.contains(&key);
        match row.passes {
            Passes::Inner => layer_list::inner_layers(reference, &row).is_some(),
            _ => named_as_network && row.units.is_some(),
        }
    }

    /// A bare list of layers: `layers = [{type = "Linear", …}, …]`.
    fn is_layer_list<'t>(&self, node: NodeRef<'t>, key: &str, inside: bool, found: &mut Found<'t>) -> bool {
        if inside || !node.is_array() || !MODEL_KEYS.contains(&key) {
            return false;
        }
        let mut known = 0;
        for item in node.items() {
            let Some(reference) = Reference::read(item) else {
                return false;
            };
            let row = self.reader.knowledge.layer(self.framework, reference.name);
            known += usize::from(row.known().is_some());
        }
        let Some(first) = node.items().next().and_then(Reference::read) else {
            return false;
        };
        if known == 0 {
            return false;
        }
        found.networks.push(Reference {
            whole: node,
            arguments: None,
            positional: None,
            ..first
        });
        true
    }

    /// Whether a name leads into a library of the framework.
    fn is_known_module(&self, reference: &Reference<'_>) -> bool {
        let top = reference.name.split_once('.').map(|(top, _)| top);
        top.is_some_and(|top| self.framework.libraries.iter().any(|library| library == top))
    }

    /// Whether the file itself says that it is PyTorch's: `framework`, or the layout of a training template.
    fn says_so(&self, root: NodeRef<'_>) -> bool {
        let named = root
            .get("framework")
            .and_then(NodeRef::as_str)
            .and_then(|name| self.reader.framework(name))
            .is_some_and(|framework| framework.name == self.framework.name);
        let template = root
            .get("arch")
            .is_some_and(|arch| arch.get("type").is_some() && arch.get("args").is_some())
            && root.get("loss").is_some();
        named || template
    }
}

/// Whether a node is an item of a list.
fn in_list(node: NodeRef<'_>) -> bool {
    node.parent().is_some_and(NodeRef::is_array)
}

/// Whether a node is one of the values of an object that stands under a loss key.
fn in_object_of_losses(node: NodeRef<'_>, key: &str) -> bool {
    let around = node.parent().and_then(NodeRef::key);
    !LOSS_KEYS.contains(&key) && around.is_some_and(|key| LOSS_KEYS.contains(&bare(key.text())))
}
