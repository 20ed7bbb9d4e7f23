//! What lists, dictionaries and sequences of layers hold: what is taken out of them, and lists that comprehensions make.

use ruff_python_ast::{Comprehension, Expr, ExprSubscript};
use ruff_text_size::TextRange;

use super::super::arena::Element;
use super::super::budget::MOST_ROUNDS;
use super::super::scope::Scope;
use super::super::value::{Kind, Value, Why};
use super::Run;
use super::statement::index_of;

impl<'p> Run<'p> {
    /// A part of what holds several values.
    pub(super) fn subscript(&mut self, subscript: &'p ExprSubscript) -> Value<'p> {
        let at = subscript.range;
        let object = self.expression(&subscript.value);
        let key = match &*subscript.slice {
            Expr::Slice(slice) => {
                let bounds = [&slice.lower, &slice.upper];
                let bounds = bounds.map(|bound| bound.as_deref().map(|bound| self.expression(bound)));
                if let Some(part) = self.slice(&object, bounds, slice.step.is_some(), at) {
                    return part;
                }
                Self::unknown(Why::Computed, slice.range)
            }
            key => self.expression(key),
        };
        self.item(&object, key, at)
    }

    fn item(&mut self, object: &Value<'p>, key: Value<'p>, at: TextRange) -> Value<'p> {
        match &object.kind {
            Kind::List(id) => {
                let list = &self.arena.lists[id.0];
                let is_counted = !list.iter().any(|item| item.any_number);
                let index = key
                    .number()
                    .filter(|_| is_counted)
                    .and_then(|number| index_of(number, list.len()));
                index.map_or(Self::unknown(Why::Computed, at), |index| list[index].value.clone())
            }
            Kind::Table(id) => {
                let found = self.arena.tables[id.0].iter().rev().find(|(own, _)| own.is_same(&key));
                found.map_or(Self::unknown(Why::Computed, at), |(_, value)| value.clone())
            }
            Kind::Made(id) => {
                let made = self.arena.made(*id);
                let layer = made.layers.as_ref().and_then(|layers| {
                    let is_counted = !layers.iter().any(|item| item.any_number);
                    let index = key
                        .number()
                        .filter(|_| is_counted)
                        .and_then(|number| index_of(number, layers.len()))?;
                    Some(layers[index].value.clone())
                });
                match layer {
                    Some(layer) => layer,
                    None => self.operator("[]", vec![object.clone(), key], at),
                }
            }
            Kind::Unknown(why) => Self::unknown(*why, at),
            _ if self.is_data(object) => self.operator("[]", vec![object.clone(), key], at),
            _ => Self::unknown(Why::Computed, at),
        }
    }

    /// A part of a list or sequence of layers, when its bounds are known.
    fn slice(
        &mut self,
        object: &Value<'p>,
        bounds: [Option<Value<'p>>; 2],
        has_step: bool,
        at: TextRange,
    ) -> Option<Value<'p>> {
        let Kind::List(id) = &object.kind else { return None };
        let list = self.arena.lists[id.0].clone();
        if has_step || list.iter().any(|item| item.any_number) {
            return None;
        }
        let bound = |bound: &Option<Value<'p>>, default: usize| match bound {
            None => Some(default),
            Some(value) => {
                let number = value.number()?;
                let number = if number < 0.0 {
                    number + list.len() as f64
                } else {
                    number
                };
                Some(number.clamp(0.0, list.len() as f64) as usize)
            }
        };
        let (from, to) = (bound(&bounds[0], 0)?, bound(&bounds[1], list.len())?);
        let part = list.get(from..to.max(from))?.to_vec();
        let id = self.arena.list(part);
        Some(Value::new(Kind::List(id), at))
    }

    /// The list that a comprehension makes: its items where all that it goes over is known, else one that stands there any number
    /// of times.
    pub(super) fn comprehension(
        &mut self,
        item: &'p Expr,
        generators: &'p [Comprehension],
        at: TextRange,
    ) -> Value<'p> {
        let [generator] = generators else {
            return Self::unknown(Why::Computed, at);
        };
        let over = self.expression(&generator.iter);
        let scope = Scope::within(&self.scope);
        let is_filtered = !generator.ifs.is_empty();
        let items = self.few_items_of(&over);
        let items = items.unwrap_or_else(|| {
            vec![Element {
                value: Self::unknown(Why::Loop, over.at),
                any_number: true,
            }]
        });
        let list = self.in_scope(scope, |run| {
            let made = items.into_iter().map(|from| {
                run.assign(&generator.target, from.value);
                Element {
                    value: run.expression(item),
                    any_number: from.any_number || is_filtered,
                }
            });
            made.collect()
        });
        let id = self.arena.list(list);
        Value::new(Kind::List(id), at)
    }

    /// The items of a value, if they are so few that a loop over them is followed.
    pub(super) fn few_items_of(&self, value: &Value<'p>) -> Option<Vec<Element<'p>>> {
        let count = match &value.kind {
            Kind::List(id) => self.arena.lists[id.0].len(),
            Kind::Table(id) => self.arena.tables[id.0].len(),
            _ => 0,
        };
        (count <= MOST_ROUNDS).then(|| self.items_of(value))?
    }

    /// The items of a value that holds some, in their order; `None` for what is not known to.
    pub(super) fn items_of(&self, value: &Value<'p>) -> Option<Vec<Element<'p>>> {
        match &value.kind {
            Kind::List(id) => Some(self.arena.lists[id.0].clone()),
            Kind::Table(id) => {
                let keys = self.arena.tables[id.0].iter();
                Some(keys.map(|(key, _)| Element::once(key.clone())).collect())
            }
            Kind::Made(id) => self.arena.made(*id).layers.clone(),
            Kind::Instance(id) => self.arena.instances[id.0].layers.clone(),
            _ => None,
        }
    }
}
