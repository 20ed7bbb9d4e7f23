//! `refused-name`: a loss, metric or activation is spelt in a way that the framework does not take.

use super::Context;
use super::remedies::Step;
use super::words::number;
use crate::diagnostic::{Change, Confidence, Finding, Literal, Place, Severity};
use crate::ir::{Accepted, Head, LossStatement, Why};
use crate::knowledge::spelling_like;
use crate::span::Location;

/// What comes of a refused name, where a row does not say otherwise.
const STOPS: &str = "the framework stops when it looks the name up, unless the project has registered one like it.";

/// Finds the first spelling of a head that its framework refuses.
pub fn check(context: &Context<'_>, head: &Head) -> Option<Finding> {
    on_metric_as_loss(head)
        .or_else(|| on_loss(context, head))
        .or_else(|| on_argument(head))
        .or_else(|| on_reduction(context, head))
        .or_else(|| on_autocast(head))
        .or_else(|| on_missing_argument(head))
        .or_else(|| on_activation(context, head))
        .or_else(|| on_metric(context, head))
}

/// A metric where a loss belongs.
fn on_metric_as_loss(head: &Head) -> Option<Finding> {
    let LossStatement::Metric(written) = &head.loss else {
        return None;
    };
    Some(
        Finding::new(Severity::Error,
            Confidence::Declared,
            format!("\"{}\" is a metric, not a loss", written.value),
            Place::new(written.at, "the framework has no loss of this name"),
        )
        .because("the framework stops before it trains: there is no gradient of this to follow.")
        .help("name a loss here, and watch this as a metric"),
    )
}

fn on_loss(context: &Context<'_>, head: &Head) -> Option<Finding> {
    let loss = head.known_loss()?;
    let written = &loss.written;
    is_refused(context, loss.accepted).then(|| {
        let right = context.knowledge.loss_spelled_like(&loss.row, &written.value);
        let finding = |kind| finding(kind, &written.value, &right, written.at, loss.accepted);
        match &loss.row.refusal {
            Some(refusal) => finding(&refusal.word_for).because(refusal.effect.clone()),
            None => finding("loss").because(STOPS),
        }
    })
}

/// An argument that the framework refuses beside this loss.
fn on_argument(head: &Head) -> Option<Finding> {
    let loss = head.known_loss()?;
    let refused = head.ineffective(true).next()?;
    let (name, at, of) = (&refused.argument.value, refused.argument.at, &loss.written.value);
    let error = |message, place| Finding::new(Severity::Error, Confidence::Declared, message, place);
    let beside = |other: &str, there, label| {
        let place = Place::new(at, "the framework does not take this …");
        error(format!("\"{name}\" is refused beside {other}"), place).with_related(Place::new(there, label))
    };
    Some(match refused.why.clone() {
        Why::Beside(other, said) => beside(&said.value, said.at, "… beside this")
            .because("the framework stops where it builds the loss, or at the first batch.")
            .help(format!("take \"{name}\" out, or give \"{other}\" another value")),
        Why::Outside(value, range) => {
            let value = number(value);
            error(
                format!("\"{of}\" refuses {name} = {value}"),
                Place::new(at, format!("the framework takes what lies in {range}")),
            )
            .with_related(Place::new(loss.written.at, "for this loss"))
            .because("the framework stops where it builds the loss, or at the first batch.")
            .help(format!("use a value in {range}"))
        }
        Why::Loss | Why::OneUnit => beside(&format!("\"{of}\""), loss.written.at, "… with this loss")
            .because("the framework stops before it trains.")
            .help(format!("take \"{name}\" out, or choose a loss that takes it")),
    })
}

