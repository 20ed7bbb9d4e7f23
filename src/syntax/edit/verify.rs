//! Whether an edit does its change and nothing else: the edited text is read again and compared. TOML and YAML have so
//! many ways to write a value that no rule about bytes knows them all.

use serde_json::{Map, Value};

use super::bytes::{Edit, apply};
use crate::diagnostic::{Change, Literal};
use crate::syntax::{File, NodeRef, parse};

/// Whether the edited text has no errors in its form and says what the change asks for.
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
    let mut expected: Vec<Value> = before.documents().map(NodeRef::to_value).collect();
    let found: Vec<Value> = after.documents().map(NodeRef::to_value).collect();
    carry_out(&mut expected, node, change).is_some() && expected == found && after.duplicate_keys().is_empty()
}

/// One step from a container to what it holds.
enum Step {
    Key(String),
    Index(usize),
}

/// Makes the change in the values of the documents.
fn carry_out(documents: &mut [Value], node: NodeRef<'_>, change: &Change) -> Option<()> {
    let mut steps: Vec<Step> = Vec::new();
    let mut top = node;
    while let Some(parent) = top.parent() {
        steps.push(step(parent, top)?);
        top = parent;
    }
    let document = node.tree().documents().position(|root| root == top)?;
    let last = match change {
        Change::Remove { .. } => Some(steps.remove(0)),
        Change::Replace { .. } | Change::Insert { .. } => None,
    };
    let mut value = documents.get_mut(document)?;
    for step in steps.iter().rev() {
        value = match step {
            Step::Key(key) => value.get_mut(key)?,
            Step::Index(index) => value.get_mut(*index)?,
        };
    }
    match (change, last) {
        (Change::Replace { with, .. }, _) => *value = value_of(with),
        (Change::Insert { key, value: new, .. }, _) => {
            value.as_object_mut()?.insert(key.clone(), value_of(new));
        }
        (Change::Remove { .. }, Some(Step::Key(key))) => {
            value.as_object_mut()?.remove(&key);
        }
        (Change::Remove { .. }, Some(Step::Index(index))) => {
            value.as_array_mut()?.remove(index);
        }
        (Change::Remove { .. }, None) => return None,
    }
    Some(())
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
