//! Python's own functions, as far as they matter for what is followed.

use ruff_text_size::TextRange;

use super::super::arena::{Arguments, Element};
use super::super::budget::MOST_ROUNDS;
use super::super::value::{Kind, Value, Why};
use super::Run;

impl<'p> Run<'p> {
    /// What one of Python's own functions gives.
    pub(super) fn builtin(&mut self, name: &str, arguments: Arguments<'p>, at: TextRange) -> Value<'p> {
        let first = arguments.positional.first().cloned();
        let items = first.as_ref().and_then(|first| self.items_of(first));
        match name {
            "super" => self.parent(&arguments, at),
            "range" => self.range(&arguments, at),
            "len" => match items.filter(|items| !items.iter().any(|item| item.any_number)) {
                Some(items) => Value::new(Kind::Number(items.len() as f64), at),
                None => Self::unknown(Why::Computed, at),
            },
            "list" | "tuple" | "sorted" | "reversed" => match (items, first) {
                (Some(mut items), _) => {
                    if name == "reversed" {
                        items.reverse();
                    }
                    Value::new(Kind::List(self.arena.list(items)), at)
                }
                (None, None) => Value::new(Kind::List(self.arena.list(Vec::new())), at),
                // `list(net.children())`: layers that are not known.
                (None, Some(_)) => Self::unknown(Why::Computed, at),
            },
            "dict" => {
                let pairs = arguments.named.into_iter();
                let pairs = pairs.map(|(name, name_at, value)| (Self::text(&name, name_at), value));
                match (first, arguments.open) {
                    (None, None) => {
                        let pairs = pairs.collect();
                        self.table(pairs, at)
                    }
                    _ => Self::unknown(Why::Computed, at),
                }
            }
            "enumerate" => match items {
                Some(items) => {
                    let pairs = items
                        .into_iter()
                        .enumerate()
                        .map(|(index, item)| (Kind::Number(index as f64), item));
                    self.pairs(pairs.collect(), at)
                }
                None => self.numbered(first, at),
            },
            "zip" => self.zip(&arguments, at),
            "getattr" | "setattr" => self.attribute_named(name, &arguments, at),
            "int" | "float" => match first.as_ref().and_then(Value::number) {
                Some(number) => Value::new(Kind::Number(if name == "int" { number.trunc() } else { number }), at),
                None => Self::unknown(Why::Computed, at),
            },
            "print" => Value::new(Kind::Nothing, at),
            _ => Self::unknown(Why::Computed, at),
        }
    }

    /// An attribute by a name that is a value itself.
    fn attribute_named(&mut self, function: &str, arguments: &Arguments<'p>, at: TextRange) -> Value<'p> {
        let (Some(object), Some(name)) = (
            arguments.positional.first(),
            arguments.positional.get(1).and_then(Value::text),
        ) else {
            return Self::unknown(Why::Computed, at);
        };
        match (function, arguments.positional.get(2)) {
            ("setattr", Some(value)) => {
                self.set_attribute(object, name, value.clone());
                Value::new(Kind::Nothing, at)
            }
            _ => self.attribute(object, name, at),
        }
    }

    fn range(&mut self, arguments: &Arguments<'p>, at: TextRange) -> Value<'p> {
        let numbers: Option<Vec<f64>> = arguments.positional.iter().map(Value::number).collect();
        let (from, to, step) = match numbers.as_deref() {
            Some([to]) => (0.0, *to, 1.0),
            Some([from, to]) => (*from, *to, 1.0),
            Some([from, to, step]) => (*from, *to, *step),
            _ => return Self::unknown(Why::Loop, at),
        };
        let rounds = ((to - from) / step).ceil();
        if !rounds.is_finite() || rounds > MOST_ROUNDS as f64 {
            return Self::unknown(Why::Loop, at);
        }
        let numbers = (0..rounds.max(0.0) as usize).map(|round| from + step * round as f64);
        let items = numbers.map(|number| Element::once(Value::new(Kind::Number(number), at)));
        let items = items.collect();
        Value::new(Kind::List(self.arena.list(items)), at)
    }

    fn pairs(&mut self, pairs: Vec<(Kind<'p>, Element<'p>)>, at: TextRange) -> Value<'p> {
        let mut items = Vec::new();
        for (first, second) in pairs {
            let any_number = second.any_number;
            let pair = vec![Element::once(Value::new(first, at)), Element::once(second.value)];
            let pair = Value::new(Kind::List(self.arena.list(pair)), at);
            items.push(Element {
                value: pair,
                any_number,
            });
        }
        Value::new(Kind::List(self.arena.list(items)), at)
    }

    /// What goes over something whose items are not known, with their numbers.
    fn numbered(&mut self, over: Option<Value<'p>>, at: TextRange) -> Value<'p> {
        match over.filter(|over| self.is_data(over)) {
            Some(over) => self.operator("enumerate", vec![over], at),
            None => Self::unknown(Why::Loop, at),
        }
    }

    fn zip(&mut self, arguments: &Arguments<'p>, at: TextRange) -> Value<'p> {
        let lists: Option<Vec<Vec<Element<'p>>>> =
            arguments.positional.iter().map(|list| self.items_of(list)).collect();
        let Some(lists) = lists.filter(|lists| lists.iter().flatten().all(|item| !item.any_number)) else {
            return Self::unknown(Why::Loop, at);
        };
        let rounds = lists.iter().map(Vec::len).min().unwrap_or(0);
        let mut items = Vec::new();
        for round in 0..rounds {
            let row = lists.iter().map(|list| list[round].clone()).collect();
            let row = Value::new(Kind::List(self.arena.list(row)), at);
            items.push(Element::once(row));
        }
        Value::new(Kind::List(self.arena.list(items)), at)
    }
}
