//! What frameworks' losses, activations, layers, metrics and operations are: tables compiled in, and their look-up by name.
//!
//! The facts stand in TOML, one folder for each library; the Rust code here knows no framework. `rows` holds what a row
//! can say, `table` the file format, `shelf` the look-up of spellings, `suggest` the search for what was meant, `vocabulary`
//! what one place of a configuration takes.

mod boosters;
mod built_in;
mod config_keys;
mod framework;
mod labels;
mod layout;
mod library_heads;
mod range;
mod rows;
mod shelf;
mod signatures;
mod spelling;
mod suggest;
mod table;
mod thresholds;
mod vocabulary;

use std::sync::{Arc, OnceLock};

pub use boosters::{Booster, BoosterArgument, Otherwise, boosters};
pub use config_keys::{ConfigKey, Says, config_keys, says as config_key_says, tensor_of};
pub use framework::Framework;
pub use labels::{LabelSource, Makes, Numbers, label_method, label_source};
pub use layout::{Autocast, InCode, Layout, layout};
pub use library_heads::{LabelCount, LibraryHead, label_count, library_has_class, library_head, library_heads};
pub use range::{InvalidRange, Range};
pub use rows::*;
pub use shelf::Found;
pub use signatures::{RowKind, parameters};
pub use spelling::{Claim, Row, Spelling};
pub use suggest::spelling_like;
pub use table::Table;
pub use thresholds::Thresholds;
pub use vocabulary::Vocabulary;

use shelf::Shelves;

/// Rows of a project's own, each with the framework that it is for; every one when none is named.
#[derive(Debug, Default)]
pub struct Rows {
    /// Losses.
    pub losses: Vec<(Option<String>, LossRow)>,
    /// Activations.
    pub activations: Vec<(Option<String>, ActivationRow)>,
    /// Metrics.
    pub metrics: Vec<(Option<String>, MetricRow)>,
}

impl Rows {
    fn table_for(&self, library: &str, framework: &str) -> Table {
        fn pick<R: Clone>(rows: &[(Option<String>, R)], framework: &str) -> Vec<R> {
            rows.iter()
                .filter(|(own, _)| own.as_deref().is_none_or(|own| own == framework))
                .map(|(_, row)| row.clone())
                .collect()
        }
        let mut table = Table {
            losses: pick(&self.losses, framework),
            activations: pick(&self.activations, framework),
            metrics: pick(&self.metrics, framework),
            ..Table::empty(library)
        };
        table.name_library();
        table
    }
}

/// All rows of all libraries, and the frameworks that name them.
#[derive(Debug)]
pub struct Knowledge {
    frameworks: Vec<Arc<Framework>>,
    losses: Shelves<LossRow>,
    activations: Shelves<ActivationRow>,
    layers: Shelves<LayerRow>,
    metrics: Shelves<MetricRow>,
    operations: Shelves<OperationRow>,
}

