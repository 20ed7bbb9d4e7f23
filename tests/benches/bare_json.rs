//! What checking cannot be faster than: reads every `.json` file below a folder and either parses it into nothing
//! (`bare-json parse FOLDER`) or looks through it for one word (`bare-json scan FOLDER`). `tests/scripts/benchmark.py`
//! runs it beside losslint.

use std::path::PathBuf;

use rayon::prelude::*;
use serde::de::IgnoredAny;
use walkdir::WalkDir;

fn main() {
    let mut arguments = std::env::args_os().skip(1);
    let parses = arguments.next().is_some_and(|mode| mode == "parse");
    let files: Vec<PathBuf> = arguments
        .flat_map(WalkDir::new)
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .map(walkdir::DirEntry::into_path)
        .filter(|path| path.extension().is_some_and(|ending| ending == "json"))
        .collect();
    let found: usize = files
        .par_iter()
        .map(|path| {
            let bytes = std::fs::read(path).expect("a file");
            if parses {
                usize::from(serde_json::from_slice::<IgnoredAny>(&bytes).is_ok())
            } else {
                usize::from(memchr::memmem::find(&bytes, b"class_name").is_some())
            }
        })
        .sum();
    println!("{} files, {found} of them as they should be", files.len());
}
