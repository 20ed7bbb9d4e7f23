//! What the fuzzer drives: one function for each target, which makes an input, feeds it and looks at what comes out.

use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use fastrand::Rng;
use losslint::check::Fixing;
use losslint::config::{Globs, Named, Origin, Selection};
use losslint::diagnostic::{Change, Literal};
use losslint::discover::Walk;
use losslint::span::Source;
use losslint::syntax::{File, Format, NodeRef, edit};
use losslint::{Outcome, Request, StandardInput};

use super::common::{files_below, root, trees};
use super::{mutate, sound};

/// Longer texts are cut: the faults are in the first hundreds of bytes, and short inputs are many.
const LONGEST: usize = 6_000;
const FORMATS: [(Format, &str); 3] = [
    (Format::Json, "model.json"),
    (Format::Toml, "model.toml"),
    (Format::Yaml, "model.yaml"),
];

/// The fixtures, and the examples on the pages of the lints.
pub fn texts() -> Vec<String> {
    let read = |path: &String| fs::read_to_string(root().join(path)).ok();
    let fixtures = files_below("fixtures")
        .iter()
        .filter_map(read)
        .filter(|text| text.len() <= LONGEST)
        .collect::<Vec<_>>();
    let pages: Vec<String> = files_below("lints").iter().filter_map(read).collect();
    let examples = pages.iter().flat_map(|page| page.split("```").skip(1).step_by(2));
    let examples = examples.filter_map(|example| Some(example.split_once('\n')?.1.to_owned()));
    let texts: Vec<String> = fixtures.into_iter().chain(examples).collect();
    assert!(texts.len() > 300, "only {} seeds", texts.len());
    texts
}

/// The programs and notebooks among the fixtures, with the names that tell which they are.
pub fn programs() -> Vec<(&'static str, Vec<String>)> {
    let of = |ending: &str| {
        let files = files_below("fixtures")
            .into_iter()
            .filter(|path| path.ends_with(ending));
        let texts = files.filter_map(|path| fs::read_to_string(root().join(path)).ok());
        texts.filter(|text| text.len() <= LONGEST).collect::<Vec<_>>()
    };
    let all = vec![("train.py", of(".py")), ("train.ipynb", of(".ipynb"))];
    assert!(all[0].1.len() > 50 && all[1].1.len() > 2, "too few seeds");
    all
}

pub fn expressions() -> Vec<String> {
    let own = [
        "-(y_true * log(y_pred + 1e-7))",
        "K.mean(-y_true * K.log(K.clip(y_pred, 1e-7, 1 - 1e-7)), axis=-1)",
        "torch.mean((target - input.clamp(min=1e-8).log()) ** 2)[0]",
        "lambda y_true, y_pred: tf.math.log(y_pred) if y_true > 0 else 0",
    ];
    own.map(str::to_owned).into()
}

/// A configuration, whole and in pieces: of a text of several tables few changes leave a sound one.
pub fn configurations() -> Vec<String> {
    let pieces = [
        "exclude = [\"a/**\"]\nselect = [\"all\"]\nfail-on = \"info\"\n",
        "[severity]\nlabel-format = \"off\"\n",
        "[[facts]]\nfiles = [\"*\"]\n[facts.task]\nkind = \"binary\"\n",
        "[[ignore]]\nfiles = [\"*\"]\nlints = [\"label-format\"]\nreason = \"x\"\n",
        "[[losses]]\nname = \"My\"\nlike = \"monai.losses.TverskyLoss\"\n",
        "[thresholds]\nimbalance = 2\n",
    ];
    let pieces: Vec<String> = pieces.map(str::to_owned).into();
    let whole = pieces.concat();
    pieces.into_iter().chain([whole]).collect()
}

/// Saved models with the file names that tell their formats.
pub fn archives() -> Vec<(&'static str, Vec<u8>)> {
    let config = r#"{"class_name": "Sequential", "config": {"name": "s", "layers": [{"class_name": "Dense", "config":
        {"name": "d", "units": 1, "activation": "softmax"}}]}, "compile_config": {"loss": "binary_crossentropy"}}"#;
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, text) in [
        ("metadata.json", r#"{"keras_version": "3.1.0"}"#),
        ("config.json", config),
    ] {
        writer.start_file(name, stored).expect("a member");
        writer.write_all(text.as_bytes()).expect("a member");
    }
    let mut seeds = vec![("model.keras", writer.finish().expect("an archive").into_inner())];
    if cfg!(feature = "hdf5") {
        let h5 = files_below("tests/archives")
            .into_iter()
            .filter(|path| path.ends_with(".h5"));
        seeds.extend(h5.map(|path| ("model.h5", fs::read(root().join(path)).expect("a file"))));
    }
    seeds
}

