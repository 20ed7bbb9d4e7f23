//! The exact text that an edit leaves: in the file's own style, one row for each style.

use losslint::diagnostic::{Change, Literal};
use losslint::span::{Location, Source};
use losslint::syntax::edit::{apply, edit};
use losslint::syntax::{File, Format, NodeRef};

/// The text after a change of the node that a JSON Pointer leads to.
fn after(format: Format, text: &str, pointer: &str, change: impl Fn(Location) -> Change) -> Option<String> {
    let file = File::parse(format, Source::new("model", text));
    let root = file.tree.root().expect("a text");
    let is_it = |node: &NodeRef<'_>| !node.is_key() && node.pointer() == pointer;
    let node = root.descendants().chain([root]).find(is_it).expect("the node");
    let edit = edit(&file, &change(node.at()))?;
    apply(text, &[edit])
}

fn inserted(format: Format, text: &str, pointer: &str, behind: &str) -> Option<String> {
    after(format, text, pointer, |into| Change::Insert {
        into,
        after: (!behind.is_empty()).then(|| behind.to_owned()),
        key: "k".to_owned(),
        value: Literal::Bool(true),
    })
}

fn removed(format: Format, text: &str, pointer: &str) -> Option<String> {
    after(format, text, pointer, |at| Change::Remove { at })
}

fn replaced(format: Format, text: &str, pointer: &str, with: Literal) -> Option<String> {
    after(format, text, pointer, |at| Change::Replace { at, with: with.clone() })
}

