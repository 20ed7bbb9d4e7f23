//! Which lints run: names and groups that are selected and ignored, the more precise one deciding.

use crate::span::NodeId;

/// A name of a lint or group, and where a configuration says it; `None` for the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The name.
    pub name: String,
    /// The node of the configuration.
    pub node: Option<NodeId>,
}

impl Named {
    /// A name from the command line.
    pub fn given(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            node: None,
        }
    }
}

/// Selected and ignored names. Without a selection, all but the pedantic group.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// What runs.
    pub select: Option<Vec<Named>>,
    /// What runs besides.
    pub extend: Vec<Named>,
    /// What does not.
    pub ignore: Vec<Named>,
}

/// How precisely a name speaks of a lint.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Precision {
    All,
    Group,
    Lint,
}

impl Selection {
    /// Whether a lint of a group runs. A lint's name counts more than its group's, a group's more than `all`; at equal
    /// precision, ignoring wins.
    pub fn enables(&self, lint: &str, group: &str) -> bool {
        self.selected(lint, group) > most_precise(&self.ignore, lint, group)
    }

    /// Whether a lint of a group is selected, ignored or not.
    pub fn selects(&self, lint: &str, group: &str) -> bool {
        self.selected(lint, group).is_some()
    }

    fn selected(&self, lint: &str, group: &str) -> Option<Precision> {
        let selected = match &self.select {
            Some(names) => most_precise(names, lint, group),
            None if group == PEDANTIC => None,
            None => Some(Precision::All),
        };
        selected.max(most_precise(&self.extend, lint, group))
    }

    /// The same selection under options of the command line, which count more.
    pub fn under(&self, options: &Selection) -> Selection {
        let join = |own: &[Named], other: &[Named]| own.iter().chain(other).cloned().collect();
        match &options.select {
            Some(_) => options.clone(),
            None => Selection {
                select: self.select.clone(),
                extend: join(&self.extend, &options.extend),
                ignore: join(&self.ignore, &options.ignore),
            },
        }
    }

    /// All names, for finding unknown ones.
    pub fn names(&self) -> impl Iterator<Item = &Named> {
        self.select.iter().flatten().chain(&self.extend).chain(&self.ignore)
    }
}

/// The group that is off unless it is selected.
const PEDANTIC: &str = "pedantic";

fn most_precise(names: &[Named], lint: &str, group: &str) -> Option<Precision> {
    names
        .iter()
        .filter_map(|named| match named.name.as_str() {
            "all" => Some(Precision::All),
            name if name == group => Some(Precision::Group),
            name if name == lint => Some(Precision::Lint),
            _ => None,
        })
        .max()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn selection(select: Option<&[&str]>, extend: &[&str], ignore: &[&str]) -> Selection {
        let named = |names: &[&str]| names.iter().map(|name| Named::given(name)).collect();
        Selection {
            select: select.map(named),
            extend: named(extend),
            ignore: named(ignore),
        }
    }

    #[test]
    fn all_but_pedantic_run_without_a_selection() {
        let selection = Selection::default();
        assert!(selection.enables("label-format", "labels"));
        assert!(!selection.enables("prefer-logits", "pedantic"));
    }

    #[test]
    fn the_more_precise_name_decides() {
        let selection = selection(Some(&["all"]), &["metric-mismatch"], &["metrics", "label-format"]);
        assert!(selection.enables("metric-mismatch", "metrics"));
        assert!(!selection.enables("unreduced-loss", "metrics"));
        assert!(!selection.enables("label-format", "labels"));
        assert!(selection.enables("prefer-logits", "pedantic"));
    }

    #[test]
    fn a_selection_on_the_command_line_replaces_the_file_s() {
        let file = selection(Some(&["labels"]), &[], &["label-format"]);
        let under = file.under(&selection(Some(&["label-format"]), &[], &[]));
        assert!(under.enables("label-format", "labels"));
        assert!(!under.enables("units-classes", "labels"));
    }
}
