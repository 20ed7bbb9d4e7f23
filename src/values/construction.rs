//! What is called with what: a class or function that a value names, and the arguments that it is given by name or by position.

use super::Value;
use super::notation::{ClassKey, Notation, is_symbolic};
use crate::span::Location;
use crate::syntax::NodeRef;
use crate::syntax::expressions::OPEN;

/// A class or function that is named, with where its arguments stand.
#[derive(Clone, Copy, Debug)]
pub struct Construction<'v> {
    /// The name as written: `mse`, `Dense`, `torch.nn.Linear`.
    pub name: &'v str,
    /// The value that says the name.
    pub named_by: Value<'v>,
    /// The module, when it is given apart from the name.
    pub module: Option<&'v str>,
    /// What it is given.
    pub arguments: Arguments<'v>,
    /// Everything that belongs to it.
    pub whole: Value<'v>,
    /// Whose it is, as far as the notation says.
    pub origin: Origin,
    /// How it is written.
    pub form: Form,
}

/// Whose a class or function is, as far as a notation says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// It has a name.
    Named,
    /// A function that is serialised by its name only: a built-in one or the user's own.
    PlainFunction,
    /// A project has registered it under a package of its own.
    Registered,
}

/// How a construction is written, which decides how it can be edited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A name alone.
    Name,
    /// An object with a key for the name.
    Object {
        /// Whether that key takes a dotted path.
        takes_path: bool,
        /// The key that has to be made for arguments where none are given.
        made: Option<&'static str>,
    },
    /// A YAML tag on the arguments.
    Tagged,
}

/// The arguments of a construction.
#[derive(Clone, Copy, Debug, Default)]
pub struct Arguments<'v> {
    /// The object that holds those by name, if there is one.
    pub named: Option<Value<'v>>,
    /// The list that holds those by position, if there is one; or what stands for arguments that are filled in elsewhere.
    pub positional: Option<Value<'v>>,
}

/// What is given for a parameter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Given<'v> {
    /// This value.
    Is(Value<'v>),
    /// Nothing: the default holds.
    Absent,
    /// Perhaps something: here stand arguments that cannot be told apart.
    Unreadable(Value<'v>),
}

impl<'v> Given<'v> {
    /// The value, when one is given that is not null.
    pub fn value(self) -> Option<Value<'v>> {
        match self {
            Self::Is(value) if !value.is_null() => Some(value),
            _ => None,
        }
    }
}

impl<'v> Arguments<'v> {
    /// An object of arguments by name, or a list of them by position.
    pub fn of(value: Option<Value<'v>>) -> Self {
        Self {
            named: value.filter(|value| value.is_object()),
            positional: value.filter(|value| value.is_array()),
        }
    }

    /// What stands under a name; `a.b` is what stands under `b` in the argument `a`.
    pub fn under(&self, name: &str) -> Option<Value<'v>> {
        let value = name.split('.').try_fold(self.named?, |around, key| around.get(key))?;
        Some(value.followed())
    }

    /// What is given for a parameter, under its name or at its position among all. `a.b` is what stands under `b` in the
    /// argument `a`. Where the order of the parameters is not known, one that is given by position could be any.
    pub fn get(&self, name: &str, parameters: Option<&[String]>) -> Given<'v> {
        let (own, below) = name.split_once('.').unwrap_or((name, ""));
        let given = match (self.under(name), self.open()) {
            (Some(value), _) => return Given::Is(value),
            (None, Some(open)) => Given::Unreadable(open),
            (None, None) => self.by_position(own, parameters),
        };
        match given {
            Given::Is(value) if !below.is_empty() => {
                let value = below.split('.').try_fold(value, |around, key| around.get(key));
                value.map_or(Given::Absent, |value| Given::Is(value.followed()))
            }
            given => given,
        }
    }

    /// What stands for arguments that are not told apart: `**options` in a call.
    fn open(&self) -> Option<Value<'v>> {
        let named = self.named.filter(|named| named.is_in_expression());
        named?.get(OPEN)
    }

    fn by_position(&self, name: &str, parameters: Option<&[String]>) -> Given<'v> {
        let Some(list) = self.positional else {
            return Given::Absent;
        };
        let count = list.items().count();
        if list.is_array() && count == 0 {
            return Given::Absent;
        }
        let Some(parameters) = parameters.filter(|_| list.is_array()) else {
            return Given::Unreadable(list);
        };
        let position = parameters.iter().position(|own| own == name);
        let is_spread = |item: &Value<'_>| item.is_in_expression() && item.text().starts_with("$*");
        let spread = list.items().position(|item| is_spread(&item));
        match position {
            Some(position) if spread.is_some_and(|spread| spread <= position) => Given::Unreadable(list),
            Some(position) => {
                let item = list.items().nth(position);
                item.map_or(Given::Absent, |item| Given::Is(item.followed()))
            }
            // More than the known ones: one of them could be this.
            None if count > parameters.len() || spread.is_some() => Given::Unreadable(list),
            None => Given::Absent,
        }
    }

    /// How many are given by position.
    pub fn count_by_position(&self) -> usize {
        self.positional.map_or(0, |list| list.items().count())
    }
}

