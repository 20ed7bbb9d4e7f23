//! Checking texts that could take for ever or flood the terminal: with an end to the patience and to the output.

use std::fs;
use std::process::Stdio;
use std::time::{Duration, Instant};

use super::{Run, command, folder_with};

/// How long a check may take, with a margin for slow machines and unoptimised builds.
const PATIENCE: Duration = Duration::from_secs(60);
/// How much a report of one file may hold.
const FLOOD: usize = 300_000;

/// Checks one text; a run that does not end in time is ended.
fn check(name: &str, text: &str) -> Run {
    let folder = folder_with(&[(name, text)]);
    let report = folder.path().join("report.txt");
    let mut command = command(folder.path());
    command.args(["check", "--no-config", "--fail-on", "never", name]);
    command
        .stdout(fs::File::create(&report).expect("a file"))
        .stderr(Stdio::piped());
    let mut child = command.spawn().expect("it starts");
    let start = Instant::now();
    while child.try_wait().expect("a status").is_none() {
        if start.elapsed() > PATIENCE {
            child.kill().expect("it can be ended");
            panic!("{name}: no end after {PATIENCE:?}");
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    let output = child.wait_with_output().expect("it has ended");
    Run {
        status: output.status.code(),
        stdout: fs::read_to_string(&report).expect("a report is UTF-8"),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// Checks one text and asserts that it did no harm.
pub fn survives(name: &str, text: &str) -> Run {
    let run = check(name, text);
    let stderr: String = run.stderr.chars().take(500).collect();
    assert!(run.is_orderly(), "{name}: {:?}: {stderr}", run.status);
    assert!(
        run.stdout.len() < FLOOD,
        "{name}: a report of {} bytes",
        run.stdout.len()
    );
    run
}
