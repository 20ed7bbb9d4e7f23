//! Edits of random texts in every format: the value changes as asked and nothing else does, and of the bytes outside the
//! value only white space, separators and attached comments go.

mod common;
#[path = "edits/texts.rs"]
mod texts;
#[path = "edits/write.rs"]
mod write;

use std::cell::Cell;

use common::trees::nodes;
use losslint::diagnostic::{Change, Literal};
use losslint::span::{NodeId, Source};
use losslint::syntax::edit::{Edit, apply, edit};
use losslint::syntax::{File, Format, NodeRef, parse};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use serde_json::Value as Json;
use write::Value;

const NEW_KEY: &str = "new_key";
const TEXTS: &[&str] = &[
    "relu",
    "two words",
    "it's",
    "a \"quote\"",
    "x # y",
    "größe",
    "a: b, c",
    "",
    "{",
    "// no",
    "true",
    "1",
];
const KEYS: &[&str] = &[
    "loss",
    "layers",
    "units",
    "config",
    "name",
    "type",
    "from_logits",
    "a",
    "b",
];

fn scalar() -> impl Strategy<Value = Value> {
    prop_oneof![
        (-999..999i32).prop_map(Value::Number),
        any::<bool>().prop_map(Value::Bool),
        proptest::sample::select(TEXTS).prop_map(|text| Value::Text(text.to_owned())),
    ]
}

fn object(of: impl Strategy<Value = Value>) -> impl Strategy<Value = Value> {
    let keys = proptest::sample::subsequence(KEYS, 0..5).prop_shuffle();
    (keys, proptest::collection::vec(of, 5)).prop_map(|(keys, values)| {
        let keys = keys.into_iter().map(str::to_owned);
        Value::Object(keys.zip(values).collect())
    })
}

fn document() -> impl Strategy<Value = Value> {
    let below = scalar().prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            2 => proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::Array),
            1 => proptest::collection::vec(object(inner.clone()), 0..3).prop_map(Value::Array),
            3 => object(inner),
        ]
    });
    object(below)
}

fn literal() -> impl Strategy<Value = Literal> {
    let flat = prop_oneof![
        proptest::sample::select(TEXTS).prop_map(|text| Literal::Text(text.to_owned())),
        (-99..99i32).prop_map(|number| Literal::Number(f64::from(number))),
        any::<bool>().prop_map(Literal::Bool),
    ];
    flat.prop_recursive(1, 3, 2, |inner| {
        proptest::collection::vec(inner, 0..3)
            .prop_map(|values| Literal::Table(["one", "two"].map(str::to_owned).into_iter().zip(values).collect()))
    })
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Replace,
    Rename,
    Insert,
    Remove,
}

/// One text and one change of it.
#[derive(Debug, Clone)]
struct Case {
    text: String,
    kind: Kind,
    which: Index,
    after: Index,
    with: Literal,
}

fn case(format: Format, kind: Kind) -> impl Strategy<Value = Case> {
    let choices = proptest::collection::vec(any::<u8>(), 8..40);
    (document(), choices, any::<Index>(), any::<Index>(), literal()).prop_map(
        move |(document, choices, which, after, with)| Case {
            text: write::write(format, &document, &choices),
            kind,
            which,
            after,
            with,
        },
    )
}

fn file(format: Format, text: &str) -> File {
    File::parse(format, Source::new("model", text))
}

fn json(literal: &Literal) -> Json {
    match literal {
        Literal::Text(text) => text.as_str().into(),
        Literal::Number(number) if *number >= 0.0 => (*number as u64).into(),
        Literal::Number(number) => (*number).into(),
        Literal::Bool(truth) => (*truth).into(),
        Literal::Null => Json::Null,
        Literal::Table(entries) => {
            let entries = entries.iter().map(|(key, value)| (key.clone(), json(value)));
            Json::Object(entries.collect())
        }
    }
}

/// The change, the node that it is about, and the whole value as it must be afterwards.
struct Asked<'t> {
    change: Change,
    node: NodeRef<'t>,
    /// The key behind which the new one must stand.
    after: Option<NodeRef<'t>>,
    expected: Json,
}

