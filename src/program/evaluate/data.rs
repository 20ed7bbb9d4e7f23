//! Data that a program trains on: what is data and no network, and what a loop over it is given.

use ruff_text_size::TextRange;

use super::super::arena::{Arguments, Callee, Element};
use super::super::methods;
use super::super::value::{Kind, Value, Why};
use super::Run;

impl<'p> Run<'p> {
    /// A method of what a program trains on, or of what prepares it.
    pub(super) fn of_data(
        &mut self,
        object: &Value<'p>,
        name: &str,
        name_at: TextRange,
        arguments: Arguments<'p>,
        at: TextRange,
    ) -> Value<'p> {
        if name == "fit" {
            return object.clone();
        }
        let mut all = arguments;
        all.positional.insert(0, object.clone());
        self.make(Callee::Method(name.into()), name_at, all, at)
    }

    /// Whether a value is data that a program trains on, or made of such: no network.
    pub(super) fn is_data(&self, value: &Value<'p>) -> bool {
        match &value.kind {
            Kind::Made(id) => self.arena.made(*id).is_data,
            Kind::Method(method) => self.is_data(&method.0),
            _ => false,
        }
    }

    /// The same of what a call gives.
    pub(super) fn gives_data(&self, callee: &Callee, arguments: &Arguments<'p>) -> bool {
        let given = &arguments.positional;
        match callee {
            Callee::Library(name) => methods::makes_data(name),
            Callee::Operator("<" | ">" | "<=" | ">=" | "==" | "!=") => true,
            Callee::Operator(_) => {
                let is_made = |value: &Value<'p>| matches!(value.kind, Kind::Made(_));
                given.iter().any(|one| self.is_data(one)) && given.iter().all(|one| !is_made(one) || self.is_data(one))
            }
            Callee::Method(_) => given.first().is_some_and(|object| self.is_data(object)),
            Callee::Made(_) => false,
        }
    }

    /// What a loop over data is given: what the program's own class of samples gives for one that is not known, else a part.
    pub(super) fn each_of_data(&mut self, over: &Value<'p>) -> Value<'p> {
        if let Some(counted) = self.first_of_operator(over, "enumerate") {
            let number = Self::unknown(Why::Loop, over.at);
            let pair = vec![Element::once(number), Element::once(self.each_of_data(&counted))];
            return Value::new(Kind::List(self.arena.list(pair)), over.at);
        }
        match self.own_sample(over) {
            Some(sample) => sample,
            None => self.operator("each", vec![over.clone()], over.at),
        }
    }

    fn first_of_operator(&self, value: &Value<'p>, operator: &str) -> Option<Value<'p>> {
        let Kind::Made(id) = value.kind else { return None };
        let made = self.arena.made(id);
        let is_meant = matches!(made.callee, Callee::Operator(own) if own == operator);
        made.arguments.positional.first().filter(|_| is_meant).cloned()
    }

    /// A sample of a class of the program's own, through loaders and parts.
    fn own_sample(&mut self, over: &Value<'p>) -> Option<Value<'p>> {
        let Kind::Made(id) = over.kind else {
            let Kind::Instance(id) = over.kind else { return None };
            let class = self.arena.instances[id.0].class;
            let (_, member) = self.arena.member(class, "__getitem__")?;
            let Kind::Function(function) = member.kind else {
                return None;
            };
            let number = Self::unknown(Why::Loop, over.at);
            return Some(self.enter(&function, Some(over.clone()), Arguments::of(vec![number]), over.at));
        };
        let made = self.arena.made(id);
        let is_loader = match &made.callee {
            Callee::Library(name) => methods::hands_samples_on(name) && made.arguments.under("collate_fn").is_none(),
            Callee::Operator(operator) => *operator == "[]",
            _ => false,
        };
        let inner = made.arguments.get(0, "dataset").filter(|_| is_loader)?.clone();
        self.own_sample(&inner)
    }
}
