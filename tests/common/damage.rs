//! Random texts that are nearly valid, for the properties of readers.

use proptest::prelude::*;
use proptest::sample::{Index, select};

/// So many random cases, and no file of those that failed.
pub fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// One of the pieces that faulty texts of a format are made of or, now and then, any character.
pub fn any_piece(pieces: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop_oneof![
        10 => select(pieces).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ]
}

/// A valid text with some places cut out and some pieces put in.
pub fn damaged(text: impl Strategy<Value = String>, pieces: &'static [&'static str]) -> impl Strategy<Value = String> {
    let damage = (any::<Index>(), 0..4_usize, any_piece(pieces));
    (text, prop::collection::vec(damage, 1..5)).prop_map(|(text, damages)| {
        let mut characters: Vec<char> = text.chars().collect();
        for (place, length, piece) in damages {
            let start = place.index(characters.len() + 1);
            let end = characters.len().min(start + length);
            characters.splice(start..end, piece.chars());
        }
        characters.into_iter().collect()
    })
}
