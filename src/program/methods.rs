//! What methods and functions of objects do that a program did not make itself, as far as values flow through them.

/// Methods that give back what they are called on.
const GIVE_BACK: &[&str] = &[
    "to",
    "cuda",
    "cpu",
    "float",
    "double",
    "half",
    "bfloat16",
    "train",
    "eval",
    "requires_grad_",
    "xavier",
    "apply",
    "share_memory",
    "compile_model",
    "contiguous",
    "clone",
    "type",
    "to_empty",
    "copy",
];
/// Functions of libraries that give back their first argument.
const GIVE_BACK_FIRST: &[&str] = &[
    "torch.compile",
    "torch.nn.DataParallel",
    "torch.nn.parallel.DistributedDataParallel",
    "torch.jit.script",
    "torch.nn.utils.weight_norm",
    "torch.nn.utils.spectral_norm",
    "torch.nn.utils.parametrizations.spectral_norm",
    "torch.nn.utils.parametrizations.weight_norm",
    "copy.deepcopy",
    "copy.copy",
    "tensorflow.function",
    "tf.function",
    "torch.autograd.Variable",
    "list",
    "tuple",
];

/// How the names begin of what gives data, or prepares it.
const DATA: &[&str] = &[
    "sklearn.",
    "pandas.",
    "numpy.",
    "imblearn.",
    "scipy.",
    "keras.datasets.",
    "keras.utils.to_categorical",
    "keras.utils.np_utils.to_categorical",
    "keras.utils.image_dataset_from_directory",
    "keras.utils.text_dataset_from_directory",
    "keras.preprocessing.",
    "keras.src.legacy.preprocessing.",
    "keras.random.",
    "tf.data.",
    "tf.random.",
    "tf.one_hot",
    "tf.constant",
    "tf.convert_to_tensor",
    "torchvision.datasets.",
    "torch.utils.data.",
    "torch.tensor",
    "torch.Tensor",
    "torch.FloatTensor",
    "torch.LongTensor",
    "torch.from_numpy",
    "torch.as_tensor",
    "torch.rand",
    "torch.normal",
    "torch.bernoulli",
    "torch.empty",
    "torch.zeros",
    "torch.ones",
    "torch.full",
    "torch.arange",
    "torch.linspace",
    "torch.nn.functional.one_hot",
    "tqdm.",
];

/// What gives the samples that it is given, in another order, or some of them.
const LOADERS: &[&str] = &[
    "torch.utils.data.DataLoader",
    "torch.utils.data.dataloader.DataLoader",
    "torch.utils.data.Subset",
    "torch.utils.data.random_split",
    "tqdm.tqdm",
    "tqdm.auto.tqdm",
];

/// Attributes of libraries' networks that are their last layers.
const ENDS: &[&str] = &[
    "fc",
    "classifier",
    "head",
    "heads",
    "heads.head",
    "last_linear",
    "output_layer",
    "_fc",
    "segmentation_head",
];

/// Whether an attribute of a network holds its last layers.
pub fn is_end(attribute: &str) -> bool {
    ENDS.contains(&attribute)
}

/// Whether a method gives back what it is called on.
pub fn gives_back(method: &str) -> bool {
    GIVE_BACK.contains(&method)
}

/// Whether what a library's name gives is data, or prepares it.
pub fn makes_data(name: &str) -> bool {
    DATA.iter().any(|beginning| name.starts_with(beginning))
}

/// Whether a library's class trains a model by the steps that the model's class defines.
pub fn is_trainer(name: &str) -> bool {
    matches!(
        name,
        "lightning.Trainer" | "lightning.pytorch.Trainer" | "pytorch_lightning.Trainer"
    )
}

/// Whether what a library's name gives goes over the samples that it is given.
pub fn hands_samples_on(name: &str) -> bool {
    LOADERS.contains(&name)
}

/// Whether a function gives back its first argument.
pub fn gives_back_first(function: &str) -> bool {
    GIVE_BACK_FIRST.contains(&function)
}

/// Whether a library's class is a sequence of layers, which a call applies one after the other.
pub fn is_sequence(name: &str) -> bool {
    matches!(last(name), "Sequential")
}

/// Whether a library's class holds a list of layers and does nothing with it.
pub fn is_list(name: &str) -> bool {
    matches!(last(name), "ModuleList" | "ModuleDict")
}

/// Whether a library's class is a network between tensors that it is given.
pub fn is_graph(name: &str) -> bool {
    matches!(last(name), "Model" | "Functional")
}

/// Whether what is computed in a `with` is remembered for its gradient.
pub fn records_gradients(name: &str) -> bool {
    last(name) == "GradientTape"
}

/// Whether what a name gives is only looked at, and not trained, in a `with`.
pub fn stops_training(name: &str) -> bool {
    matches!(
        name,
        "torch.no_grad" | "torch.inference_mode" | "torch.autograd.no_grad"
    )
}

fn last(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(_, last)| last)
}
