//! Whether an edit does its change and nothing else: the edited text is read again and compared. TOML and YAML have so
//! many ways to write a value that no rule about bytes knows them all.

use serde_json::{Map, Value};

use super::bytes::{Edit, apply};
use crate::diagnostic::{Change, Literal};
use crate::syntax::{File, NodeRef, Tree, parse};

/// Whether the edited text has no errors in its form and says what the change asks for. False for a text that is too deep to
/// tell.
pub fn does_exactly(file: &File, change: &Change, edit: &Edit) -> bool {
    let Some(after) = apply(&file.source.text, std::slice::from_ref(edit)) else {
        return false;
    };
    let before = &file.tree;
    let after = parse(before.format(), after.into());
    if after.errors.len() > before.errors.len() {
        return false;
    }
    let Some(node) = before.node(change.at().node) else {
        return false;
    };
    let changes_a_tag = matches!(change, Change::Replace { .. }) && node.tag().is_some();
    // What a text with errors or keys that are given twice says is a matter of its reader.
    if changes_a_tag || !before.errors.is_empty() || !before.duplicate_keys().is_empty() {
        return true;
    }
    let values = |tree: &Tree| -> Option<Vec<Value>> { tree.documents().map(NodeRef::to_value).collect() };
    let (Some(mut expected), Some(found)) = (values(before), values(&after)) else {
        return false;
    };
    carry_out(&mut expected, node, change).is_some() && expected == found && after.duplicate_keys().is_empty()
}

/// Makes the change in the values of the documents.
fn carry_out(documents: &mut [Value], node: NodeRef<'_>, change: &Change) -> Option<()> {
    match change {
        Change::Replace {
            with: Literal::Text(name),
            ..
        } if node.is_key() => {
            let object = value_at(documents, node.parent()?)?.as_object_mut()?;
            let value = object.remove(node.text())?;
            object.insert(name.clone(), value);
        }
        Change::Replace { with, .. } => *value_at(documents, node)? = value_of(with),
        Change::Insert { key, value, .. } => {
            let object = value_at(documents, node)?.as_object_mut()?;
            object.insert(key.clone(), value_of(value));
        }
        Change::Remove { .. } => {
            let parent = node.parent()?;
            let container = value_at(documents, parent)?;
            match step(parent, node)? {
                Step::Key(key) => drop(container.as_object_mut()?.remove(&key)),
                Step::Index(index) => drop(container.as_array_mut()?.remove(index)),
            }
        }
    }
    Some(())
}

/// The value in the documents that a node stands for.
fn value_at<'v>(documents: &'v mut [Value], node: NodeRef<'_>) -> Option<&'v mut Value> {
    let mut steps: Vec<Step> = Vec::new();
    let mut top = node;
    while let Some(parent) = top.parent() {
        steps.push(step(parent, top)?);
        top = parent;
    }
    let document = node.tree().documents().position(|root| root == top)?;
    let mut steps = steps.iter().rev();
    steps.try_fold(documents.get_mut(document)?, |value, step| match step {
        Step::Key(key) => value.get_mut(key),
        Step::Index(index) => value.get_mut(*index),
    })
}

/// One step from a container to what it holds.
enum Step {
    Key(String),
    Index(usize),
}

fn step(parent: NodeRef<'_>, child: NodeRef<'_>) -> Option<Step> {
    if parent.is_object() {
        let (key, _) = parent.members().find(|(_, value)| *value == child)?;
        return Some(Step::Key(key.text().to_owned()));
    }
    let index = parent.items().position(|item| item == child)?;
    Some(Step::Index(index))
}

fn value_of(literal: &Literal) -> Value {
    match literal {
        Literal::Text(text) => text.as_str().into(),
        Literal::Number(number) if *number >= 0.0 && number.fract() == 0.0 && *number < 2f64.powi(53) => {
            (*number as u64).into()
        }
        Literal::Number(number) => (*number).into(),
        Literal::Bool(truth) => (*truth).into(),
        Literal::Null => Value::Null,
        Literal::Table(entries) => {
            let entries = entries.iter().map(|(key, value)| (key.clone(), value_of(value)));
            Value::Object(entries.collect::<Map<String, Value>>())
        }
    }
}
