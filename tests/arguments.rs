//! The arguments of losses: what is told of each is what the libraries did, docs/arguments-run.md, written by tests/scripts/arguments.sh.

mod common;

use common::{check, folder_with, root};
use losslint::knowledge::Knowledge;

/// One line of a table of the page: an argument of a loss in a setting, and what became of it.
struct Executed {
    library: String,
    loss: String,
    setting: String,
    argument: String,
    effect: &'static str,
}

/// The texts in backquotes.
fn quoted(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('`').skip(1).step_by(2)
}

fn executed() -> Vec<Executed> {
    let page = std::fs::read_to_string(root().join("docs/arguments-run.md")).expect("the page");
    let mut all = Vec::new();
    for part in page.split("\n## ").skip(1) {
        let library = part.lines().next().expect("a library");
        for line in part.lines().filter(|line| line.starts_with("| `")) {
            let cells: Vec<&str> = line.trim_matches('|').split('|').collect();
            for (cell, effect) in cells[2..].iter().zip(["counts", "ignored", "refused"]) {
                all.extend(quoted(cell).map(|argument| Executed {
                    library: library.to_owned(),
                    loss: quoted(cells[0]).next().expect("a loss").to_owned(),
                    setting: quoted(cells[1]).next().unwrap_or_default().to_owned(),
                    argument: argument.to_owned(),
                    effect,
                }));
            }
        }
    }
    all
}

impl Executed {
    fn is_reduction(&self) -> bool {
        self.argument.starts_with("reduction = ")
    }

    /// A model in which this stands.
    fn model(&self) -> String {
        let units = match (self.setting.as_str(), self.library.as_str()) {
            ("one channel" | "mode = binary", _) => 1,
            (_, "monai" | "segmentation_models_pytorch") => 3,
            _ => 5,
        };
        let (framework, module, layer) = match self.library.as_str() {
            "keras" | "tf_keras" => (
                "keras",
                String::new(),
                format!("{{ type: Dense, units: {units}, activation: softmax }}"),
            ),
            "monai" => ("pytorch", "monai.losses.".to_owned(), conv(units)),
            "segmentation_models_pytorch" => ("pytorch", "segmentation_models_pytorch.losses.".to_owned(), conv(units)),
            "torch" => ("pytorch", "torch.nn.".to_owned(), linear(units)),
            "torchvision" => ("pytorch", "torchvision.ops.".to_owned(), linear(units)),
            other => ("pytorch", format!("{other}.loss."), linear(units)),
        };
        let mut text = format!(
            "losslint: 1\nframework: {framework}\nlayers:\n  - {layer}\nloss:\n  type: {module}{}\n",
            self.loss
        );
        let needed = match self.loss.as_str() {
            "SoftCrossEntropyLoss" => "smooth_factor = 0.1",
            _ => "",
        };
        for given in [needed, self.setting.as_str(), self.argument.as_str()] {
            if let Some((name, value)) = given.split_once(" = ") {
                text += &format!("  {name}: {value}\n");
            }
        }
        text
    }
}

fn conv(channels: u32) -> String {
    format!("{{ type: Conv2d, in_channels: 8, out_channels: {channels}, kernel_size: 1 }}")
}

fn linear(units: u32) -> String {
    format!("{{ type: Linear, in_features: 8, out_features: {units} }}")
}

#[test]
fn what_counts_is_ignored_and_refused_is_what_was_executed() {
    let all: Vec<Executed> = executed().into_iter().filter(|case| !case.is_reduction()).collect();
    assert!(all.len() > 300, "{}", all.len());
    let files: Vec<(String, String)> = all
        .iter()
        .enumerate()
        .map(|(at, case)| (format!("{at}.yaml"), case.model()))
        .collect();
    let named: Vec<(&str, &str)> = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    let folder = folder_with(&named);
    let findings = check(folder.path(), &["."]).findings();
    let mut wrong = Vec::new();
    for (at, case) in all.iter().enumerate() {
        // A softmax over one channel has lints of its own.
        if case.setting == "one channel" && case.argument == "softmax = true" {
            continue;
        }
        let name = case.argument.split(" = ").next().expect("a name");
        let of_it = |lint: &str| {
            let mut own = findings.iter().filter(|finding| finding.lint == lint);
            own.any(|finding| {
                let file = finding.path.trim_start_matches("./");
                file == format!("{at}.yaml") && (finding.message.contains(name) || lint == "units-classes")
            })
        };
        let told = if of_it("refused-name") || of_it("units-classes") {
            "refused"
        } else if of_it("ineffective-argument") || of_it("focal-parameters") {
            "ignored"
        } else {
            "counts"
        };
        let Executed {
            library,
            loss,
            setting,
            argument,
            effect,
        } = case;
        if told != *effect {
            wrong.push(format!(
                "{library} {loss} ({setting}): {argument} was {effect}, told {told}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_words_for_a_reduction_are_those_that_were_executed() {
    let knowledge = Knowledge::built_in();
    let framework = knowledge.framework("keras").expect("Keras");
    let words: Vec<Executed> = executed().into_iter().filter(Executed::is_reduction).collect();
    assert!(!words.is_empty());
    for case in words {
        let row = knowledge.loss(framework, &case.loss).known().expect("a row");
        let word = case.argument.trim_start_matches("reduction = ").to_owned();
        let (current, legacy) = (row.reductions.contains(&word), row.legacy_reductions.contains(&word));
        let is_told = match (case.library.as_str(), case.effect) {
            ("keras", "refused") => !current,
            ("keras", _) => current,
            // What only newer versions take is not told of older files.
            (_, "refused") => !legacy,
            _ => current || legacy,
        };
        assert!(is_told, "{} {}: {} was {}", case.library, case.loss, word, case.effect);
    }
}
