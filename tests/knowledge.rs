//! The compiled-in knowledge as a whole: that its spellings lead where they should, and the facts that matter most.
//! Not the look-up code, which has unit tests.

#[path = "knowledge/measured.rs"]
mod measured;

use std::collections::HashMap;
use std::fmt::Debug;
use std::sync::Arc;

use losslint::knowledge::*;

fn knowledge() -> &'static Knowledge {
    Knowledge::built_in()
}

fn framework(name: &str) -> &'static Framework {
    knowledge().framework(name).expect("a framework")
}

/// A framework of one library, to ask that library alone.
fn only(library: &str) -> Framework {
    Framework {
        name: library.to_owned(),
        aliases: Vec::new(),
        libraries: vec![library.to_owned()],
        project: None,
        writes: None,
        legacy_ends_at: None,
        sums_unreduced: false,
    }
}

fn loss(framework_name: &str, name: &str) -> Arc<LossRow> {
    let found = knowledge().loss(framework(framework_name), name);
    found
        .known()
        .unwrap_or_else(|| panic!("{framework_name} does not know {name}"))
}

fn by_default(framework_name: &str, name: &str) -> Input {
    loss(framework_name, name).input.by_default()
}

/// Checks the spellings of all rows of one kind: none is empty, none is claimed twice, each leads to its own row.
fn check_spellings<'k, R: Row + PartialEq + Debug + 'k>(
    rows: impl Iterator<Item = &'k Arc<R>>,
    find: impl Fn(&Framework, &str) -> Found<R>,
) {
    let mut claimed: HashMap<(String, String, bool), String> = HashMap::new();
    for row in rows {
        assert!(!row.name().is_empty(), "a row of {} has no name", row.library());
        for (name, claim) in row.spellings() {
            for way in ways(row.written()) {
                let key = (row.library().to_owned(), name.to_owned(), *way == Written::Bare);
                let other = claimed.insert(key, row.name().to_owned());
                assert_eq!(
                    other,
                    None,
                    "{}: `{name}` of {} is claimed twice",
                    row.library(),
                    row.name()
                );
            }
            if row.written() == Written::Dotted {
                continue;
            }
            let expected = match claim {
                Claim::Known(spelling) => Found::Known(Arc::clone(row), spelling),
                Claim::Refused => Found::Refused(Arc::clone(row)),
            };
            assert_eq!(find(&only(row.library()), name), expected);
        }
    }
}

fn ways(written: Written) -> &'static [Written] {
    match written {
        Written::Anyhow => &[Written::Bare, Written::Dotted],
        Written::Bare => &[Written::Bare],
        Written::Dotted => &[Written::Dotted],
    }
}

#[test]
fn every_spelling_leads_to_its_own_row() {
    let knowledge = knowledge();
    check_spellings(knowledge.losses(), |framework, name| knowledge.loss(framework, name));
    check_spellings(knowledge.activations(), |framework, name| {
        knowledge.activation(framework, name)
    });
    check_spellings(knowledge.layers(), |framework, name| knowledge.layer(framework, name));
    check_spellings(knowledge.metrics(), |framework, name| knowledge.metric(framework, name));
    check_spellings(knowledge.operations(), |framework, name| {
        knowledge.operation(framework, name)
    });
}

