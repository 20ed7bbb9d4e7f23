//! What a loss or a metric expects to be fed with, and the arguments that change it. Not what a head gives.

use serde::Deserialize;

use super::Produces;

/// What a loss or metric expects to be fed with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Input {
    /// Raw scores: the loss applies the sigmoid or softmax.
    Logits,
    /// Values in [0, 1].
    Probabilities,
    /// Logarithms of probabilities: values up to 0.
    LogProbabilities,
    /// Any real number. For a Poisson loss it is the logarithm of the rate.
    Real,
    /// Positive numbers, such as a rate.
    Positive,
    /// The features before an output layer that the loss itself owns.
    Features,
    /// Anything: the loss or metric does not care, or it depends on what cannot be read here.
    Any,
}

/// How an input convention is found: a constant, or a list of switches of which the first that matches wins.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub enum InputRule {
    /// Always the same.
    Always(Input),
    /// One argument decides.
    Switch(InputSwitch),
    /// Several arguments, first match wins, then `otherwise`.
    Ordered {
        /// The switches that are looked at in order.
        first_of: Vec<InputSwitch>,
        /// When none matched.
        otherwise: Input,
    },
}

/// An argument that changes what a loss expects.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InputSwitch {
    /// The argument's name, such as `from_logits`.
    pub argument: String,
    /// Its value when it is not given.
    pub default: bool,
    /// The convention when it is true.
    pub when_true: Input,
    /// The convention when it is false; without it the next switch is asked.
    pub when_false: Option<Input>,
    /// What the loss makes of the scores when it is true, for losses that have a switch for each activation.
    #[serde(default)]
    pub applies: Option<Produces>,
    /// Whether the loss ignores it where the output has one unit.
    #[serde(default)]
    pub needs_several_units: bool,
}

impl InputSwitch {
    fn convention(&self, value: bool) -> Option<Input> {
        if value { Some(self.when_true) } else { self.when_false }
    }
}

/// What a configuration says about an argument that should be true or false.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given {
    /// It is not there, or null: the default holds.
    Absent,
    /// It is there.
    Is(bool),
    /// It is there, but is not a plain truth value: a variable, a function …
    Unreadable,
}

/// What a rule came to, with the switch that decided and the value that it had.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Resolved<'r> {
    /// What is expected.
    pub input: Input,
    /// The deciding switch and its value; `None` when no switch decided.
    pub decision: Option<(&'r InputSwitch, bool)>,
}

impl InputRule {
    /// The switches in the order in which they are asked.
    pub fn switches(&self) -> &[InputSwitch] {
        match self {
            Self::Always(_) => &[],
            Self::Switch(switch) => std::slice::from_ref(switch),
            Self::Ordered { first_of, .. } => first_of,
        }
    }

    /// What is expected when `read` tells what the configuration says about an argument.
    /// An argument that cannot be read makes the answer [`Input::Any`].
    pub fn resolve(&self, read: impl Fn(&str) -> Given) -> Resolved<'_> {
        for switch in self.switches() {
            let value = match read(&switch.argument) {
                Given::Absent => switch.default,
                Given::Is(value) => value,
                Given::Unreadable => return Resolved::without_switch(Input::Any),
            };
            if let Some(input) = switch.convention(value) {
                return Resolved {
                    input,
                    decision: Some((switch, value)),
                };
            }
        }
        Resolved::without_switch(match self {
            Self::Always(input) => *input,
            Self::Switch(_) => Input::Any,
            Self::Ordered { otherwise, .. } => *otherwise,
        })
    }

    /// What is expected when no argument is given.
    pub fn by_default(&self) -> Input {
        self.resolve(|_| Given::Absent).input
    }

    /// The switch that makes a loss apply this activation by itself; `None` unless it has one for each activation.
    pub fn switch_applying(&self, activation: Produces) -> Option<&InputSwitch> {
        let mut switches = self.switches().iter();
        switches.find(|switch| switch.applies == Some(activation))
    }

    /// The switch, and its value, that makes this input the expected one; `None` when no single switch can.
    pub fn switch_to(&self, wanted: Input) -> Option<(&InputSwitch, bool)> {
        self.switches().iter().find_map(|switch| {
            [true, false]
                .into_iter()
                .find(|value| switch.convention(*value) == Some(wanted))
                .map(|value| (switch, value))
        })
    }
}

impl Resolved<'_> {
    fn without_switch(input: Input) -> Self {
        Self { input, decision: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(text: &str) -> InputRule {
        #[derive(Deserialize)]
        struct Holder {
            input: InputRule,
        }
        toml::from_str::<Holder>(text).expect("a rule").input
    }

    const DICE: &str = r#"
        [input]
        otherwise = "probabilities"
        first_of = [
            { argument = "sigmoid", default = false, when_true = "logits" },
            { argument = "softmax", default = false, when_true = "logits" },
        ]"#;

    #[test]
    fn the_first_switch_that_matches_decides() {
        let dice = rule(DICE);
        assert_eq!(dice.by_default(), Input::Probabilities);
        let resolved = dice.resolve(|argument| match argument {
            "softmax" => Given::Is(true),
            _ => Given::Absent,
        });
        assert_eq!(resolved.input, Input::Logits);
        assert_eq!(
            resolved
                .decision
                .map(|(switch, value)| (switch.argument.as_str(), value)),
            Some(("softmax", true))
        );
    }

    #[test]
    fn an_argument_that_cannot_be_read_leaves_everything_open() {
        let dice = rule(DICE);
        let resolved = dice.resolve(|_| Given::Unreadable);
        assert_eq!((resolved.input, resolved.decision), (Input::Any, None));
    }

    #[test]
    fn a_switch_tells_how_to_get_the_other_convention() {
        let rule = rule(
            r#"input = { argument = "from_logits", default = false, when_true = "logits", when_false = "probabilities" }"#,
        );
        let (switch, value) = rule.switch_to(Input::Logits).expect("a switch");
        assert_eq!((switch.argument.as_str(), value), ("from_logits", true));
        assert_eq!(rule.switch_to(Input::Real), None);
    }

    #[test]
    fn a_rule_with_a_key_that_is_not_known_is_refused() {
        let text = r#"first_of = []
            otherwise = "real"
            wrong = 1"#;
        assert!(toml::from_str::<InputRule>(text).is_err());
    }
}
