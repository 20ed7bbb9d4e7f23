//! The parameters of one model: which library's they are, and the head that follows from them.

use std::sync::Arc;

use super::arguments::split;
use crate::dialects::reading::arguments::Arguments;
use crate::dialects::reading::names::Named;
use crate::dialects::reading::{Reader, Scope, effect, heads, losses};
use crate::ir::{Head, Ineffective, LossForm, LossStatement, Metric, NotChecked, Unjudged};
use crate::knowledge::{Booster, Framework, LossRow, UnitsRule, Vocabulary, boosters};
use crate::span::Spanned;
use crate::syntax::NodeRef;

/// The parameters of one model.
pub struct Parameters<'r, 't> {
    /// The library's names.
    pub scope: Scope<'r>,
    /// What its parameters are called.
    pub booster: &'static Booster,
    /// The object that they stand in.
    pub object: NodeRef<'t>,
    /// The name of the objective.
    pub objective: NodeRef<'t>,
    row: Arc<LossRow>,
}

/// The outermost objects that are parameters of boosted trees.
pub fn parameters<'r, 't>(reader: &Reader<'r>, root: NodeRef<'t>) -> Vec<Parameters<'r, 't>> {
    let mut found = Vec::new();
    let mut stack = vec![root];
    while let Some(node) = stack.pop() {
        match Parameters::of(reader, node) {
            Some(parameters) => found.push(parameters),
            None => {
                let below = stack.len();
                stack.extend(node.members().map(|(_, value)| value).chain(node.items()));
                stack[below..].reverse();
            }
        }
    }
    found
}

impl<'r, 't> Parameters<'r, 't> {
    fn of(reader: &Reader<'r>, node: NodeRef<'t>) -> Option<Self> {
        if !node.is_object() {
            return None;
        }
        boosters().iter().find_map(|booster| {
            let scope = reader.scope(&booster.framework)?;
            let objective = match saved_objective(node) {
                Some(objective) => objective,
                None => {
                    let signs = booster.signs.iter().filter(|sign| node.get(sign).is_some()).count();
                    let is_known = || signs >= booster.signs_wanted || is_named(node, scope.framework);
                    first(node, &booster.objective).filter(|_| is_known())?
                }
            };
            let row = scope.loss(split(objective.as_str()?).0).known()?;
            Some(Self {
                scope,
                booster,
                object: node,
                objective,
                row,
            })
        })
    }

    /// Its one output, with what it is trained and watched by.
    pub fn head(&self) -> Head {
        let at = self.scope.at(self.objective);
        let written = Spanned::new(self.objective.as_str().unwrap_or_default().to_owned(), at);
        let mut head = heads::built_by_library(&self.scope, written.clone());
        let classes = self.classes();
        head.output.units = match self.row.units {
            UnitsRule::One => Some(Spanned::new(1, at)).filter(|_| !self.may_be_replaced()),
            // The interface of scikit-learn counts more than two classes itself.
            UnitsRule::Many => classes.filter(|classes| classes.value > 1 || !self.may_be_replaced()),
            UnitsRule::OneOrMany | UnitsRule::Any => None,
        };
        if self.row.units == UnitsRule::Many && classes.is_none() {
            head.not_checked.push(NotChecked {
                what: Unjudged::Unresolved,
                at,
                why: "the number of classes is not given here, but counted in the data".to_owned(),
            });
        }
        head.facts.classes = classes.filter(|classes| classes.value >= 2);
        let ineffective = self.ineffective();
        head.facts.class_weight = self.class_weight(&ineffective);
        head.metrics = self.metrics();
        let vocabulary = Vocabulary::Names {
            bare: self.scope.libraries_of_bare_names().to_vec(),
            paths: false,
        };
        head.loss = losses::with_defaults(self.row.clone(), written, LossForm::Name(None), vocabulary);
        if let LossStatement::Known(loss) = &mut head.loss {
            loss.ineffective = ineffective;
            loss.missing = effect::missing(&self.row, self);
            loss.settings = effect::settings(self.scope.knowledge, &self.row.library, self);
        }
        head
    }

