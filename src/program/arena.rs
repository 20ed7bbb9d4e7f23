//! What the values of one run hold: lists, dictionaries, objects and what calls gave, each by its number.

use std::collections::HashMap;
use std::rc::Rc;

use ruff_text_size::TextRange;

use super::value::Value;

macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident,)*) => {
        $($(#[$meta])* #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)] pub struct $name(pub usize);)*
    };
}

ids! {
    /// Names a list.
    ListId,
    /// Names a dictionary.
    TableId,
    /// Names a class of the program.
    ClassId,
    /// Names an object of such a class.
    InstanceId,
    /// Names what a call gave.
    MadeId,
}

/// All that values of one run hold.
#[derive(Default)]
pub struct Arena<'p> {
    /// Lists and tuples.
    pub lists: Vec<Vec<Element<'p>>>,
    /// Dictionaries, in their order.
    pub tables: Vec<Vec<(Value<'p>, Value<'p>)>>,
    /// Classes.
    pub classes: Vec<Class<'p>>,
    /// Objects.
    pub instances: Vec<Instance<'p>>,
    /// What calls gave, in their order.
    pub made: Vec<Made<'p>>,
}

/// An item of a list.
#[derive(Clone, Debug)]
pub struct Element<'p> {
    /// The item.
    pub value: Value<'p>,
    /// Whether it stands there any number of times, none perhaps: it was added in a loop.
    pub any_number: bool,
}

/// A class of the program.
pub struct Class<'p> {
    /// Its name.
    pub name: &'p str,
    /// What stands in its body.
    pub members: HashMap<&'p str, Value<'p>>,
    /// The classes of the program that it extends.
    pub parents: Vec<ClassId>,
    /// The library's classes that it extends.
    pub libraries: Vec<Rc<str>>,
    /// Whether it extends something that is not known.
    pub is_open: bool,
}

/// An object of a class of the program.
pub struct Instance<'p> {
    /// Its class.
    pub class: ClassId,
    /// Its attributes.
    pub attributes: HashMap<Box<str>, Value<'p>>,
    /// What a sequence of layers that it extends was given.
    pub layers: Option<Vec<Element<'p>>>,
}

/// What a call gave: an object of a library's class, or a tensor.
#[derive(Clone, Debug)]
pub struct Made<'p> {
    /// What was called.
    pub callee: Callee,
    /// Where that is written.
    pub callee_at: TextRange,
    /// The arguments.
    pub arguments: Arguments<'p>,
    /// The whole call.
    pub at: TextRange,
    /// Attributes that were set later.
    pub attributes: HashMap<Box<str>, Value<'p>>,
    /// The layers, if it is a sequence of them.
    pub layers: Option<Vec<Element<'p>>>,
    /// Whether it was made where nothing is trained (`torch.no_grad()`).
    pub is_inference: bool,
    /// Whether it was made where what is computed is remembered for its gradient (`tf.GradientTape()`).
    pub is_taped: bool,
    /// Whether it is data that is trained on, or prepares it: no network and nothing that one gave.
    pub is_data: bool,
}

/// What was called.
#[derive(Clone, Debug, PartialEq)]
pub enum Callee {
    /// What a library calls by this name.
    Library(Rc<str>),
    /// What another call gave.
    Made(MadeId),
    /// A method of the first argument.
    Method(Box<str>),
    /// An operator.
    Operator(&'static str),
}

/// The arguments of a call.
#[derive(Clone, Debug, Default)]
pub struct Arguments<'p> {
    /// By position.
    pub positional: Vec<Value<'p>>,
    /// By name, with the place of the name.
    pub named: Vec<(Rc<str>, TextRange, Value<'p>)>,
    /// Where `*` or `**` stands, behind which there may be more.
    pub open: Option<TextRange>,
}

impl<'p> Arguments<'p> {
    /// By position only.
    pub fn of(positional: Vec<Value<'p>>) -> Self {
        Self {
            positional,
            ..Self::default()
        }
    }

    /// What stands at a position or under a name.
    pub fn get(&self, position: usize, name: &str) -> Option<&Value<'p>> {
        self.under(name).or_else(|| self.positional.get(position))
    }

    /// What stands under a name.
    pub fn under(&self, name: &str) -> Option<&Value<'p>> {
        let mut named = self.named.iter();
        named.find(|(own, ..)| &**own == name).map(|(_, _, value)| value)
    }

    /// All values.
    pub fn all(&self) -> impl Iterator<Item = &Value<'p>> {
        self.positional
            .iter()
            .chain(self.named.iter().map(|(_, _, value)| value))
    }
}

impl<'p> Arena<'p> {
    /// Keeps a list.
    pub fn list(&mut self, items: Vec<Element<'p>>) -> ListId {
        self.lists.push(items);
        ListId(self.lists.len() - 1)
    }

    /// Keeps what a call gave.
    pub fn make(&mut self, made: Made<'p>) -> MadeId {
        self.made.push(made);
        MadeId(self.made.len() - 1)
    }

    /// What a call gave.
    pub fn made(&self, id: MadeId) -> &Made<'p> {
        &self.made[id.0]
    }

    /// A member of a class or of those that it extends.
    pub fn member(&self, class: ClassId, name: &str) -> Option<(ClassId, Value<'p>)> {
        let own = &self.classes[class.0];
        if let Some(value) = own.members.get(name) {
            return Some((class, value.clone()));
        }
        own.parents.iter().find_map(|parent| self.member(*parent, name))
    }

    /// The library's classes that a class extends, through others too.
    pub fn libraries(&self, class: ClassId) -> Vec<Rc<str>> {
        let own = &self.classes[class.0];
        let mut all = own.libraries.clone();
        for parent in &own.parents {
            all.extend(self.libraries(*parent));
        }
        all
    }

    /// Whether a class or one that it extends extends something that is not known.
    pub fn is_open(&self, class: ClassId) -> bool {
        let own = &self.classes[class.0];
        own.is_open || own.parents.iter().any(|parent| self.is_open(*parent))
    }
}

impl<'p> Element<'p> {
    /// An item that stands there once.
    pub fn once(value: Value<'p>) -> Self {
        Self {
            value,
            any_number: false,
        }
    }
}
