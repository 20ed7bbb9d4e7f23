//! The numbers in the tables of the lints' pages against the measurement that anyone can repeat: `pairings.csv`.

use losslint::passes::lint;

/// A row of a page's table, the pairing that it is about as `pairings.csv` begins its line, and the columns of the page's row
/// that hold the loss after training, the accuracy and the gradient.
type Quoted = (&'static str, &'static str, &'static str, [Option<usize>; 3]);

#[rustfmt::skip]
const QUOTED: &[Quoted] = &[
    ("logits-as-probabilities", "| linear(1) + binary cross-entropy |", "keras,BinaryCrossentropy,false,linear,binary,1,", [Some(1), Some(2), Some(3)]),
    ("logits-as-probabilities", "| linear(5) + categorical cross-entropy |", "keras,CategoricalCrossentropy,false,linear,one_hot,5,", [Some(1), Some(2), Some(3)]),
    ("squashed-logits", "| linear, 1 unit | logits |", "keras,BinaryCrossentropy,true,linear,binary,1,", [Some(2), Some(3), Some(4)]),
    ("squashed-logits", "| tanh, 1 unit | logits |", "keras,BinaryCrossentropy,true,tanh,binary,1,", [Some(2), Some(3), Some(4)]),
    ("squashed-logits", "| ReLU, 1 unit | probability |", "keras,BinaryCrossentropy,false,relu,binary,1,", [Some(2), Some(3), Some(4)]),
    ("squashed-logits", "| tanh, 1 unit | probability |", "keras,BinaryCrossentropy,false,tanh,binary,1,", [Some(2), Some(3), Some(4)]),
    ("squashed-logits", "| linear, 5 units | logits |", "keras,CategoricalCrossentropy,true,linear,one_hot,5,", [Some(2), Some(3), Some(4)]),
    ("squashed-logits", "| ReLU, 5 units | logits |", "keras,CategoricalCrossentropy,true,relu,one_hot,5,", [Some(2), Some(3), Some(4)]),
    ("squashed-logits", "| tanh, 5 units | logits |", "keras,CategoricalCrossentropy,true,tanh,one_hot,5,", [Some(2), Some(3), Some(4)]),
    ("multilabel-as-multiclass", "| sigmoid | Keras binary cross-entropy |", "keras,BinaryCrossentropy,false,sigmoid,binary_vector,5,", [Some(2), Some(3), None]),
    ("multilabel-as-multiclass", "| softmax | Keras categorical cross-entropy |", "keras,CategoricalCrossentropy,false,softmax,binary_vector,5,", [Some(2), Some(3), None]),
    ("multilabel-as-multiclass", "| softmax | Keras binary cross-entropy |", "keras,BinaryCrossentropy,false,softmax,binary_vector,5,", [Some(2), Some(3), None]),
    ("softmax-binary-crossentropy", "| softmax | Keras binary | several |", "keras,BinaryCrossentropy,false,softmax,binary_vector,5,", [Some(3), Some(4), None]),
    ("mse-for-classification", "| softmax, 5 units | mean squared error |", "keras,MeanSquaredError,,softmax,one_hot,5,", [None, None, Some(2)]),
    ("mse-for-classification", "| sigmoid, 1 unit | mean squared error |", "keras,MeanSquaredError,,sigmoid,binary,1,", [None, None, Some(2)]),
    ("mse-for-classification", "| sigmoid, 1 unit | mean absolute error |", "keras,MeanAbsoluteError,,sigmoid,binary,1,", [None, None, Some(2)]),
    ("hinge-margin", "| linear, 1 unit | Keras hinge |", "keras,Hinge,,linear,binary,1,", [Some(2), Some(3), Some(4)]),
    ("hinge-margin", "| sigmoid, 1 unit | Keras hinge |", "keras,Hinge,,sigmoid,binary,1,", [Some(2), Some(3), Some(4)]),
    ("not-log-probabilities", "| linear + `NLLLoss` |", "torch,NLLLoss,,linear,integer,5,", [Some(1), None, Some(2)]),
    ("redundant-log-softmax", "| linear | PyTorch `CrossEntropyLoss` |", "torch,CrossEntropyLoss,,linear,integer,5,", [Some(2), None, Some(3)]),
    ("redundant-log-softmax", "| log-softmax | PyTorch `CrossEntropyLoss` |", "torch,CrossEntropyLoss,,LogSoftmax,integer,5,", [Some(2), None, Some(3)]),
    ("probabilities-as-logits", "| softmax over 5 classes into `CrossEntropyLoss` |", "torch,CrossEntropyLoss,,Softmax,integer,5,", [Some(1), None, None]),
];

/// Whether a number as a page writes it, `14.8`, `0.41 to 1.07` or `−39.9, and falling`, says what was measured.
fn says(written: &str, measured: f64) -> bool {
    let plain = written.replace('−', "-").replace(", and falling", "");
    let (low, high) = plain.split_once(" to ").unwrap_or((&plain, &plain));
    let decimals = |text: &str| text.split_once('.').map_or(0, |(_, decimals)| decimals.len() as i32);
    // Half of the last digit, and a little for what lies on the edge.
    let tolerance = |text: &str| 0.51 * 10f64.powi(-decimals(text));
    let number = |text: &str| {
        text.trim()
            .parse::<f64>()
            .unwrap_or_else(|_| panic!("{written:?} is no number"))
    };
    number(low) - tolerance(low) <= measured && measured <= number(high) + tolerance(high)
}

#[test]
fn pages_quote_what_was_measured() {
    let pairings = include_str!("pairings.csv");
    let mut wrong = Vec::new();
    for (page, row, pairing, columns) in QUOTED {
        let body = lint(page).expect("a lint").page.body;
        let quoted = body.lines().find(|line| line.starts_with(row));
        let measured = pairings.lines().find_map(|line| line.strip_prefix(pairing));
        let (Some(quoted), Some(measured)) = (quoted, measured) else {
            wrong.push(format!("{page}: no row {row:?}, or no pairing {pairing:?}"));
            continue;
        };
        let cells: Vec<&str> = quoted.trim_matches('|').split('|').map(str::trim).collect();
        for (column, measured) in columns.iter().zip(measured.split(',')) {
            let Some(cell) = column.map(|column| cells[column]) else {
                continue;
            };
            if !says(cell, measured.parse().expect("a number")) {
                wrong.push(format!("{page}: {row} says {cell}, and {measured} was measured"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