#[test]
fn what_rows_name_exists() {
    let knowledge = knowledge();
    for framework in knowledge.frameworks() {
        for layer in knowledge
            .layers()
            .filter(|layer| framework.libraries.contains(&layer.library))
        {
            assert!(layer.all_ends().len() <= 1, "{} ends in two ways", layer.name());
            let name = match layer.ends() {
                Ends::Is(name) | Ends::Fixed(name) => Some(name),
                Ends::Argument(activation) => Some(activation.default.as_str()),
                Ends::Switch(_) | Ends::Plain => None,
            };
            if let Some(name) = name {
                let found = knowledge.activation_of(framework, layer, name);
                assert!(
                    found.known().is_some(),
                    "{}: {name} of {}",
                    framework.name,
                    layer.name()
                );
            }
        }
    }
    for row in knowledge.losses() {
        for name in row
            .by_shape
            .iter()
            .flat_map(|shape| [&shape.one_unit, &shape.label_vectors, &shape.label_indices])
        {
            assert!(knowledge.loss_in(&row.library, name).is_some(), "{name}");
        }
    }
    for row in knowledge.metrics() {
        for name in row
            .by_shape
            .iter()
            .flat_map(|shape| [&shape.one_unit, &shape.label_vectors, &shape.label_indices])
        {
            assert!(knowledge.metric_in(&row.library, name).is_some(), "{name}");
        }
    }
    for row in knowledge.operations() {
        assert_eq!(
            row.value.is_some(),
            row.computes == Arithmetic::Constant,
            "{}",
            row.name()
        );
        assert!(
            row.aliases.keys().all(|alias| row.position_of(alias).is_some()),
            "{}",
            row.name()
        );
    }
}

#[test]
fn the_conventions_that_people_mix_up() {
    assert_eq!(by_default("pytorch", "BCELoss"), Input::Probabilities);
    assert_eq!(by_default("pytorch", "torch.nn.CrossEntropyLoss"), Input::Logits);
    assert_eq!(by_default("pytorch", "F.nll_loss"), Input::LogProbabilities);
    assert_eq!(by_default("pytorch", "monai.losses.DiceLoss"), Input::Probabilities);
    assert_eq!(by_default("pytorch", "smp.losses.DiceLoss"), Input::Logits);
    assert_eq!(by_default("monai", "DiceLoss"), Input::Probabilities);
    assert_eq!(by_default("keras", "binary_crossentropy"), Input::Probabilities);
    assert_eq!(
        by_default("keras", "tf.nn.softmax_cross_entropy_with_logits"),
        Input::Logits
    );
    assert_eq!(by_default("timm", "BinaryCrossEntropy"), Input::Logits);
}

#[test]
fn a_name_of_two_libraries_is_ambiguous_without_its_module() {
    let found = knowledge().loss(framework("torch"), "DiceLoss");
    let Found::Ambiguous(rows) = found else {
        panic!("{found:?}");
    };
    let libraries: Vec<_> = rows.iter().map(|row| row.library.as_str()).collect();
    assert_eq!(libraries, ["monai", "segmentation_models_pytorch"]);
}

#[test]
fn networks_are_not_taken_for_those_of_a_library_that_is_not_named() {
    let bare = |framework_name| knowledge().layer(framework(framework_name), "UNet").known();
    assert_eq!(bare("pytorch"), None);
    let unet = bare("monai").expect("MONAI's own");
    assert_eq!((unet.passes, unet.units.as_deref()), (Passes::No, Some("out_channels")));
    let dotted = knowledge().dotted("monai.networks.nets.UNet");
    assert_eq!(dotted, Some(AnyRow::Layer(unet)));
}

#[test]
fn a_word_and_a_class_of_the_same_name_are_told_apart() {
    let metric = |name| knowledge().metric(framework("keras"), name).known().expect("a metric");
    let shape = metric("Accuracy").by_shape.clone().expect("chosen from shapes");
    assert_eq!(shape.choose(Some(1), None), Some("BinaryAccuracy"));
    assert_eq!(
        shape.choose(Some(5), Some(LabelFormat::BinaryVector)),
        Some("CategoricalAccuracy")
    );
    assert_eq!(shape.choose(Some(5), None), None);
    assert_eq!(metric("keras.metrics.Accuracy").by_shape, None);
}

#[test]
fn what_a_framework_does_with_a_wrong_input_is_known() {
    use Input::*;
    assert_eq!(
        loss("torch", "BCELoss").reaction(Probabilities, Logits),
        Reaction::Raises
    );
    assert_eq!(
        loss("torch", "CrossEntropyLoss").reaction(Logits, LogProbabilities),
        Reaction::Harmless
    );
    assert_eq!(
        loss("torch", "CrossEntropyLoss").reaction(Logits, Probabilities),
        Reaction::Silent
    );
    let keras = loss("keras", "CategoricalCrossentropy");
    assert_eq!(keras.reaction(Logits, LogProbabilities), Reaction::Harmless);
    assert_eq!(keras.reaction(Probabilities, LogProbabilities), Reaction::Silent);
    for row in knowledge().losses().filter(|row| !row.rescued_on.is_empty()) {
        assert!(row.family.is_cross_entropy() && !row.family.is_focal(), "{}", row.name);
    }
}

