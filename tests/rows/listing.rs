//! The knowledge as a listing: a line for each row with everything that it says, so that a change of fact is read in review.
//! What is absent, false or empty is left out.

use std::collections::BTreeMap;
use std::fmt::{Debug, Write as _};

use losslint::knowledge::{Knowledge, Row, boosters, config_keys, layout, library_heads};
use regex::Regex;

#[test]
fn every_row_is_listed() {
    let knowledge = Knowledge::built_in();
    let mut listing = Listing::default();
    listing.rows("loss", knowledge.losses());
    listing.rows("activation", knowledge.activations());
    listing.rows("layer", knowledge.layers());
    listing.rows("metric", knowledge.metrics());
    listing.rows("operation", knowledge.operations());
    library_heads().for_each(|(library, head)| listing.add(library, head));
    boosters()
        .iter()
        .for_each(|booster| listing.add(&booster.framework, booster));
    knowledge
        .frameworks()
        .for_each(|framework| listing.add("frameworks", framework));
    config_keys().iter().for_each(|key| listing.add("config_keys", key));
    for file in crate::names_in(&crate::root().join("src/knowledge/layouts")) {
        listing.add("layouts", &layout(file.trim_end_matches(".toml")));
    }
    for (library, text) in &listing.files {
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, snapshot_path => "listing" }, {
            insta::assert_snapshot!(library.as_str(), text);
        });
    }
}

#[derive(Default)]
struct Listing {
    files: BTreeMap<String, String>,
}

impl Listing {
    fn rows<'k, R: Row + Debug + 'k>(&mut self, kind: &str, rows: impl Iterator<Item = &'k std::sync::Arc<R>>) {
        for row in rows {
            write!(
                self.files.entry(row.library().to_owned()).or_default(),
                "{kind} {}: ",
                row.name()
            )
            .expect("a string");
            self.add(row.library(), row);
        }
    }

    fn add(&mut self, file: &str, row: &impl Debug) {
        let text = self.files.entry(file.to_owned()).or_default();
        writeln!(text, "{}", without_nothing(&format!("{row:?}"))).expect("a string");
    }
}

/// The text without the fields that say nothing.
fn without_nothing(text: &str) -> String {
    let field = Regex::new(r#"(name|library): "[^"]*", |\w+: (\[\]|None|false|""|\{\})(, )?"#).expect("a pattern");
    field.replace_all(text, "").replace(", }", " }")
}
