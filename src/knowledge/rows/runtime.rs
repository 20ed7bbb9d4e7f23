//! Where a model computes, and in which number format: the effect of some mistakes depends on it.

use serde::Deserialize;

/// What computes a Keras model. The words are those of `keras.backend.backend()`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Backend {
    /// TensorFlow.
    #[serde(alias = "tf")]
    TensorFlow,
    /// JAX.
    Jax,
    /// PyTorch.
    #[serde(alias = "pytorch")]
    Torch,
    /// Anything else: NumPy, TensorFlow.js, Theano …
    Other,
}

impl Backend {
    /// Its word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::TensorFlow => "tensorflow",
            Self::Jax => "jax",
            Self::Torch => "torch",
            Self::Other => "other",
        }
    }
}

/// The number format in which a model computes. The words are those of Keras's policies and PyTorch's types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Precision {
    /// 16 bits, 5 of exponent: smallest positive number 6e-8.
    #[serde(rename = "float16", alias = "half", alias = "fp16")]
    Float16,
    /// 16 bits, 8 of exponent: 3 significant digits.
    #[serde(rename = "bfloat16", alias = "bf16")]
    Bfloat16,
    /// float16 for computations, float32 for variables.
    #[serde(rename = "mixed_float16")]
    MixedFloat16,
    /// bfloat16 for computations, float32 for variables.
    #[serde(rename = "mixed_bfloat16")]
    MixedBfloat16,
    /// 32 bits.
    #[serde(rename = "float32", alias = "float", alias = "fp32")]
    Float32,
    /// 64 bits.
    #[serde(rename = "float64", alias = "double", alias = "fp64")]
    Float64,
}
