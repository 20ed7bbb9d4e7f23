//! Python that a configuration's text holds as a whole: a loss written out, a function in a bundle's `$` expression. What
//! calls make is read as any object is: [`Value::made`](crate::values::Value::made).

use std::borrow::Cow;

use ruff_python_ast::Expr;
use ruff_text_size::TextRange;

use crate::ir::NotPython;
use crate::span::{Location, Span};
use crate::syntax::expressions::{self, with_names};
use crate::values::Value;

/// The Python text of a node: all of it, or what stands behind the `$` of a bundle.
pub struct Code<'t> {
    /// The text, as long as in the node.
    pub text: Cow<'t, str>,
    node: Value<'t>,
    /// How many bytes of the node's text stand before it.
    before: usize,
}

impl<'t> Code<'t> {
    /// A text that is Python from its beginning, or an expression of a bundle.
    pub fn new(node: Value<'t>) -> Self {
        Self::of_bundle(node).unwrap_or(Self {
            text: node.text().into(),
            node,
            before: 0,
        })
    }

    /// An expression of a bundle: behind `$`, unless it is an interpolation `${…}`.
    pub fn of_bundle(node: Value<'t>) -> Option<Self> {
        let text = node.as_str()?.strip_prefix('$')?;
        (!text.starts_with('{')).then(|| Self {
            text: with_names(text),
            node,
            before: 1,
        })
    }

    /// The expression that it is.
    pub fn parse(&self) -> Result<Expr, NotPython> {
        expressions::parse(&self.text).map_err(|(message, range)| NotPython {
            message,
            at: self.place(range),
        })
    }

    /// The place of a part of it. A text with escapes has only a place as a whole.
    pub fn place(&self, range: TextRange) -> Location {
        let whole = self.node.at();
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