    /// The arguments that do not count beside the objective, or are refused there.
    fn ineffective(&self) -> Vec<Ineffective> {
        let is_certain = self.row.units == UnitsRule::Many || !self.may_be_replaced();
        if is_certain {
            effect::ineffective(&self.row, self)
        } else {
            Vec::new()
        }
    }

    /// Whether classes are weighed, by the first parameter for that which counts.
    fn class_weight(&self, ineffective: &[Ineffective]) -> Option<Spanned<bool>> {
        let spellings = self.booster.class_weights.iter().map(|name| self.spelling(name));
        let mut counting = spellings.filter(|key| !ineffective.iter().any(|given| given.argument.value == **key));
        let node = counting.find_map(|key| self.object.get(key).filter(|node| !node.is_null()))?;
        Some(Spanned::new(weighs(node), self.scope.at(node)))
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
        let number = |node: NodeRef<'_>| node.as_u64().or_else(|| node.as_str()?.parse().ok());
        self.scope.spanned(node, number).filter(|classes| classes.value > 0)
    }

    fn metrics(&self) -> Vec<Metric> {
        let said = self.booster.metrics.iter().filter_map(|key| self.object.get(key));
        let saved = self.object.path(&["learner", "metrics"]);
        said.chain(saved)
            .flat_map(|node| std::iter::once(node).chain(node.items()))
            .map(|node| node.get("name").unwrap_or(node))
            .flat_map(|node| {
                // LightGBM takes several in one text.
                let names = node.as_str().into_iter().flat_map(|names| names.split(','));
                names.map(move |name| (name.trim(), node))
            })
            .filter_map(|(name, node)| {
                let named = Named::of(self.scope.metric(split(name).0))?;
                Some(Metric {
                    written: Spanned::new(name.to_owned(), self.scope.at(node)),
                    accepted: named.accepted,
                    input: named.row.input.by_default(),
                    threshold: None,
                    task: None,
                    classes: None,
                    row: named.row,
                })
            })
            .collect()
    }
}

/// Keys under which a configuration names a library or one of its classes.
const NAMING: &[&str] = &[
    "name",
    "type",
    "model",
    "model_type",
    "model_name",
    "estimator",
    "algorithm",
    "library",
    "class",
];

/// Whether an object, or the one around it, bears the library's name.
fn is_named(node: NodeRef<'_>, framework: &Framework) -> bool {
    says(node, |text| {
        let text = text.to_lowercase();
        let mut names = std::iter::once(&framework.name).chain(&framework.aliases);
        names.any(|name| text.contains(name.as_str()))
    })
}

/// Whether an object, or the one around it, has a name of some kind: as its key or under one of [`NAMING`].
fn says(node: NodeRef<'_>, fits: impl Fn(&str) -> bool) -> bool {
    std::iter::once(node).chain(node.parent()).any(|object| {
        let by_key = object.key().is_some_and(|key| fits(key.text()));
        let by_name = |key: &&str| object.get(key).and_then(NodeRef::as_str).is_some_and(&fits);
        by_key || NAMING.iter().any(by_name)
    })
}

/// The objective of a saved XGBoost model.
fn saved_objective(node: NodeRef<'_>) -> Option<NodeRef<'_>> {
    node.path(&["learner", "objective", "name"]).filter(|_| {
        node.path(&["learner", "learner_model_param"]).is_some() || node.path(&["learner", "metrics"]).is_some()
    })
}

/// The value of the first of some keys that is given.
fn first<'t>(object: NodeRef<'t>, keys: &[String]) -> Option<NodeRef<'t>> {
    let mut given = keys.iter().filter_map(|key| object.get(key));
    given.find(|node| !node.is_null())
}

/// Whether a value weighs classes: neither off nor the weight 1.
fn weighs(node: NodeRef<'_>) -> bool {
    node.as_bool() != Some(false) && node.as_f64() != Some(1.0) && node.as_str() != Some("None")
}
