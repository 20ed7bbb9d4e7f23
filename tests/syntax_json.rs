//! Properties of the JSON reader on generated, damaged and real texts, held against `serde_json`. Single cases are in
//! `src/syntax/json/tests.rs`.

mod common;
#[path = "common/damage.rs"]
mod damage;

use common::trees::{assert_children_in_order, half, nodes, real_texts, sound};
use damage::{any_piece, cases, damaged};
use losslint::syntax::{Format, Kind, NodeRef, Tree, parse};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::Value;

fn read(text: &str) -> Tree {
    parse(Format::Json, text.into())
}

/// The node as `serde_json` knows it. Numbers are read from their bytes, so that a wrong span shows.
fn value_of(node: NodeRef<'_>) -> Value {
    match node.kind() {
        Kind::Object => Value::Object(
            node.members()
                .map(|(key, value)| (key.text().to_owned(), value_of(value)))
                .collect(),
        ),
        Kind::Array => Value::Array(node.items().map(value_of).collect()),
        Kind::String => Value::String(node.text().to_owned()),
        _ => serde_json::from_str(node.raw()).expect("a scalar's bytes are JSON"),
    }
}

fn assert_same(text: &str, expected: &Value) {
    let tree = read(text);
    assert_eq!(tree.errors, [], "{text:?}");
    let root = tree.root().expect("a tree without errors has a root");
    assert_eq!(&value_of(root), expected, "{text:?}");
}

fn assert_sound(text: &str) {
    let tree = sound(Format::Json, text);
    assert!(tree.root().is_some() || !tree.errors.is_empty(), "{text:?}");
    nodes(&tree).for_each(assert_children_in_order);
}

/// Whether the tree holds what we accept and `serde_json` does not.
fn is_beyond_serde(tree: &Tree) -> bool {
    let is_beyond = |node: NodeRef<'_>| match node.kind() {
        Kind::Number => !node.as_f64().is_some_and(f64::is_finite),
        // Half of a surrogate pair, most likely.
        Kind::String => node.text().contains(char::REPLACEMENT_CHARACTER),
        _ => node.ancestors().count() > 120,
    };
    let keys_and_values = |node: NodeRef<'_>| node.children().any(is_beyond);
    let Some(root) = tree.root() else {
        return true;
    };
    !tree.comments.is_empty()
        || tree.source().starts_with('\u{feff}')
        || is_beyond(root)
        || keys_and_values(root)
        || root.descendants().any(keys_and_values)
}

fn assert_agrees_with_serde(text: &str) {
    let tree = read(text);
    match serde_json::from_str::<Value>(text) {
        Ok(value) => assert_same(text, &value),
        Err(error) if tree.errors.is_empty() => {
            assert!(is_beyond_serde(&tree), "{text:?}: {error}");
        }
        Err(_) => {}
    }
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        // Sixteenths have few digits: `serde_json` may be off by the last bit where there are many.
        any::<i32>().prop_map(|n| Value::from(f64::from(n) / 16.0)),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::hash_map("[a-z~/\"\\\\é\n]{0,4}", inner, 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// A value in one of the ways in which programs write it: compact, indented, or with all but ASCII escaped.
fn written(value: &Value, way: u8) -> String {
    match way % 3 {
        0 => value.to_string(),
        1 => format!("{value:#}"),
        _ => value.to_string().chars().map(escaped).collect(),
    }
}

fn escaped(c: char) -> String {
    if c.is_ascii() {
        return c.to_string();
    }
    let units = c.encode_utf16(&mut [0; 2]).to_vec();
    units.iter().map(|unit| format!("\\u{unit:04x}")).collect()
}

/// Pieces that faulty JSON is made of.
const PIECES: &[&str] = &[
    "{", "}", "[", "]", ",", ":", "\"", "'", "\\", "\n", " ", "#", "/", "//", "/*", "*/", "0", "1.", "-", "+", "e",
    "é", "\t", "\u{a0}", "\u{feff}", "\u{0}", "@", "=", "null", "None", "NaN", "true", "\"a\"", "\"b\":", "\\u",
    "\\ud83d", "\\ude00", "[[[", "{\"c\":{",
];

fn damaged_text() -> impl Strategy<Value = String> {
    let text = (any_value(), any::<u8>()).prop_map(|(value, way)| written(&value, way));
    damaged(text, PIECES)
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn every_value_is_read_back(value in any_value(), way in any::<u8>()) {
        let text = written(&value, way);
        assert_same(&text, &value);
        assert_sound(&text);
    }

    #[test]
    fn pointers_lead_where_serde_finds_the_same(value in any_value(), way in any::<u8>()) {
        let tree = read(&written(&value, way));
        for node in tree.root().into_iter().flat_map(NodeRef::descendants) {
            prop_assert_eq!(value.pointer(&node.pointer()), Some(&value_of(node)));
            prop_assert!(node.key().is_none_or(|key| key.pointer() == node.pointer()));
        }
    }

    #[test]
    fn a_cut_off_text_still_gives_a_sound_tree(value in any_value(), cut in any::<Index>()) {
        let text = value.to_string();
        let end = text.floor_char_boundary(cut.index(text.len() + 1));
        assert_sound(&text[..end]);
        assert_agrees_with_serde(&text[..end]);
    }
}

proptest! {
    #![proptest_config(cases(3000))]

    #[test]
    fn damaged_texts_give_sound_trees(text in damaged_text()) {
        assert_sound(&text);
        assert_agrees_with_serde(&text);
    }

    #[test]
    fn any_pieces_give_sound_trees(pieces in prop::collection::vec(any_piece(PIECES), 0..40)) {
        let text = pieces.concat();
        assert_sound(&text);
        assert_agrees_with_serde(&text);
    }
}

#[test]
fn real_files_are_read_as_serde_reads_them() {
    let files = real_texts(&["json"]);
    let mut accepted = 0;
    for (_, text) in &files {
        assert_sound(text);
        assert_sound(half(text));
        if let Ok(value) = serde_json::from_str(text.trim_start_matches('\u{feff}')) {
            assert_same(text, &value);
            accepted += 1;
        }
    }
    assert!(accepted * 2 >= files.len(), "{accepted} of {}", files.len());
}
