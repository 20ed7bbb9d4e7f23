//! The word that was probably meant.

/// Bytes of a word beyond which no word of losslint's is near: comparing takes room for the product of both lengths.
const LONGEST_WORD: usize = 100;

/// The word that is nearest to what was written, when one is near: a third of its letters may differ, and letter case, `-`,
/// `_` and spaces do not count.
pub fn nearest<'w>(words: &[&'w str], written: &str) -> Option<&'w str> {
    if written.len() > LONGEST_WORD {
        return None;
    }
    let plain = |text: &str| text.to_lowercase().replace(['-', '_', ' '], "");
    let wanted = plain(written);
    words
        .iter()
        .map(|word| (strsim::damerau_levenshtein(&plain(word), &wanted), *word))
        .filter(|(distance, word)| *distance <= word.len().max(3) / 3)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}
