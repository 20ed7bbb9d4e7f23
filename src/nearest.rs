//! What was probably meant by a word that does not exist: the words that are near to it. Not for what a word means.

use strsim::{damerau_levenshtein, levenshtein};

/// Bytes of a word beyond which none is near: comparing takes room for the product of both lengths.
const LONGEST_WORD: usize = 100;
/// Letters of a longer word that are enough to mean it: `mse` means `mse-for-classification`.
const SHORTEST_PART: usize = 3;
/// Letters of a word that is meant when more stands around it, or of one that others are left out of: `binary_clf` means
/// `binary`, `logits-as-probs` means `logits-as-probabilities`.
const SHORTEST_CORE: usize = 4;

/// How near a word is to what was written, the nearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Nearness {
    /// One letter in five is wrong at most.
    Slip,
    /// One is a part of the other.
    Part,
    /// One letter in three is wrong at most, or only letters are left out, half of them at most.
    Alike,
}

/// The words of losslint's own that are near to what was written, the nearest first. Letter case, `-`, `_` and spaces do not
/// count.
pub fn nearest<'w>(words: impl IntoIterator<Item = &'w str>, written: &str) -> Vec<&'w str> {
    ranked(words, written, |word, written, slips| {
        let letters = word.chars().count();
        let is_long = written.chars().count() >= SHORTEST_CORE;
        if slips <= letters / 5 {
            Some(Nearness::Slip)
        } else if is_part(word, written) {
            Some(Nearness::Part)
        } else if slips <= letters.max(3) / 3 || (is_long && slips <= letters / 2 && only_leaves_out(word, written)) {
            Some(Nearness::Alike)
        } else {
            None
        }
    })
}

/// The name of a function or class that is near to what was written. These are many and alike, and `mse` is not `mae`: only
/// slips count.
pub fn nearest_name<'n>(names: impl IntoIterator<Item = &'n str>, written: &str) -> Option<&'n str> {
    let near = ranked(names, written, |name, written, slips| {
        let letters = name.chars().count().min(written.chars().count());
        (slips <= letters / 5).then_some(Nearness::Slip)
    });
    near.into_iter().next()
}

/// The near words in order. `nearness` tells whether a word is near, given the slips between it and what was written; with more
/// slips it is never nearer.
fn ranked<'w>(
    words: impl IntoIterator<Item = &'w str>,
    written: &str,
    nearness: impl Fn(&str, &str, usize) -> Option<Nearness>,
) -> Vec<&'w str> {
    if written.len() > LONGEST_WORD {
        return Vec::new();
    }
    let wanted = plain(written);
    let rank = |word: &'w str| {
        let candidate = plain(word);
        // Each letter that one has more is a slip: most words need not be compared.
        let least = candidate.chars().count().abs_diff(wanted.chars().count());
        nearness(&candidate, &wanted, least)?;
        let slips = damerau_levenshtein(&candidate, &wanted);
        let nearness = nearness(&candidate, &wanted, slips)?;
        Some(((nearness, slips, levenshtein(word, written)), word))
    };
    let mut near: Vec<_> = words.into_iter().filter_map(rank).collect();
    near.sort_by_key(|(rank, _)| *rank);
    near.into_iter().map(|(_, word)| word).collect()
}

fn is_part(word: &str, written: &str) -> bool {
    let has_letters = |text: &str, letters: usize| text.chars().count() >= letters;
    has_letters(written, SHORTEST_PART) && word.contains(written)
        || has_letters(word, SHORTEST_CORE) && written.contains(word)
}

/// Whether what was written is a word of which letters were left out.
fn only_leaves_out(word: &str, written: &str) -> bool {
    let mut letters = word.chars();
    written.chars().all(|letter| letters.any(|other| other == letter))
}

fn plain(word: &str) -> String {
    word.chars()
        .filter(|letter| !matches!(letter, '_' | '-' | ' '))
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_case_and_separators_are_seen_through() {
        let words = ["binary", "multiclass", "binary_vector", "one_hot"];
        let first = |written: &str| nearest(words, written).first().copied();
        assert_eq!(first("Multi-Class"), Some("multiclass"));
        assert_eq!(first("mulitclas"), Some("multiclass"));
        assert_eq!(first("onehot"), Some("one_hot"));
        assert_eq!(first("binary_vectr"), Some("binary_vector"), "nearer than its part");
        assert_eq!(first("hinge"), None);
        assert_eq!(first(""), None);
    }

    #[test]
    fn a_part_of_a_word_means_it_and_so_does_a_word_with_more_around_it() {
        assert_eq!(nearest(["binary", "ordinal"], "binary_clf"), ["binary"]);
        let lints = ["label-format", "mse-for-classification", "unclipped-log"];
        assert_eq!(nearest(lints, "mse"), ["mse-for-classification"]);
        assert!(nearest(["all"], "small").is_empty());
        let tasks = ["multiclass_classification", "binary"];
        assert_eq!(nearest(tasks, "binary clasification").first(), Some(&"binary"));
        assert!(nearest(lints, "fo").is_empty());
    }

    #[test]
    fn letters_may_be_left_out() {
        let lints = ["logits-as-probabilities", "sigmoid-categorical-crossentropy"];
        assert_eq!(nearest(lints, "logits-as-probs"), [lints[0]]);
        assert_eq!(nearest(lints, "sigmoid-crossentropy"), [lints[1]]);
        assert!(nearest(lints, "last-crops").is_empty());
        assert!(nearest(["select"], "set").is_empty());
    }

    #[test]
    fn names_must_be_really_near() {
        assert_eq!(nearest_name(["MSELoss", "mean_error"], "meanerorr"), Some("mean_error"));
        assert_eq!(nearest_name(["mae", "mean_error"], "mse"), None);
        assert_eq!(nearest_name(["sigmoid"], "sigmoid_focal"), None);
    }

    #[test]
    fn nothing_is_near_to_a_very_long_word() {
        let long = "binary".repeat(20);
        assert!(nearest(["binary"], &long).is_empty());
        assert_eq!(nearest_name([long.as_str()], &long), None);
    }
}