/// Whether a case can be about a node.
fn fits(case: &Case, node: NodeRef<'_>) -> bool {
    match case.kind {
        // A number comes in the place of numbers only.
        Kind::Replace if matches!(case.with, Literal::Number(_)) => !node.is_key() && node.as_f64().is_some(),
        Kind::Replace | Kind::Remove => !node.is_key() && node.parent().is_some(),
        Kind::Rename => node.is_key(),
        Kind::Insert => node.is_object(),
    }
}

fn asked<'t>(file: &'t File, case: &Case) -> Option<Asked<'t>> {
    let root = file.tree.root()?;
    let nodes: Vec<NodeRef<'t>> = nodes(&file.tree).filter(|node| fits(case, *node)).collect();
    if nodes.is_empty() {
        return None;
    }
    let node = *case.which.get(&nodes);
    let keys: Vec<NodeRef<'t>> = node.members().map(|(key, _)| key).collect();
    let is_insert = case.kind == Kind::Insert && !keys.is_empty();
    let after = is_insert.then(|| *case.after.get(&keys));
    let mut expected = root.to_value()?;
    carry_out(&mut expected, node, case)?;
    Some(Asked {
        change: change(node, after, case),
        node,
        after,
        expected,
    })
}

fn change(node: NodeRef<'_>, after: Option<NodeRef<'_>>, case: &Case) -> Change {
    let at = node.at();
    match case.kind {
        Kind::Replace => Change::Replace {
            at,
            with: case.with.clone(),
        },
        Kind::Rename => Change::Replace {
            at,
            with: Literal::Text(NEW_KEY.to_owned()),
        },
        Kind::Insert => Change::Insert {
            into: at,
            after: after.map(|key| key.text().to_owned()),
            key: NEW_KEY.to_owned(),
            value: case.with.clone(),
        },
        Kind::Remove => Change::Remove { at },
    }
}

/// Makes the change in the whole value.
fn carry_out(whole: &mut Json, node: NodeRef<'_>, case: &Case) -> Option<()> {
    match case.kind {
        Kind::Replace => *whole.pointer_mut(&node.pointer())? = json(&case.with),
        Kind::Rename => {
            let object = whole.pointer_mut(&node.parent()?.pointer())?.as_object_mut()?;
            let value = object.remove(node.text())?;
            object.insert(NEW_KEY.to_owned(), value);
        }
        Kind::Insert => {
            let object = whole.pointer_mut(&node.pointer())?.as_object_mut()?;
            object.insert(NEW_KEY.to_owned(), json(&case.with));
        }
        Kind::Remove => match whole.pointer_mut(&node.parent()?.pointer())? {
            Json::Object(object) => drop(object.remove(node.key()?.text())),
            Json::Array(items) => drop(items.remove(node.pointer().rsplit('/').next()?.parse().ok()?)),
            _ => return None,
        },
    }
    Some(())
}

/// Tables that only the keys below them make are gone when these are.
fn without_empty(value: &Json) -> Json {
    match value {
        Json::Object(members) => {
            let left = members.iter().map(|(key, value)| (key.clone(), without_empty(value)));
            Json::Object(left.filter(|(_, value)| !is_empty(value)).collect())
        }
        Json::Array(items) => Json::Array(items.iter().map(without_empty).collect()),
        other => other.clone(),
    }
}

fn is_empty(value: &Json) -> bool {
    match value {
        Json::Object(members) => members.is_empty(),
        Json::Array(items) => items.is_empty(),
        _ => false,
    }
}

