//! The row of a loss: what it computes, what it wants, and what its framework does when it gets something else.

use serde::Deserialize;

use super::{ArgumentRule, ArgumentWord, Backend, Family, Given, Input, InputRule, LabelFormat, TaskKind};

/// A loss: what it computes, what it wants, and what the framework does when it gets something else.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LossRow {
    /// The name that reports use; the row's key in its table.
    #[serde(skip)]
    pub name: String,
    /// The library that the row belongs to, such as `keras` or `monai`.
    #[serde(skip)]
    pub library: String,
    /// Further spellings that the framework accepts, besides the name. Dotted ones are these behind the table's modules.
    #[serde(default)]
    pub names: Vec<String>,
    /// Spellings that only older versions accept. The name itself may stand here.
    #[serde(default)]
    pub legacy: Vec<String>,
    /// Spellings that people use and the framework refuses.
    #[serde(default)]
    pub refused: Vec<String>,
    /// What comes of such a spelling, where it is something else than that the framework stops.
    #[serde(default)]
    pub refusal: Option<Refusal>,
    /// Arguments that it does not take, and well-known classes of the same bare name do.
    #[serde(default)]
    pub not_with: Vec<String>,
    /// What is computed.
    pub family: Family,
    /// Other families that it computes as well, told by the labels.
    #[serde(default)]
    pub also: Vec<Family>,
    /// An argument that makes another family of it.
    #[serde(default)]
    pub family_switch: Option<FamilySwitch>,
    /// The rows that the name stands for, when the framework chooses from shapes.
    #[serde(default)]
    pub by_shape: Option<ByShape>,
    /// Where it makes sense.
    #[serde(default)]
    pub tasks: Vec<TaskKind>,
    /// The argument that declares the task, in the words of [`TaskKind`].
    #[serde(default)]
    pub task_argument: Option<String>,
    /// Whether it stops under CUDA's automatic mixed precision.
    #[serde(default)]
    pub refuses_autocast: bool,
    /// The words that its argument `reduction` takes; empty when that is not known.
    #[serde(default)]
    pub reductions: Vec<String>,
    /// Those that only older versions take.
    #[serde(default)]
    pub legacy_reductions: Vec<String>,
    /// Whether it trains exclusive classes one against all others, as its own way for them.
    #[serde(default)]
    pub one_against_all: bool,
    /// Whether it refuses class indices that are real numbers.
    #[serde(default)]
    pub whole_indices: bool,
    /// The word that makes it take a softmax over the outputs, such as `mode = "multiclass"`.
    #[serde(default)]
    pub exclusive_with: Option<ArgumentWord>,
    /// What it wants to be fed with.
    pub input: InputRule,
    /// The label formats that it accepts.
    #[serde(default)]
    pub labels: Vec<LabelFormat>,
    /// The width that it wants.
    pub units: UnitsRule,
    /// Arguments that weigh classes against each other.
    #[serde(default)]
    pub class_weights: Vec<String>,
    /// Arguments that the library takes beside it and that change nothing.
    #[serde(default)]
    pub ignores: Vec<ArgumentRule>,
    /// Arguments that the library refuses beside it.
    #[serde(default)]
    pub refuses: Vec<ArgumentRule>,
    /// Arguments that have no default: the library refuses the loss without them.
    #[serde(default)]
    pub requires: Vec<String>,
    /// Arguments that all losses of its library take.
    #[serde(skip)]
    pub common_arguments: Vec<String>,
    /// Whether it counters class imbalance by itself.
    #[serde(default)]
    pub balances: bool,
    /// Backends that undo an activation that stands before the loss although it was told to expect logits.
    #[serde(default)]
    pub rescued_on: Vec<Backend>,
    /// What happens with other inputs; inputs that are not listed are taken in silence.
    #[serde(default)]
    pub wrong_input: Vec<WrongInput>,
    /// The losses that a composite adds up, each judged by itself.
    #[serde(default)]
    pub parts: Vec<LossPart>,
    /// The argument that holds the inner loss (a wrapper's).
    #[serde(default)]
    pub inner: Option<String>,
    /// The value of `alpha` that turns its weighing off.
    #[serde(default)]
    pub alpha_off: Option<f64>,
    /// How per-sample losses are reduced by default.
    #[serde(default)]
    pub reduction: Reduction,
    /// The trap to know, in a sentence, with how it was found out.
    #[serde(default)]
    pub note: String,
}

