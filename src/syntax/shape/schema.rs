//! Shapes as JSON Schema.

use serde_json::{Map, Value, json};

use super::{Key, Shape};

impl Shape {
    /// The same shape as JSON Schema (draft 2020-12), without the document's frame.
    pub fn schema(&self) -> Value {
        match self {
            Self::Text => json!({ "type": "string" }),
            Self::OneOf(words) => json!({ "enum": words }),
            Self::Bool => json!({ "type": "boolean" }),
            Self::BoolOr(words) => json!({ "anyOf": [{ "type": "boolean" }, { "enum": words }] }),
            Self::Number(low, high) => bounded(*low, *high),
            Self::Whole => json!({ "type": "integer", "minimum": 0 }),
            Self::List(inner) => json!({ "type": "array", "items": inner.schema() }),
            Self::OneOrMany(inner) => {
                json!({ "anyOf": [inner.schema(), { "type": "array", "items": inner.schema() }] })
            }
            Self::Table(keys) => object(keys, true),
            Self::Open(keys) => object(keys, false),
            Self::Map(inner) => json!({ "type": "object", "additionalProperties": inner.schema() }),
            Self::TextOrOpen(keys) => json!({ "anyOf": [{ "type": "string" }, object(keys, false)] }),
            Self::TextOrTable(keys) => json!({ "anyOf": [{ "type": "string" }, object(keys, true)] }),
            Self::Anything => json!({}),
        }
    }
}

fn bounded(low: f64, high: f64) -> Value {
    let mut schema = Map::new();
    schema.insert("type".to_owned(), json!("number"));
    for (name, bound) in [("minimum", low), ("maximum", high)] {
        if bound.is_finite() {
            schema.insert(name.to_owned(), json!(bound));
        }
    }
    Value::Object(schema)
}

fn object(keys: &[Key], closed: bool) -> Value {
    let properties: Map<String, Value> = keys
        .iter()
        .map(|key| {
            let mut schema = key.shape.schema();
            if let Some(schema) = schema.as_object_mut() {
                schema.insert("description".to_owned(), json!(key.doc));
            }
            (key.name.to_owned(), schema)
        })
        .collect();
    json!({ "type": "object", "properties": properties, "additionalProperties": !closed })
}
