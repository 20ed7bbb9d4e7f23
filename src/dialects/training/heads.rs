//! The heads of a training configuration, from the networks and losses that its search has found.

use super::metrics;
use super::search::{Found, LossPlace};
use crate::ir::{Ending, Head, LossForm, LossStatement, NotChecked, Output, Unjudged};
use crate::knowledge::{Family, Layout, OneOf, OwnLoss, TaskKind};
use crate::reading::arguments::{ByRow, room};
use crate::reading::graph::Network;
use crate::reading::{Scope, heads, layer_list, losses};
use crate::span::Spanned;
use crate::values::{Construction, Given, Value, is_symbolic};

/// One file on its way to heads.
pub struct Reading<'r, 't> {
    pub scope: &'r Scope<'r>,
    pub layout: &'r Layout,
    pub root: Value<'t>,
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
                at: self.found.losses[1].node.at(),
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
                    at: loss.node.at(),
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
        let [construction] = self.found.networks.as_slice() else {
            return None;
        };
        let row = self.scope.layer(construction.name).known()?;
        Some(Spanned::new(row.task?, construction.at()))
    }

    fn several_networks(&self) -> Option<&'static str> {
        if self.found.networks.len() > 1 {
            return Some("the file holds several networks: which loss trains which cannot be read");
        }
        let beside = self.found.other_network.is_some();
        beside.then_some("another network is trained beside this one: which loss is whose cannot be read")
    }

    fn judged_by_nobody(&self, what: Unjudged, network: Option<&Construction<'_>>, why: &str) -> Head {
        let at = network.map(|network| network.named_by).or(self.found.other_network);
        heads::without_output(NotChecked {
            what,
            at: at.unwrap_or(self.root).at(),
            why: why.to_owned(),
        })
    }

    /// The outputs of a list of objects that each give a name and a loss of their own: one head for each.
    fn outputs(&self) -> Option<Vec<Head>> {
        let output = |loss: &LossPlace<'t>| loss.node.parent().filter(|around| around.is_object() && !loss.in_list);
        let outputs: Vec<Value<'t>> = self.found.losses.iter().map(output).collect::<Option<_>>()?;
        let list = outputs.first()?.parent().filter(|list| list.is_array())?;
        let is_output = |output: &Value<'t>| output.parent() == Some(list) && output.get("name").is_some();
        if !outputs.iter().all(is_output) {
            return None;
        }
        let heads = outputs.iter().zip(&self.found.losses).map(|(output, loss)| {
            let mut head = self.head_in_code(*output);
            head.at = output.at();
            head.name = output
                .get("name")
                .map(Value::followed)
                .and_then(|name| Some(Spanned::new(name.as_str()?.to_owned(), name.at())))
                .filter(|name| !is_symbolic(&name.value));
            self.add_loss(&mut head, loss.node);
            let watching = output.members().find(|(key, _)| self.layout.is_metrics(key.text()));
            head.metrics = watching.map_or_else(Vec::new, |(_, node)| metrics(self.scope, node));
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
            .and_then(|construction| self.network_of(construction));
        match network {
            Some(network) => heads::from_network(self.scope, &network, &network.outputs[0]),
            None => self.head_in_code(self.root),
        }
    }

    /// A head of the model whose layers stand in code; `whole` is pointed at when the file does not name one.
    fn head_in_code(&self, whole: Value<'_>) -> Head {
        let named = self.found.named_model;
        heads::in_code(named.unwrap_or(whole).at(), named.and_then(Value::as_str))
    }

    /// The network that a reference names: its layers, or the whole as one layer when the tables know how it ends.
    fn network_of(&self, construction: &Construction<'t>) -> Option<Network<'t>> {
        let scope = self.scope;
        let row = scope.layer(construction.name).known();
        let inner = row.and_then(|row| layer_list::inner_layers(construction, &row));
        match inner {
            Some(layers) => layer_list::read(scope, &[layers]),
            None if construction.whole.is_array() => layer_list::read(scope, &[construction.whole]),
            None => layer_list::read_by(scope, [construction.whole], |_| Some(*construction)),
        }
    }

    fn add_loss(&self, head: &mut Head, node: Value<'t>) {
        head.loss = losses::loss(self.scope, node);
        let Some((name, why)) = self.may_be_own(&head.loss, node) else {
            self.leave_to_code(head);
            heads::note_unjudged_loss(self.scope, head);
            return;
        };
        let written = Spanned::new(name.name.to_owned(), name.named_by.at());
        head.not_checked.push(NotChecked {
            what: Unjudged::UnknownLoss,
            at: written.at,
            why: format!("`{}` {why}", name.name),
        });
        head.loss = LossStatement::Unknown(written);
    }

    fn watched(&self, mut head: Head) -> Head {
        if let Some(node) = self.found.metrics {
            head.metrics = metrics(self.scope, node);
        }
        head
    }

    /// The loss that a library's model chooses for itself by its arguments.
    fn add_own_loss(&self, head: &mut Head) {
        let Some(construction) = self.found.networks.first() else {
            return;
        };
        let Some(layer) = self.scope.layer(construction.name).known() else {
            return;
        };
        let given = |name: &str| construction.given_for(&*layer, name).value();
        let holds = |rule: &&OwnLoss| match construction.given_for(&*layer, &rule.argument) {
            Given::Is(node) if !node.is_null() => rule.equals.is(node.as_str(), node.as_f64()),
            Given::Is(_) | Given::Absent => rule.when_absent,
            Given::Unreadable(_) => false,
        };
        if let Some(rule) = layer.own_losses.iter().find(holds)
            && let Some(row) = self.scope.loss(&rule.loss).known()
        {
            let node = given(&rule.argument);
            let at = node.unwrap_or(construction.named_by).at();
            // Without the argument the class takes its usual loss, and the argument is where to say another.
            let form = match node {
                Some(_) => LossForm::Name(None),
                None => LossForm::Implied(room(construction).zip(Some(rule.argument.clone()))),
            };
            let words = OwnLoss::words(&layer.own_losses, &rule.argument);
            let written = Spanned::new(row.name.clone(), at);
            head.loss = losses::with_defaults(row, written, form, words);
            let said = |rule: &OneOf| given(&rule.argument).and_then(Value::as_str);
            let is_excepted = |rule: &OneOf| said(rule).is_some_and(|word| rule.one_of.iter().any(|own| own == word));
            if let LossStatement::Known(loss) = &mut head.loss
                && rule.exclusive_unless.as_ref().is_some_and(|rule| !is_excepted(rule))
            {
                loss.exclusive = Some(at);
            }
        } else if let Some(node) = layer.own_losses.first().and_then(|rule| given(&rule.argument)) {
            let written = Spanned::new(node.text().to_owned(), node.at());
            head.not_checked.push(NotChecked {
                what: Unjudged::UnknownLoss,
                at: written.at,
                why: format!(
                    "what `{}` makes of the word `{}` is not known",
                    construction.name, written.value
                ),
            });
            head.loss = LossStatement::Unknown(written);
        }
    }
}
