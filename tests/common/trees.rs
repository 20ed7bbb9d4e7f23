//! What holds of every tree, whatever the text was, and the real texts that readers are held against.

use std::fs;
use std::path::{Path, PathBuf};

use losslint::span::Span;
use losslint::syntax::{Format, NodeRef, Tree, parse};

use super::{files_below, root};

/// Errors of one file that are told at most.
pub const MOST_ERRORS: usize = 16;

/// Reads a text, and looks at everything that came of it.
pub fn sound(format: Format, text: &str) -> Tree {
    let tree = parse(format, text.into());
    let is_sliced = |span: Span| text.get(span.range()).is_some();
    assert!(tree.errors.iter().all(|error| is_sliced(error.span)), "{text:?}");
    assert!(tree.errors.is_sorted_by_key(|error| error.span.start), "{text:?}");
    assert!(tree.errors.len() <= MOST_ERRORS + 1, "{text:?}");
    assert!(tree.comments.iter().all(|&span| is_sliced(span)), "{text:?}");
    assert!(tree.comments.is_sorted(), "{text:?}");

    let mut open: Vec<NodeRef<'_>> = tree.documents().collect();
    assert!(open.iter().all(|top| top.parent().is_none()), "{text:?}");
    let mut reached = 0;
    while let Some(node) = open.pop() {
        reached += 1;
        assert!(is_sliced(node.span()), "{node:?} in {text:?}");
        assert!(node.children().all(|child| child.parent() == Some(node)), "{text:?}");
        if node.is_object() {
            assert_eq!(node.children().count(), 2 * node.members().count(), "{text:?}");
            assert!(node.members().all(|(key, _)| key.as_str().is_some()), "{text:?}");
        }
        open.extend(node.children());
    }
    assert_eq!(reached, tree.len(), "{text:?}");
    let _ = tree.duplicate_keys();
    tree
}

/// Asserts that a node holds its children's bytes, one after the other.
pub fn assert_children_in_order(node: NodeRef<'_>) {
    let text = node.tree().source();
    let mut end = node.span().start;
    for child in node.children() {
        assert!(node.span().contains(child.span()), "{child:?} in {node:?} in {text:?}");
        assert!(end <= child.span().start, "{child:?} in {node:?} in {text:?}");
        end = child.span().end;
    }
}

/// Every node of a tree.
pub fn nodes(tree: &Tree) -> impl Iterator<Item = NodeRef<'_>> {
    let mut open: Vec<NodeRef<'_>> = tree.documents().collect();
    std::iter::from_fn(move || {
        let node = open.pop()?;
        open.extend(node.children());
        Some(node)
    })
}

/// The fixtures with one of these endings, and the texts of the corpus, by their paths. The corpus is no part of the
/// repository: `tests/corpus.rs` counts as ignored where it is missing.
pub fn real_texts(endings: &[&str]) -> Vec<(PathBuf, String)> {
    let entries = |folder: &Path| fs::read_dir(folder).into_iter().flatten().flatten();
    let has_ending = |path: &PathBuf| {
        let ending = path.extension().and_then(|ending| ending.to_str());
        ending.is_some_and(|ending| endings.contains(&ending))
    };
    let files = entries(&root().join("../shared/corpus")).flat_map(|kind| entries(&kind.path()));
    let own = ["bad", "good", "joined", "zoo"].map(|kind| files_below(&format!("fixtures/{kind}")));
    let own = own.into_iter().flatten().map(|path| root().join(path));
    let paths = own.chain(files.map(|file| file.path())).filter(has_ending);
    let texts: Vec<_> = paths
        .filter_map(|path| Some((path.clone(), fs::read_to_string(path).ok()?)))
        .collect();
    assert!(texts.len() > 50, "{} texts", texts.len());
    texts
}

/// The first half of a text.
pub fn half(text: &str) -> &str {
    &text[..text.floor_char_boundary(text.len() / 2)]
}
