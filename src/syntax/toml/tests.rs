//! What the TOML reader makes of single texts, right and wrong. Its properties on generated texts are in
//! `tests/syntax_toml.rs`.

use crate::span::Span;
use crate::syntax::error::MOST_ERRORS;
use crate::syntax::tests::{comments, faults, node, raw};
use crate::syntax::{Format, Kind, NodeRef, Tree, parse};

fn read(text: &str) -> Tree {
    parse(Format::Toml, text.into())
}

#[track_caller]
fn assert_faults(text: &str, expected: &[(&str, &str)]) {
    assert_eq!(faults(&read(text)), expected, "the faults of {text}");
}

#[test]
fn every_table_has_the_bytes_that_make_it() {
    let text = "a.b = 1\n[t.u]\nx = { y.z = 2 }\n[[s]]\n[[s]]\nv = 3\n";
    let tree = read(text);
    assert_eq!(tree.errors, []);
    assert_eq!(raw(&tree, &[]), text);
    assert_eq!(raw(&tree, &["a"]), "a");
    assert_eq!(raw(&tree, &["a", "b"]), "1");
    assert_eq!(raw(&tree, &["t"]), "t");
    assert_eq!(raw(&tree, &["t", "u"]), "[t.u]");
    assert_eq!(raw(&tree, &["t", "u", "x"]), "{ y.z = 2 }");
    assert_eq!(raw(&tree, &["t", "u", "x", "y"]), "y");
    let array = node(&tree, &["s"]);
    let items: Vec<_> = array.items().map(|item| item.span().start).collect();
    assert_eq!((array.kind(), array.raw()), (Kind::Array, "[[s]]"));
    assert_eq!(items, [30, 36]);
    assert_eq!(node(&tree, &["t", "u", "x", "y", "z"]).pointer(), "/t/u/x/y/z");
}

#[test]
fn strings_of_every_sort_have_their_text() {
    let text = "a = 'C:\\x'\n\"b \\u00e9\" = \"plain\"\nc = \"\"\"\nmany\nlines\"\"\"\nd = '''it's'''\n";
    let tree = read(text);
    assert_eq!(tree.errors, []);
    assert_eq!(node(&tree, &["a"]).as_str(), Some("C:\\x"));
    assert_eq!(node(&tree, &["b é"]).as_str(), Some("plain"));
    assert_eq!(node(&tree, &["c"]).as_str(), Some("many\nlines"));
    assert_eq!(node(&tree, &["d"]).as_str(), Some("it's"));
    let copied: Vec<_> = tree.decoded.iter().map(|text| &text[..]).collect();
    assert_eq!(copied, ["b é", "many\nlines", "it's"]);
}

#[test]
fn scalars_have_their_kind_and_value() {
    let tree = read("a = 1_000\nb = 0xff\nc = -inf\nd = nan\ne = true\nf = 1979-05-27 07:32:00\n");
    assert_eq!(tree.errors, []);
    assert_eq!(node(&tree, &["a"]).as_u64(), Some(1000));
    assert_eq!(node(&tree, &["b"]).as_u64(), Some(255));
    assert_eq!(node(&tree, &["c"]).as_f64(), Some(f64::NEG_INFINITY));
    assert!(node(&tree, &["d"]).as_f64().is_some_and(f64::is_nan));
    assert_eq!(node(&tree, &["e"]).as_bool(), Some(true));
    let date = node(&tree, &["f"]);
    assert_eq!((date.kind(), date.text()), (Kind::Date, "1979-05-27 07:32:00"));
}

#[test]
fn comments_windows_line_ends_and_the_mark_at_the_start_are_read() {
    let text = "\u{feff}# one\r\na = '#' # two\r\n";
    let tree = read(text);
    assert_eq!((comments(&tree), tree.errors.len()), (vec!["# one", "# two"], 0));
    assert_eq!(raw(&tree, &["a"]), "'#'");
}

#[test]
fn the_innermost_node_is_found_outside_its_table() {
    let text = "[a]\nx = [10, 20]\n[b]\n";
    let tree = read(text);
    let innermost = |needle: &str| {
        let start = text.find(needle).unwrap_or_default();
        let node = tree.innermost(Span::new(start, start + needle.len()));
        node.map(NodeRef::pointer)
    };
    assert_eq!(innermost("20").as_deref(), Some("/a/x/1"));
    assert_eq!(innermost("10, 20").as_deref(), Some("/a/x"));
    assert_eq!(innermost("]\n[b").as_deref(), Some(""));
    assert_eq!(innermost("[b]").as_deref(), Some("/b"));
}

#[test]
fn a_missing_value_is_a_null_after_its_key() {
    let text = "a =\nb = 2\n";
    assert_faults(text, &[("", "expected a value")]);
    let tree = read(text);
    assert!(node(&tree, &["a"]).is_null());
    assert_eq!(node(&tree, &["a"]).span(), Span::new(1, 1));
    assert_eq!(node(&tree, &["b"]).as_u64(), Some(2));
}

#[test]
fn faults_are_told_in_plain_words_one_for_a_line() {
    let quotes = "expected quotes around this text";
    assert_faults("loss = mse\nx = tf.nn\n", &[("mse", quotes), ("tf.nn", quotes)]);
    let text = "a = True\nb = None\n";
    let faults = [
        ("True", "expected true instead of True"),
        ("None", "expected a value instead of None"),
    ];
    assert_faults(text, &faults);
    assert_faults("a = 1\na = 2\n", &[("a", "this key is already defined")]);
    assert_faults("= 1 = 2 = 3", &[("", "expected a key")]);
    assert_faults("a = [1, , , 2]", &[(",", "expected a value before this ','")]);
    assert_faults("a = \"x", &[("", "expected '\"' at the end of this string")]);
    let leading = "expected a number without leading zeros";
    assert_faults("a = 01", &[("0", leading)]);
    assert_eq!(read(&"x\n".repeat(100)).errors.len(), MOST_ERRORS);
}

#[test]
fn words_without_quotes_are_texts_and_not_what_their_first_letter_suggests() {
    let tree = read("a = tanh\nb = none\nc = False\n");
    assert_eq!(node(&tree, &["a"]).as_str(), Some("tanh"));
    assert_eq!(node(&tree, &["b"]).as_str(), Some("none"));
    assert_eq!(node(&tree, &["c"]).as_bool(), Some(false));
}

#[test]
fn depth_is_bounded_by_brackets_and_by_dots() {
    let brackets = "expected at most 80 brackets within each other";
    assert_faults(&format!("a = {}", "[".repeat(100_000)), &[("[", brackets)]);
    let dots = "expected at most 80 parts in every key";
    assert_faults(&format!("{}b = 1", "a.".repeat(100_000)), &[("", dots)]);
    let key = ["a"; 80].join(".");
    let text = format!("x = {}1{}", format!("{{ {key} = ").repeat(80), " }".repeat(80));
    let tree = read(&text);
    assert_eq!((tree.errors.len(), tree.len()), (0, 2 * (80 * 80 + 1) + 1));
}

#[test]
fn an_empty_text_is_an_empty_table() {
    let tree = read("");
    assert_eq!((tree.len(), tree.errors.len()), (1, 0));
}
