//! `--fix`, `--unsafe-fixes` and `--diff`: which fixes are applied, and the lines that tell what they did.

use std::collections::{BTreeMap, HashSet};
use std::io::{self, IsTerminal, Write};

use clap::Args;

use crate::check::{Fixing, Mended, Outcome, StandardInput, Untouched};
use crate::cli::counted;
use crate::diagnostic::Applicability;
use crate::output::diff::For;
use crate::output::{self, Style};
use crate::report::{Reported, ReportedFix};
use crate::span::display_path;

/// The options for fixes.
#[derive(Args)]
pub struct FixArgs {
    /// Apply the fixes that are safe: the numbers stay the same, or the framework would refuse the file
    #[arg(long)]
    fix: bool,
    /// Apply those too that are a choice, or change what saved weights mean
    #[arg(long)]
    unsafe_fixes: bool,
    /// Print what fixes would change as a unified diff, and change nothing
    #[arg(long)]
    pub diff: bool,
}

impl FixArgs {
    /// Whether files are written.
    pub fn is_written(&self) -> bool {
        self.fix && !self.diff
    }

    /// What to apply; the error tells which options do not go together.
    pub fn fixing(&self) -> Result<Option<Fixing>, String> {
        if !self.fix && !self.diff {
            return match self.unsafe_fixes {
                true => {
                    Err("--unsafe-fixes says which fixes: add --fix to apply them, or --diff to see them".to_owned())
                }
                false => Ok(None),
            };
        }
        Ok(Some(Fixing {
            unsafe_too: self.unsafe_fixes,
            write: !self.diff,
        }))
    }
}

/// The text that came from standard input, fixed: as it came when there was nothing to fix in it.
pub fn print_input(input: &StandardInput, mended: &[Mended], out: &mut dyn Write) -> io::Result<()> {
    match mended.iter().find(|mended| mended.is_input) {
        Some(mended) => out.write_all(mended.after.as_bytes()),
        None => out.write_all(&input.bytes),
    }
}

/// Prints the changes as a diff.
pub fn print_diff(mended: &[Mended], style: Style, out: &mut dyn Write) -> io::Result<()> {
    let reader = if style.color || io::stdout().is_terminal() {
        For::People
    } else {
        For::Programs
    };
    mended.iter().try_for_each(|mended| {
        let texts = (&*mended.before, &*mended.after);
        output::diff::write(&mended.path, texts, style, reader, out)
    })
}

/// The lines about fixes in the summary: what was done, and what could still be.
pub fn summary(outcome: &Outcome, fixing: Option<Fixing>, verbose: bool) -> String {
    let mut lines = String::new();
    if let Some(fixing) = fixing {
        lines.push_str(&done(&outcome.mended, fixing, verbose));
        for (path, why) in &outcome.untouched {
            let path = display_path(path);
            let why = match why {
                Untouched::SavedModel => "a saved model is fixed in the code that saves it",
                Untouched::SyntaxError => "a file with a syntax error is mended by hand first",
                Untouched::Outside => "a link leads out of the folder; name the file itself",
            };
            lines.push_str(&format!("{path}: not touched: {why}\n"));
        }
    }
    lines.push_str(&possible(outcome, fixing));
    lines
}

fn done(mended: &[Mended], fixing: Fixing, verbose: bool) -> String {
    let mut lines = String::new();
    let mut lints: BTreeMap<&str, usize> = BTreeMap::new();
    for file in mended {
        for fixed in &file.fixed {
            *lints.entry(fixed.lint).or_default() += 1;
            if verbose {
                let path = display_path(&file.path);
                lines.push_str(&format!("{path}: {}: {}\n", fixed.lint, fixed.message));
            }
        }
    }
    let count: usize = lints.values().sum();
    if count == 0 {
        return lines;
    }
    let verb = if fixing.write { "fixed" } else { "would fix" };
    let lints: Vec<String> = lints.iter().map(|(lint, count)| format!("{count} {lint}")).collect();
    lines.push_str(&format!(
        "{verb} {} in {}: {}\n",
        counted(count, "finding", "findings"),
        counted(mended.len(), "file", "files"),
        lints.join(", ")
    ));
    lines
}

/// How many of the findings that are left could be fixed, and by which option. Files that are not checked are not fixed.
fn possible(outcome: &Outcome, fixing: Option<Fixing>) -> String {
    let checked: HashSet<String> = outcome.paths.iter().map(|path| display_path(path)).collect();
    let is_checked = |fix: &&ReportedFix| fix.edits.iter().all(|edit| checked.contains(&edit.place.path));
    let first = |finding: &Reported| {
        let fixes = finding.fixes.iter().filter(is_checked);
        fixes.map(|fix| fix.applicability).min()
    };
    let count = |wanted| {
        let fits = |finding: &&Reported| first(finding) == Some(wanted);
        outcome.report.counted().filter(fits).count()
    };
    let safe = count(Applicability::Safe);
    let others = count(Applicability::Unsafe);
    match fixing {
        None if safe > 0 && others > 0 => {
            format!("--fix mends {safe}, and {others} more with --unsafe-fixes; --diff shows how\n")
        }
        None if safe > 0 => format!("--fix mends {safe}; --diff shows how\n"),
        Some(Fixing { unsafe_too: true, .. }) => String::new(),
        _ if others > 0 => format!("--fix --unsafe-fixes mends {others}; --diff --unsafe-fixes shows how\n"),
        _ => String::new(),
    }
}
