//! A layer, loss or metric with its arguments, as the native spec writes it and as Python does.

use std::fmt;

use serde::{Deserialize, Serialize};
use toml::Value;

/// A name, or a table of the name (`type`) and the arguments, or of the `expression` of a custom loss.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Call(Value);

impl Call {
    /// The name; `None` for an expression.
    pub fn name(&self) -> Option<&str> {
        self.0.as_str().or_else(|| self.0.get("type")?.as_str())
    }

    /// The value of an argument.
    pub fn argument(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// As a value of a native spec.
    pub(super) fn to_value(&self) -> Value {
        self.0.clone()
    }
}

/// As a call in Python; without the module.
impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(name) = self.name() else {
            let expression = self.argument("expression").and_then(Value::as_str);
            return f.write_str(expression.unwrap_or_default());
        };
        let arguments: Vec<String> = self
            .0
            .as_table()
            .into_iter()
            .flatten()
            .filter(|(key, _)| *key != "type")
            .map(|(key, value)| format!("{key}={}", python(value)))
            .collect();
        let name = name.rsplit('.').next().unwrap_or(name);
        write!(f, "{name}({})", arguments.join(", "))
    }
}

fn python(value: &Value) -> String {
    match value {
        Value::Boolean(true) => "True".to_owned(),
        Value::Boolean(false) => "False".to_owned(),
        Value::Array(items) => format!("[{}]", items.iter().map(python).collect::<Vec<_>>().join(", ")),
        Value::String(text) => format!("{text:?}"),
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => format!("{number:?}"),
        Value::Datetime(_) | Value::Table(_) => "...".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let table: toml::Table = toml::from_str(text).expect("a table");
        Call(table["call"].clone()).to_string()
    }

    #[test]
    fn a_call_is_written_in_python() {
        let text = r#"call = { type = "torchvision.ops.focal", alpha = -1, gamma = 2.0, on = true, by = "sum", w = [1.5, 2] }"#;
        assert_eq!(
            shown(text),
            r#"focal(alpha=-1, gamma=2.0, on=True, by="sum", w=[1.5, 2])"#
        );
        assert_eq!(shown(r#"call = "accuracy""#), "accuracy()");
    }

    #[test]
    fn an_expression_stands_for_itself() {
        assert_eq!(shown(r#"call = { expression = "mean(q * e)" }"#), "mean(q * e)");
    }
}
