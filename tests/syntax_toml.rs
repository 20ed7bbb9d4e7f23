//! Properties of the TOML reader on generated, damaged and real texts, held against `toml::Table`. Single cases are in
//! `src/syntax/toml/tests.rs`.

mod common;
#[path = "common/damage.rs"]
mod damage;

use common::trees::{half, real_texts, sound};
use damage::{any_piece, cases, damaged};
use losslint::syntax::{Format, Kind, NodeRef, Tree, parse};
use proptest::prelude::*;
use toml::{Table, Value};

fn read(text: &str) -> Tree {
    parse(Format::Toml, text.into())
}

/// The node as the `toml` crate knows it. Numbers and dates are read from their bytes, so that a wrong span shows.
fn value_of(node: NodeRef<'_>) -> Value {
    match node.kind() {
        Kind::Object => Value::Table(
            node.members()
                .map(|(key, value)| (key.text().to_owned(), value_of(value)))
                .collect(),
        ),
        Kind::Array => Value::Array(node.items().map(value_of).collect()),
        Kind::String => Value::String(node.text().to_owned()),
        _ => scalar(node.raw()).expect("a scalar's bytes are TOML"),
    }
}

fn scalar(raw: &str) -> Option<Value> {
    format!("x = {raw}").parse::<Table>().ok()?.remove("x")
}

fn assert_same(text: &str, expected: &Table) {
    let tree = read(text);
    assert_eq!(tree.errors, [], "{text:?}");
    let root = tree.root().expect("every TOML text is a table");
    assert_eq!(value_of(root), Value::Table(expected.clone()), "{text:?}");
}

fn assert_sound(text: &str) {
    let tree = sound(Format::Toml, text);
    let starts = tree.errors.iter().map(|error| error.span.start as usize);
    let lines: Vec<_> = starts.map(|start| text[..start].matches('\n').count()).collect();
    assert!(lines.is_sorted_by(|one, next| one < next), "{text:?}");
}

/// The parser leaves it to the reader of a number whether it fits in 64 bits.
fn has_unreadable_number(tree: &Tree) -> bool {
    let numbers = tree.root().into_iter().flat_map(NodeRef::descendants);
    let mut numbers = numbers.filter(|node| node.kind() == Kind::Number);
    numbers.any(|node| scalar(node.raw()).is_none())
}

fn assert_agrees_with_table(text: &str) {
    let tree = read(text);
    match text.parse::<Table>() {
        Ok(table) => assert_same(text, &table),
        Err(error) => assert!(
            !tree.errors.is_empty() || has_unreadable_number(&tree),
            "{text:?}: {error}"
        ),
    }
}

/// Scalars that are simplest to give as text.
const SCALARS: &[&str] = &["1979-05-27T07:32:00Z", "1979-05-27", "07:32:00.5", "-inf", "6.626e-34"];

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<i32>().prop_map(|n| Value::from(f64::from(n) / 16.0)),
        any::<String>().prop_map(Value::from),
        "[a-z\n'\"\\\\]{0,6}".prop_map(Value::from),
        prop::sample::select(SCALARS).prop_map(|raw| scalar(raw).expect("valid TOML")),
    ];
    leaf.prop_recursive(5, 30, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec(any_table(inner.clone()), 1..3).prop_map(Value::from),
            any_table(inner).prop_map(Value::from),
        ]
    })
}

fn any_table(value: impl Strategy<Value = Value>) -> impl Strategy<Value = Table> {
    prop::collection::hash_map("[a-c~/. é\"]{0,2}", value, 0..5).prop_map(|members| members.into_iter().collect())
}

/// A text that says the table, with headers for its tables as far as `headers` goes down, and inline tables below.
fn written(table: &Table, path: &str, headers: u8) -> String {
    let mut body = String::new();
    let mut sections = String::new();
    for (name, value) in table {
        let key = quoted(name);
        let path = if path.is_empty() {
            key.clone()
        } else {
            format!("{path}.{key}")
        };
        match value {
            Value::Table(inner) if headers > 0 => {
                sections += &format!("[ {path} ] # table\n{}", written(inner, &path, headers - 1));
            }
            Value::Array(items) if headers > 0 && items.iter().any(Value::is_table) => {
                match items.iter().map(Value::as_table).collect::<Option<Vec<_>>>() {
                    Some(tables) => sections.extend(
                        tables
                            .into_iter()
                            .map(|inner| format!("[[{path}]]\n{}", written(inner, &path, headers - 1))),
                    ),
                    None => body += &format!("{key} = {}\n", inline(value)),
                }
            }
            Value::Table(inner) if inner.len() == 1 => {
                let (last, value) = inner.iter().next().expect("it has one member");
                body += &format!("{key} . {} = {}\n", quoted(last), inline(value));
            }
            _ => body += &format!("{key}={}\n", inline(value)),
        }
    }
    body + &sections
}

