//! The shape that a tree should have: one description of keys, which checks a tree with places and nearest keys, and is
//! printed as JSON Schema. Not for what the values mean.

use serde_json::{Map, Value, json};

use super::{Kind, NodeRef};

/// What stands at a place of a tree.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// A text.
    Text,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// `true` or `false`.
    Bool,
    /// `true`, `false` or one of these words.
    BoolOr(&'static [&'static str]),
    /// A number in this range, both ends included.
    Number(f64, f64),
    /// A whole number from 0.
    Whole,
    /// Items of one shape.
    List(&'static Shape),
    /// An item, or a list of them.
    OneOrMany(&'static Shape),
    /// These keys and no others.
    Table(&'static [Key]),
    /// These keys, and any others that are not looked at.
    Open(&'static [Key]),
    /// Any keys with values of one shape.
    Map(&'static Shape),
    /// A text, or a table with these keys and any others.
    TextOrOpen(&'static [Key]),
    /// A text, or a table with these keys and no others.
    TextOrTable(&'static [Key]),
    /// Not looked at.
    Anything,
}

/// A key with what may stand under it.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// The key.
    pub name: &'static str,
    /// What stands under it.
    pub shape: Shape,
    /// What it means, in one sentence.
    pub doc: &'static str,
    /// A value that may stand under it, as TOML.
    pub example: &'static str,
}

impl Key {
    /// The same key with an example.
    pub const fn example(self, example: &'static str) -> Self {
        Self { example, ..self }
    }
}

/// A place where a tree has another shape than it should have.
#[derive(Debug, Clone)]
pub struct Misfit<'t> {
    /// The key or value at fault.
    pub node: NodeRef<'t>,
    /// What is wrong, in one clause.
    pub message: String,
    /// What to write instead, when something is near.
    pub help: Option<String>,
}

impl Shape {
    /// Every place below a node that does not have this shape, in document order.
    pub fn misfits<'t>(&self, node: NodeRef<'t>) -> Vec<Misfit<'t>> {
        let mut misfits = Vec::new();
        check(self, node, &mut misfits);
        misfits
    }
}

fn check<'t>(shape: &Shape, node: NodeRef<'t>, misfits: &mut Vec<Misfit<'t>>) {
    match shape {
        // JSON and YAML have no other way to leave a key empty.
        _ if node.is_null() && node.parent().is_some_and(NodeRef::is_object) => {}
        Shape::Anything => {}
        Shape::Table(keys) => table(keys, node, true, misfits),
        Shape::Open(keys) => table(keys, node, false, misfits),
        Shape::TextOrOpen(_) | Shape::TextOrTable(_) if node.as_str().is_some() => {}
        Shape::TextOrTable(keys) => table(keys, node, true, misfits),
        Shape::TextOrOpen(keys) => table(keys, node, false, misfits),
        Shape::Map(inner) => match node.kind() {
            Kind::Object => node.members().for_each(|(_, value)| check(inner, value, misfits)),
            _ => misfits.push(wrong_kind(shape, node)),
        },
        Shape::List(inner) => match node.kind() {
            Kind::Array => node.items().for_each(|item| check(inner, item, misfits)),
            _ => misfits.push(wrong_kind(shape, node)),
        },
        Shape::OneOrMany(inner) => match node.kind() {
            Kind::Array => node.items().for_each(|item| check(inner, item, misfits)),
            _ => check(inner, node, misfits),
        },
        Shape::OneOf(words) => match node.as_str() {
            Some(word) => misfits.extend(unknown_word(words, word, node)),
            None => misfits.push(wrong_kind(shape, node)),
        },
        Shape::BoolOr(words) => match (node.as_bool(), node.as_str()) {
            (Some(_), _) => {}
            (None, Some(word)) => misfits.extend(unknown_word(words, word, node)),
            (None, None) => misfits.push(wrong_kind(shape, node)),
        },
        Shape::Text | Shape::Bool | Shape::Number(..) | Shape::Whole => {
            if !is_scalar(shape, node) {
                misfits.push(wrong_kind(shape, node));
            }
        }
    }
}

fn is_scalar(shape: &Shape, node: NodeRef<'_>) -> bool {
    match shape {
        Shape::Text => node.as_str().is_some(),
        Shape::Bool => node.as_bool().is_some(),
        Shape::Number(low, high) => node.as_f64().is_some_and(|value| (*low..=*high).contains(&value)),
        Shape::Whole => node.as_u64().is_some(),
        _ => true,
    }
}

fn table<'t>(keys: &[Key], node: NodeRef<'t>, closed: bool, misfits: &mut Vec<Misfit<'t>>) {
    if !node.is_object() {
        misfits.push(wrong_kind(&Shape::Table(&[]), node));
        return;
    }
    for (key, value) in node.members() {
        match keys.iter().find(|known| known.name == key.text()) {
            Some(known) => check(&known.shape, value, misfits),
            None if closed => {
                let names: Vec<&str> = keys.iter().map(|known| known.name).collect();
                misfits.push(Misfit {
                    node: key,
                    message: format!("there is no key \"{}\" here", key.text()),
                    help: Some(suggestion(&names, key.text())),
                });
            }
            None => {}
        }
    }
}

fn unknown_word<'t>(words: &[&str], word: &str, node: NodeRef<'t>) -> Option<Misfit<'t>> {
    (!words.contains(&word)).then(|| Misfit {
        node,
        message: format!("\"{word}\" is none of the words that may stand here"),
        help: Some(suggestion(words, word)),
    })
}

fn wrong_kind<'t>(shape: &Shape, node: NodeRef<'t>) -> Misfit<'t> {
    Misfit {
        node,
        message: format!("expected {}", shape.described()),
        help: None,
    }
}

/// The nearest word, or all of them.
fn suggestion(words: &[&str], word: &str) -> String {
    match nearest(words, word) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => format!("one of {}", words.join(", ")),
    }
}

/// Bytes of a word beyond which no word of losslint's is near: comparing takes room for the product of both lengths.
pub const LONGEST_WORD: usize = 100;

/// The word that is nearest to what was written, when one is near.
pub fn nearest<'w>(words: &[&'w str], written: &str) -> Option<&'w str> {
    if written.len() > LONGEST_WORD {
        return None;
    }
    let plain = |text: &str| text.to_lowercase().replace(['-', '_', ' '], "");
    let wanted = plain(written);
    words
        .iter()
        .map(|word| (strsim::damerau_levenshtein(&plain(word), &wanted), *word))
        .filter(|(distance, word)| *distance <= word.len().max(3) / 3)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

impl Shape {
    fn described(&self) -> String {
        match self {
            Self::Text => "a text".to_owned(),
            Self::OneOf(words) => format!("one of {}", words.join(", ")),
            Self::Bool => "true or false".to_owned(),
            Self::BoolOr(words) => format!("true, false or one of {}", words.join(", ")),
            Self::Number(low, high) if low.is_infinite() && high.is_infinite() => "a number".to_owned(),
            Self::Number(low, high) if high.is_infinite() => format!("a number from {low}"),
            Self::Number(low, high) => format!("a number from {low} to {high}"),
            Self::Whole => "a whole number from 0".to_owned(),
            Self::List(_) => "a list".to_owned(),
            Self::OneOrMany(inner) => format!("{}, or a list", inner.described()),
            Self::Table(_) | Self::Open(_) | Self::Map(_) => "a table".to_owned(),
            Self::TextOrOpen(_) | Self::TextOrTable(_) => "a name, or a table".to_owned(),
            Self::Anything => "anything".to_owned(),
        }
    }

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
