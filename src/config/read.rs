//! The tree of a configuration → settings. Its shape is checked first, so that reading cannot fail; all errors are told.

use std::path::PathBuf;
use std::sync::Arc;

use super::{AcceptRule, FactsRule, FailOn, Globs, Named, PerFileRule, Problem, Selection, Settings, rows};
use crate::diagnostic::Severity;
use crate::keys::config::CONFIG;
use crate::knowledge::Thresholds;
use crate::span::NodeId;
use crate::syntax::{File, NodeRef};

/// Reads the settings of a parsed file whose globs count from `folder`; all errors together when there are any.
pub fn settings(file: &Arc<File>, folder: PathBuf) -> Result<Settings, Vec<Problem>> {
    let tree = &file.tree;
    let broken: Vec<Problem> = tree
        .errors
        .iter()
        .map(|error| Problem {
            node: NodeId(0),
            span: error.span,
            message: error.message.clone(),
            help: None,
        })
        .collect();
    if !broken.is_empty() {
        return Err(broken);
    }
    let mut settings = Settings {
        file: Some(Arc::clone(file)),
        folder,
        ..Settings::default()
    };
    let shared = tree.root().and_then(|root| root.path(&["tool", "losslint"]));
    let Some(root) = shared.or(tree.root()) else {
        return Ok(settings);
    };
    let mut problems: Vec<Problem> = CONFIG
        .misfits(root)
        .into_iter()
        .map(|misfit| Problem {
            help: misfit.help,
            ..Problem::new(misfit.node, misfit.message)
        })
        .collect();
    if problems.is_empty() {
        let mut reader = Reader { problems: Vec::new() };
        reader.all(root, &mut settings);
        problems = reader.problems;
    }
    if problems.is_empty() {
        Ok(settings)
    } else {
        Err(problems)
    }
}

struct Reader {
    problems: Vec<Problem>,
}

impl Reader {
    fn all(&mut self, root: NodeRef<'_>, settings: &mut Settings) {
        settings.selection = Selection {
            select: root.get("select").map(names),
            extend: root.get("extend-select").map(names).unwrap_or_default(),
            ignore: root.get("ignore").map(names).unwrap_or_default(),
        };
        settings.fail_on = root.text_of("fail-on").map(fail_on);
        settings.exclude = self.globs(root.get("exclude"));
        settings.severities = root.get("severity").into_iter().flat_map(severities).collect();
        if let Some(table) = root.get("thresholds") {
            settings.thresholds = thresholds(table);
        }
        settings.facts = root.items_of("facts").map(|table| self.facts(table)).collect();
        settings.accepted = root
            .items_of("ignore")
            .filter(|item| item.is_object())
            .map(|table| self.accepted(table))
            .collect();
        settings.per_file = root.items_of("per-file").map(|table| self.per_file(table)).collect();
        match rows::knowledge(root) {
            Ok(Some(knowledge)) => settings.knowledge = Arc::new(knowledge),
            Ok(None) => {}
            Err(problems) => self.problems.extend(problems),
        }
    }

    fn facts(&mut self, table: NodeRef<'_>) -> FactsRule {
        FactsRule {
            files: self.required_globs(table),
            output: table.text_of("output").map(str::to_owned),
            node: table.id(),
        }
    }

    fn accepted(&mut self, table: NodeRef<'_>) -> AcceptRule {
        let accepts = "this table does not say which lints' findings it accepts";
        let lints = self.required(table, "lints", accepts, "lints = [\"label-format\"]");
        AcceptRule {
            files: self.required_globs(table),
            pointer: table.text_of("pointer").map(str::to_owned),
            lints: lints.map(names).unwrap_or_default(),
            reason: table
                .text_of("reason")
                .filter(|reason| !reason.trim().is_empty())
                .map(str::to_owned),
            node: table.id(),
        }
    }

    fn per_file(&mut self, table: NodeRef<'_>) -> PerFileRule {
        let ignores = "this table does not say which lints do not run";
        let ignore = self.required(table, "ignore", ignores, "ignore = [\"refused-name\"]");
        PerFileRule {
            files: self.required_globs(table),
            ignore: ignore.map(names).unwrap_or_default(),
        }
    }

