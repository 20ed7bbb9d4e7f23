//! The names that a file may use: those of one framework, as far as the file means the framework's own by them.

use std::ops::Deref;
use std::sync::Arc;

use super::Reader;
use crate::ir::Model;
use crate::knowledge::{ActivationRow, Found, Framework, LayerRow, LossRow, MetricRow, OperationRow, Produces};
use crate::values::Value;

/// A reader that looks names up in a framework's libraries.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    reader: Reader<'a>,
    /// The framework whose names the file uses.
    pub framework: &'a Arc<Framework>,
    /// Where bare names may be looked up.
    pub bare_names: BareNames,
}

/// Where names without a module may be looked up.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum BareNames {
    /// In every library of the framework: the file says that it uses the framework's own names.
    AnyLibrary,
    /// In the framework's first library: elsewhere a project's own class may well have the same name.
    FirstLibrary,
    /// The same, and only what is accepted there: the file writes functions of the project's own by their bare names too.
    FirstLibraryOrOwn,
    /// In these libraries.
    Of(&'static [String]),
}

impl<'a> Deref for Scope<'a> {
    type Target = Reader<'a>;

    fn deref(&self) -> &Reader<'a> {
        &self.reader
    }
}

impl<'a> Reader<'a> {
    /// The names of a framework, bare ones in every library; `None` when there are no tables for one of that name.
    pub fn scope(&self, framework: &str) -> Option<Scope<'a>> {
        Some(Scope {
            reader: *self,
            framework: self.knowledge.framework(framework)?,
            bare_names: BareNames::AnyLibrary,
        })
    }
}

impl Scope<'_> {
    /// The same names, but bare ones only as given.
    pub fn with_bare_names(self, bare_names: BareNames) -> Self {
        Self { bare_names, ..self }
    }

    /// A model of this framework that is written in a dialect, without heads yet.
    pub fn model(&self, dialect: &'static str, root: Value<'_>) -> Model {
        Model::new(dialect, self.framework.clone(), root.at())
    }

    /// Whether a name may lead to a library's row here.
    pub fn accepts(&self, name: &str, library: &str) -> bool {
        let is_at_home = match self.bare_names {
            BareNames::AnyLibrary => true,
            BareNames::FirstLibrary | BareNames::FirstLibraryOrOwn => self.framework.has_first(library),
            BareNames::Of(libraries) => libraries.iter().any(|own| own == library),
        };
        is_at_home || name.contains('.') || self.framework.is_project(library)
    }

    /// The libraries whose names may be written here without a module.
    pub fn libraries_of_bare_names(&self) -> &[String] {
        match self.bare_names {
            BareNames::AnyLibrary => self.framework.written_libraries(),
            BareNames::FirstLibrary | BareNames::FirstLibraryOrOwn => &self.framework.libraries[..1],
            BareNames::Of(libraries) => libraries,
        }
    }

    /// The loss that a name leads to, wherever bare names are looked up ([`super::names::loss`] asks that).
    pub fn loss(&self, name: &str) -> Found<LossRow> {
        self.knowledge.loss(self.framework, name)
    }

    /// The layer that a class name leads to.
    pub fn layer(&self, name: &str) -> Found<LayerRow> {
        self.knowledge.layer(self.framework, name)
    }

    /// The activation that a name leads to.
    pub fn activation(&self, name: &str) -> Found<ActivationRow> {
        self.knowledge.activation(self.framework, name)
    }

    /// The activation that a name means as an argument of a layer.
    pub fn activation_of(&self, layer: &LayerRow, name: &str) -> Found<ActivationRow> {
        self.knowledge.activation_of(self.framework, layer, name)
    }

    /// The usual activation that gives this.
    pub fn activation_for(&self, produces: Produces) -> Option<Arc<ActivationRow>> {
        self.knowledge.activation_for(self.framework, produces).cloned()
    }

    /// The activation that is written for none at all.
    pub fn identity(&self) -> Option<Arc<ActivationRow>> {
        self.activation_for(Produces::Identity)
    }

    /// The metric that a name leads to.
    pub fn metric(&self, name: &str) -> Found<MetricRow> {
        self.knowledge.metric(self.framework, name)
    }

    /// The operation that a name leads to.
    pub fn operation(&self, name: &str) -> Found<OperationRow> {
        self.knowledge.operation(self.framework, name)
    }
}
