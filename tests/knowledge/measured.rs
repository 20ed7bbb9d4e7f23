//! That the knowledge agrees with the measured CSV tables beside this file; every exception is listed.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use losslint::knowledge::*;
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error, StrDeserializer};

use super::{knowledge, only};

/// One line of a measured table.
#[derive(Debug)]
struct Measured {
    framework: String,
    /// The row's name in our tables.
    name: String,
    cells: HashMap<String, String>,
}

impl Measured {
    fn cell(&self, column: &str) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }

    /// The spellings that are plain or dotted names; the others describe an argument or nothing at all.
    fn spellings(&self) -> impl Iterator<Item = &str> {
        let is_name = |text: &&str| !text.is_empty() && !text.contains([' ', '=', '(', ':']);
        self.cell("names")
            .split('|')
            .filter(is_name)
            .filter(|name| !["None", "null"].contains(name))
    }

    fn library(&self) -> Option<&'static str> {
        Some(match self.framework.as_str() {
            "keras" | "tf_keras" => "keras",
            "tf" => "tensorflow",
            "smp" => "segmentation_models_pytorch",
            "torch" => "torch",
            "torchvision" => "torchvision",
            "torchmetrics" => "torchmetrics",
            "monai" => "monai",
            "timm" => "timm",
            "transformers" => "transformers",
            _ => return None,
        })
    }
}

/// Canonical names of the CSV tables, by framework, that are another row's names in ours.
const RENAMED: &[(&str, &str, &str)] = &[
    ("tf_keras", "cosine_proximity", "CosineSimilarity"), // of Keras up to 2.2
    ("torch", "NLLLoss2d", "NLLLoss"),                    // an alias
    ("keras", "crossentropy (string)", "crossentropy"),   // a word of compile()
    ("keras", "accuracy (string)", "accuracy"),
    ("tf_keras", "accuracy (string)", "accuracy"),
    ("keras", "prelu", "PReLU"),  // refused as a string
    ("tf_keras", "ReLU", "relu"), // class names as activations
    ("tf_keras", "LeakyReLU", "leaky_relu"),
    ("tf_keras", "ELU", "elu"),
    ("tf_keras", "Softmax", "softmax"),
    ("tf_keras", "swish", "silu"),
    ("smp", "argmax2d", "argmax"),
    ("torchmetrics", "Dice", "DiceScore"), // removed from the package
];

/// Spellings of the CSV tables that lead elsewhere here, with the reason.
const EXCEPTIONS: &[(&str, &str, &str)] = &[
    ("monai", "dice", "monai.losses.dice is a module"),
    ("monai", "monai.losses.dice", "a module"),
    ("keras", "keras.layers.PReLU", "as an activation; it is a layer"),
    (
        "keras",
        "Accuracy",
        "as a word it is chosen from shapes, in any letter case",
    ),
    ("keras", "accuracy", "the same"),
    ("tf_keras", "Accuracy", "the same"),
    ("tf_keras", "acc", "the same"),
    ("tf_keras", "ACC", "the same"),
    ("tf_keras", "accuracy", "the same"),
    (
        "transformers",
        "ForSequenceClassificationLoss",
        "problem_type chooses among three losses that have rows",
    ),
    (
        "transformers",
        "transformers.loss.loss_utils.ForSequenceClassificationLoss",
        "the same",
    ),
    ("transformers", "ForSequenceClassification", "the same"),
    ("transformers", "multiclass", "refused at the first loss"),
    ("transformers", "binary", "the same"),
    ("transformers", "multilabel", "the same"),
];

/// The measured tables, each with the columns that are compared here; its first line names them.
fn tables() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/knowledge")
}

