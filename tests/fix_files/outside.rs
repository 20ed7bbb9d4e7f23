//! Files outside the folder that is checked, to which links lead: none is written, and none of their text is shown.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use super::{AFTER, BEFORE, check, text};
use crate::common::{folder_with, losslint};

/// A word of the comment that stands in the excerpt of every finding of the text.
const SECRET: &str = "kept too";

fn link(to: &Path, at: &Path) {
    symlink(to, at).expect("a link");
}

#[test]
fn a_file_outside_is_neither_written_nor_shown() {
    let outside = folder_with(&[("secret.toml", BEFORE)]);
    let secret = outside.path().join("secret.toml");
    let folder = folder_with(&[("deeper/own.toml", AFTER)]);
    link(&secret, &folder.path().join("link.toml"));
    link(&secret, &folder.path().join("deeper/link.toml"));
    link(outside.path(), &folder.path().join("away"));
    for args in [
        &["."][..],
        &["link.toml", "deeper"],
        &["away/secret.toml"],
        &["deeper/../link.toml"],
    ] {
        for option in ["--fix", "--diff", "--verbose"] {
            let run = check(folder.path(), &[&[option], args].concat());
            assert_eq!(run.status, Some(1), "{args:?} {option}: {}", run.stderr);
            assert_eq!(text(&secret), BEFORE, "{args:?}");
            assert!(!run.stdout.contains(SECRET), "{args:?} {option}: {}", run.stdout);
            let told = run.stderr.contains("not touched: a link leads out of the folder");
            assert_eq!(told, option != "--verbose", "{args:?} {option}: {}", run.stderr);
        }
    }
    // Without a link it is what was named.
    let shown = check(folder.path(), &[secret.to_str().expect("UTF-8")]);
    assert!(shown.stdout.contains(SECRET), "{}", shown.stdout);
    check(folder.path(), &["--fix", secret.to_str().expect("UTF-8")]);
    assert_eq!(text(&secret), AFTER);
}

#[test]
fn facts_and_configurations_outside_are_not_shown() {
    let outside = folder_with(&[("secret.toml", "password = \"hunter2\" # kept too\n")]);
    let secret = outside.path().join("secret.toml");
    for name in ["own.facts.toml", "losslint.toml"] {
        let folder = folder_with(&[("own.toml", BEFORE)]);
        link(&secret, &folder.path().join(name));
        let run = losslint(folder.path(), &["check", "."]);
        assert!(
            run.stdout.contains("own.") || run.status == Some(2),
            "{name}: {}",
            run.stdout
        );
        let all = run.stdout + &run.stderr;
        assert!(!all.contains("hunter2"), "{name}: {all}");
    }
}

#[test]
fn reports_and_baselines_stay_in_the_folder() {
    for options in [&["--write-baseline"][..], &["--output-format", "json", "--output-file"]] {
        let outside = folder_with(&[("own", "mine\n")]);
        let folder = folder_with(&[("a.toml", BEFORE), ("real/report", "")]);
        link(&outside.path().join("own"), &folder.path().join("there"));
        link(&outside.path().join("new"), &folder.path().join("not-there"));
        link(outside.path(), &folder.path().join("away"));
        for name in ["there", "not-there", "away/own", "away/new"] {
            let run = check(folder.path(), &[options, &[name, "a.toml"]].concat());
            assert_eq!(run.status, Some(2), "{name}: {}", run.stderr);
            assert!(run.stderr.contains("leads out of the folder"), "{name}: {}", run.stderr);
        }
        assert_eq!(text(&outside.path().join("own")), "mine\n");
        assert_eq!(fs::read_dir(outside.path()).expect("a folder").count(), 1);
        // A link within the folder is followed, and stays one.
        link(Path::new("real/report"), &folder.path().join("within"));
        let run = check(folder.path(), &[options, &["within", "a.toml"]].concat());
        assert_ne!(run.status, Some(2), "{}", run.stderr);
        assert_ne!(text(&folder.path().join("real/report")), "");
        assert!(folder.path().join("within").is_symlink());
    }
}
