//! Where tokens stand that the `granit-parser` crate gives no bytes for: the first dash of a list, the head of a block
//! of text, the place of a value that was left out. Not for reading them.

use std::ops::Range;

/// What may stand between tokens.
const BLANKS: [char; 4] = [' ', '\t', '\r', '\n'];

/// The bytes of a block of text with its head (`|` or `>-`), without the blank lines after it. `from` is the end of
/// the token before, `content` the bytes of the lines.
pub(super) fn block_scalar(text: &str, from: usize, content: Range<usize>) -> Range<usize> {
    let head = find_word(text, from..content.end, |word| word.starts_with(['|', '>']));
    let Some(head) = head else {
        return content;
    };
    let last_line = text[content.start.max(head.end)..content.end.max(head.end)].trim_end_matches(BLANKS);
    let end = content.start.max(head.end) + last_line.len();
    match last_line {
        "" => head,
        _ => head.start..end,
    }
}

/// The first dash of a list that is a mapping's value. `from` is the end of the token before the list, `near` the place
/// of the dash or of the token after it.
pub(super) fn first_dash(text: &str, from: usize, near: usize) -> usize {
    let end = (near + 1).min(text.len());
    let end = if text.is_char_boundary(end) { end } else { near };
    find_word(text, from..end, |word| word == "-").map_or(near, |dash| dash.start)
}

/// The place of a value that was left out: after the colon when that follows the key on its line, or after the key.
pub(super) fn after_colon(text: &str, key_end: usize) -> Range<usize> {
    let rest = &text[key_end..];
    let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    let behind = rest[blanks..].strip_prefix(':');
    // `:b` is a text, not a colon.
    let is_colon =
        |behind: &str| behind.is_empty() || behind.starts_with(BLANKS) || behind.starts_with([',', '}', ']']);
    let place = match behind.is_some_and(is_colon) {
        true => key_end + blanks + 1,
        false => key_end,
    };
    place..place
}

/// The first such word between blanks and outside comments.
fn find_word(text: &str, within: Range<usize>, is_wanted: impl Fn(&str) -> bool) -> Option<Range<usize>> {
    let mut at = within.start;
    while at < within.end {
        let rest = &text[at..within.end];
        let word_start = at + rest.len() - rest.trim_start_matches(BLANKS).len();
        let rest = &text[word_start..within.end];
        let length = match rest.starts_with('#') {
            true => rest.find('\n').unwrap_or(rest.len()),
            false => rest.find(BLANKS).unwrap_or(rest.len()),
        };
        let word = &rest[..length];
        if !word.is_empty() && !word.starts_with('#') && is_wanted(word) {
            return Some(word_start..word_start + length);
        }
        at = word_start + length.max(1);
    }
    None
}