/// A word for the reduction that the loss does not take.
fn on_reduction(context: &Context<'_>, head: &Head) -> Option<Finding> {
    let loss = head.known_loss()?;
    let (word, accepted) = loss.refused_reduction.as_ref()?;
    if !is_refused(context, *accepted) {
        return None;
    }
    let takes: Vec<String> = loss.row.reductions.iter().map(|word| format!("\"{word}\"")).collect();
    Some(
        Finding::new(Severity::Error,
            Confidence::Declared,
            format!("\"{}\" is no reduction of \"{}\"", word.value, loss.written.value),
            Place::new(word.at, "the framework does not take this word …"),
        )
        .with_related(Place::new(loss.written.at, "… with this loss"))
        .because("the framework stops at the first batch, or before it.")
        .help(format!("use one of {}", takes.join(", "))),
    )
}

/// A loss that stops under automatic mixed precision. Code of the project's own could switch that off around the loss.
fn on_autocast(head: &Head) -> Option<Finding> {
    let loss = head.known_loss().filter(|loss| loss.row.refuses_autocast)?;
    let precision = loss.under_autocast?;
    let confidence = match head.meets_loss_in {
        Some(_) => Confidence::Implied,
        None => Confidence::Declared,
    };
    Some(
        Finding::new(Severity::Warning,
            confidence,
            format!("\"{}\" is refused under mixed precision", loss.written.value),
            Place::new(loss.written.at, "takes a logarithm that 16 bits cannot hold …"),
        )
        .with_related(Place::new(
            precision,
            "… and this runs the training in 16 bits, on a GPU",
        ))
        .because("the framework stops at the first batch and says that the loss is unsafe to autocast.")
        .help("take the sigmoid out and use the loss on logits, which is safe there; or train in 32 bits"),
    )
}

/// An argument without which the framework refuses this loss.
fn on_missing_argument(head: &Head) -> Option<Finding> {
    let loss = head.known_loss()?;
    let name = loss.missing.first()?;
    Some(
        Finding::new(Severity::Error,
            Confidence::Declared,
            format!("\"{}\" is refused without \"{name}\"", loss.written.value),
            Place::new(loss.written.at, format!("this loss must be given \"{name}\"")),
        )
        .because("the argument has no default: the framework stops before it trains.")
        .help(format!("give it \"{name}\"")),
    )
}

fn on_activation(context: &Context<'_>, head: &Head) -> Option<Finding> {
    let activation = head.activation()?;
    is_refused(context, activation.accepted).then(|| {
        finding(
            "activation",
            &activation.written,
            &activation.row.name,
            activation.at,
            activation.accepted,
        )
        .because(STOPS)
    })
}

fn on_metric(context: &Context<'_>, head: &Head) -> Option<Finding> {
    let metric = head
        .metrics
        .iter()
        .find(|metric| is_refused(context, metric.accepted))?;
    let written = &metric.written;
    let right = spelling_like(metric.row.as_ref(), &written.value);
    Some(finding("metric", &written.value, right, written.at, metric.accepted).because(STOPS))
}

/// Refused for good, or taken only by versions before the file's own. A file that names no version may be of any.
fn is_refused(context: &Context<'_>, accepted: Accepted) -> bool {
    match accepted {
        Accepted::Yes => false,
        Accepted::No => true,
        Accepted::BeforeOnly => {
            let (generation, end) = (context.model.generation, context.model.framework.legacy_ends_at);
            generation.zip(end).is_some_and(|(generation, end)| generation >= end)
        }
    }
}

fn finding(kind: &str, written: &str, right: &str, at: Location, accepted: Accepted) -> Finding {
    let label = match accepted {
        Accepted::BeforeOnly => "only older versions take this spelling",
        _ => "the framework does not know this spelling",
    };
    Finding::new(Severity::Warning,
        Confidence::Declared,
        format!("\"{written}\" is not the name of a {kind}"),
        Place::new(at, label),
    )
    .help(
        Step::with(
            format!("write \"{right}\""),
            Some(Change::Replace {
                at,
                with: Literal::Text(right.to_owned()),
            }),
        )
        .safe(),
    )
}
