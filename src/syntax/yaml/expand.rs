//! Aliases and merges put in place: every alias becomes a copy of the value that it names, every `<<` the members of the
//! mappings under it. Not for finding them.
//!
//! **Places.** A copy has the bytes of its alias, because that stands where the value is used; everything inside a copy,
//! and everything that `<<` brings, has the bytes that say it, at the anchor. The nodes that an alias names come first in
//! the arena, so of several nodes with the same bytes the first is the one that was written there.
//!
//! **Bounds.** All copies of a file together have at most [`MOST_COPIES`] nodes. What each alias costs is known before
//! it is copied, so the work is bounded too. An alias never names a value around it, so that copying comes to an end.

use std::collections::{HashMap, HashSet};

use super::Shared;
use crate::span::{NodeId, Span};
use crate::syntax::tree::Node;
use crate::syntax::{Kind, NodeRef, SyntaxError, Tree};

/// How many nodes may come from aliases and merges. Real files have some hundreds.
const MOST_COPIES: u32 = 100_000;

/// Rebuilds the tree without aliases and merges. Costs nothing when there are none.
pub(super) fn expand(tree: &mut Tree, shared: &Shared) {
    if shared.aliases.is_empty() && shared.merge_keys.is_empty() {
        return;
    }
    let mut expander = Expander {
        sizes: sizes(tree, shared),
        merging: shared
            .merge_keys
            .iter()
            .map(|&key| tree.nodes[key as usize].parent)
            .collect(),
        shared,
        tree,
        nodes: Vec::with_capacity(tree.nodes.len()),
        tags: Vec::new(),
        copied_texts: HashMap::new(),
        more_decoded: Vec::new(),
        left: MOST_COPIES,
        error: None,
    };
    let mut root = 0;
    while let Some(node) = tree.nodes.get(root as usize) {
        expander.document(root);
        root = node.next;
    }
    let Expander {
        nodes,
        tags,
        more_decoded,
        error,
        ..
    } = expander;
    tree.nodes = nodes;
    tree.tags = tags;
    tree.decoded.extend(more_decoded);
    tree.errors.extend(error);
}

/// How many nodes each node stands for, itself and everything that aliases bring included.
fn sizes(tree: &Tree, shared: &Shared) -> Vec<u32> {
    let mut sizes = vec![1_u32; tree.nodes.len()];
    let mut open: Vec<usize> = Vec::new();
    for id in 0..tree.nodes.len() {
        while let Some(&last) = open.last()
            && tree.nodes[last].next as usize <= id
        {
            open.pop();
            if let Some(&parent) = open.last() {
                sizes[parent] = sizes[parent].saturating_add(sizes[last]);
            }
        }
        if let Some(&target) = shared.aliases.get(&(id as u32)) {
            sizes[id] = sizes[target as usize];
        }
        open.push(id);
    }
    sizes
}

/// Makes the new nodes. It does not recurse: copies of copies nest as deep as there are nodes.
struct Expander<'t> {
    /// The tree as it was read.
    tree: &'t Tree,
    shared: &'t Shared,
    sizes: Vec<u32>,
    /// The mappings that have a key `<<`.
    merging: HashSet<u32>,
    nodes: Vec<Node>,
    tags: Vec<(u32, Span)>,
    /// For scalars without a decoded text the one that their copies share.
    copied_texts: HashMap<u32, u32>,
    more_decoded: Vec<Box<str>>,
    /// How many nodes may still be copied.
    left: u32,
    error: Option<SyntaxError>,
}

/// What is still to be done.
enum Task {
    Copy {
        from: u32,
        /// The new node around it; `None` for a document's top node.
        parent: Option<u32>,
        /// Whether this is a part of a copy that is accounted for.
        paid: bool,
    },
    /// All nodes inside this new one have been made.
    Close(u32),
}

impl<'t> Expander<'t> {
    fn document(&mut self, root: u32) {
        let mut tasks = vec![Task::Copy {
            from: root,
            parent: None,
            paid: false,
        }];
        while let Some(task) = tasks.pop() {
            match task {
                Task::Copy { from, parent, paid } => self.copy(&mut tasks, from, parent, paid),
                Task::Close(container) => self.nodes[container as usize].next = self.nodes.len() as u32,
            }
        }
    }

    fn copy(&mut self, tasks: &mut Vec<Task>, from: u32, parent: Option<u32>, mut paid: bool) {
        let mut node = self.tree.nodes[from as usize];
        let mut source = from;
        if let Some(&target) = self.shared.aliases.get(&from)
            && (paid || self.pay(self.sizes[target as usize], node.span))
        {
            source = target;
            paid = true;
            let target_node = self.tree.nodes[target as usize];
            node.kind = target_node.kind;
            node.text = self.text_of_copy(target);
        }
        let id = self.nodes.len() as u32;
        node.parent = parent.unwrap_or(id);
        node.next = id + 1;
        self.nodes.push(node);
        if let Some(tag) = self.tree.tag_bytes(source) {
            self.tags.push((id, tag));
        }
        let Some(source) = self.tree.node(NodeId(source)) else {
            return;
        };
        match source.kind() {
            Kind::Object if self.merging.contains(&source.id) => self.push_merging(tasks, id, source, paid),
            Kind::Object | Kind::Array => push_children(tasks, id, source.children().map(|child| (child.id, paid))),
            _ => {}
        }
    }

