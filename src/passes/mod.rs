//! The lints: one file each, registered in one array. A pass asks the IR and the tables; it never sees a framework's
//! spelling, and it cannot fail.

mod fold;
mod remedies;
mod run;
mod words;

use std::sync::OnceLock;

use crate::diagnostic::Finding;
use crate::ir::{Head, Model};
use crate::knowledge::{Knowledge, Thresholds};
use crate::page::{self, Page};

pub use run::run;

/// Declares the passes and makes the array of lints: a line names the pass's module, which is called as its page is, and says
/// what it looks at.
macro_rules! lints {
    ($($visibility:vis $module:ident $kind:ident,)*) => {
        $($visibility mod $module;)*
        const LINTS: &[(&str, Check)] = &[$((stringify!($module), lints!(@ $kind $module)),)*];
    };
    (@ File $module:ident) => { Check::File };
    (@ HeadAndModel $module:ident) => { Check::HeadAndModel($module::check, $module::check_model) };
    (@ $kind:ident $module:ident) => { Check::$kind($module::check) };
}

lints! {
    bounded_regression_head Head,
    classification_loss_for_regression Head,
    conflicting_facts Head,
    detection_head Head,
    pub duplicate_key File,
    focal_parameters Head,
    hinge_margin Head,
    ignored_imbalance Head,
    ineffective_argument Head,
    ineffective_epsilon Model,
    pub invalid_config File,
    invalid_spec Model,
    label_format Head,
    large_one_hot Head,
    logits_as_probabilities Head,
    loss_domain Head,
    metric_mismatch Head,
    mse_for_classification Head,
    multiclass_as_multilabel Head,
    multilabel_as_multiclass Head,
    not_log_probabilities Head,
    ordinal_as_nominal Head,
    outlier_sensitive_loss Head,
    prefer_logits Head,
    probabilities_as_logits Head,
    redundant_log_softmax Head,
    refused_name Head,
    sigmoid_categorical_crossentropy Head,
    single_output_multilabel Head,
    single_unit_categorical_crossentropy Head,
    single_unit_softmax Head,
    softmax_binary_crossentropy Head,
    squashed_logits Head,
    pub syntax_error File,
    unclipped_log Model,
    units_classes HeadAndModel,
    unnormalized_targets Head,
    unreduced_loss Head,
    pub unused_suppression File,
}

type HeadCheck = fn(&Context<'_>, &Head) -> Option<Finding>;
type ModelCheck = fn(&Context<'_>) -> Vec<Finding>;

/// What a pass looks at.
#[derive(Clone, Copy)]
enum Check {
    /// One head at a time.
    Head(HeadCheck),
    /// The whole model.
    Model(ModelCheck),
    /// One head at a time, and the whole model.
    HeadAndModel(HeadCheck, ModelCheck),
    /// The form of the file: found while it is read, before there is a model.
    File,
}

/// What a pass may ask.
pub struct Context<'a> {
    /// The model that is judged.
    pub model: &'a Model,
    /// The tables, for naming remedies.
    pub knowledge: &'a Knowledge,
    /// The limits that users can set.
    pub thresholds: &'a Thresholds,
}

/// A lint: its page and its pass.
pub struct Lint {
    /// What it is and why: the page in `lints/`.
    pub page: &'static Page,
    check: Check,
}

impl Lint {
    /// The lint's name, in kebab case.
    pub fn name(&self) -> &'static str {
        self.page.name
    }
}

/// All lints, sorted by name.
pub fn lints() -> &'static [Lint] {
    static LOADED: OnceLock<Vec<Lint>> = OnceLock::new();
    LOADED.get_or_init(|| {
        let with_page = |&(module, check): &(&str, Check)| {
            let page = page::of(&module.replace('_', "-"))?;
            Some(Lint { page, check })
        };
        LINTS.iter().filter_map(with_page).collect()
    })
}

/// The lint of that name.
pub fn lint(name: &str) -> Option<&'static Lint> {
    let at = lints().binary_search_by(|lint| lint.name().cmp(name)).ok()?;
    lints().get(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_has_a_pass_and_every_pass_a_page() {
        let names: Vec<&str> = lints().iter().map(Lint::name).collect();
        let pages: Vec<&str> = page::pages().iter().map(|page| page.name).collect();
        assert_eq!(names, pages);
        assert_eq!(LINTS.len(), pages.len());
    }
}
