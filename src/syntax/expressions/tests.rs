//! Expressions as nodes: what they hold, where they stand, what is not read.

use super::*;
use crate::syntax::{Format, parse as parse_text};

#[test]
fn references_become_names_of_the_same_length() {
    for (text, named) in [
        ("@a + 1", "_a + 1"),
        ("f(@train#loss, @x::0)", "f(_train_loss, _x__0)"),
        ("lambda p: p", "lambda p: p"),
    ] {
        assert_eq!(with_names(text), named);
        assert_eq!(with_names(text).len(), text.len());
    }
}

#[test]
fn a_call_is_an_object_whose_parts_stand_in_the_text() {
    let text = "a: {net: '$nn.Sequential(@unet, nn.Linear(8, out=-1), *rest).to(\"cpu\")'}";
    let tree = parse_text(Format::Yaml, text.into());
    let node = tree.root().and_then(|root| root.path(&["a", "net"])).expect("a text");
    let method = node.expression().expect("an expression");
    let call = method.get(RECEIVER).expect("what the method is called on");
    assert_eq!(method.text_of(METHOD), Some("to"));
    assert_eq!(call.text_of("_target_"), Some("nn.Sequential"));
    let items: Vec<_> = call.items_of("_args_").collect();
    assert_eq!((items[0].as_str(), items[0].raw()), (Some("@unet"), "@unet"));
    assert_eq!(
        (items[1].raw(), items[1].get("out").and_then(NodeRef::as_f64)),
        ("nn.Linear(8, out=-1)", Some(-1.0))
    );
    assert_eq!(items[2].as_str(), Some("$*rest"));
    assert_eq!(items[1].in_file(), node);
    assert_eq!(call.ancestors().last(), tree.root());
    assert_eq!(tree.node(items[1].id()), None);
}

#[test]
fn what_is_no_call_and_what_is_too_much_is_not_read() {
    let tree = parse_text(Format::Yaml, "[$a + 1, '${b}', $f(, '$lambda x: f(x)', plain]".into());
    let mut items = tree.root().expect("a list").items();
    assert!(items.all(|item| item.expression().is_none()));
    let many = format!("[{}]", "$f(1), ".repeat(MOST + 1));
    let tree = parse_text(Format::Yaml, many.into());
    let read = tree.root().expect("a list").items().filter_map(NodeRef::expression);
    assert_eq!(read.count(), MOST);
}
