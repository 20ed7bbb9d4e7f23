//! The reports for people and the concise lines, as snapshots of what the binary prints. Paths in them are relative, so
//! that they read the same everywhere.

mod common;

use std::path::Path;

use common::{command, files_below, fixtures, folder_with, losslint, root, run};
use losslint::check::{Request, check};
use losslint::config::{Globs, Origin, Selection};
use losslint::discover::Walk;
use losslint::output::{self, Format, Style};
use losslint::report::Report;

/// The report of some files, without the summary and without colours.
fn human<S: AsRef<str>>(folder: &Path, paths: &[S]) -> String {
    let mut args = vec!["check", "--no-config", "--quiet", "--color", "never", "--"];
    args.extend(paths.iter().map(AsRef::as_ref));
    let run = losslint(folder, &args);
    assert!(
        run.is_orderly() && run.stderr.is_empty(),
        "{:?}: {}",
        run.status,
        run.stderr
    );
    run.stdout
}

/// One snapshot of a fixture's report, named after it.
fn snapshot(fixture: &str) {
    let path = format!("fixtures/{fixture}");
    let (name, _) = fixture.rsplit_once('.').expect("an extension");
    insta::assert_snapshot!(name.replace('/', "-"), human(root(), &[path]));
}

#[test]
fn an_export_with_labels_far_apart() {
    snapshot("bad/mse-for-classification/two-outputs-loss-by-name.json");
}

#[test]
fn an_export_on_one_line_is_drawn_as_an_excerpt() {
    snapshot("bad/mse-for-classification/churn-sigmoid-one-line.json");
}

#[test]
fn facts_beside_an_export_are_drawn_in_their_own_file() {
    snapshot("bad/mse-for-classification/task-from-facts.json");
    snapshot("bad/unnormalized-targets/house-prices.json");
}

#[test]
fn specs() {
    snapshot("bad/probabilities-as-logits/spec-on-tensorflow.toml");
    snapshot("bad/metric-mismatch/spec.toml");
}

#[test]
fn torch_configurations() {
    snapshot("bad/probabilities-as-logits/torch-softmax.toml");
    snapshot("bad/sigmoid-categorical-crossentropy/torch-sigmoid.json");
}

#[test]
fn labels_within_an_expression() {
    snapshot("bad/unclipped-log/own-binary-crossentropy.json");
    snapshot("bad/unclipped-log/torch-own-crossentropy.toml");
}

#[test]
fn a_label_within_another_has_an_excerpt_of_its_own() {
    snapshot("bad/ineffective-epsilon/half-precision.toml");
}

#[test]
fn operations_of_a_graph() {
    snapshot("bad/unclipped-log/focal-loss-in-the-graph.json");
}

#[test]
fn broken_files() {
    snapshot("bad/syntax-error/toml-several-mistakes.toml");
    snapshot("bad/syntax-error/export-cut-off-one-line.json");
    snapshot("hostile/bytes/utf-16-little-endian.json");
    snapshot("hostile/bytes/empty.json");
}

#[test]
fn keys_given_twice() {
    snapshot("bad/duplicate-key/loss-twice-one-line.json");
    snapshot("bad/duplicate-key/spec-activation-twice.json");
}

#[test]
fn names_that_would_move_the_cursor() {
    snapshot("hostile/keras-types/terminal-escapes-in-names.json");
}

#[test]
fn several_files() {
    let files = [
        "fixtures/bad/single-unit-softmax/spec.toml",
        "fixtures/good/single-unit-softmax/spec.toml",
        "fixtures/bad/single-unit-softmax/torch-softmax.toml",
    ];
    insta::assert_snapshot!("several-files", human(root(), &files));
}

#[test]
fn concise_lines() {
    let folder = "fixtures/bad/logits-as-probabilities";
    let run = losslint(
        root(),
        &["check", "--no-config", "--format", "concise", "--quiet", folder],
    );
    insta::assert_snapshot!("concise", run.stdout);
}

#[test]
fn colours() {
    let file = "fixtures/bad/probabilities-as-logits/torch-softmax.toml";
    let run = losslint(root(), &["check", "--no-config", "--quiet", "--color", "always", file]);
    // The escape character is written out, so that the snapshot is a text.
    insta::assert_snapshot!("colours", run.stdout.replace('\u{1b}', "␛"));
}

