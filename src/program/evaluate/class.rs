//! Classes of the program: what they define, how their objects are made, what their attributes are.

use std::collections::HashMap;
use std::rc::Rc;

use ruff_python_ast::{Stmt, StmtClassDef};
use ruff_text_size::{Ranged, TextRange};

use super::super::arena::{Arguments, Class, ClassId, Instance, InstanceId};
use super::super::methods;
use super::super::scope::{Binding, Scope};
use super::super::value::{Kind, Value, Why};
use super::Run;

/// What an object does when it is called, by what its class defines: the first that it does.
const CALLED: &[&str] = &["forward", "call", "__call__"];

impl<'p> Run<'p> {
    pub(super) fn class(&mut self, class: &'p StmtClassDef) {
        let mut own = Class {
            name: class.name.as_str(),
            members: HashMap::new(),
            parents: Vec::new(),
            libraries: Vec::new(),
            is_open: false,
        };
        let bases = class.arguments.iter().flat_map(|arguments| &arguments.args);
        for base in bases {
            match self.expression(base).kind {
                Kind::Class(id) => own.parents.push(id),
                Kind::Library(name) => own.libraries.push(name),
                _ => own.is_open = true,
            }
        }
        self.arena.classes.push(own);
        let id = ClassId(self.arena.classes.len() - 1);
        // What a class's body binds is not seen from its methods: they look names up in the scope around it.
        let around = Rc::clone(&self.scope);
        let body = Scope::within(&around);
        for statement in &class.body {
            match statement {
                Stmt::FunctionDef(def) => {
                    let function = self.function(def, Some(id));
                    body.bind(def.name.as_str(), function);
                }
                statement => {
                    self.in_scope(Rc::clone(&body), |run| run.block(std::slice::from_ref(statement)));
                }
            }
        }
        self.arena.classes[id.0].members = body.all();
        self.scope
            .bind(class.name.as_str(), Value::new(Kind::Class(id), class.name.range()));
    }

