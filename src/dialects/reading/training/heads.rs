//! The heads of a training configuration, from the networks and losses that its search has found.

use super::super::graph::Network;
use super::super::reference::Reference;
use super::super::symbol::{self, is_symbolic};
use super::super::{Reader, heads, layer_list, losses, trace};
use super::metrics;
use super::search::{Found, LossPlace};
use crate::ir::{Ending, Head, LossStatement, NotChecked, Output, Part, Unjudged};
use crate::knowledge::{Family, Framework, Input, Layout, OwnLoss, Produces, Reduction, TaskKind};
use crate::span::{Location, Spanned};
use crate::syntax::NodeRef;

/// One file on its way to heads.
pub struct Reading<'r, 't> {
    pub reader: &'r Reader<'r>,
    pub framework: &'r Framework,
    pub layout: &'r Layout,
    pub root: NodeRef<'t>,
    pub found: &'r Found<'t>,
}

/// Whether there are losses for classes and losses for numbers: a generator's and a discriminator's, say.
fn differ_in_purpose(heads: &[Head]) -> bool {
    let families = || heads.iter().filter_map(|head| Some(head.known_loss()?.family()));
    families().any(Family::is_regression) && families().any(Family::is_classification)
}

impl<'t> Reading<'_, 't> {
    /// One head for each loss that belongs to the network; several losses in one list train the same output.
    pub fn heads(&self) -> Vec<Head> {
        if let Some(why) = self.several_networks() {
            return vec![self.judged_by_nobody(Unjudged::NamedModel, self.found.networks.get(1), why)];
        }
        if let Some(outputs) = self.outputs() {
            return outputs;
        }
        let Some(losses) = self.one_place() else {
            let mut head = self.head_of_network();
            head.not_checked.push(NotChecked {
                what: Unjudged::NoLoss,
                at: self.reader.at(self.found.losses[1].node),
                why: "the file names several losses in different places: which one trains the network cannot be read"
                    .to_owned(),
            });
            return vec![self.watched(head)];
        };
        if losses.is_empty() {
            let mut head = self.head_of_network();
            self.add_own_loss(&mut head);
            return vec![self.watched(head)];
        }
        let heads = losses.iter().map(|loss| {
            let mut head = self.head_of_network();
            self.add_loss(&mut head, loss.node);
            self.watched(head)
        });
        let mut heads: Vec<Head> = heads.collect();
        if differ_in_purpose(&heads) {
            for (head, loss) in heads.iter_mut().zip(losses) {
                head.output = Output::unknown(Ending::Unknown);
                head.not_checked.push(NotChecked {
                    what: Unjudged::NamedModel,
                    at: self.reader.at(loss.node),
                    why:
                        "losses for classes and for numbers stand side by side: which output each trains cannot be read"
                            .to_owned(),
                });
            }
        }
        heads
    }

    /// The task that the network's class is made for.
    pub fn task_of_network(&self) -> Option<Spanned<TaskKind>> {
        let [reference] = self.found.networks.as_slice() else {
            return None;
        };
        let row = self.reader.knowledge.layer(self.framework, reference.name).known()?;
        Some(Spanned::new(row.task?, self.reader.at(reference.name_node)))
    }

    fn several_networks(&self) -> Option<&'static str> {
        if self.found.networks.len() > 1 {
            return Some("the file holds several networks: which loss trains which cannot be read");
        }
        let beside = self.found.other_network.is_some();
        beside.then_some("another network is trained beside this one: which loss is whose cannot be read")
    }

    fn judged_by_nobody(&self, what: Unjudged, network: Option<&Reference<'_>>, why: &str) -> Head {
        let at = network.map(|network| network.name_node).or(self.found.other_network);
        let note = NotChecked {
            what,
            at: self.reader.at(at.unwrap_or(self.root)),
            why: why.to_owned(),
        };
        heads::without_output(self.reader.at(self.root), note)
    }

    /// The outputs of a list of objects that each give a name and a loss of their own: one head for each.
    fn outputs(&self) -> Option<Vec<Head>> {
        let output = |loss: &LossPlace<'t>| loss.node.parent().filter(|around| around.is_object() && !loss.in_list);
        let outputs: Vec<NodeRef<'t>> = self.found.losses.iter().map(output).collect::<Option<_>>()?;
        let list = outputs.first()?.parent().filter(|list| list.is_array())?;
        let is_output = |output: &NodeRef<'t>| output.parent() == Some(list) && output.get("name").is_some();
        if !outputs.iter().all(is_output) {
            return None;
        }
        let heads = outputs.iter().zip(&self.found.losses).map(|(output, loss)| {
            let at = self.reader.at(*output);
            let mut head = heads::without_output(at, self.named_only(at));
            head.name = output
                .get("name")
                .map(symbol::follow)
                .and_then(|name| Some(Spanned::new(name.as_str()?.to_owned(), self.reader.at(name))))
                .filter(|name| !is_symbolic(&name.value));
            self.add_loss(&mut head, loss.node);
            let watching = output.members().find(|(key, _)| self.layout.is_metrics(key.text()));
            head.metrics = watching.map_or_else(Vec::new, |(_, node)| metrics(self.reader, self.framework, node));
            head
        });
        Some(heads.collect())
    }

    /// The losses, if they stand in one place: a single one, or the items of one list or object.
    fn one_place(&self) -> Option<&[LossPlace<'t>]> {
        let losses = &self.found.losses;
        let parent = losses.first().and_then(|loss| loss.node.parent());
        let together = losses.iter().all(|loss| loss.in_list && loss.node.parent() == parent);
        (losses.len() <= 1 || together).then_some(losses)
    }

    fn head_of_network(&self) -> Head {
        let network = self
            .found
            .networks
            .first()
            .and_then(|reference| self.network_of(reference));
        match network {
            Some(network) => {
                let output = &network.outputs[0];
                let traced = trace::trace(self.reader, self.framework, &network, output.vertex);
                heads::from_output(None, network.vertex(output.vertex).at, traced)
            }
            None => {
                let at = self.reader.at(self.found.named_model.unwrap_or(self.root));
                heads::without_output(at, self.named_only(at))
            }
        }
    }

    fn named_only(&self, at: Location) -> NotChecked {
        let name = self.found.named_model.and_then(NodeRef::as_str);
        NotChecked {
            what: Unjudged::NamedModel,
            at: self.found.named_model.map_or(at, |node| self.reader.at(node)),
            why: match name {
                Some(name) => format!("the layers of `{name}` stand in code, not in this file"),
                None => "the network stands in code, not in this file".to_owned(),
            },
        }
    }

    /// The network that a reference names: its layers, or the whole as one layer when the tables know how it ends.
    fn network_of(&self, reference: &Reference<'t>) -> Option<Network<'t>> {
        let (reader, framework) = (self.reader, self.framework);
        let row = reader.knowledge.layer(framework, reference.name).known();
        let inner = row.and_then(|row| layer_list::inner_layers(reference, &row));
        match inner {
            Some(layers) => layer_list::read(reader, framework, &[layers]),
            None if reference.whole.is_array() => layer_list::read(reader, framework, &[reference.whole]),
            None => layer_list::read_one(reader, framework, reference.whole),
        }
    }

    fn add_loss(&self, head: &mut Head, node: NodeRef<'t>) {
        head.loss = losses::loss(self.reader, self.framework, node);
        let Some((name, why)) = self.may_be_own(&head.loss, node) else {
            self.leave_to_code(head);
            heads::note_unjudged_loss(self.reader, self.framework, head, node);
            return;
        };
        let written = Spanned::new(name.name.to_owned(), self.reader.at(name.name_node));
        head.not_checked.push(NotChecked {
            what: Unjudged::UnknownLoss,
            at: written.at,
            why: format!("`{}` {why}", name.name),
        });
        head.loss = LossStatement::Unknown(written);
    }

    /// A network and a loss that are handed to a class of the project's own meet in its code: it may well activate scores
    /// on the way and put layers behind what looks like features, and seldom takes a distribution back; and it can take
    /// the mean of what a loss has not reduced.
    fn leave_to_code(&self, head: &mut Head) {
        use Produces::{Distribution, Identity, LogDistribution, LogProbabilities, Probabilities};
        let (Some(class), LossStatement::Known(loss)) = (self.found.class_around, &mut head.loss) else {
            return;
        };
        head.meets_loss_in = Some(Spanned::new(class.text().to_owned(), self.reader.at(class)));
        let wants_activated = |part: &Part| matches!(part.input, Input::Probabilities | Input::LogProbabilities);
        let left = match &head.output.ending {
            Ending::Known(end) => match end.produces() {
                Identity => loss.parts.iter().any(wants_activated),
                Probabilities | Distribution | LogProbabilities | LogDistribution => false,
                _ => true,
            },
            Ending::Unknown => false,
        };
        if left {
            head.output.ending = Ending::Unknown;
            let note = self.left_to(class, "may go on with what the network gives before the loss sees it");
            head.not_checked.push(note);
        }
        if loss
            .reduction
            .is_some_and(|reduction| reduction.value == Reduction::None)
        {
            loss.reduction = None;
            head.not_checked
                .push(self.left_to(class, "may take the mean of the loss"));
        }
    }

    /// A width that is not the number of classes may be one of features, when a class of the project's own goes on with it.
    pub fn doubt_width(&self, head: &mut Head) {
        let (Some(class), Some(units)) = (self.found.class_around, head.units()) else {
            return;
        };
        if head
            .facts
            .classes
            .is_some_and(|classes| classes.value != units && units > 1)
        {
            head.output = Output::unknown(Ending::Unknown);
            let note = self.left_to(
                class,
                "may put a layer of its own behind the network, whose width is not the classes'",
            );
            head.not_checked.push(note);
        }
    }

    fn left_to(&self, class: NodeRef<'_>, what: &str) -> NotChecked {
        NotChecked {
            what: Unjudged::NamedModel,
            at: self.reader.at(class),
            why: format!("`{}` {what}", class.text()),
        }
    }

    /// The bare name of a loss that a project may have defined itself, and why that is thought.
    fn may_be_own(&self, loss: &LossStatement, node: NodeRef<'t>) -> Option<(Reference<'t>, &'static str)> {
        let reference = Reference::read(node).filter(|reference| !reference.name.contains('.'))?;
        if self.layout.losses_in_code.holds(reference.name) && symbol::follow(node).as_str().is_some() {
            return Some((reference, "is a word that the project's own code makes a loss of"));
        }
        let needed = self.layout.bare_loss_needs.as_deref()?;
        let is_frameworks = matches!(loss, LossStatement::Known(loss) if loss.row.library == self.framework.name);
        let lacks = is_frameworks && reference.argument(needed).is_none();
        lacks.then_some((
            reference,
            "is named without its module: it may be a class of the project's own",
        ))
    }

    fn watched(&self, mut head: Head) -> Head {
        if let Some(node) = self.found.metrics {
            head.metrics = metrics(self.reader, self.framework, node);
        }
        head
    }

    /// The loss that a library's model chooses for itself by its arguments.
    fn add_own_loss(&self, head: &mut Head) {
        let Some(reference) = self.found.networks.first() else {
            return;
        };
        let Some(row) = self.reader.knowledge.layer(self.framework, reference.name).known() else {
            return;
        };
        let given = |name: &str| reference.argument(name).filter(|node| !node.is_null());
        let holds = |rule: &&OwnLoss| match given(&rule.argument) {
            Some(node) => rule.equals.is(node.as_str(), node.as_f64()),
            None => rule.when_absent,
        };
        if let Some(rule) = row.own_losses.iter().find(holds)
            && let Some(row) = self.reader.knowledge.loss(self.framework, &rule.loss).known()
        {
            let node = given(&rule.argument).unwrap_or(reference.name_node);
            let written = Spanned::new(row.name.clone(), self.reader.at(node));
            head.loss = LossStatement::Known(losses::with_defaults(row, written));
        } else if let Some(node) = row.own_losses.first().and_then(|rule| given(&rule.argument)) {
            let written = Spanned::new(node.text().to_owned(), self.reader.at(node));
            head.not_checked.push(NotChecked {
                what: Unjudged::UnknownLoss,
                at: written.at,
                why: format!(
                    "what `{}` makes of the word `{}` is not known",
                    reference.name, written.value
                ),
            });
            head.loss = LossStatement::Unknown(written);
        }
    }
}
