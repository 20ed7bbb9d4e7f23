//! Notations of data files: which keys or tags name a class, and which texts stand for another value of the same file. What they
//! stand for keeps its own place; what cannot be resolved here stays the text that it is.

use crate::syntax::NodeRef;
use crate::syntax::expressions::{METHOD, RECEIVER};

/// How many references are followed from one to the next; more can only be a circle.
const MOST_HOPS: usize = 16;
/// Methods that give back the network or loss that they are called on.
const GIVE_BACK: &[&str] = &[
    "to",
    "cuda",
    "cpu",
    "float",
    "double",
    "half",
    "train",
    "eval",
    "requires_grad_",
];

/// How a kind of file names classes and refers to values. A dialect has one.
#[derive(Debug)]
pub struct Notation {
    /// Keys that name a class, the surest first.
    pub(super) classes: &'static [ClassKey],
    /// How YAML tags begin that name a class or function.
    pub(super) tags: &'static [&'static str],
    /// What stands for another value.
    refers: &'static [Refers],
    /// Whether objects are written as Keras does: a function as the class `function`, the module and the package of a
    /// project's own under keys of their own.
    pub(super) is_keras: bool,
}

/// A key that names a class.
#[derive(Debug)]
pub struct ClassKey {
    /// The key.
    pub key: &'static str,
    /// The keys under which the arguments may stand. Without one of those, they stand beside it.
    pub arguments: &'static [&'static str],
    /// Whether it takes a dotted path.
    pub takes_path: bool,
    /// The key that has to be made for arguments where none are given.
    pub made: Option<&'static str>,
    /// Whether an object with it always builds something, whatever stands around.
    pub builds: bool,
}

/// A way to stand for another value of the same file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Refers {
    /// OmegaConf's `${a.b}`.
    Interpolation,
    /// MONAI's `@a#b`, and calls in `$` expressions.
    Bundle,
    /// SpeechBrain's `!ref <a>`.
    Tag,
}

const TARGET: ClassKey = ClassKey {
    key: "_target_",
    arguments: &[],
    takes_path: true,
    made: None,
    builds: true,
};
const CLASS_PATH: ClassKey = ClassKey {
    key: "class_path",
    arguments: &["init_args", "dict_kwargs"],
    takes_path: true,
    made: Some("init_args"),
    builds: true,
};
const CLASS_NAME: ClassKey = ClassKey {
    key: "class_name",
    arguments: &["config"],
    takes_path: false,
    made: None,
    builds: false,
};

/// A key that projects choose themselves.
const fn word(key: &'static str, builds: bool) -> ClassKey {
    ClassKey {
        key,
        arguments: &[
            "args",
            "init_args",
            "kwargs",
            "params",
            "parameters",
            "config",
            "options",
        ],
        takes_path: false,
        made: None,
        builds,
    }
}

const TYPE: ClassKey = word("type", true);
const NAME: ClassKey = word("name", false);
const ARCH: ClassKey = word("arch", false);
const ARCHITECTURE: ClassKey = word("architecture", false);
const MODEL_NAME: ClassKey = word("model_name", false);

impl Notation {
    /// Classes under keys that many projects choose; no value stands for another one.
    pub const WORDS: Self = Self {
        classes: &[TYPE, NAME, ARCH, ARCHITECTURE, MODEL_NAME],
        tags: &[],
        refers: &[],
        is_keras: false,
    };

    /// Keras's serialised objects.
    pub const KERAS: Self = Self {
        classes: &[CLASS_NAME, NAME],
        is_keras: true,
        ..Self::WORDS
    };

    /// Hydra's `_target_`, and what OmegaConf interpolates; with the words that projects build by themselves.
    pub const HYDRA: Self = Self {
        classes: &[TARGET, CLASS_PATH, TYPE, NAME, ARCH, ARCHITECTURE, MODEL_NAME],
        refers: &[Refers::Interpolation],
        ..Self::WORDS
    };

