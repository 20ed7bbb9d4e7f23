//! Fixes as the command line applies them: what is written where, what stays, what a diff and a report are good for.

#[path = "fix_files/broken.rs"]
mod broken;
mod common;
#[cfg(unix)]
#[path = "fix_files/ended.rs"]
mod ended;
#[path = "fix_files/killed.rs"]
mod killed;
#[cfg(unix)]
#[path = "fix_files/outside.rs"]
mod outside;
#[path = "fix_files/reports.rs"]
mod reports;

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use common::{Run, command, folder_with, losslint, names_in, run};

/// A linear head before a loss that takes probabilities: the fix is safe.
const BEFORE: &str = "losslint = 1 # kept\nframework = \"keras\"\n\n[[layers]]\ntype = \"Dense\"\nunits = 1\n\n[loss]\ntype = \"binary_crossentropy\" # kept too\n";
const AFTER: &str = "losslint = 1 # kept\nframework = \"keras\"\n\n[[layers]]\ntype = \"Dense\"\nunits = 1\n\n[loss]\ntype = \"binary_crossentropy\" # kept too\nfrom_logits = true\n";
/// A softmax over one unit: the fixes are choices.
const CHOICE: &str =
    "losslint = 1\nframework = \"keras\"\n\n[[layers]]\ntype = \"Dense\"\nunits = 1\nactivation = \"softmax\"\n";

fn check(folder: &Path, args: &[&str]) -> Run {
    let mut all = vec!["check", "--no-config"];
    all.extend(args);
    losslint(folder, &all)
}

fn check_input(folder: &Path, args: &[&str], input: &str) -> Run {
    let mut child = command(folder)
        .args(["check", "--no-config"])
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    let mut pipe = child.stdin.take().expect("a pipe");
    pipe.write_all(input.as_bytes()).expect("it reads all");
    drop(pipe);
    let output = child.wait_with_output().expect("it ends");
    Run {
        status: output.status.code(),
        stdout: String::from_utf8(output.stdout).expect("UTF-8"),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).expect("a text")
}

#[test]
fn safe_fixes_are_written_and_the_rest_is_left() {
    let folder = folder_with(&[("a.toml", BEFORE), ("b.toml", CHOICE)]);
    let run = check(folder.path(), &["--fix", "--format", "concise", "."]);
    assert_eq!(text(&folder.path().join("a.toml")), AFTER);
    assert_eq!(text(&folder.path().join("b.toml")), CHOICE);
    assert_eq!(run.status, Some(1), "{}", run.stderr);
    assert_eq!(run.findings().len(), 1, "{}", run.stdout);
    assert_eq!(
        run.stderr,
        "fixed 1 finding in 1 file: 1 logits-as-probabilities\n--fix --unsafe-fixes mends 1; --diff --unsafe-fixes shows how\n\
         1 error found\n2 models, 1 head checked; 1 head not checked (1 without a loss): losslint inspect FILE shows why\n"
    );
    let all = check(folder.path(), &["--fix", "--unsafe-fixes", "--format", "concise", "."]);
    assert_eq!(all.status, Some(0), "{}", all.stderr);
    assert!(text(&folder.path().join("b.toml")).contains("activation = \"sigmoid\""));
    assert_eq!(names_in(folder.path()), ["a.toml", "b.toml"]);
}

#[test]
fn a_diff_changes_nothing_and_what_stands_in_the_files_still_fails() {
    let folder = folder_with(&[("a.toml", BEFORE), ("clean.toml", AFTER)]);
    let run = check(folder.path(), &["--diff", "."]);
    assert_eq!(text(&folder.path().join("a.toml")), BEFORE);
    assert_eq!(run.status, Some(1), "{}", run.stderr);
    assert!(
        run.stderr
            .starts_with("would fix 1 finding in 1 file: 1 logits-as-probabilities\n"),
        "{}",
        run.stderr
    );
    assert_eq!(
        run.stdout,
        "--- a/a.toml\n+++ b/a.toml\n@@ -7,3 +7,4 @@\n \n [loss]\n type = \"binary_crossentropy\" # kept too\n+from_logits = true\n"
    );
    let clean = check(folder.path(), &["--diff", "clean.toml"]);
    assert_eq!((clean.status, clean.stdout.as_str()), (Some(0), ""));
}

