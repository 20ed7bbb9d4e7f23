//! Values of a program written down as nodes, in the form in which data files say the same.

use std::cell::Cell;
use std::collections::HashMap;

use ruff_text_size::TextRange;

use crate::program::{Arena, Callee, Kind, MadeId, Run, Value};
use crate::reading::Scope;
use crate::span::{Location, NodeId};
use crate::syntax::expressions::OPEN;
use crate::syntax::source::Sketch;

/// How deep values are written; what lies deeper is not known.
const DEEPEST: usize = 12;

/// Writes values of one run down.
pub struct Writer<'w, 'p> {
    scope: &'w Scope<'w>,
    /// What they hold.
    pub arena: &'w Arena<'p>,
    /// The run.
    pub run: &'w Run<'p>,
    /// The steps that were taken to find out what labels are.
    pub followed: Cell<u32>,
    /// Where they are written to.
    pub sketch: &'w mut Sketch,
    /// Calls in the plans of networks that were made with it.
    pub planned: usize,
    /// The nodes of what was written already.
    made: HashMap<(MadeId, bool), NodeId>,
}

impl<'w, 'p> Writer<'w, 'p> {
    /// Writes into a sketch.
    pub fn new(scope: &'w Scope<'w>, run: &'w Run<'p>, sketch: &'w mut Sketch) -> Self {
        Self {
            scope,
            arena: &run.arena,
            run,
            followed: Cell::new(0),
            sketch,
            planned: 0,
            made: HashMap::new(),
        }
    }

    /// The place in its file.
    pub fn at(&self, at: TextRange) -> Location {
        self.run.location(at)
    }

    fn text(&mut self, into: NodeId, text: &str, at: TextRange) {
        let place = self.at(at);
        self.sketch.text(into, text, place);
    }

    fn object(&mut self, into: NodeId, at: TextRange) -> NodeId {
        let place = self.at(at);
        self.sketch.object(into, place)
    }

    fn list(&mut self, into: NodeId, at: TextRange) -> NodeId {
        let place = self.at(at);
        self.sketch.list(into, place)
    }

    fn unknown(&mut self, into: NodeId, at: TextRange) {
        let written = self.run.written(at);
        let place = self.at(at);
        self.sketch.unknown(into, written, place);
    }

    /// An object that a library made, or the call of a library's function without the tensors that go in.
    pub fn construction(&mut self, id: MadeId, without_tensors: bool) -> Option<NodeId> {
        if let Some(node) = self.made.get(&(id, without_tensors)) {
            return Some(*node);
        }
        let node = self.sketch.next();
        let name = match &self.arena.made(id).callee {
            Callee::Library(name) => name.to_string(),
            Callee::Method(name) => format!("torch.Tensor.{name}"),
            Callee::Made(_) | Callee::Operator(_) => return None,
        };
        self.call(NodeId(0), id, &name, without_tensors, 0);
        self.made.insert((id, without_tensors), node);
        Some(node)
    }

