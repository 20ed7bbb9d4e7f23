//! Calls: of the program's own functions, of a library's names, of objects.

use std::rc::Rc;

use ruff_python_ast::{Expr, ExprCall, Parameters};
use ruff_text_size::{Ranged, TextRange};

use super::super::arena::{Arguments, Callee, Element, MadeId};
use super::super::budget::DEEPEST_CALLS;
use super::super::methods;
use super::super::scope::{Binding, Function, Scope, Written};
use super::super::value::{Kind, Value, Why};
use super::{Flow, Run};

impl<'p> Run<'p> {
    pub(super) fn call(&mut self, call: &'p ExprCall) -> Value<'p> {
        let callee = self.expression(&call.func);
        let arguments = self.arguments(call);
        let callee_at = match &*call.func {
            // Of a method's call the name of the method.
            Expr::Attribute(attribute) if matches!(callee.kind, Kind::Method(_)) => attribute.attr.range(),
            function => function.range(),
        };
        self.apply(&callee, callee_at, arguments, call.range())
    }

    fn arguments(&mut self, call: &'p ExprCall) -> Arguments<'p> {
        let mut arguments = Arguments::default();
        for argument in &call.arguments.args {
            let value = self.expression(argument);
            match argument {
                Expr::Starred(starred) => match self.items_of(&value) {
                    Some(items) if arguments.open.is_none() && !items.iter().any(|item| item.any_number) => {
                        arguments.positional.extend(items.into_iter().map(|item| item.value));
                    }
                    // `*layers`: the items are what a sequence is made of, though it is not known how many there are.
                    Some(items) if call.arguments.args.len() == 1 => {
                        let id = self.arena.list(items);
                        arguments.positional.push(Value::new(Kind::List(id), value.at));
                        arguments.open = Some(starred.range);
                    }
                    _ => arguments.open = Some(starred.range),
                },
                _ => arguments.positional.push(value),
            }
        }
        for keyword in &call.arguments.keywords {
            let value = self.expression(&keyword.value);
            match &keyword.arg {
                Some(name) => arguments.named.push((name.as_str().into(), name.range, value)),
                None => match self.members_of(&value) {
                    Some(members) => arguments.named.extend(members),
                    None => arguments.open = Some(keyword.range),
                },
            }
        }
        arguments
    }

    /// The keys and values of a dictionary of which all keys are texts.
    fn members_of(&self, value: &Value<'p>) -> Option<Vec<(Rc<str>, TextRange, Value<'p>)>> {
        let Kind::Table(id) = &value.kind else { return None };
        let members = self.arena.tables[id.0].iter();
        members
            .map(|(key, value)| Some((key.text()?.into(), key.at, value.clone())))
            .collect()
    }

    /// What a call of a value gives.
    pub(super) fn apply(
        &mut self,
        callee: &Value<'p>,
        callee_at: TextRange,
        arguments: Arguments<'p>,
        at: TextRange,
    ) -> Value<'p> {
        let given = self.deeper(|run| match &callee.kind {
            Kind::Function(function) => run.enter(function, None, arguments, at),
            Kind::Class(class) => run.construct(*class, arguments, at),
            Kind::Instance(_) => run.call_instance(callee, arguments, at),
            Kind::Method(method) => {
                let (object, name) = &**method;
                run.call_method(object, name, callee_at, arguments, at)
            }
            Kind::Library(name) => run.call_library(name, callee_at, arguments, at),
            Kind::Made(id) => run.call_made(*id, callee_at, arguments, at),
            Kind::Unknown(why) => Self::unknown(*why, at),
            _ => Self::unknown(Why::Computed, at),
        });
        given.unwrap_or(Self::unknown(Why::Budget, at))
    }

    /// Runs a function of the program.
    pub(super) fn enter(
        &mut self,
        function: &Rc<Function<'p>>,
        object: Option<Value<'p>>,
        arguments: Arguments<'p>,
        at: TextRange,
    ) -> Value<'p> {
        if self.calls >= DEEPEST_CALLS {
            return Self::unknown(Why::Recursion, at);
        }
        self.entered.insert(function.at().start());
        let scope = Scope::within(&function.scope);
        let object = object.filter(|_| function.binding != Binding::Static);
        self.bind_parameters(function, &scope, object.clone(), arguments, at);
        self.calls += 1;
        let depth = std::mem::take(&mut self.depth);
        self.methods.push((object, function.class));
        let value = match function.written {
            Written::Lambda(lambda) => self.in_scope(scope, |run| run.expression(&lambda.body)),
            Written::Def(def) => match self.in_scope(scope, |run| run.block(&def.body)) {
                Flow::Return(value) => value,
                Flow::Raise if self.is_spent() => Self::unknown(Why::Budget, at),
                Flow::Raise => Self::unknown(Why::Computed, at),
                _ if is_generator(&def.body) => Self::unknown(Why::Computed, at),
                _ => Value::new(Kind::Nothing, at),
            },
        };
        self.methods.pop();
        self.depth = depth;
        self.calls -= 1;
        value
    }