    fn required_globs(&mut self, table: NodeRef<'_>) -> Globs {
        let about = "this table does not say which files it is about";
        let files = self.required(table, "files", about, "files = \"exports/*.json\"");
        self.globs(files)
    }

    /// What stands under a key; a problem with these words, and what to add, when nothing does.
    fn required<'t>(&mut self, table: NodeRef<'t>, key: &str, message: &str, example: &str) -> Option<NodeRef<'t>> {
        let node = table.get(key);
        if node.is_none() {
            self.problems.push(Problem {
                help: Some(format!("add {example}")),
                ..Problem::new(table, message)
            });
        }
        node
    }

    /// The globs of a text or a list of texts.
    fn globs(&mut self, node: Option<NodeRef<'_>>) -> Globs {
        let patterns: Vec<NodeRef<'_>> = node.into_iter().flat_map(texts).collect();
        match Globs::new(patterns.iter().map(|pattern| pattern.text())) {
            Ok(globs) => globs,
            Err((index, reason)) => {
                if let Some(pattern) = patterns.get(index) {
                    self.problems
                        .push(Problem::new(*pattern, format!("this is no glob: {reason}")));
                }
                Globs::none()
            }
        }
    }
}

/// The texts of a text or a list.
fn texts(node: NodeRef<'_>) -> Vec<NodeRef<'_>> {
    if node.is_array() {
        node.items().filter(|item| item.as_str().is_some()).collect()
    } else {
        vec![node]
    }
}

fn names(node: NodeRef<'_>) -> Vec<Named> {
    texts(node)
        .into_iter()
        .map(|text| Named {
            name: text.text().to_owned(),
            node: Some(text.id()),
        })
        .collect()
}

fn fail_on(word: &str) -> FailOn {
    match severity(word) {
        Some(severity) => FailOn::Severity(severity),
        None => FailOn::Never,
    }
}

fn severity(word: &str) -> Option<Severity> {
    match word {
        "error" => Some(Severity::Error),
        "warning" => Some(Severity::Warning),
        "info" => Some(Severity::Info),
        _ => None,
    }
}

fn severities(table: NodeRef<'_>) -> Vec<(Named, Option<Severity>)> {
    table
        .members()
        .map(|(key, value)| {
            let named = Named {
                name: key.text().to_owned(),
                node: Some(key.id()),
            };
            (named, severity(value.text()))
        })
        .collect()
}

fn thresholds(table: NodeRef<'_>) -> Thresholds {
    let number = |key: &str, default: f64| table.get(key).and_then(NodeRef::as_f64).unwrap_or(default);
    let usual = Thresholds::default();
    Thresholds {
        target_scale: number("target-scale", usual.target_scale),
        imbalance: number("imbalance", usual.imbalance),
        positive_rate: number("positive-rate", usual.positive_rate),
        outlier_distance: number("outlier-distance", usual.outlier_distance),
        one_hot_classes: table
            .get("one-hot-classes")
            .and_then(NodeRef::as_u64)
            .unwrap_or(usual.one_hot_classes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::config::KEYS;
    use crate::span::Source;
    use crate::syntax::Format;
    use crate::syntax::shape::Shape;

    /// The reference and the file that `init` writes take the limits from the description.
    #[test]
    fn the_description_tells_the_limits_that_hold_without_a_configuration() {
        let described = KEYS.iter().find(|key| key.name == "thresholds");
        let Some(Shape::Table(keys)) = described.map(|key| key.shape) else {
            panic!("a table of limits: {described:?}");
        };
        let lines = keys.iter().map(|key| format!("{} = {}\n", key.name, key.example));
        let text: String = lines.collect();
        let file = File::parse(Format::Toml, Source::new("losslint.toml", text));
        assert_eq!(file.tree.root().map(thresholds), Some(Thresholds::default()));
        for key in keys {
            let told = format!("; {} without it.", key.example);
            assert!(key.doc.ends_with(&told), "{}: {}", key.name, key.doc);
        }
    }
}
