//! One run of a program: what is bound to which name, what was made, what happened, in order.

mod branch;
mod builtin;
mod call;
mod class;
mod container;
mod data;
mod expression;
mod imports;
mod method;
mod statement;
mod trainer;
mod unused;

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use ruff_python_ast::ModModule;
use ruff_text_size::{TextRange, TextSize};

use super::arena::{Arena, Arguments};
use super::budget::{DEEPEST_EXPRESSION, LONGEST_TEXT, MOST_STEPS};
use super::scope::Scope;
use super::sources::Sources;
use super::value::{Kind, Value, Why};
use super::worlds::Choices;

/// What stands in a program that trains, or that others train.
const TRAINS: &[&str] = &[
    "backward(",
    ".fit(",
    "training_step",
    "apply_gradients",
    "minimize(",
    ".step(",
    "train_step",
    "Trainer",
    "grad(",
    "value_and_grad",
];

/// Something that a program does with a model besides calling it.
#[derive(Clone, Debug)]
pub struct Event<'p> {
    /// The method: `compile`, `fit`.
    pub method: Box<str>,
    /// What it is called on.
    pub model: Value<'p>,
    /// What the model gives at that moment.
    pub outputs: Vec<Value<'p>>,
    /// What a loss of the program's own makes of that.
    pub loss: Option<Value<'p>>,
    /// The arguments.
    pub arguments: Arguments<'p>,
    /// The whole call.
    pub at: TextRange,
    /// The name of the method in it.
    pub method_at: TextRange,
}

/// One run of a program.
pub struct Run<'p> {
    /// All that its values hold.
    pub arena: Arena<'p>,
    /// What happened, in order.
    pub events: Vec<Event<'p>>,
    /// What is trained by its gradient: on which `backward` is called, or what a training step gives back.
    pub trained: Vec<Value<'p>>,
    sources: &'p Sources<'p>,
    choices: Choices,
    asked: Vec<(Box<str>, bool)>,
    steps: u32,
    calls: u32,
    depth: u32,
    /// How many blocks are around in which nothing is trained.
    inference: u32,
    /// How many blocks are around of which the gradient is taken.
    tapes: u32,
    scope: Rc<Scope<'p>>,
    module: Rc<Scope<'p>>,
    /// The names of the project's other modules that were imported, by the number of their file.
    modules: HashMap<usize, Rc<Scope<'p>>>,
    /// The folder of the module that runs, from the program's own, with `/` behind each.
    folder: String,
    /// Names of libraries that the program binds anew.
    patched: HashMap<String, Value<'p>>,
    /// Functions that were called, by where they stand.
    entered: HashSet<TextSize>,
    /// The objects and classes of the methods that are running.
    methods: Vec<(Option<Value<'p>>, Option<super::arena::ClassId>)>,
}

/// Where a statement leads.
enum Flow<'p> {
    Next,
    Break,
    Continue,
    Return(Value<'p>),
    Raise,
}

impl<'p> Run<'p> {
    /// Runs a module, then what nothing in it calls.
    pub fn of(sources: &'p Sources<'p>, module: &'p ModModule, choices: Choices) -> Self {
        let scope = Rc::new(Scope::default());
        let mut run = Self {
            arena: Arena::default(),
            events: Vec::new(),
            trained: Vec::new(),
            sources,
            modules: HashMap::new(),
            folder: String::new(),
            choices,
            asked: Vec::new(),
            steps: 0,
            calls: 0,
            depth: 0,
            inference: 0,
            tapes: 0,
            scope: Rc::clone(&scope),
            module: scope,
            patched: HashMap::new(),
            entered: HashSet::new(),
            methods: Vec::new(),
        };
        run.block(&module.body);
        run.enter_unused();
        run
    }

    /// How many statements and expressions were taken.
    pub fn steps(&self) -> u32 {
        self.steps
    }

    /// The conditions that are not known, in the order in which they were met, and which side was taken.
    pub fn asked(&self) -> &[(Box<str>, bool)] {
        &self.asked
    }

    /// Whether anything in the program trains: else its losses explain something.
    pub fn trains(&self) -> bool {
        TRAINS.iter().any(|sign| self.sources.own_text().contains(sign))
    }

    /// The files that it runs.
    pub fn trees(&self) -> impl Iterator<Item = &'p crate::syntax::Tree> {
        self.sources.trees()
    }

    /// Whether gradients are taken from what stands in blocks for that.
    pub fn has_tapes(&self) -> bool {
        self.sources.own_text().contains("GradientTape")
    }

    /// The place in its file.
    pub fn location(&self, at: TextRange) -> crate::span::Location {
        self.sources.location(at)
    }

    /// The text at a place.
    pub fn written(&self, at: TextRange) -> &'p str {
        self.sources.written(at)
    }

    /// Takes one step further down; `None` when there were enough.
    fn deeper<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.steps += 1;
        if self.steps > MOST_STEPS || self.depth >= DEEPEST_EXPRESSION {
            return None;
        }
        self.depth += 1;
        let done = work(self);
        self.depth -= 1;
        Some(done)
    }

    fn is_spent(&self) -> bool {
        self.steps > MOST_STEPS
    }

    /// Works in another scope.
    fn in_scope<T>(&mut self, scope: Rc<Scope<'p>>, work: impl FnOnce(&mut Self) -> T) -> T {
        let before = std::mem::replace(&mut self.scope, scope);
        let done = work(self);
        self.scope = before;
        done
    }

    /// A text of the program's own making.
    fn text(text: &str, at: TextRange) -> Value<'p> {
        match text.len() <= LONGEST_TEXT {
            true => Value::new(Kind::Text(text.into()), at),
            false => Self::unknown(Why::Budget, at),
        }
    }

    fn unknown(why: Why, at: TextRange) -> Value<'p> {
        Value::unknown(why, at)
    }
}
