//! Vocabularies: which names one place of a configuration takes for a loss or an activation, and how it is called there. A
//! remedy writes only what is in the vocabulary of the place that it changes.

use super::rows::{ActivationArgument, ActivationRow, LayerRow, LossRow, Produces};
use super::shelf::Found;
use super::spelling::Spelling;
use super::suggest::spelling_like;
use super::{Framework, Knowledge};

/// What a place takes for a loss.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Vocabulary {
    /// Names of the tables.
    Names {
        /// The libraries whose names stand there without a module.
        bare: Vec<String>,
        /// Whether a name behind its module may stand where a bare one does.
        paths: bool,
    },
    /// Words of the place's own, each with the loss that it stands for; nothing else.
    Words(Vec<(String, String)>),
}

impl Vocabulary {
    /// A place that takes nothing.
    pub fn empty() -> Self {
        Self::Words(Vec::new())
    }

    /// Words that are names of the tables themselves.
    pub fn of_names(names: &[String]) -> Self {
        Self::Words(names.iter().map(|name| (name.clone(), name.clone())).collect())
    }
}

impl Knowledge {
    /// How a loss is called in a place where the user wrote `written` for another; `None` when the place has no word for it.
    pub fn loss_word(
        &self,
        framework: &Framework,
        vocabulary: &Vocabulary,
        row: &LossRow,
        written: &str,
    ) -> Option<String> {
        let is_it = |name: &str| self.loss(framework, name).known().is_some_and(|found| *found == *row);
        match vocabulary {
            Vocabulary::Words(words) => words.iter().find(|(_, loss)| is_it(loss)).map(|(word, _)| word.clone()),
            Vocabulary::Names { .. } if written.contains('.') => {
                let name = self.loss_spelled_like(row, written);
                (kind_of_name(&name) == kind_of_name(written)).then_some(name)
            }
            Vocabulary::Names { bare, paths } => {
                let name = spelling_like(row, written);
                if bare.contains(&row.library) && is_it(name) {
                    return Some(name.to_owned());
                }
                let module = self.losses.modules_of(&row.library).first().filter(|_| *paths)?;
                Some(format!("{module}.{name}"))
            }
        }
    }
}

impl Knowledge {
    /// What an argument of a layer takes, by what it gives: the usual word for each first, spelt in the manner of `written`.
    /// The word is `None` where null stands for no activation.
    pub fn activation_words(
        &self,
        framework: &Framework,
        layer: &LayerRow,
        argument: &ActivationArgument,
        written: &str,
    ) -> Vec<(Produces, Option<String>)> {
        let own = std::slice::from_ref(&layer.library);
        let mut words: Vec<(bool, Produces, Option<String>)> = Vec::new();
        if argument.null_is_none {
            words.push((false, Produces::Identity, None));
        }
        let entry = |row: &ActivationRow, word: &str| {
            // A positive activation that never gives 0 is the better one: the logarithm of 0 is infinite.
            let gives_zero = row.produces == Produces::Positive && row.range.low_closed;
            (gives_zero, row.produces, Some(word.to_owned()))
        };
        match &argument.takes {
            Some(listed) => {
                let known = listed.iter().filter_map(|word| {
                    let row = self.activation_of(framework, layer, word).known();
                    let row = row.or_else(|| self.layer_activation(framework, word))?;
                    Some(entry(&row, word))
                });
                words.extend(known);
            }
            None => {
                let named = self.activations.rows_of(own).filter_map(|row| {
                    let name = spelling_like(row.as_ref(), written);
                    let found = self.activations.find_in(own, name);
                    matches!(found, Found::Known(_, Spelling::Current)).then(|| entry(row, name))
                });
                words.extend(named);
            }
        }
        words.sort_by_key(|(gives_zero, ..)| *gives_zero);
        words.into_iter().map(|(_, produces, word)| (produces, word)).collect()
    }

    /// The activation that a layer's class is.
    fn layer_activation(&self, framework: &Framework, class: &str) -> Option<std::sync::Arc<ActivationRow>> {
        let layer = self.layer(framework, class).known()?;
        let name = layer.is_activation()?;
        self.activation_of(framework, &layer, name).known()
    }
}

/// Whether a dotted name is one of a class: functions of such a name do not exist, and take other arguments where they do.
fn kind_of_name(dotted: &str) -> bool {
    let name = dotted.rsplit_once('.').map_or(dotted, |(_, name)| name);
    name.starts_with(|first: char| first.is_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(vocabulary: &Vocabulary, loss: (&str, &str), written: &str) -> Option<String> {
        let knowledge = Knowledge::built_in();
        let framework = knowledge.framework("pytorch").expect("a framework");
        let row = knowledge.loss_in(loss.0, loss.1).expect("a row");
        knowledge.loss_word(framework, vocabulary, &row, written)
    }

    const BCE: (&str, &str) = ("torch", "BCEWithLogitsLoss");

    #[test]
    fn a_place_with_words_of_its_own_takes_no_other() {
        let words = |words: &[(&str, &str)]| {
            let owned = words
                .iter()
                .map(|(word, loss)| ((*word).to_owned(), (*loss).to_owned()));
            Vocabulary::Words(owned.collect())
        };
        let two = words(&[
            ("ce", "torch.nn.CrossEntropyLoss"),
            ("bce", "torch.nn.BCEWithLogitsLoss"),
        ]);
        assert_eq!(word(&two, BCE, "ce").as_deref(), Some("bce"));
        assert_eq!(word(&two, ("torch", "HuberLoss"), "ce"), None);
        assert_eq!(word(&Vocabulary::empty(), BCE, "ce"), None);
    }

    #[test]
    fn a_bare_name_is_one_of_the_libraries_that_stand_there_bare() {
        let names = |paths| Vocabulary::Names {
            bare: vec!["monai".to_owned()],
            paths,
        };
        assert_eq!(word(&names(false), BCE, "DiceLoss"), None);
        assert_eq!(
            word(&names(true), BCE, "DiceLoss").as_deref(),
            Some("torch.nn.BCEWithLogitsLoss")
        );
        assert_eq!(
            word(&names(false), BCE, "torch.nn.CrossEntropyLoss").as_deref(),
            Some("torch.nn.BCEWithLogitsLoss")
        );
    }

    #[test]
    fn a_function_is_not_replaced_by_a_class() {
        let names = Vocabulary::Names {
            bare: Vec::new(),
            paths: true,
        };
        let written = "torch.nn.functional.multi_margin_loss";
        assert_eq!(
            word(&names, ("torch", "CrossEntropyLoss"), written).as_deref(),
            Some("torch.nn.functional.cross_entropy")
        );
        assert_eq!(word(&names, ("monai", "DiceLoss"), written), None);
    }
}
