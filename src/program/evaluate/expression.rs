//! Expressions: literals, names, operators, containers and what is taken out of them.

use std::rc::Rc;

use ruff_python_ast::{BoolOp, CmpOp, DictItem, Expr, ExprCompare, ExprLambda, Number, Operator, UnaryOp};
use ruff_text_size::{Ranged, TextRange};

use super::super::arena::{Arguments, Callee, Element, Made};
use super::super::budget::MOST_ITEMS;
use super::super::scope::{Binding, Function, Written};
use super::super::value::{Kind, Value, Why};
use super::Run;
use super::imports::{self, canonical};

impl<'p> Run<'p> {
    /// The value of an expression.
    pub(super) fn expression(&mut self, expression: &'p Expr) -> Value<'p> {
        let at = expression.range();
        let value = self.deeper(|run| run.value_of(expression));
        value.unwrap_or(Self::unknown(Why::Budget, at))
    }

    fn value_of(&mut self, expression: &'p Expr) -> Value<'p> {
        let at = expression.range();
        match expression {
            Expr::Name(name) => self.name(name.id.as_str(), at),
            Expr::Attribute(attribute) => {
                let object = self.expression(&attribute.value);
                self.attribute(&object, attribute.attr.as_str(), at)
            }
            Expr::Call(call) => self.call(call),
            Expr::List(list) => self.list(&list.elts, at),
            Expr::Tuple(tuple) => self.list(&tuple.elts, at),
            Expr::Set(set) => self.list(&set.elts, at),
            Expr::Dict(dict) => self.dictionary(&dict.items, at),
            Expr::UnaryOp(unary) => self.unary(unary.op, &unary.operand, at),
            Expr::BinOp(binary) => {
                let left = self.expression(&binary.left);
                let right = self.expression(&binary.right);
                self.binary(left, binary.op, right, at)
            }
            Expr::BoolOp(both) => self.bool_op(both.op, &both.values, at),
            Expr::Compare(compare) => self.compare(compare),
            Expr::If(choice) => match self.decide(&choice.test) {
                Some(true) => self.expression(&choice.body),
                Some(false) => self.expression(&choice.orelse),
                None => Self::unknown(Why::Branch, at),
            },
            Expr::Subscript(subscript) => self.subscript(subscript),
            Expr::Lambda(lambda) => self.lambda(lambda),
            Expr::Named(named) => {
                let value = self.expression(&named.value);
                self.assign(&named.target, value.clone());
                value
            }
            Expr::ListComp(comprehension) => self.comprehension(&comprehension.elt, &comprehension.generators, at),
            Expr::Generator(generator) => self.comprehension(&generator.elt, &generator.generators, at),
            Expr::SetComp(comprehension) => self.comprehension(&comprehension.elt, &comprehension.generators, at),
            Expr::Await(awaited) => self.expression(&awaited.value),
            Expr::Starred(starred) => self.expression(&starred.value),
            literal => Self::literal(literal, at),
        }
    }

    /// What a literal says; of anything else nothing is known.
    fn literal(literal: &'p Expr, at: TextRange) -> Value<'p> {
        match literal {
            Expr::NoneLiteral(_) => Value::new(Kind::Nothing, at),
            Expr::BooleanLiteral(literal) => Value::new(Kind::Truth(literal.value), at),
            Expr::StringLiteral(literal) => Self::text(literal.value.to_str(), at),
            Expr::NumberLiteral(literal) => match &literal.value {
                Number::Int(number) => number.as_i64().map_or(Self::unknown(Why::Computed, at), |number| {
                    Value::new(Kind::Number(number as f64), at)
                }),
                Number::Float(number) => Value::new(Kind::Number(*number), at),
                Number::Complex { .. } => Self::unknown(Why::Computed, at),
            },
            _ => Self::unknown(Why::Computed, at),
        }
    }

    fn dictionary(&mut self, items: &'p [DictItem], at: TextRange) -> Value<'p> {
        let mut pairs = Vec::new();
        let mut is_open = false;
        for item in items {
            let value = self.expression(&item.value);
            match (&item.key, &value.kind) {
                (Some(key), _) => pairs.push((self.expression(key), value)),
                (None, Kind::Table(id)) => pairs.extend(self.arena.tables[id.0].clone()),
                (None, _) => is_open = true,
            }
        }
        match is_open {
            true => Self::unknown(Why::Computed, at),
            false => self.table(pairs, at),
        }
    }

    fn lambda(&mut self, lambda: &'p ExprLambda) -> Value<'p> {
        let defaults = lambda.parameters.as_deref().map(|parameters| self.defaults(parameters));
        let function = Function {
            written: Written::Lambda(lambda),
            defaults: defaults.unwrap_or_default(),
            scope: Rc::clone(&self.scope),
            class: None,
            binding: Binding::Static,
        };
        Value::new(Kind::Function(Rc::new(function)), lambda.range)
    }

    fn name(&mut self, name: &'p str, at: TextRange) -> Value<'p> {
        if let Some(value) = self.scope.get(name) {
            return value;
        }
        match name {
            "list" | "tuple" | "len" | "range" | "enumerate" | "zip" | "reversed" | "dict" | "getattr" | "setattr"
            | "super" | "isinstance" | "hasattr" | "print" | "int" | "float" | "str" | "bool" | "max" | "min"
            | "sum" | "abs" | "object" | "sorted" | "map" | "filter" | "any" | "all" | "round" | "type" => {
                Value::new(Kind::Library(format!("builtins.{name}").into()), at)
            }
            "__name__" => Self::text("__main__", at),
            _ => match imports::module_with(&self.scope.stars(), name) {
                Some(module) => Value::new(Kind::Library(canonical(&format!("{module}.{name}")).into()), at),
                None => Self::unknown(Why::Undefined, at),
            },
        }
    }

    fn list(&mut self, items: &'p [Expr], at: TextRange) -> Value<'p> {
        let mut list = Vec::new();
        for item in items.iter().take(MOST_ITEMS) {
            let value = self.expression(item);
            match item {
                Expr::Starred(_) => match self.items_of(&value) {
                    Some(items) => list.extend(items),
                    None => list.push(Element {
                        value: Self::unknown(Why::Computed, value.at),
                        any_number: true,
                    }),
                },
                _ => list.push(Element::once(value)),
            }
        }
        let id = self.arena.list(list);
        Value::new(Kind::List(id), at)
    }

    pub(super) fn table(&mut self, pairs: Vec<(Value<'p>, Value<'p>)>, at: TextRange) -> Value<'p> {
        self.arena.tables.push(pairs);
        let id = super::super::arena::TableId(self.arena.tables.len() - 1);
        Value::new(Kind::Table(id), at)
    }

    fn unary(&mut self, op: UnaryOp, operand: &'p Expr, at: TextRange) -> Value<'p> {
        let value = self.expression(operand);
        match (op, &value.kind) {
            (UnaryOp::USub, Kind::Number(number)) => Value::new(Kind::Number(-number), at),
            (UnaryOp::UAdd, _) => value,
            (UnaryOp::Not, _) => match value.truth() {
                Some(truth) => Value::new(Kind::Truth(!truth), at),
                None => Self::unknown(Why::Computed, at),
            },
            (UnaryOp::USub, Kind::Made(_)) => self.operator("-", vec![value], at),
            _ => Self::unknown(Why::Computed, at),
        }
    }

    /// What an operator gives.
    pub(super) fn binary(&mut self, left: Value<'p>, op: Operator, right: Value<'p>, at: TextRange) -> Value<'p> {
        if let (Kind::Number(left), Kind::Number(right)) = (&left.kind, &right.kind) {
            return match calculated(*left, op, *right) {
                Some(number) => Value::new(Kind::Number(number), at),
                None => Self::unknown(Why::Computed, at),
            };
        }
        if let (Kind::Text(left), Kind::Text(right), Operator::Add) = (&left.kind, &right.kind, op) {
            return Self::text(&format!("{left}{right}"), at);
        }
        if op == Operator::Add
            && let (Kind::List(_), Kind::List(_)) = (&left.kind, &right.kind)
            && let (Some(mut items), Some(more)) = (self.items_of(&left), self.items_of(&right))
        {
            items.extend(more);
            items.truncate(MOST_ITEMS);
            let id = self.arena.list(items);
            return Value::new(Kind::List(id), at);
        }
        if let (Kind::List(_), Kind::Number(number), Operator::Mult) = (&left.kind, &right.kind, op)
            && let Some(items) = self.items_of(&left)
            && *number >= 0.0
            && *number * (items.len() as f64) < MOST_ITEMS as f64
        {
            let repeated = std::iter::repeat_n(items, *number as usize).flatten().collect();
            let id = self.arena.list(repeated);
            return Value::new(Kind::List(id), at);
        }
        let is_made = |value: &Value<'p>| matches!(value.kind, Kind::Made(_)) || self.is_data(value);
        match is_made(&left) || is_made(&right) {
            true => self.operator(op.as_str(), vec![left, right], at),
            false => Self::unknown(Why::Computed, at),
        }
    }

    /// What an operator gives of what calls gave.
    pub(super) fn operator(&mut self, operator: &'static str, operands: Vec<Value<'p>>, at: TextRange) -> Value<'p> {
        self.make(Callee::Operator(operator), at, Arguments::of(operands), at)
    }

    pub(super) fn make(
        &mut self,
        callee: Callee,
        callee_at: TextRange,
        arguments: Arguments<'p>,
        at: TextRange,
    ) -> Value<'p> {
        let is_data = self.gives_data(&callee, &arguments);
        let id = self.arena.make(Made {
            callee,
            callee_at,
            arguments,
            at,
            attributes: Default::default(),
            layers: None,
            is_inference: self.inference > 0,
            is_taped: self.tapes > 0,
            is_data,
        });
        Value::new(Kind::Made(id), at)
    }

    fn bool_op(&mut self, op: BoolOp, values: &'p [Expr], at: TextRange) -> Value<'p> {
        let mut is_open = false;
        for value in values {
            let value = self.expression(value);
            match value.truth() {
                Some(truth) if truth == (op == BoolOp::Or) && !is_open => return value,
                Some(truth) if truth == (op == BoolOp::Or) => return Self::unknown(Why::Computed, at),
                Some(_) => {}
                None => is_open = true,
            }
        }
        match is_open {
            true => Self::unknown(Why::Computed, at),
            false => Value::new(Kind::Truth(op == BoolOp::And), at),
        }
    }

    fn compare(&mut self, compare: &'p ExprCompare) -> Value<'p> {
        let left = self.expression(&compare.left);
        let others: Vec<Value<'p>> = compare.comparators.iter().map(|other| self.expression(other)).collect();
        let (Some(op), Some(right), 1) = (compare.ops.first(), others.first(), others.len()) else {
            return Self::unknown(Why::Computed, compare.range);
        };
        let truth = match op {
            CmpOp::Eq | CmpOp::Is => self.equals(&left, right),
            CmpOp::NotEq | CmpOp::IsNot => self.equals(&left, right).map(|equal| !equal),
            CmpOp::In | CmpOp::NotIn => self.contains(right, &left).map(|is_in| is_in == (*op == CmpOp::In)),
            CmpOp::Lt | CmpOp::LtE | CmpOp::Gt | CmpOp::GtE => match (left.number(), right.number()) {
                (Some(left), Some(right)) => Some(match op {
                    CmpOp::Lt => left < right,
                    CmpOp::LtE => left <= right,
                    CmpOp::Gt => left > right,
                    _ => left >= right,
                }),
                _ => None,
            },
        };
        match truth {
            Some(truth) => Value::new(Kind::Truth(truth), compare.range),
            // Of many values at once: 0 or 1 for each.
            None if self.is_data(&left) || self.is_data(right) => {
                let right = right.clone();
                self.operator(op.as_str(), vec![left, right], compare.range)
            }
            None => Self::unknown(Why::Computed, compare.range),
        }
    }

    fn equals(&self, left: &Value<'p>, right: &Value<'p>) -> Option<bool> {
        let is_plain = |value: &Value<'p>| {
            matches!(
                value.kind,
                Kind::Nothing | Kind::Truth(_) | Kind::Number(_) | Kind::Text(_)
            )
        };
        let is_object = |value: &Value<'p>| value.truth() == Some(true) && !is_plain(value);
        let is_nothing = |value: &Value<'p>| matches!(value.kind, Kind::Nothing);
        match (is_plain(left), is_plain(right)) {
            (true, true) => Some(left.is_same(right)),
            _ if left.is_same(right) => Some(true),
            // An object is not None.
            _ if is_nothing(left)
                && (is_object(right) || matches!(right.kind, Kind::Made(_) | Kind::List(_) | Kind::Table(_))) =>
            {
                Some(false)
            }
            _ if is_nothing(right)
                && (is_object(left) || matches!(left.kind, Kind::Made(_) | Kind::List(_) | Kind::Table(_))) =>
            {
                Some(false)
            }
            _ => None,
        }
    }

    fn contains(&self, container: &Value<'p>, item: &Value<'p>) -> Option<bool> {
        let keys: Vec<&Value<'p>> = match &container.kind {
            Kind::List(id) => self.arena.lists[id.0].iter().map(|element| &element.value).collect(),
            Kind::Table(id) => self.arena.tables[id.0].iter().map(|(key, _)| key).collect(),
            _ => return None,
        };
        let equal: Vec<Option<bool>> = keys.into_iter().map(|key| self.equals(key, item)).collect();
        match equal.iter().all(Option::is_some) {
            true => Some(equal.contains(&Some(true))),
            false => None,
        }
    }
}

fn calculated(left: f64, op: Operator, right: f64) -> Option<f64> {
    let number = match op {
        Operator::Add => left + right,
        Operator::Sub => left - right,
        Operator::Mult => left * right,
        Operator::Div => left / right,
        Operator::FloorDiv => (left / right).floor(),
        Operator::Mod => left.rem_euclid(right),
        Operator::Pow => left.powf(right),
        _ => return None,
    };
    number.is_finite().then_some(number)
}
