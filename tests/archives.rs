//! Saved models: `.keras` archives made here and HDF5 files made by `scripts/archives.py`.

mod common;

#[cfg(feature = "hdf5")]
#[path = "archives/hdf5.rs"]
mod hdf5;
#[path = "archives/hostile.rs"]
mod hostile;
#[allow(dead_code)]
#[path = "fuzz/mutate.rs"]
mod mutate;

use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;
use std::process::Stdio;

use common::{Finding, Run, command, folder_with, losslint};
use tempfile::TempDir;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A model on one line, as Keras 3 writes it; its loss expects probabilities and gets raw scores.
const CONFIG: &str = concat!(
    r#"{"module": "keras", "class_name": "Sequential", "config": {"name": "sequential", "trainable": true, "#,
    r#""dtype": {"module": "keras", "class_name": "DTypePolicy", "config": {"name": "float32"}}, "layers": ["#,
    r#"{"module": "keras.layers", "class_name": "InputLayer", "config": {"batch_shape": [null, 12], "name": "input"}}, "#,
    r#"{"module": "keras.layers", "class_name": "Dense", "config": {"name": "hidden", "units": 16, "activation": "relu"}}, "#,
    r#"{"module": "keras.layers", "class_name": "Dense", "config": {"name": "größe", "units": 4, "activation": "linear"}}]}, "#,
    r#""compile_config": {"optimizer": "adam", "loss": "categorical_crossentropy", "metrics": ["accuracy"]}}"#,
);
const METADATA: &str = r#"{"keras_version": "3.15.1", "date_saved": "2026-11-23@21:21:31"}"#;
const LINT: &str = "logits-as-probabilities";

/// An archive with these members.
fn archive(members: &[(&str, &[u8])], method: CompressionMethod) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(method);
    for (name, bytes) in members {
        zip.start_file(*name, options).expect("a member");
        zip.write_all(bytes).expect("its bytes");
    }
    zip.finish().expect("an archive").into_inner()
}

/// An archive as Keras writes it, without compression.
fn keras(config: &str) -> Vec<u8> {
    let members = [
        ("metadata.json", METADATA.as_bytes()),
        ("config.json", config.as_bytes()),
        ("model.weights.h5", b"no weights"),
    ];
    archive(&members, CompressionMethod::Stored)
}

