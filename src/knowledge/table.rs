//! The file format of the knowledge tables: TOML with the modules of a library and rows of any kind.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::rows::{ActivationRow, LayerRow, LossRow, MetricRow, OperationRow};

/// Rows of one library that stand in the same modules.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// The library that the rows belong to, such as `keras`.
    pub library: String,
    /// What may stand before the rows' names in a dotted spelling. `keras.src.layers.*` means that module and any deeper one.
    pub modules: Vec<String>,
    /// Losses, in the order in which suggestions prefer them.
    pub losses: Vec<LossRow>,
    /// Activations, the usual one of its sort first.
    pub activations: Vec<ActivationRow>,
    /// Layers, without those that stand as activations.
    pub layers: Vec<LayerRow>,
    /// Metrics.
    pub metrics: Vec<MetricRow>,
    /// Operations.
    pub operations: Vec<OperationRow>,
}

impl Table {
    /// Reads a table. Keys that the format does not know are refused.
    pub fn parse(library: &str, text: &str) -> Result<Self, toml::de::Error> {
        Ok(Self::of(library, toml::from_str(text)?))
    }

    /// Reads a table that is compiled in, which the build script has made JSON of.
    pub(super) fn from_json(library: &str, text: &str) -> Result<Self, serde_json::Error> {
        Ok(Self::of(library, serde_json::from_str(text)?))
    }

    fn of(library: &str, mut file: File) -> Self {
        for loss in &mut file.loss {
            loss.common_arguments.clone_from(&file.arguments);
            if loss.reductions.is_empty() {
                loss.reductions.clone_from(&file.reductions);
                loss.legacy_reductions.clone_from(&file.legacy_reductions);
            }
        }
        let mut table = Self {
            library: library.to_owned(),
            modules: file.modules,
            losses: file.loss,
            activations: file.activation,
            layers: file.layer,
            metrics: file.metric,
            operations: file.operation,
        };
        table.name_library();
        table
    }

    /// A table without rows.
    pub fn empty(library: &str) -> Self {
        Self {
            library: library.to_owned(),
            modules: Vec::new(),
            losses: Vec::new(),
            activations: Vec::new(),
            layers: Vec::new(),
            metrics: Vec::new(),
            operations: Vec::new(),
        }
    }

    /// Writes the library's name into every row.
    pub fn name_library(&mut self) {
        let library = &self.library;
        self.losses.iter_mut().for_each(|row| row.library.clone_from(library));
        self.activations
            .iter_mut()
            .for_each(|row| row.library.clone_from(library));
        self.layers.iter_mut().for_each(|row| row.library.clone_from(library));
        self.metrics.iter_mut().for_each(|row| row.library.clone_from(library));
        self.operations
            .iter_mut()
            .for_each(|row| row.library.clone_from(library));
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    modules: Vec<String>,
    /// Arguments that all losses of the file take.
    #[serde(default)]
    arguments: Vec<String>,
    /// The words for a reduction that its losses take, where a row does not say others.
    #[serde(default)]
    reductions: Vec<String>,
    #[serde(default)]
    legacy_reductions: Vec<String>,
    #[serde(default, deserialize_with = "keyed_by_name")]
    loss: Vec<LossRow>,
    #[serde(default, deserialize_with = "keyed_by_name")]
    activation: Vec<ActivationRow>,
    #[serde(default)]
    layer: Vec<LayerRow>,
    #[serde(default, deserialize_with = "keyed_by_name")]
    metric: Vec<MetricRow>,
    #[serde(default)]
    operation: Vec<OperationRow>,
}

/// A row that stands under its name.
trait Keyed {
    fn set_name(&mut self, name: String);
}

impl Keyed for LossRow {
    fn set_name(&mut self, name: String) {
        self.name = name;
    }
}

impl Keyed for ActivationRow {
    fn set_name(&mut self, name: String) {
        self.name = name;
    }
}

impl Keyed for MetricRow {
    fn set_name(&mut self, name: String) {
        self.name = name;
    }
}

/// Reads `[kind.Name]` tables in the order of the file; a map would lose it.
fn keyed_by_name<'de, D, R>(deserializer: D) -> Result<Vec<R>, D::Error>
where
    D: Deserializer<'de>,
    R: Deserialize<'de> + Keyed,
{
    struct Rows<R>(PhantomData<R>);

    impl<'de, R: Deserialize<'de> + Keyed> Visitor<'de> for Rows<R> {
        type Value = Vec<R>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("rows under their names")
        }

        fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Vec<R>, M::Error> {
            let mut rows = Vec::new();
            while let Some((name, mut row)) = map.next_entry::<String, R>()? {
                row.set_name(name);
                rows.push(row);
            }
            Ok(rows)
        }
    }

    deserializer.deserialize_map(Rows(PhantomData))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = r#"
        modules = ["project.losses"]

        [loss.WeightedMse]
        names = ["weighted_mse"]
        family = "squared_error"
        input = "real"
        units = "any"

        [loss.Another]
        family = "dice"
        input = "probabilities"
        units = "any"
    "#;

    #[test]
    fn rows_get_their_name_and_library_in_the_order_of_the_file() {
        let table = Table::parse("project", TABLE).expect("a table");
        let names: Vec<_> = table
            .losses
            .iter()
            .map(|row| (row.library.as_str(), row.name.as_str()))
            .collect();
        assert_eq!(names, [("project", "WeightedMse"), ("project", "Another")]);
    }

    #[test]
    fn a_key_that_is_not_known_is_refused() {
        let misspelt = TABLE.replace("units", "unit");
        assert!(Table::parse("project", &misspelt).is_err());
        assert!(Table::parse("project", "[losses.Mse]").is_err());
    }
}
