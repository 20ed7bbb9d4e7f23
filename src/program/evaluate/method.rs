//! Calls of methods: of lists and dictionaries, of what libraries made, of the program's own objects.

use ruff_text_size::TextRange;

use super::super::arena::{Arguments, Callee, Element, ListId};
use super::super::budget::{MOST_ITEMS, MOST_KEYS};
use super::super::methods;
use super::super::value::{Kind, Value, Why};
use super::{Event, Run};

/// Methods of models that are kept as events.
const EVENTS: &[&str] = &["compile", "fit", "fit_generator", "train_on_batch"];

impl<'p> Run<'p> {
    pub(super) fn call_method(
        &mut self,
        object: &Value<'p>,
        name: &str,
        name_at: TextRange,
        arguments: Arguments<'p>,
        at: TextRange,
    ) -> Value<'p> {
        match &object.kind {
            Kind::List(id) => self.of_list(*id, name, &arguments, at),
            Kind::Table(_) => self.of_table(object, name, &arguments, at),
            Kind::Parent(id, class) => self.call_parent(*id, *class, name, arguments, at),
            Kind::Instance(id) => {
                let class = self.arena.instances[id.0].class;
                if let Some((_, member)) = self.arena.member(class, name)
                    && let Kind::Function(function) = member.kind
                {
                    return self.enter(&function, Some(object.clone()), arguments, at);
                }
                self.of_model(object, name, name_at, arguments, at)
            }
            Kind::Made(_) => self.of_model(object, name, name_at, arguments, at),
            Kind::Method(_) if self.is_data(object) => self.of_data(object, name, name_at, arguments, at),
            Kind::Text(text) => match name {
                "lower" => Self::text(&text.to_lowercase(), at),
                "upper" => Self::text(&text.to_uppercase(), at),
                _ => Self::unknown(Why::Computed, at),
            },
            _ => Self::unknown(Why::Computed, at),
        }
    }

    /// A method of a model, a layer or a tensor.
    fn of_model(
        &mut self,
        object: &Value<'p>,
        name: &str,
        name_at: TextRange,
        arguments: Arguments<'p>,
        at: TextRange,
    ) -> Value<'p> {
        if self.is_data(object) && (methods::gives_back(name) || name == "fit") {
            return self.of_data(object, name, name_at, arguments, at);
        }
        if methods::gives_back(name) {
            return object.clone();
        }
        if name == "fit" {
            self.fit_by_a_trainer(object, &arguments, at);
        }
        if EVENTS.contains(&name) {
            self.happens(object, name, name_at, arguments, at);
            return Self::unknown(Why::Computed, at);
        }
        if matches!(name, "add" | "append" | "add_module" | "extend" | "insert" | "pop")
            && self.change_layers(object, name, &arguments)
        {
            return Value::new(Kind::Nothing, at);
        }
        if matches!(name, "forward" | "call" | "__call__") {
            return self.apply(object, name_at, arguments, at);
        }
        let Kind::Made(_) = object.kind else {
            return Self::unknown(Why::Undefined, at);
        };
        if name == "add_argument" {
            self.add_option(object, &arguments);
        }
        if name == "backward" {
            self.trained.push(object.clone());
        }
        let options = match (&object.kind, name) {
            (Kind::Made(id), "parse_args") => self.arena.made(*id).attributes.clone(),
            _ => Default::default(),
        };
        let mut all = arguments;
        all.positional.insert(0, object.clone());
        let made = self.make(Callee::Method(name.into()), name_at, all, at);
        if let Kind::Made(id) = &made.kind {
            self.arena.made[id.0].attributes = options;
        }
        made
    }

    /// Keeps the default of an option of the command line, which is what a run without options takes.
    fn add_option(&mut self, parser: &Value<'p>, arguments: &Arguments<'p>) {
        let names = arguments.positional.iter().filter_map(Value::text);
        let Some(name) = names.filter_map(|name| name.strip_prefix("--")).next() else {
            return;
        };
        let name = arguments
            .under("dest")
            .and_then(Value::text)
            .unwrap_or(name)
            .replace('-', "_");
        if let (Kind::Made(id), Some(default)) = (&parser.kind, arguments.under("default")) {
            self.arena.made[id.0].attributes.insert(name.into(), default.clone());
        }
    }

    fn happens(
        &mut self,
        model: &Value<'p>,
        method: &str,
        method_at: TextRange,
        arguments: Arguments<'p>,
        at: TextRange,
    ) {
        let outputs = match method {
            "compile" => vec![self.output_of(model, at)],
            _ => Vec::new(),
        };
        let loss = match (method, outputs.first(), arguments.get(1, "loss").cloned()) {
            ("compile", Some(output), Some(loss)) => self.own_loss(&loss, output.clone(), at),
            _ => None,
        };
        self.events.push(Event {
            method: method.into(),
            model: model.clone(),
            outputs,
            loss,
            arguments,
            at,
            method_at,
        });
    }

    /// What a loss of the program's own makes of labels and an output.
    fn own_loss(&mut self, loss: &Value<'p>, output: Value<'p>, at: TextRange) -> Option<Value<'p>> {
        let (Kind::Function(_) | Kind::Instance(_)) = loss.kind else {
            return None;
        };
        let labels = Self::unknown(Why::Parameter, at);
        Some(self.apply(loss, loss.at, Arguments::of(vec![labels, output]), at))
    }

    /// What a model gives for an input of which nothing is known.
    fn output_of(&mut self, model: &Value<'p>, at: TextRange) -> Value<'p> {
        let input = Self::unknown(Why::Parameter, at);
        self.apply(model, model.at, Arguments::of(vec![input]), model.at)
    }

    /// Adds or takes away layers of a sequence. Whether it is one.
    fn change_layers(&mut self, object: &Value<'p>, name: &str, arguments: &Arguments<'p>) -> bool {
        let new = arguments.positional.last().or_else(|| arguments.under("layer"));
        let new = new.cloned().map(Element::once);
        let layers = match &object.kind {
            Kind::Made(id) => &mut self.arena.made[id.0].layers,
            Kind::Instance(id) => &mut self.arena.instances[id.0].layers,
            _ => return false,
        };
        let Some(layers) = layers else { return false };
        match (name, new) {
            ("pop", _) => {
                layers.pop();
            }
            ("add" | "append" | "add_module", Some(new)) => layers.push(new),
            // Where it goes is not followed.
            _ => layers.push(Element {
                value: Self::unknown(Why::Computed, object.at),
                any_number: true,
            }),
        }
        true
    }

    fn of_list(&mut self, id: ListId, name: &str, arguments: &Arguments<'p>, at: TextRange) -> Value<'p> {
        let first = arguments.positional.first().cloned();
        match (name, first) {
            ("append", Some(item)) => self.extend(id, vec![Element::once(item)]),
            ("extend", Some(more)) => {
                let items = self.items_of(&more).unwrap_or_else(|| {
                    vec![Element {
                        value: Self::unknown(Why::Computed, more.at),
                        any_number: true,
                    }]
                });
                self.extend(id, items);
            }
            ("insert", Some(position)) => {
                let list = &mut self.arena.lists[id.0];
                let index = position
                    .number()
                    .filter(|number| *number >= 0.0 && *number <= list.len() as f64);
                match (index, arguments.positional.get(1)) {
                    (Some(index), Some(item)) => list.insert(index as usize, Element::once(item.clone())),
                    _ => list.push(Element {
                        value: Self::unknown(Why::Computed, at),
                        any_number: true,
                    }),
                }
            }
            ("pop", position) => {
                let list = &mut self.arena.lists[id.0];
                let is_counted = !list.iter().any(|item| item.any_number);
                let popped = match position {
                    None => list.pop(),
                    Some(position) => {
                        let index = position
                            .number()
                            .and_then(|number| super::statement::index_of(number, list.len()));
                        index.map(|index| list.remove(index))
                    }
                };
                return match popped.filter(|_| is_counted) {
                    Some(item) => item.value,
                    None => Self::unknown(Why::Computed, at),
                };
            }
            ("copy", _) => {
                let copy = self.arena.lists[id.0].clone();
                return Value::new(Kind::List(self.arena.list(copy)), at);
            }
            // A list of modules is moved to a device as others are.
            (name, _) if methods::gives_back(name) => return Value::new(Kind::List(id), at),
            ("reverse" | "sort" | "clear" | "remove", _) => {
                let unknown = Self::unknown(Why::Computed, at);
                self.arena.lists[id.0]
                    .iter_mut()
                    .for_each(|item| item.value = unknown.clone());
            }
            _ => return Self::unknown(Why::Computed, at),
        }
        Value::new(Kind::Nothing, at)
    }

    /// Adds items to a list.
    pub(super) fn extend(&mut self, id: ListId, items: Vec<Element<'p>>) {
        let list = &mut self.arena.lists[id.0];
        let room = MOST_ITEMS.saturating_sub(list.len());
        list.extend(items.into_iter().take(room));
    }

    fn of_table(&mut self, object: &Value<'p>, name: &str, arguments: &Arguments<'p>, at: TextRange) -> Value<'p> {
        let Kind::Table(id) = object.kind else {
            return Self::unknown(Why::Computed, at);
        };
        let pairs = self.arena.tables[id.0].clone();
        match name {
            "items" => {
                let mut items = Vec::new();
                for (key, value) in pairs {
                    let pair = vec![Element::once(key), Element::once(value)];
                    let pair = Value::new(Kind::List(self.arena.list(pair)), at);
                    items.push(Element::once(pair));
                }
                Value::new(Kind::List(self.arena.list(items)), at)
            }
            "values" | "keys" => {
                let items = pairs
                    .into_iter()
                    .map(|(key, value)| Element::once(if name == "keys" { key } else { value }));
                let items = items.collect();
                Value::new(Kind::List(self.arena.list(items)), at)
            }
            "get" | "pop" => {
                let key = arguments.positional.first();
                let found = key.and_then(|key| pairs.iter().rev().find(|(own, _)| own.is_same(key)));
                match (found, key.is_some_and(|key| !matches!(key.kind, Kind::Unknown(_)))) {
                    (Some((_, value)), _) => value.clone(),
                    (None, true) => {
                        let default = arguments.positional.get(1).cloned();
                        default.unwrap_or(Value::new(Kind::Nothing, at))
                    }
                    (None, false) => Self::unknown(Why::Computed, at),
                }
            }
            "update" => {
                let more = arguments.positional.first().map(|more| &more.kind);
                if let Some(Kind::Table(more)) = more {
                    let more = self.arena.tables[more.0].clone();
                    let own = &mut self.arena.tables[id.0];
                    let room = MOST_KEYS.saturating_sub(own.len());
                    own.extend(more.into_iter().take(room));
                }
                Value::new(Kind::Nothing, at)
            }
            name if methods::gives_back(name) => object.clone(),
            _ => Self::unknown(Why::Computed, at),
        }
    }
}
