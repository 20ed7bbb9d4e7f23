//! The `config.json` of a Hugging Face model: the class that `architectures` names, the labels, the problem type → IR.

use std::sync::Arc;

use super::Dialect;
use crate::ir::{Accepted, Conflict, Head, LossForm, LossStatement, Model, NotChecked, Room, Unjudged};
use crate::knowledge::{LabelCount, LibraryHead, LossRow, Vocabulary, label_count, library_has_class, library_head};
use crate::reading::names::Named;
use crate::reading::{Reader, Scope, heads, losses};
use crate::span::Spanned;
use crate::values::Value;

/// The Hugging Face dialect.
pub struct HuggingFace;

/// The library whose tables are asked.
const LIBRARY: &str = "transformers";

impl Dialect for HuggingFace {
    fn name(&self) -> &'static str {
        "hugging_face"
    }

    fn marks(&self) -> &'static [&'static str] {
        &["architectures", "transformers_version"]
    }

    fn detect(&self, _reader: &Reader<'_>, root: Value<'_>) -> bool {
        let says = |key: &str| root.get(key).and_then(Value::as_str).is_some();
        let names_a_class = root.get("architectures").is_some_and(|list| {
            list.is_array() && list.items().all(|item| item.as_str().is_some()) && list.items().next().is_some()
        });
        let is_a_version = says("transformers_version");
        // Before there were types and versions, a class stood beside the sizes of its layers.
        let has_sizes = ["hidden_size", "vocab_size", "n_embd", "d_model"]
            .into_iter()
            .any(|key| root.get(key).and_then(Value::as_u64).is_some());
        says("model_type") && (names_a_class || is_a_version) || names_a_class && (is_a_version || has_sizes)
    }

    fn read(&self, reader: &Reader<'_>, root: Value<'_>) -> Vec<Model> {
        let Some(scope) = reader.scope(LIBRARY) else {
            return Vec::new();
        };
        let config = Config { scope: &scope, root };
        let mut model = scope.model(self.name(), root);
        model.version = reader.text(root.get("transformers_version"));
        model.heads.push(config.head());
        vec![model]
    }
}

/// One configuration.
struct Config<'r, 't> {
    scope: &'r Scope<'r>,
    root: Value<'t>,
}

/// The labels of a configuration.
struct Labels {
    /// How many outputs the library makes for them; `None` where two counts differ and the version decides.
    count: Option<Spanned<u64>>,
    /// The two places that give different counts.
    conflict: Option<Conflict>,
    /// The smallest and the largest class index, when the names of the labels say them.
    ends: Option<(Spanned<f64>, Spanned<f64>)>,
}