    /// The `class_path` of Lightning's command line. Its parser may be OmegaConf's.
    pub const LIGHTNING: Self = Self {
        classes: &[CLASS_PATH, TARGET, TYPE, NAME, ARCH, ARCHITECTURE, MODEL_NAME],
        ..Self::HYDRA
    };

    /// Any of these, where only the names tell the framework.
    pub const ANY: Self = Self {
        classes: &[
            TARGET,
            CLASS_PATH,
            CLASS_NAME,
            TYPE,
            NAME,
            ARCH,
            ARCHITECTURE,
            MODEL_NAME,
        ],
        ..Self::HYDRA
    };

    /// MONAI's bundles.
    pub const BUNDLE: Self = Self {
        refers: &[Refers::Interpolation, Refers::Bundle],
        ..Self::HYDRA
    };

    /// What a Python program makes: calls, with their arguments by name beside the name of what is called.
    pub const PYTHON: Self = Self {
        classes: &[TARGET],
        ..Self::WORDS
    };

    /// SpeechBrain's YAML tags.
    pub const SPEECHBRAIN: Self = Self {
        classes: &[],
        tags: &["!new:", "!name:"],
        refers: &[Refers::Tag],
        is_keras: false,
    };

    /// What a node stands for: the node that its reference leads to, else the node itself.
    pub(super) fn follow<'t>(&self, node: NodeRef<'t>) -> NodeRef<'t> {
        let mut reached = node;
        for _ in 0..MOST_HOPS {
            match self.target(reached) {
                Some(next) => reached = next,
                // A call of another method is no value that is written down.
                None if reached.is_in_expression() && reached.get(METHOD).is_some() => return node,
                None => return reached,
            }
        }
        node
    }

    fn target<'t>(&self, node: NodeRef<'t>) -> Option<NodeRef<'t>> {
        self.refers.iter().find_map(|refers| refers.target(node))
    }

    /// The text that names the class of an object which is surely built.
    pub(super) fn class_of<'t>(&self, object: NodeRef<'t>) -> Option<NodeRef<'t>> {
        let mut keys = self.classes.iter().filter(|class| class.builds);
        let name = keys.find_map(|class| object.get(class.key))?;
        name.as_str().is_some().then_some(name)
    }
}

impl Refers {
    fn target(self, node: NodeRef<'_>) -> Option<NodeRef<'_>> {
        match self {
            Self::Interpolation => {
                let inner = node.as_str()?.strip_prefix("${")?;
                interpolated(node, inner.strip_suffix('}')?.trim())
            }
            Self::Bundle => of_bundle(node),
            Self::Tag => {
                let text = node.as_str().filter(|_| node.tag() == Some("!ref"))?;
                let key = text.trim().strip_prefix('<')?.strip_suffix('>')?;
                top(node)?.get(key)
            }
        }
    }
}

/// Whether a text is a reference or an expression that is filled in elsewhere, in any notation.
pub fn is_symbolic(text: &str) -> bool {
    text.contains("${") || text.starts_with(['@', '%', '$'])
}

fn of_bundle(node: NodeRef<'_>) -> Option<NodeRef<'_>> {
    if node.is_in_expression()
        && let Some(method) = node.get(METHOD)
    {
        return GIVE_BACK.contains(&method.text()).then(|| node.get(RECEIVER))?;
    }
    let Some(path) = node.as_str()?.strip_prefix(['@', '%']) else {
        return node.expression();
    };
    let root = top(node)?;
    let parts = path.split("::").flat_map(|part| part.split('#'));
    parts.into_iter().try_fold(root, step)
}

/// `${a.b[0]}` leads from the top, `${.a}` from the object around, each further dot one level out. A resolver such as
/// `${oc.env:HOME}` and a reference within a reference cannot be read here. A file whose top is an object to build is one
/// group of a larger configuration: the top that `${a}` means is not in it.
fn interpolated<'t>(node: NodeRef<'t>, inner: &str) -> Option<NodeRef<'t>> {
    if inner.contains([':', '$', '{', '}']) || inner.is_empty() {
        return None;
    }
    let path = inner.trim_start_matches('.');
    let start = match inner.len() - path.len() {
        0 => top(node).filter(|top| top.get("_target_").is_none())?,
        dots => node.ancestors().filter(|around| around.is_object()).nth(dots - 1)?,
    };
    let parts = path.split(['.', '[']).map(|part| part.trim_end_matches(']'));
    parts.into_iter().try_fold(start, step)
}

