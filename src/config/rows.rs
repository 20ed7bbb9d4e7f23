//! A team's own losses, activations and metrics → rows of the knowledge tables, before all others.

use std::sync::Arc;

use serde::de::DeserializeOwned;

use super::Problem;
use crate::knowledge::{ActivationRow, AnyRow, Knowledge, LossRow, MetricRow, Rows};
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

struct Reader {
    built_in: Arc<Knowledge>,
    problems: Vec<Problem>,
}

impl Reader {
    fn loss(&mut self, table: NodeRef<'_>) -> Option<LossRow> {
        let (name, names) = self.names(table)?;
        let like = self.like(table, |row| match row {
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
        let (name, names) = self.names(table)?;
        let like = self.like(table, |row| match row {
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
        let (name, names) = self.names(table)?;
        let like = self.like(table, |row| match row {
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

    fn names(&mut self, table: NodeRef<'_>) -> Option<(String, Vec<String>)> {
        let Some(name) = table.text_of("name") else {
            self.problems.push(Problem::new(table, "this table has no name"));
            return None;
        };
        let mut names = Vec::new();
        self.given(table, "names", &mut names);
        Some((name.to_owned(), names))
    }

    /// The row that `like` names: `Some(None)` when it is not given, `None` when it cannot be found.
    fn like<R>(&mut self, table: NodeRef<'_>, pick: impl Fn(AnyRow) -> Option<R>) -> Option<Option<R>> {
        let Some(node) = table.get("like") else {
            return Some(None);
        };
        let found = self.built_in.dotted(node.text()).and_then(pick);
        if found.is_none() {
            self.problems.push(Problem {
                help: Some(
                    "write it with its module, such as \"torch.nn.BCEWithLogitsLoss\" or \"keras.losses.Huber\""
                        .to_owned(),
                ),
                ..Problem::new(
                    node,
                    format!("the tables have nothing called \"{}\" for this", node.text()),
                )
            });
        }
        found.map(Some)
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
