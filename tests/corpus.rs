//! The public configurations and labelled cases that lie beside some checkouts: no panic, no false alarm, every labelled
//! mistake found. Ignored where they are not there when the tests are built. What the files hold is neither printed nor kept.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use common::{Finding, all_below, check, lint_names, root};
use losslint::check::{NotRead, read_models};
use losslint::config::Settings;
use losslint::syntax::{Format, parse};

/// The folder of that name beside the checkout.
fn beside(name: &str) -> PathBuf {
    let folder = root().join("../shared").join(name);
    folder.canonicalize().expect("it was there when the tests were built")
}

/// Checks all files by name in one run; when it breaks down, says which file does it.
fn findings(folder: &Path, files: &[String]) -> Vec<Finding> {
    let run = check(folder, files);
    if !run.is_orderly() {
        let broken: Vec<&String> = files
            .iter()
            .filter(|file| !check(folder, &[file]).is_orderly())
            .collect();
        panic!("{:?}, because of {broken:?}", run.status);
    }
    run.findings()
}

fn is_one_of(path: &str, extensions: &[&str]) -> bool {
    extensions
        .iter()
        .any(|extension| path.ends_with(&format!(".{extension}")))
}

#[test]
#[cfg_attr(not(beside = "corpus"), ignore = "there is no corpus beside this checkout")]
fn no_file_of_the_corpus_does_harm() {
    let folder = beside("corpus");
    let files = all_below(&folder);
    assert!(files.len() > 500, "{} files", files.len());
    findings(&folder, &files);
}

/// What other readers accept has no syntax error here; they are the measure.
#[test]
#[cfg_attr(not(beside = "corpus"), ignore = "there is no corpus beside this checkout")]
fn what_other_readers_accept_is_no_syntax_error() {
    let folder = beside("corpus");
    let mut compared = 0;
    for path in all_below(&folder) {
        let Ok(text) = fs::read_to_string(folder.join(&path)) else {
            continue;
        };
        let (format, accepted) = match () {
            () if is_one_of(&path, &["json"]) => {
                (Format::Json, serde_json::from_str::<serde_json::Value>(&text).is_ok())
            }
            () if is_one_of(&path, &["toml"]) => (Format::Toml, toml::from_str::<toml::Table>(&text).is_ok()),
            () => continue,
        };
        if accepted {
            let errors = parse(format, text.as_str().into()).errors.len();
            assert_eq!(errors, 0, "{path}");
            compared += 1;
        }
    }
    assert!(compared > 200, "{compared} files");
}

#[test]
#[cfg_attr(not(beside = "corpus"), ignore = "there is no corpus beside this checkout")]
fn files_that_are_no_model_are_silent() {
    let folder = beside("corpus");
    let mut files = all_below(&folder);
    files.retain(|path| path.starts_with("other_json/"));
    assert!(files.len() > 50, "{} files", files.len());
    let loud: BTreeSet<(String, String)> = findings(&folder, &files)
        .into_iter()
        .filter(|finding| finding.lint != "syntax-error")
        .map(|finding| (finding.path, finding.lint))
        .collect();
    assert!(loud.is_empty(), "{loud:?}");
}

/// The dialects that read the files of a folder; the other folders hold files of several, or of none.
const FOLDERS: &[(&str, &[&str])] = &[
    ("generic_json", &["farm"]),
    ("hugging_face", &["hugging_face"]),
    ("keras_archive", &["keras"]),
    ("keras_json", &["keras"]),
    ("ludwig", &["ludwig"]),
    ("other_json", &[]),
];

#[test]
#[cfg_attr(not(beside = "corpus"), ignore = "there is no corpus beside this checkout")]
fn files_are_read_in_the_dialect_of_their_folder_or_not_at_all() {
    let folder = beside("corpus");
    let settings = Settings::default();
    let mut read = 0;
    for path in all_below(&folder) {
        let Some((_, names)) = FOLDERS.iter().find(|(name, _)| path.starts_with(&format!("{name}/"))) else {
            continue;
        };
        let models = match read_models(&folder.join(&path), &settings) {
            Ok((_, models)) => models,
            Err(NotRead::NoConfig | NotRead::OtherName) => Vec::new(),
            Err(NotRead::Unreadable(error)) => panic!("{error}"),
        };
        read += usize::from(!models.is_empty());
        for model in models {
            assert!(names.contains(&model.dialect), "{path} is read as {}", model.dialect);
        }
    }
    assert!(read > 200, "{read} files");
}

/// A case of the index.
struct Case {
    folder: String,
    file: String,
    kind: String,
    mistakes: Vec<String>,
}

