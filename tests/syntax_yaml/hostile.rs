//! Texts that are made to take long or to grow.

use std::time::{Duration, Instant};

use super::{assert_sound, read};

#[test]
fn a_billion_laughs_are_cut_short() {
    let mut text = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n".to_owned();
    for depth in 1..30 {
        let inner = depth - 1;
        text += &format!("a{depth}: &a{depth} [{}]\n", vec![format!("*a{inner}"); 9].join(", "));
        text += &format!("m{depth}: &m{depth} {{<<: [*m{inner}, *m{inner}], k{depth}: *a{inner}}}\n");
    }
    let text = text.replace("[*m0, *m0]", "{}");
    let begun = Instant::now();
    let tree = read(&text);
    assert!(begun.elapsed() < Duration::from_secs(1));
    assert!(tree.len() < 110_000, "{}", tree.len());
    let messages: Vec<_> = tree.errors.iter().map(|error| error.message.as_str()).collect();
    assert_eq!(messages, ["aliases expand to too much"]);
    assert_sound(&text);
}

#[test]
fn time_is_linear_for_hostile_texts() {
    let long_scalar = format!("a: &a {}\nb: [{}]\n", "x".repeat(200_000), "*a,".repeat(50_000));
    let texts = [
        "[".repeat(300_000),
        "{".repeat(300_000),
        "- ".repeat(150_000),
        "? ".repeat(150_000),
        "a: ".repeat(100_000),
        "# c\n".repeat(75_000),
        "- # c\n".repeat(50_000),
        "&a ".repeat(100_000),
        "!a ".repeat(100_000),
        "---\n".repeat(75_000),
        "--- ]\n".repeat(50_000),
        "a: *b\n".repeat(50_000),
        "a: |\n".repeat(50_000),
        format!("[{}]", "a: b, ".repeat(50_000)),
        format!("[{}]", "[a]: b, ".repeat(40_000)),
        format!("'{}", "''".repeat(150_000)),
        (0..20_000)
            .map(|i| format!("a{i}: &a{i} {{<<: *a{}}}\n", i.max(1) - 1))
            .collect(),
        long_scalar,
    ];
    for text in texts {
        let begun = Instant::now();
        let tree = read(&text);
        let begins = &text[..12.min(text.len())];
        println!("{begins:?}: {:?}, {} nodes", begun.elapsed(), tree.len());
        assert!(begun.elapsed() < Duration::from_secs(5), "{begins:?}");
    }
}
