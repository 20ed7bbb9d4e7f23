//! What a run leaves out because files of the project say so: counted in the summary, listed by `--verbose` and in the JSON
//! report, and not believed under `--trusted-config`.

mod common;

use common::{BAD_SPEC as BAD, folder_with, losslint};
use serde_json::Value;

const ROW: &str = "[[losses]]\nname = \"CrossEntropyLoss\"\nframework = \"pytorch\"\nlike = \"torch.nn.MSELoss\"\n";

/// A folder in which each file has a mistake, and something hides each but that of `told.toml`.
fn hiding() -> tempfile::TempDir {
    let accepted = format!("# losslint: ignore-file[single-unit-softmax] it is meant so\n{BAD}");
    let config = "exclude = [\"excluded.toml\"]\nignore = [\"large-one-hot\"]\nfail-on = \"never\"\n\
        [severity]\nlabel-format = \"off\"\nunits-classes = \"info\"\nunclipped-log = \"error\"\n\
        [thresholds]\nimbalance = 1e9\n\
        [[per-file]]\nfiles = \"other/**\"\nignore = [\"refused-name\"]\n";
    folder_with(&[
        ("losslint.toml", &format!("{config}{ROW}override = true\n")),
        (".losslintignore", "ignored.toml\nfolder/\n"),
        ("accepted.toml", &accepted),
        ("excluded.toml", BAD),
        ("folder/bad.toml", BAD),
        ("ignored.toml", BAD),
        ("told.toml", BAD),
    ])
}

#[test]
fn what_is_left_out_is_counted_and_listed() {
    let folder = hiding();
    let run = losslint(folder.path(), &["check", "--format", "concise", "."]);
    assert_eq!(run.files(), ["told.toml"]);
    let counts = "left out: 3 paths, 1 accepted finding, 7 settings that make lints say less: --verbose lists them\n";
    assert!(run.stderr.ends_with(counts), "{}", run.stderr);

    let verbose = losslint(folder.path(), &["check", "--format", "concise", "--verbose", "."]);
    for line in [
        "excluded.toml: left out by a glob",
        "folder: left out by an ignore file",
        "ignored.toml: left out by an ignore file",
        "accepted: single-unit-softmax: it is meant so",
        "losslint.toml:2:11: large-one-hot does not run",
        "losslint.toml:3:11: no finding fails the run",
        "losslint.toml:5:1: label-format does not run",
        "losslint.toml:6:1: units-classes is told as info",
        "losslint.toml:9:1: the limit imbalance is 1e9",
        "losslint.toml:12:11: refused-name does not run on some files",
        "losslint.toml:13:1: \"CrossEntropyLoss\" means the project's own",
    ] {
        assert!(verbose.stderr.contains(line), "{line}: {}", verbose.stderr);
    }
    assert!(
        !verbose.stderr.contains("unclipped-log"),
        "what is told louder hides nothing"
    );
}

#[test]
fn the_json_report_lists_what_is_left_out() {
    let folder = hiding();
    losslint(folder.path(), &["check", "--write-baseline", "known", "told.toml"]);
    let run = losslint(
        folder.path(),
        &["check", "--format", "json", "--baseline", "known", "."],
    );
    let report: Value = serde_json::from_str(&run.stdout).expect("a report");
    let hidden = &report["hidden"];
    let all = |part: &str, key: &str| -> Vec<String> {
        let items = hidden[part].as_array().into_iter().flatten();
        items
            .map(|item| item[key].as_str().unwrap_or_default().to_owned())
            .collect()
    };
    assert_eq!(all("paths", "path"), ["excluded.toml", "folder", "ignored.toml"]);
    assert_eq!(all("paths", "by"), ["glob", "ignore-file", "ignore-file"]);
    assert_eq!(all("known", "lint"), ["single-unit-softmax"]);
    assert_eq!(hidden["settings"].as_array().map(Vec::len), Some(7));
    assert_eq!(report["summary"]["suppressed"], 1);

    let clean = losslint(
        folder.path(),
        &["check", "--format", "json", "--no-config", "told.toml"],
    );
    let report: Value = serde_json::from_str(&clean.stdout).expect("a report");
    assert_eq!(report.get("hidden"), None, "nothing is left out");
}

