//! What the YAML reader makes of single texts, right and wrong. Its properties on generated texts are in
//! `tests/syntax_yaml.rs`.

mod faults;

use crate::span::Span;
use crate::syntax::tests::{self, comments, node, raw, shown};
use crate::syntax::{Format, Kind, NodeRef, Tree, parse};

fn read(text: &str) -> Tree {
    parse(Format::Yaml, text.into())
}

#[track_caller]
fn read_clean(text: &str) -> Tree {
    let tree = read(text);
    assert_eq!(tree.errors, [], "{text}");
    tree
}

#[track_caller]
fn assert_clean(text: &str, expected: &str) {
    assert_faults(text, expected, &[]);
}

#[track_caller]
fn assert_faults(text: &str, tree: &str, expected: &[(&str, &str)]) {
    tests::assert_faults(&read(text), tree, expected);
}

#[track_caller]
fn kind_of(scalar: &str) -> Kind {
    let tree = read_clean(&format!("x: {scalar}\n"));
    node(&tree, &["x"]).kind()
}

#[test]
fn a_plain_scalar_is_what_it_looks_like() {
    for text in ["true", "True", "TRUE", "false", "False"] {
        assert_eq!(kind_of(text), Kind::Bool, "{text}");
    }
    for text in ["null", "Null", "NULL", "~", ""] {
        assert_eq!(kind_of(text), Kind::Null, "{text}");
    }
    let texts = [
        "yes",
        "no",
        "On",
        "off",
        "y",
        "tRUE",
        "None",
        "nan",
        "inf",
        "1.2.3",
        "1e",
        "_1",
        "-a",
        "1:30",
        "2024-01-02",
        "0x",
        "0xg",
        "0o8",
        "+.nan",
        ".",
        ".e1",
        "1e5.5",
        "${model.lr}",
        "127.0.0.1",
        "e5",
        "1 2",
        "\"5\"",
        "'true'",
        "|\n  5",
        ">-\n  null",
    ];
    for text in texts {
        assert_eq!(kind_of(text), Kind::String, "{text}");
    }
}

#[test]
fn numbers_have_their_value() {
    let numbers = [
        ("1e-3", 0.001),
        ("1E5", 1e5),
        ("-.5", -0.5),
        ("+7", 7.0),
        ("5.", 5.0),
        ("1_000.5", 1000.5),
        ("012", 12.0),
        ("0x1F", 31.0),
        ("-0x1_0", -16.0),
        ("0o17", 15.0),
        ("0b101", 5.0),
        (".inf", f64::INFINITY),
        ("-.INF", f64::NEG_INFINITY),
        ("!!float 5", 5.0),
        ("!!int \"5\"", 5.0),
    ];
    for (text, value) in numbers {
        let tree = read_clean(&format!("x: {text}\n"));
        assert_eq!(node(&tree, &["x"]).as_f64(), Some(value), "{text}");
    }
    assert!(node(&read_clean("x: .NaN"), &["x"]).as_f64().is_some_and(f64::is_nan));
}

#[test]
fn tags_of_yaml_itself_say_the_kind_and_others_are_kept() {
    let text =
        "a: !!str 5\nb: !!bool 'yes'\nc: !!null x\nd: ! 5\ne: !new:torch.nn.Linear\n  in: !ref <x>\nf: !name:N\n";
    let tree = read_clean(text);
    assert_eq!(node(&tree, &["a"]).as_str(), Some("5"));
    assert_eq!(node(&tree, &["b"]).as_bool(), Some(true));
    assert!(node(&tree, &["c"]).is_null());
    assert_eq!(node(&tree, &["d"]).as_str(), Some("5"));
    let tags = ["a", "b", "c", "d", "e", "f"].map(|key| node(&tree, &[key]).tag());
    let kept = [Some("!new:torch.nn.Linear"), Some("!name:N")];
    assert_eq!(tags, [None, None, None, None, kept[0], kept[1]]);
    assert_eq!(raw(&tree, &["e"]), "in: !ref <x>");
    let inner = node(&tree, &["e", "in"]);
    assert_eq!((inner.tag(), inner.as_str()), (Some("!ref"), Some("<x>")));
    assert_eq!(node(&tree, &["f"]).as_str(), Some(""));
}

#[test]
fn every_node_has_its_bytes() {
    let text = "a:\n  b: 1  # c\n  c:\n  - x\n  - - y\n    - z\n\n# end\nd: {k: [1, 2]}\ne: 'f g'\n";
    let tree = read_clean(text);
    assert_eq!(raw(&tree, &["a"]), "b: 1  # c\n  c:\n  - x\n  - - y\n    - z");
    assert_eq!(raw(&tree, &["a", "c"]), "- x\n  - - y\n    - z");
    let inner = node(&tree, &["a", "c"]).items().nth(1);
    assert_eq!(inner.map(NodeRef::raw), Some("- y\n    - z"));
    assert_eq!(raw(&tree, &["d"]), "{k: [1, 2]}");
    assert_eq!(raw(&tree, &["e"]), "'f g'");
    assert_eq!(tree.root().map(NodeRef::raw), Some(text.trim_end()));
    assert_eq!(tree.decoded.len(), 0);
}

#[test]
fn values_that_are_left_out_stand_after_their_colon() {
    let tree = read_clean("a :\nb: {c: , d}\n? e\n");
    let places = [&["a"][..], &["b", "c"], &["b", "d"], &["e"]].map(|path| node(&tree, path).span());
    assert_eq!(
        places.map(|span| (span.start, span.len())),
        [(3, 0), (10, 0), (14, 0), (19, 0)]
    );
    let tree = read_clean("?\n:b: ");
    assert_eq!(node(&tree, &[""]).span().start, 2);
}

