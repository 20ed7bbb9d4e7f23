//! Python programs: what `inspect` shows of each shape that they have, modules of the project, bounds, and that nothing of them is run.

mod common;

use std::fmt::Write as _;

use common::patience;
use common::{check, command, fixtures, folder_with, losslint, root};

/// A program for each shape that people give their trainings, in the order of how often they were met.
const SHAPES: &[(&str, &str)] = &[
    (
        "layers added one by one",
        "bad/sigmoid-categorical-crossentropy/keras-added-layers.py",
    ),
    (
        "a class, a criterion, a loop",
        "bad/probabilities-as-logits/torch-class-and-loop.py",
    ),
    ("a functional graph", "bad/logits-as-probabilities/keras-functional.py"),
    (
        "a builder of a list of layers",
        "bad/probabilities-as-logits/keras-built-by-a-function.py",
    ),
    ("a softmax for people only", "zoo/python/softmax-for-people-only.py"),
    (
        "a loss of Keras called by hand",
        "bad/logits-as-probabilities/keras-loss-called.py",
    ),
    (
        "layers made in a loop, unpacked",
        "bad/not-log-probabilities/torch-unpacked-layers.py",
    ),
    (
        "net and loss handed to a function",
        "zoo/python/net-and-loss-handed-over.py",
    ),
    (
        "a module of Lightning",
        "bad/squashed-logits/lightning-training-step.py",
    ),
    (
        "scores and shares returned together",
        "bad/probabilities-as-logits/torch-scores-and-shares.py",
    ),
    (
        "a base with a new head in Keras",
        "bad/sigmoid-categorical-crossentropy/keras-pretrained-base.py",
    ),
    ("log-probabilities", "zoo/python/log-probabilities.py"),
    ("two nets against each other", "zoo/python/adversarial.py"),
    ("an autoencoder", "zoo/python/keras-autoencoder.py"),
    (
        "a new head on a net of torchvision",
        "bad/probabilities-as-logits/torchvision-new-head.py",
    ),
    (
        "several outputs",
        "bad/sigmoid-categorical-crossentropy/keras-several-outputs.py",
    ),
    ("compiled again", "bad/logits-as-probabilities/keras-compiled-again.py"),
    ("what is not made here", "zoo/python/not-made-here.py"),
    (
        "either side of a branch",
        "zoo/python/activation-and-loss-of-one-branch.py",
    ),
];

#[test]
fn inspect_shows_the_heads_of_every_shape() {
    let folder = root().join("fixtures");
    let mut text = String::new();
    for (shape, path) in SHAPES {
        let run = losslint(&folder, &["inspect", path]);
        assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""), "{path}");
        let (folder, _) = path.rsplit_once('/').expect("a folder");
        let shown = run.stdout.replace(&format!("{folder}/"), "");
        writeln!(text, "# {shape}\n{shown}").expect("a string");
    }
    insta::assert_snapshot!("inspect", text);
}

const NET: &str = "import torch\nfrom torch import nn\n\n\nclass Net(nn.Module):\n    def __init__(self):\n        \
    super().__init__()\n        self.end = nn.Sequential(nn.Linear(4, 3), nn.Softmax(dim=1))\n\n    def forward(self, x):\n        \
    return self.end(x)\n";

/// A program that trains what it imports.
fn training(import: &str) -> String {
    format!(
        "import torch\nfrom torch import nn\n{import}\n\nnn.CrossEntropyLoss()(Net()(torch.ones(1, 4)), 0).backward()\n"
    )
}

/// The files in which a check of a program finds the mistake, when it imports and lies as is said.
fn found_in(import: &str, program: &str, module: &str) -> Vec<String> {
    let files = [(program, training(import)), (module, NET.to_owned())];
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let folder = folder_with(&files);
    let run = check(folder.path(), &[program]);
    assert!(run.is_orderly(), "{}", run.stderr);
    run.files()
}

#[test]
fn modules_of_the_project_are_followed() {
    for (import, program, module) in [
        ("from net import Net", "train.py", "net.py"),
        ("from net import *", "train.py", "net.py"),
        ("from nets import Net", "train.py", "nets/__init__.py"),
        ("from nets.small import Net", "train.py", "nets/small.py"),
        ("from net import Net", "train.py", "src/net.py"),
        ("from .net import Net", "package/train.py", "package/net.py"),
        ("from ..net import Net", "package/train/train.py", "package/net.py"),
        ("from net import Net", "scripts/train.py", "net.py"),
        ("from net import Net", "scripts/train.py", "src/net.py"),
        ("from ....net import Net", "a/b/c/train.py", "net.py"),
    ] {
        assert_eq!(found_in(import, program, module), [module], "{import} in {program}");
    }
}

/// Nothing far above the program is opened, and what has the name of a library is the library's.
#[test]
fn modules_elsewhere_are_not() {
    for (import, program, module) in [
        ("from .....net import Net", "a/b/c/d/train.py", "net.py"),
        ("from net import Net", "a/b/train.py", "net.py"),
        ("from torchvision.net import Net", "train.py", "torchvision/net.py"),
        ("from other import Net", "train.py", "net.py"),
    ] {
        assert!(found_in(import, program, module).is_empty(), "{import} in {program}");
    }
}

