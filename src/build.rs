//! The build script: tables and front matter, which people write in TOML, become the JSON that is compiled in. JSON is read
//! several times faster, and reading the tables is most of what a run on one small file does.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

const KNOWLEDGE: &str = "src/knowledge";
const PAGES: &str = "lints";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=src/build.rs");
    tell_tests_what_lies_beside();
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo names no folder for what is built")?);
    let mut tables = files_below(Path::new(KNOWLEDGE), "toml")?;
    tables.sort();
    for path in &tables {
        convert(path, &fs::read_to_string(path)?, &out)?;
    }
    fs::write(out.join("tables.rs"), list_of(&tables)?)?;
    let mut pages = files_below(Path::new(PAGES), "md")?;
    pages.sort();
    fs::write(out.join("pages.rs"), list_of_pages(&pages)?)?;
    for path in pages {
        let text = fs::read_to_string(&path)?;
        let front = text.strip_prefix("+++\n").and_then(|rest| rest.split_once("\n+++\n"));
        let (front, _) = front.ok_or_else(|| format!("{}: the front matter must stand between +++", path.display()))?;
        convert(&path, front, &out)?;
    }
    Ok(())
}

/// What tests need that is no part of the repository. Where it is not there they count as ignored, not as passed.
fn tell_tests_what_lies_beside() {
    println!("cargo::rustc-check-cfg=cfg(beside, values(\"cases\", \"corpus\", \"knowledge\", \"truth\"))");
    for name in ["cases", "corpus", "knowledge", "truth"] {
        if Path::new("../shared").join(name).is_dir() {
            println!("cargo::rustc-cfg=beside=\"{name}\"");
        }
    }
}

/// Writes TOML as JSON, to the same path below another folder, with its keys in the same order.
fn convert(path: &Path, text: &str, out: &Path) -> Result<(), Box<dyn Error>> {
    let table: toml::Table = text.parse().map_err(|error| format!("{}: {error}", path.display()))?;
    let target = out.join(path).with_extension("json");
    fs::create_dir_all(target.parent().ok_or("a file without a folder")?)?;
    fs::write(target, serde_json::to_string(&table)?)?;
    Ok(())
}

/// The tables as Rust: of each the path below the folder, without its ending, and the text.
fn list_of(tables: &[PathBuf]) -> Result<String, Box<dyn Error>> {
    let mut list = "&[\n".to_owned();
    for path in tables {
        let name = path.strip_prefix(KNOWLEDGE)?.with_extension("");
        let parts: Vec<_> = name.iter().map(|part| part.to_string_lossy()).collect();
        let name = parts.join("/");
        list += &format!("({name:?}, include_str!(concat!(env!(\"OUT_DIR\"), \"/{KNOWLEDGE}/{name}.json\"))),\n");
    }
    Ok(list + "]")
}

/// The lints' pages as Rust: of each the name, the front matter and the whole text.
fn list_of_pages(pages: &[PathBuf]) -> Result<String, Box<dyn Error>> {
    let mut list = "&[\n".to_owned();
    for path in pages {
        let name = path.file_stem().ok_or("a page without a name")?.to_string_lossy();
        list += &format!(
            "PageText {{ name: {name:?}, front: include_str!(concat!(env!(\"OUT_DIR\"), \"/{PAGES}/{name}.json\")), \
             whole: include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/{PAGES}/{name}.md\")) }},\n"
        );
    }
    Ok(list + "]")
}

/// The files below a folder with this ending. Cargo is told to look at the folder for changes.
fn files_below(folder: &Path, ending: &str) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(files_below(&path, ending)?);
        } else if path.extension().is_some_and(|own| own == ending) {
            files.push(path);
        }
    }
    Ok(files)
}