#[test]
fn a_diff_is_coloured_when_asked_for_and_is_the_same_without_its_colours() {
    let folder = folder_with(&[("a.toml", BEFORE)]);
    let plain = check(folder.path(), &["--diff", "a.toml"]).stdout;
    let coloured = check(folder.path(), &["--diff", "--color", "always", "a.toml"]).stdout;
    assert!(
        coloured.contains("\x1b[32m+from_logits = true\x1b[0m\n"),
        "{coloured:?}"
    );
    assert_eq!(anstream::adapter::strip_str(&coloured).to_string(), plain);
}

/// `git apply` makes of a diff what `--fix` writes, whatever the names, the line breaks and the ends of the files are.
#[test]
fn git_applies_the_diff() {
    let Ok(version) = Command::new("git").arg("--version").output() else {
        println!("skipped: there is no git");
        return;
    };
    assert!(version.status.success());
    let windows = BEFORE.replace('\n', "\r\n");
    let without_end = BEFORE.trim_end();
    let one_line = "{\"losslint\": 1, \"framework\": \"keras\", \"layers\": [{\"type\": \"Dense\", \"units\": 1}], \"loss\": {\"type\": \"binary_crossentropy\"}}";
    let lone_returns = BEFORE
        .replace("# kept too\n", "# kept too\n\n[task]\n")
        .replace("# kept\n", "# kept\n\n\n\n\n\n");
    let mut files = vec![
        ("plain.toml", BEFORE),
        ("windows.toml", &windows),
        ("without-end.toml", without_end),
        ("one-line.json", one_line),
        ("blank-lines.toml", &lone_returns),
        ("two words/größe 2024-01-01.toml", BEFORE),
        ("deep/er/x.toml", BEFORE),
        ("choice.toml", CHOICE),
    ];
    if cfg!(unix) {
        files.push(("tab\tand \"quote\" back\\slash.toml", BEFORE));
    }
    let fixed = folder_with(&files);
    let patched = folder_with(&files);
    let options = ["--unsafe-fixes", "."];
    let diff = check(patched.path(), &["--diff", options[0], options[1]]);
    check(fixed.path(), &["--fix", options[0], options[1]]);
    let mut git = Command::new("git")
        .args(["apply", "--whitespace=nowarn", "-"])
        .current_dir(patched.path())
        .env("GIT_CEILING_DIRECTORIES", patched.path().parent().expect("a parent"))
        .stdin(Stdio::piped())
        .spawn()
        .expect("git starts");
    git.stdin
        .take()
        .expect("a pipe")
        .write_all(diff.stdout.as_bytes())
        .expect("git reads");
    assert!(git.wait().expect("git ends").success(), "{}", diff.stdout);
    for (name, before) in files {
        let now = text(&patched.path().join(name));
        assert_ne!(now, before, "{name}");
        assert_eq!(now, text(&fixed.path().join(name)), "{name}");
    }
}

#[test]
fn standard_input_is_fixed_to_standard_output() {
    let folder = folder_with(&[]);
    let name = ["--stdin-filename", "a.toml", "--format", "concise", "-"];
    let with = |option: &'static str| [&[option][..], &name].concat();
    let fixed = check_input(folder.path(), &with("--fix"), BEFORE);
    assert_eq!((fixed.status, fixed.stdout.as_str()), (Some(0), AFTER));
    assert!(fixed.stderr.starts_with("fixed 1 finding"), "{}", fixed.stderr);
    let diff = check_input(folder.path(), &with("--diff"), BEFORE);
    assert_eq!(diff.status, Some(1));
    assert!(
        diff.stdout.starts_with("--- a/a.toml\n+++ b/a.toml\n@@"),
        "{}",
        diff.stdout
    );
    // What cannot be fixed passes through, and the report stands beside it.
    let left = check_input(folder.path(), &with("--fix"), CHOICE);
    assert_eq!((left.status, left.stdout.as_str()), (Some(1), CHOICE));
    assert!(
        left.stderr.contains("a.toml:7:14: error[single-unit-softmax]"),
        "{}",
        left.stderr
    );
    assert_eq!(names_in(folder.path()), [""; 0]);
}

