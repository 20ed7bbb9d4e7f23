//! What the JSON reader makes of single texts, right and wrong. Its properties on generated texts are in
//! `tests/syntax_json.rs`.

use crate::span::Span;
use crate::syntax::error::MOST_ERRORS;
use crate::syntax::tests::{self, comments};
use crate::syntax::{Format, NodeRef, Tree, parse, refuse_length};

fn read(text: &str) -> Tree {
    parse(Format::Json, text.into())
}

#[track_caller]
fn assert_faults(text: &str, tree: &str, expected: &[(&str, &str)]) {
    tests::assert_faults(&read(text), tree, expected);
}

#[track_caller]
fn assert_clean(text: &str, tree: &str) {
    assert_faults(text, tree, &[]);
}

#[test]
fn what_python_accepts_is_accepted() {
    assert_clean("[NaN, Infinity, -Infinity]", "[NaN, Infinity, -Infinity]");
    assert_clean("[1e999, -0.5E-3, 0]", "[1e999, -0.5E-3, 0]");
    assert_clean("\u{feff} {}", "{}");
    assert_clean(r#"{"a": 1, "a": null}"#, "{a: 1, a: ~}");
    assert_clean("\"\u{7f}é\"", "\u{7f}é");
}

#[test]
fn offsets_count_the_mark_at_the_start() {
    let tree = read("\u{feff}[1]");
    assert_eq!(tree.root().map(NodeRef::span), Some(Span::new(3, 6)));
}

#[test]
fn escapes_are_decoded_and_plain_text_is_not_copied() {
    assert_clean(r#""\" \\ \/ \b \f \n \r \t""#, "\" \\ / \u{8} \u{c} \n \r \t");
    assert_clean(r#"["\u00e9", "\ud83d\ude00"]"#, "[é, 😀]");
    let lone = r#"["\ud83d", "\ude00x", "\ud83d\u0041"]"#;
    assert_clean(lone, "[\u{fffd}, \u{fffd}x, \u{fffd}A]");
    assert!(read(r#"["plain", {"é": "ß"}]"#).decoded.is_empty());
}

#[test]
fn comments_are_kept_aside() {
    let text = "// one\r\n[1 /* é * / two */, 2]//three";
    let tree = read(text);
    assert_eq!(comments(&tree), ["// one", "/* é * / two */", "//three"]);
    assert_clean(text, "[1, 2]");
}

#[test]
fn no_depth_is_too_deep() {
    const DEPTH: usize = 200_000;
    let text = "[".repeat(DEPTH) + &"]".repeat(DEPTH);
    let tree = read(&text);
    assert_eq!((tree.len(), tree.errors.len()), (DEPTH, 0));
    let deepest = tree.innermost(Span::new(DEPTH, DEPTH));
    assert_eq!(deepest.map(|node| node.ancestors().count()), Some(DEPTH));
    assert_eq!(read(&"{\"\":[".repeat(DEPTH)).errors.len(), 1);
    let mismatched = format!("{{\"\":{}}}", "[".repeat(DEPTH));
    assert_eq!(read(&mismatched).errors.len(), 1);
}

#[test]
fn a_text_without_a_value_has_no_nodes() {
    assert_faults("", "", &[("", "the file is empty")]);
    assert_faults("\u{feff} \n", "", &[("", "the file is empty")]);
    let message = "expected a value after the comments";
    assert_faults("// nothing\n", "", &[("", message)]);
    assert_faults("]", "", &[("]", "expected a value")]);
    assert_faults("version 1: x", "", &[("version", "expected a value")]);
}

#[test]
fn missing_parts_of_members_are_filled_in() {
    let value = "expected a value after this ':'";
    assert_faults(r#"{"a":}"#, "{a: ~}", &[(":", value)]);
    assert_faults(r#"{"a":, "b": 1}"#, "{a: ~, b: 1}", &[(":", value)]);
    let both = "expected ':' and a value after this key";
    assert_faults(r#"{"a"}"#, "{a: ~}", &[("\"a\"", both)]);
    let colon = "expected ':' after this key";
    assert_faults(r#"{"a" 1}"#, "{a: 1}", &[("\"a\"", colon)]);
    let equals = "expected ':' after the key";
    assert_faults(r#"{"a" = 1}"#, "{a: 1}", &[("=", equals)]);
    let key = "expected a key in double quotes";
    assert_faults("{: 1}", "{: 1}", &[(":", key)]);
    assert_faults("{[1], \"b\": 2}", "{: [1], b: 2}", &[("[", key)]);
}

#[test]
fn commas_are_missed_where_they_should_stand() {
    let in_object = "expected ',' or '}' after this value";
    let text = "{\"a\": [1, [2]]\n\"b\": 3}";
    assert_faults(text, "{a: [1, [2]], b: 3}", &[("]", in_object)]);
    let in_array = "expected ',' or ']' after this value";
    assert_faults("[10 20]", "[10, 20]", &[("10", in_array)]);
    assert_faults("[1; 2]", "[1, 2]", &[(";", "expected ',' or ']'")]);
    assert_faults("[1: 2]", "[1, 2]", &[(":", "expected ',' or ']'")]);
    let text = r#"{"a": "b": 1, "c": 2}"#;
    assert_faults(text, "{a: b, : 1, c: 2}", &[(":", "expected ',' or '}'")]);
}

#[test]
fn commas_too_many_are_reported_once_each() {
    let message = "trailing comma before '}'";
    assert_faults("{\"a\": 1,}", "{a: 1}", &[(",", message)]);
    let message = "trailing comma before ']'";
    assert_faults("[1, // last\n]", "[1]", &[(",", message)]);
    let message = "expected a value before this ','";
    assert_faults("[,]", "[]", &[(",", message)]);
    assert_faults("[1,,2]", "[1, 2]", &[(",", message)]);
    let message = "expected a key before this ','";
    assert_faults("{,\"a\": 1}", "{a: 1}", &[(",", message)]);
}

#[test]
fn keys_and_texts_need_double_quotes() {
    let single = "expected double quotes instead of single quotes";
    let text = r"{'a': 'it\'s'}";
    let faults = [("'a'", single), (r"'it\'s'", single)];
    assert_faults(text, "{a: it's}", &faults);
    let key = "expected double quotes around this key";
    let value = "expected double quotes around this text";
    let faults = [("loss", key), ("tf.mse", value)];
    assert_faults("{loss: tf.mse}", "{loss: tf.mse}", &faults);
    assert_faults("{1: 2}", "{1: 2}", &[("1", key)]);
}

#[test]
fn other_languages_words_are_understood() {
    let tree = read("[None, True, False, undefined, nan, -inf]");
    let messages: Vec<_> = tree.errors.iter().map(|error| &error.message[..]).collect();
    assert_eq!(messages[0], "expected null instead of None");
    assert_eq!(messages[1], "expected true instead of True");
    assert_eq!(messages[5], "expected -Infinity instead of -inf");
    let items: Vec<_> = tree.root().into_iter().flat_map(NodeRef::items).collect();
    assert!(items[0].is_null() && items[3].is_null());
    assert_eq!(items[1].as_bool(), Some(true));
    assert_eq!(items[2].as_bool(), Some(false));
    assert_eq!(items[4].as_f64().map(f64::is_nan), Some(true));
    assert_eq!(items[5].as_f64(), Some(f64::NEG_INFINITY));
}

#[test]
fn faulty_numbers_say_what_they_lack() {
    for (number, message) in [
        ("01", "expected a number without leading zeros"),
        ("-00.5", "expected a number without leading zeros"),
        ("+1", "expected a number without '+'"),
        ("1_000", "expected a number without '_'"),
        (".5", "expected a digit before the '.'"),
        ("1.", "expected a digit after the '.'"),
        ("-", "expected a digit at the end of this number"),
        ("1e+", "expected a digit at the end of this number"),
        ("0x1F", "expected a decimal number"),
        ("12px", "expected double quotes around this text"),
        ("2021-apple", "expected double quotes around this text"),
    ] {
        assert_faults(&format!("[{number}]"), &format!("[{number}]"), &[(number, message)]);
    }
}

#[test]
fn faults_in_strings_point_at_their_bytes() {
    let tab = "expected '\\t' instead of a tab in a string";
    assert_faults("[\"a\tb\tc\"]", "[a\tb\tc]", &[("\t", tab)]);
    let control = "expected '\\u0001' instead of a control character";
    assert_faults("[\"\u{1}\"]", "[\u{1}]", &[("\u{1}", control)]);
    let escape = r#"expected one of " \ / b f n r t u after this backslash"#;
    assert_faults(r#"["C:\données"]"#, r"[C:\données]", &[(r"\d", escape)]);
    let unicode = "expected four hexadecimal digits after '\\u'";
    assert_faults(r#"["\u12x"]"#, "[\u{fffd}x]", &[(r"\u12", unicode)]);
}

#[test]
fn a_string_without_an_end_costs_one_line() {
    let line = "expected '\"' before the end of the line";
    let text = "{\"a\": \"x,\n\"b\": 1}";
    assert_faults(text, "{a: x,, b: 1}", &[("\"x,", line)]);
    let text = "{\"a: 1,\r\n\"b\": 1}";
    assert_faults(text, "{a: 1,: ~, b: 1}", &[("\"a: 1,", line)]);
    let file = "expected '\"' before the end of the file";
    assert_faults(r#""abc\"#, r"abc\", &[(r#""abc\"#, file)]);
}

#[test]
fn brackets_must_match() {
    let never = "this '[' is never closed";
    assert_faults(r#"{"a": [1, 2"#, "{a: [1, 2]}", &[("[", never)]);
    let never = "this '{' is never closed";
    assert_faults(r#"[{"a":"#, "[{a: ~}]", &[("{", never)]);
    let before = "expected ']' before this '}'";
    assert_faults(r#"{"a": [[1}"#, "{a: [[1]]}", &[("}", before)]);
    let instead = "expected ']' instead of '}'";
    assert_faults("[1, [2}, 3]", "[1, [2], 3]", &[("}", instead)]);
    let comment = "this comment is never closed";
    assert_faults("[1] /* x", "[1]", &[("/*", comment)]);
}

#[test]
fn only_the_first_thing_after_the_value_is_reported() {
    let message = "expected the end of the file";
    assert_faults("{}\n{}\n{}", "{}", &[("{", message)]);
    assert_faults("[1]garbage x", "[1]", &[("garbage", message)]);
}

#[test]
fn what_only_looks_like_space_or_comment_is_reported() {
    let message = "expected '//' instead of '#' before a comment";
    assert_faults("[1, # one\n2]", "[1, 2]", &[("# one", message)]);
    let message = "expected a space instead of an invisible character";
    assert_faults("[1\u{a0}, 2]", "[1, 2]", &[("\u{a0}", message)]);
    assert_faults("[\u{b}1]", "[1]", &[("\u{b}", message)]);
}

#[test]
fn a_hopeless_file_is_given_up() {
    let tree = read(&"[@ ".repeat(1000));
    assert_eq!(tree.errors.len(), MOST_ERRORS);
    let root = tree.root().map(NodeRef::span);
    assert!(root.is_some_and(|span| span.len() < 200), "{root:?}");
}

#[test]
fn errors_come_in_order_of_position() {
    let tree = read("[01, {\"a\": 'x'");
    let starts: Vec<_> = tree.errors.iter().map(|error| error.span.start).collect();
    assert_eq!(starts, [1, 5, 11]);
}

#[cfg(target_pointer_width = "64")]
#[test]
fn texts_too_long_for_32_bit_offsets_are_refused() {
    assert_eq!(refuse_length(u32::MAX as usize), None);
    assert!(refuse_length(u32::MAX as usize + 1).is_some());
}
