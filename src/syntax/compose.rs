//! One tree made of several: objects that stand in the same place become one, and what a later part says wins. Every node
//! remembers which node of which tree it is. Not for which parts there are, and in which order.

mod write;

use super::node::NodeRef;
use super::tree::Tree;
use crate::span::Location;
use write::Writer;

/// Levels of objects that are put into each other; what lies deeper is replaced as a whole. Real files have some ten.
const DEEPEST: usize = 64;

/// A part of a composed tree.
pub struct Part<'t> {
    /// Its top.
    pub root: NodeRef<'t>,
    /// The keys from the top of the composed tree to where this part stands.
    pub place: Vec<&'t str>,
}

/// Puts parts into one tree, as OmegaConf merges configurations: objects key by key, anything else as a whole; `???` leaves
/// what is there. The key `without` at the top of a part is left out. The tree's top stands at `top`, its other nodes where
/// the parts have them; its source is that of all parts, one behind the other. `None` when they are too large for one tree.
pub fn compose(parts: &[Part<'_>], without: &str, top: Location) -> Option<Tree> {
    let mut whole: Option<Value<'_>> = None;
    for (index, part) in parts.iter().enumerate() {
        let own = Value::of_part(index, part, without);
        whole = Some(match whole {
            Some(before) => before.overlaid(own, DEEPEST),
            None => own,
        });
    }
    let mut writer = Writer::new(parts)?;
    writer.value(&whole?, None);
    let mut tree = writer.tree;
    *tree.origins.first_mut()? = top;
    Some(tree)
}

/// A node of a part.
#[derive(Clone, Copy)]
struct From<'t> {
    part: usize,
    node: NodeRef<'t>,
}

/// A value on the way into the composed tree.
enum Value<'t> {
    /// What a part says, unchanged.
    Whole(From<'t>),
    /// An object of which the members come from several parts, or from none.
    Object {
        at: From<'t>,
        members: Vec<(Key<'t>, Value<'t>)>,
    },
}

#[derive(Clone, Copy)]
enum Key<'t> {
    Written(From<'t>),
    /// A key of the part's place, which no text says.
    Implied(&'t str, From<'t>),
}

impl Key<'_> {
    fn text(&self) -> &str {
        match self {
            Self::Written(key) => key.node.text(),
            Self::Implied(text, _) => text,
        }
    }
}

impl<'t> Value<'t> {
    fn of_part(index: usize, part: &Part<'t>, without: &str) -> Self {
        let at = From {
            part: index,
            node: part.root,
        };
        let mut value = match part.root.is_object() {
            true => {
                let members = Self::Whole(at).members();
                let kept = members.into_iter().filter(|(key, _)| key.text() != without);
                Self::Object {
                    at,
                    members: kept.collect(),
                }
            }
            false => Self::Whole(at),
        };
        for key in part.place.iter().rev() {
            value = Self::Object {
                at,
                members: vec![(Key::Implied(key, at), value)],
            };
        }
        value
    }

    fn at(&self) -> From<'t> {
        match self {
            Self::Whole(at) | Self::Object { at, .. } => *at,
        }
    }

    fn is_object(&self) -> bool {
        match self {
            Self::Whole(at) => at.node.is_object(),
            Self::Object { .. } => true,
        }
    }

    fn leaves_what_is_there(&self) -> bool {
        matches!(self, Self::Whole(at) if at.node.as_str() == Some("???"))
    }

    fn members(self) -> Vec<(Key<'t>, Value<'t>)> {
        match self {
            Self::Object { members, .. } => members,
            Self::Whole(at) => {
                let from = |node| From { part: at.part, node };
                let members = at.node.members();
                members
                    .map(|(key, value)| (Key::Written(from(key)), Self::Whole(from(value))))
                    .collect()
            }
        }
    }

    /// This value with a later one over it.
    fn overlaid(self, over: Self, levels: usize) -> Self {
        if over.leaves_what_is_there() {
            return self;
        }
        let (true, true, Some(below)) = (self.is_object(), over.is_object(), levels.checked_sub(1)) else {
            return over;
        };
        let at = self.at();
        let mut members = self.members();
        for (key, value) in over.members() {
            // Of a key given twice the last counts.
            match members.iter().rposition(|(own, _)| own.text() == key.text()) {
                Some(index) => {
                    let (own, before) = members.remove(index);
                    members.insert(index, (own, before.overlaid(value, below)));
                }
                None => members.push((key, value)),
            }
        }
        Self::Object { at, members }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::{Format, parse};

    /// What several texts give together, each at its place.
    fn composed(texts: &[(&str, &[&str])]) -> String {
        let trees: Vec<_> = texts
            .iter()
            .map(|(text, _)| parse(Format::Yaml, (*text).into()))
            .collect();
        let parts: Vec<Part<'_>> = trees
            .iter()
            .zip(texts)
            .map(|(tree, (_, place))| Part {
                root: tree.root().expect("a value"),
                place: place.to_vec(),
            })
            .collect();
        let top = parts[0].root.at();
        let composed = compose(&parts, "defaults", top).expect("a tree");
        let root = composed.root().expect("a top");
        assert_eq!(root.at(), top);
        for node in root.descendants() {
            let tree = trees.iter().find(|tree| tree.file() == node.at().file).expect("a part");
            let own = tree.node(node.at().node).expect("the node");
            assert_eq!(own.at(), node.at());
            if !node.is_object() {
                assert_eq!(own.text(), node.text());
            }
        }
        root.to_value().expect("a value").to_string()
    }

    #[test]
    fn objects_are_merged_and_all_else_is_replaced() {
        let model = ("_target_: A\nlayers: [1, 2]\nnet: {w: 1, d: 2}\n", &["model"][..]);
        let config = (
            "defaults: [x]\nmodel: {layers: [\"a\\tb\"], net: {w: 7}}\nn: 3\n",
            &[][..],
        );
        assert_eq!(
            composed(&[model, config]),
            r#"{"model":{"_target_":"A","layers":["a\tb"],"net":{"d":2,"w":7}},"n":3}"#
        );
    }

    #[test]
    fn what_is_still_to_be_said_leaves_what_is_there() {
        let loss = ("{k: 1, l: 2, m: 3}", &["a", "b"][..]);
        let config = ("a: {b: {k: '???', l: null}}", &[][..]);
        assert_eq!(composed(&[loss, config]), r#"{"a":{"b":{"k":1,"l":null,"m":3}}}"#);
        assert_eq!(composed(&[config, ("a: 3", &[][..])]), r#"{"a":3}"#);
    }

    #[test]
    fn one_file_can_stand_in_two_places() {
        let text = "{w: 'it''s', x: [1, {y: 2}]}";
        let composed = composed(&[(text, &["a"][..]), (text, &["b"][..])]);
        assert_eq!(
            composed,
            r#"{"a":{"w":"it's","x":[1,{"y":2}]},"b":{"w":"it's","x":[1,{"y":2}]}}"#
        );
    }
}
