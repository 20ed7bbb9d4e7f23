//! Properties of the YAML reader on generated, damaged and real texts, held against the JSON reader. Single cases are in
//! `src/syntax/yaml/tests.rs`.

mod common;
#[path = "common/damage.rs"]
mod damage;
#[path = "syntax_yaml/hostile.rs"]
mod hostile;

use common::trees::{assert_children_in_order, half, nodes, real_texts, sound};
use damage::{any_piece, cases, damaged};
use losslint::syntax::{Format, Kind, NodeRef, Tree, parse};
use proptest::prelude::*;
use serde_json::Value;

fn read(text: &str) -> Tree {
    parse(Format::Yaml, text.into())
}

fn assert_sound(text: &str) {
    let tree = sound(Format::Yaml, text);
    assert!(tree.comments.iter().all(|&span| text[span.range()].starts_with('#')));
    // What `<<` brings keeps the place where it is written, and comes behind the members of the mapping's own.
    let has_copies = text.contains('*') || text.contains("<<");
    for node in nodes(&tree) {
        if !has_copies {
            assert_children_in_order(node);
        }
        assert_tag_and_scalar_fit(node);
    }
}

fn assert_tag_and_scalar_fit(node: NodeRef<'_>) {
    let text = node.tree().source();
    let is_tag = node.tag().is_none_or(|tag| tag.starts_with('!'));
    assert!(is_tag, "{node:?} in {text:?}");
    if node.kind() == Kind::Bool {
        assert!(matches!(node.text().to_ascii_lowercase().as_str(), "true" | "false"));
    }
    if node.kind() == Kind::Number {
        let is_large = node.text().len() > 16;
        assert!(is_large || node.as_f64().is_some(), "{node:?} in {text:?}");
    }
}

/// Every JSON text is YAML, if its keys are short.
fn assert_same_as_json(text: &str) {
    let (yaml, json) = (read(text), parse(Format::Json, text.into()));
    assert_eq!((&yaml.errors, &json.errors), (&vec![], &vec![]), "{text:?}");
    let mut pairs: Vec<_> = yaml.root().into_iter().zip(json.root()).collect();
    let mut reached = 0;
    while let Some((yaml, json)) = pairs.pop() {
        reached += 1;
        let as_it_stands = |node: NodeRef<'_>| (node.kind(), node.span(), node.text().to_owned());
        assert!(
            yaml.is_object() || yaml.is_array() || as_it_stands(yaml) == as_it_stands(json),
            "{yaml:?} {json:?} in {text:?}"
        );
        assert_eq!((yaml.kind(), yaml.span()), (json.kind(), json.span()), "{text:?}");
        assert_eq!(yaml.as_f64(), json.as_f64());
        pairs.extend(yaml.children().zip(json.children()));
    }
    assert_eq!((reached, yaml.len()), (json.len(), json.len()), "{text:?}");
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "[a-z 0-9:#&*!|>'%@`\n-]{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::hash_map("[a-z~/\"\\\\é\n<0-9]{0,4}", inner, 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// A value as JSON, compact or indented, in the characters that JSON and YAML both allow as they are.
fn as_json(value: &Value, is_compact: bool) -> String {
    let text = match is_compact {
        true => serde_json::to_string(value),
        false => serde_json::to_string_pretty(value),
    };
    let is_special =
        |c: char| c.is_control() && c != '\n' || matches!(c, '\u{2028}' | '\u{2029}' | '\u{fffe}'..='\u{ffff}');
    let text = text.expect("every value is JSON");
    let characters = text.chars().map(|c| match c {
        c if is_special(c) => format!("\\u{:04x}", u32::from(c)),
        c => c.to_string(),
    });
    characters.collect()
}

/// The value in block style, as people write it.
fn as_block(value: &Value, indent: usize, out: &mut String) {
    let margin = " ".repeat(indent);
    match value {
        Value::Object(members) if !members.is_empty() => {
            for (key, value) in members {
                *out += &format!("\n{margin}{}:", as_json(&key.as_str().into(), true));
                as_block(value, indent + 2, out);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for item in items {
                *out += &format!("\n{margin}-");
                as_block(item, indent + 2, out);
            }
        }
        scalar => *out += &format!(" {}  # a remark", as_json(scalar, true)),
    }
}

/// Pieces that faulty YAML is made of.
const PIECES: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    ": ",
    "- ",
    "-",
    "? ",
    "\"",
    "'",
    "\\",
    "\n",
    "\n  ",
    "\n    ",
    "\r",
    "\r\n",
    " ",
    "#",
    " # c",
    "a",
    "b: ",
    "a: 1\n",
    "- a\n",
    "&x ",
    "*x ",
    "*x",
    "<<: ",
    "!t ",
    "!!str ",
    "!!bool ",
    "! ",
    "!<a> ",
    "|",
    ">-",
    "|2\n",
    "---\n",
    "--- ",
    "...\n",
    "%YAML 1.2\n",
    "%TAG ! x\n",
    "true",
    "null",
    "~",
    "0x",
    "1.5",
    ".inf",
    "1_0",
    "é",
    "\t",
    "\u{a0}",
    "\u{feff}",
    "\u{0}",
    "\\u",
    "@",
    "`",
    "%",
    "\u{85}",
    "\u{2028}",
    "\u{1f600}",
];

fn damaged_text() -> impl Strategy<Value = String> {
    let text = any_value().prop_map(|value| {
        let mut text = String::new();
        as_block(&value, 0, &mut text);
        text
    });
    damaged(text, PIECES)
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn json_texts_are_read_as_by_the_json_reader(value in any_value(), is_compact: bool) {
        let text = as_json(&value, is_compact);
        assert_same_as_json(&text);
        assert_sound(&text);
    }

    #[test]
    fn block_style_says_the_same_as_json(value in any_value(), windows: bool) {
        let mut text = "# block\n---".to_owned();
        as_block(&value, 0, &mut text);
        if windows {
            text = text.replace('\n', "\r\n");
        }
        let (yaml, json) = (read(&text), parse(Format::Json, as_json(&value, true).into()));
        prop_assert_eq!(&yaml.errors, &vec![], "{:?}", text);
        prop_assert_eq!(yaml.root().map(NodeRef::to_value), json.root().map(NodeRef::to_value), "{:?}", text);
        assert_sound(&text);
    }
}

proptest! {
    #![proptest_config(cases(2000))]

    #[test]
    fn damaged_texts_give_sound_trees(text in damaged_text()) {
        assert_sound(&text);
    }

    #[test]
    fn any_pieces_give_sound_trees(pieces in prop::collection::vec(any_piece(PIECES), 0..30)) {
        assert_sound(&pieces.concat());
    }

    #[test]
    fn any_characters_give_sound_trees(text: String) {
        assert_sound(&text);
    }
}

/// PyYAML reads all of them.
#[test]
fn real_files_are_read_without_errors() {
    for (path, text) in real_texts(&["yaml", "yml"]) {
        if path
            .parent()
            .is_some_and(|folder| ["malformed", "syntax-error"].iter().any(|name| folder.ends_with(name)))
        {
            continue;
        }
        assert_eq!(read(&text).errors, [], "{}", path.display());
        assert_sound(&text);
        assert_sound(half(&text));
        assert_sound(&text.replace('\n', "\r\n"));
    }
}
