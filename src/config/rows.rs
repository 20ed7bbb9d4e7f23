//! A team's own losses, activations and metrics → rows of the knowledge tables, before all others.

use std::sync::Arc;

use serde::de::DeserializeOwned;

use super::Problem;
use crate::knowledge::{ActivationRow, AnyRow, Framework, Knowledge, LossRow, MetricRow, Rows};
use crate::syntax::NodeRef;

/// The built-in tables with the configuration's rows; `None` when it has none. Fails with all that is wrong with the rows.
pub fn knowledge(root: NodeRef<'_>) -> Result<Option<Knowledge>, Vec<Problem>> {
    let keys = ["losses", "activations", "metrics"];
    if keys.iter().all(|key| root.get(key).is_none()) {
        return Ok(None);
    }
    let mut reader = Reader {
        built_in: Arc::clone(Knowledge::built_in()),
        problems: Vec::new(),
    };
    let mut rows = Rows::default();
    for table in root.items_of("losses") {
        if let Some(row) = reader.loss(table) {
            rows.losses.push((framework(table), row));
        }
    }
    for table in root.items_of("activations") {
        if let Some(row) = reader.activation(table) {
            rows.activations.push((framework(table), row));
        }
    }
    for table in root.items_of("metrics") {
        if let Some(row) = reader.metric(table) {
            rows.metrics.push((framework(table), row));
        }
    }
    if reader.problems.is_empty() {
        Ok(Some(Knowledge::with_project(&rows)))
    } else {
        Err(reader.problems)
    }
}

fn framework(table: NodeRef<'_>) -> Option<String> {
    table.text_of("framework").map(str::to_owned)
}

/// The spelling of a framework's row that is near to a name.
type NearestName = for<'k> fn(&'k Knowledge, &Framework, &str) -> Option<&'k str>;

/// Whether the tables have that name for a framework.
type IsKnown = fn(&Knowledge, &Framework, &str) -> bool;

/// Near names of each framework behind the module that is written; not all of them lead anywhere.
fn beside(knowledge: &Knowledge, nearest: NearestName, written: &str) -> Vec<String> {
    let Some((module, _)) = written.rsplit_once('.') else {
        return Vec::new();
    };
    let near = knowledge
        .frameworks()
        .filter_map(|framework| nearest(knowledge, framework, written));
    near.map(|name| format!("{module}.{name}")).collect()
}

struct Reader {
    built_in: Arc<Knowledge>,
    problems: Vec<Problem>,
}

impl Reader {
    fn loss(&mut self, table: NodeRef<'_>) -> Option<LossRow> {
        let (name, names) = self.names(table, |tables, framework, name| {
            tables.loss(framework, name).known().is_some()
        })?;
        let like = self.like(table, Knowledge::nearest_loss, |row| match row {
            AnyRow::Loss(row) => Some((*row).clone()),
            _ => None,
        })?;
        let mut row = match like {
            Some(row) => row,
            None => LossRow::custom(self.required(table, "family")?, self.required(table, "input")?),
        };
        row.name = name;
        row.names = names;
        (row.legacy, row.refused) = (Vec::new(), Vec::new());
        self.given(table, "family", &mut row.family);
        self.given(table, "input", &mut row.input);
        self.given(table, "labels", &mut row.labels);
        self.given(table, "units", &mut row.units);
        self.given(table, "class_weights", &mut row.class_weights);
        self.given(table, "balances", &mut row.balances);
        Some(row)
    }

    fn activation(&mut self, table: NodeRef<'_>) -> Option<ActivationRow> {
        let (name, names) = self.names(table, |tables, framework, name| {
            tables.activation(framework, name).known().is_some()
        })?;
        let like = self.like(table, Knowledge::nearest_activation, |row| match row {
            AnyRow::Activation(row) => Some((*row).clone()),
            _ => None,
        })?;
        let mut row = match like {
            Some(row) => row,
            None => ActivationRow::custom(self.required(table, "produces")?, self.required(table, "range")?),
        };
        row.name = name;
        row.names = names;
        (row.legacy, row.refused, row.layers) = (Vec::new(), Vec::new(), Vec::new());
        self.given(table, "produces", &mut row.produces);
        self.given(table, "range", &mut row.range);
        Some(row)
    }