#[test]
fn blocks_of_text_are_whole_and_decoded() {
    let text = "a: !!str &x |2-  # why\n    one\n   two\n\n\nb: >\n  many\n  lines\nc: |\nd:\n- |+\n  x\n\n";
    let tree = read_clean(text);
    assert_eq!(raw(&tree, &["a"]), "|2-  # why\n    one\n   two");
    assert_eq!(node(&tree, &["a"]).as_str(), Some("  one\n two"));
    assert_eq!(raw(&tree, &["b"]), ">\n  many\n  lines");
    assert_eq!(node(&tree, &["b"]).as_str(), Some("many lines\n"));
    assert_eq!((raw(&tree, &["c"]), node(&tree, &["c"]).text()), ("|", ""));
    assert_eq!(raw(&tree, &["d"]), "- |+\n  x");
}

#[test]
fn keys_of_every_sort_become_texts() {
    assert_clean("5: a\nnull: b\n\"x\\ty\": c\n: d\n", "{5: a, null: b, x\ty: c, : d}");
    assert_clean("? [1, 2]\n: a\n? - b\n  - c\n: d\n", "{[1, 2]: a, - b\n  - c: d}");
    assert_clean("&k key: 1\n*k : 2\nv: *k\n", "{key: 1, key: 2, v: key}");
    assert_clean("x: {{ y }}", "{x: {{ y }: ~}}");
}

#[test]
fn keys_given_twice_are_kept() {
    let tree = read_clean("a: 1\nb: 2\na: 3\n");
    let duplicates = tree.duplicate_keys();
    let places: Vec<_> = duplicates
        .iter()
        .map(|(a, b)| (a.span().start, b.span().start))
        .collect();
    assert_eq!(places, [(0, 10)]);
    assert_eq!(node(&tree, &["a"]).as_u64(), Some(3));
}

#[test]
fn an_alias_is_a_copy_with_the_bytes_of_the_alias() {
    let text = "a: &x {n: 5, t: !f yes}\nb: *x\nc: &s true\nd: [*s, *x]\n";
    let tree = read_clean(text);
    assert_eq!(raw(&tree, &["b"]), "*x");
    let inner = node(&tree, &["b", "n"]);
    assert_eq!((inner.span(), inner.pointer().as_str()), (Span::new(10, 11), "/b/n"));
    assert_eq!(node(&tree, &["b", "t"]).tag(), Some("!f"));
    let items: Vec<_> = node(&tree, &["d"]).items().collect();
    assert_eq!((items[0].as_bool(), items[0].raw()), (Some(true), "*s"));
    assert_eq!(items[1].get("n").and_then(NodeRef::as_u64), Some(5));
    let innermost = tree.innermost(Span::new(10, 11)).map(NodeRef::pointer);
    assert_eq!(innermost.as_deref(), Some("/a/n"), "where it is written");
}

#[test]
fn a_merge_brings_what_is_not_given() {
    let base = "a: &a {x: 1, y: 2}\nb: &b {y: 3, z: 4}\n";
    let merged = |text: &str| shown(node(&read_clean(&format!("{base}{text}")), &["c"]));
    assert_eq!(merged("c: {<<: *a, x: 5}"), "{x: 5, y: 2}");
    assert_eq!(merged("c:\n  <<: [*a, *b]\n  w: 0"), "{w: 0, x: 1, y: 2, z: 4}");
    assert_eq!(merged("c: {<<: *a, <<: *b}"), "{y: 3, z: 4, x: 1}");
    assert_eq!(merged("c: {<<: {x: 7, x: 8}}"), "{x: 8}");
    assert_eq!(merged("d: &d {<<: *a, y: 9}\nc: {<<: *d}"), "{y: 9, x: 1}");
    assert_eq!(merged("c: {\"<<\": *a}"), "{<<: {x: 1, y: 2}}");
    assert_eq!(merged("c: {<<: 5}"), "{<<: 5}");
    let tree = read_clean(&format!("{base}c: {{<<: *a}}"));
    assert_eq!(node(&tree, &["c", "x"]).span(), Span::new(10, 11));
    assert_eq!(tree.duplicate_keys(), []);
}

#[test]
fn documents_stand_one_after_the_other() {
    let tree = read_clean("# nothing\n---\n---\na: 1\n--- [2]\n");
    let documents: Vec<_> = tree.documents().map(shown).collect();
    assert_eq!(documents, ["~", "{a: 1}", "[2]"]);
    assert_eq!(tree.root().map(shown).as_deref(), Some("{a: 1}"));
    assert!(tree.documents().all(|root| root.parent().is_none()));
    assert_eq!(
        tree.documents()
            .last()
            .and_then(|root| root.items().next())
            .map(NodeRef::pointer)
            .as_deref(),
        Some("/0")
    );
}

#[test]
fn texts_without_values_are_empty_and_not_wrong() {
    for text in ["", "\u{feff}", "\n \n", "# only\n# comments"] {
        assert_eq!(read_clean(text).len(), 0, "{text:?}");
    }
    assert_eq!(shown(node(&read_clean("---\n"), &[])), "~");
}

#[test]
fn comments_windows_line_ends_and_the_mark_at_the_start_are_read() {
    let text = "\u{feff}# one\r\na: '#' # two\r\nb: |  # three\r\n  # x\r\n# four";
    let tree = read_clean(text);
    assert_eq!(comments(&tree), ["# one", "# two", "# three", "# four"]);
    assert_eq!((raw(&tree, &["a"]), node(&tree, &["b"]).text()), ("'#'", "# x\n"));
    let many = "# c\n".repeat(500);
    assert_clean(&format!("{many}a:\n{many}- 1\n{many}"), "{a: [1]}");
}
