//! Custom losses written as Python expressions → computations. The parsing is ruff's; here is only what the names mean.

use ruff_python_ast::{Arguments, Expr, ExprCall, Number, Operator, UnaryOp};
use ruff_text_size::Ranged;

use super::Scope;
use super::python::Code;
use crate::ir::{Computation, Computes, NotPython, TermId};
use crate::knowledge::{Arithmetic, OperationRow};
use crate::span::Location;
use crate::syntax::expressions::dotted_name;
use crate::values::Value;

/// Names that people give to the labels in a loss function.
const LABELS: &[&str] = &["y_true", "target", "targets", "label", "labels", "y"];
/// Names that people give to the model's output in a loss function.
const PREDICTIONS: &[&str] = &[
    "y_pred",
    "input",
    "inputs",
    "output",
    "outputs",
    "pred",
    "preds",
    "prediction",
    "predictions",
    "y_hat",
];
/// How deep expressions are followed; what lies deeper is unknown.
const DEEPEST: usize = 200;

/// Reads the expression that a string node holds.
pub fn read(scope: &Scope<'_>, node: Value<'_>) -> Result<Computation, NotPython> {
    let code = Code::new(node);
    let parsed = code.parse()?;
    let mut lowering = Lowering {
        scope,
        code: &code,
        computation: Computation::default(),
    };
    lowering.expression(&parsed, 0);
    Ok(lowering.computation)
}

struct Lowering<'r> {
    scope: &'r Scope<'r>,
    code: &'r Code<'r>,
    computation: Computation,
}

impl Lowering<'_> {
    fn expression(&mut self, expression: &Expr, depth: usize) -> TermId {
        let at = self.code.place(expression.range());
        if depth > DEEPEST {
            return self.push(Computes::Unknown, Vec::new(), at);
        }
        match expression {
            Expr::NumberLiteral(literal) => {
                let computes = match &literal.value {
                    Number::Int(value) => value
                        .as_i64()
                        .map_or(Computes::Unknown, |value| Computes::Constant(value as f64)),
                    Number::Float(value) => Computes::Constant(*value),
                    Number::Complex { .. } => Computes::Unknown,
                };
                self.push(computes, Vec::new(), at)
            }
            Expr::Name(name) => self.push(named(&name.id), Vec::new(), at),
            Expr::UnaryOp(unary) => {
                let operand = self.expression(&unary.operand, depth + 1);
                let computes = match unary.op {
                    UnaryOp::USub => Computes::Operation(Arithmetic::Negative),
                    UnaryOp::UAdd => return operand,
                    UnaryOp::Not | UnaryOp::Invert => Computes::Unknown,
                };
                self.push(computes, vec![operand], at)
            }
            Expr::BinOp(binary) => {
                let left = self.expression(&binary.left, depth + 1);
                let right = self.expression(&binary.right, depth + 1);
                let computes = arithmetic(binary.op).map_or(Computes::Unknown, Computes::Operation);
                self.push(computes, vec![left, right], at)
            }
            Expr::Call(call) => self.call(call, at, depth),
            Expr::Subscript(subscript) => {
                let value = self.expression(&subscript.value, depth + 1);
                self.push(Computes::Operation(Arithmetic::Same), vec![value], at)
            }
            Expr::If(choice) => {
                let body = self.expression(&choice.body, depth + 1);
                let otherwise = self.expression(&choice.orelse, depth + 1);
                self.push(Computes::Unknown, vec![body, otherwise], at)
            }
            Expr::Lambda(lambda) => self.expression(&lambda.body, depth + 1),
            _ => self.push(Computes::Unknown, Vec::new(), at),
        }
    }

    /// A function by its dotted name, or a method on a tensor: `K.log(p)`, `p.clamp(min=eps).log()`.
    fn call(&mut self, call: &ExprCall, at: Location, depth: usize) -> TermId {
        let name = dotted_name(&call.func);
        if let Some(name) = &name
            && let Some(row) = self.scope.operation(name).known()
        {
            return self.operation(&row, call, Vec::new(), at, depth);
        }
        if let Expr::Attribute(method) = &*call.func {
            let receiver = self.expression(&method.value, depth + 1);
            if let Some(row) = self.scope.operation(&method.attr).known() {
                return self.operation(&row, call, vec![receiver], at, depth);
            }
            let inputs = self.arguments(&call.arguments, None, vec![receiver], depth);
            return self.push(Computes::Unknown, inputs, at);
        }
        let inputs = self.arguments(&call.arguments, None, Vec::new(), depth);
        self.push(Computes::Unknown, inputs, at)
    }

    /// A known function; a method's receiver is its first input.
    fn operation(
        &mut self,
        row: &OperationRow,
        call: &ExprCall,
        receiver: Vec<TermId>,
        at: Location,
        depth: usize,
    ) -> TermId {
        let inputs = self.arguments(&call.arguments, Some(row), receiver, depth);
        match row.value {
            Some(value) => self.push(Computes::Constant(value), Vec::new(), at),
            None => self.push(Computes::Operation(row.computes), inputs, at),
        }
    }

    /// Positional arguments, then named ones at the positions that the operation's row gives them. A position between
    /// that nobody filled is unknown.
    fn arguments(
        &mut self,
        arguments: &Arguments,
        row: Option<&OperationRow>,
        mut inputs: Vec<TermId>,
        depth: usize,
    ) -> Vec<TermId> {
        for argument in &arguments.args {
            let term = self.expression(argument, depth + 1);
            inputs.push(term);
        }
        for keyword in &arguments.keywords {
            let term = self.expression(&keyword.value, depth + 1);
            let position = keyword.arg.as_ref().and_then(|given| row?.position_of(given.as_str()));
            let Some(position) = position else { continue };
            while inputs.len() <= position {
                let at = self.code.place(keyword.range());
                let absent = self.push(Computes::Absent, Vec::new(), at);
                inputs.push(absent);
            }
            inputs[position] = term;
        }
        inputs
    }

    fn push(&mut self, computes: Computes, inputs: Vec<TermId>, at: Location) -> TermId {
        self.computation.push(computes, inputs, at)
    }
}

fn named(name: &str) -> Computes {
    if LABELS.contains(&name) {
        Computes::Labels
    } else if PREDICTIONS.contains(&name) {
        Computes::Prediction
    } else {
        Computes::Unknown
    }
}

fn arithmetic(operator: Operator) -> Option<Arithmetic> {
    Some(match operator {
        Operator::Add => Arithmetic::Add,
        Operator::Sub => Arithmetic::Subtract,
        Operator::Mult => Arithmetic::Multiply,
        Operator::Div => Arithmetic::Divide,
        Operator::Pow => Arithmetic::Power,
        _ => return None,
    })
}
