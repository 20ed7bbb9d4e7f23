//! Programs that are made to be followed for ever, too deep or too long: each is checked soon, and the loss at its end is judged or
//! said not to be.

mod common;

use common::{check, folder_with};

const BEGIN: &str = "import torch\nfrom torch import nn\nrule = nn.CrossEntropyLoss()\n";
const END: &str = "\nrule(nn.Linear(3, 3)(x), y).backward()\n";

/// All of these in one folder, so that they are followed by the threads of a pool, whose stacks are small.
fn all_are_read(programs: &[(&str, String)]) {
    let files: Vec<(String, String)> = programs
        .iter()
        .flat_map(|(name, text)| (0..3).map(move |copy| (format!("{name}{copy}.py"), format!("{BEGIN}{text}{END}"))))
        .collect();
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    let folder = folder_with(&files);
    let run = check(folder.path(), &["."]);
    assert_eq!((run.status, run.stdout.as_str()), (Some(0), ""), "{}", run.stderr);
    let wanted = format!("{0} models, {0} heads checked", files.len());
    assert!(run.stderr.contains(&wanted), "{}", run.stderr);
}

/// Functions that call the next one from within 180 brackets or 90 blocks.
fn chain(count: usize, body: impl Fn(usize) -> String) -> String {
    let functions: String = (0..count)
        .map(|number| format!("def f{number}(x):\n{}", body(number + 1)))
        .collect();
    format!("{functions}def f{count}(x):\n    return x\nf0(1)\n")
}

#[test]
fn deep_programs() {
    let brackets = chain(23, |next| {
        format!("    return {}f{next}(x){}\n", "[".repeat(180), "]".repeat(180))
    });
    let blocks = chain(23, |next| {
        let blocks: String = (1..90).map(|level| format!("{}if 1:\n", "  ".repeat(level))).collect();
        format!("{blocks}{}return f{next}(x)\n", "  ".repeat(90))
    });
    let classes: String = (0..2000)
        .map(|number| format!("class A{}(A{number}):\n    pass\n", number + 1))
        .collect();
    all_are_read(&[
        ("brackets", brackets),
        ("blocks", blocks),
        ("classes", format!("class A0(nn.Module):\n    pass\n{classes}A2000()\n")),
        ("signs", format!("z = {}1\n", "~".repeat(7900))),
        ("sum", format!("z = a{}\n", "+a".repeat(3900))),
        ("calls", format!("z = a{}\n", "()".repeat(3900))),
        ("functions", format!("z = {}1\n", "lambda: ".repeat(990))),
        ("choices", format!("z = {}1\n", "a if b else ".repeat(600))),
        ("sides", format!("if a: pass\n{}", "elif b: pass\n".repeat(20_000))),
    ]);
}

#[test]
fn long_programs() {
    let layers = "net = nn.Linear(3, 3)\nh = x\n".to_owned()
        + &"h = torch.softmax(net(h), 1)\nrule(h.detach(), y)\n".repeat(1500);
    let doubled = "z = [1]\nfor a in range(64):\n    z += z\nfor a in range(64):\n    for b in range(64):\n        for c in z:\n            pass\n";
    let keys: String = (0..8000).map(|number| format!("d['k{number}'] = {number}\n")).collect();
    let sides: String = (0..2000)
        .map(|number| format!("if c{number}:\n    a{number} = 1\nelse:\n    a{number} = 2\n"))
        .collect();
    let folder = folder_with(&[
        ("layers.py", &format!("{BEGIN}{layers}{END}")),
        ("doubled.py", &format!("{BEGIN}{doubled}{END}")),
        ("keys.py", &format!("{BEGIN}d = {{}}\n{keys}{END}")),
        ("sides.py", &format!("{BEGIN}{sides}{END}")),
    ]);
    let run = check(folder.path(), &["."]);
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    assert!(run.stderr.contains("4 models"), "{}", run.stderr);
}

/// What never ends is followed as far as the bounds allow; what comes behind it may be out of reach.
#[test]
fn endless_programs() {
    let folder = folder_with(&[
        (
            "itself.py",
            &format!("{BEGIN}def f(x):\n    return f(f(x))\nf(1)\n{END}"),
        ),
        (
            "each_other.py",
            &format!(
                "{BEGIN}def f(x):\n    for a in b:\n        g(x)\n        g(x)\ndef g(x):\n    for a in b:\n        f(x)\n        f(x)\nf(1)\n{END}"
            ),
        ),
        (
            "rounds.py",
            &format!(
                "{BEGIN}for a in range(64):\n  for b in range(64):\n    for c in range(64):\n      z = a + b + c\n{END}"
            ),
        ),
        (
            "lists.py",
            &format!("{BEGIN}z = [nn.Linear(3, 3)]\nfor a in range(64):\n    z = [z, z, z, z]\n{END}"),
        ),
        (
            "nets.py",
            &format!("{BEGIN}w = nn.Linear(3, 3)\nfor a in range(60):\n    w = nn.Sequential(w, w)\nw(x)\n{END}"),
        ),
        (
            "waits.py",
            &format!("{BEGIN}while True:\n    while True:\n        pass\n{END}"),
        ),
    ]);
    let run = check(folder.path(), &["."]);
    assert_eq!((run.status, run.stdout.as_str()), (Some(0), ""), "{}", run.stderr);
}
