//! Imports: which library's name a name of the program stands for.

use std::rc::Rc;

use ruff_python_ast::{StmtImport, StmtImportFrom};
use ruff_text_size::TextRange;

use super::super::scope::Scope;
use super::super::value::{Kind, Value, Why};
use super::Run;

/// How modules are called by other names that people use.
const SAME: &[(&str, &str)] = &[
    ("tensorflow.compat.v2.keras", "keras"),
    ("tensorflow.compat.v1.keras", "keras"),
    ("tensorflow.python.keras", "keras"),
    ("tensorflow.keras", "keras"),
    ("tensorflow.contrib.keras", "keras"),
    ("tf_keras", "keras"),
    ("keras.src", "keras"),
    ("tensorflow", "tf"),
];

/// Names that a module takes over from its parts.
const REEXPORTED: &[&str] = &["keras.api.", "keras._tf_keras.keras."];

/// Modules of which the names that programs use are few, and those names.
const CLOSED: &[(&str, &[&str])] = &[
    (
        "models",
        &[
            "Sequential",
            "Model",
            "load_model",
            "save_model",
            "clone_model",
            "model_from_json",
        ],
    ),
    (
        "optimizers",
        &[
            "Adam", "AdamW", "SGD", "RMSprop", "Adagrad", "Adadelta", "Adamax", "Nadam", "Ftrl",
        ],
    ),
    (
        "callbacks",
        &[
            "Callback",
            "EarlyStopping",
            "ModelCheckpoint",
            "ReduceLROnPlateau",
            "TensorBoard",
            "CSVLogger",
        ],
    ),
    ("utils", &["to_categorical", "plot_model", "get_file", "Sequence"]),
];

/// Libraries that are never a project's own module.
const LIBRARIES: &[&str] = &[
    "torch",
    "keras",
    "tensorflow",
    "tf_keras",
    "numpy",
    "pandas",
    "sklearn",
    "matplotlib",
    "os",
    "sys",
    "math",
    "random",
    "time",
    "typing",
    "argparse",
    "json",
    "torchvision",
    "transformers",
    "tqdm",
    "collections",
    "pathlib",
    "scipy",
    "cv2",
    "PIL",
    "re",
    "logging",
    "copy",
    "functools",
    "itertools",
    "datetime",
    "warnings",
    "seaborn",
    "dataclasses",
    "__future__",
    "abc",
    "shutil",
    "glob",
    "pickle",
    "csv",
    "lightning",
    "pytorch_lightning",
    "torchmetrics",
    "monai",
    "timm",
    "datasets",
    "wandb",
    "yaml",
];

impl<'p> Run<'p> {
    pub(super) fn import(&mut self, import: &'p StmtImport) {
        for alias in &import.names {
            let name = alias.name.as_str();
            let at = alias.range;
            let (bound, wanted) = match &alias.asname {
                Some(other) => (other.as_str(), name),
                // `import a.b` binds `a`.
                None => {
                    let first = name.split('.').next().unwrap_or(name);
                    (first, first)
                }
            };
            let value = match self.module_named(wanted, 0) {
                Some(number) => Value::new(Kind::Module(number), at),
                None => library(wanted, at),
            };
            self.scope.bind(bound, value);
        }
    }

    pub(super) fn import_from(&mut self, import: &'p StmtImportFrom) {
        let module = import.module.as_ref().map_or("", |module| module.as_str());
        let local = self.module_named(module, import.level);
        for alias in &import.names {
            let name = alias.name.as_str();
            let bound = alias.asname.as_ref().unwrap_or(&alias.name).as_str();
            if name == "*" {
                self.star(module, import.level, local);
                continue;
            }
            let value = match local {
                Some(number) => self.of_module(number, name, alias.range),
                None => self.of_package(module, name, import.level, alias.range),
            };
            self.scope.bind(bound, value);
        }
    }