/// The lines of a measured table that concern our libraries.
fn measured(table: &str) -> Vec<Measured> {
    let mut reader = csv::Reader::from_path(tables().join(table)).expect("a CSV file");
    let lines = reader.deserialize().map(|line| line.expect("a line"));
    let lines = lines.map(|cells: HashMap<String, String>| {
        let canonical = cells["canonical"].as_str();
        let framework = cells["framework"].clone();
        let renamed = RENAMED
            .iter()
            .find(|(of, from, _)| *of == framework && *from == canonical);
        let plain = canonical.rsplit(['.', '=']).next().unwrap_or(canonical);
        let name = renamed.map_or(plain, |(_, _, to)| to).to_owned();
        Measured { framework, name, cells }
    });
    let lines: Vec<Measured> = lines.filter(|line| line.library().is_some()).collect();
    assert!(lines.len() > 50, "{table}: {} lines", lines.len());
    lines
}

/// Checks that the spellings of a line lead to the row of its name, and gives that row.
fn check_line<R: Row>(line: &Measured, find: impl Fn(&Framework, &str) -> Found<R>) -> Option<Arc<R>> {
    let library = only(line.library()?);
    for spelling in line.spellings() {
        let is_excepted = |(of, name, _): &(&str, &str, &str)| *of == line.framework && *name == spelling;
        if EXCEPTIONS.iter().any(is_excepted) {
            continue;
        }
        if let Some(row) = knowledge().dotted(spelling) {
            assert_eq!(row.library(), library.name, "`{spelling}`");
        } else {
            assert!(
                !spelling.contains('.'),
                "`{spelling}` leads nowhere without a framework"
            );
        }
        let row = find(&library, spelling).known();
        let leads_there = row.is_some_and(|row| {
            row.name() == line.name || row.names().iter().chain(row.legacy()).any(|name| *name == line.name)
        });
        assert!(
            leads_there,
            "{}: `{spelling}` does not lead to {}",
            line.framework, line.name
        );
    }
    find(&library, &line.name).known()
}

/// Checks that what the package refuses is refused here, or known as an older version's.
fn check_refused<R: Row>(line: &Measured, find: impl Fn(&Framework, &str) -> Found<R>) {
    for spelling in line.spellings() {
        let found = find(&only("keras"), spelling);
        let is_refused = matches!(found, Found::Refused(_) | Found::Known(_, Spelling::Legacy));
        assert!(is_refused, "`{spelling}` is refused by the package");
    }
}

fn family_of(text: &str) -> Option<Family> {
    Some(match text {
        "mcc" => Family::MatthewsCorrelation,
        "metric_learning" | "nce" => Family::Contrastive,
        "dice+cross_entropy" | "dice+binary_focal" => Family::Dice,
        "depends:shape" => Family::CrossEntropyByShape,
        // Of two, the first is the usual one.
        text => {
            let first: StrDeserializer<Error> = text.split(';').next()?.into_deserializer();
            Family::deserialize(first).ok()?
        }
    })
}

/// The input that a cell of `input_convention` or `expects` says, when no switch decides.
fn input_of(text: &str) -> Option<Input> {
    let any = [
        "logits or",
        "class index",
        "binarised",
        "as inner",
        "any",
        "depends:shape",
    ];
    let starts = |word: &&str| text.starts_with(*word);
    Some(match text {
        "" => return None,
        text if any.iter().any(starts) || text.starts_with("probabilities or") => Input::Any,
        text if text.starts_with("log_probabilities") => Input::LogProbabilities,
        text if text.starts_with("log_rate") || text.starts_with("real") => Input::Real,
        text if text.starts_with("logits") => Input::Logits,
        text if text.starts_with("probabilities") => Input::Probabilities,
        text if text.starts_with("positive") => Input::Positive,
        text if text.starts_with("features") => Input::Features,
        _ => return None,
    })
}

/// `from_logits=True` and the like, as a switch's argument and default.
fn switch_of(text: &str) -> Option<(&str, bool)> {
    let (argument, default) = text.split([',', ' ']).next()?.split_once('=')?;
    Some((argument, default.to_lowercase().parse().ok()?))
}