#[test]
fn suggestions_come_from_the_frameworks_own_library() {
    let (knowledge, keras, torch) = (knowledge(), framework("keras"), framework("torch"));
    let named = |framework, family, input| {
        knowledge
            .losses_for(framework, family, input)
            .next()
            .map(|row| row.name.as_str())
    };
    let binary = Family::BinaryCrossEntropy;
    assert_eq!(named(keras, binary, Input::Logits), Some("BinaryCrossentropy"));
    assert_eq!(named(torch, binary, Input::Logits), Some("BCEWithLogitsLoss"));
    assert_eq!(
        named(torch, Family::CategoricalCrossEntropy, Input::Logits),
        Some("CrossEntropyLoss")
    );
    assert_eq!(named(torch, Family::Dice, Input::Probabilities), Some("DiceLoss"));
    let softmax = |framework| {
        knowledge
            .activation_for(framework, Produces::Distribution)
            .map(|row| row.name.as_str())
    };
    assert_eq!((softmax(keras), softmax(torch)), (Some("softmax"), Some("Softmax")));

    assert_eq!(knowledge.nearest_loss(keras, "BinaryCrossEntropyLoss"), None);
    assert_eq!(
        knowledge.nearest_loss(keras, "sparse_categorical_cross_entropy"),
        Some("sparse_categorical_crossentropy")
    );
    assert_eq!(
        knowledge.nearest_loss(torch, "BCEWithLogitLoss"),
        Some("BCEWithLogitsLoss")
    );
    assert_eq!(knowledge.nearest_loss(keras, "mee"), None);

    let row = loss("keras", "bce");
    assert_eq!(knowledge.loss_spelled_like(&row, "mse"), "binary_crossentropy");
    assert_eq!(
        knowledge.loss_spelled_like(&row, "MeanSquaredError"),
        "BinaryCrossentropy"
    );
    let row = loss("torch", "BCEWithLogitsLoss");
    assert_eq!(
        knowledge.loss_spelled_like(&row, "torch.nn.MSELoss"),
        "torch.nn.BCEWithLogitsLoss"
    );
    assert_eq!(
        knowledge.loss_spelled_like(&row, "F.mse_loss"),
        "F.binary_cross_entropy_with_logits"
    );
    assert_eq!(
        knowledge.loss_spelled_like(&row, "timm.loss.PolyCrossEntropy"),
        "torch.nn.BCEWithLogitsLoss"
    );
}

#[test]
fn logarithms_and_their_guards_are_read_in_every_spelling() {
    let computes = |framework_name, name| {
        knowledge()
            .operation(framework(framework_name), name)
            .known()
            .map(|row| row.computes)
    };
    for (framework_name, name, expected) in [
        ("keras", "keras.src.ops.numpy.Log", Arithmetic::Log),
        ("keras", "K.log", Arithmetic::Log),
        ("keras", "tf.math.log", Arithmetic::Log),
        ("keras", "np.log", Arithmetic::Log),
        ("keras", "log", Arithmetic::Log),
        ("keras", "K.epsilon", Arithmetic::Constant),
        ("keras", "tf.clip_by_value", Arithmetic::Clip),
        ("torch", "torch.log", Arithmetic::Log),
        ("torch", "clamp", Arithmetic::Clip),
        ("torch", "torch.special.xlogy", Arithmetic::Xlogy),
    ] {
        assert_eq!(computes(framework_name, name), Some(expected), "{name}");
    }
    let clip = knowledge()
        .operation(framework("keras"), "K.clip")
        .known()
        .expect("an operation");
    assert_eq!(
        (clip.position_of("x_min"), clip.position_of("min_value")),
        (Some(1), Some(1))
    );
}