#[test]
fn a_trusted_configuration_is_the_only_one_that_is_believed() {
    let folder = hiding();
    let base = folder_with(&[("losslint.toml", "exclude = [\"excluded.toml\"]\n")]);
    let config = base.path().join("losslint.toml");
    let config = config.to_str().expect("a path");
    let args = ["check", "--format", "concise", "--trusted-config", config, "."];
    let run = losslint(folder.path(), &args);
    assert_eq!(
        run.status,
        Some(1),
        "fail-on is not that of the project: {}",
        run.stderr
    );
    assert_eq!(run.files(), ["folder/bad.toml", "ignored.toml", "told.toml"]);
    assert!(
        run.stderr.contains("excluded.toml: left out by a glob"),
        "{}",
        run.stderr
    );
    assert!(run.stderr.contains("accepted: single-unit-softmax"), "{}", run.stderr);
    assert!(
        run.stderr.ends_with("left out: 1 path, 1 accepted finding\n"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_row_may_take_a_name_of_a_library_only_if_it_says_so() {
    for (more, allowed) in [("", false), ("override = false\n", false), ("override = true\n", true)] {
        let folder = folder_with(&[("losslint.toml", &format!("{ROW}{more}")), ("told.toml", BAD)]);
        let run = losslint(folder.path(), &["check", "--format", "concise", "."]);
        assert_eq!(run.status, Some(if allowed { 1 } else { 2 }), "{more}: {}", run.stderr);
        let refused = "\"CrossEntropyLoss\" is a name of pytorch's own";
        assert_eq!(run.stderr.contains(refused), !allowed, "{more}: {}", run.stderr);
        let help = "give the project's own another name, or add override = true";
        assert_eq!(run.stderr.contains(help), !allowed, "{more}: {}", run.stderr);
    }
    // In Keras nothing is called so.
    let keras = ROW
        .replace("\"pytorch\"", "\"keras\"")
        .replace("torch.nn.MSELoss", "keras.losses.Huber");
    let folder = folder_with(&[("losslint.toml", &keras), ("told.toml", BAD)]);
    assert_eq!(losslint(folder.path(), &["check", "."]).status, Some(1));
}

const PROGRAM: &str = "import keras\n\nmodel = keras.Sequential([keras.layers.Dense(1, \"softmax\")])\n\
    model.compile(\"adam\", \"binary_crossentropy\")\n";

/// Programs that others wrote are not read where a walk meets them: each folder is told once, by its name or as an environment.
#[test]
fn programs_in_folders_of_other_peoples_code_are_left_out() {
    let folder = folder_with(&[
        ("train.py", PROGRAM),
        ("env/pyvenv.cfg", "home = /usr/bin\n"),
        ("env/lib/a.py", PROGRAM),
        ("deep/.venv/lib/site-packages/a/b.py", PROGRAM),
        ("deep/.venv/lib/site-packages/a/c.py", PROGRAM),
        ("build/lib/d.py", PROGRAM),
        ("build/model.toml", BAD),
        ("dist/notes.txt", "no program"),
    ]);
    let run = losslint(folder.path(), &["check", "--format", "concise", "--verbose", "."]);
    let mut files = run.files();
    files.sort_unstable();
    assert_eq!(files, ["build/model.toml", "train.py"]);
    let told = run.stderr.lines().filter(|line| line.contains("other people's"));
    let told: Vec<&str> = told.filter_map(|line| line.split(':').next()).collect();
    assert_eq!(told, ["build", "deep/.venv", "env"]);
    assert!(run.stderr.contains("left out: 3 paths"), "{}", run.stderr);
    for named in ["build/lib/d.py", "env", "deep/.venv/lib/site-packages/a"] {
        let run = losslint(folder.path(), &["check", "--format", "concise", named]);
        assert!(!run.files().is_empty(), "{named}: {}", run.stderr);
    }
    let hook = ["check", "--format", "concise", "--force-exclude", "build/lib/d.py"];
    assert!(losslint(folder.path(), &hook).files().is_empty());
}

/// What Python 3 does not read is told with `--verbose`, and is a finding only when it is named.
#[test]
fn programs_of_another_python_are_told_where_they_are_met() {
    let old = format!("{PROGRAM}print \"done\"\n");
    let folder = folder_with(&[("old.py", &old)]);
    let run = losslint(folder.path(), &["check", "--verbose", "."]);
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    let told = "old.py: skipped: no program that Python 3 can read\n";
    assert!(run.stderr.contains(told), "{}", run.stderr);
    let named = losslint(folder.path(), &["check", "--format", "concise", "old.py"]);
    assert!(named.stdout.contains("error[syntax-error]"), "{}", named.stdout);
}
