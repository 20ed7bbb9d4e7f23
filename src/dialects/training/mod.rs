//! Training configurations: classes named somewhere in a file, with arguments → IR. What the dialects of PyTorch's
//! frameworks share; each of them says how it recognises its files, and its layout where things stand.

mod heads;
mod own_code;
mod search;

use crate::ir::{LossStatement, Metric, Model, NotChecked, Unjudged};
use crate::knowledge::{Autocast, layout};
use crate::reading::{BareNames, Reader, Scope, losses, said};
use crate::values::Value;

use search::Search;

pub use search::Found;

/// What a search finds in a file of a dialect that has a layout.
pub fn find<'t>(reader: &Reader<'t>, dialect: &str, root: Value<'t>) -> Option<Found<'t>> {
    let layout = layout(dialect);
    let scope = reader.scope(&layout.framework)?;
    Some(Search::new(&scope, layout).run(&[root]))
}

/// Reads the model of a file, whose top comes first, and of those that belong to it: its network and its losses, as far as they are not code. A file without any is a part of a
/// configuration: a model without heads. The dialect's layout says where things stand.
pub fn read<'t>(reader: &Reader<'t>, dialect: &'static str, tops: &[Value<'t>]) -> Vec<Model> {
    let layout = layout(dialect);
    let (Some(scope), Some(&root)) = (reader.scope(&layout.framework), tops.first()) else {
        return Vec::new();
    };
    let scope = scope.with_bare_names(match layout.bare_names_of.as_slice() {
        [] => BareNames::FirstLibrary,
        libraries => BareNames::Of(libraries),
    });
    let found = Search::new(&scope, layout).run(tops);
    let reading = heads::Reading {
        scope: &scope,
        layout,
        root,
        found: &found,
    };
    let mut model = scope.model(dialect, root);
    if !found.is_something() {
        model.not_checked.push(NotChecked {
            what: Unjudged::Part,
            at: root.at(),
            why: layout.part.clone(),
        });
        return vec![model];
    }
    model.heads = reading.heads();
    let mut facts = said::read(tops);
    facts.task = facts.task.or(reading.task_of_network());
    let autocast = layout.autocast.as_ref().and_then(|said| autocast(root, said));
    for head in &mut model.heads {
        head.facts = facts.clone();
        if let LossStatement::Known(loss) = &mut head.loss {
            loss.under_autocast = autocast.map(|node| node.at());
        }
        reading.doubt_width(head);
        if found.losses.is_empty() {
            crate::reading::heads::note_missing_loss(head);
        }
    }
    vec![model]
}

/// Where it is said that the training runs under automatic mixed precision on a GPU.
fn autocast<'t>(root: Value<'t>, said: &Autocast) -> Option<Value<'t>> {
    let at = |path: &[String]| {
        path.iter()
            .try_fold(root, |node, key| node.get(key))
            .map(Value::followed)
    };
    let is_one_of = |node: &Value<'_>, words: &[String]| words.iter().any(|word| word == node.text());
    at(&said.accelerator).filter(|node| is_one_of(node, &said.on))?;
    at(&said.precision).filter(|node| is_one_of(node, &said.mixed))
}

/// The metrics below a node: a list, an object of them, or one.
fn metrics(scope: &Scope<'_>, node: Value<'_>) -> Vec<Metric> {
    let node = node.followed();
    let items: Vec<Value<'_>> = if node.is_array() {
        node.items().collect()
    } else if node.is_object() && node.made().is_none() {
        node.members().map(|(_, value)| value).collect()
    } else {
        vec![node]
    };
    items
        .into_iter()
        .filter_map(|item| losses::metric(scope, item))
        .collect()
}