#[test]
fn a_key_comes_in_the_style_of_the_others() {
    use Format::{Json, Toml, Yaml};
    let cases = [
        (Json, r#"{"a": 1}"#, "", "a", r#"{"a": 1, "k": true}"#),
        (Json, r#"{"a":1}"#, "", "a", r#"{"a":1, "k":true}"#),
        (Json, r#"{"a":1,"b":2}"#, "", "a", r#"{"a":1,"k":true,"b":2}"#),
        (Json, r#"{"a": 1, "b": 2}"#, "", "", r#"{"a": 1, "b": 2, "k": true}"#),
        (Json, r#"{"a" : 1}"#, "", "a", r#"{"a" : 1, "k" : true}"#),
        (Json, r#"{"a": {}}"#, "/a", "", r#"{"a": {"k": true}}"#),
        (
            Json,
            "{\n  \"a\": 1,\n  \"b\": 2\n}\n",
            "",
            "a",
            "{\n  \"a\": 1,\n  \"k\": true,\n  \"b\": 2\n}\n",
        ),
        (
            Json,
            "{\r\n\t\"a\": 1\r\n}",
            "",
            "a",
            "{\r\n\t\"a\": 1,\r\n\t\"k\": true\r\n}",
        ),
        (Toml, "t = { a = 1 }\n", "/t", "a", "t = { a = 1, k = true }\n"),
        (
            Toml,
            "t = { a = 1, b = 2 }\n",
            "/t",
            "a",
            "t = { a = 1, k = true, b = 2 }\n",
        ),
        (Toml, "t = {}\n", "/t", "", "t = { k = true }\n"),
        (Toml, "a = 1\nb = 2\n", "", "a", "a = 1\nk = true\nb = 2\n"),
        (
            Toml,
            "[t]\n  a = 1 # c\n[u]\n",
            "/t",
            "a",
            "[t]\n  a = 1 # c\n  k = true\n[u]\n",
        ),
        (Toml, "[t]\n[u]\n", "/t", "", "[t]\nk = true\n[u]\n"),
        (Toml, "[t]\na = 1", "/t", "a", "[t]\na = 1\nk = true"),
        (Yaml, "a: 1\nb: 2\n", "", "a", "a: 1\nk: true\nb: 2\n"),
        (
            Yaml,
            "t:\n    a: 1 # c\nu: 2\n",
            "/t",
            "a",
            "t:\n    a: 1 # c\n    k: true\nu: 2\n",
        ),
        (Yaml, "- a: 1\n- b: 2\n", "/0", "a", "- a: 1\n  k: true\n- b: 2\n"),
        (Yaml, "t: {a: 1}\n", "/t", "a", "t: {a: 1, k: true}\n"),
        (Yaml, "t: { a: 1, b: 2 }\n", "/t", "a", "t: { a: 1, k: true, b: 2 }\n"),
    ];
    for (format, text, pointer, behind, wanted) in cases {
        let found = inserted(format, text, pointer, behind);
        assert_eq!(found.as_deref(), Some(wanted), "{format:?} {text:?}");
    }
}

#[test]
fn what_is_taken_out_leaves_no_gap() {
    use Format::{Json, Toml, Yaml};
    let cases = [
        (Json, r#"{"a": 1, "b": 2, "c": 3}"#, "/a", r#"{"b": 2, "c": 3}"#),
        (Json, r#"{"a": 1, "b": 2, "c": 3}"#, "/b", r#"{"a": 1, "c": 3}"#),
        (Json, r#"{"a": 1, "b": 2, "c": 3}"#, "/c", r#"{"a": 1, "b": 2}"#),
        (Json, r#"{"a": 1}"#, "/a", "{}"),
        (Json, "[\n  1,\n  2\n]\n", "/1", "[\n  1\n]\n"),
        (Json, "[\n  1,\n  2\n]\n", "/0", "[\n  2\n]\n"),
        (Toml, "a = 1\nb = 2\nc = 3\n", "/b", "a = 1\nc = 3\n"),
        (Toml, "a = 1\n# of b\nb = 2\nc = 3\n", "/b", "a = 1\nc = 3\n"),
        (Toml, "t = { a = 1, b = 2 }\n", "/t/a", "t = { b = 2 }\n"),
        (Toml, "t = [1, 2]\n", "/t/1", "t = [1]\n"),
        (Toml, "[[t]]\na = 1\n\n[[t]]\na = 2\n", "/t/0", "[[t]]\na = 2\n"),
        (Yaml, "a: 1\nb: 2\nc: 3\n", "/b", "a: 1\nc: 3\n"),
        (Yaml, "t:\n  - 1\n  - 2\n", "/t/0", "t:\n  - 2\n"),
        (Yaml, "t: [1, 2]\n", "/t/1", "t: [1]\n"),
        (Yaml, "t: {a: 1, b: 2}\n", "/t/a", "t: {b: 2}\n"),
    ];
    for (format, text, pointer, wanted) in cases {
        let found = removed(format, text, pointer);
        assert_eq!(found.as_deref(), Some(wanted), "{format:?} {text:?} {pointer}");
    }
}

#[test]
fn a_value_comes_in_the_hand_of_the_format() {
    use Format::{Json, Toml, Yaml};
    let text = |text: &str| Literal::Text(text.to_owned());
    let table = || {
        Literal::Table(vec![
            ("a".to_owned(), Literal::Number(0.5)),
            ("b".to_owned(), text("c")),
        ])
    };
    let cases = [
        (Json, r#"{"v": "x"}"#, text("a\"b\n"), Some(r#"{"v": "a\"b\n"}"#)),
        (Json, r#"{"v": "x"}"#, Literal::Null, Some(r#"{"v": null}"#)),
        (Json, r#"{"v": "x"}"#, table(), Some(r#"{"v": {"a": 0.5, "b": "c"}}"#)),
        (Json, r#"{"v": 3}"#, Literal::Number(2.0), Some(r#"{"v": 2}"#)),
        (Toml, "v = \"x\"\n", text("y"), Some("v = \"y\"\n")),
        (Toml, "v = 'x'\n", text("y"), Some("v = 'y'\n")),
        (Toml, "v = \"x\"\n", Literal::Null, None),
        (Toml, "v = \"x\"\n", table(), Some("v = { a = 0.5, b = \"c\" }\n")),
        (Yaml, "v: x\n", text("z"), Some("v: z\n")),
        (Yaml, "v: \"x\"\n", text("y"), Some("v: \"y\"\n")),
        (Yaml, "v: 'x'\n", text("it's"), Some("v: \"it's\"\n")),
        (Yaml, "v: x\n", text("no"), Some("v: \"no\"\n")),
        (Yaml, "v: x\n", text("a: b"), Some("v: \"a: b\"\n")),
        (Yaml, "v: x\n", Literal::Null, Some("v: null\n")),
        (Yaml, "v: x\n", Literal::Bool(false), Some("v: false\n")),
    ];
    for (format, before, with, wanted) in cases {
        let found = replaced(format, before, "/v", with.clone());
        assert_eq!(found.as_deref(), wanted, "{format:?} {before:?} {with:?}");
    }
}
