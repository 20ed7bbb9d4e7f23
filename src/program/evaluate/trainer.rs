//! A trainer of a library that is given a model of the program's own: its training step is called with what the loader gives.

use ruff_text_size::TextRange;

use super::super::arena::{Arguments, Callee};
use super::super::methods;
use super::super::value::{Kind, Value, Why};
use super::Run;

/// The method of a model that makes a loss of a batch.
const STEP: &str = "training_step";
/// The method that gives the loader, of a model or of what holds its data.
const LOADER: &str = "train_dataloader";
/// Methods that are called before.
const BEFORE: &[&str] = &["prepare_data", "setup"];

impl<'p> Run<'p> {
    /// What `trainer.fit(model, loader)` does, once for a model.
    pub(super) fn fit_by_a_trainer(&mut self, trainer: &Value<'p>, arguments: &Arguments<'p>, at: TextRange) {
        let Kind::Made(id) = trainer.kind else { return };
        let is_trainer = match &self.arena.made(id).callee {
            Callee::Library(name) => methods::is_trainer(name),
            _ => false,
        };
        let Some(model) = arguments.get(0, "model").filter(|_| is_trainer).cloned() else {
            return;
        };
        let given = arguments
            .get(1, "train_dataloaders")
            .or_else(|| arguments.under("datamodule"));
        let given = given.cloned().unwrap_or_else(|| model.clone());
        let Some(loader) = self.loader_of(given, at) else {
            return;
        };
        if !self.is_data(&loader) || !self.has_method(&model, STEP) {
            return;
        }
        let batch = self.each_of_data(&loader);
        let number = Self::unknown(Why::Loop, at);
        if let Some(loss) = self.call_own(&model, STEP, vec![batch, number], at) {
            self.trained.push(loss);
        }
    }

    /// The loader that is given, or that an object of the program's own gives.
    fn loader_of(&mut self, given: Value<'p>, at: TextRange) -> Option<Value<'p>> {
        if !matches!(given.kind, Kind::Instance(_)) {
            return Some(given);
        }
        if !self.has_method(&given, LOADER) {
            return None;
        }
        for method in BEFORE {
            let arguments = match *method {
                "setup" => vec![Self::text("fit", at)],
                _ => Vec::new(),
            };
            self.call_own(&given, method, arguments, at);
        }
        self.call_own(&given, LOADER, Vec::new(), at)
    }

    fn has_method(&self, object: &Value<'p>, name: &str) -> bool {
        let Kind::Instance(id) = object.kind else { return false };
        self.arena.member(self.arena.instances[id.0].class, name).is_some()
    }

    /// Calls a method of the program's own, if it is one.
    fn call_own(&mut self, object: &Value<'p>, name: &str, given: Vec<Value<'p>>, at: TextRange) -> Option<Value<'p>> {
        let Kind::Instance(id) = object.kind else { return None };
        let (_, member) = self.arena.member(self.arena.instances[id.0].class, name)?;
        let Kind::Function(function) = member.kind else {
            return None;
        };
        Some(self.enter(&function, Some(object.clone()), Arguments::of(given), at))
    }
}
