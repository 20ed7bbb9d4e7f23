//! Python expressions in the texts of a tree (`$torch.nn.Sequential(@net, torch.nn.Sigmoid())`) as further nodes of it: a
//! call as the object that says the same, with `_target_`, `_args_` and the named arguments. Parsing is ruff's.

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::HashMap;

use ruff_python_ast::{Arguments, Expr, ExprCall, Number, UnaryOp};
use ruff_text_size::{Ranged, TextRange, TextSize};

use super::node::NodeRef;
use super::tree::{Kind, Node, Tree};
use crate::span::Span;

/// The longest expression that is parsed, in bytes: every byte can be one level of nesting, and the parser's stack is finite.
const LONGEST: usize = 8000;
/// How deep expressions are followed; what lies deeper is unknown.
const DEEPEST: usize = 200;
/// Expressions of one text that are parsed; those of real files are some tens.
const MOST: usize = 2000;

/// The key of a method's name, where a call is one on a value.
pub const METHOD: &str = "_method_";
/// The key of the value that a method is called on.
pub const RECEIVER: &str = "_of_";
/// The key that stands for arguments which are not told apart: `**options`.
pub const OPEN: &str = "**";

/// The nodes that a tree has beside its own.
#[derive(Debug, Default)]
pub(super) struct Expressions {
    pub nodes: Vec<Node>,
    pub decoded: Vec<Box<str>>,
    /// The top node of each expression, by the text that holds it.
    tops: HashMap<u32, u32>,
}

impl Expressions {
    /// Reads all expressions of a tree.
    pub(super) fn of(tree: &Tree) -> Self {
        let mut all = Self::default();
        let texts = (0..tree.nodes.len() as u32).map(|id| NodeRef { tree, id });
        let marked = texts.filter_map(|node| Some((node, marked(node)?)));
        for (node, text) in marked.take(MOST) {
            let names = with_names(text);
            if let Ok(expression) = parse(&names) {
                all.add(node, text, &expression);
            }
        }
        all
    }

    /// The expression that a text holds.
    pub(super) fn top(&self, text: u32) -> Option<u32> {
        self.tops.get(&text).copied()
    }

    fn add(&mut self, node: NodeRef<'_>, text: &str, expression: &Expr) {
        let mut lowering = Lowering {
            first: node.tree.nodes.len() as u32,
            text,
            place: place(node, text),
            all: self,
        };
        if !lowering.is_read(expression) {
            return;
        }
        let top = lowering.value(expression, node.id, 0);
        self.tops.insert(node.id, top);
    }
}

impl<'t> NodeRef<'t> {
    /// What the Python expression in this text makes, with its parts as nodes: of a call the object that says the same.
    pub fn expression(self) -> Option<NodeRef<'t>> {
        marked(self)?;
        self.tree.expressions().top(self.id).map(|top| self.numbered(top))
    }

    /// Whether it is a part of a text's expression: no value of the file, so that nothing can be written in its stead.
    pub fn is_in_expression(self) -> bool {
        self.is_of_expression() || self.is_code()
    }

    /// Whether it is a part of an expression that stands in a text.
    pub(super) fn is_of_expression(self) -> bool {
        self.id as usize >= self.tree.nodes.len()
    }

    /// The value of the file that this is, or in whose text it stands.
    pub fn in_file(self) -> Self {
        let mut node = self;
        while node.is_of_expression() {
            node = node.numbered(node.node().parent);
        }
        node
    }
}

/// What stands behind the `$` of an expression; `${…}` is an interpolation.
pub(super) fn marked(node: NodeRef<'_>) -> Option<&str> {
    let text = node.as_str()?.strip_prefix('$')?;
    (!text.starts_with('{')).then_some(text)
}

/// Parses an expression; what is wrong with it comes with its place in the text.
pub fn parse(text: &str) -> Result<Expr, (String, TextRange)> {
    if text.len() > LONGEST {
        let whole = TextRange::up_to(TextSize::of(text));
        return Err((format!("it is longer than {LONGEST} bytes"), whole));
    }
    match ruff_python_parser::parse_expression(text) {
        Ok(parsed) => Ok(*parsed.into_syntax().body),
        Err(error) => Err((error.error.to_string(), error.location)),
    }
}

/// References as names, so that every offset stays: `@train#loss` is `_train_loss` to the parser.
pub fn with_names(text: &str) -> Cow<'_, str> {
    if !text.contains('@') {
        return text.into();
    }
    let mut named = String::with_capacity(text.len());
    let mut in_reference = false;
    for c in text.chars() {
        in_reference = c == '@' || (in_reference && (c.is_alphanumeric() || matches!(c, '_' | '#' | ':')));
        named.push(if in_reference && matches!(c, '@' | '#' | ':') {
            '_'
        } else {
            c
        });
    }
    named.into()
}

/// `K.log`, `torch.nn.functional.log_softmax`: names and dots only. No function has more parts than that.
pub fn dotted_name(expression: &Expr) -> Option<String> {
    const MOST_PARTS: usize = 8;
    let mut parts = Vec::new();
    let mut expression = expression;
    while let Expr::Attribute(attribute) = expression {
        if parts.len() == MOST_PARTS {
            return None;
        }
        parts.push(attribute.attr.as_str());
        expression = &attribute.value;
    }
    let Expr::Name(name) = expression else {
        return None;
    };
    parts.push(name.id.as_str());
    parts.reverse();
    Some(parts.join("."))
}

/// Where the bytes of an expression stand.
#[derive(Clone, Copy)]
enum Place {
    /// They begin here, each as in the text.
    From(usize),
    /// The text has escapes: only the sign before the expression has a place of its own.
    Sign(Span),
}

