//! What `docs/SECURITY.md` promises, as far as the project's own files and one run can show it.

mod common;

use std::collections::BTreeSet;
use std::fs;

use common::source::{sources, text_of};
use common::{check, folder_with, losslint};

/// Crates that speak to a network, start a runtime for that, run Python, load libraries, or read pickles.
const NEVER: &[&str] = &[
    "async-std",
    "attohttpc",
    "curl",
    "dlopen",
    "h2",
    "hickory-resolver",
    "http",
    "hyper",
    "inline-python",
    "isahc",
    "libloading",
    "mio",
    "native-tls",
    "openssl",
    "openssl-sys",
    "pyo3",
    "pyo3-ffi",
    "quinn",
    "reqwest",
    "rustls",
    "rustpython-vm",
    "sentry",
    "serde-pickle",
    "smol",
    "socket2",
    "ssh2",
    "surf",
    "tch",
    "tokio",
    "trust-dns-resolver",
    "tungstenite",
    "ureq",
    "wasmer",
    "wasmtime",
    "websocket",
    "webpki",
    "wgpu",
    "zmq",
];

#[test]
fn no_dependency_speaks_to_a_network_or_runs_models() {
    let lock: toml::Table = text_of("Cargo.lock").parse().expect("a lock file");
    let packages = lock["package"].as_array().expect("packages");
    let names: BTreeSet<&str> = packages.iter().filter_map(|package| package["name"].as_str()).collect();
    assert!(
        names.len() > 50 && names.contains("losslint"),
        "{} packages",
        names.len()
    );
    let found: Vec<&&str> = NEVER.iter().filter(|name| names.contains(**name)).collect();
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn the_code_opens_no_socket_starts_no_process_and_has_nothing_unsafe() {
    let files = sources();
    assert!(files.len() > 100);
    for file in &files {
        for call in [
            "std::net",
            "TcpStream",
            "UdpSocket",
            "UnixStream",
            "process::Command",
            "Command::new",
            "unsafe {",
        ] {
            assert!(!file.code.contains(call), "{}: {call}", file.path);
        }
    }
    for path in ["src/lib.rs", "src/main.rs"] {
        assert!(text_of(path).contains("#![forbid(unsafe_code)]"), "{path}");
    }
}

/// The byte code of a `Lambda` and a pickle beside it, both of which would make a file if anything ran them.
#[test]
fn code_in_models_is_never_run() {
    const LAMBDA: &str = r#"{"class_name": "Sequential", "config": {"name": "s", "layers": [
        {"class_name": "Dense", "config": {"name": "d", "units": 3, "activation": "linear"}},
        {"class_name": "Lambda", "config": {"name": "l", "function": {"class_name": "__lambda__", "config": {"code":
        "open('harmed', 'w')", "defaults": null, "closure": null}}}}]},
        "compile_config": {"loss": "categorical_crossentropy"}}"#;
    const EXPRESSION: &str = r#"{"losslint": 1, "framework": "keras", "layers": [{"type": "Dense", "units": 1}],
        "loss": {"expression": "open('harmed', 'w') and __import__('os').system('touch harmed')"}}"#;
    const PICKLE: &str = "cposix\nsystem\n(S'touch harmed'\ntR.";
    let names = [
        "lambda.json",
        "expression.json",
        "model.pkl",
        "model.pt",
        "model.pth",
        "model.ckpt",
    ];
    let files = [("lambda.json", LAMBDA), ("expression.json", EXPRESSION)];
    let pickles = names[2..].iter().map(|name| (*name, PICKLE));
    let folder = folder_with(&files.into_iter().chain(pickles).collect::<Vec<_>>());
    let run = check(folder.path(), &["."]);
    assert_eq!((run.status, run.stdout.as_str()), (Some(0), ""), "{}", run.stderr);
    assert!(run.stderr.contains("not checked"), "{}", run.stderr);
    losslint(folder.path(), &["check", "--no-config", "--unsafe-fixes", "--fix", "."]);
    for name in names {
        check(folder.path(), &[name]);
        losslint(folder.path(), &["inspect", name]);
    }
    let mut left: Vec<String> = fs::read_dir(folder.path())
        .expect("a folder")
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    left.sort();
    let mut expected = names.to_vec();
    expected.sort_unstable();
    assert_eq!(left, expected);
}
