//! That every row and every spelling is used by a model: a new row without one fails here, with its name.

use std::collections::BTreeSet;

use losslint::ir::{LossStatement, Model};
use losslint::knowledge::{Knowledge, Row, boosters, library_heads};

use crate::common::source::text_of;
use crate::{MODELS, models_below, read};

/// Functions of code that no configuration names: of each, the library and the row.
const IN_CODE_ONLY: &[&str] = &["torch gumbel_softmax", "torch exp"];

/// What models resolve and name: of each kind, the library and the spelling without its module.
#[derive(Default)]
struct Used {
    losses: BTreeSet<(String, String)>,
    metrics: BTreeSet<(String, String)>,
    activations: BTreeSet<String>,
    layers: BTreeSet<String>,
}

impl Used {
    fn add(&mut self, model: &Model) {
        for head in &model.heads {
            match &head.loss {
                LossStatement::Known(loss) => insert(&mut self.losses, &loss.row.library, &loss.written.value),
                // Refused in the place of a loss.
                LossStatement::Metric(name) => insert(&mut self.losses, &model.framework.name, &name.value),
                _ => {}
            }
            for metric in &head.metrics {
                insert(&mut self.metrics, &metric.row.library, &metric.written.value);
            }
            if let Some(activation) = head.activation() {
                self.activations
                    .insert(format!("{} {}", activation.row.library, activation.row.name));
                self.layers.insert(plain(&activation.layer.written).to_owned());
            }
        }
    }
}

fn insert(into: &mut BTreeSet<(String, String)>, library: &str, written: &str) {
    into.insert((library.to_owned(), written.to_owned()));
    into.insert((library.to_owned(), plain(written).to_owned()));
}

/// A name without the module before it.
fn plain(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

fn used() -> Used {
    let mut used = Used::default();
    for path in models_below(MODELS) {
        read(&path).0.iter().for_each(|model| used.add(model));
    }
    used
}

/// The spellings of rows that are not used.
fn unused<'k, R: Row + 'k>(
    rows: impl Iterator<Item = &'k std::sync::Arc<R>>,
    is_used: impl Fn(&str, &str) -> bool,
) -> Vec<String> {
    let mut unused = Vec::new();
    for row in rows {
        let names = row.spellings().map(|(name, _)| name);
        let missing = names.filter(|name| !is_used(row.library(), name));
        unused.extend(missing.map(|name| format!("{}: `{name}` of {}", row.library(), row.name())));
    }
    unused
}

#[test]
fn every_loss_metric_and_activation_is_resolved_in_a_model() {
    let (used, knowledge) = (used(), Knowledge::built_in());
    let is_in = |set: &BTreeSet<(String, String)>, library: &str, name: &str| {
        set.contains(&(library.to_owned(), name.to_owned()))
    };
    let mut missing = unused(knowledge.losses(), |library, name| is_in(&used.losses, library, name));
    missing.extend(unused(knowledge.metrics(), |library, name| {
        is_in(&used.metrics, library, name)
    }));
    let rows = knowledge
        .activations()
        .map(|row| format!("{} {}", row.library, row.name));
    missing.extend(rows.filter(|row| !used.activations.contains(row) && !IN_CODE_ONLY.contains(&row.as_str())));
    assert!(
        missing.is_empty(),
        "tests/scripts/row_fixtures.py writes models for these: {missing:#?}"
    );
}

/// Names that the inner representation does not keep: layers before the last, functions in an expression, heads of a library, arguments.
#[test]
fn every_other_name_stands_in_a_model_of_its_library() {
    let folders = crate::names_in(&crate::root().join(MODELS));
    let texts: Vec<(String, BTreeSet<String>)> = folders
        .into_iter()
        .map(|library| (library.clone(), words(&library)))
        .collect();
    let stands = |library: &str, name: &str| texts.iter().any(|(own, words)| own == library && words.contains(name));
    let knowledge = Knowledge::built_in();
    let mut missing = unused(knowledge.layers(), stands);
    missing.extend(unused(knowledge.operations(), stands));
    let heads = library_heads().flat_map(|(library, head)| head.names.iter().map(move |name| (library, name.as_str())));
    let arguments = boosters()
        .iter()
        .flat_map(|booster| booster.names().map(|name| (booster.framework.as_str(), name)));
    let named = heads.chain(arguments).filter(|(_, name)| !name.contains('*'));
    missing.extend(
        named
            .filter(|(library, name)| !stands(library, name))
            .map(|(library, name)| format!("{library}: {name}")),
    );
    assert!(
        missing.is_empty(),
        "tests/scripts/row_fixtures.py writes models for these: {missing:#?}"
    );
}

fn words(library: &str) -> BTreeSet<String> {
    let texts = models_below(&format!("{MODELS}/{library}"))
        .into_iter()
        .map(|path| text_of(&path));
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    texts
        .flat_map(|text| text.split(|c| !is_part(c)).map(str::to_owned).collect::<Vec<_>>())
        .collect()
}