/// Any text in any format. Counts those without an error.
pub fn parse(rng: &mut Rng, seeds: &[String]) -> usize {
    let text = mutate::text(rng, seeds, LONGEST);
    usize::from(trees::sound(FORMATS[rng.usize(..3)].0, &text).errors.is_empty())
}

/// Any text as a file that was named, with everything that it is put through. Counts heads that are judged.
pub fn check(rng: &mut Rng, seeds: &[String]) -> usize {
    let text = mutate::text(rng, seeds, LONGEST);
    let outcome = outcome(FORMATS[rng.usize(..3)].1, text.as_bytes(), Origin::Defaults, None);
    sound::report(&outcome.report, Some(&text));
    outcome.report.counts.heads_checked
}

/// A program, mostly changed by whole lines, so that it can still be parsed. Counts heads that are judged.
pub fn program(rng: &mut Rng, seeds: &[(&'static str, Vec<String>)]) -> usize {
    let (name, seeds) = &seeds[usize::from(rng.u8(..5) == 0)];
    let text = match rng.bool() {
        true => mutate::lines(rng, seeds, LONGEST),
        false => mutate::text(rng, seeds, LONGEST),
    };
    let outcome = outcome(name, text.as_bytes(), Origin::Defaults, None);
    sound::report(&outcome.report, Some(&text));
    outcome.report.counts.heads_checked
}

/// A text of Python as the loss of a spec. Counts those in which a logarithm is found.
pub fn expression(rng: &mut Rng, seeds: &[String]) -> usize {
    let expression = mutate::text(rng, seeds, 600);
    let expression = serde_json::to_string(&expression).expect("a text is JSON");
    let framework = ["keras", "torch", "tensorflow", "jax"][rng.usize(..4)];
    let text = format!(
        r#"{{"losslint": 1, "framework": "{framework}", "layers": [{{"type": "Dense", "units": 3, "activation": "softmax"}}],
        "loss": {{"expression": {expression}}}}}"#
    );
    let outcome = outcome("model.json", text.as_bytes(), Origin::Defaults, None);
    sound::report(&outcome.report, Some(&text));
    let of_logarithms = |lint: &str| ["unclipped-log", "ineffective-epsilon"].contains(&lint);
    usize::from(
        outcome
            .report
            .findings
            .iter()
            .any(|finding| of_logarithms(finding.lint)),
    )
}

/// All fixes of a text: what comes of them is no worse in its form, and a second run finds nothing more to fix. Counts the
/// texts that are fixed.
pub fn fix(rng: &mut Rng, seeds: &[String]) -> usize {
    let text = mutate::text(rng, seeds, LONGEST);
    let (format, name) = FORMATS[rng.usize(..3)];
    let fixing = Fixing {
        unsafe_too: true,
        write: false,
    };
    let outcome = outcome(name, text.as_bytes(), Origin::Defaults, Some(fixing));
    for mended in &outcome.mended {
        assert_eq!(&*mended.before, text);
        let (before, after) = (trees::sound(format, &text), trees::sound(format, &mended.after));
        assert!(
            after.errors.len() <= before.errors.len(),
            "a fix breaks the text: {text:?} → {:?}",
            mended.after
        );
        converges(name, &text, &mended.after, fixing);
    }
    outcome.mended.len()
}

fn converges(name: &str, before: &str, after: &str, fixing: Fixing) {
    let again = outcome(name, after.as_bytes(), Origin::Defaults, Some(fixing));
    if let Some(more) = again.mended.first() {
        panic!("fixes do not converge: {before:?} → {after:?} → {:?}", more.after);
    }
    sound::report(&again.report, Some(after));
    sound::count(|looked| looked.fixed_texts += 1);
}

