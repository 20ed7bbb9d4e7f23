//! Which task a name means, however it is spelt.

use std::collections::{BTreeMap, BTreeSet};

use losslint::recommend::{find, key, nearest, tasks};

#[test]
fn no_name_means_two_tasks() {
    let mut owners: BTreeMap<String, &str> = BTreeMap::new();
    for task in tasks() {
        for name in std::iter::once(&task.name).chain(&task.aliases) {
            let owner = owners.entry(key(name)).or_insert(&task.name);
            assert_eq!(*owner, task.name, "{name} means both");
        }
        let aliases: BTreeSet<&String> = task.aliases.iter().collect();
        assert_eq!(
            aliases.len(),
            task.aliases.len(),
            "{}: an alias stands twice",
            task.name
        );
        assert!(!aliases.contains(&task.name), "{}", task.name);
    }
}

#[test]
fn natural_spellings_lead_to_the_task() {
    let spellings = [
        ("binary", "binary_clf"),
        ("binary-classification", "binary_clf"),
        ("binary_classification", "binary_clf"),
        ("Binary Classification", "binary_clf"),
        ("BINARY_CLF", "binary_clf"),
        ("multi-label", "multilabel"),
        ("multi label classification", "multilabel"),
        ("multi-class", "multiclass"),
        ("clf", "multiclass"),
        ("classification", "multiclass"),
        ("object-detection", "detection"),
        ("Object Detection", "detection"),
        ("regression with outliers", "regression_outlier"),
        ("imbalanced-binary-classification", "imbalanced_binary"),
        ("unbalanced binary", "imbalanced_binary"),
        ("reconstruction", "autoencoder"),
        ("semantic segmentation", "segmentation_multiclass"),
        ("ordinal regression", "ordinal"),
        ("many classes", "multiclass_large"),
        ("multiclass large", "multiclass_large"),
    ];
    for (spelling, name) in spellings {
        assert_eq!(find(spelling).map(|task| task.name.as_str()), Some(name), "{spelling}");
    }
    for task in tasks() {
        assert_eq!(find(&task.name).map(|found| &found.name), Some(&task.name));
    }
    for unknown in ["", " ", "xyz", "mse", "gan"] {
        assert!(find(unknown).is_none(), "{unknown}");
    }
}

#[test]
fn near_names_are_told() {
    assert_eq!(nearest("regresion").first(), Some(&"regression"));
    assert_eq!(nearest("mulitlabel").first(), Some(&"multilabel"));
    let imbalanced: BTreeSet<&str> = nearest("imbalanced").into_iter().collect();
    let all = ["imbalanced_binary", "imbalanced_multiclass", "imbalanced_multilabel"];
    assert_eq!(imbalanced, BTreeSet::from(all));
    assert!(nearest("xyz").is_empty());
    assert!(nearest("").is_empty());
}
