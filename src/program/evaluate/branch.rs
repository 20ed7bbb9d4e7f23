//! Branches and loops: which side is taken, how often a body runs, and what cannot be known behind it.

use std::collections::HashMap;

use ruff_python_ast::{ExceptHandler, Expr, Stmt, StmtFor, StmtIf, StmtTry, StmtWhile, UnaryOp};
use ruff_text_size::Ranged;

use super::super::arena::Element;
use super::super::value::{Kind, Value, Why};
use super::{Flow, Run};

/// What a side of a branch does that lets it matter, wherever else it stands.
const MATTERS: &[&str] = &[
    ".add(",
    ".append(",
    ".extend(",
    ".insert(",
    ".pop(",
    ".compile(",
    ".fit(",
    "add_module",
    "backward",
    "setattr",
];

impl<'p> Run<'p> {
    pub(super) fn branch(&mut self, branch: &'p StmtIf) -> Flow<'p> {
        let mut sides: Vec<(Option<&'p Expr>, &'p [Stmt])> = vec![(Some(&branch.test), &branch.body)];
        let others = branch.elif_else_clauses.iter();
        sides.extend(others.map(|clause| (clause.test.as_ref(), &clause.body[..])));
        if !sides
            .iter()
            .any(|(_, body)| body.iter().any(|statement| self.matters(statement)))
        {
            // What such a side does changes nothing; it may also end the loop or the function.
            for (test, body) in sides {
                if let Some(test) = test {
                    self.expression(test);
                }
                if !body.iter().any(leaves) {
                    self.block(body);
                }
            }
            return Flow::Next;
        }
        for (index, (test, body)) in sides.iter().enumerate() {
            let Some(test) = test else { return self.block(body) };
            match self.decide(test) {
                Some(true) => return self.block(body),
                Some(false) => {}
                None => {
                    self.leave_open(sides[index..].iter().map(|(_, body)| *body));
                    return Flow::Next;
                }
            }
        }
        Flow::Next
    }

    /// Whether a statement can change what is known, or end the function.
    fn matters(&self, statement: &Stmt) -> bool {
        match statement {
            Stmt::Expr(expression) => {
                let text = self.written(expression.range());
                MATTERS.iter().any(|sign| text.contains(sign))
            }
            Stmt::Pass(_) | Stmt::Raise(_) | Stmt::Break(_) | Stmt::Continue(_) | Stmt::Assert(_) => false,
            Stmt::If(branch) => {
                let others = branch.elif_else_clauses.iter().flat_map(|clause| &clause.body);
                branch.body.iter().chain(others).any(|inner| self.matters(inner))
            }
            _ => true,
        }
    }

    /// Which side of a condition is taken. `None` when neither is, because there are too many.
    pub(super) fn decide(&mut self, test: &'p Expr) -> Option<bool> {
        if let Expr::UnaryOp(unary) = test
            && unary.op == UnaryOp::Not
        {
            return self.decide(&unary.operand).map(|answer| !answer);
        }
        if let Some(mode) = self.training_mode(test) {
            return Some(mode);
        }
        if let Some(known) = self.expression(test).truth() {
            return Some(known);
        }
        let condition = self.written(test.range());
        if self.choices.left_open {
            return None;
        }
        let answer = self.choices.answers.get(condition).copied().unwrap_or(true);
        if !self.asked.iter().any(|(asked, _)| &**asked == condition) {
            self.asked.push((condition.into(), answer));
        }
        Some(answer)
    }

    /// What is judged is the training: `self.training` is true, and so is Keras's argument `training`.
    fn training_mode(&self, test: &Expr) -> Option<bool> {
        match test {
            Expr::Attribute(attribute) if attribute.attr.as_str() == "training" => Some(true),
            Expr::Name(name) if name.id.as_str() == "training" => {
                let is_open = |value: Value<'_>| matches!(value.kind, Kind::Unknown(_) | Kind::Nothing);
                self.scope.get("training").is_none_or(is_open).then_some(true)
            }
            Expr::Name(name) if name.id.as_str() == "TYPE_CHECKING" => Some(false),
            _ => None,
        }
    }

    /// None of these bodies is run: what they bind is not known any more.
    pub(super) fn leave_open(&mut self, bodies: impl Iterator<Item = &'p [Stmt]>) {
        for body in bodies {
            for statement in body {
                self.forget(statement);
            }
        }
    }

    fn forget(&mut self, statement: &'p Stmt) {
        let unknown = Self::unknown(Why::Branch, statement.range());
        match statement {
            Stmt::Assign(assign) => {
                for target in &assign.targets {
                    self.assign(target, unknown.clone());
                }
            }
            Stmt::AugAssign(assign) => self.assign(&assign.target, unknown),
            Stmt::AnnAssign(assign) => self.assign(&assign.target, unknown),
            Stmt::FunctionDef(def) => self.scope.bind(def.name.as_str(), unknown),
            Stmt::ClassDef(class) => self.scope.bind(class.name.as_str(), unknown),
            Stmt::If(branch) => {
                let others = branch.elif_else_clauses.iter().map(|clause| &clause.body[..]);
                self.leave_open(std::iter::once(&branch.body[..]).chain(others));
            }
            Stmt::For(each) => self.leave_open(std::iter::once(&each.body[..])),
            Stmt::While(again) => self.leave_open(std::iter::once(&again.body[..])),
            Stmt::With(with) => self.leave_open(std::iter::once(&with.body[..])),
            Stmt::Try(tried) => self.leave_open(std::iter::once(&tried.body[..])),
            Stmt::Expr(expression) => {
                // A list or model that may have got another item is not known any more.
                if let Expr::Call(call) = &*expression.value
                    && let Expr::Attribute(method) = &*call.func
                    && MATTERS
                        .iter()
                        .any(|sign| self.written(expression.range()).contains(sign))
                    && let Expr::Name(_) | Expr::Attribute(_) = &*method.value
                {
                    self.assign(&method.value, unknown);
                }
            }
            _ => {}
        }
    }

    pub(super) fn each(&mut self, each: &'p StmtFor) -> Flow<'p> {
        let over = self.expression(&each.iter);
        let items = self.few_items_of(&over);
        let Some(items) = items else {
            let item = match &over.kind {
                _ if self.is_data(&over) => self.each_of_data(&over),
                Kind::Unknown(why) => Self::unknown(*why, over.at),
                _ => Self::unknown(Why::Computed, over.at),
            };
            return self.any_number_of_rounds(Some((&each.target, item)), &each.body);
        };
        for item in items {
            let flow = if item.any_number {
                self.any_number_of_rounds(Some((&each.target, item.value)), &each.body)
            } else {
                self.assign(&each.target, item.value);
                self.block(&each.body)
            };
            match flow {
                Flow::Next | Flow::Continue => {}
                Flow::Break => return Flow::Next,
                flow => return flow,
            }
            if self.is_spent() {
                return Flow::Raise;
            }
        }
        self.block(&each.orelse)
    }

    pub(super) fn again(&mut self, again: &'p StmtWhile) -> Flow<'p> {
        let test = self.expression(&again.test);
        if test.truth() == Some(false) {
            return Flow::Next;
        }
        self.any_number_of_rounds(None, &again.body)
    }

    /// A body that runs any number of times is run once. What it bound anew is not known behind it, and what it added to lists
    /// stands there any number of times.
    fn any_number_of_rounds(&mut self, item: Option<(&'p Expr, Value<'p>)>, body: &'p [Stmt]) -> Flow<'p> {
        let before = self.scope.all();
        let lengths: Vec<usize> = self.arena.lists.iter().map(Vec::len).collect();
        let layers = self.lengths_of_layers();
        if let Some((target, item)) = item {
            self.assign(target, item);
        }
        let flow = self.block(body);
        self.forget_what_changed(&before);
        for (list, length) in self.arena.lists.iter_mut().zip(lengths) {
            list.iter_mut().skip(length).for_each(|item| item.any_number = true);
        }
        for (made, length) in self.arena.made.iter_mut().zip(layers) {
            let added = made.layers.iter_mut().flatten().skip(length.unwrap_or(usize::MAX));
            added.for_each(|item: &mut Element<'p>| item.any_number = true);
        }
        match flow {
            Flow::Return(value) => Flow::Return(value),
            _ => Flow::Next,
        }
    }

    fn lengths_of_layers(&self) -> Vec<Option<usize>> {
        let lengths = self.arena.made.iter();
        lengths.map(|made| made.layers.as_ref().map(Vec::len)).collect()
    }

    fn forget_what_changed(&mut self, before: &HashMap<&'p str, Value<'p>>) {
        for (name, old) in before {
            let Some(new) = self.scope.own(name) else { continue };
            if !new.is_same(old) && !matches!(old.kind, Kind::Nothing | Kind::Unknown(_)) {
                self.scope.bind(name, Self::unknown(Why::Loop, new.at));
            }
        }
    }

    pub(super) fn tried(&mut self, tried: &'p StmtTry) -> Flow<'p> {
        let flow = self.block(&tried.body);
        // A name that only a handler binds is what it is when the body has failed.
        for handler in &tried.handlers {
            let ExceptHandler::ExceptHandler(handler) = handler;
            self.bind_what_is_missing(&handler.body);
        }
        let flow = match flow {
            Flow::Next => self.block(&tried.orelse),
            Flow::Raise => Flow::Next,
            flow => flow,
        };
        match self.block(&tried.finalbody) {
            Flow::Next => flow,
            other => other,
        }
    }

    fn bind_what_is_missing(&mut self, body: &'p [Stmt]) {
        for statement in body {
            match statement {
                Stmt::Import(import) if self.has_all(import.names.iter()) => {}
                Stmt::ImportFrom(import) if self.has_all(import.names.iter()) => {}
                Stmt::Import(import) => self.import(import),
                Stmt::ImportFrom(import) => self.import_from(import),
                Stmt::Assign(assign) => {
                    for target in &assign.targets {
                        if let Expr::Name(name) = target
                            && self.scope.get(name.id.as_str()).is_none()
                        {
                            self.scope
                                .bind(name.id.as_str(), Self::unknown(Why::Branch, assign.range));
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn has_all<'a>(&self, mut names: impl Iterator<Item = &'a ruff_python_ast::Alias>) -> bool {
        names.all(|alias| {
            let name = alias.asname.as_ref().unwrap_or(&alias.name).as_str();
            let first = name.split('.').next().unwrap_or(name);
            self.scope.get(first).is_some()
        })
    }
}

/// Whether a statement ends the block that it stands in.
fn leaves(statement: &Stmt) -> bool {
    match statement {
        Stmt::Raise(_) | Stmt::Break(_) | Stmt::Continue(_) | Stmt::Return(_) => true,
        Stmt::If(branch) => {
            let others = branch.elif_else_clauses.iter().flat_map(|clause| &clause.body);
            branch.body.iter().chain(others).any(leaves)
        }
        _ => false,
    }
}
