//! Faults of YAML texts: their words, their places, and what is kept. Bounds too.

use super::{assert_faults, read};
use crate::syntax::error::MOST_ERRORS;
use crate::syntax::tests::{node, shown};
use crate::syntax::{Kind, NodeRef};

#[test]
fn aliases_that_name_nothing_or_themselves_are_faults() {
    assert_faults(
        "a: *lost\nb: &r [1, *r]\nc: 2\n",
        "{a: ~, b: [1, ~], c: 2}",
        &[
            ("*lost", "expected an anchor '&lost' before this alias"),
            ("*r", "expected an alias of a value that ends before it"),
        ],
    );
}

#[test]
fn faults_are_told_in_plain_words() {
    let indented = "expected this line to be indented like the key above";
    assert_faults("a: 1\n b: 2\n", "{a: 1 b}", &[(":", indented)]);
    let quotes = "expected quotes around a value that holds ': '";
    assert_faults("a: b: c\n", "{a: b}", &[(":", quotes)]);
    assert_faults(
        "a:\n\tb: 1\n",
        "{a: ~}",
        &[("\t", "expected spaces instead of a tab at the start of a line")],
    );
    let keys = "expected a key with the indentation of the keys above";
    assert_faults("a:\n  b: 1\n c: 2\n", "{a: {b: 1}}", &[("c", keys)]);
    assert_faults("a: 1\nfoo\nb: 2", "{a: 1}", &[("foo", "expected ':' after this key")]);
    assert_faults("- a\nb: 1\n", "[a]", &[("b", "expected '-' as on the lines above")]);
    assert_faults("a: [1, {b: 2\n", "{a: [1]}", &[("{", "this '{' is never closed")]);
    assert_faults("a: [1, 2}\n", "{a: [1]}", &[("[", "this '[' is closed by '}'")]);
    assert_faults("a: [1,,2]\n", "{a: [1]}", &[(",", "expected a value before this ','")]);
    assert_faults(
        "a: 'it's'\n",
        "{a: ~}",
        &[("s", "expected nothing after the closing quote")],
    );
    assert_faults("a: \"x\n", "{a: ~}", &[("\"", "this quote is never closed")]);
    let start = "expected quotes around a text that starts with this character";
    assert_faults("a: @x\n", "{a: ~}", &[("@", start)]);
    assert_faults(
        "a: !e!x 1\n",
        "{a: ~}",
        &[("!", "expected '%TAG' to declare the first part of this tag")],
    );
}

#[test]
fn a_fault_costs_its_document_only() {
    let text = "a: [1\n---\nb: 2\n---\nc: }\n";
    let faults = [
        ("[", "this '[' is never closed"),
        ("}", "expected an opening bracket before this one"),
    ];
    assert_faults(text, "{a: []}", &faults);
    let documents: Vec<_> = read(text).documents().map(shown).collect();
    assert_eq!(documents, ["{a: []}", "{b: 2}", "{c: ~}"]);
    assert_eq!(read(&"a: }\n---\n".repeat(100)).errors.len(), MOST_ERRORS);
    // What is found last counts, too: a document that breaks off behind names without a place.
    let names = "- *a\n".repeat(100) + "- &b [1]\n- \"c\" d\n";
    assert_eq!(read(&names).errors.len(), MOST_ERRORS);
}

#[test]
fn depth_is_bounded() {
    let levels = "expected at most 255 levels within each other";
    let brackets = read(&"[".repeat(100_000));
    assert_eq!(brackets.errors[0].message, levels);
    assert_eq!((brackets.errors.len(), brackets.len()), (1, 0));
    let lines: String = (0..3000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    assert_eq!(read(&lines).errors[0].message, levels);
}

#[test]
fn aliases_that_expand_to_too_much_are_left_out() {
    let text = format!(
        "a: &a [{}]\nb: [*a, *a, *a]\nc: {{<<: [{{x: *a}}], d: 1}}\n",
        "0,".repeat(40_000)
    );
    let tree = read(&text);
    let faults: Vec<_> = tree.errors.iter().map(|error| error.message.as_str()).collect();
    assert_eq!(faults, ["aliases expand to too much"]);
    let kinds: Vec<_> = node(&tree, &["b"]).items().map(NodeRef::kind).collect();
    assert_eq!(kinds, [Kind::Array, Kind::Array, Kind::Null]);
    assert_eq!(shown(node(&tree, &["c"])), "{d: 1}");
}
