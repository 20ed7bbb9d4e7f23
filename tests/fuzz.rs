//! Mutation fuzzing on stable Rust: fixtures changed at random go through every parser, dialect, edit and output format.
//! The same inputs in every run, a few thousand by default. For more:
//!
//! ```text
//! LOSSLINT_FUZZ_INPUTS=10000000 cargo test --profile fuzz --test fuzz -- --nocapture --test-threads 1
//! ```
//!
//! A failure names its input; `LOSSLINT_FUZZ_FIRST` begins with another one than the first.

mod common;
#[path = "fuzz/mutate.rs"]
mod mutate;
#[path = "fuzz/sound.rs"]
mod sound;
#[path = "fuzz/targets.rs"]
mod targets;

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use fastrand::Rng;

/// Inputs of all targets together, when nobody asks for more.
const INPUTS: u64 = 20_000;
/// How long one input may take, with a margin for busy machines and unoptimised builds.
const PATIENCE: Duration = Duration::from_secs(60);

/// A share of the inputs, in hundredths.
struct Share(u64);

/// Runs a target on its share of the inputs, each from its own number. The target says of how many things it was that an
/// input was about: at least so many must come of a hundred inputs, or the target shows nothing.
fn fuzz(name: &'static str, share: Share, at_least: usize, target: impl Fn(&mut Rng) -> usize) {
    let first = number("LOSSLINT_FUZZ_FIRST").unwrap_or(0);
    let inputs = number("LOSSLINT_FUZZ_INPUTS").unwrap_or(INPUTS) * share.0 / 100;
    let at = AtomicU64::new(first);
    let done = AtomicBool::new(false);
    let reached = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        scope.spawn(|| watch(name, &at, &done));
        let start = Instant::now();
        let result = catch_unwind(AssertUnwindSafe(|| {
            for input in first..first + inputs {
                at.store(input, Ordering::Relaxed);
                // Targets begin at different places, so that they do not all see the same inputs.
                let seed = input ^ (name.len() as u64) << 56 ^ u64::from(name.as_bytes()[0]) << 48;
                reached.fetch_add(target(&mut Rng::with_seed(seed)), Ordering::Relaxed);
            }
        }));
        done.store(true, Ordering::Relaxed);
        match result {
            Ok(()) => {
                let (looked, reached) = (sound::LOOKED.get(), reached.load(Ordering::Relaxed));
                println!(
                    "{name}: {inputs} inputs, {reached} reached, in {:.0?}: {looked}",
                    start.elapsed()
                );
                // Of a few inputs, as when one is looked at again, nothing can be said.
                let is_enough = inputs < 100 || reached * 100 >= at_least * inputs as usize;
                assert!(is_enough, "{name}: only {reached} of {inputs} inputs came through");
            }
            Err(cause) => {
                eprintln!("{name}: again with LOSSLINT_FUZZ_FIRST={}", at.load(Ordering::Relaxed));
                resume_unwind(cause);
            }
        }
    });
}

/// Ends the process when one input takes too long: a thread that does not come back cannot be ended.
fn watch(name: &str, at: &AtomicU64, done: &AtomicBool) {
    let mut last = (at.load(Ordering::Relaxed), Instant::now());
    while !done.load(Ordering::Relaxed) {
        std::thread::sleep(Duration::from_millis(20));
        let now = at.load(Ordering::Relaxed);
        if now != last.0 {
            last = (now, Instant::now());
        } else if last.1.elapsed() > PATIENCE {
            eprintln!("{name}: no end of input {now} after {PATIENCE:?}");
            std::process::abort();
        }
    }
}

fn number(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{name}: not a number: {text}")))
}

#[test]
fn parsers() {
    let seeds = targets::texts();
    fuzz("parsers", Share(62), 10, |rng| targets::parse(rng, &seeds));
}

#[test]
fn models() {
    let seeds = targets::texts();
    fuzz("models", Share(10), 5, |rng| targets::check(rng, &seeds));
}

#[test]
fn programs() {
    let seeds = targets::programs();
    fuzz("programs", Share(10), 5, |rng| targets::program(rng, &seeds));
}

#[test]
fn expressions() {
    let seeds = targets::expressions();
    fuzz("expressions", Share(3), 1, |rng| targets::expression(rng, &seeds));
}

#[test]
fn fixes() {
    let seeds = targets::texts();
    fuzz("fixes", Share(6), 1, |rng| targets::fix(rng, &seeds));
}

#[test]
fn edits() {
    let seeds = targets::texts();
    fuzz("edits", Share(6), 10, |rng| targets::edit(rng, &seeds));
}

#[test]
fn archives() {
    let seeds = targets::archives();
    fuzz("archives", Share(2), 30, |rng| targets::archive(rng, &seeds));
}

#[test]
fn configurations() {
    let seeds = targets::configurations();
    let folder = tempfile::tempdir().expect("a temporary folder");
    fuzz("configurations", Share(1), 5, |rng| {
        targets::configuration(rng, &seeds, folder.path())
    });
}
