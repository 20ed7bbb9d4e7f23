//! Names of lints and groups that do not exist, on the command line and in configurations.

use std::sync::Arc;

use super::Request;
use crate::config::{Named, Settings};
use crate::nearest::nearest;
use crate::page::Group;
use crate::passes::lints;

/// A warning for each unknown name, with the nearest one that exists.
pub(super) fn warnings(request: &Request, all_settings: &[Arc<Settings>]) -> Vec<String> {
    let known = known();
    let mut warnings: Vec<String> = request
        .selection
        .names()
        .filter(|named| !known.contains(&named.name.as_str()))
        .map(|named| warning(&known, named, None))
        .collect();
    for settings in all_settings {
        let unknown = names_of(settings).filter(|named| !known.contains(&named.name.as_str()));
        warnings.extend(unknown.map(|named| warning(&known, named, Some(settings))));
    }
    warnings
}

/// Every name that a configuration gives, but for those of rules that accept findings: [`super::rules`] tells of these.
fn names_of(settings: &Settings) -> impl Iterator<Item = &Named> {
    settings
        .selection
        .names()
        .chain(settings.severities.iter().map(|(named, _)| named))
        .chain(settings.per_file.iter().flat_map(|rule| &rule.ignore))
}

fn known() -> Vec<&'static str> {
    let lints = lints().iter().map(|lint| lint.name());
    let groups = Group::ALL.iter().map(|group| group.as_str());
    lints.chain(groups).chain(["all"]).collect()
}

fn warning(known: &[&str], named: &Named, settings: Option<&Settings>) -> String {
    let place = settings
        .and_then(|settings| settings.file.as_ref())
        .and_then(|file| {
            let node = file.tree.node(named.node?)?;
            let at = file.line_column(node.span().start);
            Some(format!("{}:{at}: ", file.source.display_name()))
        })
        .unwrap_or_default();
    match nearest(known.iter().copied(), &named.name).first() {
        Some(near) => format!(
            "{place}there is no lint or group \"{}\"; did you mean {near}?",
            named.name
        ),
        None => format!("{place}there is no lint or group \"{}\"", named.name),
    }
}
