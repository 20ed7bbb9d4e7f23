//! The training configurations of pytorch-3dunet → IR: a U-Net by its name, whose scores the loss looks at before its last activation.

use super::Dialect;
use crate::ir::Model;
use crate::knowledge::{LibraryHead, library_head};
use crate::reading::{Reader, heads};
use crate::values::Value;

/// The pytorch-3dunet dialect.
pub struct PyTorch3dUNet;

impl Dialect for PyTorch3dUNet {
    fn name(&self) -> &'static str {
        "pytorch3dunet"
    }

    fn marks(&self) -> &'static [&'static str] {
        &["UNet3D", "UNetSE3D", "UNet2D"]
    }

    /// One of its networks, beside its loaders or its trainer.
    fn detect(&self, _reader: &Reader<'_>, root: Value<'_>) -> bool {
        let is_its_own = root.get("loaders").is_some()
            || root.get("predictor").is_some()
            || root.path(&["model", "f_maps"]).is_some()
            || root.path(&["model", "final_sigmoid"]).is_some();
        is_its_own && network(root).is_some()
    }

    fn read(&self, reader: &Reader<'_>, root: Value<'_>) -> Vec<Model> {
        let (Some(scope), Some((config, rule))) = (reader.scope(self.name()), network(root)) else {
            return Vec::new();
        };
        let Some(name) = scope.text(config.get("name")) else {
            return Vec::new();
        };
        let mut head = heads::of_library(&scope, name, rule);
        let units = rule.units_key.as_deref().and_then(|key| config.get(key));
        head.output.units = scope.spanned(units, Value::as_u64);
        if let Some(loss) = root.get("loss") {
            heads::set_loss(&scope, &mut head, loss);
        }
        heads::note_missing_loss(&mut head);
        let mut model = scope.model(self.name(), root);
        model.heads.push(head);
        vec![model]
    }
}

/// The network and what the table says of it.
fn network(root: Value<'_>) -> Option<(Value<'_>, &'static LibraryHead)> {
    let config = root.get("model")?;
    let rule = library_head("pytorch3dunet", config.get("name")?.as_str()?)?;
    Some((config, rule))
}
