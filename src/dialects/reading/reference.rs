//! How configurations name a class or a function and pass arguments to it: the spellings that all dialects share.

use super::symbol;
use crate::ir::Room;
use crate::knowledge::{Row, parameters};
use crate::span::Location;
use crate::syntax::NodeRef;
use crate::syntax::expressions::OPEN;

/// A class or function that a configuration names, with where its arguments stand.
#[derive(Clone, Copy, Debug)]
pub struct Reference<'t> {
    /// The name as written: `mse`, `Dense`, `torch.nn.Linear`.
    pub name: &'t str,
    /// The text that says the name.
    pub name_node: NodeRef<'t>,
    /// The module, when it is given apart from the name.
    pub module: Option<&'t str>,
    /// The object that holds the named arguments, if there is one.
    pub arguments: Option<NodeRef<'t>>,
    /// The list that holds arguments by position, if there is one; or what stands for arguments that are filled in elsewhere.
    pub positional: Option<NodeRef<'t>>,
    /// Everything that belongs to it.
    pub whole: NodeRef<'t>,
    /// A function that is serialised by its name only: a built-in one or the user's own.
    pub is_plain_function: bool,
    /// A class or function that a project has registered under a package of its own.
    pub is_registered: bool,
    /// Whether the key that names it takes a dotted path: `_target_`, `class_path`.
    pub takes_path: bool,
    /// Whether the name is the YAML tag of `name_node`, not its text.
    pub is_tag: bool,
}

/// What a configuration gives for a parameter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Given<'t> {
    /// This value.
    Is(NodeRef<'t>),
    /// Nothing: the default holds.
    Absent,
    /// Perhaps something: here stand arguments that cannot be told apart.
    Unreadable(NodeRef<'t>),
}

impl<'t> Given<'t> {
    /// The value, when one is given that is not null.
    pub fn value(self) -> Option<NodeRef<'t>> {
        match self {
            Self::Is(node) if !node.is_null() => Some(node),
            _ => None,
        }
    }
}

/// Keys that name a class, with the keys under which its arguments may stand. Without one of those, they stand beside it.
const SPELLINGS: &[(&str, &[&str])] = &[
    ("_target_", &[]),
    ("class_path", &["init_args", "dict_kwargs"]),
    ("class_name", &["config"]),
    ("type", ARGUMENT_KEYS),
    ("name", ARGUMENT_KEYS),
    ("arch", ARGUMENT_KEYS),
    ("architecture", ARGUMENT_KEYS),
    ("model_name", ARGUMENT_KEYS),
];

/// Keys that name a class by its dotted path.
const PATH_KEYS: &[&str] = &["_target_", "class_path"];

/// The key that has to be made for arguments where a class is named by this one and none are given.
const MADE_FOR_ARGUMENTS: &[(&str, &str)] = &[("class_path", "init_args")];

const ARGUMENT_KEYS: &[&str] = &[
    "args",
    "init_args",
    "kwargs",
    "params",
    "parameters",
    "config",
    "options",
];

impl<'t> Reference<'t> {
    /// Reads a name alone, or an object that names a class in one of the known spellings; what stands for another value of
    /// the file is that value.
    pub fn read(node: NodeRef<'t>) -> Option<Self> {
        let node = symbol::follow(node);
        if let Some(name) = node.as_str() {
            return Some(Self::of_name(name, node, node));
        }
        SPELLINGS
            .iter()
            .find_map(|(key, argument_keys)| Self::from_object(node, key, argument_keys))
    }

    /// A class or function in a spelling of a format's own. `arguments` holds them by name or, when it is a list, by position.
    pub fn named(name: &'t str, name_node: NodeRef<'t>, arguments: Option<NodeRef<'t>>, whole: NodeRef<'t>) -> Self {
        Self {
            arguments: arguments.filter(|arguments| arguments.is_object()),
            positional: arguments.filter(|arguments| arguments.is_array()),
            ..Self::of_name(name, name_node, whole)
        }
    }

    fn of_name(name: &'t str, name_node: NodeRef<'t>, whole: NodeRef<'t>) -> Self {
        Self {
            name,
            name_node,
            module: None,
            arguments: None,
            positional: None,
            whole,
            is_plain_function: false,
            is_registered: false,
            takes_path: false,
            is_tag: false,
        }
    }

    fn from_object(node: NodeRef<'t>, key: &str, argument_keys: &[&str]) -> Option<Self> {
        let name_node = node.get(key)?;
        let name = without_constructor(name_node.as_str()?);
        let mut reference = Self::of_name(name, name_node, node);
        reference.module = node.get("module").and_then(NodeRef::as_str);
        reference.is_registered = is_registered(node);
        reference.takes_path = PATH_KEYS.contains(&key);
        if key == "class_name" && name == "function" {
            return Self::function(node, reference);
        }
        let given = argument_keys.iter().find_map(|key| node.get(key)).map(symbol::follow);
        reference.arguments = match given {
            Some(arguments) if arguments.is_object() => Some(arguments),
            Some(_) => None,
            None => Some(node),
        };
        let is_elsewhere = |arguments: NodeRef<'_>| arguments.as_str().is_some_and(symbol::is_symbolic);
        reference.positional = given
            .or(node.get("_args_").map(symbol::follow))
            .filter(|arguments| arguments.is_array() || is_elsewhere(*arguments));
        Some(reference)
    }

