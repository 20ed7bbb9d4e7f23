//! Losses and metrics with their arguments read: what they expect, how they reduce, where they cut.

use std::sync::Arc;

use super::arguments::{Arguments, OfObject, Scalar, room};
use super::names::{self, Named};
use super::python::Code;
use super::{Scope, effect, expression, word, word_of};
use crate::ir::{Accepted, Decision, Loss, LossForm, LossStatement, Metric, Part, Room};
use crate::knowledge::{Family, Input, InputRule, LossRow, MetricRow, Reduction, TaskKind, Vocabulary};
use crate::reading::arguments::ByRow;
use crate::span::Spanned;
use crate::values::{Construction, Form, Given, Value, bare, is_symbolic};

/// How deep losses that wrap another are looked into.
const DEEPEST_WRAPPER: usize = 4;

/// Reads the loss that a node names. `null` means that this output is not trained.
pub fn loss<'t>(scope: &Scope<'_>, node: Value<'t>) -> LossStatement {
    let node = node.followed();
    if node.is_null() {
        return LossStatement::None(node.at());
    }
    if let Some(text) = node.get("expression").filter(|text| text.as_str().is_some()) {
        return custom(scope, text);
    }
    if Code::of_bundle(node).is_some() {
        return custom(scope, node);
    }
    match node.made() {
        Some(construction) => loss_of(scope, &construction),
        None => LossStatement::Unknown(Spanned::new(shortened(node.raw()), node.at())),
    }
}

/// The loss inside one that only masks it or sums it over several outputs.
fn unwrapped<'t>(scope: &Scope<'_>, construction: Construction<'t>) -> Construction<'t> {
    let inner = |outer: &Construction<'t>| {
        let row = names::loss(scope, outer)?.row;
        let node = outer.given_for(&*row, row.inner.as_deref()?).value()?;
        node.made().filter(|_| node.is_object())
    };
    let mut reached = construction;
    for _ in 0..DEEPEST_WRAPPER {
        match inner(&reached) {
            Some(next) => reached = next,
            None => break,
        }
    }
    reached
}

/// A loss written out as an expression: only its arithmetic can be judged.
fn custom(scope: &Scope<'_>, text: Value<'_>) -> LossStatement {
    LossStatement::Custom {
        written: Spanned::new(shortened(text.text()), text.at()),
        expression: expression::read(scope, text),
    }
}

/// Reads the loss that a reference names, or the one that it wraps.
pub fn loss_of(scope: &Scope<'_>, construction: &Construction<'_>) -> LossStatement {
    let construction = &unwrapped(scope, *construction);
    let written = Spanned::new(construction.name.to_owned(), construction.at());
    match names::loss(scope, construction) {
        Some(named) => LossStatement::Known(Box::new(known_loss(scope, named, construction, written))),
        None => LossStatement::Unknown(written),
    }
}

/// A known loss with its arguments.
fn known_loss(
    scope: &Scope<'_>,
    named: Named<LossRow>,
    construction: &Construction<'_>,
    written: Spanned<String>,
) -> Loss {
    let Named { row, accepted } = named;
    let given = &OfObject {
        reader: scope,
        construction,
        row: &*row,
    };
    let parts = if row.parts.is_empty() {
        vec![part(row.family_with(|name| given.truth(name)), &row.input, given)]
    } else {
        let addends = row.parts.iter();
        addends
            .map(|addend| part(addend.family, &addend.input, given))
            .collect()
    };
    let refused_reduction = effect::refused_reduction(&row, given);
    Loss {
        parts,
        accepted,
        form: form(construction, &row),
        vocabulary: vocabulary(scope, construction),
        exclusive: effect::exclusive(&row, given),
        reduction: reduction(given).filter(|_| !matches!(refused_reduction, Some((_, Accepted::No)))),
        refused_reduction,
        under_autocast: None,
        weights: effect::weights(&row, given),
        ineffective: effect::ineffective(&row, given),
        missing: effect::missing(&row, given),
        settings: Vec::new(),
        class_weight: effect::class_weight(&row, given),
        alpha: given.number("alpha"),
        gamma: given.number("gamma"),
        written,
        row,
    }
}

/// The vocabulary of the place in which a reference stands.
fn vocabulary(scope: &Scope<'_>, construction: &Construction<'_>) -> Vocabulary {
    if construction.whole.is_in_expression() && !construction.whole.node().is_code() {
        return Vocabulary::empty();
    }
    Vocabulary::Names {
        bare: scope.libraries_of_bare_names().to_vec(),
        paths: construction.takes_path(),
    }
}

/// What there is to edit of a loss.
fn form(construction: &Construction<'_>, row: &LossRow) -> LossForm {
    if construction.whole.is_in_expression() {
        return LossForm::Call;
    }
    if construction.form == Form::Tagged {
        return LossForm::Tagged {
            arguments: Room {
                into: construction.whole.at(),
                under: None,
            },
        };
    }
    match room(construction).filter(|_| construction.arguments.positional.is_none()) {
        Some(arguments) => LossForm::Object {
            arguments,
            given: given_names(construction, row),
        },
        // Arguments by position belong to the class that is named: only a person can tell which another one takes.
        None if construction.arguments.positional.is_some() => LossForm::Call,
        None => LossForm::Name(None),
    }
}

