//! Values that stand for another value of the same file: OmegaConf's `${a.b}`, MONAI's `@a#b`. What they stand for keeps
//! its own place; what cannot be resolved here stays the text that it is.

use crate::syntax::NodeRef;

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
    let text = node.as_str()?;
    let path = if let Some(inner) = text.strip_prefix("${") {
        return interpolated(node, inner.strip_suffix('}')?.trim());
    } else if let Some(reference) = text.strip_prefix(['@', '%']) {
        reference
    } else {
        given_back(text.strip_prefix("$@")?)?
    };
    let root = top(node)?;
    let parts = path.split("::").flat_map(|part| part.split('#'));
    parts.into_iter().try_fold(root, step)
}

/// What is behind `@` in `$@network_def.to(@device)`: methods that change nothing may follow.
fn given_back(expression: &str) -> Option<&str> {
    let end = expression
        .find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '#' | ':')))
        .unwrap_or(expression.len());
    let (path, mut calls) = expression.split_at(end);
    while !calls.is_empty() {
        let (name, rest) = calls.strip_prefix('.')?.split_once('(')?;
        if !GIVE_BACK.contains(&name) {
            return None;
        }
        calls = behind_bracket(rest)?.trim_end();
    }
    Some(path)
}

/// What follows the bracket that closes the one before this text. Texts in quotes are not expected here.
fn behind_bracket(text: &str) -> Option<&str> {
    let mut depth = 1;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(&text[at + 1..]);
        }
    }
    None
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
    node.items().nth(part.parse().ok()?)
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