fn h5(name: &str) -> Vec<u8> {
    let path = common::root().join("tests/archives").join(name);
    fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The model in every kind of file that this build reads.
fn saved() -> Vec<(&'static str, Vec<u8>)> {
    let mut saved = vec![("model.keras", keras(CONFIG))];
    if cfg!(feature = "hdf5") {
        saved.push(("model.h5", h5("variable.h5")));
    }
    saved
}

fn folder(name: &str, bytes: &[u8]) -> TempDir {
    let folder = folder_with(&[(name, "")]);
    fs::write(folder.path().join(name), bytes).expect("a file");
    folder
}

fn concise(folder: &Path, args: &[&str]) -> Run {
    let mut all = vec!["check", "--no-config", "--format", "concise"];
    all.extend(args);
    let run = losslint(folder, &all);
    assert!(run.is_orderly(), "{:?}: {}", run.status, run.stderr);
    run
}

/// The findings in a file that is named.
fn named(name: &str, bytes: &[u8]) -> Vec<Finding> {
    concise(folder(name, bytes).path(), &[name]).findings()
}

/// The lint and path of the only finding.
fn only(findings: &[Finding]) -> (&str, &str) {
    match findings {
        [only] => (&only.lint, &only.path),
        _ => panic!("not one finding: {findings:?}"),
    }
}

#[test]
fn an_archive_is_reported_with_its_member() {
    let folder = folder("model.keras", &keras(CONFIG));
    insta::assert_snapshot!("concise", concise(folder.path(), &["model.keras"]).stdout);
    let human = losslint(folder.path(), &["check", "--no-config", "--quiet", "model.keras"]);
    insta::assert_snapshot!("human", human.stdout);
    let met = concise(folder.path(), &["."]);
    assert_eq!(only(&met.findings()), (LINT, "model.keras!config.json"));
}

#[test]
fn fixes_leave_archives_as_they_are() {
    for (name, bytes) in saved() {
        let folder = folder(name, &bytes);
        for option in ["--fix", "--unsafe-fixes", "--diff"] {
            let run = concise(folder.path(), &[option, name]);
            assert!(!run.stdout.contains("---"), "{}", run.stdout);
        }
        assert_eq!(fs::read(folder.path().join(name)).expect("the file"), bytes);
    }
}

#[test]
fn the_version_stands_in_another_member() {
    let folder = folder("model.keras", &keras(CONFIG));
    let run = losslint(folder.path(), &["inspect", "model.keras"]);
    let first = run.stdout.lines().next();
    assert_eq!(
        first,
        Some("model.keras!config.json: keras model, read as keras, version 3.15.1")
    );
    let broken = archive(
        &[("config.json", CONFIG.as_bytes()), ("metadata.json", b"\xff\xfe")],
        CompressionMethod::Stored,
    );
    assert_eq!(only(&named("model.keras", &broken)), (LINT, "model.keras!config.json"));
}

#[test]
fn a_deflated_archive_is_read() {
    let bytes = archive(&[("config.json", CONFIG.as_bytes())], CompressionMethod::Deflated);
    assert_eq!(only(&named("model.keras", &bytes)).0, LINT);
}

/// A class of the user's own has no layers in the file; Keras saved it, so it is a model all the same.
#[test]
fn a_subclassed_model_is_a_model() {
    let folder = folder(
        "own.keras",
        &keras(r#"{"module": "my", "class_name": "Net", "config": {}}"#),
    );
    let run = concise(folder.path(), &["own.keras"]);
    assert!(run.stderr.contains("1 model"), "{}", run.stderr);
}

#[test]
fn facts_beside_an_archive_are_its_facts() {
    for (name, bytes) in saved() {
        let folder = folder(name, &bytes);
        let facts = "[task]\nkind = \"multiclass\"\nclasses = 7\n";
        fs::write(folder.path().join("model.facts.toml"), facts).expect("facts");
        let lints: Vec<String> = concise(folder.path(), &[name])
            .findings()
            .into_iter()
            .map(|finding| finding.lint)
            .collect();
        assert!(lints.contains(&"units-classes".to_owned()), "{name}: {lints:?}");
    }
}

#[test]
fn an_archive_on_standard_input_is_read() {
    for (name, bytes) in saved() {
        let mut command = command(common::root());
        command.args([
            "check",
            "--no-config",
            "--format",
            "concise",
            "-",
            "--stdin-filename",
            name,
        ]);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut child = command.spawn().expect("it starts");
        let mut input = child.stdin.take().expect("its input");
        input.write_all(&bytes).expect("it reads");
        drop(input);
        let output = child.wait_with_output().expect("it ends");
        let stdout = String::from_utf8(output.stdout).expect("a report is UTF-8");
        assert_eq!(
            only(&stdout.lines().map(Finding::read).collect::<Vec<_>>()).0,
            LINT,
            "{name}"
        );
    }
}

#[test]
fn faults_of_a_configuration_have_places_in_it() {
    let cut = &CONFIG[..CONFIG.len() - 1];
    let findings = named("model.keras", &keras(cut));
    assert!(
        findings.iter().any(|finding| finding.lint == "syntax-error"),
        "{findings:?}"
    );
    assert!(findings.iter().all(|finding| finding.path == "model.keras!config.json"));
    let latin = archive(
        &[("config.json", b"{\"class_name\": \"\xe4\"}")],
        CompressionMethod::Stored,
    );
    let findings = named("model.keras", &latin);
    assert_eq!((findings[0].line, findings[0].column), (1, 17), "{findings:?}");
}

#[test]
fn an_archive_without_a_configuration_is_no_model() {
    let bytes = archive(&[("model.weights.h5", b"weights")], CompressionMethod::Stored);
    let other = archive(&[("sub/config.json", CONFIG.as_bytes())], CompressionMethod::Stored);
    for bytes in [bytes, other, archive(&[], CompressionMethod::Stored)] {
        assert_eq!(named("model.keras", &bytes), []);
    }
}

#[cfg(not(feature = "hdf5"))]
#[test]
fn without_the_feature_hdf5_is_refused() {
    let folder = folder("model.h5", &h5("variable.h5"));
    let run = concise(folder.path(), &["model.h5"]);
    assert!(run.findings()[0].message.contains("feature `hdf5`"), "{}", run.stdout);
    assert_eq!(concise(folder.path(), &["."]).stdout, "");
}