/// Colours add to a report and change nothing else in it.
#[test]
fn colours_leave_the_text_as_it_is() {
    let file = "fixtures/bad/probabilities-as-logits/torch-softmax.toml";
    let run = losslint(root(), &["check", "--no-config", "--quiet", "--color", "always", file]);
    let mut plain = String::new();
    for part in run.stdout.split('\u{1b}') {
        let is_code = part.starts_with('[') && part.contains('m');
        plain.push_str(if is_code {
            part.split_once('m').map_or("", |(_, text)| text)
        } else {
            part
        });
    }
    // The drawing library puts a line of its own before each excerpt, which only shows when it holds colours.
    let without_empty_lines = |text: &str| -> Vec<String> {
        let lines = text.lines().map(|line| line.trim_end().to_owned());
        lines.filter(|line| !line.trim().is_empty()).collect()
    };
    assert_eq!(
        without_empty_lines(&plain),
        without_empty_lines(&human(root(), &[file]))
    );
}

/// What a terminal of 50 columns shows, made with `script`; `None` where that does not exist.
#[cfg(target_os = "linux")]
fn on_a_narrow_terminal(variables: &str) -> Option<String> {
    let file = "fixtures/bad/mse-for-classification/declared-binary.toml";
    let binary = env!("CARGO_BIN_EXE_losslint");
    let line = format!(
        "stty rows 24 cols 50; {variables} {binary} check --no-config --quiet --progress never --color never {file}"
    );
    let mut script = std::process::Command::new("script");
    script.current_dir(root()).stdin(std::process::Stdio::null());
    let output = script
        .args(["-q", "-e", "-c", &line, "/dev/null"])
        .env_remove("COLUMNS")
        .output();
    let Ok(output) = output else {
        eprintln!("skipped: there is no `script` here");
        return None;
    };
    let text = String::from_utf8(output.stdout).expect("a report is UTF-8");
    Some(text.replace('\r', ""))
}

