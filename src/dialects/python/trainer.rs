//! Models of transformers that its own `Trainer` trains: the loss follows from the class, the number of labels and the problem type, as
//! it does from a model's `config.json`.

use super::written::Writer;
use crate::dialects::Dialect;
use crate::dialects::hugging_face::HuggingFace;
use crate::ir::Model;
use crate::program::{Callee, Kind, Made, MadeId, Run, Value as Evaluated};
use crate::reading::{Reader, Scope};
use crate::span::NodeId;
use crate::syntax::source::Sketch;
use crate::values::Value;

/// The library.
const LIBRARY: &str = "transformers.";
/// What makes a model of a class.
const MAKERS: &[&str] = &["from_pretrained", "from_config"];
/// What its configuration may be told beside the weights' name.
const SETTINGS: &[&str] = &["num_labels", "problem_type", "id2label"];

/// The models that a trainer gets, read as their configurations would be. What differs from run to run is left out.
pub fn models<'p>(reader: &Reader<'_>, scope: &Scope<'_>, root: Value<'_>, runs: &[Run<'p>]) -> Vec<Model> {
    let Some(first) = runs.first() else { return Vec::new() };
    let mut sketch = Sketch::of(root.tree());
    let mut nodes: Vec<NodeId> = Vec::new();
    {
        let mut writer = Writer::new(scope, first, &mut sketch);
        for id in trained(first) {
            let made = first.arena.made(id);
            if runs
                .iter()
                .all(|run| trained(run).iter().any(|other| is_same(made, run.arena.made(*other))))
            {
                nodes.extend(configuration(first, made, &mut writer));
            }
        }
    }
    let tree = sketch.finish();
    let said = nodes.into_iter().filter_map(|node| tree.node(node));
    said.flat_map(|node| HuggingFace.read(reader, reader.value(node)))
        .collect()
}

/// The models that a trainer of the library gets.
fn trained(run: &Run<'_>) -> Vec<MadeId> {
    let trainers = run
        .arena
        .made
        .iter()
        .filter(|made| is_of_library(made, |name| name.ends_with("Trainer")));
    let models = trainers.filter_map(|made| made.arguments.get(0, "model"));
    let ids = models.filter_map(|model| match model.kind {
        Kind::Made(id) => Some(id),
        _ => None,
    });
    ids.filter(|id| class_of(run.arena.made(*id)).is_some()).collect()
}

fn is_of_library(made: &Made<'_>, is_wanted: impl Fn(&str) -> bool) -> bool {
    matches!(&made.callee, Callee::Library(name) if name.strip_prefix(LIBRARY).is_some_and(is_wanted))
}

/// The class of which a model is made with the library's own weights or configuration.
fn class_of<'m>(made: &'m Made<'_>) -> Option<&'m str> {
    let Callee::Library(name) = &made.callee else {
        return None;
    };
    let (class, maker) = name.strip_prefix(LIBRARY)?.rsplit_once('.')?;
    // What a configuration of the program's own says is not known here.
    let is_plain =
        made.arguments.open.is_none() && made.arguments.under("config").is_none() && made.attributes.is_empty();
    (MAKERS.contains(&maker) && is_plain && class.contains("For")).then_some(class)
}

fn is_same<'p>(made: &Made<'p>, other: &Made<'p>) -> bool {
    made.at == other.at
        && SETTINGS
            .iter()
            .all(|name| match (made.arguments.under(name), other.arguments.under(name)) {
                (None, None) => true,
                (Some(own), Some(other)) => own.is_same(other),
                _ => false,
            })
}

/// What the model's `config.json` would say.
fn configuration<'p>(run: &Run<'p>, made: &Made<'p>, writer: &mut Writer<'_, 'p>) -> Option<NodeId> {
    let class = class_of(made)?;
    let family = class.split("For").next().unwrap_or(class);
    let text = |text: &str| Evaluated::new(Kind::Text(text.into()), made.callee_at);
    let settings = SETTINGS
        .iter()
        .filter_map(|name| Some((*name, made.arguments.under(name)?)));
    let settings: Vec<(&str, &Evaluated<'p>)> = settings.collect();
    // A count that is not written down is not the default.
    let is_known = |value: &Evaluated<'p>| !matches!(value.kind, Kind::Unknown(_) | Kind::Made(_));
    if !settings.iter().all(|(_, value)| is_known(value)) || run.arena.made.is_empty() {
        return None;
    }
    let family = text(family);
    let mut members = vec![("model_type", &family)];
    members.extend(settings);
    Some(writer.table_with_list(made.at, "architectures", &text(class), &members))
}
