//! Which node a place of the text lies in: for placing comments, errors and cursors.

use std::cmp::{Ordering, Reverse};

use super::format::Format;
use super::node::NodeRef;
use super::tree::Tree;
use crate::span::{NodeId, Span};

impl Tree {
    /// The deepest node whose bytes hold the whole span: for placing comments and cursors. In TOML, where a table's
    /// contents lie outside its bytes, and in YAML, where a copy's do, the smallest such node.
    pub fn innermost(&self, span: Span) -> Option<NodeRef<'_>> {
        match self.format() {
            Format::Json | Format::Python | Format::Notebook => self.innermost_by_start(span),
            Format::Toml => self.smallest_around(span),
            Format::Yaml => self.first_smallest_around(span),
        }
    }

    /// The same for many spans that follow each other and do not overlap, in one walk through the text.
    pub fn innermost_of_each(&self, spans: &[Span]) -> Vec<Option<NodeRef<'_>>> {
        let mut order: Vec<u32> = (0..self.nodes.len() as u32).collect();
        let bytes = |id: u32| self.nodes[id as usize].span;
        order.sort_by_key(|id| (bytes(*id).start, Reverse(bytes(*id).end)));
        let mut order = order.into_iter().peekable();
        let mut around: Vec<u32> = Vec::new();
        let find = |span: &Span| {
            while let Some(node) = order.next_if(|id| bytes(*id).start <= span.start) {
                while around.pop_if(|last| bytes(*last).end < bytes(node).end).is_some() {}
                self.enter(node, &mut around);
            }
            // What ends before this span ends before all later ones.
            while around.pop_if(|last| !bytes(*last).contains(*span)).is_some() {}
            self.node(NodeId(*around.last()?))
        };
        spans.iter().map(find).collect()
    }

    /// Puts a node among those around a place. Of nodes with the same bytes one stays: in YAML the first and the deepest
    /// in it, because copies follow what they are copies of; elsewhere the last, which is the deepest.
    fn enter(&self, node: u32, around: &mut Vec<u32>) {
        let bytes = |id: u32| self.nodes[id as usize].span;
        let Some(last) = around.last_mut().filter(|last| bytes(**last) == bytes(node)) else {
            return around.push(node);
        };
        if self.format() != Format::Yaml || node < self.nodes[*last as usize].next {
            *last = node;
        }
    }

    /// In document order nodes start one after the other, and a node that starts before the span and does not hold it
    /// has one around it that does.
    fn innermost_by_start(&self, span: Span) -> Option<NodeRef<'_>> {
        let after = self.nodes.partition_point(|node| node.span.start <= span.start);
        let last = self.node(NodeId(after.checked_sub(1)? as u32))?;
        last.ancestors().find(|node| node.span().contains(span))
    }

    /// Of nodes with the same bytes, the last and so the deepest.
    fn smallest_around(&self, span: Span) -> Option<NodeRef<'_>> {
        (0..self.nodes.len() as u32)
            .rev()
            .map(|id| NodeRef { tree: self, id })
            .filter(|node| node.span().contains(span))
            .min_by_key(|node| node.span().len())
    }

    /// Of nodes with the same bytes the first, because copies follow what they are copies of; but the deepest there.
    fn first_smallest_around(&self, span: Span) -> Option<NodeRef<'_>> {
        let nodes = (0..self.nodes.len() as u32).map(|id| NodeRef { tree: self, id });
        nodes.filter(|node| node.span().contains(span)).reduce(|found, node| {
            match node.span().len().cmp(&found.span().len()) {
                Ordering::Less => node,
                Ordering::Equal if node.id < found.node().next => node,
                _ => found,
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::parse;

    const TEXTS: &[(Format, &str)] = &[
        (Format::Json, "{\"a\": [1, {\"b\": []}, \"c\"], // d\n \"e\": {}}  // f"),
        (Format::Json, "[[[[]]] ] // a\n [] // b"),
        (
            Format::Toml,
            "# a\nb = 1\n[c.d] # e\nf.g = [1, {h = 2}] # i\n[[j]]\nk = \"\"\n[[j]]\n[j.l]\n[c]\nm = 1",
        ),
        (
            Format::Yaml,
            "a: &b {c: [1, 2], d: }\ne: *b # f\ng:\n  - *b\n  - <<: *b\n    h: # i\n    j: |\n      k\n--- \nl: [*b]\n",
        ),
    ];

    #[test]
    fn many_places_lie_where_each_lies_by_itself() {
        for (format, text) in TEXTS {
            let tree = parse(*format, (*text).into());
            for step in 1..=text.len() {
                for first in 0..step {
                    let ends = (first..=text.len()).step_by(step);
                    let spans: Vec<Span> = ends
                        .clone()
                        .zip(ends.skip(1))
                        .map(|(start, end)| Span::new(start, end))
                        .collect();
                    let each: Vec<_> = spans.iter().map(|span| tree.innermost(*span)).collect();
                    assert_eq!(tree.innermost_of_each(&spans), each, "{text}: {spans:?}");
                }
            }
        }
    }
}