impl LossRow {
    /// A loss of which only this is known.
    pub fn custom(family: Family, input: InputRule) -> Self {
        Self {
            name: String::new(),
            library: String::new(),
            names: Vec::new(),
            legacy: Vec::new(),
            refused: Vec::new(),
            refusal: None,
            not_with: Vec::new(),
            family,
            also: Vec::new(),
            family_switch: None,
            by_shape: None,
            tasks: Vec::new(),
            task_argument: None,
            refuses_autocast: false,
            reductions: Vec::new(),
            legacy_reductions: Vec::new(),
            one_against_all: false,
            whole_indices: false,
            exclusive_with: None,
            input,
            labels: Vec::new(),
            units: UnitsRule::Any,
            class_weights: Vec::new(),
            ignores: Vec::new(),
            refuses: Vec::new(),
            requires: Vec::new(),
            common_arguments: Vec::new(),
            balances: false,
            rescued_on: Vec::new(),
            wrong_input: Vec::new(),
            parts: Vec::new(),
            inner: None,
            alpha_off: None,
            reduction: Reduction::default(),
            note: String::new(),
        }
    }

    /// What the framework does when the loss expects one input and gets another.
    pub fn reaction(&self, expected: Input, given: Input) -> Reaction {
        self.wrong_input
            .iter()
            .find(|wrong| wrong.input == given && wrong.expects.is_none_or(|expects| expects == expected))
            .map_or(Reaction::Silent, |wrong| wrong.reaction)
    }

    /// Whether an argument does not count beside it, or is refused there.
    pub fn passes_over(&self, argument: &str) -> bool {
        let mut rules = self.ignores.iter().chain(&self.refuses);
        rules.any(|rule| rule.argument == argument)
    }

    /// Whether it computes this, by its family or by the labels.
    pub fn computes(&self, family: Family) -> bool {
        self.family == family || self.also.contains(&family)
    }

    /// The family with the arguments that a configuration gives; an argument that cannot be read changes nothing.
    pub fn family_with(&self, read: impl Fn(&str) -> Given) -> Family {
        match &self.family_switch {
            Some(switch) if read(&switch.argument) == Given::Is(true) => switch.when_true,
            _ => self.family,
        }
    }
}

/// What comes of a spelling that a framework does not take.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Refusal {
    /// What the spelling should be a name of, such as `problem_type`.
    pub word_for: String,
    /// What happens, in a sentence.
    pub effect: String,
}

/// An argument, false by default, that makes another family of a loss.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FamilySwitch {
    /// The argument's name, such as `use_softmax`.
    pub argument: String,
    /// The family when it is true.
    pub when_true: Family,
}

/// Names of rows of the same library, of which the framework takes one when it sees the shapes.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ByShape {
    /// With one unit.
    pub one_unit: String,
    /// With several units and labels of the same width, whatever those labels mean.
    pub label_vectors: String,
    /// With several units and one number per label.
    pub label_indices: String,
}

impl ByShape {
    /// The name of the row that is taken; `None` when what is known does not decide it.
    pub fn choose(&self, units: Option<u64>, labels: Option<LabelFormat>) -> Option<&str> {
        use LabelFormat::*;
        if units? == 1 {
            return Some(&self.one_unit);
        }
        match labels? {
            Integer => Some(&self.label_indices),
            OneHot | BinaryVector | Probabilities | Logits | Cumulative => Some(&self.label_vectors),
            Float | Binary | Signed => None,
        }
    }
}

/// How wide the output must be for a loss.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitsRule {
    /// Exactly one unit.
    One,
    /// One unit for each class, two at least.
    Many,
    /// One unit, or one for each independent label.
    OneOrMany,
    /// Any width, usually the labels' own.
    Any,
}

/// What the framework does when a loss is fed with something else than it expects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reaction {
    /// It stops with an error.
    Raises,
    /// It warns and goes on.
    Warns,
    /// It goes on without a word.
    Silent,
    /// The numbers come out the same.
    Harmless,
}

/// An input that a loss does not expect, and what comes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrongInput {
    /// What it is fed with.
    pub input: Input,
    /// The convention that must be in force for this; any when absent.
    pub expects: Option<Input>,
    /// What the framework does.
    pub reaction: Reaction,
}

/// One addend of a composite loss.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LossPart {
    /// What the addend computes.
    pub family: Family,
    /// What it wants to be fed with.
    pub input: InputRule,
}

/// How the losses of a batch become one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reduction {
    /// Their mean: the step size does not follow the batch size.
    #[default]
    Mean,
    /// Their sum, or the mean over the batch of sums.
    Sum,
    /// Not at all.
    None,
}
