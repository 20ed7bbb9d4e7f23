//! The tables against what the libraries say of themselves: the order of parameters, and the defaults that rows state. The
//! record in `tests/signatures/` is made by `tests/scripts/signatures.sh`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use losslint::knowledge::{Ends, InputRule, Knowledge, Row, RowKind};
use serde::Deserialize;
use serde_json::Value;

/// The record of one library.
#[derive(Deserialize)]
struct Record {
    versions: BTreeMap<String, String>,
    losses: Kind,
    layers: Kind,
    metrics: Kind,
    activations: Kind,
}

/// The names of one kind.
#[derive(Deserialize)]
struct Kind {
    signatures: BTreeMap<String, Signature>,
    /// Names that the installed versions do not have, or that have no signature to look at.
    without: Vec<String>,
}

#[derive(Deserialize)]
struct Signature {
    parameters: Vec<String>,
    #[serde(default)]
    keyword_only: Vec<String>,
    #[serde(default)]
    defaults: BTreeMap<String, Value>,
    /// Whether the name means several things, and this is what they have in common.
    #[serde(default)]
    differs: bool,
}

impl Signature {
    fn has(&self, argument: &str) -> bool {
        self.parameters
            .iter()
            .chain(&self.keyword_only)
            .any(|own| own == argument)
    }
}

impl Record {
    fn kind(&self, kind: RowKind) -> Option<&Kind> {
        Some(match kind {
            RowKind::Loss => &self.losses,
            RowKind::Layer => &self.layers,
            RowKind::Metric => &self.metrics,
            RowKind::Activation => &self.activations,
            RowKind::Operation => return None,
        })
    }
}

fn records() -> &'static BTreeMap<String, Record> {
    static RECORDS: OnceLock<BTreeMap<String, Record>> = OnceLock::new();
    RECORDS.get_or_init(read)
}

fn read() -> BTreeMap<String, Record> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/signatures");
    let files = fs::read_dir(folder)
        .expect("the record")
        .map(|file| file.expect("a file").path());
    files
        .map(|path| {
            let library = path.file_stem().expect("a name").to_string_lossy().into_owned();
            let record = serde_json::from_str(&fs::read_to_string(&path).expect("a text")).expect("a record");
            (library, record)
        })
        .collect()
}

fn table_of(library: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("src/knowledge/{library}/signatures.toml"))
}

/// The table that the record makes: names with the same parameters stand together.
fn table(library: &str, record: &Record) -> String {
    let mut text = format!(
        "# The parameters of what the tables of {library} name, in the order in which they are given by position. Made of\n\
         # tests/signatures/{library}.json by tests/signatures.rs.\n"
    );
    let kinds = [
        ("losses", &record.losses),
        ("layers", &record.layers),
        ("metrics", &record.metrics),
        ("activations", &record.activations),
    ];
    for (key, kind) in kinds {
        let mut same: BTreeMap<&[String], Vec<&str>> = BTreeMap::new();
        let known = kind.signatures.iter().filter(|(_, own)| !own.parameters.is_empty());
        for (name, signature) in known {
            same.entry(&signature.parameters).or_default().push(name);
        }
        let mut groups: Vec<_> = same.into_iter().collect();
        groups.sort_by_key(|(_, names)| names[0]);
        for (parameters, names) in groups {
            text += &format!(
                "\n[[{key}]]\nnames = {}\nparameters = {}\n",
                list(names),
                list(parameters)
            );
        }
    }
    text
}

/// A list, in lines of its own where it is long.
fn list<T: AsRef<str>>(words: impl AsRef<[T]>) -> String {
    const WIDEST: usize = 110;
    let words: Vec<String> = words
        .as_ref()
        .iter()
        .map(|word| format!("{:?}", word.as_ref()))
        .collect();
    let one_line = words.join(", ");
    if one_line.len() <= WIDEST {
        return format!("[{one_line}]");
    }
    let mut lines = vec![String::new()];
    for word in words {
        let last = lines.last_mut().expect("a line");
        if !last.is_empty() && last.len() + word.len() > WIDEST {
            lines.push(String::new());
        }
        let last = lines.last_mut().expect("a line");
        if !last.is_empty() {
            last.push(' ');
        }
        last.push_str(&format!("{word},"));
    }
    format!("[\n    {}\n]", lines.join("\n    "))
}

#[test]
fn the_tables_are_what_the_libraries_say() {
    for (library, record) in records() {
        let (path, wanted) = (table_of(library), table(library, record));
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&path, &wanted).expect("the table is written");
        }
        let found = fs::read_to_string(&path).unwrap_or_default();
        assert!(found == wanted, "{library}: run UPDATE=1 cargo test --test signatures");
    }
}

/// The page that tells of the record.
fn page() -> String {
    let mut text = "# Signatures, recorded\n\n\
        An argument by position is read in the order of the library's own signature (`src/knowledge/*/signatures.toml`).\n\
        `tests/scripts/signatures.sh` asks the installed libraries; `tests/signatures.rs` compares the record with the tables: the\n\
        order of the parameters, and the defaults that rows state. A name that means several things keeps what they have in common;\n\
        one without a signature (a word, a class of older versions, a compiled function) is read by name only.\n\n\
        | library | versions | with a signature | without |\n|---|---|--:|--:|\n" .to_owned();
    for (library, record) in records() {
        let kinds = [&record.losses, &record.layers, &record.metrics, &record.activations];
        let versions = record
            .versions
            .iter()
            .map(|(package, version)| format!("{package} {version}"));
        text += &format!(
            "| {library} | {} | {} | {} |\n",
            versions.collect::<Vec<_>>().join(", "),
            kinds.iter().map(|kind| kind.signatures.len()).sum::<usize>(),
            kinds.iter().map(|kind| kind.without.len()).sum::<usize>(),
        );
    }
    text
}