    fn bind_parameters(
        &mut self,
        function: &Function<'p>,
        scope: &Rc<Scope<'p>>,
        object: Option<Value<'p>>,
        arguments: Arguments<'p>,
        at: TextRange,
    ) {
        let parameters: Option<&'p Parameters> = match function.written {
            Written::Def(def) => Some(&def.parameters),
            Written::Lambda(lambda) => lambda.parameters.as_deref(),
        };
        let Some(parameters) = parameters else { return };
        let mut positional = object.into_iter().chain(arguments.positional.iter().cloned());
        let mut left: Vec<(Rc<str>, TextRange, Value<'p>)> = arguments.named.clone();
        let is_open = arguments.open.is_some();
        let all = parameters
            .posonlyargs
            .iter()
            .chain(&parameters.args)
            .map(|own| (own, true));
        for (own, by_position) in all.chain(parameters.kwonlyargs.iter().map(|own| (own, false))) {
            let name = own.parameter.name.as_str();
            let given = if by_position { positional.next() } else { None };
            let named = left.iter().position(|(other, ..)| &**other == name);
            let given = given.or_else(|| named.map(|index| left.remove(index).2));
            let value = given.unwrap_or_else(|| match function.defaults.get(name) {
                Some(default) if !is_open => default.clone(),
                _ => Self::unknown(Why::Parameter, at),
            });
            scope.bind(name, value);
        }
        if let Some(rest) = &parameters.vararg {
            let rest_items: Vec<Element<'p>> = positional.map(Element::once).collect();
            let value = match is_open {
                true => Self::unknown(Why::Parameter, at),
                false => Value::new(Kind::List(self.arena.list(rest_items)), at),
            };
            scope.bind(rest.name.as_str(), value);
        }
        if let Some(rest) = &parameters.kwarg {
            let pairs = left
                .into_iter()
                .map(|(name, name_at, value)| (Self::text(&name, name_at), value))
                .collect();
            let value = match is_open {
                true => Self::unknown(Why::Parameter, at),
                false => self.table(pairs, at),
            };
            scope.bind(rest.name.as_str(), value);
        }
    }

