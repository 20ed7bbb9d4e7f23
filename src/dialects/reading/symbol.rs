//! Values that stand for another value of the same file: OmegaConf's `${a.b}`, MONAI's `@a#b`. What they stand for keeps
//! its own place; what cannot be resolved here stays the text that it is.

use crate::syntax::NodeRef;
use crate::syntax::expressions::{METHOD, RECEIVER};

/// How many references are followed from one to the next; more can only be a circle.
const MOST_HOPS: usize = 16;
/// Methods that give back the network or loss that they are called on.
const GIVE_BACK: &[&str] = &[
    "to",
    "cuda",
    "cpu",
    "float",
    "double",
    "half",
    "train",
    "eval",
    "requires_grad_",
];

/// What a value stands for: the node that its reference leads to, else the node itself.
pub fn follow(node: NodeRef<'_>) -> NodeRef<'_> {
    let mut reached = node;
    for _ in 0..MOST_HOPS {
        match target(reached) {
            Some(next) => reached = next,
            // A call of another method is no value that is written down.
            None if reached.is_in_expression() && reached.get(METHOD).is_some() => return node,
            None => return reached,
        }
    }
    node
}

/// Whether a text is a reference or an expression that is filled in elsewhere.
pub fn is_symbolic(text: &str) -> bool {
    text.contains("${") || text.starts_with(['@', '%', '$'])
}

fn target(node: NodeRef<'_>) -> Option<NodeRef<'_>> {
    if node.is_in_expression()
        && let Some(method) = node.get(METHOD)
    {
        return GIVE_BACK.contains(&method.text()).then(|| node.get(RECEIVER))?;
    }
    let text = node.as_str()?;
    if let Some(inner) = text.strip_prefix("${") {
        return interpolated(node, inner.strip_suffix('}')?.trim());
    }
    let Some(path) = text.strip_prefix(['@', '%']) else {
        return node.expression();
    };
    let root = top(node)?;
    let parts = path.split("::").flat_map(|part| part.split('#'));
    parts.into_iter().try_fold(root, step)
}

/// `${a.b[0]}` leads from the top, `${.a}` from the object around, each further dot one level out. A resolver such as
/// `${oc.env:HOME}` and a reference within a reference cannot be read here. A file whose top is an object to build is one
/// group of a larger configuration: the top that `${a}` means is not in it.
fn interpolated<'t>(node: NodeRef<'t>, inner: &str) -> Option<NodeRef<'t>> {
    if inner.contains([':', '$', '{', '}']) || inner.is_empty() {
        return None;
    }
    let path = inner.trim_start_matches('.');
    let start = match inner.len() - path.len() {
        0 => top(node).filter(|top| top.get("_target_").is_none())?,
        dots => node.ancestors().filter(|around| around.is_object()).nth(dots - 1)?,
    };
    let parts = path.split(['.', '[']).map(|part| part.trim_end_matches(']'));
    parts.into_iter().try_fold(start, step)
}

fn top(node: NodeRef<'_>) -> Option<NodeRef<'_>> {
    node.ancestors().last()
}

fn step<'t>(node: NodeRef<'t>, part: &str) -> Option<NodeRef<'t>> {
    if node.is_object() {
        return node.get(part);
    }
    node.item(part.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::{Format, parse};

    /// What the value of `key` leads to, as its text stands in the file.
    fn leads(text: &str, path: &[&str]) -> String {
        let tree = parse(Format::Yaml, text.into());
        let node = tree.root().and_then(|root| root.path(path)).expect("a value");
        follow(node).raw().to_owned()
    }

    #[test]
    fn interpolations_lead_from_the_top_or_from_where_they_stand() {
        let text = "data: {classes: 7, names: [a, b]}\nnet: {out: '${data.classes}', own: '${.width}', width: 3}\n\
                    first: ${data.names[0]}\nup: {in: {x: '${..y}'}, y: 5}";
        assert_eq!(leads(text, &["net", "out"]), "7");
        assert_eq!(leads(text, &["net", "own"]), "3");
        assert_eq!(leads(text, &["first"]), "a");
        assert_eq!(leads(text, &["up", "in", "x"]), "5");
    }

    #[test]
    fn what_is_not_in_the_file_stays_symbolic() {
        for text in ["x: ${a.b}", "x: ${oc.env:HOME}", "x: ${a${b}}", "x: a ${b}", "x: ${x}"] {
            assert_eq!(leads(text, &["x"]), text[3..], "{text}");
        }
        assert_eq!(leads("_target_: a.B\nn: 3\nx: ${n}", &["x"]), "${n}");
    }

    #[test]
    fn bundle_references_lead_through_objects_lists_and_methods() {
        let text = "train: {losses: [{_target_: A}, {_target_: B}]}\nx: '@train#losses#1'\ny: '@train::losses::0'\n\
                    net_def: {_target_: N}\nnet: '$@net_def.to(@device)'\ncalled: '$@net_def.forward(1)'\nz: '@net'";
        assert_eq!(leads(text, &["x"]), "{_target_: B}");
        assert_eq!(leads(text, &["y"]), "{_target_: A}");
        assert_eq!(leads(text, &["net"]), "{_target_: N}");
        assert_eq!(leads(text, &["z"]), "{_target_: N}");
        assert_eq!(leads(text, &["called"]), "'$@net_def.forward(1)'");
    }
}
