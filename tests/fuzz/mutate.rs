//! Inputs for the fuzzer: texts of the fixtures and examples, changed at random. The same number always gives the same input.

use fastrand::Rng;

/// Pieces that mean something to a parser, a dialect or a terminal.
const PIECES: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "'",
    "\\",
    "\n",
    "\r\n",
    "\t",
    " ",
    "#",
    "//",
    "/*",
    "*/",
    "- ",
    "? ",
    "| ",
    "> ",
    "&a ",
    "*a",
    "<<: ",
    "!!str ",
    "!x ",
    "%YAML 1.2\n",
    "---\n",
    "...\n",
    "= ",
    "[[",
    "]]",
    "\"\"\"",
    "'''",
    ".",
    "\u{feff}",
    "\0",
    "\u{1b}[31m",
    "\u{9b}31m",
    "\u{202e}",
    "\u{2028}",
    "é",
    "😀",
    "\\u0000",
    "\\ud800",
    "\\ud83d\\ude00",
    "\\x41",
    "null",
    "~",
    "true",
    "NaN",
    "-Infinity",
    "0",
    "-1",
    "1",
    "2",
    "10",
    "1e999",
    "1e-400",
    "0x7f",
    "18446744073709551616",
    "1979-05-27",
    "\"class_name\"",
    "\"config\"",
    "\"layers\"",
    "\"name\"",
    "\"Dense\"",
    "\"Sequential\"",
    "\"Functional\"",
    "\"InputLayer\"",
    "\"inbound_nodes\"",
    "\"output_layers\"",
    "\"units\"",
    "\"activation\"",
    "\"softmax\"",
    "\"sigmoid\"",
    "\"linear\"",
    "\"loss\"",
    "\"compile_config\"",
    "\"training_config\"",
    "\"metrics\"",
    "\"mse\"",
    "\"BinaryCrossentropy\"",
    "\"from_logits\"",
    "\"_target_\"",
    "\"torch.nn.CrossEntropyLoss\"",
    "\"expression\"",
    "losslint = 1\n",
    "\"losslint\"",
    "\"losslint:ignore\"",
    "# losslint: ignore[label-format] x\n",
    "[task]\n",
    "kind = ",
    "\"regression\"",
    "\"binary\"",
    "\"multiclass\"",
    "[[layers]]\n",
    "type = ",
    "log(",
    "y_pred",
    "y_true",
    "K.",
    "1e-7",
    " + ",
    "lambda y: ",
    "**",
    "${a.b}",
    "[layers.x]\n",
    "a.b = 1\n",
];

/// A text of one of the seeds, changed a few times or, now and then, not at all.
pub fn text(rng: &mut Rng, seeds: &[String], longest: usize) -> String {
    let mut text = rng.choice(seeds).cloned().unwrap_or_default();
    for _ in 0..changes(rng) {
        change(rng, &mut text, seeds);
    }
    text.truncate(text.floor_char_boundary(longest));
    text
}

/// Mostly few: an input with many changes is refused at its first one.
fn changes(rng: &mut Rng) -> usize {
    match rng.u8(..) {
        0..=9 => 0,
        10..=149 => 1,
        150..=219 => 2,
        _ => rng.usize(3..12),
    }
}

fn change(rng: &mut Rng, text: &mut String, seeds: &[String]) {
    let (start, end) = range(rng, text);
    match rng.u8(0..10) {
        0 => text.replace_range(start..end, ""),
        1 | 2 => text.insert_str(start, piece(rng)),
        3 | 4 => replace_token(rng, text, start),
        5 => {
            let copy = text[start..end].repeat(rng.usize(1..5));
            text.insert_str(end, &copy);
        }
        6 => {
            let other = rng.choice(seeds).map_or("", String::as_str);
            let (from, to) = range(rng, other);
            text.insert_str(start, &other[from..to]);
        }
        7 => {
            let (from, to) = range(rng, text);
            let moved = text[from..to].to_owned();
            text.insert_str(start, &moved);
        }
        8 => {
            let character = char::from_u32(rng.u32(0..0x3000)).unwrap_or('\u{fffd}');
            text.insert(start, character);
        }
        _ => text.truncate(end),
    }
}

fn piece(rng: &mut Rng) -> &'static str {
    PIECES[rng.usize(..PIECES.len())]
}

/// Another word, number or string in the place of the one that stands there.
fn replace_token(rng: &mut Rng, text: &mut String, at: usize) {
    let is_word = |c: char| c.is_alphanumeric() || "_.-\"'".contains(c);
    let start = text[..at]
        .rfind(|c| !is_word(c))
        .map_or(0, |before| text.ceil_char_boundary(before + 1));
    let end = text[at..].find(|c| !is_word(c)).map_or(text.len(), |after| at + after);
    text.replace_range(start..end, piece(rng));
}

/// Two places between characters, usually near each other.
fn range(rng: &mut Rng, text: &str) -> (usize, usize) {
    let start = text.floor_char_boundary(rng.usize(..=text.len()));
    let length = if rng.bool() { rng.usize(..16) } else { rng.usize(..400) };
    let end = text.floor_char_boundary((start + length).min(text.len()));
    (start, end)
}

/// Bytes with a few of them changed, or cut off.
pub fn bytes(rng: &mut Rng, seed: &[u8]) -> Vec<u8> {
    const ODD: [u8; 6] = [0, 1, 0x7f, 0x80, 0xfe, 0xff];
    let mut bytes = seed.to_vec();
    for _ in 0..=changes(rng) {
        if bytes.is_empty() {
            break;
        }
        let at = rng.usize(..bytes.len());
        bytes[at] = match rng.u8(0..3) {
            0 => ODD[rng.usize(..ODD.len())],
            1 => bytes[at] ^ (1 << rng.u8(0..8)),
            _ => rng.u8(..),
        };
        if rng.u8(..) == 0 {
            bytes.truncate(rng.usize(..bytes.len()));
        }
    }
    bytes
}

/// A text of which lines are taken out, doubled, exchanged, or come from another one.
pub fn lines(rng: &mut Rng, seeds: &[String], longest: usize) -> String {
    let seed = |rng: &mut Rng| {
        seeds[rng.usize(..seeds.len())]
            .lines()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let mut lines = seed(rng);
    for _ in 0..rng.usize(1..6) {
        let at = rng.usize(..=lines.len());
        match rng.u8(..4) {
            0 if at < lines.len() => {
                lines.remove(at);
            }
            1 if at < lines.len() => lines.insert(at, lines[at].clone()),
            2 if at < lines.len() => {
                let other = rng.usize(..lines.len());
                lines.swap(at, other);
            }
            _ => {
                let other = seed(rng);
                let from = rng.usize(..=other.len());
                let to = rng.usize(from..=other.len());
                lines.splice(at..at, other[from..to].iter().cloned());
            }
        }
    }
    let mut text = lines.join("\n");
    while text.len() > longest {
        let half = lines.len() / 2;
        lines.truncate(half);
        text = lines.join("\n");
    }
    text
}