/// Whether the change could be made, `None` when the text has nothing to ask it of; fails when it was made and does anything
/// else than what was asked.
fn try_case(format: Format, case: &Case) -> Result<Option<bool>, TestCaseError> {
    let before = file(format, &case.text);
    prop_assert_eq!(&before.tree.errors, &vec![], "{}", case.text);
    let Some(asked) = asked(&before, case) else {
        return Ok(None);
    };
    let Some(change) = edit(&before, &asked.change) else {
        return Ok(Some(false));
    };
    let text = apply(&case.text, std::slice::from_ref(&change)).expect("an edit within the text");
    let after = file(format, &text);
    prop_assert_eq!(&after.tree.errors, &vec![], "{}\n=>\n{}", case.text, text);
    let value = after.tree.root().and_then(NodeRef::to_value).unwrap_or(Json::Null);
    let same = match (format, case.kind) {
        (Format::Toml, Kind::Remove) => without_empty(&value) == without_empty(&asked.expected),
        _ => value == asked.expected,
    };
    prop_assert!(same, "{}\n=>\n{}\nis not {}", case.text, text, asked.expected);
    is_read_by_others(format, &text)?;
    stands_behind(&after, &asked)?;
    is_minimal(&case.text, &asked, &change, case.kind)?;
    comments_stay(&before, &asked, &text, case.kind)?;
    if case.text.contains("\r\n") {
        let lone = text.replace("\r\n", "").contains('\n');
        prop_assert!(!lone, "a line break of another kind: {:?}", text);
    }
    Ok(Some(true))
}

fn is_read_by_others(format: Format, text: &str) -> Result<(), TestCaseError> {
    match format {
        Format::Json if !text.contains("c") || !text.contains('/') => {
            prop_assert!(serde_json::from_str::<Json>(text).is_ok(), "{}", text);
        }
        Format::Toml => prop_assert!(text.parse::<toml::Table>().is_ok(), "{}", text),
        _ => {}
    }
    Ok(())
}

/// A new key stands right behind the one that was named, unless that one is a table of TOML with a header of its own.
fn stands_behind(file: &File, asked: &Asked<'_>) -> Result<(), TestCaseError> {
    let Some(after) = asked.after else { return Ok(()) };
    let has_place = |node: &NodeRef<'_>| !node.is_object() && !node.is_array();
    let object = asked.node;
    if file.tree.format() == Format::Toml && !object.get(after.text()).as_ref().is_some_and(has_place) {
        return Ok(());
    }
    let nodes = file
        .tree
        .root()
        .into_iter()
        .flat_map(|root| root.descendants().chain([root]));
    let changed = nodes
        .filter(|node| node.is_object())
        .find(|node| node.pointer() == object.pointer());
    let keys: Vec<&str> = changed
        .into_iter()
        .flat_map(NodeRef::members)
        .map(|(key, _)| key.text())
        .collect();
    let behind = keys.windows(2).any(|pair| pair == [after.text(), NEW_KEY]);
    prop_assert!(behind, "{} is not behind {}: {:?}", NEW_KEY, after.text(), keys);
    Ok(())
}

/// A replaced value is replaced alone, an inserted key takes nothing away, and around a removed one only what separates goes.
fn is_minimal(text: &str, asked: &Asked<'_>, change: &Edit, kind: Kind) -> Result<(), TestCaseError> {
    let gone = &text[change.span.range()];
    match kind {
        Kind::Replace if asked.node.is_container() => {}
        Kind::Replace | Kind::Rename => prop_assert_eq!(change.span, asked.node.span()),
        Kind::Insert => {
            let nothing: String = gone
                .chars()
                .filter(|c| !c.is_whitespace() && !"{}".contains(*c))
                .collect();
            prop_assert_eq!(nothing, "", "{}", text);
        }
        Kind::Remove => {}
    }
    Ok(())
}

