//! Names and what they are bound to: scopes, and the functions that remember theirs.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use ruff_python_ast::{ExprLambda, StmtFunctionDef};
use ruff_text_size::{Ranged, TextRange};

use super::arena::ClassId;
use super::value::Value;

/// The names of a module, of a function's call or of a class's body.
#[derive(Debug, Default)]
pub struct Scope<'p> {
    names: RefCell<HashMap<&'p str, Value<'p>>>,
    /// Names that are bound in the module's scope instead.
    globals: RefCell<HashSet<&'p str>>,
    around: Option<Rc<Scope<'p>>>,
    /// Modules of libraries of which all names were taken.
    stars: RefCell<Vec<String>>,
}

impl<'p> Scope<'p> {
    /// A scope within another.
    pub fn within(around: &Rc<Self>) -> Rc<Self> {
        Rc::new(Self {
            around: Some(Rc::clone(around)),
            ..Self::default()
        })
    }

    /// What a name is bound to, here or around.
    pub fn get(&self, name: &str) -> Option<Value<'p>> {
        let own = self.names.borrow().get(name).cloned();
        own.or_else(|| self.around.as_ref()?.get(name))
    }

    /// What a name is bound to here.
    pub fn own(&self, name: &str) -> Option<Value<'p>> {
        self.names.borrow().get(name).cloned()
    }

    /// Binds a name.
    pub fn bind(&self, name: &'p str, value: Value<'p>) {
        match &self.around {
            Some(around) if self.globals.borrow().contains(name) => around.bind_outermost(name, value),
            _ => {
                self.names.borrow_mut().insert(name, value);
            }
        }
    }

    fn bind_outermost(&self, name: &'p str, value: Value<'p>) {
        match &self.around {
            Some(around) => around.bind_outermost(name, value),
            None => {
                self.names.borrow_mut().insert(name, value);
            }
        }
    }

    /// Says that a name is the module's.
    pub fn declare_global(&self, name: &'p str) {
        self.globals.borrow_mut().insert(name);
    }

    /// Takes all names of a library's module.
    pub fn add_star(&self, module: String) {
        self.stars.borrow_mut().push(module);
    }

    /// The modules of libraries whose names were all taken here or around, the latest first.
    pub fn stars(&self) -> Vec<String> {
        let mut all: Vec<String> = self.stars.borrow().iter().rev().cloned().collect();
        all.extend(self.around.iter().flat_map(|around| around.stars()));
        all
    }

    /// Takes a name away.
    pub fn forget(&self, name: &str) {
        self.names.borrow_mut().remove(name);
    }

    /// All names that are bound here.
    pub fn all(&self) -> HashMap<&'p str, Value<'p>> {
        self.names.borrow().clone()
    }
}

/// A function of the program with the scope that it was made in.
#[derive(Debug)]
pub struct Function<'p> {
    /// How it is written.
    pub written: Written<'p>,
    /// The defaults of its parameters, as they were when it was made.
    pub defaults: HashMap<&'p str, Value<'p>>,
    /// Where its free names are looked up.
    pub scope: Rc<Scope<'p>>,
    /// The class of which it is a method.
    pub class: Option<ClassId>,
    /// What its decorators make of it.
    pub binding: Binding,
}

/// How a function is written.
#[derive(Debug, Clone, Copy)]
pub enum Written<'p> {
    /// With `def`.
    Def(&'p StmtFunctionDef),
    /// As a lambda.
    Lambda(&'p ExprLambda),
}

/// What the first argument of a method is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Binding {
    /// The object.
    Object,
    /// The object, and the call is left out.
    Property,
    /// The class.
    Class,
    /// Nothing.
    Static,
}

impl Function<'_> {
    /// Where it stands.
    pub fn at(&self) -> TextRange {
        match self.written {
            Written::Def(def) => def.range(),
            Written::Lambda(lambda) => lambda.range(),
        }
    }
}
