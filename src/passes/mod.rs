//! The lints: one file each, registered in one array. A pass asks the IR and the tables; it never sees a framework's
//! spelling, and it cannot fail.

mod bounded_regression_head;
mod classification_loss_for_regression;
mod conflicting_facts;
mod detection_head;
pub mod duplicate_key;
mod focal_parameters;
mod fold;
mod hinge_margin;
mod ignored_imbalance;
mod ineffective_argument;
mod ineffective_epsilon;
pub mod invalid_config;
mod invalid_spec;
mod label_format;
mod large_one_hot;
mod logits_as_probabilities;
mod loss_domain;
mod metric_mismatch;
mod mse_for_classification;
mod multiclass_as_multilabel;
mod multilabel_as_multiclass;
mod not_log_probabilities;
mod ordinal_as_nominal;
mod outlier_sensitive_loss;
pub mod page;
mod prefer_logits;
mod probabilities_as_logits;
mod redundant_log_softmax;
mod refused_name;
mod remedies;
mod run;
mod sigmoid_categorical_crossentropy;
mod single_output_multilabel;
mod single_unit_categorical_crossentropy;
mod single_unit_softmax;
mod softmax_binary_crossentropy;
mod squashed_logits;
pub mod syntax_error;
mod unclipped_log;
mod units_classes;
mod unnormalized_targets;
mod unreduced_loss;
pub mod unused_suppression;
mod values;
mod words;

use std::sync::OnceLock;

use crate::diagnostic::Finding;
use crate::ir::{Head, Model};
use crate::knowledge::{Knowledge, Thresholds};
use page::PageText;

pub use page::{Group, Page};
pub use run::run;

/// Makes the array of lints: a line names the page, the pass's module and what it looks at.
macro_rules! lints {
    ($($name:literal $module:ident $kind:ident,)*) => {
        const LINTS: &[(&str, PageText, Check)] = &[$((
            $name,
            PageText {
                front: include_str!(concat!(env!("OUT_DIR"), "/lints/", $name, ".json")),
                whole: include_str!(concat!("../../lints/", $name, ".md")),
            },
            lints!(@ $kind $module),
        ),)*];
    };
    (@ File $module:ident) => { Check::File };
    (@ HeadAndModel $module:ident) => { Check::HeadAndModel($module::check, $module::check_model) };
    (@ $kind:ident $module:ident) => { Check::$kind($module::check) };
}

lints! {
    "bounded-regression-head" bounded_regression_head Head,
    "classification-loss-for-regression" classification_loss_for_regression Head,
    "conflicting-facts" conflicting_facts Head,
    "detection-head" detection_head Head,
    "duplicate-key" duplicate_key File,
    "focal-parameters" focal_parameters Head,
    "hinge-margin" hinge_margin Head,
    "ignored-imbalance" ignored_imbalance Head,
    "ineffective-argument" ineffective_argument Head,
    "ineffective-epsilon" ineffective_epsilon Model,
    "invalid-config" invalid_config File,
    "invalid-spec" invalid_spec Model,
    "label-format" label_format Head,
    "large-one-hot" large_one_hot Head,
    "logits-as-probabilities" logits_as_probabilities Head,
    "loss-domain" loss_domain Head,
    "metric-mismatch" metric_mismatch Head,
    "mse-for-classification" mse_for_classification Head,
    "multiclass-as-multilabel" multiclass_as_multilabel Head,
    "multilabel-as-multiclass" multilabel_as_multiclass Head,
    "not-log-probabilities" not_log_probabilities Head,
    "ordinal-as-nominal" ordinal_as_nominal Head,
    "outlier-sensitive-loss" outlier_sensitive_loss Head,
    "prefer-logits" prefer_logits Head,
    "probabilities-as-logits" probabilities_as_logits Head,
    "redundant-log-softmax" redundant_log_softmax Head,
    "refused-name" refused_name Head,
    "sigmoid-categorical-crossentropy" sigmoid_categorical_crossentropy Head,
    "single-output-multilabel" single_output_multilabel Head,
    "single-unit-categorical-crossentropy" single_unit_categorical_crossentropy Head,
    "single-unit-softmax" single_unit_softmax Head,
    "softmax-binary-crossentropy" softmax_binary_crossentropy Head,
    "squashed-logits" squashed_logits Head,
    "syntax-error" syntax_error File,
    "unclipped-log" unclipped_log Model,
    "units-classes" units_classes HeadAndModel,
    "unnormalized-targets" unnormalized_targets Head,
    "unreduced-loss" unreduced_loss Head,
    "unused-suppression" unused_suppression File,
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
    pub page: Page,
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
        LINTS
            .iter()
            .map(|&(name, text, check)| Lint {
                page: Page::read(name, text),
                check,
            })
            .collect()
    })
}

/// The lint of that name.
pub fn lint(name: &str) -> Option<&'static Lint> {
    let at = lints().binary_search_by(|lint| lint.name().cmp(name)).ok()?;
    lints().get(at)
}