/// Comments stay, except those of what is removed: within it, right above it, or behind it or its comma on a line.
fn comments_stay(before: &File, asked: &Asked<'_>, text: &str, kind: Kind) -> Result<(), TestCaseError> {
    let old = before.tree.source();
    for comment in &before.tree.comments {
        let words = &old[comment.range()];
        let name = words
            .split_whitespace()
            .find(|word| word.starts_with('c') && word.ends_with('c'));
        if name.is_none_or(|name| text.contains(name)) {
            continue;
        }
        let is_within = asked.node.span().contains(*comment);
        if kind == Kind::Replace && is_within {
            continue;
        }
        prop_assert!(kind == Kind::Remove, "{} is gone: {}\n=>\n{}", words, old, text);
        let start = asked.node.key().unwrap_or(asked.node).span().start;
        let end = asked
            .node
            .descendants()
            .map(|inner| inner.span().end)
            .max()
            .unwrap_or(0);
        let end = end.max(asked.node.span().end);
        let between = |from: u32, to: u32| &old[from as usize..(to as usize).max(from as usize)];
        let is_within = comment.start >= start && comment.end <= end;
        let is_above = comment.end <= start && {
            // What stands before it on its own line may be a dash, or the keys before a dot.
            let rest = between(comment.end, start);
            let (lines, beside) = rest.rsplit_once('\n').unwrap_or(("", rest));
            let is_nothing = |line: &str| line.is_empty() || line.starts_with(['#', '/', '-']);
            lines.lines().map(str::trim).all(is_nothing) && (rest.contains('\n') || beside.trim().is_empty())
        };
        let is_behind = comment.start >= end && {
            let beside = between(end, comment.start);
            !beside.contains('\n') || beside.rsplit('\n').next().is_some_and(|line| line.trim() == ",")
        };
        prop_assert!(
            is_within || is_above || is_behind,
            "{} is gone with {}: {}\n=>\n{}",
            words,
            asked.node.pointer(),
            old,
            text
        );
    }
    Ok(())
}

/// Runs many cases; at least so many in a hundred of those that ask for something can be made.
fn holds(format: Format, kind: Kind, at_least: u32) {
    let config = Config {
        failure_persistence: None,
        ..Config::default()
    };
    let cases = config.cases;
    let mut runner = TestRunner::new(config);
    let (asked, made) = (Cell::new(0), Cell::new(0));
    let result = runner.run(&case(format, kind), |case| {
        let outcome = try_case(format, &case)?;
        asked.set(asked.get() + u32::from(outcome.is_some()));
        made.set(made.get() + u32::from(outcome == Some(true)));
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
    let (asked, made) = (asked.get(), made.get());
    assert!(
        asked * 2 > cases,
        "only {asked} of {cases} texts were asked for anything"
    );
    let share = made * 100 / asked;
    assert!(share >= at_least, "only {share} of 100 changes could be made");
}

macro_rules! edits {
    ($($name:ident: $format:ident $kind:ident $at_least:literal;)*) => {
        $(#[test]
        fn $name() {
            holds(Format::$format, Kind::$kind, $at_least);
        })*
    };
}

edits! {
    values_are_replaced_in_json: Json Replace 100;
    keys_are_renamed_in_json: Json Rename 100;
    keys_are_inserted_in_json: Json Insert 100;
    entries_are_removed_from_json: Json Remove 100;
    values_are_replaced_in_toml: Toml Replace 70;
    keys_are_renamed_in_toml: Toml Rename 60;
    keys_are_inserted_in_toml: Toml Insert 60;
    entries_are_removed_from_toml: Toml Remove 60;
    values_are_replaced_in_yaml: Yaml Replace 100;
    keys_are_renamed_in_yaml: Yaml Rename 100;
    keys_are_inserted_in_yaml: Yaml Insert 90;
    entries_are_removed_from_yaml: Yaml Remove 80;
}

/// Takes out every node of a text in turn: what is offered fits and leaves a sound text.
fn remove_each(text: &str) {
    let file = File::parse(Format::Yaml, Source::new("model.yaml", text));
    for id in 0..file.tree.len() as u32 {
        let at = file.tree.node(NodeId(id)).expect("a node").at();
        if let Some(edit) = edit(&file, &Change::Remove { at }) {
            let after = apply(text, &[edit]).expect("it fits");
            assert_eq!(parse(Format::Yaml, after.into()).errors, []);
        }
    }
}

/// A mapping in block style that begins with a bracket, which belongs to its first key.
#[test]
fn a_bracket_that_is_a_keys_is_not_the_mappings() {
    remove_each("{\"losslint\": }: \n");
}

/// What a merge brings stands before the end of what it follows.
#[test]
fn what_a_merge_brings_is_left_in_place() {
    remove_each("<<: {\"a\": [\"b\", \"c\", \"\"], \"d\": \"\", \"a\": \"\", \"e\": []}\n");
    remove_each("f: 1\n<<: {\"a\": [\"b\"], \"a\": \"\"}\ng: 2\n");
}