#[test]
fn losses_agree_with_the_measured_table() {
    let find = |framework: &Framework, name: &str| knowledge().loss(framework, name);
    for line in measured("losses.csv") {
        if line.name.starts_with("(refused") {
            check_refused(&line, find);
            continue;
        }
        let Some(row) = check_line(&line, find) else {
            // The two lines of transformers that are no loss of their own.
            assert_eq!(line.framework, "transformers", "{}", line.name);
            continue;
        };
        // Ranking, not the hinge that it is made of, says what it is for.
        let family = family_of(line.cell("family"));
        let renamed = row.name == "MarginRankingLoss" || line.name == "cosine_proximity";
        assert!(
            renamed || family == Some(row.family),
            "{}: {family:?}, not {:?}",
            row.name,
            row.family
        );

        let convention = line.cell("input_convention");
        // Their scores are no logits: a margin, and a regression.
        let real = ["hinge_loss", "regression"].contains(&row.name.as_str());
        match convention {
            "depends:sigmoid/softmax" => {
                let arguments: Vec<_> = row
                    .input
                    .switches()
                    .iter()
                    .map(|switch| switch.argument.as_str())
                    .collect();
                assert_eq!(arguments, ["sigmoid", "softmax", "other_act"], "{}", row.name);
                assert_eq!(row.input.by_default(), Input::Probabilities);
            }
            depends if depends.starts_with("depends:") => {
                let switch = row.input.switches().first().expect("a switch");
                let expected = switch_of(line.cell("logits_argument"));
                assert_eq!(
                    Some((switch.argument.as_str(), switch.default)),
                    expected,
                    "{}",
                    row.name
                );
            }
            _ if real => assert_eq!(row.input.by_default(), Input::Real),
            constant => assert_eq!(Some(row.input.by_default()), input_of(constant), "{}", row.name),
        }
        check_reduction(&line, &row);
    }
}

fn check_reduction(line: &Measured, row: &LossRow) {
    let expected = match line.cell("reduction_default") {
        text if text.starts_with("none") => Reduction::None,
        text if text.starts_with("sum/") || text == "batchmean" => Reduction::Sum,
        _ => Reduction::Mean,
    };
    assert_eq!(row.reduction, expected, "{}", row.name);
}

#[test]
fn activations_agree_with_the_measured_table() {
    let find = |framework: &Framework, name: &str| knowledge().activation(framework, name);
    for line in measured("activations.csv") {
        if line.name == "(class names)" {
            check_refused(&line, find);
            continue;
        }
        let row = check_line(&line, find).expect("a row");
        let is_simplex = line.cell("range").contains("simplex");
        let produces = match line.cell("produces") {
            "logits|real" => Produces::Identity,
            // Meant to add up to 1, but does not.
            "probabilities" if is_simplex && row.name != "sparsemax" => Produces::Distribution,
            "probabilities" => Produces::Probabilities,
            "log_probabilities" if is_simplex => Produces::LogDistribution,
            "log_probabilities" => Produces::LogProbabilities,
            "positive" => Produces::Positive,
            "bounded" => Produces::Bounded,
            _ => Produces::Real,
        };
        assert_eq!(row.produces, produces, "{}", row.name);
        let range = match line.cell("range") {
            "R" | "depends:threshold,value" => "(-inf, inf)",
            "simplex" => "(0, 1)",
            "simplex (intended)" => "[0, 1]",
            "log-simplex" => "(-inf, 0]",
            "integer" => "[0, inf)",
            range => range,
        };
        assert_eq!(Range::try_from(range.to_owned()).ok(), Some(row.range), "{}", row.name);
    }
}

