//! Runs that could take for ever or flood the terminal: with an end to the patience and to the output.

use std::fs;
use std::process::Command;
use std::time::{Duration, Instant};

use super::{Run, command, folder_with};

/// How long a run may take, with a margin for busy machines and unoptimised builds.
const PATIENCE: Duration = Duration::from_secs(60);
/// Bytes that a report of one file may have.
const FLOOD: usize = 300_000;

/// Runs a prepared command; one that does not end in time is ended, and the test fails. What it prints goes to files, so
/// that it never waits for a reader.
pub fn run(command: &mut Command) -> Run {
    let output = tempfile::tempdir().expect("a temporary folder");
    let (stdout, stderr) = (output.path().join("stdout"), output.path().join("stderr"));
    command
        .stdout(fs::File::create(&stdout).expect("a file"))
        .stderr(fs::File::create(&stderr).expect("a file"));
    let mut child = command.spawn().expect("it starts");
    let start = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().expect("a status") {
            break status;
        }
        if start.elapsed() > PATIENCE {
            child.kill().expect("it can be ended");
            panic!("{command:?}: no end after {PATIENCE:?}");
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    let run = Run {
        status: status.code(),
        stdout: fs::read_to_string(stdout).expect("a report is UTF-8"),
        stderr: fs::read_to_string(stderr).expect("words"),
    };
    let words: String = run.stderr.chars().take(500).collect();
    assert!(run.is_orderly(), "{command:?}: {:?}: {words}", run.status);
    run
}

/// Checks one text and asserts that it was read and did no harm: a run that could not look at it shows nothing.
pub fn survives(name: &str, text: &str) -> Run {
    let folder = folder_with(&[(name, text)]);
    let mut command = command(folder.path());
    command.args(["check", "--no-config", "--fail-on", "never", name]);
    let run = run(&mut command);
    assert_eq!(run.status, Some(0), "{name}: {}", run.stderr);
    let length = run.stdout.len();
    assert!(length < FLOOD, "{name}: a report of {length} bytes");
    run
}

/// A Keras model with this configuration.
pub fn export(config: &str) -> String {
    format!(r#"{{"class_name": "Sequential", "config": {config}}}"#)
}
