//! Keys of training configurations that say something about a task: which fact each stands for. Not where they are found.

use std::sync::OnceLock;

use serde::Deserialize;

use super::{LabelFormat, TaskKind, built_in};

/// What a key says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Says {
    /// The number of classes is the value.
    Classes,
    /// The task is this.
    Task(TaskKind),
    /// Labels are written like this.
    Labels(LabelFormat),
    /// Whether classes are weighed is the value.
    ClassWeight,
    /// Whether targets are normalised is the value.
    Normalized,
}

/// A key in all its spellings.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConfigKey {
    /// Its spellings.
    pub names: Vec<String>,
    fact: Fact,
    /// Words and what they mean.
    #[serde(default)]
    words: Vec<(String, String)>,
    /// What `true` means.
    when_true: Option<String>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Fact {
    Classes,
    Task,
    Labels,
    ClassWeight,
    Normalized,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Keys {
    key: Vec<ConfigKey>,
    /// What makes a tensor of a list, by its whole name.
    tensors: Vec<String>,
    /// The argument that is the list.
    tensor_of: String,
}

fn keys() -> &'static Keys {
    static KEYS: OnceLock<Keys> = OnceLock::new();
    KEYS.get_or_init(|| built_in::read("config_keys"))
}

/// All keys.
pub fn config_keys() -> &'static [ConfigKey] {
    &keys().key
}

/// The argument of which this name makes a tensor; `None` for names that make none.
pub fn tensor_of(name: &str) -> Option<&'static str> {
    let keys = keys();
    keys.tensors.iter().any(|own| own == name).then_some(&keys.tensor_of)
}

/// What a key with a value says: `word` when the value is a text, `truth` when it is true or false.
pub fn says(name: &str, word: Option<&str>, truth: Option<bool>) -> Option<Says> {
    let key = keys().key.iter().find(|key| key.names.iter().any(|own| own == name))?;
    let meaning = match (word, truth) {
        (Some(word), _) => {
            let word = word.to_lowercase().replace(['-', ' '], "_");
            key.words
                .iter()
                .find(|(own, _)| *own == word)
                .map(|(_, meaning)| meaning.as_str())
        }
        (None, Some(true)) => key.when_true.as_deref(),
        (None, _) => None,
    };
    match key.fact {
        Fact::Classes => Some(Says::Classes),
        Fact::ClassWeight => Some(Says::ClassWeight),
        Fact::Normalized => Some(Says::Normalized),
        Fact::Task => Some(Says::Task(read(meaning?)?)),
        Fact::Labels => Some(Says::Labels(read(meaning?)?)),
    }
}

fn read<T: for<'d> Deserialize<'d>>(word: &str) -> Option<T> {
    T::deserialize(serde::de::value::StrDeserializer::<serde::de::value::Error>::new(word)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_well_formed_and_every_word_means_something() {
        let keys: Keys = serde_json::from_str(built_in::text("config_keys")).expect("a table of keys");
        for key in &keys.key {
            for (word, _) in &key.words {
                assert!(says(&key.names[0], Some(word), None).is_some(), "{word}");
            }
        }
    }

    #[test]
    fn words_are_read_in_any_spelling() {
        let multilabel = Some(Says::Task(TaskKind::Multilabel));
        assert_eq!(says("task", Some("multi-label classification"), None), multilabel);
        assert_eq!(says("multilabel", None, Some(true)), multilabel);
        assert_eq!(says("multilabel", None, Some(false)), None);
        assert_eq!(says("task", Some("train"), None), None);
    }
}
