//! MONAI bundles: `_target_` objects by bare class names, `@` references and `$` expressions → IR. The transforms that activate
//! predictions after the loss (`Activationsd`) are no part of a head.

use super::Dialect;
use super::training;
use crate::ir::Model;
use crate::knowledge::layout;
use crate::reading::Reader;
use crate::values::{Notation, Value};

/// The dialect of MONAI bundles.
pub struct Monai;

impl Dialect for Monai {
    fn name(&self) -> &'static str {
        "monai"
    }

    fn marks(&self) -> &'static [&'static str] {
        &["monai", "$@", "$import", "$from", "\"@", "'@", "(@"]
    }

    fn notation(&self) -> &'static Notation {
        &Notation::BUNDLE
    }

    fn detect(&self, reader: &Reader<'_>, root: Value<'_>) -> bool {
        if !root.is_object() {
            return false;
        }
        is_metadata(root) || is_bundle(root) || hyper_parameters(reader, root).is_some_and(is_bundle)
    }

    fn read(&self, reader: &Reader<'_>, root: Value<'_>) -> Vec<Model> {
        let tops: Vec<_> = std::iter::once(root).chain(hyper_parameters(reader, root)).collect();
        training::read(reader, self.name(), &tops)
    }
}

/// A network that stands in a file of its own is trained by the loss among the hyperparameters: `network.yaml` and
/// `hyper_parameters.yaml`, as MONAI's Auto3DSeg writes its bundles. Hyperparameters with a network of their own belong to that.
fn hyper_parameters<'t>(reader: &Reader<'t>, root: Value<'t>) -> Option<Value<'t>> {
    const DIALECT: &str = "monai";
    let name = reader.file_name();
    if !name.starts_with(NETWORK) || !has_component(root) {
        return None;
    }
    let found = training::find(reader, DIALECT, root)?;
    let beside = name.replacen(NETWORK, HYPER_PARAMETERS, 1);
    let has_network = |root: Value<'_>| root.members().any(|(key, _)| layout(DIALECT).is_network(key.text()));
    let belongs = found.losses.is_empty() && reader.look(&beside).is_some_and(|root| !has_network(root));
    belongs.then(|| reader.file(&beside)).flatten()
}

/// How the name of a file begins that holds the network only.
const NETWORK: &str = "network";
/// How the name of the file beside it begins.
const HYPER_PARAMETERS: &str = "hyper_parameters";

/// A bundle's `metadata.json`.
fn is_metadata(root: Value<'_>) -> bool {
    root.get("monai_version").is_some()
        && (root.get("network_data_format").is_some() || root.get("pytorch_version").is_some())
}

/// An expression that only bundles have, or components beside references to each other.
fn is_bundle(root: Value<'_>) -> bool {
    let mut has_component = false;
    let mut has_reference = false;
    for node in root.descendants() {
        has_component |= node.get("_target_").is_some();
        let Some(text) = node.as_str() else { continue };
        if is_expression(text) {
            return true;
        }
        has_reference |= is_reference(text) || is_call_of_reference(text);
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

/// `$torch.nn.Sequential(@network, …)`: an expression with a reference in it.
fn is_call_of_reference(text: &str) -> bool {
    let mut parts = text
        .strip_prefix('$')
        .into_iter()
        .flat_map(|code| code.split('@').skip(1));
    parts.any(|name| name.starts_with(|c: char| c.is_alphabetic() || c == '_'))
}

/// Whether something is built in the file.
fn has_component(root: Value<'_>) -> bool {
    root.descendants().any(|node| node.get("_target_").is_some())
}

/// `@network`, `%train#transforms`: nothing but a reference.
fn is_reference(text: &str) -> bool {
    let Some(name) = text.strip_prefix(['@', '%']) else {
        return false;
    };
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '#' | ':');
    name.starts_with(|c: char| c.is_alphabetic() || c == '_') && name.chars().all(plain)
}