    /// Keras writes a plain function as `{"class_name": "function", "config": "its_name"}`.
    fn function(node: NodeRef<'t>, mut reference: Self) -> Option<Self> {
        let name = node.get("config")?;
        reference.name = name.as_str()?;
        reference.name_node = name;
        reference.is_plain_function = true;
        Some(reference)
    }

    /// What is given for a parameter of the row that the name leads to: under its key, or at its position. `a.b` is what
    /// stands under `b` in the argument `a`.
    pub fn given_for<R: Row>(&self, row: &R, name: &str) -> Given<'t> {
        let (own, below) = name.split_once('.').unwrap_or((name, ""));
        let given = match (self.argument(name), self.open()) {
            (Some(node), _) => return Given::Is(node),
            (None, Some(open)) => Given::Unreadable(open),
            (None, None) => self.by_position(row, own),
        };
        match given {
            Given::Is(node) if !below.is_empty() => {
                let value = below.split('.').try_fold(node, |around, key| around.get(key));
                value.map_or(Given::Absent, |value| Given::Is(symbol::follow(value)))
            }
            given => given,
        }
    }

    /// What stands for arguments that are not told apart: `**options` in a call.
    fn open(&self) -> Option<NodeRef<'t>> {
        let arguments = self.arguments.filter(|arguments| arguments.is_in_expression());
        arguments?.get(OPEN)
    }

    /// What stands at the position of a parameter. Where the order of the parameters is not known, it could be anything.
    fn by_position<R: Row>(&self, row: &R, name: &str) -> Given<'t> {
        let Some(list) = self.positional else {
            return Given::Absent;
        };
        let count = list.items().count();
        if list.is_array() && count == 0 {
            return Given::Absent;
        }
        let Some(parameters) = parameters(row, self.name).filter(|_| list.is_array()) else {
            return Given::Unreadable(list);
        };
        let position = parameters.iter().position(|own| own == name);
        let is_spread = |item: &NodeRef<'_>| item.is_in_expression() && item.text().starts_with("$*");
        let spread = list.items().position(|item| is_spread(&item));
        match position {
            Some(position) if spread.is_some_and(|spread| spread <= position) => Given::Unreadable(list),
            Some(position) => {
                let item = list.items().nth(position);
                item.map_or(Given::Absent, |item| Given::Is(symbol::follow(item)))
            }
            // More than the known ones: one of them could be this.
            None if count > parameters.len() || spread.is_some() => Given::Unreadable(list),
            None => Given::Absent,
        }
    }

    /// The names of the parameters that are given by position, as far as their order is known.
    pub fn names_by_position<R: Row>(&self, row: &R) -> impl Iterator<Item = &'static str> {
        let count = self.positional.map_or(0, |list| list.items().count());
        let parameters = parameters(row, self.name).unwrap_or_default();
        parameters.iter().take(count).map(String::as_str)
    }

    /// The value of an argument that stands under its key; `a.b` is what stands under `b` in the argument `a`.
    pub fn argument(&self, name: &str) -> Option<NodeRef<'t>> {
        let value = name
            .split('.')
            .try_fold(self.arguments?, |around, key| around.get(key))?;
        Some(symbol::follow(value))
    }

    /// Where a further argument by name goes, if there is a place for it.
    pub fn room(&self) -> Option<Room> {
        let arguments = self.arguments?;
        let beside_the_name = arguments == self.whole;
        let under = MADE_FOR_ARGUMENTS
            .iter()
            .find(|(key, _)| beside_the_name && self.whole.get(key) == Some(self.name_node));
        Some(Room {
            into: arguments.at(),
            under: under.map(|(_, made)| (*made).to_owned()),
        })
    }

    /// The place of the name.
    pub fn at(&self) -> Location {
        let at = self.name_node.at();
        let tag = self.name_node.tag_span().filter(|_| self.is_tag);
        Location {
            span: tag.unwrap_or(at.span),
            ..at
        }
    }

    /// The keys and values of the named arguments. Where they stand beside the name, that is none of them.
    pub fn given(&self) -> impl Iterator<Item = (NodeRef<'t>, NodeRef<'t>)> {
        let members = self.arguments.into_iter().flat_map(NodeRef::members);
        let name_node = self.name_node;
        members.filter(move |(_, value)| *value != name_node)
    }

    /// The name behind the last dot.
    pub fn bare_name(&self) -> &'t str {
        bare(self.name)
    }

    /// The name with its module in front, when the module is given apart.
    pub fn qualified_name(&self) -> Option<String> {
        self.module.map(|module| format!("{module}.{}", self.name))
    }
}

/// Whether Keras wrote the object down as a project's own: `registered_name` is `package>name`. What Keras has itself is
/// written with `null`.
fn is_registered(node: NodeRef<'_>) -> bool {
    let name = node.get("registered_name").and_then(NodeRef::as_str);
    name.and_then(|name| name.split_once('>'))
        .is_some_and(|(package, _)| !package.eq_ignore_ascii_case("keras"))
}

/// The class of a constructor that is a method: `Model` for `Model.from_pretrained`.
fn without_constructor(name: &str) -> &str {
    let is_class = |part: &str| part.starts_with(|c: char| c.is_ascii_uppercase());
    match name.rsplit_once('.') {
        Some((class, method)) if is_class(bare(class)) && !is_class(method) => class,
        _ => name,
    }
}

/// A dotted name's last part.
pub fn bare(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(_, last)| last)
}
