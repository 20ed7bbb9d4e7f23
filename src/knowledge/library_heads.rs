//! Heads that a library builds and trains by itself, by the word in a configuration that asks for one, and the classes that
//! it has. Not how that word is found.

use std::collections::BTreeMap;
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
    #[serde(default)]
    labels: Option<LabelCount>,
}

/// Which of two keys says how many labels there are, when both do and differ.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LabelCount {
    /// The key that holds their number.
    pub number: String,
    /// The key that holds an object with one entry for each.
    pub names: String,
    /// The first version, major and minor, in which the number counts; before it the entries did.
    pub number_counts_since: (u32, u32),
}

fn heads() -> &'static [(&'static str, Heads)] {
    static HEADS: OnceLock<Vec<(&'static str, Heads)>> = OnceLock::new();
    HEADS.get_or_init(|| {
        let read = |library| built_in::read::<Heads>(&format!("{library}/heads"));
        built_in::folders_with("heads")
            .map(|library| (library, read(library)))
            .collect()
    })
}

/// All heads, each with its library.
pub fn library_heads() -> impl Iterator<Item = (&'static str, &'static LibraryHead)> {
    heads()
        .iter()
        .flat_map(|(library, table)| table.head.iter().map(|head| (*library, head)))
}

fn heads_of(library: &str) -> Option<&'static Heads> {
    heads().iter().find(|(own, _)| *own == library).map(|(_, heads)| heads)
}

/// Where a library's configurations say how many labels there are.
pub fn label_count(library: &str) -> Option<&'static LabelCount> {
    heads_of(library)?.labels.as_ref()
}

/// The classes of a library with a head: by the end of the name, what stands before it.
#[derive(Debug, Default, Deserialize)]
#[serde(transparent)]
struct Classes(BTreeMap<String, Vec<String>>);

/// Whether a library has a class of this name, as far as a table lists them.
pub fn library_has_class(library: &str, class: &str) -> bool {
    let classes: Classes = built_in::read(&format!("{library}/classes"));
    classes.0.iter().any(|(ending, stems)| {
        let stem = class.strip_suffix(ending.as_str());
        stem.is_some_and(|stem| stems.iter().any(|own| own == stem))
    })
}

/// The head that a library makes of a word.
pub fn library_head(library: &str, word: &str) -> Option<&'static LibraryHead> {
    let heads = &heads_of(library)?.head;
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
    fn a_class_is_known_by_its_end_and_what_stands_before_it() {
        let classes: Classes = serde_json::from_str(built_in::text("transformers/classes")).expect("lists of words");
        assert!(classes.0.len() > 50, "{}", classes.0.len());
        for class in [
            "Gemma3ForCausalLM",
            "XLMWithLMHeadModel",
            "ASTForAudioClassification",
            "LasrForCTC",
        ] {
            assert!(library_has_class("transformers", class), "{class}");
        }
        for class in ["FancyBertForSequenceClassification", "ForCTC", "BertModel", ""] {
            assert!(!library_has_class("transformers", class), "{class}");
        }
        assert!(!library_has_class("keras", "LasrForCTC"));
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