impl<'t> Config<'_, 't> {
    fn head(&self) -> Head {
        let mut head = match self.library_head() {
            Ok((word, rule)) => self.head_of(word, rule),
            Err(note) => heads::without_output(note),
        };
        if head.not_checked.is_empty() {
            heads::note_missing_loss(&mut head);
        }
        head
    }

    /// The library's own head, or why it is not one.
    fn library_head(&self) -> Result<(Spanned<String>, &'static LibraryHead), NotChecked> {
        let note = |node: Value<'_>, why: String| NotChecked {
            what: Unjudged::NamedModel,
            at: node.at(),
            why,
        };
        let classes = self.root.get("architectures");
        let mut names = classes.into_iter().flat_map(Value::items);
        let (Some(node), None) = (names.next(), names.next()) else {
            let why = "the file does not name one class whose head could be known";
            return Err(note(classes.unwrap_or(self.root), why.to_owned()));
        };
        let name = node.as_str().unwrap_or_default();
        if let Some(code) = self.root.get("auto_map") {
            return Err(note(code, format!("`{name}` comes with code of its own")));
        }
        if !self.is_the_librarys(name) {
            return Err(note(node, format!("`{name}` may be a class of the project's own")));
        }
        match library_head(LIBRARY, name).filter(|rule| rule.by_problem_type || rule.loss.is_some()) {
            Some(rule) => Ok((Spanned::new(name.to_owned(), node.at()), rule)),
            None => Err(note(
                node,
                format!("what trains the library's `{name}` is not written in its configuration"),
            )),
        }
    }

    /// Whether a class is the library's: the table lists it, or its name begins with the `model_type`, as `BertForX` belongs
    /// to `bert`.
    fn is_the_librarys(&self, class: &str) -> bool {
        if library_has_class(LIBRARY, class) {
            return true;
        }
        let model_type = self.root.get("model_type").and_then(Value::as_str).unwrap_or_default();
        let flat = |text: &str| text.replace(['-', '_'], "").to_lowercase();
        // `RoFormerForX`: the first "For" belongs to the name.
        let mut ends = ["For", "LMHead", "MTModel", "Model"]
            .into_iter()
            .flat_map(|mark| class.match_indices(mark))
            .map(|(end, _)| end);
        !model_type.is_empty() && ends.any(|end| flat(&class[..end]) == flat(model_type))
    }

    fn head_of(&self, word: Spanned<String>, rule: &LibraryHead) -> Head {
        let labels = self.labels(rule);
        let mut head = heads::of_library(self.scope, word, rule);
        head.output.units = match &labels {
            Some(labels) => labels.count,
            None => head
                .output
                .units
                .or_else(|| rule.units_key.as_deref().and_then(|key| self.number(key))),
        };
        let units = head.units();
        if rule.several_units_only && units.is_none_or(|units| units < 2) {
            head.loss = LossStatement::Unstated;
            head.not_checked.push(NotChecked {
                what: Unjudged::NoLoss,
                at: head.at,
                why: "with one label the class decides what trains it".to_owned(),
            });
            return head;
        }
        if rule.by_problem_type {
            self.by_problem_type(&mut head, rule);
        } else if rule.loss.is_some() {
            self.note_unread_problem_type(&mut head);
        }
        if let Some(labels) = labels {
            self.count(&mut head, labels);
        }
        head
    }

    /// The loss of a class that looks at `problem_type`; without one, a single label makes a regression of it.
    fn by_problem_type(&self, head: &mut Head, rule: &LibraryHead) {
        let said = self.root.get("problem_type").filter(|node| !node.is_null());
        if let Some(node) = said {
            heads::set_loss_of_head(self.scope, head, rule, node);
        } else if let Some(units) = head.output.units
            && units.value == 1
            && let Some(row) = self.loss_row("regression")
        {
            let written = Spanned::new("num_labels = 1".to_owned(), units.at);
            let root = Room {
                into: self.root.at(),
                under: None,
            };
            let form = LossForm::Implied(Some((root, "problem_type".to_owned())));
            head.loss = losses::with_defaults(row, written, form, Vocabulary::of_names(&rule.losses));
        } else {
            head.not_checked.push(NotChecked {
                what: Unjudged::NoLoss,
                at: head.at,
                why: "without a problem_type the labels decide: integers mean a cross-entropy, floats a binary one"
                    .to_owned(),
            });
        }
    }

    fn note_unread_problem_type(&self, head: &mut Head) {
        if let Some(node) = self.root.get("problem_type").filter(|node| !node.is_null()) {
            head.not_checked.push(NotChecked {
                what: Unjudged::Unresolved,
                at: node.at(),
                why: "this class does not look at its problem_type".to_owned(),
            });
        }
    }

    fn loss_row(&self, name: &str) -> Option<Arc<LossRow>> {
        let found = self.scope.loss(name);
        Named::of(found)
            .filter(|named| named.accepted == Accepted::Yes)
            .map(|named| named.row)
    }

    /// Tells how many classes there are, unless numbers are predicted.
    fn count(&self, head: &mut Head, labels: Labels) {
        head.conflicts.extend(labels.conflict);
        let is_regression = head.known_loss().is_some_and(|loss| loss.family().is_regression());
        let Some(count) = labels.count.filter(|count| count.value > 1 && !is_regression) else {
            return;
        };
        head.facts.classes = Some(count);
        if let Some((min, max)) = labels.ends {
            head.facts.label_min = Some(min);
            head.facts.label_max = Some(max);
        }
    }

    /// The labels: their number, and the names of each. Which of the two counts where they differ depends on the version.
    fn labels(&self, rule: &LibraryHead) -> Option<Labels> {
        let keys = label_count(LIBRARY).filter(|keys| rule.units_key.as_ref() == Some(&keys.number))?;
        let number = self.number(&keys.number);
        let map = self.root.get(&keys.names).filter(|map| map.is_object());
        let named = map.map(|map| Spanned::new(map.members().count() as u64, map.at()));
        let Some((number, named)) = number.zip(named).filter(|(number, named)| number.value != named.value) else {
            return Some(Labels {
                count: Some(named.or(number)?),
                conflict: None,
                ends: map.and_then(|map| self.ends(map)),
            });
        };
        let number_counts = self.number_counts(keys);
        let (counts, other) = match number_counts {
            Some(true) | None => (number, named),
            Some(false) => (named, number),
        };
        Some(Labels {
            count: number_counts.map(|_| counts),
            conflict: Some(Conflict {
                fact: "the number of labels",
                counts: counts.at,
                other: other.at,
                is_open: number_counts.is_none(),
            }),
            ends: map
                .filter(|_| number_counts == Some(false))
                .and_then(|map| self.ends(map)),
        })
    }

    /// Whether the number counts, not the names, in the version that the file states.
    fn number_counts(&self, keys: &LabelCount) -> Option<bool> {
        let version = self.root.get("transformers_version")?.as_str()?;
        let mut parts = version.split('.').map_while(|part| part.parse::<u32>().ok());
        Some((parts.next()?, parts.next()?) >= keys.number_counts_since)
    }

    fn ends(&self, map: Value<'t>) -> Option<(Spanned<f64>, Spanned<f64>)> {
        let mut indices = Vec::new();
        for (key, _) in map.members() {
            let index: u32 = key.text().parse().ok()?;
            indices.push(Spanned::new(f64::from(index), key.at()));
        }
        let by_value = |a: &Spanned<f64>, b: &Spanned<f64>| a.value.total_cmp(&b.value);
        Some((
            indices.iter().copied().min_by(by_value)?,
            indices.iter().copied().max_by(by_value)?,
        ))
    }

    fn number(&self, key: &str) -> Option<Spanned<u64>> {
        self.scope.spanned(self.root.get(key), Value::as_u64)
    }
}