#[test]
fn metrics_agree_with_the_measured_table() {
    let find = |framework: &Framework, name: &str| knowledge().metric(framework, name);
    for line in measured("metrics.csv") {
        if line.name.starts_with("(refused") {
            check_refused(&line, find);
            continue;
        }
        // Strings that tf_keras hands back unread.
        if line.name == "unknown strings" {
            continue;
        }
        let found = check_line(&line, |framework, name| match name {
            // The class can only be named behind its module.
            "Accuracy" if !line.cells["canonical"].contains("string") && framework.libraries == ["keras"] => {
                find(framework, "keras.metrics.Accuracy")
            }
            name => find(framework, name),
        });
        let row = found.expect("a row");
        if let Some((argument, default)) = row
            .input
            .switches()
            .first()
            .map(|switch| (&switch.argument, switch.default))
        {
            let expected = if argument == "from_logits" {
                line.cell("from_logits_default")
            } else {
                "False"
            };
            assert_eq!(Ok(default), expected.to_lowercase().parse(), "{}", row.name);
        } else if let Some(expected) = input_of(line.cell("expects")) {
            assert_eq!(row.input.by_default(), expected, "{}", row.name);
        }
        let cuts = line.cell("threshold_default").starts_with("0.5") && row.by_shape.is_none();
        assert_eq!(
            row.threshold.as_ref().map(|cut| cut.default),
            cuts.then_some(0.5),
            "{}",
            row.name
        );
    }
}

#[test]
fn layers_agree_with_the_measured_table() {
    let find = |framework: &Framework, name: &str| knowledge().layer(framework, name);
    // Bounded in ways that "new values" would hide.
    let unknown = ["CosineSimilarity", "PairwiseDistance"];
    for mut line in measured("layers.csv") {
        // One line for three names.
        line.name = line.name.split(" / ").next().unwrap_or_default().to_owned();
        let row = check_line(&line, find).unwrap_or_else(|| panic!("{}", line.name));
        let passes = match line.cell("passes_values_through") {
            "yes" | "no (activation)" => Passes::Yes,
            "subset" => Passes::Subset,
            "convex" => Passes::Convex,
            "no" if unknown.contains(&line.name.as_str()) => Passes::Unknown,
            "no" => Passes::No,
            "depends:inner" => Passes::Inner,
            _ => Passes::Unknown,
        };
        assert_eq!(row.passes, passes, "{}", line.name);
        let is_activation = row.is_activation().is_some() || line.name == "Activation" || line.name == "Identity";
        assert_eq!(
            is_activation,
            line.cell("passes_values_through") == "no (activation)" || line.name == "Identity"
        );
        check_layer_arguments(&line, &row);
    }
}

fn check_layer_arguments(line: &Measured, row: &LayerRow) {
    let argument = match row.ends() {
        Ends::Argument(activation) => Some((activation.argument.as_str(), activation.default.as_str())),
        _ => None,
    };
    let expected = match line.cell("has_activation_argument") {
        "activation=None" | "activation=(required)" => Some(("activation", "linear")),
        "activation='tanh'" => Some(("activation", "tanh")),
        "nonlinearity=tanh" => Some(("nonlinearity", "tanh")),
        // No argument, or one for what lies inside.
        _ => None,
    };
    assert_eq!(argument, expected, "{}", line.name);
    let units = line.cell("units_argument");
    if !units.is_empty()
        && units
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
    {
        assert_eq!(row.units.as_deref(), Some(units), "{}", line.name);
    }
}

/// Those beside the checkout have more columns. `UPDATE=1` takes the compared ones over.
#[test]
#[cfg_attr(not(beside = "knowledge"), ignore = "there is no knowledge beside this checkout")]
fn measured_tables_are_taken_over_whole() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/knowledge");
    for table in ["activations.csv", "layers.csv", "losses.csv", "metrics.csv"] {
        let own = tables().join(table);
        let mut ours = csv::Reader::from_path(&own).expect("a CSV file");
        let columns = ours.headers().expect("a first line").clone();
        let mut theirs = csv::Reader::from_path(source.join(table)).expect("a CSV file");
        let mut wanted = csv::Writer::from_writer(Vec::new());
        wanted.write_record(&columns).expect("bytes");
        for line in theirs.deserialize::<HashMap<String, String>>() {
            let line = line.expect("a line");
            wanted
                .write_record(columns.iter().map(|name| &line[name]))
                .expect("bytes");
        }
        let wanted = String::from_utf8(wanted.into_inner().expect("bytes")).expect("UTF-8");
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&own, &wanted).expect("a file");
        }
        assert!(fs::read_to_string(&own).expect("a file") == wanted, "{table}");
    }
}
