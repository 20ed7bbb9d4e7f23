//! Python in a configuration's text: MONAI's `$` expressions, with their `@` references made names of the same length so
//! that every offset stays. Parsing is ruff's; here is only the call that makes a loss, and its literal arguments.

use std::borrow::Cow;

use ruff_python_ast::{Expr, ExprCall, Number, UnaryOp};
use ruff_text_size::{Ranged, TextRange};

use super::Reader;
use super::arguments::{Argument, Arguments, Value};
use crate::ir::NotPython;
use crate::span::{Location, Span};
use crate::syntax::NodeRef;

/// The longest expression that is parsed, in bytes: every byte can be one level of nesting, and the parser's stack is finite.
const LONGEST: usize = 8000;

/// The Python text of a node: all of it, or what stands behind the `$` of a bundle.
pub struct Code<'t> {
    /// The text, as long as in the node.
    pub text: Cow<'t, str>,
    node: NodeRef<'t>,
    /// How many bytes of the node's text stand before it.
    before: usize,
}

impl<'t> Code<'t> {
    /// A text that is Python from its beginning, or an expression of a bundle.
    pub fn new(node: NodeRef<'t>) -> Self {
        Self::of_bundle(node).unwrap_or(Self {
            text: node.text().into(),
            node,
            before: 0,
        })
    }

    /// An expression of a bundle: behind `$`, unless it is an interpolation `${…}`.
    pub fn of_bundle(node: NodeRef<'t>) -> Option<Self> {
        let text = node.as_str()?.strip_prefix('$')?;
        (!text.starts_with('{')).then(|| Self {
            text: with_names(text),
            node,
            before: 1,
        })
    }

    /// The expression that it is.
    pub fn parse(&self, reader: &Reader<'_>) -> Result<Expr, NotPython> {
        if self.text.len() > LONGEST {
            return Err(NotPython {
                message: format!("it is longer than {LONGEST} bytes"),
                at: reader.at(self.node),
            });
        }
        match ruff_python_parser::parse_expression(&self.text) {
            Ok(parsed) => Ok(*parsed.into_syntax().body),
            Err(error) => Err(NotPython {
                message: error.error.to_string(),
                at: self.place(reader, error.location),
            }),
        }
    }

    /// The place of a part of it. A text with escapes has only a place as a whole.
    pub fn place(&self, reader: &Reader<'_>, range: TextRange) -> Location {
        let whole = reader.at(self.node);
        let Some(offset) = self.node.raw().find(self.node.text()) else {
            return whole;
        };
        let start = self.node.span().start as usize + offset + self.before;
        Location {
            span: Span::new(start + range.start().to_usize(), start + range.end().to_usize()),
            ..whole
        }
    }
}

/// References as names: `@train#loss` is `_train_loss` to the parser.
fn with_names(text: &str) -> Cow<'_, str> {
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

/// A call that is the whole expression: `torch.nn.CrossEntropyLoss(weight=w)`.
pub struct Call {
    /// The dotted name of what is called.
    pub name: String,
    /// Where the name stands.
    pub at: Location,
    /// Its arguments by name.
    keywords: Vec<(String, Argument)>,
    /// Whether it has arguments that are not told by name, so that any could be given.
    has_others: bool,
}

impl Call {
    /// Reads the call that a bundle's expression is; `None` when it is anything else.
    pub fn read(reader: &Reader<'_>, node: NodeRef<'_>) -> Option<Self> {
        let code = Code::of_bundle(node)?;
        let Expr::Call(call) = code.parse(reader).ok()? else {
            return None;
        };
        Some(Self {
            name: dotted_name(&call.func)?,
            at: code.place(reader, call.func.range()),
            keywords: keywords(reader, &code, &call),
            has_others: !call.arguments.args.is_empty() || call.arguments.keywords.iter().any(|k| k.arg.is_none()),
        })
    }
}

fn keywords(reader: &Reader<'_>, code: &Code<'_>, call: &ExprCall) -> Vec<(String, Argument)> {
    let named = call.arguments.keywords.iter();
    named
        .filter_map(|keyword| {
            let argument = Argument {
                value: value(&keyword.value),
                at: code.place(reader, keyword.value.range()),
            };
            Some((keyword.arg.as_ref()?.to_string(), argument))
        })
        .collect()
}

impl Arguments for Call {
    fn argument(&self, name: &str) -> Option<Argument> {
        let given = self.keywords.iter().find(|(own, _)| own == name);
        match given {
            Some((_, argument)) => Some(argument.clone()),
            None => self.has_others.then_some(Argument {
                value: Value::Other,
                at: self.at,
            }),
        }
    }
}

fn value(expression: &Expr) -> Value {
    match expression {
        Expr::NoneLiteral(_) => Value::Null,
        Expr::BooleanLiteral(literal) => Value::Bool(literal.value),
        Expr::StringLiteral(literal) => Value::Text(literal.value.to_str().to_owned()),
        Expr::NumberLiteral(literal) => match &literal.value {
            Number::Int(number) => number
                .as_i64()
                .map_or(Value::Other, |number| Value::Number(number as f64)),
            Number::Float(number) => Value::Number(*number),
            Number::Complex { .. } => Value::Other,
        },
        Expr::UnaryOp(unary) if unary.op == UnaryOp::USub => match value(&unary.operand) {
            Value::Number(number) => Value::Number(-number),
            _ => Value::Other,
        },
        _ => Value::Other,
    }
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

#[cfg(test)]
mod tests {
    use super::*;

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
}