    /// What a library's function or class gives.
    fn call_library(
        &mut self,
        name: &Rc<str>,
        callee_at: TextRange,
        arguments: Arguments<'p>,
        at: TextRange,
    ) -> Value<'p> {
        if let Some(builtin) = name.strip_prefix("builtins.") {
            return self.builtin(builtin, arguments, at);
        }
        if methods::gives_back_first(name)
            && let Some(first) = arguments.positional.first()
        {
            return first.clone();
        }
        if methods::is_list(name) {
            return match arguments.positional.first() {
                Some(list) => list.clone(),
                None => Value::new(Kind::List(self.arena.list(Vec::new())), at),
            };
        }
        if name.ends_with("OrderedDict") {
            return self.ordered(arguments, at);
        }
        let layers = methods::is_sequence(name).then(|| self.layers_of(&arguments)).flatten();
        let made = self.make(Callee::Library(Rc::clone(name)), callee_at, arguments, at);
        if let Kind::Made(id) = made.kind {
            self.arena.made[id.0].layers = layers;
        }
        made
    }

    /// The layers that a sequence is made of: a list of them, a dictionary, or one argument each.
    pub(super) fn layers_of(&self, arguments: &Arguments<'p>) -> Option<Vec<Element<'p>>> {
        let list = arguments.under("layers").or(match arguments.positional.as_slice() {
            [only] => Some(only),
            _ => None,
        });
        if let Some(list) = list {
            match &list.kind {
                Kind::List(id) => return Some(self.arena.lists[id.0].clone()),
                Kind::Table(id) => {
                    let layers = self.arena.tables[id.0].iter();
                    return Some(layers.map(|(_, layer)| Element::once(layer.clone())).collect());
                }
                Kind::Nothing => return Some(Vec::new()),
                Kind::Unknown(_) if arguments.under("layers").is_some() => return None,
                _ => {}
            }
        }
        if arguments.open.is_some() {
            return None;
        }
        Some(arguments.positional.iter().cloned().map(Element::once).collect())
    }

    fn ordered(&mut self, arguments: Arguments<'p>, at: TextRange) -> Value<'p> {
        let Some(first) = arguments.positional.first() else {
            return self.table(Vec::new(), at);
        };
        let Kind::List(id) = &first.kind else {
            return first.clone();
        };
        let pairs: Option<Vec<_>> = self.arena.lists[id.0]
            .iter()
            .map(|pair| {
                let items = self
                    .items_of(&pair.value)
                    .filter(|items| items.len() == 2 && !pair.any_number)?;
                Some((items[0].value.clone(), items[1].value.clone()))
            })
            .collect();
        match pairs {
            Some(pairs) => self.table(pairs, at),
            None => Self::unknown(Why::Computed, at),
        }
    }

    /// What an object that a library made gives when it is called.
    fn call_made(&mut self, id: MadeId, callee_at: TextRange, arguments: Arguments<'p>, at: TextRange) -> Value<'p> {
        let made = self.arena.made(id);
        if let Some(layers) = made.layers.clone() {
            return self.one_after_another(&layers, arguments, at);
        }
        if let Callee::Library(name) = &made.callee
            && methods::is_graph(name)
            && let Some(outputs) = made.arguments.get(1, "outputs")
        {
            return outputs.clone();
        }
        if made.attributes.is_empty() {
            return self.make(Callee::Made(id), callee_at, arguments, at);
        }
        // Something in a library's network was exchanged: its last layers, or what is not known.
        let end = match made.attributes.iter().collect::<Vec<_>>().as_slice() {
            [(name, end)] if methods::is_end(name) => Some((*end).clone()),
            _ => None,
        };
        let inner = self.operator("a network with other layers", arguments.positional, at);
        match end {
            Some(end) => self.apply(&end, end.at, Arguments::of(vec![inner]), at),
            None => inner,
        }
    }

    /// What a sequence of layers gives.
    pub(super) fn one_after_another(
        &mut self,
        layers: &[Element<'p>],
        arguments: Arguments<'p>,
        at: TextRange,
    ) -> Value<'p> {
        let input = arguments.positional.into_iter().next();
        let mut value = input.unwrap_or(Self::unknown(Why::Parameter, at));
        let mut layers = layers.iter().peekable();
        while let Some(layer) = layers.next() {
            let layer_at = layer.value.at;
            value = self.apply(&layer.value, layer_at, Arguments::of(vec![value]), layer_at);
            // Behind layers of which it is not known how many there are, what comes out is known only from what follows.
            if layer.any_number && layers.peek().is_none_or(|next| !next.any_number) {
                value = self.operator("any number of layers", vec![value], layer_at);
            }
        }
        value
    }
}

/// Whether a body yields: then a call of it gives an iterator.
fn is_generator(body: &[ruff_python_ast::Stmt]) -> bool {
    use ruff_python_ast::Stmt;
    body.iter().any(|statement| match statement {
        Stmt::Expr(expression) => matches!(*expression.value, Expr::Yield(_) | Expr::YieldFrom(_)),
        Stmt::For(each) => is_generator(&each.body),
        Stmt::While(again) => is_generator(&again.body),
        Stmt::If(branch) => is_generator(&branch.body),
        Stmt::With(with) => is_generator(&with.body),
        _ => false,
    })
}