    /// The text for a node whose bytes are not those of the scalar that it repeats.
    fn text_of_copy(&mut self, target: u32) -> u32 {
        let node = self.tree.nodes[target as usize];
        if node.text != 0 || node.kind.is_container() {
            return node.text;
        }
        let text = self.tree.node(NodeId(target)).map_or("", NodeRef::text);
        let (more, known) = (&mut self.more_decoded, self.tree.decoded.len());
        *self.copied_texts.entry(target).or_insert_with(|| {
            more.push(text.into());
            (known + more.len()) as u32
        })
    }

    /// Takes from what may still be copied. False, and an error the first time, when there is not enough left.
    fn pay(&mut self, cost: u32, at: Span) -> bool {
        if cost <= self.left {
            self.left -= cost;
            return true;
        }
        self.error.get_or_insert_with(|| SyntaxError {
            span: at,
            message: "aliases expand to too much".to_owned(),
        });
        false
    }

    /// Puts the members of a mapping with `<<` on the stack: its own, then those of the mappings under `<<`.
    fn push_merging(&mut self, tasks: &mut Vec<Task>, id: u32, object: NodeRef<'t>, paid: bool) {
        let is_own = |(key, value): &(NodeRef<'_>, NodeRef<'_>)| !self.is_merge(*key, *value);
        let mut members: Vec<(u32, bool)> = object
            .members()
            .filter(is_own)
            .flat_map(|(key, value)| [(key.id, paid), (value.id, paid)])
            .collect();
        let merges = object.members().filter(|(key, value)| self.is_merge(*key, *value));
        let cost = merges.fold(0_u32, |cost, (_, value)| {
            cost.saturating_add(self.sizes[value.id as usize])
        });
        if paid || self.pay(cost, object.span()) {
            let merged = self.merged(object).into_iter();
            members.extend(merged.flat_map(|(key, value)| [(key.id, true), (value.id, true)]));
        }
        push_children(tasks, id, members.into_iter());
    }

    /// The members that a mapping gets by `<<`. Keys that it has itself are left out, and so are keys that an earlier
    /// mapping gives; of a key that one mapping gives twice the last counts.
    fn merged(&self, object: NodeRef<'t>) -> Vec<(NodeRef<'t>, NodeRef<'t>)> {
        let own = object.members().filter(|(key, value)| !self.is_merge(*key, *value));
        let mut taken: HashSet<&str> = own.map(|(key, _)| key.text()).collect();
        let mut merged = Vec::new();
        let mut sources = self.merge_sources(object);
        while let Some(source) = sources.pop() {
            let mut places: HashMap<&str, usize> = HashMap::new();
            let own = source.members().filter(|(key, value)| !self.is_merge(*key, *value));
            for (key, value) in own {
                if let Some(&place) = places.get(key.text()) {
                    merged[place] = (key, value);
                } else if taken.insert(key.text()) {
                    places.insert(key.text(), merged.len());
                    merged.push((key, value));
                }
            }
            sources.extend(self.merge_sources(source));
        }
        merged
    }

    /// The mappings under a mapping's `<<`, the one that counts most last. Of several `<<` the last counts most, as in
    /// PyYAML; of a list the first mapping.
    fn merge_sources(&self, object: NodeRef<'t>) -> Vec<NodeRef<'t>> {
        let mut sources = Vec::new();
        for (key, value) in object.members() {
            if self.is_merge(key, value) {
                let value = self.resolved(value);
                let first = sources.len();
                match value.is_object() {
                    true => sources.push(value),
                    false => sources.extend(value.items().map(|item| self.resolved(item))),
                }
                sources[first..].reverse();
            }
        }
        sources
    }

    /// Whether this is `<<` over a mapping or over a list of mappings. Anything else under `<<` is left as it is.
    fn is_merge(&self, key: NodeRef<'_>, value: NodeRef<'t>) -> bool {
        if !self.shared.merge_keys.contains(&key.id) {
            return false;
        }
        let value = self.resolved(value);
        match value.kind() {
            Kind::Object => true,
            Kind::Array => value.items().all(|item| self.resolved(item).is_object()),
            _ => false,
        }
    }

    /// The value that an alias names, or the value itself.
    fn resolved(&self, value: NodeRef<'t>) -> NodeRef<'t> {
        let target = self.shared.aliases.get(&value.id);
        target.map_or(value, |&target| value.numbered(target))
    }
}

/// Puts children on the stack, the first on top, and the closing of their container below them.
fn push_children(tasks: &mut Vec<Task>, container: u32, children: impl Iterator<Item = (u32, bool)>) {
    tasks.push(Task::Close(container));
    let first = tasks.len();
    tasks.extend(children.map(|(from, paid)| Task::Copy {
        from,
        parent: Some(container),
        paid,
    }));
    tasks[first..].reverse();
}
