//! Every fix of every bad fixture and page example, applied: the text still parses, the finding is gone, nothing new
//! comes, a second run changes nothing, and the same holds for the same model in another hand.

mod common;
#[path = "fixes/hands.rs"]
mod hands;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use common::{fixtures, root};
use losslint::check::{Fixing, Outcome, Request, StandardInput, check};
use losslint::config::{Globs, Named, Origin, Selection};
use losslint::diagnostic::Applicability;
use losslint::discover::Walk;
use losslint::page::Group;
use losslint::passes::{lint, lints};
use losslint::report::{Reported, ReportedFix};
use losslint::span::Span;
use losslint::syntax::edit::apply;

/// A model as a text with the name that it is checked under.
struct Case {
    name: PathBuf,
    text: String,
}

/// The bad fixtures that are texts, and the bad examples of all pages.
fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for path in fixtures("bad") {
        let name = root().join(&path);
        if let Ok(text) = fs::read_to_string(&name) {
            cases.push(Case { name, text });
        }
    }
    for lint in lints() {
        for (index, example) in lint.page.examples().into_iter().enumerate() {
            if example.bad {
                cases.push(Case {
                    name: PathBuf::from(format!("{}-{index}.{}", lint.name(), example.format)),
                    text: example.text,
                });
            }
        }
    }
    assert!(cases.len() > 150, "{} cases", cases.len());
    cases
}

/// Checks a text with every lint on.
fn judge(name: &Path, text: &str, fixing: Option<Fixing>) -> Outcome {
    let all = Selection {
        select: Some(vec![Named::given("all")]),
        ..Selection::default()
    };
    let request = Request {
        paths: Vec::new(),
        standard_input: Some(StandardInput {
            name: name.to_owned(),
            bytes: text.as_bytes().to_vec(),
        }),
        walk: Walk {
            respect_ignore_files: false,
        },
        config: Origin::Defaults,
        selection: all,
        exclude: Globs::none(),
        force_exclude: false,
        jobs: Some(1),
        with_snippets: false,
        fixing,
    };
    check(&request, &|_, _| {}).expect("the defaults have no errors")
}

fn edited(text: &str, fix: &ReportedFix) -> Option<String> {
    apply(text, &fix.edits_of_text())
}

fn lints_of(outcome: &Outcome) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for finding in &outcome.report.findings {
        *counts.entry(finding.lint).or_default() += 1;
    }
    counts
}

/// What is wrong with a fix; nothing when it does what it promises.
fn faults(case: &Case, before: &Outcome, finding: &Reported, fix: &ReportedFix) -> Option<String> {
    let Some(text) = edited(&case.text, fix) else {
        return Some("its edits do not fit the text".to_owned());
    };
    let after = judge(&case.name, &text, None);
    if after.report.counts.models != before.report.counts.models {
        return Some("it is no model any more".to_owned());
    }
    let before = lints_of(before);
    let after = lints_of(&after);
    if after.get(finding.lint).copied().unwrap_or(0) >= before[finding.lint] {
        return Some("the finding is still there".to_owned());
    }
    // A display fix is one half of what a person decides; hints are not a fault.
    let is_pedantic = |name: &str| lint(name).is_some_and(|lint| lint.page.group == Group::Pedantic);
    let new: Vec<&&str> = after
        .keys()
        .filter(|lint| !before.contains_key(*lint) && !is_pedantic(lint))
        .collect();
    (!new.is_empty()).then(|| format!("it brings {new:?}"))
}

