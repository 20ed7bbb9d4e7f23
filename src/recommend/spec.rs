//! A pairing as a native spec, so that the recommendation can be linted like any model.

use toml::{Table, Value};

use super::{Call, Form, Framework, Output, Recipe, Task};

/// Writes the spec of each form of a recipe.
pub(super) fn add(task: &Task, framework: Framework, recipe: &mut Recipe) {
    let mut facts = task.facts.clone();
    facts.extend(recipe.facts.clone());
    for form in &mut recipe.forms {
        form.spec = spec(task, framework, &facts, form);
    }
}

fn spec(task: &Task, framework: Framework, facts: &Table, form: &Form) -> Table {
    let mut spec = Table::new();
    spec.insert("losslint".to_owned(), Value::Integer(1));
    spec.insert("framework".to_owned(), framework.name().into());
    spec.insert("task".to_owned(), Value::Table(facts.clone()));
    if !task.target.is_empty() {
        spec.insert("target".to_owned(), Value::Table(task.target.clone()));
    }
    match form.outputs.as_slice() {
        [only] => spec.extend(output(only)),
        several => {
            let outputs = several.iter().map(|one| Value::Table(output(one))).collect();
            spec.insert("outputs".to_owned(), Value::Array(outputs));
        }
    }
    spec
}

fn output(output: &Output) -> Table {
    let mut table = Table::new();
    for (key, word) in [("name", &output.name), ("role", &output.role)] {
        if let Some(word) = word {
            table.insert(key.to_owned(), word.as_str().into());
        }
    }
    let list = |calls: &[Call]| Value::Array(calls.iter().map(Call::to_value).collect());
    table.insert("layers".to_owned(), list(&output.layers));
    table.insert("loss".to_owned(), output.loss.to_value());
    if !output.metrics.is_empty() {
        table.insert(
            "metrics".to_owned(),
            Value::Table(Table::from_iter([("list".to_owned(), list(&output.metrics))])),
        );
    }
    table
}
