//! Python programs → IR: a head wherever an output meets the loss that it is trained by.

mod compiled;
mod facts;
mod labels;
mod meeting;
mod network;
mod plan;
mod trainer;
mod worlds;
mod written;

use std::{panic, thread};

use super::Dialect;
use crate::ir::{Computation, Head, Model, NotChecked, Unjudged};
use crate::program::{self, Run, Sources};
use crate::reading::{Reader, Scope, arithmetic, heads};
use crate::span::{Location, NodeId};
use crate::syntax::source::{Remark, Sketch, remarks};
use crate::values::{Notation, Value};
use meeting::Meeting;
use plan::Plan;

/// Python programs.
pub struct Python;

/// Texts of which a program that states a loss holds one.
pub const MARKS: &[&str] = &[
    "compile(",
    "backward(",
    "kl_div",
    "Loss",
    "_entropy",
    "nll_loss",
    "mse_loss",
    "l1_loss",
    "_loss(",
    "losses.",
    "training_step",
    "Trainer",
];

/// Stack for following a program, in bytes: functions that call each other, each with deep expressions. What is not used takes no
/// memory.
const STACK: usize = 256 << 20;

/// The frameworks of which programs are read, and how one of their programs is told.
const FRAMEWORKS: &[Manner] = &[
    Manner {
        framework: "keras",
        roots: &["keras.", "tf."],
        prediction: (1, &["y_pred", "logits", "output", "y_hat"]),
        by_tape: true,
        methods: None,
    },
    Manner {
        framework: "pytorch",
        roots: &[
            "torch.",
            "torchvision.",
            "monai.",
            "segmentation_models_pytorch.",
            "timm.",
        ],
        prediction: (0, &["input", "inputs", "logits"]),
        by_tape: false,
        methods: Some("torch"),
    },
];

/// How programs of a framework are written.
pub struct Manner {
    /// Its name in the tables.
    framework: &'static str,
    /// How the names of its libraries begin.
    roots: &'static [&'static str],
    /// Which argument of a loss is the prediction, by position and by name.
    prediction: (usize, &'static [&'static str]),
    /// Whether gradients may be taken from blocks (`tf.GradientTape()`).
    by_tape: bool,
    /// The module of which tensors have the functions as methods.
    methods: Option<&'static str>,
}

impl Manner {
    /// Whether a library's name is one of the framework.
    fn has(&self, name: &str) -> bool {
        self.roots.iter().any(|root| name.starts_with(root))
    }
}

impl Dialect for Python {
    fn name(&self) -> &'static str {
        "python"
    }

    fn marks(&self) -> &'static [&'static str] {
        MARKS
    }

    fn is_code(&self) -> bool {
        true
    }

    fn notation(&self) -> &'static Notation {
        &Notation::PYTHON
    }

    fn detect(&self, _: &Reader<'_>, root: Value<'_>) -> bool {
        let tree = root.tree();
        let imports = |name: &&str| tree.code().contains(*name);
        tree.module().is_some()
            && tree.errors.is_empty()
            && ["torch", "keras", "tensorflow", "lightning", "transformers"]
                .iter()
                .any(imports)
    }

    fn read(&self, reader: &Reader<'_>, root: Value<'_>) -> Vec<Model> {
        on_large_stack(|| models(reader, self.name(), root))
    }
}

/// Works on a thread with [`STACK`] bytes of stack; a panic there is one here. Without such a thread nothing is read.
fn on_large_stack<T: Default + Send>(work: impl FnOnce() -> T + Send) -> T {
    thread::scope(|scope| {
        let worker = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
        let Ok(worker) = worker else { return T::default() };
        worker.join().unwrap_or_else(|cause| panic::resume_unwind(cause))
    })
}

fn models(reader: &Reader<'_>, dialect: &'static str, root: Value<'_>) -> Vec<Model> {
    let load = |path: &str, folders_above: usize| {
        let tree = reader.file_above(path, folders_above)?.tree();
        tree.errors.is_empty().then_some(tree)
    };
    let sources = Sources::of(root.tree(), &load);
    let runs = program::run(&sources);
    let frameworks = FRAMEWORKS.iter();
    let mut all: Vec<Model> = frameworks
        .filter_map(|manner| model(reader, dialect, root, &runs, manner))
        .collect();
    if let Some(scope) = reader.scope("transformers") {
        let trained = trainer::models(reader, &scope, root, &runs);
        all.extend(trained.into_iter().map(|model| Model { dialect, ..model }));
    }
    all
}