impl Knowledge {
    /// The tables that are compiled in. They are read once.
    pub fn built_in() -> &'static Arc<Self> {
        static BUILT_IN: OnceLock<Arc<Knowledge>> = OnceLock::new();
        BUILT_IN.get_or_init(|| Arc::new(Self::from_tables(built_in::frameworks(), built_in::tables())))
    }

    /// The built-in tables with a project's own rows, which every framework, or the one that is named, asks first.
    pub fn with_project(rows: &Rows) -> Self {
        let mut frameworks = built_in::frameworks();
        let mut tables = built_in::tables();
        for framework in &mut frameworks {
            let library = format!("project.{}", framework.name);
            tables.push(rows.table_for(&library, &framework.name));
            framework.project = Some(library);
        }
        Self::from_tables(frameworks, tables)
    }

    /// Knowledge from tables. Of two tables that claim one spelling of a library, the earlier one has it.
    pub fn from_tables(frameworks: Vec<Framework>, tables: Vec<Table>) -> Self {
        let mut knowledge = Self {
            frameworks: frameworks.into_iter().map(Arc::new).collect(),
            losses: Shelves::new(),
            activations: Shelves::new(),
            layers: Shelves::new(),
            metrics: Shelves::new(),
            operations: Shelves::new(),
        };
        for table in tables {
            knowledge.add(table);
        }
        knowledge
    }

    fn add(&mut self, mut table: Table) {
        if let Some(booster) = boosters().iter().find(|booster| booster.framework == table.library) {
            table.losses.iter_mut().for_each(|row| booster.complete(row));
        }
        let (library, modules) = (&table.library, &table.modules);
        let activation_layers = table.activations.iter().flat_map(|activation| {
            activation
                .layers
                .iter()
                .map(|layer| LayerRow::of_activation(library, layer, &activation.name))
        });
        self.layers.add(library, &[], activation_layers);
        self.losses.add(library, modules, table.losses);
        self.activations.add(library, modules, table.activations);
        self.layers.add(library, modules, table.layers);
        self.metrics.add(library, modules, table.metrics);
        self.operations.add(library, modules, table.operations);
    }

    /// The framework of that name, in any letter case.
    pub fn framework(&self, name: &str) -> Option<&Arc<Framework>> {
        self.frameworks.iter().find(|framework| framework.is_called(name))
    }

    /// All frameworks.
    pub fn frameworks(&self) -> impl Iterator<Item = &Arc<Framework>> {
        self.frameworks.iter()
    }

    /// The loss that a name leads to. Names are case-sensitive. A dotted one is found by its module; a bare one in the
    /// framework's first library, or else in the only other one that has it.
    pub fn loss(&self, framework: &Framework, name: &str) -> Found<LossRow> {
        self.losses.find(framework, name)
    }

    /// The activation that a name leads to, as for [`Self::loss`].
    pub fn activation(&self, framework: &Framework, name: &str) -> Found<ActivationRow> {
        self.activations.find(framework, name)
    }

    /// The activation that a name means as an argument of a layer: the layer's own library is asked first.
    pub fn activation_of(&self, framework: &Framework, layer: &LayerRow, name: &str) -> Found<ActivationRow> {
        match self.activations.find_in(std::slice::from_ref(&layer.library), name) {
            Found::Unknown => self.activation(framework, name),
            found => found,
        }
    }

    /// Whether a class name leads to a layer that is this activation.
    pub fn is_layer_of(&self, framework: &Framework, class: &str, activation: &ActivationRow) -> bool {
        let layer = self.layer(framework, class).known();
        layer.is_some_and(|layer| layer.is_activation() == Some(&activation.name))
    }

    /// The layer that a class name leads to, as for [`Self::loss`].
    pub fn layer(&self, framework: &Framework, name: &str) -> Found<LayerRow> {
        self.layers.find(framework, name)
    }

    /// The metric that a name leads to, as for [`Self::loss`].
    pub fn metric(&self, framework: &Framework, name: &str) -> Found<MetricRow> {
        self.metrics.find(framework, name)
    }

    /// The project's own loss of that name, without any module before it.
    pub fn project_loss(&self, framework: &Framework, name: &str) -> Found<LossRow> {
        self.losses.find_in(framework.project.as_slice(), name)
    }

    /// The project's own metric of that name, without any module before it.
    pub fn project_metric(&self, framework: &Framework, name: &str) -> Found<MetricRow> {
        self.metrics.find_in(framework.project.as_slice(), name)
    }

    /// The metric of that name which is no library's, but which projects write for themselves and always mean the same by.
    pub fn own_metric(&self, name: &str) -> Found<MetricRow> {
        self.metrics.find_in(&[built_in::PROJECTS.to_owned()], name)
    }

    /// The operation that a name leads to, as for [`Self::loss`].
    pub fn operation(&self, framework: &Framework, name: &str) -> Found<OperationRow> {
        self.operations.find(framework, name)
    }

    /// The loss of that name in a library: for the names in [`ByShape`].
    pub fn loss_in(&self, library: &str, name: &str) -> Option<Arc<LossRow>> {
        self.losses
            .rows()
            .find(|row| row.library == library && row.name == name)
            .cloned()
    }

    /// The metric of that name in a library: for the names in [`ByShape`].
    pub fn metric_in(&self, library: &str, name: &str) -> Option<Arc<MetricRow>> {
        self.metrics
            .rows()
            .find(|row| row.library == library && row.name == name)
            .cloned()
    }

    /// What a dotted name leads to when no framework is known yet; the module decides. Refused spellings lead nowhere.
    pub fn dotted(&self, name: &str) -> Option<AnyRow> {
        let loss = self.losses.find_anywhere(name).known().map(AnyRow::Loss);
        loss.or_else(|| self.layers.find_anywhere(name).known().map(AnyRow::Layer))
            .or_else(|| self.activations.find_anywhere(name).known().map(AnyRow::Activation))
            .or_else(|| self.metrics.find_anywhere(name).known().map(AnyRow::Metric))
            .or_else(|| self.operations.find_anywhere(name).known().map(AnyRow::Operation))
    }

    /// All losses, library by library in the order of their tables.
    pub fn losses(&self) -> impl Iterator<Item = &Arc<LossRow>> {
        self.losses.rows()
    }

    /// All activations.
    pub fn activations(&self) -> impl Iterator<Item = &Arc<ActivationRow>> {
        self.activations.rows()
    }

    /// All layers, those that are activations included.
    pub fn layers(&self) -> impl Iterator<Item = &Arc<LayerRow>> {
        self.layers.rows()
    }

    /// All metrics.
    pub fn metrics(&self) -> impl Iterator<Item = &Arc<MetricRow>> {
        self.metrics.rows()
    }

    /// All operations.
    pub fn operations(&self) -> impl Iterator<Item = &Arc<OperationRow>> {
        self.operations.rows()
    }
}

/// A row of any kind.
#[derive(Debug, Clone, PartialEq)]
pub enum AnyRow {
    /// A loss.
    Loss(Arc<LossRow>),
    /// A layer.
    Layer(Arc<LayerRow>),
    /// An activation that is no layer.
    Activation(Arc<ActivationRow>),
    /// A metric.
    Metric(Arc<MetricRow>),
    /// An operation.
    Operation(Arc<OperationRow>),
}

impl AnyRow {
    /// The library that the row belongs to.
    pub fn library(&self) -> &str {
        match self {
            Self::Loss(row) => row.library(),
            Self::Layer(row) => row.library(),
            Self::Activation(row) => row.library(),
            Self::Metric(row) => row.library(),
            Self::Operation(row) => row.library(),
        }
    }
}
