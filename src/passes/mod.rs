//! The lints: one file each, registered in one array. A pass asks the IR and the tables; it never sees a framework's
//! spelling, and it cannot fail.

mod fold;
pub mod page;
mod values;
mod words;

use std::sync::OnceLock;

use crate::diagnostic::Finding;
use crate::ir::{Head, Model};
use crate::knowledge::Knowledge;

pub use page::{Group, Page};

/// Makes the array of lints: a line declares the page, the pass's file and what it looks at.
macro_rules! lints {
    ($($name:literal $module:ident $kind:ident,)*) => {
        $(pub mod $module;)*

        const LINTS: &[(&str, &str, Check)] = &[
            $(($name, include_str!(concat!("../../lints/", $name, ".md")), lints!(@ $kind $module)),)*
        ];
    };
    (@ File $module:ident) => { Check::File };
    (@ $kind:ident $module:ident) => { Check::$kind($module::check) };
}

lints! {
    "duplicate-key" duplicate_key File,
    "logits-as-probabilities" logits_as_probabilities Head,
    "mse-for-classification" mse_for_classification Head,
    "not-log-probabilities" not_log_probabilities Head,
    "probabilities-as-logits" probabilities_as_logits Head,
    "sigmoid-categorical-crossentropy" sigmoid_categorical_crossentropy Head,
    "single-output-multilabel" single_output_multilabel Head,
    "single-unit-categorical-crossentropy" single_unit_categorical_crossentropy Head,
    "single-unit-softmax" single_unit_softmax Head,
    "syntax-error" syntax_error File,
    "unclipped-log" unclipped_log Model,
    "unnormalized-targets" unnormalized_targets Head,
}

/// What a pass looks at.
#[derive(Clone, Copy)]
enum Check {
    /// One head at a time.
    Head(fn(&Context<'_>, &Head) -> Option<Finding>),
    /// The whole model.
    Model(fn(&Context<'_>) -> Vec<Finding>),
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

/// Limits that decide when a number is large. Their reasons stand on the lints' pages.
#[derive(Debug, Clone, PartialEq)]
pub struct Thresholds {
    /// `unnormalized-targets`: the mean's distance from zero or the standard deviation, in the target's unit.
    pub target_scale: f64,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self { target_scale: 100.0 }
    }
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
    lints().iter().find(|lint| lint.name() == name)
}

/// Runs the lints that `enabled` names over a model. Findings whose cause another finding explains are folded into it.
pub fn run(context: &Context<'_>, enabled: &dyn Fn(&Lint) -> bool) -> Vec<Finding> {
    let mut findings = Vec::new();
    for head in &context.model.heads {
        let mut of_head = Vec::new();
        for lint in lints().iter().filter(|lint| enabled(lint)) {
            if let Check::Head(check) = lint.check {
                of_head.extend(check(context, head));
            }
        }
        findings.extend(fold::fold(of_head));
    }
    for lint in lints().iter().filter(|lint| enabled(lint)) {
        if let Check::Model(check) = lint.check {
            findings.extend(check(context));
        }
    }
    findings
}
