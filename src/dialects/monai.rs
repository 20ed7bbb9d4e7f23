//! MONAI bundles: `_target_` objects by bare class names, `@` references and `$` expressions → IR. The transforms that activate
//! predictions after the loss (`Activationsd`) are no part of a head.

use super::Dialect;
use super::reading::Reader;
use super::reading::training;
use crate::ir::Model;
use crate::syntax::NodeRef;

/// The dialect of MONAI bundles.
pub struct Monai;

impl Dialect for Monai {
    fn name(&self) -> &'static str {
        "monai"
    }

    fn marks(&self) -> &'static [&'static str] {
        &["monai", "$@", "$import", "$from", "\"@", "'@"]
    }

    fn detect(&self, _reader: &Reader<'_>, root: NodeRef<'_>) -> bool {
        if !root.is_object() {
            return false;
        }
        is_metadata(root) || is_bundle(root)
    }

    fn read(&self, reader: &Reader<'_>, root: NodeRef<'_>) -> Vec<Model> {
        training::read(reader, self.name(), root)
    }
}

/// A bundle's `metadata.json`.
fn is_metadata(root: NodeRef<'_>) -> bool {
    root.get("monai_version").is_some()
        && (root.get("network_data_format").is_some() || root.get("pytorch_version").is_some())
}

/// An expression that only bundles have, or components beside references to each other.
fn is_bundle(root: NodeRef<'_>) -> bool {
    let mut has_component = false;
    let mut has_reference = false;
    for node in root.descendants() {
        has_component |= node.get("_target_").is_some();
        let Some(text) = node.as_str() else { continue };
        if is_expression(text) {
            return true;
        }
        has_reference |= is_reference(text);
        if has_component && has_reference {
            return true;
        }
    }
    false
}

/// `$@network.parameters()`, `$import torch`, `$monai.utils…`.
fn is_expression(text: &str) -> bool {
    let Some(code) = text.strip_prefix('$') else {
        return false;
    };
    ["import ", "from ", "monai."]
        .iter()
        .any(|start| code.starts_with(start))
        || is_reference_ahead(code)
}

fn is_reference_ahead(code: &str) -> bool {
    let begins = |name: &str| name.starts_with(|c: char| c.is_alphabetic() || c == '_');
    code.strip_prefix('@').is_some_and(begins)
}

/// `@network`, `%train#transforms`: nothing but a reference.
fn is_reference(text: &str) -> bool {
    let Some(name) = text.strip_prefix(['@', '%']) else {
        return false;
    };
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '#' | ':');
    name.starts_with(|c: char| c.is_alphabetic() || c == '_') && name.chars().all(plain)
}
