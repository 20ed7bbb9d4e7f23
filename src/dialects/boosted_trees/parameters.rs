//! The parameters of one model: which library's they are, and the head that follows from them.

use std::sync::Arc;

use super::arguments::split;
use super::recognition::says;
use crate::ir::{Head, Ineffective, LossForm, LossStatement, Metric, NotChecked, Unjudged};
use crate::knowledge::{Booster, Input, LossRow, Measures, UnitsRule, Vocabulary};
use crate::reading::arguments::list_length;
use crate::reading::names::Named;
use crate::reading::{Scope, effect, heads, losses};
use crate::span::Spanned;
use crate::values::Value;

/// The parameters of one model.
pub struct Parameters<'r, 't> {
    /// The library's names.
    pub scope: Scope<'r>,
    /// What its parameters are called.
    pub booster: &'static Booster,
    /// The object that they stand in.
    pub object: Value<'t>,
    /// The name of the objective.
    pub named: Value<'t>,
    /// What that is.
    pub objective: Objective,
}

/// What stands where the objective does.
pub enum Objective {
    /// An objective.
    Loss(Arc<LossRow>),
    /// A metric of the library, which it refuses there.
    Metric,
}

impl<'t> Parameters<'_, 't> {
    /// Its one output, with what it is trained and watched by.
    pub fn head(&self) -> Head {
        let at = self.named.at();
        let written = Spanned::new(self.named.as_str().unwrap_or_default().to_owned(), at);
        let mut head = heads::built_by_library(&self.scope, written.clone());
        match &self.objective {
            Objective::Loss(row) => self.train_by(row, &mut head, written),
            Objective::Metric => {
                head.loss = LossStatement::Metric(written);
                heads::note_unjudged_loss(&self.scope, &mut head);
            }
        }
        head
    }

    /// Fills a head in by its objective and the parameters beside it.
    fn train_by(&self, row: &Arc<LossRow>, head: &mut Head, written: Spanned<String>) {
        let at = written.at;
        let classes = self.classes();
        head.output.units = match row.units {
            UnitsRule::One => Some(Spanned::new(1, at)).filter(|_| !self.may_be_replaced()),
            // The interface of scikit-learn counts more than two classes itself.
            UnitsRule::Many => classes.filter(|classes| classes.value > 1 || !self.may_be_replaced()),
            UnitsRule::OneOrMany | UnitsRule::Any => None,
        };
        if row.units == UnitsRule::Many && classes.is_none() {
            head.not_checked.push(NotChecked {
                what: Unjudged::Unresolved,
                at,
                why: "the number of classes is not given here, but counted in the data".to_owned(),
            });
        }
        head.facts.classes = classes.filter(|classes| classes.value >= 2);
        let mut ineffective = self.ineffective(row);
        // Several classes for one output are a contradiction of their own.
        if head.output.units.is_some_and(|units| units.value == 1) && classes.is_some_and(|classes| classes.value > 2) {
            ineffective.retain(|given| !self.booster.classes.contains(&given.argument.value));
        }
        head.facts.class_weight = self.class_weight(&ineffective);
        head.metrics = self.metrics(self.booster.raw_metrics_with.contains(&row.name));
        let vocabulary = Vocabulary::Names {
            bare: self.scope.libraries_of_bare_names().to_vec(),
            paths: false,
        };
        head.loss = losses::with_defaults(row.clone(), written, LossForm::Name(None), vocabulary);
        if let LossStatement::Known(loss) = &mut head.loss {
            loss.weights = self.weights(&ineffective);
            loss.ineffective = ineffective;
            loss.missing = effect::missing(row, self);
            loss.settings = effect::settings(self.scope.knowledge, &row.library, self);
        }
    }

    /// The arguments that do not count beside the objective, or are refused there.
    fn ineffective(&self, row: &LossRow) -> Vec<Ineffective> {
        let is_certain = row.units == UnitsRule::Many || !self.may_be_replaced();
        if is_certain {
            effect::ineffective(row, self)
        } else {
            Vec::new()
        }
    }

    /// Whether classes are weighed, by the first parameter for that which counts.
    fn class_weight(&self, ineffective: &[Ineffective]) -> Option<Spanned<bool>> {
        let node = self.counting_weights(ineffective).next()?;
        Some(Spanned::new(weighs(node), node.at()))
    }

    /// How many classes get a weight of their own.
    fn weights(&self, ineffective: &[Ineffective]) -> Option<Spanned<u64>> {
        let mut lists = self.counting_weights(ineffective);
        lists.find_map(|node| self.scope.spanned(Some(node), list_length))
    }

    /// The values of the parameters that weigh classes and count.
    fn counting_weights(&self, ineffective: &[Ineffective]) -> impl Iterator<Item = Value<'t>> {
        let weights = self.booster.arguments.iter().filter(|rule| rule.weighs_classes);
        let given = weights.filter_map(|rule| self.given(rule.spellings.first()?));
        given.filter(|node| ineffective.iter().all(|other| other.argument.at != node.at()))
    }

    /// Whether the objective may be replaced by the interface of scikit-learn, for its classifiers.
    fn may_be_replaced(&self) -> bool {
        let is_a_classifier = |text: &str| text.to_lowercase().contains("classifier");
        self.booster
            .scikit_learn
            .iter()
            .any(|key| self.object.get(key).is_some())
            || says(self.object, is_a_classifier)
    }

    /// The number of classes; saved models write it as a text, and 0 for none.
    fn classes(&self) -> Option<Spanned<u64>> {
        let node = first(self.object, &self.booster.classes)
            .or_else(|| self.object.path(&["learner", "learner_model_param", "num_class"]));
        let number = |node: Value<'_>| node.as_u64().or_else(|| node.as_str()?.parse().ok());
        self.scope.spanned(node, number).filter(|classes| classes.value > 0)
    }

    /// The metrics; on raw sums those that cut or weigh probabilities read them wrongly.
    fn metrics(&self, are_raw: bool) -> Vec<Metric> {
        let said = self.booster.metrics.iter().filter_map(|key| self.object.get(key));
        let saved = self.object.path(&["learner", "metrics"]);
        said.chain(saved)
            .chain(self.object.path(&["metrics", "eval_metric"]))
            .flat_map(|node| std::iter::once(node).chain(node.items()))
            .map(|node| node.get("name").or_else(|| node.get("type")).unwrap_or(node))
            .flat_map(|node| {
                // LightGBM takes several in one text.
                let names = node.as_str().into_iter().flat_map(|names| names.split(','));
                names.map(move |name| (name.trim(), node))
            })
            .filter_map(|(name, node)| {
                let (bare, behind) = split(name);
                let named = Named::of(self.scope.metric(bare))?;
                let cuts = named.row.measures == Measures::Decisions;
                let misreads = are_raw && (cuts || named.row.measures == Measures::Probabilities);
                Some(Metric {
                    written: Spanned::new(name.to_owned(), node.at()),
                    accepted: named.accepted,
                    input: if misreads {
                        Input::Probabilities
                    } else {
                        named.row.input.by_default()
                    },
                    threshold: cuts.then(|| behind.parse().unwrap_or(USUAL_CUT)),
                    largest_without: None,
                    task: None,
                    classes: None,
                    row: named.row,
                })
            })
            .collect()
    }
}

/// Where metrics cut probabilities, unless told otherwise.
const USUAL_CUT: f64 = 0.5;

/// The value of the first of some keys that is given.
pub fn first<'t>(object: Value<'t>, keys: &[String]) -> Option<Value<'t>> {
    let mut given = keys.iter().filter_map(|key| object.get(key));
    given.find(|node| !node.is_null())
}

/// Whether a value weighs classes: neither off nor the weight 1.
fn weighs(node: Value<'_>) -> bool {
    node.as_bool() != Some(false) && node.as_f64() != Some(1.0) && node.as_str() != Some("None")
}