/// The names of the arguments that are given, those at positions too. A list of those counts by itself: another loss may take
/// other things at the same positions.
fn given_names(construction: &Construction<'_>, row: &LossRow) -> Vec<String> {
    let keys = construction.given().map(|(key, _)| key.text().to_owned());
    keys.chain(construction.names_by_position(row).map(str::to_owned))
        .collect()
}

/// A loss that a library takes without arguments: as a place of this form says it that takes this vocabulary.
pub fn with_defaults(
    row: Arc<LossRow>,
    written: Spanned<String>,
    form: LossForm,
    vocabulary: Vocabulary,
) -> LossStatement {
    LossStatement::Known(Box::new(Loss {
        parts: vec![Part {
            family: row.family,
            input: row.input.by_default(),
            decision: None,
        }],
        accepted: Accepted::Yes,
        form,
        vocabulary,
        exclusive: None,
        reduction: None,
        class_weight: None,
        weights: None,
        ineffective: Vec::new(),
        missing: Vec::new(),
        refused_reduction: None,
        under_autocast: None,
        settings: Vec::new(),
        alpha: None,
        gamma: None,
        written,
        row,
    }))
}

fn part(family: Family, rule: &InputRule, given: &dyn Arguments) -> Part {
    let (input, decision) = resolve_input(rule, given);
    Part {
        family,
        input,
        decision,
    }
}

/// What a rule says once its switches are read in the arguments of a loss or metric.
fn resolve_input(rule: &InputRule, given: &dyn Arguments) -> (Input, Option<Decision>) {
    let resolved = rule.resolve(|name| given.truth(name));
    // A rule whose switches are all off was decided by the first of them: that is the one to turn on.
    let decided = resolved.decision.or_else(|| {
        let first = rule.switches().first()?;
        (resolved.input != Input::Any).then_some((first, false))
    });
    let decision = decided.map(|(switch, value)| Decision {
        argument: switch.argument.clone(),
        value,
        at: given
            .argument(&switch.argument)
            .filter(|argument| argument.value != Scalar::Null)
            .map(|argument| argument.at),
        is_ignored: false,
    });
    (resolved.input, decision)
}

fn reduction(given: &dyn Arguments) -> Option<Spanned<Reduction>> {
    let argument = given.argument("reduction")?;
    let Scalar::Text(word) = argument.value else {
        return None;
    };
    let reduction = match word.as_str() {
        "none" | "None" => Reduction::None,
        "sum" => Reduction::Sum,
        // What is filled in elsewhere is not known.
        word if is_symbolic(word) => return None,
        _ => Reduction::Mean,
    };
    Some(Spanned::new(reduction, argument.at))
}

/// Reads a metric; `None` when the tables do not know it.
pub fn metric(scope: &Scope<'_>, node: Value<'_>) -> Option<Metric> {
    let construction = node.made()?;
    let (Named { row, accepted }, name) = names::metric(scope, &construction)?;
    let written = if name == construction.named_by {
        construction.name
    } else {
        name.text()
    };
    let given = OfObject {
        reader: scope,
        construction: &construction,
        row: &*row,
    };
    let (mut input, _) = resolve_input(&row.input, &given);
    let threshold = row.threshold.as_ref().map(|threshold| {
        let cut = construction.given_for(&*row, &threshold.argument);
        if matches!(cut, Given::Unreadable(_)) {
            input = Input::Any;
        }
        cut.value().and_then(highest).unwrap_or(threshold.default)
    });
    let is_absent = |argument: &&String| match construction.given_for(&*row, argument) {
        Given::Absent => true,
        given => given.value().is_some_and(Value::is_null),
    };
    let largest_without = row.largest_without.as_ref().filter(is_absent).cloned();
    let written = Spanned::new(written.to_owned(), name.at());
    let task = told_task(scope, &row, &construction, &written);
    let counted = row
        .counts
        .iter()
        .find(|(kind, _)| task.is_some_and(|task| task.value == *kind));
    let classes =
        counted.and_then(|(_, argument)| scope.spanned(construction.given_for(&*row, argument).value(), Value::as_u64));
    Some(Metric {
        written,
        accepted,
        row,
        input,
        threshold,
        largest_without,
        task,
        classes,
    })
}

/// The one task of several that a metric is told to be for: by an argument, or by the first word of its name.
fn told_task(
    scope: &Scope<'_>,
    row: &MetricRow,
    construction: &Construction<'_>,
    written: &Spanned<String>,
) -> Option<Spanned<TaskKind>> {
    let argument = row.task_argument.as_deref()?;
    let is_its = |task: &Spanned<TaskKind>| row.tasks.contains(&task.value);
    match construction.given_for(row, argument) {
        Given::Absent => {}
        given => return scope.spanned(given.value(), word).filter(is_its),
    }
    let name = bare(&written.value);
    let end = name
        .char_indices()
        .skip(1)
        .find(|(_, c)| c.is_uppercase())
        .map_or(name.len(), |(at, _)| at);
    let first: TaskKind = word_of(&name[..end].to_lowercase())?;
    Some(Spanned::new(first, written.at)).filter(is_its)
}

/// The number, or the highest of a list of them.
fn highest(node: Value<'_>) -> Option<f64> {
    let own = node.as_f64();
    own.or_else(|| node.items().filter_map(Value::as_f64).max_by(f64::total_cmp))
}

/// The beginning of a text, for naming something that has no name.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 40;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
