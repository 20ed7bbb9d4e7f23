//! Files with syntax errors: no fix is tried on them, in any format, and that is said.

use super::{check, check_input, text};
use crate::common::folder_with;

/// Specs with a mistake that has a safe fix, and a fault behind it, in each format.
const BROKEN: &[(&str, &str)] = &[
    (
        "a.toml",
        "losslint = 1\nframework = \"keras\"\n\n[[layers]]\ntype = \"Dense\"\nunits = 1\n\n[loss]\ntype = \"binary_crossentropy\"\nreduction = \"sum\n",
    ),
    (
        "b.yaml",
        "losslint: 1\nframework: keras\nlayers:\n  - type: Dense\n    units: 1\nloss:\n  type: binary_crossentropy\n  reduction: \"sum\n",
    ),
    (
        "c.json",
        "{\"losslint\": 1, \"framework\": \"keras\", \"layers\": [{\"type\": \"Dense\", \"units\": 1}], \"loss\": {\"type\": \"binary_crossentropy\", \"reduction\": \"sum}}\n",
    ),
];

#[test]
fn a_file_with_a_syntax_error_is_never_edited() {
    let folder = folder_with(BROKEN);
    for (name, before) in BROKEN {
        for _ in 0..2 {
            let run = check(folder.path(), &["--fix", "--unsafe-fixes", "--format", "json", name]);
            assert_eq!(text(&folder.path().join(name)), *before, "{name}");
            assert_eq!(run.status, Some(1), "{name}: {}", run.stderr);
            let said = format!("{name}: not touched: a file with a syntax error is mended by hand first\n");
            assert!(run.stderr.starts_with(&said), "{name}: {}", run.stderr);
            assert!(!run.stdout.contains("\"edits\""), "{name}: {}", run.stdout);
        }
        let diff = check(folder.path(), &["--diff", "--unsafe-fixes", name]);
        assert_eq!((diff.status, diff.stdout.as_str()), (Some(1), ""), "{name}");
        let filtered = check_input(
            folder.path(),
            &["--fix", "--unsafe-fixes", "--stdin-filename", name, "-"],
            before,
        );
        assert_eq!(filtered.stdout, *before, "{name}");
        for format in ["sarif", "rdjson", "jsonl"] {
            let report = check(folder.path(), &["--format", format, name]).stdout;
            assert!(!report.contains("from_logits\": true\\n"), "{name}: {report}");
            assert!(!report.contains("\"fixes\":[{"), "{name}: {report}");
        }
    }
}

/// The error counts although its lint does not run.
#[test]
fn what_a_run_ignores_is_respected_by_fixes() {
    let folder = folder_with(BROKEN);
    check(folder.path(), &["--fix", "--ignore", "syntax-error", "."]);
    for (name, before) in BROKEN {
        assert_eq!(text(&folder.path().join(name)), *before, "{name}");
    }
}