/// The heads of one framework in a program; `None` when it has none.
fn model(
    reader: &Reader<'_>,
    dialect: &'static str,
    root: Value<'_>,
    runs: &[Run<'_>],
    manner: &Manner,
) -> Option<Model> {
    let scope = reader.scope(manner.framework)?;
    let mut sketch = Sketch::of(root.tree());
    let mut met: Vec<Vec<Meeting>> = Vec::new();
    let mut own_losses: Vec<Vec<Plan>> = Vec::new();
    for run in runs {
        met.push(meeting::of_run(&scope, manner, run, &mut sketch));
        own_losses.push(meeting::own_losses(&scope, manner, run, &mut sketch));
    }
    let tree = sketch.finish();
    let said = |node| tree.node(node).map(|node| reader.value(node));
    let mut model = scope.model(dialect, root);
    let files = runs.first().into_iter().flat_map(Run::trees);
    let remarks: Vec<Remark> = files.flat_map(remarks).collect();
    for ways in worlds::grouped(met) {
        let before = model.heads.len();
        add_heads(&scope, &ways, &said, &mut model);
        let Some(met) = ways.first().map(|way| way.at) else {
            continue;
        };
        for head in &mut model.heads[before..] {
            facts::add(&remarks, &scope, met, head);
        }
    }
    facts::tell(&remarks, &mut model);
    model.computations = logarithms(&scope, &own_losses, &said);
    if model.heads.is_empty() {
        model.heads.extend(model.computations.first().and_then(of_own_loss));
    }
    (!model.heads.is_empty() || !model.computations.is_empty()).then_some(model)
}

/// The head that stands for a loss of the program's own, of which only this is looked at.
fn of_own_loss(computation: &Computation) -> Option<Head> {
    let (_, last) = computation.terms().last()?;
    Some(heads::without_output(NotChecked {
        what: Unjudged::CustomLoss,
        at: last.at,
        why: "only the logarithms of a loss of the program's own are looked at".to_owned(),
    }))
}

/// The logarithms in a program's own losses that are there whichever way it takes.
fn logarithms<'t>(
    scope: &Scope<'_>,
    runs: &[Vec<Plan>],
    said: &dyn Fn(NodeId) -> Option<Value<'t>>,
) -> Vec<Computation> {
    let mut seen: Vec<Location> = Vec::new();
    let mut all = Vec::new();
    for plan in runs.iter().flatten() {
        let Some((network, _)) = network::of(scope, plan, said) else {
            continue;
        };
        for computation in arithmetic::logarithms(scope, &network) {
            let Some((_, last)) = computation.terms().last() else {
                continue;
            };
            if !seen.contains(&last.at) {
                seen.push(last.at);
                all.push(computation);
            }
        }
    }
    all
}

/// Adds the heads of one meeting: of each output one for each way in which the program can come to it.
fn add_heads<'t>(scope: &Scope<'_>, ways: &[Meeting], said: &dyn Fn(NodeId) -> Option<Value<'t>>, model: &mut Model) {
    let mut outputs: Vec<Vec<Head>> = Vec::new();
    let before = model.heads.len();
    for (number, way) in ways.iter().enumerate() {
        let unmatched = model.unmatched_losses.len();
        way.add_heads(scope, said, model);
        if number > 0 {
            // They are told of the first way.
            model.unmatched_losses.truncate(unmatched);
        }
        for (output, head) in model.heads.drain(before..).enumerate() {
            if outputs.len() <= output {
                outputs.push(Vec::new());
            }
            if !outputs[output].iter().any(|other| worlds::are_alike(&head, other)) {
                outputs[output].push(head);
            }
        }
    }
    for heads in outputs {
        let meeting = (heads.len() > 1).then_some(model.heads.len() as u32);
        model
            .heads
            .extend(heads.into_iter().map(|head| Head { meeting, ..head }));
    }
}
