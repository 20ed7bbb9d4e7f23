//! What nothing in the program calls: functions, and methods that a trainer of a library will call.

use std::rc::Rc;

use super::super::arena::{Arguments, ClassId, InstanceId};
use super::super::scope::{Function, Written};
use super::super::value::{Kind, Value, Why};
use super::Run;

impl<'p> Run<'p> {
    /// Enters, once each, what was defined and not called: with parameters that are not known.
    pub(super) fn enter_unused(&mut self) {
        self.methods_of_objects();
        for class in 0..self.arena.classes.len() {
            let class = ClassId(class);
            let has_object = self.arena.instances.iter().any(|instance| instance.class == class);
            let is_extended = self.arena.classes.iter().any(|other| other.parents.contains(&class));
            if !has_object && !is_extended && !self.arena.is_open(class) {
                let at = self.class_at(class);
                let arguments = self.unknown_arguments(class);
                self.construct(class, arguments, at);
            }
        }
        self.methods_of_objects();
        let mut functions: Vec<Rc<Function<'p>>> = self.module.all().into_values().filter_map(function).collect();
        functions.sort_by_key(|function| function.at().start());
        for function in functions {
            if !self.entered.contains(&function.at().start()) {
                self.enter_with_nothing(&function, None);
            }
        }
    }

    fn class_at(&self, class: ClassId) -> ruff_text_size::TextRange {
        let name = self.arena.classes[class.0].name;
        self.module.get(name).map_or(Default::default(), |value| value.at)
    }

    /// Arguments for a constructor that nobody calls: every parameter is not known.
    fn unknown_arguments(&self, class: ClassId) -> Arguments<'p> {
        Arguments {
            open: Some(self.class_at(class)),
            ..Arguments::default()
        }
    }

    /// The methods of all objects that no one called, those first that train.
    fn methods_of_objects(&mut self) {
        for id in 0..self.arena.instances.len() {
            let class = self.arena.instances[id].class;
            let object = Value::new(Kind::Instance(InstanceId(id)), self.class_at(class));
            for function in self.methods_of(class) {
                if !self.entered.contains(&function.at().start()) {
                    self.enter_with_nothing(&function, Some(object.clone()));
                }
            }
        }
    }

    fn methods_of(&self, class: ClassId) -> Vec<Rc<Function<'p>>> {
        let own = &self.arena.classes[class.0];
        let mut methods: Vec<Rc<Function<'p>>> = own.members.values().cloned().filter_map(function).collect();
        for parent in &own.parents {
            methods.extend(self.methods_of(*parent));
        }
        methods.retain(|method| match method.written {
            Written::Def(def) => !def.name.as_str().starts_with("__"),
            Written::Lambda(_) => false,
        });
        methods.sort_by_key(|method| method.at().start());
        methods
    }

    fn enter_with_nothing(&mut self, function: &Rc<Function<'p>>, object: Option<Value<'p>>) {
        let at = function.at();
        let arguments = Arguments {
            open: Some(at),
            ..Arguments::default()
        };
        if !self.is_spent() {
            let value = self.enter(function, object, arguments, at);
            if let Written::Def(def) = function.written
                && def.name.as_str() == "training_step"
            {
                self.trained.push(value);
            }
        }
    }
}

fn function(value: Value<'_>) -> Option<Rc<Function<'_>>> {
    match value.kind {
        Kind::Function(function) => Some(function),
        Kind::Unknown(Why::Branch) => None,
        _ => None,
    }
}
