//! How long each stage takes on one export: a large one on one line, as `model.to_json()` writes it. `cargo bench`.

use std::hint::black_box;
use std::sync::Arc;

use divan::Bencher;
use divan::counter::BytesCount;
use losslint::conclude::conclude;
use losslint::dialects::{self, Dialect};
use losslint::ir::Model;
use losslint::knowledge::{Knowledge, Thresholds};
use losslint::output::{self, Format as Output, Style};
use losslint::passes::{self, Context};
use losslint::report::{self, Report};
use losslint::span::Source;
use losslint::syntax::{File, Files, Format, parse};

fn main() {
    divan::main();
}

/// A functional model of about one megabyte, with a mistake in its head.
fn export() -> String {
    let layer = |index: usize, class: &str, config: &str| {
        let before = format!("layer_{}", index.saturating_sub(1));
        let inputs = if index == 0 {
            String::new()
        } else {
            format!(r#"[["{before}", 0, 0, {{}}]]"#)
        };
        format!(
            r#"{{"class_name": "{class}", "config": {{"name": "layer_{index}", "trainable": true, "dtype": "float32", {config}}}, "name": "layer_{index}", "inbound_nodes": [{inputs}]}}"#
        )
    };
    const HIDDEN: &str = r#""units": 128, "activation": "relu", "use_bias": true, "kernel_initializer": {"class_name": "GlorotUniform", "config": {"seed": null}}, "bias_initializer": {"class_name": "Zeros", "config": {}}, "kernel_regularizer": null"#;
    let mut layers = vec![layer(
        0,
        "InputLayer",
        r#""batch_input_shape": [null, 64], "sparse": false"#,
    )];
    layers.extend((1..2_500).map(|index| layer(index, "Dense", HIDDEN)));
    layers.push(layer(2_500, "Dense", r#""units": 1, "activation": "softmax""#));
    format!(
        r#"{{"class_name": "Functional", "config": {{"name": "model", "layers": [{}], "input_layers": [["layer_0", 0, 0]], "output_layers": [["layer_2500", 0, 0]]}}, "keras_version": "2.15.0", "compile_config": {{"loss": "binary_crossentropy", "metrics": ["accuracy"]}}}}"#,
        layers.join(", ")
    )
}

fn files() -> Files {
    Files::of(File::parse(Format::Json, Source::new("model.json", export())))
}

fn recognise(files: &Files) -> Option<&'static dyn Dialect> {
    let root = files.own().tree.root()?;
    dialects::recognise(Knowledge::built_in(), files, root)
}

fn models(files: &Files) -> Vec<Model> {
    let knowledge = Knowledge::built_in();
    let dialect = recognise(files).expect("a dialect");
    let root = files.own().tree.root().expect("a model");
    let mut models = dialects::read(knowledge, dialect, files, root, &[]);
    models.iter_mut().for_each(|model| conclude(knowledge, model));
    models
}

fn findings(model: &Model) -> Vec<losslint::diagnostic::Finding> {
    let context = Context {
        model,
        knowledge: Knowledge::built_in(),
        thresholds: &Thresholds::default(),
    };
    passes::run(&context, &|_| true)
}

#[divan::bench]
fn marks(bencher: Bencher<'_, '_>) {
    let text = "{\"name\": \"a package\", \"version\": [1, 2, 3]}, ".repeat(20_000);
    let counter = BytesCount::of_str(&text);
    bencher
        .counter(counter)
        .bench(|| dialects::bears_marks(false, black_box(text.as_bytes())));
}

#[divan::bench]
fn parse_json(bencher: Bencher<'_, '_>) {
    let text: Arc<str> = export().into();
    let counter = BytesCount::of_str(&text);
    bencher
        .counter(counter)
        .bench(|| parse(Format::Json, Arc::clone(&text)));
}

#[divan::bench]
fn parse_into_nothing_by_serde_json(bencher: Bencher<'_, '_>) {
    let text = export();
    let counter = BytesCount::of_str(&text);
    bencher
        .counter(counter)
        .bench(|| serde_json::from_str::<serde::de::IgnoredAny>(black_box(&text)));
}

#[divan::bench]
fn parse_toml(bencher: Bencher<'_, '_>) {
    let layer = "[[layers]]\ntype = \"Dense\"\nunits = 128\nactivation = \"relu\"\n\n";
    let text: Arc<str> = format!("losslint = 1\n{}", layer.repeat(2_500)).into();
    let counter = BytesCount::of_str(&text);
    bencher
        .counter(counter)
        .bench(|| parse(Format::Toml, Arc::clone(&text)));
}

#[divan::bench]
fn parse_yaml(bencher: Bencher<'_, '_>) {
    let layer = "  - type: Dense\n    units: 128\n    activation: relu\n";
    let text: Arc<str> = format!("losslint: 1\nlayers:\n{}", layer.repeat(2_500)).into();
    let counter = BytesCount::of_str(&text);
    bencher
        .counter(counter)
        .bench(|| parse(Format::Yaml, Arc::clone(&text)));
}

#[divan::bench]
fn detect(bencher: Bencher<'_, '_>) {
    let files = files();
    bencher.bench(|| recognise(&files).is_some());
}

#[divan::bench]
fn read(bencher: Bencher<'_, '_>) {
    let files = files();
    bencher.bench(|| models(&files));
}

#[divan::bench]
fn run_passes(bencher: Bencher<'_, '_>) {
    let models = models(&files());
    bencher.bench(|| findings(&models[0]));
}

#[divan::bench]
fn write_report(bencher: Bencher<'_, '_>) {
    let files = files();
    let models = models(&files);
    bencher.bench(|| {
        let findings = findings(&models[0]);
        let one = report::resolve(&files, findings, true);
        let mut out = Vec::new();
        let written = output::write(&Report::join(vec![one]), Output::Human, Style::PLAIN, &mut out);
        written.is_ok() && !out.is_empty()
    });
}

/// What a process does once before its first file.
#[divan::bench]
fn knowledge_tables() -> Knowledge {
    Knowledge::with_project(&losslint::knowledge::Rows::default())
}