fn inline(value: &Value) -> String {
    match value {
        Value::String(text) => quoted(text),
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => format!("{number:?}"),
        Value::Boolean(truth) => truth.to_string(),
        Value::Datetime(time) => time.to_string(),
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(inline).collect();
            format!("[\n  {}, # last\n]", items.join(",\n  ")).replace("[\n  , #", "[ #")
        }
        Value::Table(table) => {
            let members = table.iter();
            let members = members.map(|(key, value)| format!("{} = {}", quoted(key), inline(value)));
            format!("{{ {} }}", members.collect::<Vec<_>>().join(", "))
        }
    }
}

/// A string or a key, in the way that its characters suggest.
fn quoted(text: &str) -> String {
    let is_plain = text.chars().all(|c| !c.is_control() && c != '\'');
    if is_plain && text.len().is_multiple_of(2) {
        return format!("'{text}'");
    }
    let characters = text.chars().map(|c| match c {
        '"' | '\\' => format!("\\{c}"),
        c if c.is_control() => format!("\\u{:04x}", u32::from(c)),
        c => c.to_string(),
    });
    format!("\"{}\"", characters.collect::<String>())
}

/// Pieces that faulty TOML is made of.
const PIECES: &[&str] = &[
    "{", "}", "[", "]", "[[", "]]", ",", "=", ".", "\"", "'", "\"\"\"", "'''", "\\", "\n", "\r", " ", "#", "a", "b.c",
    "a = 1\n", "[a]\n", "[[a]]\n", "x", "true", "None", "-", "_", "0x", "1.5", "07:32", "é", "\t", "\u{a0}",
    "\u{feff}", "\u{0}", "\\u", "inf",
];

fn damaged_text() -> impl Strategy<Value = String> {
    let text = (any_table(any_value()), 0..4_u8).prop_map(|(table, headers)| written(&table, "", headers));
    damaged(text, PIECES)
}

/// The value at a JSON Pointer.
fn look_up<'v>(value: &'v Value, pointer: &str) -> Option<&'v Value> {
    let mut steps = pointer.split('/').skip(1);
    steps.try_fold(value, |value, step| match value {
        Value::Array(items) => items.get(step.parse::<usize>().ok()?),
        _ => value.get(step.replace("~1", "/").replace("~0", "~")),
    })
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn every_table_is_read_back(table in any_table(any_value()), headers in 0..4_u8) {
        let text = written(&table, "", headers);
        assert_same(&text, &table);
        assert_same(&text.replace('\n', "\r\n"), &table);
        assert_sound(&text);
    }

    #[test]
    fn pointers_lead_to_their_values(table in any_table(any_value()), headers in 0..4_u8) {
        let tree = read(&written(&table, "", headers));
        let table = Value::Table(table);
        for node in tree.root().into_iter().flat_map(NodeRef::descendants) {
            prop_assert_eq!(look_up(&table, &node.pointer()), Some(&value_of(node)));
        }
    }
}

proptest! {
    #![proptest_config(cases(600))]

    #[test]
    fn damaged_texts_give_sound_trees(text in damaged_text()) {
        assert_sound(&text);
        assert_agrees_with_table(&text);
    }

    #[test]
    fn any_pieces_give_sound_trees(pieces in prop::collection::vec(any_piece(PIECES), 0..30)) {
        let text = pieces.concat();
        assert_sound(&text);
        assert_agrees_with_table(&text);
    }
}

#[test]
fn real_files_are_read_as_the_toml_crate_reads_them() {
    for (_, text) in real_texts(&["toml"]) {
        assert_sound(&text);
        assert_sound(half(&text));
        assert_agrees_with_table(&text);
    }
}