fn cases(folder: &Path) -> Vec<Case> {
    let mut reader = csv::Reader::from_path(folder.join("index.csv")).expect("an index");
    let rows = reader
        .deserialize::<BTreeMap<String, String>>()
        .map(|row| row.expect("a row"));
    rows.map(|row| Case {
        folder: row["case_id"].clone(),
        file: row["file"].clone(),
        kind: row["kind"].clone(),
        mistakes: row["mistake"]
            .split('|')
            .map(|mistake| mistake.trim().to_owned())
            .collect(),
    })
    .collect()
}

/// The lints that name a mistake of the index. A mistake without a line here is the lint of its name.
const NAMES: &[(&str, &[&str])] = &[
    ("regression_loss_for_classification_other", &["mse-for-classification"]),
    ("softmax_single_unit", &["single-unit-softmax"]),
    ("sigmoid_with_cce", &["sigmoid-categorical-crossentropy"]),
    (
        "softmax_with_bce",
        &["softmax-binary-crossentropy", "multilabel-as-multiclass"],
    ),
    (
        "cce_single_unit",
        &["single-unit-categorical-crossentropy", "single-unit-softmax"],
    ),
    (
        "from_logits_missing",
        &["logits-as-probabilities", "not-log-probabilities"],
    ),
    ("from_logits_double", &["probabilities-as-logits"]),
    ("sparse_vs_onehot_labels", &["label-format"]),
    (
        "multilabel_as_multiclass",
        &["multilabel-as-multiclass", "softmax-binary-crossentropy"],
    ),
    (
        "relu_or_other_bounded_on_logits",
        &["squashed-logits", "logits-as-probabilities"],
    ),
    ("regression_head_activation", &["bounded-regression-head"]),
    ("hinge_label_or_activation", &["hinge-margin", "label-format"]),
    ("unclipped_log", &["unclipped-log", "ineffective-epsilon"]),
    ("missing_class_weights_imbalanced", &["ignored-imbalance"]),
    (
        "units_vs_classes",
        &[
            "units-classes",
            "single-output-multilabel",
            "single-unit-categorical-crossentropy",
            "single-unit-softmax",
        ],
    ),
    ("kl_or_poisson_domain", &["loss-domain", "not-log-probabilities"]),
    ("log_softmax_ce_redundant", &["redundant-log-softmax"]),
    ("softmax_for_multilabel", &["multilabel-as-multiclass"]),
    ("sigmoid_bce_for_single_label", &["multiclass-as-multilabel"]),
];

fn lints_that_name(mistake: &str) -> Vec<String> {
    match NAMES.iter().find(|(name, _)| *name == mistake) {
        Some((_, lints)) => lints.iter().map(|lint| (*lint).to_owned()).collect(),
        None => vec![mistake.replace('_', "-")],
    }
}

/// Cases that are judged otherwise than the index says, and why. One that is judged as it says must be taken off.
const KNOWN: &[(&str, &str)] = &[(
    "tf42182-fixed~native",
    "the copy has lost the thresholds of its original, so the finding is right",
)];

#[test]
#[cfg_attr(not(beside = "cases"), ignore = "there is no cases beside this checkout")]
fn labelled_mistakes_are_found_and_nothing_else() {
    let folder = beside("cases");
    let cases = cases(&folder);
    let named: Vec<String> = cases.iter().map(|case| case.file.clone()).collect();
    let mut found: BTreeMap<String, Vec<Finding>> = BTreeMap::new();
    for finding in findings(&folder, &named) {
        let case = finding.path.split('/').next().expect("a folder").to_owned();
        found.entry(case).or_default().push(finding);
    }
    let mut wrong: BTreeMap<&str, String> = BTreeMap::new();
    for case in &cases {
        let findings = found.remove(&case.folder).unwrap_or_default();
        let lints: BTreeSet<&str> = findings.iter().map(|finding| finding.lint.as_str()).collect();
        if case.kind == "buggy" {
            let wanted: Vec<String> = case
                .mistakes
                .iter()
                .flat_map(|mistake| lints_that_name(mistake))
                .collect();
            let exists = wanted.iter().any(|lint| lint_names().contains(lint));
            let is_found = wanted.iter().any(|lint| lints.contains(lint.as_str()));
            if exists && !is_found {
                wrong.insert(&case.folder, format!("not found: {:?}", case.mistakes));
            }
        } else if let Some(loud) = findings.iter().find(|finding| finding.is_loud()) {
            let what = format!("{}[{}] on a {} case", loud.severity, loud.lint, case.kind);
            wrong.insert(&case.folder, what);
        }
    }
    for (case, why) in KNOWN {
        let known = wrong.remove(case);
        assert!(
            known.is_some(),
            "{case} is judged as the index says, take it off KNOWN: {why}"
        );
    }
    assert!(wrong.is_empty(), "{} of {}: {wrong:#?}", wrong.len(), cases.len());
}