    /// An object of a class.
    pub(super) fn construct(&mut self, class: ClassId, arguments: Arguments<'p>, at: TextRange) -> Value<'p> {
        self.arena.instances.push(Instance {
            class,
            attributes: HashMap::new(),
            layers: None,
        });
        let id = InstanceId(self.arena.instances.len() - 1);
        let object = Value::new(Kind::Instance(id), at);
        match self.arena.member(class, "__init__") {
            Some((_, init)) => {
                if let Kind::Function(init) = init.kind {
                    self.enter(&init, Some(object.clone()), arguments, at);
                }
            }
            None => self.init_library(id, class, &arguments),
        }
        object
    }

    /// What the constructor of the library's class does that a class extends.
    fn init_library(&mut self, id: InstanceId, class: ClassId, arguments: &Arguments<'p>) {
        let libraries = self.arena.libraries(class);
        if libraries.iter().any(|name| methods::is_sequence(name)) {
            self.arena.instances[id.0].layers = self.layers_of(arguments);
        }
    }

    /// What `super()` stands for.
    pub(super) fn parent(&mut self, arguments: &Arguments<'p>, at: TextRange) -> Value<'p> {
        let named = match arguments.positional.first().map(|class| &class.kind) {
            Some(Kind::Class(class)) => Some(*class),
            _ => None,
        };
        match self.methods.last() {
            Some((Some(object), class)) => match (&object.kind, named.or(*class)) {
                (Kind::Instance(id), Some(class)) => Value::new(Kind::Parent(*id, class), at),
                _ => Self::unknown(Why::Computed, at),
            },
            _ => Self::unknown(Why::Computed, at),
        }
    }

    /// What a call of an object gives.
    pub(super) fn call_instance(&mut self, object: &Value<'p>, arguments: Arguments<'p>, at: TextRange) -> Value<'p> {
        let Kind::Instance(id) = object.kind else {
            return Self::unknown(Why::Computed, at);
        };
        let instance = &self.arena.instances[id.0];
        let class = instance.class;
        let layers = instance.layers.clone();
        for name in CALLED {
            if let Some(own) = self.arena.instances[id.0].attributes.get(*name).cloned() {
                return self.apply(&own, at, arguments, at);
            }
            if let Some((_, member)) = self.arena.member(class, name)
                && let Kind::Function(function) = member.kind
            {
                return self.enter(&function, Some(object.clone()), arguments, at);
            }
        }
        match layers {
            Some(layers) => self.one_after_another(&layers, arguments, at),
            None => Self::unknown(Why::Undefined, at),
        }
    }

    /// An attribute of a value.
    pub(super) fn attribute(&mut self, object: &Value<'p>, name: &str, at: TextRange) -> Value<'p> {
        match &object.kind {
            Kind::Library(library) => {
                let name = super::imports::canonical(&format!("{library}.{name}"));
                if let Some(own) = self.patched.get(&name) {
                    return own.clone();
                }
                Value::new(Kind::Library(name.into()), at)
            }
            Kind::Module(number) => self.of_module(*number, name, at),
            Kind::Instance(id) => {
                if let Some(own) = self.arena.instances[id.0].attributes.get(name) {
                    return own.clone();
                }
                let class = self.arena.instances[id.0].class;
                self.member(object, class, name, at)
            }
            Kind::Class(class) => match self.arena.member(*class, name) {
                Some((_, value)) => value,
                None => Self::unknown(Why::Undefined, at),
            },
            Kind::Parent(id, class) => self.member_of_parent(*id, *class, name, at),
            Kind::Made(id) => match self.arena.made(*id).attributes.get(name) {
                Some(own) => own.clone(),
                None => Self::method(object, name, at),
            },
            Kind::Unknown(why) => Self::unknown(*why, at),
            _ => Self::method(object, name, at),
        }
    }

    fn method(object: &Value<'p>, name: &str, at: TextRange) -> Value<'p> {
        Value::new(Kind::Method(Rc::new((object.clone(), name.into()))), at)
    }

    fn member(&mut self, object: &Value<'p>, class: ClassId, name: &str, at: TextRange) -> Value<'p> {
        match self.arena.member(class, name) {
            Some((_, value)) => self.bound(object, value, name, at),
            // A library's method, if it is one.
            None => Self::method(object, name, at),
        }
    }

    /// A class's member as its object has it.
    fn bound(&mut self, object: &Value<'p>, value: Value<'p>, name: &str, at: TextRange) -> Value<'p> {
        match &value.kind {
            Kind::Function(function) => match function.binding {
                Binding::Property => self.enter(function, Some(object.clone()), Arguments::default(), at),
                Binding::Static => value.clone(),
                Binding::Object | Binding::Class => Self::method(object, name, at),
            },
            _ => value,
        }
    }

    fn member_of_parent(&mut self, id: InstanceId, class: ClassId, name: &str, at: TextRange) -> Value<'p> {
        let parents = self.arena.classes[class.0].parents.clone();
        let found = parents.iter().find_map(|parent| self.arena.member(*parent, name));
        match found {
            Some((_, value)) => match value.kind {
                Kind::Function(_) => {
                    let parent = Value::new(Kind::Parent(id, class), at);
                    Self::method(&parent, name, at)
                }
                _ => value,
            },
            None => {
                let parent = Value::new(Kind::Parent(id, class), at);
                Self::method(&parent, name, at)
            }
        }
    }

    /// Calls a method of the class that the present one extends.
    pub(super) fn call_parent(
        &mut self,
        id: InstanceId,
        class: ClassId,
        name: &str,
        arguments: Arguments<'p>,
        at: TextRange,
    ) -> Value<'p> {
        let parents = self.arena.classes[class.0].parents.clone();
        let found = parents.iter().find_map(|parent| self.arena.member(*parent, name));
        let object = Value::new(Kind::Instance(id), at);
        match found {
            Some((_, value)) => match value.kind {
                Kind::Function(function) => self.enter(&function, Some(object), arguments, at),
                _ => Self::unknown(Why::Computed, at),
            },
            None if name == "__init__" => {
                self.init_library(id, class, &arguments);
                Value::new(Kind::Nothing, at)
            }
            // What `super().forward(x)` of a sequence does.
            None if CALLED.contains(&name) => match self.arena.instances[id.0].layers.clone() {
                Some(layers) => self.one_after_another(&layers, arguments, at),
                None => Self::unknown(Why::Undefined, at),
            },
            None => Self::unknown(Why::Undefined, at),
        }
    }

    pub(super) fn set_attribute(&mut self, object: &Value<'p>, name: &str, value: Value<'p>) {
        match &object.kind {
            Kind::Instance(id) => {
                self.arena.instances[id.0].attributes.insert(name.into(), value);
            }
            Kind::Made(id) => {
                self.arena.made[id.0].attributes.insert(name.into(), value);
            }
            Kind::Library(library) => {
                let name = super::imports::canonical(&format!("{library}.{name}"));
                self.patched.insert(name, value);
            }
            Kind::Method(method) => {
                // `net.roi_heads.box_predictor = …`: something within a library's network was exchanged.
                let (object, inner) = &**method;
                if let Kind::Made(id) = &object.kind {
                    let key = format!("{inner}.{name}");
                    self.arena.made[id.0].attributes.insert(key.into(), value);
                }
            }
            _ => {}
        }
    }
}
