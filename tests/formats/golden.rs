//! Golden files: what the binary writes about a small set of models, byte for byte. `UPDATE=1` writes them anew.

use std::fs;
use std::path::{Path, PathBuf};

use crate::FORMATS;
use crate::common::{Run, files_below, losslint, root};

/// Where the models and the golden files are.
const MODELS: &str = "tests/formats/models";
const GOLDEN: &str = "tests/formats/golden";

/// A copy of the models in a folder that is a repository, since fingerprints count paths from its root.
pub fn models() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::create_dir(folder.path().join(".git")).expect("a folder");
    for file in files_below(MODELS) {
        let below = file.strip_prefix(MODELS).and_then(|path| path.strip_prefix('/'));
        let copy = folder.path().join(below.expect("a path below the models"));
        fs::create_dir_all(copy.parent().expect("a folder")).expect("a folder");
        fs::copy(root().join(&file), copy).expect("a copy");
    }
    folder
}

/// Checks all models with every lint on.
pub fn check(folder: &Path, more: &[&str]) -> Run {
    let mut args = vec!["check", "--no-config", "--select", "all", "--quiet", "."];
    args.extend(more);
    let run = losslint(folder, &args);
    assert_eq!(run.status, Some(1), "{}", run.stderr);
    run
}

/// What depends on the version, or is a lint's whole page, has no place in a golden file.
fn redacted(text: &str) -> String {
    let version = format!("\"semanticVersion\": \"{}\"", env!("CARGO_PKG_VERSION"));
    let text = text.replace(&version, "\"semanticVersion\": \"VERSION\"");
    let mut lines: Vec<String> = Vec::new();
    let mut within_help = false;
    for line in text.lines() {
        let opens = line.ends_with("\"help\": {") || line.ends_with("\"fullDescription\": {");
        within_help = opens || (within_help && !line.trim_start().starts_with('}'));
        let end = if line.ends_with(',') { "," } else { "" };
        match line.split_once(": \"") {
            Some((name, _)) if within_help => lines.push(format!("{name}: \"PAGE\"{end}")),
            _ => lines.push(line.to_owned()),
        }
    }
    lines.join("\n") + "\n"
}

#[test]
fn every_format_reads_as_its_golden_file() {
    let folder = models();
    let mut wrong = Vec::new();
    for (name, _) in FORMATS {
        let run = check(folder.path(), &["--format", name]);
        assert!(run.stderr.is_empty(), "{name}: {}", run.stderr);
        let written = redacted(&run.stdout);
        let golden: PathBuf = root().join(GOLDEN).join(format!("{name}.txt"));
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&golden, &written).expect("the golden file is written");
        }
        let golden = fs::read_to_string(&golden).unwrap_or_default();
        if golden != written {
            wrong.push(format!("{name}: {}", first_difference(&golden, &written)));
        }
    }
    assert!(wrong.is_empty(), "UPDATE=1 writes them anew\n{}", wrong.join("\n"));
}

fn first_difference(golden: &str, written: &str) -> String {
    let mut lines = golden.lines().zip(written.lines()).enumerate();
    let different = lines.find(|(_, (golden, written))| golden != written);
    match different {
        Some((index, (golden, written))) => format!("line {}:\n  golden  {golden}\n  written {written}", index + 1),
        None => format!(
            "{} lines in the golden file, {} written",
            golden.lines().count(),
            written.lines().count()
        ),
    }
}

#[test]
fn formats_do_not_change_the_exit_status() {
    let folder = models();
    for (name, _) in FORMATS {
        check(folder.path(), &["--format", name]);
        let clean = losslint(folder.path(), &["check", "--no-config", "--format", name, "hint.toml"]);
        assert_eq!(clean.status, Some(0), "{name}: {}", clean.stderr);
    }
}