    fn metric(&mut self, table: NodeRef<'_>) -> Option<MetricRow> {
        let (name, names) = self.names(table, |tables, framework, name| {
            tables.metric(framework, name).known().is_some()
        })?;
        let like = self.like(table, Knowledge::nearest_metric, |row| match row {
            AnyRow::Metric(row) => Some((*row).clone()),
            _ => None,
        })?;
        let mut row = match like {
            Some(row) => row,
            None => MetricRow::custom(self.required(table, "measures")?, self.required(table, "input")?),
        };
        row.name = name;
        row.names = names;
        (row.legacy, row.refused) = (Vec::new(), Vec::new());
        self.given(table, "measures", &mut row.measures);
        self.given(table, "input", &mut row.input);
        self.given(table, "tasks", &mut row.tasks);
        Some(row)
    }

    fn names(&mut self, table: NodeRef<'_>, is_known: IsKnown) -> Option<(String, Vec<String>)> {
        let Some(name) = table.text_of("name") else {
            self.problems.push(Problem::new(table, "this table has no name"));
            return None;
        };
        let mut names = Vec::new();
        self.given(table, "names", &mut names);
        if table.get("override").and_then(NodeRef::as_bool) != Some(true) {
            self.refuse_names_of_libraries(table, is_known);
        }
        Some((name.to_owned(), names))
    }

    /// A row that changes what a library's own name means could hide a mistake, so it has to say so.
    fn refuse_names_of_libraries(&mut self, table: NodeRef<'_>, is_known: IsKnown) {
        let of_framework = table.text_of("framework");
        let asks = |framework: &Framework| of_framework.is_none_or(|name| framework.is_called(name));
        for spelling in table.get("name").into_iter().chain(table.items_of("names")) {
            let known = |framework: &Framework| is_known(&self.built_in, framework, spelling.text());
            let framework = self
                .built_in
                .frameworks()
                .find(|framework| asks(framework) && known(framework));
            if let Some(framework) = framework {
                let message = format!("\"{}\" is a name of {}'s own", spelling.text(), framework.name);
                let help = "give the project's own another name, or add override = true".to_owned();
                self.problems.push(Problem {
                    help: Some(help),
                    ..Problem::new(spelling, message)
                });
            }
        }
    }

    /// The row that `like` names: `Some(None)` when it is not given, `None` when it cannot be found.
    fn like<R>(
        &mut self,
        table: NodeRef<'_>,
        nearest: NearestName,
        pick: impl Fn(AnyRow) -> Option<R>,
    ) -> Option<Option<R>> {
        let Some(node) = table.get("like") else {
            return Some(None);
        };
        let find = |name: &str| self.built_in.dotted(name).and_then(&pick);
        if let Some(row) = find(node.text()) {
            return Some(Some(row));
        }
        let beside = beside(&self.built_in, nearest, node.text());
        let help = match beside.into_iter().find(|name| find(name).is_some()) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => {
                "write it with its module, such as \"torch.nn.BCEWithLogitsLoss\" or \"keras.losses.Huber\"".to_owned()
            }
        };
        let message = format!("the tables have nothing called \"{}\" for this", node.text());
        self.problems.push(Problem {
            help: Some(help),
            ..Problem::new(node, message)
        });
        None
    }

    fn required<T: DeserializeOwned>(&mut self, table: NodeRef<'_>, key: &str) -> Option<T> {
        match table.get(key) {
            Some(node) => self.read(node),
            None => {
                self.problems.push(Problem::new(
                    table,
                    format!("without \"like\" this table must say its \"{key}\""),
                ));
                None
            }
        }
    }

    /// Replaces a value by the one that is given, if it is.
    fn given<T: DeserializeOwned>(&mut self, table: NodeRef<'_>, key: &str, value: &mut T) {
        if let Some(read) = table.get(key).and_then(|node| self.read(node)) {
            *value = read;
        }
    }

    fn read<T: DeserializeOwned>(&mut self, node: NodeRef<'_>) -> Option<T> {
        let read = match node.to_value() {
            Some(value) => T::deserialize(value).map_err(|error| error.to_string()),
            None => Err("this is too deep".to_owned()),
        };
        read.map_err(|message| self.problems.push(Problem::new(node, message)))
            .ok()
    }
}