fn top(node: NodeRef<'_>) -> Option<NodeRef<'_>> {
    node.ancestors().last()
}

fn step<'t>(node: NodeRef<'t>, part: &str) -> Option<NodeRef<'t>> {
    if node.is_object() {
        return node.get(part);
    }
    node.item(part.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::{Format, parse};

    /// What the value of `key` leads to, as its text stands in the file.
    fn leads(text: &str, path: &[&str]) -> String {
        let tree = parse(Format::Yaml, text.into());
        let node = tree.root().and_then(|root| root.path(path)).expect("a value");
        Notation::BUNDLE.follow(node).raw().to_owned()
    }

    #[test]
    fn interpolations_lead_from_the_top_or_from_where_they_stand() {
        let text = "data: {classes: 7, names: [a, b]}\nnet: {out: '${data.classes}', own: '${.width}', width: 3}\n\
                    first: ${data.names[0]}\nup: {in: {x: '${..y}'}, y: 5}";
        assert_eq!(leads(text, &["net", "out"]), "7");
        assert_eq!(leads(text, &["net", "own"]), "3");
        assert_eq!(leads(text, &["first"]), "a");
        assert_eq!(leads(text, &["up", "in", "x"]), "5");
    }

    #[test]
    fn what_is_not_in_the_file_stays_symbolic() {
        for text in ["x: ${a.b}", "x: ${oc.env:HOME}", "x: ${a${b}}", "x: a ${b}", "x: ${x}"] {
            assert_eq!(leads(text, &["x"]), text[3..], "{text}");
        }
        assert_eq!(leads("_target_: a.B\nn: 3\nx: ${n}", &["x"]), "${n}");
    }

    /// What one kind of file writes for another value is a text like any other elsewhere.
    #[test]
    fn a_notation_does_not_reach_other_files() {
        let tree = parse(Format::Yaml, "x: 1\nat: '@x'\ndollar: ${x}\ntag: !ref <x>\n".into());
        let root = tree.root().expect("a value");
        let followed = |notation: &Notation| {
            ["at", "dollar", "tag"].map(|key| notation.follow(root.get(key).expect("a value")).raw() == "1")
        };
        assert_eq!(followed(&Notation::KERAS), [false; 3]);
        assert_eq!(followed(&Notation::WORDS), [false; 3]);
        assert_eq!(followed(&Notation::HYDRA), [false, true, false]);
        assert_eq!(followed(&Notation::BUNDLE), [true, true, false]);
        assert_eq!(followed(&Notation::SPEECHBRAIN), [false, false, true]);
    }

    #[test]
    fn bundle_references_lead_through_objects_lists_and_methods() {
        let text = "train: {losses: [{_target_: A}, {_target_: B}]}\nx: '@train#losses#1'\ny: '@train::losses::0'\n\
                    net_def: {_target_: N}\nnet: '$@net_def.to(@device)'\ncalled: '$@net_def.forward(1)'\nz: '@net'";
        assert_eq!(leads(text, &["x"]), "{_target_: B}");
        assert_eq!(leads(text, &["y"]), "{_target_: A}");
        assert_eq!(leads(text, &["net"]), "{_target_: N}");
        assert_eq!(leads(text, &["z"]), "{_target_: N}");
        assert_eq!(leads(text, &["called"]), "'$@net_def.forward(1)'");
    }
}