#[cfg(target_os = "linux")]
#[test]
fn the_width_is_that_of_the_terminal() {
    if let Some(text) = on_a_narrow_terminal("") {
        insta::assert_snapshot!("width-50", text);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn columns_counts_more_than_the_terminal_and_nothing_in_a_pipe() {
    let file = "fixtures/bad/mse-for-classification/declared-binary.toml";
    let piped = human(root(), &[file]);
    let args = ["check", "--no-config", "--quiet", file];
    assert_eq!(run(command(root()).args(args).env("COLUMNS", "50")).stdout, piped);
    if let Some(text) = on_a_narrow_terminal("COLUMNS=80") {
        assert_eq!(text, piped);
    }
}

/// The findings of every bad fixture, as the library gives them.
fn report_of_bad_fixtures() -> Report {
    let request = Request {
        paths: vec![root().join("fixtures/bad")],
        standard_input: None,
        walk: Walk {
            respect_ignore_files: false,
        },
        config: Origin::Defaults,
        selection: Selection::default(),
        exclude: Globs::none(),
        force_exclude: false,
        jobs: None,
        with_snippets: true,
        fixing: None,
    };
    check(&request, &|_, _| ()).expect("no configuration").report
}

#[test]
fn excerpts_fit_terminals_of_every_width() {
    let report = report_of_bad_fixtures();
    for width in [40, 50, 60, 80, 100, 120] {
        let mut text = Vec::new();
        let style = Style { color: false, width };
        output::write(&report, Format::Human, style, &mut text).expect("memory can be written to");
        let text = String::from_utf8(text).expect("a report is UTF-8");
        // A heading has the whole path, so that it can be copied.
        let drawn = text
            .lines()
            .filter(|line| line.contains(['│', '·']) && !line.contains("╭─["));
        let mut widest = 0;
        for line in drawn {
            let columns = textwrap::core::display_width(line);
            assert!(columns <= width, "{columns} of {width}: {line}");
            widest = widest.max(columns);
        }
        assert!(widest + 5 > width, "{widest} of {width}: room is wasted");
    }
}

#[test]
fn a_place_beyond_column_65535() {
    let padding = "x".repeat(70_000);
    let text = format!(
        r#"{{"losslint": 1, "framework": "keras", "name": "{padding}", "layers": [{{"type": "Dense", "units": 1, "activation": "softmax"}}], "loss": {{"type": "mse"}}}}"#
    );
    let folder = folder_with(&[("far.json", &text)]);
    insta::assert_snapshot!("far-column", human(folder.path(), &["far.json"]));
    let concise = losslint(
        folder.path(),
        &["check", "--no-config", "-q", "--format", "concise", "far.json"],
    );
    insta::assert_snapshot!("far-column-concise", concise.stdout);
}

#[test]
fn a_long_line_that_has_no_structure() {
    let layers = format!(
        "layers = [{}{{ type = \"Dense\", units = 1, activation = \"softmax\" }}]",
        " ".repeat(500)
    );
    let folder = folder_with(&[("long.toml", &format!("losslint = 1\nframework = \"keras\"\n{layers}\n"))]);
    insta::assert_snapshot!("long-toml-line", human(folder.path(), &["long.toml"]));
}

#[test]
fn tabs_and_wide_characters_keep_labels_in_place() {
    let tabs = "losslint = 1\nframework = \"keras\"\n\n[[layers]]\n\ttype = \"Dense\"\n\tunits = 1\n\tactivation =\t\"softmax\"\t# tab\n";
    let wide = "{\n  \"losslint\": 1, \"framework\": \"keras\",\n  \"layers\": [\n    { \"name\": \"最後の層\", \"type\": \"Dense\", \"units\": 1, \"activation\": \"softmax\" }\n  ]\n}\n";
    let folder = folder_with(&[("tabs.toml", tabs), ("wide.json", wide)]);
    insta::assert_snapshot!("tabs", human(folder.path(), &["tabs.toml"]));
    insta::assert_snapshot!("wide-characters", human(folder.path(), &["wide.json"]));
    let concise = losslint(
        folder.path(),
        &["check", "--no-config", "-q", "--format", "concise", "."],
    );
    insta::assert_snapshot!("columns-are-characters", concise.stdout);
}

/// No finding takes more lines than a small screen shows at once.
#[test]
fn findings_fit_on_a_screen() {
    let reports = human(root(), &fixtures("bad"));
    let ends_with_more = |line: &&str| line.starts_with("  more: ");
    let findings = reports.lines().filter(ends_with_more).count();
    let mut long = Vec::new();
    let mut lines = 0;
    let mut title = "";
    for line in reports.lines() {
        lines += 1;
        match lines {
            1 => title = line,
            _ if ends_with_more(&line) => {
                if lines > 25 {
                    long.push(format!("{lines} lines: {title}"));
                }
                // The empty line between two findings counts for neither.
                lines = -1;
            }
            _ => {}
        }
    }
    assert!(findings > 200, "{findings} findings");
    assert!(long.is_empty(), "{} of {findings}:\n{}", long.len(), long.join("\n"));
}

#[test]
fn words_of_the_report_stay_within_80_columns() {
    let entries = [
        "error[", "warning[", "info[", "  why:", "  help:", "  more:", "        ",
    ];
    for line in human(root(), &fixtures("bad")).lines() {
        let own = entries.iter().any(|entry| line.starts_with(entry)) && !line.contains('·');
        assert!(!own || line.chars().count() <= 80, "{line:?}");
    }
}

/// The same bytes, whatever the order of the arguments and however often.
#[test]
fn reports_do_not_depend_on_the_order_of_arguments() {
    let mut files: Vec<String> = files_below("fixtures/bad/single-unit-softmax");
    let forward = human(root(), &files);
    files.reverse();
    assert_eq!(forward, human(root(), &files));
    files.extend(files.clone());
    assert_eq!(forward, human(root(), &files));
}

#[test]
fn one_thread_or_many_give_the_same_bytes() {
    let args = ["check", "--no-config", "--format", "concise", "-q", "fixtures"];
    let alone = run(command(root()).args(args).env("RAYON_NUM_THREADS", "1"));
    let together = run(command(root()).args(args).env("RAYON_NUM_THREADS", "8"));
    assert!(!alone.stdout.is_empty());
    assert_eq!(alone.stdout, together.stdout);
}
