//! Lines around a position of a text, for edits that take or add whole lines.

/// The start of a position's line.
pub fn line_start(text: &str, position: usize) -> usize {
    text[..position].rfind('\n').map_or(0, |at| at + 1)
}

/// The end of a position's line, before its line break.
pub fn line_end(text: &str, position: usize) -> usize {
    let end = text[position..].find('\n').map_or(text.len(), |at| position + at);
    if text[position..end].ends_with('\r') {
        end - 1
    } else {
        end
    }
}

/// The start of the line after a position's.
pub fn next_line(text: &str, position: usize) -> usize {
    text[position..].find('\n').map_or(text.len(), |at| position + at + 1)
}

/// The start and the text of the line above the one that starts at a position.
pub fn line_above(text: &str, start: usize) -> Option<(usize, &str)> {
    let end = start.checked_sub(1)?;
    let above = line_start(text, end);
    Some((above, &text[above..end]))
}

/// Where the comment lines begin that stand right above the line that starts at a position; the position without any.
pub fn comments_above(text: &str, mut start: usize, is_comment: impl Fn(&str) -> bool) -> usize {
    while let Some((above, _)) = line_above(text, start).filter(|(_, line)| is_comment(line.trim())) {
        start = above;
    }
    start
}

/// The white space between the start of a line and a position, when nothing else stands there.
pub fn indentation(text: &str, position: usize) -> Option<&str> {
    let before = &text[line_start(text, position)..position];
    is_blank(before).then_some(before)
}

/// Whether a text is nothing but spaces and tabs.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c == ' ' || c == '\t')
}

/// The line break that a text uses.
pub fn line_break(text: &str) -> &'static str {
    match text.find('\n') {
        Some(at) if text[..at].ends_with('\r') => "\r\n",
        _ => "\n",
    }
}
