//! The records of what a run left out, in the JSON report.

use serde::Serialize;

use crate::report::{Hidden, HiddenBySetting, HiddenPath, KnownFinding, LeftOutBy};
use crate::span::display_path;

/// What was left out.
#[derive(Serialize)]
pub struct HiddenRecord<'r> {
    paths: Vec<HiddenPathRecord>,
    settings: Vec<HiddenBySettingRecord<'r>>,
    known: Vec<KnownRecord<'r>>,
}

/// A file or folder that was not looked at.
#[derive(Serialize)]
struct HiddenPathRecord {
    path: String,
    by: &'static str,
}

/// A setting that makes lints say less.
#[derive(Serialize)]
struct HiddenBySettingRecord<'r> {
    path: &'r str,
    line: u32,
    column: u32,
    what: &'r str,
}

/// A finding that the baseline knows.
#[derive(Serialize)]
struct KnownRecord<'r> {
    lint: &'static str,
    path: &'r str,
    line: u32,
    column: u32,
}

impl<'r> From<&'r Hidden> for HiddenRecord<'r> {
    fn from(hidden: &'r Hidden) -> Self {
        let path = |hidden: &HiddenPath| HiddenPathRecord {
            path: display_path(&hidden.path),
            by: match hidden.by {
                LeftOutBy::IgnoreFile => "ignore-file",
                LeftOutBy::Glob => "glob",
                LeftOutBy::Convention => "convention",
            },
        };
        let setting = |setting: &'r HiddenBySetting| HiddenBySettingRecord {
            path: &setting.path,
            line: setting.at.line,
            column: setting.at.column,
            what: &setting.what,
        };
        let known = |known: &'r KnownFinding| KnownRecord {
            lint: known.lint,
            path: &known.path,
            line: known.at.line,
            column: known.at.column,
        };
        Self {
            paths: hidden.paths.iter().map(path).collect(),
            settings: hidden.settings.iter().map(setting).collect(),
            known: hidden.known.iter().map(known).collect(),
        }
    }
}