impl<'v> Construction<'v> {
    /// A name without arguments.
    pub fn of_name(name: &'v str, value: Value<'v>) -> Self {
        Self {
            name,
            named_by: value,
            module: None,
            arguments: Arguments::default(),
            whole: value,
            origin: Origin::Named,
            form: Form::Name,
        }
    }

    /// A class or function in a spelling of a format's own. `arguments` holds them by name or, when it is a list, by position.
    pub fn named(name: &'v str, named_by: Value<'v>, arguments: Option<Value<'v>>, whole: Value<'v>) -> Self {
        Self {
            arguments: Arguments::of(arguments),
            whole,
            form: Form::Object {
                takes_path: false,
                made: None,
            },
            ..Self::of_name(name, named_by)
        }
    }

    /// Reads a name alone, or an object that names a class in the notation.
    pub(super) fn read(value: Value<'v>, notation: &Notation) -> Option<Self> {
        if let Some(tagged) = Self::tagged(value, notation) {
            return Some(tagged);
        }
        if let Some(name) = value.as_str() {
            return Some(Self::of_name(name, value));
        }
        let mut keys = notation.classes.iter();
        keys.find_map(|class| Self::of_object(value, class, notation))
    }

    /// What a YAML tag names, with the arguments that stand behind it.
    fn tagged(value: Value<'v>, notation: &Notation) -> Option<Self> {
        let tag = value.node().tag()?;
        let name = notation.tags.iter().find_map(|prefix| tag.strip_prefix(prefix))?;
        Some(Self {
            arguments: Arguments::of(Some(value)),
            form: Form::Tagged,
            ..Self::of_name(name, value)
        })
    }

    fn of_object(value: Value<'v>, class: &ClassKey, notation: &Notation) -> Option<Self> {
        let named_by = value.get(class.key)?;
        let name = without_constructor(named_by.as_str()?);
        let form = Form::Object {
            takes_path: class.takes_path,
            made: class.made,
        };
        let mut construction = Self {
            whole: value,
            form,
            ..Self::of_name(name, named_by)
        };
        if notation.is_keras {
            construction.module = value.get("module").and_then(Value::as_str);
            if name == "function" && class.key == "class_name" {
                construction = construction.into_function()?;
            }
            if is_registered(value.node()) {
                construction.origin = Origin::Registered;
            }
            if construction.named_by != named_by {
                return Some(construction);
            }
        }
        construction.arguments = arguments(value, class);
        Some(construction)
    }

    /// Keras writes a plain function as `{"class_name": "function", "config": "its_name"}`.
    fn into_function(self) -> Option<Self> {
        let name = self.whole.get("config")?;
        Some(Self {
            name: name.as_str()?,
            named_by: name,
            origin: Origin::PlainFunction,
            ..self
        })
    }

    /// The value of an argument that stands under its name; `a.b` is what stands under `b` in the argument `a`.
    pub fn argument(&self, name: &str) -> Option<Value<'v>> {
        self.arguments.under(name)
    }

    /// The names and values of the arguments by name. Where they stand beside the name, that is none of them.
    pub fn given(&self) -> impl Iterator<Item = (Value<'v>, Value<'v>)> {
        let members = self.arguments.named.into_iter().flat_map(Value::members);
        let named_by = self.named_by;
        members.filter(move |(_, value)| *value != named_by)
    }

    /// The key that has to be made for a further argument, where arguments do not stand beside the name.
    pub fn made_for_arguments(&self) -> Option<&'static str> {
        match self.form {
            Form::Object { made, .. } => made.filter(|_| self.arguments.named == Some(self.whole)),
            Form::Name | Form::Tagged => None,
        }
    }

    /// Whether the name is one that takes a dotted path.
    pub fn takes_path(&self) -> bool {
        matches!(self.form, Form::Object { takes_path: true, .. })
    }

    /// The place of the name.
    pub fn at(&self) -> Location {
        let at = self.named_by.at();
        let tag = self.named_by.node().tag_span().filter(|_| self.form == Form::Tagged);
        Location {
            span: tag.unwrap_or(at.span),
            ..at
        }
    }

    /// The name behind the last dot.
    pub fn bare_name(&self) -> &'v str {
        bare(self.name)
    }

    /// The name with its module in front, when the module is given apart.
    pub fn qualified_name(&self) -> Option<String> {
        self.module.map(|module| format!("{module}.{}", self.name))
    }
}

/// The arguments of an object: under one of their keys, else beside the name.
fn arguments<'v>(value: Value<'v>, class: &ClassKey) -> Arguments<'v> {
    let given = class.arguments.iter().find_map(|key| value.get(key));
    let given = given.map(Value::followed);
    let is_elsewhere = |arguments: Value<'_>| arguments.as_str().is_some_and(is_symbolic);
    let positional = given.or_else(|| value.get("_args_").map(Value::followed));
    Arguments {
        named: match given {
            Some(arguments) => Some(arguments).filter(|arguments| arguments.is_object()),
            None => Some(value),
        },
        positional: positional.filter(|list| list.is_array() || is_elsewhere(*list)),
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