#[test]
fn line_breaks_a_byte_order_mark_and_a_missing_end_stay() {
    let windows = |text: &str| text.replace('\n', "\r\n");
    let marked = |text: &str| format!("\u{feff}{text}");
    let folder = folder_with(&[
        ("windows.toml", &windows(BEFORE)),
        ("marked.toml", &marked(BEFORE)),
        ("open.toml", BEFORE.trim_end()),
    ]);
    check(folder.path(), &["--fix", "."]);
    let now = |name: &str| text(&folder.path().join(name));
    assert_eq!(now("windows.toml"), windows(AFTER));
    assert_eq!(now("marked.toml"), marked(AFTER));
    assert_eq!(now("open.toml"), AFTER.trim_end());
}

#[cfg(unix)]
mod on_unix {
    use std::fs::Permissions;
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

    use super::*;

    #[test]
    fn permissions_stay_and_a_link_stays_a_link() {
        let folder = folder_with(&[("real/a.toml", BEFORE)]);
        let real = folder.path().join("real/a.toml");
        let link = folder.path().join("link.toml");
        fs::set_permissions(&real, Permissions::from_mode(0o640)).expect("permissions");
        symlink("real/a.toml", &link).expect("a link");
        let run = check(folder.path(), &["--fix", "link.toml"]);
        assert_eq!(run.status, Some(0), "{}", run.stderr);
        assert!(fs::symlink_metadata(&link).expect("a link").is_symlink());
        assert_eq!(text(&real), AFTER);
        assert_eq!(fs::metadata(&real).expect("the file").mode() & 0o777, 0o640);
    }

    #[test]
    fn a_file_and_links_to_it_are_fixed_once() {
        let folder = folder_with(&[("a.toml", BEFORE)]);
        for name in ["b.toml", "c.toml", "d.toml"] {
            symlink("a.toml", folder.path().join(name)).expect("a link");
        }
        let run = check(folder.path(), &["--fix", "."]);
        assert_eq!(run.status, Some(0), "{}", run.stderr);
        assert_eq!(text(&folder.path().join("a.toml")), AFTER);
    }

    fn as_a_common_user(folder: &Path, args: &[&str]) -> Run {
        common::unprivileged::run_unprivileged(folder, &[&["check", "--no-config"], args].concat())
    }

    #[test]
    fn a_file_or_folder_that_may_not_be_written_fails_the_run() {
        for (file_mode, folder_mode) in [(0o666, 0o555), (0o444, 0o777)] {
            let folder = folder_with(&[("a.toml", BEFORE)]);
            let path = folder.path().join("a.toml");
            fs::set_permissions(&path, Permissions::from_mode(file_mode)).expect("permissions");
            fs::set_permissions(folder.path(), Permissions::from_mode(folder_mode)).expect("permissions");
            let run = as_a_common_user(folder.path(), &["--fix", "--format", "concise", "a.toml"]);
            fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).expect("permissions");
            assert_eq!(run.status, Some(2), "{}", run.stderr);
            assert!(
                run.stderr
                    .starts_with("losslint: a.toml: cannot be written: Permission denied"),
                "{}",
                run.stderr
            );
            assert_eq!(
                run.findings().len(),
                1,
                "what stands in the file is reported: {}",
                run.stdout
            );
            assert!(!run.stderr.contains("fixed"), "{}", run.stderr);
            assert_eq!(text(&path), BEFORE);
            assert_eq!(names_in(folder.path()), ["a.toml"]);
        }
    }

    /// A disk that is full, as far as a shell can make one.
    #[test]
    fn a_write_that_fails_half_way_leaves_the_old_file() {
        let folder = folder_with(&[("a.toml", BEFORE)]);
        let mut shell = command(folder.path());
        let binary = shell.get_program().to_owned();
        shell = Command::new("sh");
        shell.current_dir(folder.path()).stdin(Stdio::null());
        shell.args([
            "-c",
            "trap '' XFSZ; ulimit -f 0; exec \"$0\" check --no-config --fix a.toml",
        ]);
        let run = run(shell.arg(binary));
        assert_eq!(run.status, Some(2), "{}", run.stderr);
        assert!(run.stderr.contains("a.toml: cannot be written: "), "{}", run.stderr);
        assert_eq!(text(&folder.path().join("a.toml")), BEFORE);
        assert_eq!(names_in(folder.path()), ["a.toml"]);
    }
}
