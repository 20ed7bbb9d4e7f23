//! The example of `docs/adding-a-dialect.md` is a dialect that works: its code is compiled here, and reads its own example.

#[path = "docs/blocks.rs"]
mod blocks;
mod common;
#[path = "docs/model_card.rs"]
mod model_card;

use blocks::{Block, blocks};
use common::source::text_of;
use losslint::conclude::conclude;
use losslint::dialects::{self, Dialect};
use losslint::ir::Model;
use losslint::knowledge::{Knowledge, Thresholds};
use losslint::passes::{self, Context};
use losslint::span::Source;
use losslint::syntax::{File, Files, Format};
use model_card::ModelCard;

fn blocks_in(language: &str) -> Vec<Block> {
    let mut blocks = blocks(&text_of("docs/adding-a-dialect.md"));
    blocks.retain(|block| block.language() == language);
    blocks
}

fn read(text: &str) -> Vec<Model> {
    let files = Files::of(File::parse(Format::Yaml, Source::new("model.yaml", text)));
    let root = files.own().tree.root().expect("a value");
    assert!(ModelCard.marks().iter().any(|mark| text.contains(mark)));
    let knowledge = Knowledge::built_in();
    let mut models = dialects::read(knowledge, &ModelCard, &files, root, &[]);
    models.iter_mut().for_each(|model| conclude(knowledge, model));
    models
}

/// The names of the lints that have something to say.
fn lints(model: &Model) -> Vec<&'static str> {
    let context = Context {
        model,
        knowledge: Knowledge::built_in(),
        thresholds: &Thresholds::default(),
    };
    let findings = passes::run(&context, &|_| true);
    findings.iter().map(|finding| finding.lint).collect()
}

#[test]
fn the_page_shows_the_code_that_is_compiled() {
    let shown = blocks_in("rust").swap_remove(0).text;
    assert_eq!(
        shown.replace("crate::", "losslint::"),
        text_of("tests/docs/model_card.rs")
    );
}

#[test]
fn the_example_of_the_page_is_read_and_judged() {
    let example = blocks_in("yaml").swap_remove(0).text;
    let models = read(&example);
    let [model] = models.as_slice() else {
        panic!("{models:?}");
    };
    assert_eq!((model.dialect, model.heads[0].units()), ("model_card", Some(5)));
    assert_eq!(lints(model), ["probabilities-as-logits"]);
    let mended = example.replace("  - { type: Softmax, dim: 1 }\n", "");
    assert_ne!(mended, example);
    assert!(lints(&read(&mended)[0]).is_empty());
}

#[test]
fn what_the_example_cannot_judge_is_noted() {
    let unknown = &read("model_card: 1\ntrained_with: my.Loss\n")[0];
    assert!(lints(unknown).is_empty());
    assert_eq!(
        unknown.heads[0].not_checked.len(),
        2,
        "{:?}",
        unknown.heads[0].not_checked
    );
}
