//! The members of large objects and the items of large arrays, listed once, so that asking for one of them does not walk
//! all others: thousands of references into one object would else take time by the square of their number.

use std::collections::HashMap;

use super::node::NodeRef;
use super::tree::Tree;
use crate::span::NodeId;

/// Children up to which walking them is faster than keeping a list.
const FEW: usize = 32;

/// What each large object or array of a tree holds, by the number of its node.
#[derive(Debug, Default)]
pub(super) struct Members {
    /// An object's keys ordered by their text, equal ones in document order; an array's items in document order.
    lists: HashMap<u32, Vec<u32>>,
}

impl Members {
    /// Lists every container of a tree that has more than a few children.
    pub fn of(tree: &Tree) -> Self {
        let containers = (0..tree.nodes.len() as u32).filter_map(|id| tree.node(NodeId(id)));
        let large = containers.filter(|node| node.is_container() && node.children().nth(FEW).is_some());
        let lists = large.map(|node| {
            let list = if node.is_object() {
                let mut keys: Vec<_> = node.members().map(|(key, _)| key).collect();
                keys.sort_by_key(|key| key.text());
                keys.iter().map(|key| key.id().0).collect()
            } else {
                node.items().map(|item| item.id().0).collect()
            };
            (node.id().0, list)
        });
        Self { lists: lists.collect() }
    }

    /// The last key of an object with that text.
    pub fn key(&self, tree: &Tree, object: u32, text: &str) -> Option<u32> {
        let keys = self.lists.get(&object)?;
        let text_of = |id: u32| tree.node(NodeId(id)).map(|key| key.text());
        let behind = keys.partition_point(|key| text_of(*key) <= Some(text));
        let last = *keys.get(behind.checked_sub(1)?)?;
        (text_of(last) == Some(text)).then_some(last)
    }

    /// The item of an array at that index, counted from 0.
    pub fn item(&self, array: u32, index: usize) -> Option<u32> {
        self.lists.get(&array)?.get(index).copied()
    }
}

impl<'t> NodeRef<'t> {
    /// The key and its value. Of a key given twice the last.
    pub fn member(self, key: &str) -> Option<(NodeRef<'t>, NodeRef<'t>)> {
        let mut found = None;
        for (index, (name, value)) in self.members().enumerate() {
            // What an expression holds is bounded by its length.
            if index == FEW && !self.is_in_expression() {
                return self.member_of_many(key);
            }
            if name.is_text(key) {
                found = Some((name, value));
            }
        }
        found
    }

    fn member_of_many(self, key: &str) -> Option<(NodeRef<'t>, NodeRef<'t>)> {
        let key = self.numbered(self.tree.large().key(self.tree, self.id, key)?);
        Some((key, self.numbered(key.node().next)))
    }

    /// The item of an array at an index, counted from 0; nothing for anything else.
    pub fn item(self, index: usize) -> Option<NodeRef<'t>> {
        if index <= FEW || self.is_in_expression() {
            return self.items().nth(index);
        }
        let item = self.tree.large().item(self.id, index)?;
        self.is_array().then(|| self.numbered(item))
    }
}
