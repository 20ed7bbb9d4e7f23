//! What came of the comparison, for people: the confusion table, and each disagreement under its reason.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::disagreements::disagreements;
use super::table::{Class, Combination, Library};
use super::{Judged, Said, judged, said};

#[test]
fn snapshot() {
    let mut text = confusion();
    for entry in disagreements() {
        let head = if entry.mend { "to mend" } else { "accepted" };
        writeln!(text, "\n{head}: {}", entry.reason).expect("a text");
        let mut groups: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for judged in judged().iter().filter(|judged| judged.is_covered(&entry)) {
            let Combination { shape, verdict, .. } = judged.combination;
            let key = format!("{}: {verdict}, but {}", judged.combination.pairing(), judged.reported());
            groups.entry(key).or_default().push(shape);
        }
        for (key, shapes) in groups {
            writeln!(text, "  {key}: {}", shapes.join(", ")).expect("a text");
        }
    }
    println!("{text}");
    insta::assert_snapshot!("comparison", text);
}

fn confusion() -> String {
    let mut text = format!("{:16}{:>8}{:>8}{:>8}\n", "", "silent", "info", "loud");
    for library in [Library::Keras, Library::Torch] {
        for (class, name) in Class::ALL {
            let count = |wanted: Said| {
                let of_class = judged()
                    .iter()
                    .filter(|judged| judged.combination.library == library && judged.combination.class == *class);
                of_class.filter(|judged| said(&judged.findings) == wanted).count()
            };
            let [silent, info, loud] = [Said::Nothing, Said::Info, Said::Loud].map(count);
            writeln!(text, "{library} {name:10}{silent:>8}{info:>8}{loud:>8}").expect("a text");
        }
    }
    let pairings = |condition: &dyn Fn(&Judged) -> bool| {
        let right = judged()
            .iter()
            .filter(|judged| judged.combination.class == Class::Right);
        let pairings = right.filter(|judged| condition(judged));
        pairings
            .map(|judged| judged.combination.without_facts())
            .collect::<BTreeSet<_>>()
            .len()
    };
    let loud = pairings(&|judged| said(&judged.without_facts) == Said::Loud);
    writeln!(
        text,
        "without facts: {loud} of {} right pairings loud",
        pairings(&|_| true)
    )
    .expect("a text");
    text
}