/// A chain of modules longer than the bound on files: what lies behind it is not known.
#[test]
fn a_bounded_number_of_modules_is_opened() {
    let with = |modules: usize| {
        let mut files = vec![("train.py".to_owned(), training("from m0 import Net"))];
        for number in 0..modules {
            let next = format!("from m{} import Net\n", number + 1);
            let is_last = number + 1 == modules;
            files.push((format!("m{number}.py"), if is_last { NET.to_owned() } else { next }));
        }
        let files: Vec<(&str, &str)> = files
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str()))
            .collect();
        let folder = folder_with(&files);
        check(folder.path(), &["train.py"]).findings().len()
    };
    assert_eq!(with(20), 1);
    assert_eq!(with(40), 0);
    assert_eq!(with(2000), 0);
}

#[cfg(unix)]
#[test]
fn modules_behind_links_that_lead_out_are_not_opened() {
    let program = training("from net import Net");
    let folder = folder_with(&[("project/train.py", &program), ("elsewhere/net.py", NET)]);
    let link = folder.path().join("project/net.py");
    std::os::unix::fs::symlink(folder.path().join("elsewhere/net.py"), link).expect("a link");
    let run = check(&folder.path().join("project"), &["train.py"]);
    assert!(run.is_orderly() && run.findings().is_empty(), "{}", run.stdout);
}

/// A program that would do something if anything of it ran.
#[test]
fn nothing_of_a_program_is_run() {
    let program = "import os, subprocess, sys\nimport torch\nfrom torch import nn\nfrom beside import Net\n\n\
        open('written', 'w').write('x')\nos.mkdir('made')\nsubprocess.run(['touch', 'touched'])\n\
        exec(\"open('executed', 'w')\")\n__import__('os').mkdir('imported')\n\
        nn.CrossEntropyLoss()(Net()(torch.ones(1, 4)), 0).backward()\nsys.exit(9)\n";
    let folder = folder_with(&[("train.py", program), ("beside.py", NET)]);
    let run = check(folder.path(), &["."]);
    assert!(run.is_orderly(), "{}", run.stderr);
    assert_eq!(run.files(), ["beside.py"]);
    assert_eq!(common::names_in(folder.path()), ["beside.py", "train.py"]);
}

/// Programs that would never end, or take all memory, are done with at once.
#[test]
fn programs_without_an_end_end() {
    let head = "import torch\nfrom torch import nn\nnet, rule = nn.Linear(2, 2), nn.CrossEntropyLoss()\n";
    let tail = "rule(net(torch.ones(1, 2)), 0).backward()\n";
    let doubling: String = (0..200).map(|_| "many = many + many\n").collect();
    let calls: String = (0..60)
        .map(|number| format!("def f{number}():\n    return f{0}(), f{0}(), f{0}()\n", number + 1))
        .collect();
    let branches: String = (0..300)
        .map(|number| format!("if c{number}():\n    net = nn.Sequential(net, nn.ReLU())\n"))
        .collect();
    for (what, body) in [
        ("a loop", "while True:\n    net = nn.Sequential(net, net)\n".to_owned()),
        (
            "rounds",
            "for a in range(10 ** 18):\n    for b in range(10 ** 18):\n        net = net\n".to_owned(),
        ),
        (
            "known rounds",
            format!(
                "many = list(range(60))\n{}        net = net\n",
                "for a in many:\n for b in many:\n  for c in many:\n   for d in many:\n    for e in many:\n"
            ),
        ),
        (
            "a list",
            format!("many = [net]\n{doubling}net = nn.Sequential(*many)\n"),
        ),
        ("a text", format!("many = 'x'\n{doubling}")),
        ("a number", "many = 9 ** 9 ** 9 ** 9\n".to_owned()),
        (
            "recursion",
            "def f(n):\n    return nn.Sequential(f(n), f(n))\nnet = f(net)\n".to_owned(),
        ),
        (
            "calls that multiply",
            format!("{calls}def f60():\n    return 1\nf0()\n"),
        ),
        ("branches", branches),
        (
            "comprehensions",
            "many = [[[x for x in range(60)] for y in range(60)] for z in range(60)]\n".to_owned(),
        ),
    ] {
        let program = format!("{head}{body}{tail}");
        let folder = folder_with(&[("train.py", &program)]);
        let run =
            patience::run(command(folder.path()).args(["check", "--no-config", "--format", "concise", "train.py"]));
        assert!(!run.stdout.contains("syntax-error"), "{what}: {}", run.stdout);
    }
}

#[test]
fn correct_programs_are_silent_beside_each_other() {
    assert!(fixtures("zoo/python").len() > 20);
    let run = check(root(), &["fixtures/zoo/python"]);
    let loud = run.findings().into_iter().filter(common::Finding::is_loud).count();
    assert_eq!(loud, 0, "{}", run.stdout);
}
