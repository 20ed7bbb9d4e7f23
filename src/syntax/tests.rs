//! What the tests of the readers share: looking at trees and errors.

use super::{Kind, NodeRef, Tree};

/// The tree in a line, as JSON without quotes; `~` for null.
pub(super) fn shown(node: NodeRef<'_>) -> String {
    let joined = |parts: Vec<String>| parts.join(", ");
    match node.kind() {
        Kind::Object => {
            let members = node.members();
            let members = members.map(|(key, value)| format!("{}: {}", key.text(), shown(value)));
            format!("{{{}}}", joined(members.collect()))
        }
        Kind::Array => format!("[{}]", joined(node.items().map(shown).collect())),
        Kind::Null => "~".to_owned(),
        _ => node.text().to_owned(),
    }
}

/// The bytes that are reported, and the words.
pub(super) fn faults(tree: &Tree) -> Vec<(&str, &str)> {
    let errors = tree.errors.iter();
    errors
        .map(|error| (&tree.source()[error.span.range()], error.message.as_str()))
        .collect()
}

/// What tree a text with faults gives, and which bytes are reported with which words.
#[track_caller]
pub(super) fn assert_faults(read: &Tree, tree: &str, expected: &[(&str, &str)]) {
    let text = read.source();
    assert_eq!(faults(read), expected, "the faults of {text}");
    assert_eq!(read.root().map(shown).unwrap_or_default(), tree, "{text}");
}

/// The comments as they stand there.
pub(super) fn comments(tree: &Tree) -> Vec<&str> {
    tree.comments.iter().map(|span| &tree.source()[span.range()]).collect()
}

/// The node at the end of a path of keys.
#[track_caller]
pub(super) fn node<'t>(tree: &'t Tree, path: &[&str]) -> NodeRef<'t> {
    let node = tree.root().and_then(|root| root.path(path));
    node.unwrap_or_else(|| panic!("no {path:?} in {}", tree.source()))
}

/// Its bytes.
#[track_caller]
pub(super) fn raw<'t>(tree: &'t Tree, path: &[&str]) -> &'t str {
    node(tree, path).raw()
}