#[test]
fn every_fix_mends_its_finding_and_brings_nothing_new() {
    let mut wrong = Vec::new();
    let mut applied = 0;
    for case in cases() {
        let before = judge(&case.name, &case.text, None);
        for finding in &before.report.findings {
            for fix in &finding.fixes {
                applied += 1;
                if let Some(fault) = faults(&case, &before, finding, fix) {
                    let name = case.name.strip_prefix(root()).unwrap_or(&case.name).display();
                    wrong.push(format!("{name}: {}: {}: {fault}", finding.lint, fix.message));
                }
            }
        }
    }
    assert!(applied > 150, "{applied} fixes");
    assert!(
        wrong.is_empty(),
        "{} of {applied} fixes:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

// What comes from memory is never written: with `write` the outcome is that of the fixed text.
const ALL: Fixing = Fixing {
    unsafe_too: true,
    write: true,
};
const SAFE: Fixing = Fixing {
    unsafe_too: false,
    write: true,
};

#[test]
fn fixing_converges_and_a_second_run_changes_nothing() {
    let mut wrong = Vec::new();
    for case in cases() {
        for fixing in [SAFE, ALL] {
            let mended = judge(&case.name, &case.text, Some(fixing)).mended.pop();
            let text = mended.as_ref().map_or(&*case.text, |mended| &mended.after);
            let outcome = judge(&case.name, text, Some(fixing));
            let left = outcome.report.counted().filter(|finding| {
                let fits = |fix: &ReportedFix| fixing.includes(fix.applicability);
                finding.fixes.iter().any(fits)
            });
            let left: Vec<&str> = left.map(|finding| finding.lint).collect();
            if !left.is_empty() {
                wrong.push(format!("{}: {left:?} could still be fixed", case.name.display()));
            }
            if !outcome.mended.is_empty() {
                wrong.push(format!("{}: changes again", case.name.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn bytes_outside_the_edits_stay() {
    for case in cases() {
        for finding in &judge(&case.name, &case.text, None).report.findings {
            for fix in &finding.fixes {
                let text = edited(&case.text, fix).expect("edits that fit");
                let spans: Vec<Span> = fix.edits.iter().map(|edit| edit.place.span).collect();
                assert_eq!(
                    outside(&case.text, &spans),
                    outside_of_result(&text, fix),
                    "{}",
                    case.name.display()
                );
            }
        }
    }
}

/// The pieces of a text between spans, which are in order.
fn outside<'t>(text: &'t str, spans: &[Span]) -> Vec<&'t str> {
    let mut pieces = Vec::new();
    let mut from = 0;
    for span in spans {
        pieces.push(&text[from..span.start as usize]);
        from = span.end as usize;
    }
    pieces.push(&text[from..]);
    pieces
}

fn outside_of_result<'t>(text: &'t str, fix: &ReportedFix) -> Vec<&'t str> {
    let mut moved: i64 = 0;
    let mut spans = Vec::new();
    for edit in &fix.edits {
        let start = i64::from(edit.place.span.start) + moved;
        let end = start + edit.text.len() as i64;
        spans.push(Span::new(start as usize, end as usize));
        moved += edit.text.len() as i64 - edit.place.span.len() as i64;
    }
    outside(text, &spans)
}

/// Masks of one-hot labels exclude each other, binary vectors may overlap; without either a person has to choose.
#[test]
fn an_overlap_loss_is_given_the_activation_that_the_labels_ask_for() {
    for (labels, wanted) in [
        (
            "labels = \"one_hot\"",
            ["\"softmax\": true", "\"Softmax\" layer"].as_slice(),
        ),
        (
            "labels = \"binary_vector\"",
            &["\"sigmoid\": true", "\"Sigmoid\" layer"],
        ),
        (
            "",
            &[
                "\"sigmoid\": true, if classes may overlap",
                "\"softmax\": true, if exactly one class is right",
                "\"Sigmoid\" layer at the end, if classes may overlap",
                "\"Softmax\" layer at the end, if exactly one class is right",
            ],
        ),
    ] {
        let text = format!(
            "losslint = 1\nframework = \"pytorch\"\n[task]\nkind = \"segmentation\"\n{labels}\n[[layers]]\ntype = \"Conv2d\"\n\
             out_channels = 4\n[loss]\ntype = \"monai.losses.DiceLoss\"\n"
        );
        let findings = judge(Path::new("masks.toml"), &text, None).report.findings;
        let help: Vec<&String> = findings[0].help.iter().collect();
        assert_eq!(help.len(), wanted.len(), "{labels}: {help:?}");
        for (help, wanted) in help.iter().zip(wanted) {
            assert!(help.contains(wanted), "{labels}: {help:?}, not {wanted:?}");
        }
    }
}

/// The lints of which a fix of some kind was seen agree with what their pages promise.
#[test]
fn pages_promise_the_fixes_that_there_are() {
    let mut seen: BTreeMap<&str, BTreeSet<Applicability>> = BTreeMap::new();
    for case in cases() {
        for finding in &judge(&case.name, &case.text, None).report.findings {
            let kinds = finding.fixes.iter().map(|fix| fix.applicability);
            seen.entry(finding.lint).or_default().extend(kinds);
        }
    }
    let mut wrong = Vec::new();
    for lint in lints() {
        let best = seen.get(lint.name()).and_then(|kinds| kinds.first().copied());
        let best = best.unwrap_or(Applicability::Display);
        if best != lint.page.fix {
            wrong.push(format!(
                "{}: the page says {:?}, the fixes are {best:?}",
                lint.name(),
                lint.page.fix
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Below "What to do" each page says how far its fix can be trusted, and why.
#[test]
fn pages_say_why_their_fix_is_what_it_is() {
    for lint in lints() {
        let section = lint.page.section("What to do").expect("a section");
        let words = section.split_whitespace().collect::<Vec<_>>().join(" ");
        let said = match lint.page.fix {
            Applicability::Safe => "The fix is safe",
            Applicability::Unsafe => "unsafe",
            Applicability::Display => "The fix is shown and never applied: ",
        };
        assert!(words.contains(said), "{}: {said:?} is not in {words:?}", lint.name());
    }
}

/// The same model with other white space, other line breaks, other key order and comments is mended the same way.
#[test]
fn fixes_hold_in_every_hand() {
    let mut wrong = Vec::new();
    let mut tried = 0;
    // Programs have no other hands yet: they get no fix.
    let of_data = |case: &Case| {
        case.name
            .extension()
            .is_none_or(|ending| ending != "py" && ending != "ipynb")
    };
    for case in cases().into_iter().filter(of_data) {
        let before = lints_of(&judge(&case.name, &case.text, None));
        let plain = lints_of(&judge(&case.name, &case.text, Some(ALL)));
        // What is wrong with the form of a text is not there in another form.
        if before
            .keys()
            .any(|lint| matches!(*lint, "duplicate-key" | "syntax-error"))
        {
            continue;
        }
        for hand in hands::of(&case.name, &case.text) {
            tried += 1;
            let outcome = judge(&case.name.with_extension(hand.ending), &hand.text, Some(ALL));
            let left = lints_of(&outcome);
            if left != plain {
                wrong.push(format!(
                    "{} {}: {left:?} are left, not {plain:?}",
                    case.name.display(),
                    hand.name
                ));
            }
        }
    }
    assert!(tried > 2000, "{tried} texts");
    assert!(wrong.is_empty(), "{} of {tried}:\n{}", wrong.len(), wrong.join("\n"));
}

/// The heads that a report is about, and those that are not checked.
fn heads(outcome: &Outcome) -> (usize, usize) {
    let counts = &outcome.report.counts;
    (counts.heads_checked, counts.heads_not_checked.values().sum())
}

/// Correct models have fixes too, of hints: with each, the heads that were judged still are, and none is newly not checked.
#[test]
fn fixes_leave_heads_judged() {
    let mut wrong = Vec::new();
    let mut applied = 0;
    let texts = ["bad", "good", "zoo"].into_iter().flat_map(fixtures);
    for path in texts {
        let name = root().join(&path);
        let Ok(text) = fs::read_to_string(&name) else { continue };
        let before = judge(&name, &text, None);
        for finding in &before.report.findings {
            for fix in finding
                .fixes
                .iter()
                .filter(|fix| fix.applicability != Applicability::Display)
            {
                applied += 1;
                let after = judge(&name, &edited(&text, fix).expect("edits that fit"), None);
                let (was, is) = (heads(&before), heads(&after));
                if is.0 < was.0 || is.1 > was.1 {
                    wrong.push(format!("{path}: {}: {was:?}, then {is:?}", fix.message));
                }
            }
        }
    }
    assert!(applied > 300, "{applied} fixes");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A text with all its fixes.
fn mended(name: &str, text: &str) -> String {
    let outcome = judge(Path::new(name), text, Some(ALL));
    outcome
        .mended
        .into_iter()
        .next()
        .map_or_else(|| text.to_owned(), |mended| mended.after.to_string())
}

/// A place takes only its own words; where it has none for what is meant, or where nobody wrote a loss, a fix stays words.
#[test]
fn only_words_that_the_place_takes_are_written() {
    let token = r#"{"architectures": ["BertForTokenClassification"], "model_type": "bert", "hidden_size": 32,
        "num_labels": 1, "transformers_version": "5.24.0"}"#;
    assert_eq!(mended("config.json", token), token);
    let sequence = r#"{"architectures": ["BertForSequenceClassification"], "model_type": "bert", "hidden_size": 32,
        "num_labels": 1, "problem_type": "single_label_classification", "transformers_version": "5.24.0"}"#;
    let wanted = sequence.replace("single_label", "multi_label");
    assert_eq!(mended("config.json", sequence), wanted);
    let task = "trainer: {max_epochs: 1}\nseed_everything: 1\nmodel:\n  class_path: torchgeo.trainers.ClassificationTask\n  \
                init_args: {model: resnet18, loss: ce, num_classes: 1}\n";
    assert_eq!(mended("task.yaml", task), task.replace("loss: ce", "loss: bce"));
    let unet = "model:\n  _target_: segmentation_models_pytorch.Unet\n  classes: 1\n  activation: sigmoid\nloss:\n  _target_: \
                torch.nn.BCEWithLogitsLoss\n";
    assert_eq!(mended("unet.yaml", unet), unet.replace("sigmoid", "identity"));
}

/// Keras writes a function as an object: the whole object becomes the one of a class that has arguments.
#[test]
fn a_serialised_function_is_replaced_as_a_whole() {
    let text = r#"{"module": "keras", "class_name": "Sequential", "config": {"layers": [
        {"module": "keras.layers", "class_name": "InputLayer", "config": {"batch_shape": [null, 4]}},
        {"module": "keras.layers", "class_name": "Dense", "config": {"units": 1, "activation": "linear"}}]},
        "compile_config": {"optimizer": "adam", "loss": {"module": "keras.losses", "class_name": "function",
            "config": "binary_crossentropy", "registered_name": "binary_crossentropy"}}}"#;
    let after: serde_json::Value = serde_json::from_str(&mended("model.json", text)).expect("JSON");
    let loss = &after["compile_config"]["loss"];
    assert_eq!(loss["class_name"], "BinaryCrossentropy");
    assert_eq!(loss["config"]["from_logits"], true);
}

/// Labels that no loss over so many units reads: each fix leads to a finding whose fix leads back. One of them is gone, or none;
/// wherever it begins, a second run changes nothing.
#[test]
fn fixes_that_undo_each_other_end() {
    let spec = |loss: &str| {
        format!(
            "losslint = 1\nframework = \"keras\"\ntask = {{ kind = \"unknown\", classes = 10, labels = \"binary\" }}\n\
             layers = [{{ type = \"Dense\", units = 10, activation = \"softmax\" }}]\nloss = {{ type = \"{loss}\" }}\n"
        )
    };
    let all = Fixing {
        unsafe_too: true,
        write: false,
    };
    let after = |text: &str| {
        let outcome = judge(Path::new("model.toml"), text, Some(all));
        outcome.mended.first().map(|mended| mended.after.to_string())
    };
    let binary = spec("binary_crossentropy");
    assert_eq!(after(&spec("sparse_categorical_crossentropy")).as_ref(), Some(&binary));
    assert_eq!(after(&binary), None);
    assert_eq!(after(&spec("categorical_crossentropy")), None);
}
