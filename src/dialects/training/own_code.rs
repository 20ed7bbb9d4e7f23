//! What a project's own code may do with a network and a loss that a training configuration hands to it. What it may
//! change is not judged.

use super::heads::Reading;
use crate::ir::{Ending, Head, LossStatement, NotChecked, Output, Part, Unjudged};
use crate::knowledge::{Input, Produces, Reduction};
use crate::span::Spanned;
use crate::values::{Construction, Value};

impl<'t> Reading<'_, 't> {
    /// A network and a loss that are handed to a class of the project's own meet in its code: it may well activate scores
    /// on the way and put layers behind what looks like features, and seldom takes a distribution back; and it can take
    /// the mean of what a loss has not reduced.
    pub(super) fn leave_to_code(&self, head: &mut Head) {
        use Produces::{Distribution, Identity, LogDistribution, LogProbabilities, Probabilities};
        let (Some(class), LossStatement::Known(loss)) = (self.found.class_around, &mut head.loss) else {
            return;
        };
        head.meets_loss_in = Some(Spanned::new(class.text().to_owned(), class.at()));
        let wants_activated = |part: &Part| matches!(part.input, Input::Probabilities | Input::LogProbabilities);
        let left = match &head.output.ending {
            Ending::Known(end) => match end.produces() {
                Identity => loss.parts.iter().any(wants_activated),
                Probabilities | Distribution | LogProbabilities | LogDistribution => false,
                _ => true,
            },
            Ending::Unknown => false,
        };
        if left {
            head.output.ending = Ending::Unknown;
            let note = self.left_to(class, "may go on with what the network gives before the loss sees it");
            head.not_checked.push(note);
        }
        if loss
            .reduction
            .is_some_and(|reduction| reduction.value == Reduction::None)
        {
            loss.reduction = None;
            head.not_checked
                .push(self.left_to(class, "may take the mean of the loss"));
        }
    }

    /// A width that is not the number of classes may be one of features, when a class of the project's own goes on with it.
    pub(super) fn doubt_width(&self, head: &mut Head) {
        let (Some(class), Some(units)) = (self.found.class_around, head.units()) else {
            return;
        };
        if head
            .facts
            .classes
            .is_some_and(|classes| classes.value != units && units > 1)
        {
            head.output = Output::unknown(Ending::Unknown);
            let note = self.left_to(
                class,
                "may put a layer of its own behind the network, whose width is not the classes'",
            );
            head.not_checked.push(note);
        }
    }

    fn left_to(&self, class: Value<'_>, what: &str) -> NotChecked {
        NotChecked {
            what: Unjudged::NamedModel,
            at: class.at(),
            why: format!("`{}` {what}", class.text()),
        }
    }

    /// The bare name of a loss that a project may have defined itself, and why that is thought.
    pub(super) fn may_be_own(&self, loss: &LossStatement, node: Value<'t>) -> Option<(Construction<'t>, &'static str)> {
        let construction = node.made().filter(|construction| !construction.name.contains('.'))?;
        if self.layout.losses_in_code.holds(construction.name) && node.followed().as_str().is_some() {
            return Some((construction, "is a word that the project's own code makes a loss of"));
        }
        let needed = self.layout.bare_loss_needs.as_deref()?;
        let is_frameworks = matches!(loss, LossStatement::Known(loss) if loss.row.library == self.scope.framework.name);
        let lacks = is_frameworks && construction.argument(needed).is_none();
        lacks.then_some((
            construction,
            "is named without its module: it may be a class of the project's own",
        ))
    }
}
