//! The native spec (`losslint = 1`): layers, loss, metrics and facts in the framework's own names → IR.

use super::Dialect;
use crate::diagnostic::Literal;
use crate::ir::{Head, LossForm, LossStatement, Model, NotChecked, ObjectForm, Unjudged};
use crate::keys::spec::SPEC;
use crate::reading::declared;
use crate::reading::{self, Reader, Scope, heads, layer_list, losses};
use crate::values::Value;

/// The native spec.
pub struct Spec;

impl Dialect for Spec {
    fn name(&self) -> &'static str {
        "spec"
    }

    fn marks(&self) -> &'static [&'static str] {
        &["losslint"]
    }

    fn detect(&self, _reader: &Reader<'_>, root: Value<'_>) -> bool {
        root.get("losslint").and_then(Value::as_u64).is_some()
    }

    fn read(&self, reader: &Reader<'_>, root: Value<'_>) -> Vec<Model> {
        let named = root.get("framework").and_then(Value::as_str);
        let scope = named
            .and_then(|name| reader.scope(name))
            .or_else(|| reader.scope("keras"));
        scope.iter().map(|scope| read_spec(scope, root)).collect()
    }
}

fn read_spec(scope: &Scope<'_>, root: Value<'_>) -> Model {
    let mut model = scope.model(Spec.name(), root);
    model.backend = scope.spanned(root.get("backend"), reading::backend);
    let outputs = root.get("outputs").into_iter().flat_map(Value::items);
    model.heads = outputs.map(|output| head(scope, root, Some(output))).collect();
    if model.heads.is_empty() {
        model.heads.push(head(scope, root, None));
    }
    model.misfits = declared::misfits(&SPEC, root);
    model.not_checked.extend(unknown_framework(scope, root));
    model
}

/// One head: of the whole spec, or of an entry of `[[outputs]]` behind the shared trunk.
fn head(scope: &Scope<'_>, root: Value<'_>, output: Option<Value<'_>>) -> Head {
    let table = output.unwrap_or(root);
    let lists: Vec<Value<'_>> = [root.get("layers"), output.and_then(|output| output.get("layers"))]
        .into_iter()
        .flatten()
        .collect();
    let mut head = match layer_list::read(scope, &lists) {
        Some(network) => heads::from_network(scope, &network, &network.outputs[0]),
        None => heads::without_output(NotChecked {
            what: Unjudged::NamedModel,
            at: table.at(),
            why: "no layers are given".to_owned(),
        }),
    };
    head.name = scope.text(table.get("name"));
    head.role = declared::role(scope, table);
    head.output.precision = scope.spanned(root.get("precision"), reading::word);
    for source in [Some(table), output.map(|_| root)].into_iter().flatten() {
        // What an output says of itself stands above what is said of all.
        let _ = head.facts.fill_from(&declared::read(scope, source));
    }
    if let Some(node) = table.get("loss") {
        head.loss = losses::loss(scope, node);
        if let LossStatement::Known(loss) = &mut head.loss
            && loss.form == LossForm::Name(None)
        {
            loss.form = LossForm::Name(Some(ObjectForm {
                at: loss.written.at,
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
        heads::note_unjudged_loss(scope, &mut head);
    }
    if let Some(node) = table.get("metrics") {
        head.metrics = declared::metrics(scope, node);
    }
    heads::note_missing_loss(&mut head);
    head
}

/// A note when the spec names a framework that has no tables: nothing in it can be looked up rightly.
fn unknown_framework(reader: &Reader<'_>, root: Value<'_>) -> Option<NotChecked> {
    let node = root.get("framework")?;
    let name = node.as_str()?;
    reader.scope(name).is_none().then(|| NotChecked {
        what: Unjudged::Malformed,
        at: node.at(),
        why: format!("there are no tables for the framework `{name}`: its names are read as Keras's"),
    })
}
