//! Long lines, long expressions and thousands of mistakes: each must be checked soon, in an orderly way and without a
//! flood of words.

mod common;

use common::patience::{export, survives};

fn expression(text: &str) -> String {
    format!(
        r#"{{"losslint": 1, "framework": "keras", "layers": [{{"type": "Dense", "units": 1}}], "loss": {{"expression": "{text}"}}}}"#
    )
}

#[test]
fn expressions() {
    survives(
        "parentheses.json",
        &expression(&("(".repeat(5_000) + "log(y_pred)" + &")".repeat(5_000))),
    );
    survives("signs.json", &expression(&("-".repeat(5_000) + "log(y_pred)")));
    survives(
        "calls.json",
        &expression(&("log(".repeat(20) + "y_pred" + &")".repeat(20))),
    );
    survives("sum.json", &expression(&vec!["log(y_pred)"; 50].join(" + ")));
    survives("names.json", &expression(&"a".repeat(100_000)));
    survives("numbers.json", &expression(&"9".repeat(100_000)));
}

#[test]
fn expressions_100_000_deep() {
    survives(
        "parentheses.json",
        &expression(&("(".repeat(100_000) + "log(y_pred)" + &")".repeat(100_000))),
    );
    survives("signs.json", &expression(&("-".repeat(100_000) + "log(y_pred)")));
}

#[test]
fn long_expressions_do_not_flood() {
    survives("sum.json", &expression(&vec!["log(y_pred)"; 5_000].join(" + ")));
    survives(
        "calls.json",
        &expression(&("log(".repeat(5_000) + "y_pred" + &")".repeat(5_000))),
    );
}

#[test]
fn thousands_of_mistakes() {
    survives(
        "numbers.json",
        &format!(r#"{{"losslint": 1, "layers": [{}]}}"#, " 01 ".repeat(50_000)),
    );
    survives("signs.toml", &format!("losslint = 1\n{}", "= =\n".repeat(20_000)));
    survives(
        "quotes.json",
        &format!(r#"{{"losslint": 1, "a": {}}}"#, "\"\n".repeat(50_000)),
    );
    survives("open.json", &format!(r#"{{"losslint": 1, {}"#, "/*".repeat(100_000)));
    survives(
        "comments.json",
        &format!(r#"{{"losslint": 1, {}"layers": []}}"#, "/* x */".repeat(100_000)),
    );
}

#[test]
fn hundreds_of_keys_that_are_wrong() {
    let unknown: Vec<String> = (0..300).map(|index| format!("\"k{index}\": {index}")).collect();
    survives("unknown.json", &format!(r#"{{"losslint": 1, {}}}"#, unknown.join(", ")));
    survives(
        "twice.json",
        &format!(r#"{{"losslint": 1{}}}"#, ", \"layers\": []".repeat(300)),
    );
}

#[test]
fn thousands_of_keys_that_are_wrong() {
    let unknown: Vec<String> = (0..50_000).map(|index| format!("\"k{index}\": {index}")).collect();
    survives("unknown.json", &format!(r#"{{"losslint": 1, {}}}"#, unknown.join(", ")));
    survives(
        "twice.json",
        &format!(r#"{{"losslint": 1{}}}"#, ", \"layers\": []".repeat(20_000)),
    );
}

#[test]
fn one_line_of_many_megabytes() {
    let weights = "0.123456, ".repeat(500_000) + "0.0";
    let layer = format!(
        r#"{{"class_name": "Dense", "config": {{"weights": [{weights}], "units": 1, "activation": "softmax"}}}}"#
    );
    let run = survives("large.json", &export(&format!(r#"{{"layers": [{layer}]}}"#)));
    assert!(run.stdout.contains("single-unit-softmax"), "{}", run.stdout);
}

#[test]
fn a_long_line_beside_a_labelled_one() {
    let comment = "x".repeat(3_000_000);
    let layers = "layers = [{ type = \"Dense\", units = 1, activation = \"softmax\" }]";
    survives(
        "large.toml",
        &format!("losslint = 1\nframework = \"keras\" # {comment}\n{layers}\n"),
    );
}

/// Keys, names and values of 10 MB are neither compared with every known one nor printed whole.
#[test]
fn keys_and_names_of_10_megabytes() {
    let long = "softmax_".repeat(10_000_000 / 8);
    survives("key.json", &format!(r#"{{"losslint": 1, "{long}": 1}}"#));
    survives("keys.json", &format!(r#"{{"losslint": 1, "{long}": 1, "{long}": 1}}"#));
    survives("key.toml", &format!("losslint = 1\n{long} = 1\n"));
    survives("key.yaml", &format!("losslint: 1\n{long}: 1\n"));
    survives("word.json", &format!(r#"{{"losslint": 1, "framework": "{long}"}}"#));
    survives(
        "lint.json",
        &format!(r#"{{"losslint": 1, "losslint:ignore": {{"{long}": "x"}}, "layers": []}}"#),
    );
    let model = |class: &str, activation: &str, loss: &str| {
        format!(
            r#"{{"class_name": "Sequential", "config": {{"layers": [{{"class_name": "{class}", "config": {{"units": 1, "activation": "{activation}"}}}}]}}, "compile_config": {{"loss": "{loss}", "metrics": ["{loss}"]}}}}"#
        )
    };
    survives("class.json", &model(&long, "softmax", "mse"));
    survives("activation.json", &model("Dense", &long, "mse"));
    survives("loss.json", &model("Dense", "softmax", &long));
    survives("expression.json", &expression(&format!("log({long})")));
}

/// So many mistakes of one kind end the report after the first hundred, and the last of these tells how many there are.
#[test]
fn tens_of_thousands_of_mistakes() {
    let run = survives(
        "keys.json",
        &format!(r#"{{"losslint": 1{}}}"#, ", \"losslint\": 1".repeat(50_000)),
    );
    assert_eq!(run.stdout.matches("warning[duplicate-key]").count(), 100);
    assert!(
        run.stdout
            .contains("49900 more findings of this lint in this file are not listed")
    );
}
