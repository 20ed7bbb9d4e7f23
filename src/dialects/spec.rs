//! The native spec (`losslint = 1`): layers, loss, metrics and facts in the framework's own names → IR.

use std::sync::Arc;

use super::Dialect;
use super::reading::facts::{self, spanned};
use super::reading::{Reader, heads, layer_list, losses, trace};
use crate::diagnostic::Literal;
use crate::ir::{Backend, Head, LossForm, LossStatement, Model, NotChecked, ObjectForm, Precision, Unjudged};
use crate::keys::spec::SPEC;
use crate::knowledge::Framework;
use crate::syntax::NodeRef;

/// The native spec.
pub struct Spec;

impl Dialect for Spec {
    fn name(&self) -> &'static str {
        "spec"
    }

    fn marks(&self) -> &'static [&'static str] {
        &["losslint"]
    }

    fn detect(&self, _reader: &Reader<'_>, root: NodeRef<'_>) -> bool {
        root.get("losslint").and_then(NodeRef::as_u64).is_some()
    }

    fn read(&self, reader: &Reader<'_>, root: NodeRef<'_>) -> Vec<Model> {
        let named = root.get("framework").and_then(NodeRef::as_str);
        let framework = reader.framework(named.unwrap_or("keras"));
        let Some(framework) = framework.or_else(|| reader.framework("keras")) else {
            return Vec::new();
        };
        vec![read_spec(reader, framework, root)]
    }
}

fn read_spec(reader: &Reader<'_>, framework: Arc<Framework>, root: NodeRef<'_>) -> Model {
    let outputs: Vec<NodeRef<'_>> = root.get("outputs").into_iter().flat_map(NodeRef::items).collect();
    let heads = if outputs.is_empty() {
        vec![head(reader, &framework, root, None)]
    } else {
        outputs
            .into_iter()
            .map(|output| head(reader, &framework, root, Some(output)))
            .collect()
    };
    Model {
        dialect: "spec",
        framework,
        at: reader.at(root),
        version: None,
        generation: None,
        backend: spanned(reader, root.get("backend"), |node| node.as_str().map(Backend::of_name)),
        heads,
        computations: Vec::new(),
        unmatched_losses: Vec::new(),
        misfits: facts::misfits(reader, &SPEC, root),
        not_checked: unknown_framework(reader, root).into_iter().collect(),
    }
}

/// One head: of the whole spec, or of an entry of `[[outputs]]` behind the shared trunk.
fn head(reader: &Reader<'_>, framework: &Framework, root: NodeRef<'_>, output: Option<NodeRef<'_>>) -> Head {
    let table = output.unwrap_or(root);
    let lists: Vec<NodeRef<'_>> = [root.get("layers"), output.and_then(|output| output.get("layers"))]
        .into_iter()
        .flatten()
        .collect();
    let mut head = match layer_list::read(reader, framework, &lists) {
        Some(network) => {
            let vertex = network.outputs[0].vertex;
            let traced = trace::trace(reader, framework, &network, vertex);
            heads::from_output(None, network.vertex(vertex).at, traced)
        }
        None => heads::without_output(
            reader.at(table),
            NotChecked {
                what: Unjudged::NamedModel,
                at: reader.at(table),
                why: "no layers are given".to_owned(),
            },
        ),
    };
    head.name = spanned(reader, table.get("name"), |node| node.as_str().map(str::to_owned));
    head.role = facts::role(reader, table);
    head.output.precision = spanned(reader, root.get("precision"), |node| Precision::of_name(node.as_str()?));
    for source in [Some(table), output.map(|_| root)].into_iter().flatten() {
        // What an output says of itself stands above what is said of all.
        let _ = head.facts.fill_from(&facts::read(reader, source));
    }
    if let Some(node) = table.get("loss") {
        head.loss = losses::loss(reader, framework, node);
        if let LossStatement::Known(loss) = &mut head.loss
            && loss.form == LossForm::Name(None)
        {
            loss.form = LossForm::Name(Some(ObjectForm {
                table: vec![("type".to_owned(), Literal::Text(loss.written.value.clone()))],
                arguments: None,
            }));
        }
        if let LossStatement::Custom {
            expression: Ok(computation),
            ..
        } = &mut head.loss
        {
            computation.precision = head.output.precision.map(|precision| precision.value);
        }
        heads::note_unjudged_loss(reader, framework, &mut head, node);
    }
    if let Some(node) = table.get("metrics") {
        head.metrics = facts::metrics(reader, framework, node);
    }
    heads::note_missing_loss(&mut head);
    head
}

/// A note when the spec names a framework that has no tables: nothing in it can be looked up rightly.
fn unknown_framework(reader: &Reader<'_>, root: NodeRef<'_>) -> Option<NotChecked> {
    let node = root.get("framework")?;
    let name = node.as_str()?;
    reader.framework(name).is_none().then(|| NotChecked {
        what: Unjudged::Malformed,
        at: reader.at(node),
        why: format!("there are no tables for the framework `{name}`: its names are read as Keras's"),
    })
}
