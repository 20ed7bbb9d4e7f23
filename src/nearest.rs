//! What was probably meant by a word that does not exist: the words that are near to it. Not for what a word means.

use strsim::{damerau_levenshtein, levenshtein};

/// Bytes of a word beyond which none is near: comparing takes room for the product of both lengths.
const LONGEST_WORD: usize = 100;
/// Letters of a longer word that are enough to mean it: `mse` means `mse-for-classification`.
const SHORTEST_PART: usize = 3;
/// Letters of a word that may be the beginning or any part of what was written: `binary_clf` means `binary`.
const SHORTEST_CORE: usize = 4;

/// The words of losslint's own that are near to what was written, the nearest first: a third of a word's letters may be
/// wrong, or one is a part of the other. Letter case, `-`, `_` and spaces do not count.
pub fn nearest<'w>(words: impl IntoIterator<Item = &'w str>, written: &str) -> Vec<&'w str> {
    ranked(words, written, |word, written| {
        let is_part = written.chars().count() >= SHORTEST_PART && word.contains(written)
            || word.chars().count() >= SHORTEST_CORE && written.contains(word);
        match is_part {
            true => usize::MAX,
            false => word.chars().count().max(3) / 3,
        }
    })
}

/// The name of a function or class that is near to what was written. These are many and alike, and `mse` is not `mae`: one
/// letter in five may be wrong.
pub fn nearest_name<'n>(names: impl IntoIterator<Item = &'n str>, written: &str) -> Option<&'n str> {
    let near = ranked(names, written, |name, written| {
        name.chars().count().min(written.chars().count()) / 5
    });
    near.into_iter().next()
}

/// The words with as many slips as are allowed between one and what was written, the fewest first.
fn ranked<'w>(
    words: impl IntoIterator<Item = &'w str>,
    written: &str,
    allowed: impl Fn(&str, &str) -> usize,
) -> Vec<&'w str> {
    if written.len() > LONGEST_WORD {
        return Vec::new();
    }
    let wanted = plain(written);
    let slips = |word: &'w str| {
        let candidate = plain(word);
        let allowed = allowed(&candidate, &wanted);
        // Each letter that one has more is a slip: most words need not be compared.
        if candidate.chars().count().abs_diff(wanted.chars().count()) > allowed {
            return None;
        }
        let slips = damerau_levenshtein(&candidate, &wanted);
        (slips <= allowed).then(|| (slips, levenshtein(word, written), word))
    };
    let mut near: Vec<(usize, usize, &str)> = words.into_iter().filter_map(slips).collect();
    near.sort_by_key(|(slips, as_written, _)| (*slips, *as_written));
    near.into_iter().map(|(_, _, word)| word).collect()
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
        assert!(nearest(lints, "fo").is_empty());
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
