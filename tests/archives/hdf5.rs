//! HDF5 files as several versions of Keras write them, and some that hold no model.

use std::fs;

use super::common::losslint;
use super::hostile::assert_broken;
use super::{CONFIG, LINT, concise, folder, h5, keras, named, only};

#[test]
fn the_first_bytes_count_more_than_the_ending() {
    assert_eq!(
        only(&named("old.keras", &h5("variable.h5"))),
        (LINT, "old.keras!model_config")
    );
    assert_eq!(only(&named("new.h5", &keras(CONFIG))), (LINT, "new.h5!config.json"));
}

#[test]
fn hdf5_keeps_texts_in_several_ways() {
    for name in ["variable.h5", "fixed.h5", "chunks.h5", "dense.h5"] {
        let findings = named(name, &h5(name));
        assert_eq!(only(&findings), (LINT, format!("{name}!model_config").as_str()));
        let folder = folder(name, &h5(name));
        let inspected = losslint(folder.path(), &["inspect", name]).stdout;
        assert!(inspected.contains("version 2.2.4, backend tensorflow"), "{inspected}");
        assert!(
            inspected.contains(&format!("{name}!training_config:1:10")),
            "{inspected}"
        );
    }
}

#[test]
fn hdf5_without_compile_data_is_not_checked_and_weights_are_silent() {
    let uncompiled = folder("uncompiled.h5", &h5("uncompiled.h5"));
    let run = concise(uncompiled.path(), &["uncompiled.h5"]);
    assert_eq!((run.status, run.stdout.as_str()), (Some(0), ""));
    assert!(
        run.stderr.contains("1 head not checked (1 without a loss)"),
        "{}",
        run.stderr
    );
    let weights = folder("weights.h5", &h5("weights.h5"));
    for path in ["weights.h5", "."] {
        let run = concise(weights.path(), &[path]);
        assert_eq!((run.status, run.stdout.as_str()), (Some(0), ""));
        assert!(run.stderr.contains("no model found"), "{}", run.stderr);
    }
    let inspected = losslint(weights.path(), &["inspect", "weights.h5"]);
    assert!(
        inspected.stdout.starts_with("weights.h5: no model"),
        "{}",
        inspected.stdout
    );
}

#[test]
fn large_hdf5_files_are_not_read_whole() {
    let folder = folder("large.h5", &h5("variable.h5"));
    let file = fs::OpenOptions::new().write(true).open(folder.path().join("large.h5"));
    if file.expect("a file").set_len(2_000_000_000).is_err() {
        return; // No room for files with holes here.
    }
    assert_eq!(only(&concise(folder.path(), &["large.h5"]).findings()).0, LINT);
}

#[test]
fn what_is_no_hdf5_is_said_to_be_none() {
    assert_broken("text.h5", b"epoch 3, loss 0.2\n", "neither");
    assert_broken("cut.h5", &h5("variable.h5")[..700], "cut off or broken");
}
