//! Where a tree has another shape than it should have, in words.

use super::{Key, Shape};
use crate::nearest::nearest;
use crate::syntax::{Format, Kind, NodeRef};

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
            _ => misfits.push(Misfit {
                help: as_a_list(inner, node),
                ..wrong_kind(shape, node)
            }),
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
        misfits.push(Misfit {
            help: as_a_table(keys, node),
            ..wrong_kind(&Shape::Table(&[]), node)
        });
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

/// A value that stands alone as the list that is wanted.
fn as_a_list(inner: &Shape, node: NodeRef<'_>) -> Option<String> {
    if node.is_object() && node.tree().format() == Format::Toml && node.raw().starts_with(|c: char| c != '{') {
        let key = node.key()?.text();
        return Some(format!("write [[{key}]]: there can be several"));
    }
    let fits = inner.misfits(node).is_empty() && !node.is_object() && !node.raw().contains('\n');
    fits.then(|| format!("write [{}]", node.raw()))
}

/// A word that stands alone as the table that is wanted, under the key that takes such a word.
fn as_a_table(keys: &[Key], node: NodeRef<'_>) -> Option<String> {
    let written = node.as_str()?;
    let (key, word) = keys.iter().find_map(|key| match key.shape {
        Shape::OneOf(words) | Shape::BoolOr(words) => {
            Some((key.name, *nearest(words.iter().copied(), written).first()?))
        }
        _ => None,
    })?;
    Some(match node.tree().format() {
        Format::Toml => format!("write {{ {key} = \"{word}\" }}"),
        Format::Json | Format::Yaml | Format::Python | Format::Notebook => format!("write {{ \"{key}\": \"{word}\" }}"),
    })
}

/// The nearest word, or all of them.
fn suggestion(words: &[&str], word: &str) -> String {
    match nearest(words.iter().copied(), word).first() {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => format!("one of {}", words.join(", ")),
    }
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
}