/// Any change anywhere in a text without errors: it is refused, or what comes of it has no errors either.
/// Counts the changes that are made.
pub fn edit(rng: &mut Rng, seeds: &[String]) -> usize {
    let text: Arc<str> = mutate::text(rng, seeds, 1_500).into();
    let (format, name) = FORMATS[rng.usize(..3)];
    let file = File::parse(format, Source::new(name, Arc::clone(&text)));
    if !file.tree.errors.is_empty() || file.tree.is_empty() {
        return 0;
    }
    if file.tree.documents().any(|root| root.to_value().is_none()) {
        return 0; // Too deep to tell what an edit does.
    }
    let nodes = file.tree.len() as u32;
    let mut made = 0;
    for _ in 0..4 {
        let id = losslint::span::NodeId(rng.u32(..nodes));
        let Some(node) = file.tree.node(id).filter(|node| !node.is_key()) else {
            continue;
        };
        let change = change(rng, node);
        let Some(edit) = edit::edit(&file, &change) else {
            continue;
        };
        let after = edit::apply(&text, std::slice::from_ref(&edit))
            .unwrap_or_else(|| panic!("{edit:?} does not fit: {text:?}"));
        let tree = trees::sound(format, &after);
        assert_eq!(tree.errors, [], "{change:?}\nbefore: {text:?}\nafter:  {after:?}");
        assert!(
            edit::does_exactly(&file, &change, &edit),
            "{change:?}\nbefore: {text:?}\nafter:  {after:?}"
        );
        made += 1;
    }
    made
}

fn change(rng: &mut Rng, node: NodeRef<'_>) -> Change {
    let at = node.at();
    match rng.u8(0..3) {
        0 => Change::Replace {
            at,
            with: literal(rng, 0),
        },
        1 => Change::Insert {
            into: at,
            after: node.members().nth(rng.usize(..3)).map(|(key, _)| key.text().to_owned()),
            key: "losslint_new".to_owned(),
            value: literal(rng, 0),
        },
        _ => Change::Remove { at },
    }
}

fn literal(rng: &mut Rng, depth: usize) -> Literal {
    match rng.u8(0..if depth < 2 { 6 } else { 5 }) {
        0 => Literal::Text("softmax".to_owned()),
        1 => Literal::Text("a: \"b\" # 'c'\n\\ é".to_owned()),
        2 => Literal::Number(0.5),
        3 => Literal::Bool(true),
        4 => Literal::Null,
        _ => Literal::Table(vec![
            ("a".to_owned(), literal(rng, depth + 1)),
            ("b c".to_owned(), literal(rng, depth + 1)),
        ]),
    }
}

/// Changed bytes of saved models. Counts those that are still read as models.
pub fn archive(rng: &mut Rng, seeds: &[(&'static str, Vec<u8>)]) -> usize {
    let (name, seed) = &seeds[rng.usize(..seeds.len())];
    let outcome = outcome(name, &mutate::bytes(rng, seed), Origin::Defaults, None);
    sound::report(&outcome.report, None);
    outcome.report.counts.models
}

/// Any text as the configuration. Counts those that are understood.
pub fn configuration(rng: &mut Rng, seeds: &[String], folder: &Path) -> usize {
    let path = folder.join("losslint.toml");
    fs::write(&path, mutate::text(rng, seeds, LONGEST)).expect("a file");
    let model =
        br#"{"losslint": 1, "framework": "keras", "layers": [{"type": "Dense", "units": 1, "activation": "softmax"}],
        "loss": "My"}"#;
    let outcome = losslint::check(&request("model.json", model, Origin::File(path), None), &|_, _| ());
    if let Ok(outcome) = &outcome {
        sound::report(&outcome.report, None);
    }
    usize::from(outcome.is_ok())
}

fn outcome(name: &str, bytes: &[u8], config: Origin, fixing: Option<Fixing>) -> Outcome {
    losslint::check(&request(name, bytes, config, fixing), &|_, _| ()).expect("the defaults are valid")
}

/// Every lint, as from standard input.
fn request(name: &str, bytes: &[u8], config: Origin, fixing: Option<Fixing>) -> Request {
    let all = Selection {
        select: Some(vec![Named::given("all")]),
        ..Selection::default()
    };
    Request {
        paths: Vec::new(),
        standard_input: Some(StandardInput {
            name: PathBuf::from(name),
            bytes: bytes.to_vec(),
        }),
        walk: Walk {
            respect_ignore_files: false,
        },
        config,
        selection: all,
        exclude: Globs::none(),
        force_exclude: false,
        jobs: None,
        with_snippets: true,
        fixing,
    }
}