#[test]
fn the_page_tells_of_the_record() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/signatures-run.md");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, page()).expect("the page is written");
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(found == page(), "run UPDATE=1 cargo test --test signatures");
}

/// Checks every name of the rows of one kind: it is in the record, or the record says that it has no signature.
fn check_names<'k, R: Row + 'k>(rows: impl Iterator<Item = &'k Arc<R>>, wrong: &mut Vec<String>) {
    let records = records();
    for row in rows {
        let Some(kind) = records.get(row.library()).and_then(|record| record.kind(R::KIND)) else {
            continue;
        };
        for name in row.names().iter().chain(row.legacy()) {
            let is_known = kind.signatures.contains_key(name) || kind.without.contains(name);
            if !is_known {
                wrong.push(format!("{}: `{name}` is not in the record", row.library()));
            }
        }
    }
}

#[test]
fn every_name_is_in_the_record() {
    let knowledge = Knowledge::built_in();
    let mut wrong = Vec::new();
    check_names(knowledge.losses(), &mut wrong);
    check_names(knowledge.metrics(), &mut wrong);
    check_names(knowledge.activations(), &mut wrong);
    let written = knowledge.layers().filter(|layer| layer.is_activation().is_none());
    check_names(written, &mut wrong);
    assert!(
        wrong.is_empty(),
        "run tests/scripts/signatures.sh:\n{}",
        wrong.join("\n")
    );
}

/// One argument that a row speaks of, with the default that it states.
struct Stated {
    row: String,
    argument: String,
    default: Option<Value>,
}

/// What is stated of arguments against the signatures of the row's names.
fn check<R: Row>(row: &R, stated: Vec<Stated>, wrong: &mut Vec<String>, seen: &mut usize) {
    let records = records();
    let Some(kind) = records.get(row.library()).and_then(|record| record.kind(R::KIND)) else {
        return;
    };
    let spellings = row.names().iter().map(String::as_str).chain([row.name()]);
    // Functions take `from_logits` and the like, too; what is not there has no default.
    for name in spellings {
        let Some(signature) = kind.signatures.get(name).filter(|own| !own.differs) else {
            continue;
        };
        for stated in &stated {
            if !signature.has(&stated.argument) {
                continue;
            }
            *seen += 1;
            let real = signature.defaults.get(&stated.argument);
            let is_same = match (&stated.default, real) {
                (Some(Value::Number(own)), Some(Value::Number(real))) => own.as_f64() == real.as_f64(),
                // The library takes what the table states where nothing is given; its source says so, not the signature.
                (Some(_), Some(Value::Null | Value::Object(_))) => true,
                (Some(own), Some(real)) => own == real,
                // An argument that must be given has no default.
                (Some(_), None) => true,
                (None, _) => true,
            };
            if !is_same {
                wrong.push(format!(
                    "{} {} ({name}): `{}` is {:?} in the table, {real:?} in the library",
                    row.library(),
                    stated.row,
                    stated.argument,
                    stated.default
                ));
            }
        }
    }
}

fn switches(row: &str, rule: &InputRule) -> Vec<Stated> {
    let switches = rule.switches().iter();
    switches
        .map(|switch| Stated {
            row: row.to_owned(),
            argument: switch.argument.clone(),
            default: Some(Value::Bool(switch.default)),
        })
        .collect()
}

#[test]
fn defaults_are_the_libraries_own() {
    let knowledge = Knowledge::built_in();
    let (mut wrong, mut seen) = (Vec::new(), 0);
    for row in knowledge.losses() {
        let mut stated = switches(&row.name, &row.input);
        stated.extend(row.parts.iter().flat_map(|part| switches(&row.name, &part.input)));
        if let Some(switch) = &row.family_switch {
            stated.push(Stated {
                row: row.name.clone(),
                argument: switch.argument.clone(),
                default: Some(Value::Bool(false)),
            });
        }
        check(&**row, stated, &mut wrong, &mut seen);
    }
    for row in knowledge.metrics() {
        let mut stated = switches(&row.name, &row.input);
        stated.extend(row.threshold.iter().map(|threshold| Stated {
            row: row.name.clone(),
            argument: threshold.argument.clone(),
            default: Some(threshold.default.into()),
        }));
        check(&**row, stated, &mut wrong, &mut seen);
    }
    for row in knowledge.layers() {
        let mut stated: Vec<Stated> = Vec::new();
        let (argument, default) = match row.ends() {
            Ends::Switch(switch) => (Some(&switch.argument), Value::Bool(switch.default)),
            Ends::Argument(activation) => (Some(&activation.argument), activation.default.as_str().into()),
            Ends::Is(_) | Ends::Fixed(_) | Ends::Plain => (None, Value::Null),
        };
        stated.extend(argument.map(|argument| Stated {
            row: row.name().to_owned(),
            argument: argument.clone(),
            default: Some(default),
        }));
        check(&**row, stated, &mut wrong, &mut seen);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(seen > 100, "only {seen} defaults were compared");
}