fn place(node: NodeRef<'_>, text: &str) -> Place {
    let start = node.span().start as usize;
    match (node.raw().find(text), node.raw().find('$')) {
        (Some(offset), _) => Place::From(start + offset),
        (None, Some(offset)) => Place::Sign(Span::new(start + offset, start + offset + 1)),
        (None, None) => Place::Sign(Span::new(start, start)),
    }
}

/// One expression on its way to nodes.
struct Lowering<'e, 'a> {
    /// The number of the first node that is an expression's.
    first: u32,
    text: &'e str,
    place: Place,
    all: &'a mut Expressions,
}

impl<'e> Lowering<'e, '_> {
    /// Whether an expression is a value that can be read: a call, a reference, a plain value.
    fn is_read(&self, expression: &Expr) -> bool {
        match expression {
            Expr::Call(call) => dotted_name(&call.func).is_some() || matches!(*call.func, Expr::Attribute(_)),
            Expr::Name(_) => self.is_reference(expression),
            _ => false,
        }
    }

    fn value(&mut self, expression: &Expr, parent: u32, depth: usize) -> u32 {
        let range = expression.range();
        if depth > DEEPEST {
            return self.unread(range, parent);
        }
        match expression {
            Expr::Call(call) => self.call(call, parent, depth),
            Expr::NoneLiteral(_) => self.leaf(Kind::Null, range, "null", parent),
            Expr::BooleanLiteral(literal) => {
                let text = if literal.value { "true" } else { "false" };
                self.leaf(Kind::Bool, range, text, parent)
            }
            Expr::StringLiteral(literal) => self.leaf(Kind::String, range, literal.value.to_str(), parent),
            Expr::NumberLiteral(literal) if !matches!(literal.value, Number::Complex { .. }) => {
                self.leaf(Kind::Number, range, self.written(range), parent)
            }
            Expr::UnaryOp(unary) if unary.op == UnaryOp::USub && unary.operand.is_number_literal_expr() => {
                self.leaf(Kind::Number, range, self.written(range), parent)
            }
            Expr::List(list) => self.list(&list.elts, range, parent, depth),
            Expr::Tuple(tuple) => self.list(&tuple.elts, range, parent, depth),
            Expr::Name(_) if self.is_reference(expression) => {
                self.leaf(Kind::String, range, self.written(range), parent)
            }
            _ => self.unread(range, parent),
        }
    }

    /// A call of something by its name, or of a method: then only on what.
    fn call(&mut self, call: &ExprCall, parent: u32, depth: usize) -> u32 {
        let range = call.range();
        let named = dotted_name(&call.func).filter(|_| !self.is_reference(&call.func));
        if let Some(name) = named {
            let object = self.push(Kind::Object, range, None, parent);
            self.key("_target_", call.func.range(), object);
            self.leaf(Kind::String, call.func.range(), &name, object);
            self.arguments(&call.arguments, object, depth);
            self.close(object);
            return object;
        }
        let Expr::Attribute(method) = &*call.func else {
            return self.unread(range, parent);
        };
        let object = self.push(Kind::Object, range, None, parent);
        self.key(METHOD, method.attr.range(), object);
        self.leaf(Kind::String, method.attr.range(), method.attr.as_str(), object);
        self.key(RECEIVER, method.value.range(), object);
        self.value(&method.value, object, depth + 1);
        self.close(object);
        object
    }

    fn arguments(&mut self, arguments: &Arguments, object: u32, depth: usize) {
        if !arguments.args.is_empty() {
            self.key("_args_", arguments.range(), object);
            self.list(&arguments.args, arguments.range(), object, depth);
        }
        for keyword in &arguments.keywords {
            let name = keyword.arg.as_ref();
            self.key(name.map_or(OPEN, |name| name.as_str()), keyword.range(), object);
            self.value(&keyword.value, object, depth + 1);
        }
    }

    fn list(&mut self, items: &[Expr], range: TextRange, parent: u32, depth: usize) -> u32 {
        let list = self.push(Kind::Array, range, None, parent);
        for item in items {
            self.value(item, list, depth + 1);
        }
        self.close(list);
        list
    }

    fn key(&mut self, name: &str, range: TextRange, object: u32) {
        self.leaf(Kind::String, range, name, object);
    }

    /// What is not read, as the expression that it is.
    fn unread(&mut self, range: TextRange, parent: u32) -> u32 {
        let text = format!("${}", self.written(range));
        self.leaf(Kind::String, range, &text, parent)
    }

    fn leaf(&mut self, kind: Kind, range: TextRange, text: &str, parent: u32) -> u32 {
        self.push(kind, range, Some(text), parent)
    }

    fn push(&mut self, kind: Kind, range: TextRange, text: Option<&str>, parent: u32) -> u32 {
        let id = self.first + self.all.nodes.len() as u32;
        self.all.decoded.extend(text.map(Box::from));
        self.all.nodes.push(Node {
            span: self.span(range),
            next: id + 1,
            parent,
            kind,
            text: text.map_or(0, |_| self.all.decoded.len() as u32),
        });
        id
    }

    fn close(&mut self, container: u32) {
        let next = self.first + self.all.nodes.len() as u32;
        self.all.nodes[(container - self.first) as usize].next = next;
    }

    fn span(&self, range: TextRange) -> Span {
        match self.place {
            Place::From(start) => Span::new(start + range.start().to_usize(), start + range.end().to_usize()),
            Place::Sign(span) => span,
        }
    }

    /// The text of a part, its references as they are written.
    fn written(&self, range: TextRange) -> &'e str {
        self.text
            .get(range.start().to_usize()..range.end().to_usize())
            .unwrap_or("")
    }

    fn is_reference(&self, expression: &Expr) -> bool {
        self.written(expression.range()).starts_with('@')
    }
}
