//! Which settings make a run say less than it would without them, or something else: each with its place.

use std::sync::Arc;

use crate::config::{FailOn, Named, Selection, Settings};
use crate::diagnostic::Severity;
use crate::passes::{Lint, lints};
use crate::report::HiddenBySetting;
use crate::span::NodeId;
use crate::syntax::{File, NodeRef};

/// What the configurations of a run turn off, accept more of, or mean otherwise.
pub(super) fn by_settings(all: &[Arc<Settings>]) -> Vec<HiddenBySetting> {
    let files = all
        .iter()
        .filter_map(|settings| Some((settings, settings.file.as_ref()?)));
    files
        .flat_map(|(settings, file)| Told { settings, file }.all())
        .collect()
}

/// What one configuration tells.
struct Told<'s> {
    settings: &'s Settings,
    file: &'s File,
}

impl Told<'_> {
    fn all(&self) -> Vec<HiddenBySetting> {
        let mut told = self.lints_that_do_not_run();
        told.extend(self.severities());
        told.extend(self.per_file());
        told.extend(self.thresholds());
        told.extend(self.fail_on());
        told.extend(self.rows());
        told
    }

    fn at(&self, node: Option<NodeId>, what: String) -> HiddenBySetting {
        let node = node.and_then(|node| self.file.tree.node(node));
        let start = node.map_or(0, |node| node.span().start);
        HiddenBySetting {
            path: self.file.source.display_name(),
            at: self.file.line_column(start),
            what,
        }
    }

    fn lints_that_do_not_run(&self) -> Vec<HiddenBySetting> {
        let (usual, own) = (Selection::default(), &self.settings.selection);
        let runs = |selection: &Selection, lint: &Lint| selection.enables(lint.name(), lint.page.group.as_str());
        let off = lints().iter().filter(|lint| runs(&usual, lint) && !runs(own, lint));
        let told = off.map(|lint| {
            let ignored = own.ignore.iter().find(|named| speaks_of(named, lint));
            let place = ignored.and_then(|named| named.node).or_else(|| self.key("select"));
            self.at(place, format!("{} does not run", lint.name()))
        });
        told.collect()
    }

    fn severities(&self) -> Vec<HiddenBySetting> {
        let told = self.settings.severities.iter().filter_map(|(named, severity)| {
            let usual = lints()
                .iter()
                .filter(|lint| speaks_of(named, lint))
                .map(|lint| lint.page.severity)
                .max()?;
            let what = match severity {
                None => format!("{} does not run", named.name),
                Some(severity) if *severity < usual => format!("{} is told as {}", named.name, severity.as_str()),
                Some(_) => return None,
            };
            Some(self.at(named.node, what))
        });
        told.collect()
    }

    fn per_file(&self) -> Vec<HiddenBySetting> {
        let ignored = self.settings.per_file.iter().flat_map(|rule| &rule.ignore);
        ignored
            .map(|named| self.at(named.node, format!("{} does not run on some files", named.name)))
            .collect()
    }

    fn thresholds(&self) -> Vec<HiddenBySetting> {
        let table = self.root().and_then(|root| root.get("thresholds"));
        let limits = table.into_iter().flat_map(NodeRef::members);
        limits
            .map(|(key, value)| self.at(Some(key.id()), format!("the limit {} is {}", key.text(), value.text())))
            .collect()
    }

    fn fail_on(&self) -> Option<HiddenBySetting> {
        let what = match self.settings.fail_on? {
            FailOn::Never => "no finding fails the run",
            FailOn::Severity(Severity::Error) => "only errors fail the run",
            FailOn::Severity(_) => return None,
        };
        Some(self.at(self.key("fail-on"), what.to_owned()))
    }

    fn rows(&self) -> Vec<HiddenBySetting> {
        let root = self.root();
        let tables = ["losses", "activations", "metrics"]
            .into_iter()
            .filter_map(|key| root?.get(key));
        let rows = tables.flat_map(NodeRef::items);
        let replacing = rows.filter(|row| row.get("override").and_then(NodeRef::as_bool) == Some(true));
        replacing
            .map(|row| {
                let name = row.text_of("name").unwrap_or_default();
                self.at(Some(row.id()), format!("\"{name}\" means the project's own"))
            })
            .collect()
    }

    fn root(&self) -> Option<NodeRef<'_>> {
        let root = self.file.tree.root()?;
        root.path(&["tool", "losslint"]).or(Some(root))
    }

    fn key(&self, key: &str) -> Option<NodeId> {
        self.root()?.get(key).map(|node| node.id())
    }
}

/// Whether a name is that of the lint, of its group, or `all`.
fn speaks_of(named: &Named, lint: &Lint) -> bool {
    [lint.name(), lint.page.group.as_str(), "all"].contains(&named.name.as_str())
}