    /// A table whose keys are these words.
    pub fn table(&mut self, at: TextRange, members: &[(&str, &Value<'p>)]) -> NodeId {
        let table = self.object(NodeId(0), at);
        self.members_of(table, members);
        table
    }

    /// The same with a list of one before them.
    pub fn table_with_list(
        &mut self,
        at: TextRange,
        key: &str,
        only: &Value<'p>,
        members: &[(&str, &Value<'p>)],
    ) -> NodeId {
        let table = self.object(NodeId(0), at);
        self.text(table, key, only.at);
        let list = self.list(table, only.at);
        self.value(list, only, 1);
        self.sketch.close(list);
        self.members_of(table, members);
        table
    }

    fn members_of(&mut self, table: NodeId, members: &[(&str, &Value<'p>)]) {
        for (key, value) in members {
            self.text(table, key, value.at);
            self.value(table, value, 1);
        }
        self.sketch.close(table);
    }

    fn value(&mut self, into: NodeId, value: &Value<'p>, depth: usize) {
        let at = self.at(value.at);
        match &value.kind {
            _ if depth > DEEPEST => self.unknown(into, value.at),
            Kind::Nothing => self.sketch.nothing(into, at),
            Kind::Truth(truth) => self.sketch.truth(into, *truth, at),
            Kind::Number(number) => self.sketch.number(into, *number, at),
            Kind::Text(text) => self.sketch.text(into, text, at),
            Kind::Library(name) => self.sketch.text(into, name, at),
            Kind::List(id) => {
                let items = &self.arena.lists[id.0];
                if items.iter().any(|item| item.any_number) {
                    return self.unknown(into, value.at);
                }
                let list = self.sketch.list(into, at);
                for item in items {
                    self.value(list, &item.value, depth + 1);
                }
                self.sketch.close(list);
            }
            Kind::Table(id) => self.members(into, &self.arena.tables[id.0], value.at, depth),
            Kind::Made(id) => match &self.arena.made(*id).callee {
                Callee::Library(name) => {
                    let name = name.to_string();
                    self.call(into, *id, &name, false, depth);
                }
                _ => self.unknown(into, value.at),
            },
            _ => self.unknown(into, value.at),
        }
    }

    /// The names of a function's arguments in their order, as far as the table of operations has it.
    fn names_of_positions(&self, name: &str, is_function: bool) -> Option<Vec<String>> {
        let row = self.scope.operation(name).known().filter(|_| is_function)?;
        (row.arguments.len() > 1).then(|| row.arguments.clone())
    }

    fn members(&mut self, into: NodeId, pairs: &[(Value<'p>, Value<'p>)], at: TextRange, depth: usize) {
        if !pairs.iter().all(|(key, _)| key.text().is_some()) {
            return self.unknown(into, at);
        }
        let table = self.object(into, at);
        for (key, value) in pairs {
            self.text(table, key.text().unwrap_or_default(), key.at);
            self.value(table, value, depth + 1);
        }
        self.sketch.close(table);
    }

    fn call(&mut self, into: NodeId, id: MadeId, name: &str, without_tensors: bool, depth: usize) {
        let made = self.arena.made(id);
        let callee_at = self.at(made.callee_at);
        let object = self.object(into, made.at);
        self.sketch.text(object, "_target_", callee_at);
        self.sketch.text(object, name, callee_at);
        let arena = self.arena;
        let is_kept = |value: &Value<'p>| !(without_tensors && holds_tensors(arena, value));
        let names = self.names_of_positions(name, without_tensors);
        if let Some(names) = &names {
            let named = names.iter().zip(&made.arguments.positional);
            for (name, argument) in named.filter(|(_, argument)| is_kept(argument)) {
                self.text(object, name, argument.at);
                self.value(object, argument, depth + 1);
            }
        }
        if names.is_none() && !made.arguments.positional.is_empty() {
            self.text(object, "_args_", made.at);
            let list = self.list(object, made.at);
            for argument in &made.arguments.positional {
                match is_kept(argument) {
                    true => self.value(list, argument, depth + 1),
                    false => self.unknown(list, argument.at),
                }
            }
            self.sketch.close(list);
        }
        for (name, name_at, argument) in &made.arguments.named {
            if is_kept(argument) {
                self.text(object, name, *name_at);
                self.value(object, argument, depth + 1);
            }
        }
        if let Some(open) = made.arguments.open {
            self.text(object, OPEN, open);
            self.unknown(object, open);
        }
        self.sketch.close(object);
    }
}

/// Whether a value is what a call gave, or a list of such.
pub fn holds_tensors(arena: &Arena<'_>, value: &Value<'_>) -> bool {
    match &value.kind {
        Kind::Made(_) => true,
        Kind::List(id) => arena.lists[id.0]
            .iter()
            .any(|item| matches!(item.value.kind, Kind::Made(_))),
        _ => false,
    }
}
