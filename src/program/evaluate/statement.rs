//! Statements: what each binds, and where it leads.

use std::collections::HashMap;
use std::rc::Rc;

use ruff_python_ast::{Expr, Parameters, Stmt, StmtFunctionDef, StmtWith};
use ruff_text_size::{Ranged, TextRange};

use super::super::arena::{Callee, Element};
use super::super::budget::MOST_KEYS;
use super::super::methods;
use super::super::scope::{Binding, Function, Written};
use super::super::value::{Kind, Value, Why};
use super::{Flow, Run};

impl<'p> Run<'p> {
    /// Runs statements one after the other.
    pub(super) fn block(&mut self, body: &'p [Stmt]) -> Flow<'p> {
        for statement in body {
            let flow = self.deeper(|run| run.statement(statement)).unwrap_or(Flow::Raise);
            if !matches!(flow, Flow::Next) {
                return flow;
            }
        }
        Flow::Next
    }

    fn statement(&mut self, statement: &'p Stmt) -> Flow<'p> {
        match statement {
            Stmt::Expr(expression) => {
                self.expression(&expression.value);
            }
            Stmt::Assign(assign) => {
                let value = self.expression(&assign.value);
                for target in &assign.targets {
                    self.assign(target, value.clone());
                }
            }
            Stmt::AnnAssign(assign) => {
                if let Some(value) = &assign.value {
                    let value = self.expression(value);
                    self.assign(&assign.target, value);
                }
            }
            Stmt::AugAssign(assign) => self.augment(&assign.target, assign.op, &assign.value, assign.range),
            Stmt::Return(returned) => {
                let value = returned.value.as_deref().map(|value| self.expression(value));
                return Flow::Return(value.unwrap_or(Value::new(Kind::Nothing, returned.range)));
            }
            Stmt::FunctionDef(def) => self.define(def),
            Stmt::ClassDef(class) => self.class(class),
            Stmt::If(branch) => return self.branch(branch),
            Stmt::For(each) => return self.each(each),
            Stmt::While(again) => return self.again(again),
            Stmt::With(with) => return self.with(with),
            Stmt::Try(tried) => return self.tried(tried),
            Stmt::Match(matched) => {
                self.expression(&matched.subject);
                let cases = matched.cases.iter().map(|case| &case.body[..]);
                self.leave_open(cases);
            }
            Stmt::Import(import) => self.import(import),
            Stmt::ImportFrom(import) => self.import_from(import),
            Stmt::Global(global) => {
                for name in &global.names {
                    self.scope.declare_global(name.as_str());
                }
            }
            Stmt::Delete(deleted) => {
                for target in &deleted.targets {
                    if let Expr::Name(name) = target {
                        self.scope.forget(name.id.as_str());
                    }
                }
            }
            Stmt::Assert(assert) => {
                self.expression(&assert.test);
            }
            Stmt::Raise(_) => return Flow::Raise,
            Stmt::Break(_) => return Flow::Break,
            Stmt::Continue(_) => return Flow::Continue,
            Stmt::Pass(_) | Stmt::Nonlocal(_) | Stmt::TypeAlias(_) | Stmt::IpyEscapeCommand(_) => {}
        }
        Flow::Next
    }

    /// Binds a value to what stands on the left.
    pub(super) fn assign(&mut self, target: &'p Expr, value: Value<'p>) {
        match target {
            Expr::Name(name) => self.scope.bind(name.id.as_str(), value),
            Expr::Attribute(attribute) => {
                let object = self.expression(&attribute.value);
                self.set_attribute(&object, attribute.attr.as_str(), value);
            }
            Expr::Subscript(subscript) => {
                let object = self.expression(&subscript.value);
                let key = self.expression(&subscript.slice);
                self.set_item(&object, key, value);
            }
            Expr::Tuple(tuple) => self.unpack(&tuple.elts, value),
            Expr::List(list) => self.unpack(&list.elts, value),
            Expr::Starred(starred) => self.assign(&starred.value, Self::unknown(Why::Computed, value.at)),
            _ => {}
        }
    }

    fn unpack(&mut self, targets: &'p [Expr], value: Value<'p>) {
        let items = self.items_of(&value).filter(|items| {
            let is_plain = !targets.iter().any(Expr::is_starred_expr) && !items.iter().any(|item| item.any_number);
            is_plain && items.len() == targets.len()
        });
        for (index, target) in targets.iter().enumerate() {
            let item = match &items {
                Some(items) => items[index].value.clone(),
                None => self.item_of_made(&value, index),
            };
            self.assign(target, item);
        }
    }

    /// One of several things that a call gives, by its number.
    fn item_of_made(&mut self, value: &Value<'p>, index: usize) -> Value<'p> {
        match &value.kind {
            Kind::Made(_) => {
                let number = Value::new(Kind::Number(index as f64), value.at);
                self.operator("[]", vec![value.clone(), number], value.at)
            }
            Kind::Unknown(why) => Self::unknown(*why, value.at),
            _ => Self::unknown(Why::Computed, value.at),
        }
    }

    fn set_item(&mut self, object: &Value<'p>, key: Value<'p>, value: Value<'p>) {
        match &object.kind {
            Kind::List(id) => {
                let list = &mut self.arena.lists[id.0];
                let at = key.number().and_then(|number| index_of(number, list.len()));
                match at {
                    Some(index) => list[index] = Element::once(value),
                    None => {
                        let unknown = Self::unknown(Why::Computed, key.at);
                        list.iter_mut().for_each(|item| item.value = unknown.clone());
                    }
                }
            }
            Kind::Table(id) => {
                let table = &mut self.arena.tables[id.0];
                let has_room = table.len() < MOST_KEYS;
                match table.iter_mut().find(|(own, _)| own.is_same(&key)) {
                    Some((_, own)) => *own = value,
                    None if has_room => table.push((key, value)),
                    None => {}
                }
            }
            Kind::Made(id) => {
                // `net.classifier[6] = …`: what a network ends in is no longer what the library built.
                let made = &mut self.arena.made[id.0];
                match (&mut made.layers, key.number()) {
                    (Some(layers), Some(number)) if index_of(number, layers.len()).is_some() => {
                        if let Some(index) = index_of(number, layers.len()) {
                            layers[index] = Element::once(value);
                        }
                    }
                    _ => {
                        let part = key.text().map_or("[]".to_owned(), |name| format!("[{name}]"));
                        made.attributes.insert(part.into(), value);
                    }
                }
            }
            Kind::Method(method) => {
                // `net.classifier[6] = …`: the last layer of those, if it is not the first.
                let (object, attribute) = &**method;
                if let Kind::Made(id) = &object.kind {
                    let is_last = !self.is_data(object) && key.number().is_some_and(|number| number != 0.0);
                    let attribute = if is_last {
                        attribute.clone()
                    } else {
                        format!("{attribute}[]").into()
                    };
                    self.arena.made[id.0].attributes.insert(attribute, value);
                }
            }
            _ => {}
        }
    }

    /// Binds a function that is defined here.
    fn define(&mut self, def: &'p StmtFunctionDef) {
        let value = self.function(def, None);
        self.scope.bind(def.name.as_str(), value);
    }

    /// A function with what its decorators make of it.
    pub(super) fn function(
        &mut self,
        def: &'p StmtFunctionDef,
        class: Option<super::super::arena::ClassId>,
    ) -> Value<'p> {
        let mut binding = Binding::Object;
        let mut is_changed = false;
        for decorator in &def.decorator_list {
            let name = match &decorator.expression {
                Expr::Name(name) => Some(name.id.as_str()),
                Expr::Attribute(attribute) => Some(attribute.attr.as_str()),
                _ => None,
            };
            match name {
                Some("staticmethod") => binding = Binding::Static,
                Some("classmethod") => binding = Binding::Class,
                Some("property" | "cached_property") => binding = Binding::Property,
                _ => {
                    let decorator = self.expression(&decorator.expression);
                    is_changed |= !matches!(decorator.kind, Kind::Library(_) | Kind::Made(_));
                }
            }
        }
        let defaults = self.defaults(&def.parameters);
        let function = Function {
            written: Written::Def(def),
            defaults,
            scope: Rc::clone(&self.scope),
            class,
            binding,
        };
        let at = def.name.range();
        match is_changed {
            true => Self::unknown(Why::Computed, at),
            false => Value::new(Kind::Function(Rc::new(function)), at),
        }
    }

    pub(super) fn defaults(&mut self, parameters: &'p Parameters) -> HashMap<&'p str, Value<'p>> {
        let all = parameters.iter_non_variadic_params();
        all.filter_map(|parameter| {
            let default = parameter.default.as_deref()?;
            Some((parameter.parameter.name.as_str(), self.expression(default)))
        })
        .collect()
    }

    fn with(&mut self, with: &'p StmtWith) -> Flow<'p> {
        let (mut stops, mut records) = (0, 0);
        for item in &with.items {
            let context = self.expression(&item.context_expr);
            if let Kind::Made(id) = &context.kind
                && let Callee::Library(name) = &self.arena.made(*id).callee
            {
                stops += u32::from(methods::stops_training(name));
                records += u32::from(methods::records_gradients(name));
            }
            if let Some(target) = &item.optional_vars {
                self.assign(target, Self::unknown(Why::Computed, context.at));
            }
        }
        self.inference += stops;
        self.tapes += records;
        let flow = self.block(&with.body);
        self.tapes -= records;
        self.inference -= stops;
        flow
    }

    /// Changes what a name is bound to by an operator. Lists grow in place.
    fn augment(&mut self, target: &'p Expr, op: ruff_python_ast::Operator, value: &'p Expr, at: TextRange) {
        let own = self.expression(target);
        let value = self.expression(value);
        if let (Kind::List(list), ruff_python_ast::Operator::Add) = (&own.kind, op)
            && let Some(items) = self.items_of(&value)
        {
            self.extend(*list, items);
            return;
        }
        let result = self.binary(own, op, value, at);
        self.assign(target, result);
    }
}

/// The position in a list that a number means, which may count from its end.
pub(super) fn index_of(number: f64, length: usize) -> Option<usize> {
    let index = if number < 0.0 { number + length as f64 } else { number };
    (number.fract() == 0.0 && index >= 0.0 && index < length as f64).then_some(index as usize)
}