    /// What stands under a name in a module of the project.
    pub(super) fn of_module(&mut self, number: usize, name: &str, at: TextRange) -> Value<'p> {
        let scope = self.modules.get(&number);
        let value = scope.and_then(|scope| scope.own(name));
        value.unwrap_or(Value::unknown(Why::Undefined, at))
    }

    /// A module that is imported from a folder of the project, or what a library calls so.
    fn of_package(&mut self, package: &str, name: &str, level: u32, at: TextRange) -> Value<'p> {
        let within = match package {
            "" => name.to_owned(),
            package => format!("{package}.{name}"),
        };
        match (self.module_named(&within, level), level) {
            (Some(number), _) => Value::new(Kind::Module(number), at),
            (None, 0) => library(&within, at),
            (None, _) => Value::unknown(Why::Undefined, at),
        }
    }

    /// Runs a module of the project when it is first imported, and gives its number; `None` when no file of the project has that
    /// name.
    fn module_named(&mut self, name: &str, level: u32) -> Option<usize> {
        let first = name.split('.').next().unwrap_or(name);
        if name.is_empty() || (level == 0 && LIBRARIES.contains(&first)) {
            return None;
        }
        let path = name.replace('.', "/");
        let folders = self.folders(level);
        let (number, folder) = folders.into_iter().find_map(|(folder, above)| {
            let number = self.sources.file(&format!("{folder}{path}.py"), above);
            let number = number.or_else(|| self.sources.file(&format!("{folder}{path}/__init__.py"), above));
            let around = format!("{folder}{path}");
            let around = around
                .rsplit_once('/')
                .map_or(String::new(), |(around, _)| format!("{around}/"));
            Some((number?, around))
        })?;
        self.run_module(number, folder);
        Some(number)
    }

    /// The folders in which a module is looked for, each with how many `../` it begins with.
    fn folders(&self, level: u32) -> Vec<(String, usize)> {
        let above = |folder: &str| folder.matches("../").count();
        if level > 0 {
            let mut folder = self.folder.clone();
            for _ in 1..level {
                folder = parent(&folder);
            }
            return vec![(folder.clone(), above(&folder))];
        }
        let mut folders = vec![
            self.folder.clone(),
            String::new(),
            "src/".to_owned(),
            "../".to_owned(),
            "../src/".to_owned(),
        ];
        folders.dedup();
        folders
            .into_iter()
            .map(|folder| (folder.clone(), above(&folder)))
            .collect()
    }

    fn run_module(&mut self, number: usize, folder: String) {
        if self.modules.contains_key(&number) {
            return;
        }
        let Some(module) = self.sources.imported(number) else {
            return;
        };
        let scope = Rc::new(Scope::default());
        scope.bind("__name__", Self::text("", TextRange::default()));
        self.modules.insert(number, Rc::clone(&scope));
        let folder = std::mem::replace(&mut self.folder, folder);
        let own = std::mem::replace(&mut self.module, Rc::clone(&scope));
        let depth = std::mem::take(&mut self.depth);
        self.in_scope(scope, |run| run.block(&module.body));
        self.depth = depth;
        self.module = own;
        self.folder = folder;
    }

    /// All names of a module. Those of a library are looked up in the tables when they are met.
    fn star(&mut self, module: &'p str, level: u32, local: Option<usize>) {
        if let Some(scope) = local.and_then(|number| self.modules.get(&number)) {
            for (name, value) in scope.all() {
                if !name.starts_with('_') {
                    self.scope.bind(name, value);
                }
            }
            for star in scope.stars() {
                self.scope.add_star(star);
            }
        } else if level == 0 && is_a_framework(module) {
            self.scope.add_star(canonical(module));
        } else if level > 0 || !is_harmless(module) {
            // From now on a name could come from there.
            self.scope.add_star(String::new());
            self.scope.add_star(String::new());
        }
    }
}

/// Which of the modules that were taken over whole has a name; `None` when that is not known.
pub(super) fn module_with<'m>(stars: &'m [String], name: &str) -> Option<&'m str> {
    if let [only] = stars {
        return Some(only);
    }
    let named = |star: &String| {
        let last = star.rsplit('.').next().unwrap_or(star);
        CLOSED
            .iter()
            .find(|(module, _)| *module == last)
            .map(|(_, names)| *names)
    };
    if stars.iter().any(String::is_empty) {
        return None;
    }
    let mut having = stars
        .iter()
        .filter(|star| named(star).is_some_and(|names| names.contains(&name)));
    if let Some(module) = having.next() {
        return Some(module);
    }
    let mut open = stars.iter().filter(|star| named(star).is_none());
    let first = open.next()?;
    open.all(|other| other == first).then_some(first)
}

/// The folder around one.
fn parent(folder: &str) -> String {
    let inner = folder.trim_end_matches('/');
    match inner.rsplit_once('/') {
        _ if inner.is_empty() || inner.ends_with("..") => format!("{folder}../"),
        Some((around, _)) => format!("{around}/"),
        None => String::new(),
    }
}

/// Whether a module belongs to a library of which all names can be taken at once.
fn is_a_framework(module: &str) -> bool {
    let first = module.split('.').next().unwrap_or(module);
    matches!(first, "keras" | "tensorflow" | "tf_keras" | "torch")
}

/// Whether a module that is taken over whole has no layers and losses among its names.
fn is_harmless(module: &str) -> bool {
    let first = module.split('.').next().unwrap_or(module);
    matches!(
        first,
        "math" | "typing" | "numpy" | "os" | "sys" | "tkinter" | "pylab" | "matplotlib" | "time"
    )
}

fn library<'p>(name: &str, at: TextRange) -> Value<'p> {
    Value::new(Kind::Library(canonical(name).into()), at)
}

/// A library's name as the tables write it.
pub(super) fn canonical(name: &str) -> String {
    let mut own = name.to_owned();
    for (other, usual) in SAME {
        if let Some(rest) = own.strip_prefix(other)
            && (rest.is_empty() || rest.starts_with('.'))
        {
            own = format!("{usual}{rest}");
            break;
        }
    }
    if let Some(rest) = own.strip_prefix("tf.keras") {
        own = format!("keras{rest}");
    }
    for prefix in REEXPORTED {
        if let Some(rest) = own.strip_prefix(prefix) {
            own = format!("keras.{rest}");
        }
    }
    own
}
