//! Heads that a library builds and trains by itself, by the word in a configuration that asks for one. Not how that word is found.

use std::sync::OnceLock;

use serde::Deserialize;

use super::{TaskKind, built_in};

/// What a library makes of a word such as `TextClassificationHead` or `category`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LibraryHead {
    /// The words; `*Suffix` stands for all that end so. Whole words are looked for first.
    pub names: Vec<String>,
    /// The loss that it is trained by, unless the configuration says another. Absent when something else decides.
    #[serde(default)]
    pub loss: Option<String>,
    /// The losses that a configuration can choose for it, by the words of the place that says one.
    #[serde(default)]
    pub losses: Vec<String>,
    /// Whether a word of the configuration's own (`problem_type`) and the number of units choose the loss.
    #[serde(default)]
    pub by_problem_type: bool,
    /// What it is for.
    #[serde(default)]
    pub task: Option<TaskKind>,
    /// The number of units, when it is always the same.
    #[serde(default)]
    pub units: Option<u64>,
    /// A key that says the number of units instead, where it is there.
    #[serde(default)]
    pub first_units_key: Option<String>,
    /// The key that says the number of units.
    #[serde(default)]
    pub units_key: Option<String>,
    /// Whether there is an output for every token, step or pixel.
    #[serde(default)]
    pub positions: bool,
    /// Whether one unit is trained in another way, so that nothing is known of it.
    #[serde(default)]
    pub several_units_only: bool,
    /// Whether its scores come out as they are: nothing in a configuration puts an activation behind them.
    #[serde(default = "yes")]
    pub linear: bool,
}

fn yes() -> bool {
    true
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Heads {
    head: Vec<LibraryHead>,
}

fn heads() -> &'static [(&'static str, Vec<LibraryHead>)] {
    static HEADS: OnceLock<Vec<(&'static str, Vec<LibraryHead>)>> = OnceLock::new();
    HEADS.get_or_init(|| {
        let read = |library| built_in::read::<Heads>(&format!("{library}/heads")).head;
        built_in::folders_with("heads")
            .map(|library| (library, read(library)))
            .collect()
    })
}

/// The head that a library makes of a word.
pub fn library_head(library: &str, word: &str) -> Option<&'static LibraryHead> {
    let (_, heads) = heads().iter().find(|(own, _)| *own == library)?;
    let is_called = |head: &&LibraryHead| head.names.iter().any(|name| name == word);
    let ends_so = |name: &String| name.strip_prefix('*').is_some_and(|suffix| word.ends_with(suffix));
    heads
        .iter()
        .find(is_called)
        .or_else(|| heads.iter().find(|head| head.names.iter().any(ends_so)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::Knowledge;

    #[test]
    fn every_table_is_well_formed_and_names_losses_that_exist() {
        let knowledge = Knowledge::built_in();
        for library in built_in::folders_with("heads") {
            let text = built_in::text(&format!("{library}/heads"));
            let table: Heads = serde_json::from_str(text).unwrap_or_else(|error| panic!("{library}: {error}"));
            let framework = knowledge.framework(library).expect("a framework of that name");
            let losses = |head: &'_ LibraryHead| head.loss.iter().chain(&head.losses).cloned().collect::<Vec<_>>();
            for loss in table.head.iter().flat_map(losses) {
                assert!(knowledge.loss(framework, &loss).known().is_some(), "{library}: {loss}");
            }
        }
    }

    #[test]
    fn whole_words_are_found_before_endings() {
        let by_type = library_head("transformers", "BertForSequenceClassification").expect("a head");
        let by_itself = library_head("transformers", "Wav2Vec2ForSequenceClassification").expect("a head");
        assert!(by_type.by_problem_type && !by_itself.by_problem_type);
        assert!(library_head("transformers", "BertModel").is_none());
        assert!(library_head("keras", "BertModel").is_none());
    }
}
