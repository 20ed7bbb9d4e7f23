//! What is known of `y` in short programs.

use std::cell::Cell;

use super::content::{Content, Form};
use super::follow::Follower;
use crate::ir::Normalization;
use crate::program::{self, Sources};
use crate::span::Source;
use crate::syntax::{File, Format};

const IMPORTS: &str = "
import numpy as np, pandas as pd, tensorflow as tf, torch, keras
import torch.nn.functional as F
from tensorflow.keras.utils import to_categorical
from tensorflow.keras.datasets import mnist
from sklearn.datasets import load_iris, load_diabetes, make_classification
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import LabelBinarizer, LabelEncoder, MultiLabelBinarizer, StandardScaler, MinMaxScaler
from sklearn.preprocessing import OneHotEncoder
from torch.utils.data import DataLoader, Dataset, TensorDataset
from torchvision.datasets import MNIST
";

/// What is known of `y` at the end of a program.
fn content(program: &str) -> Option<Content> {
    let text = format!("{IMPORTS}{program}\nkeras.Model().fit(None, y)\n");
    let file = File::parse(Format::Python, Source::new("train.py", text));
    assert!(file.tree.errors.is_empty(), "{:?}", file.tree.errors);
    let load = |_: &str, _: usize| None;
    let sources = Sources::of(&file.tree, &load);
    let runs = program::run(&sources);
    let run = runs.first()?;
    let fit = run.events.iter().find(|event| &*event.method == "fit")?;
    Follower::new(run, &Cell::new(0)).whole(fit.arguments.get(1, "y")?)
}

/// Its form, the ends of its numbers, the number of classes.
fn summary(program: &str) -> String {
    let Some(content) = content(program) else {
        return "nothing".to_owned();
    };
    let number = |value: Option<f64>| value.map_or("?".to_owned(), |value| format!("{value}"));
    let mut said = format!("{:?} {}..{}", content.form, number(content.min), number(content.max));
    if let Some(classes) = content.classes {
        said += &format!(" of {classes}");
    }
    if let Some(columns) = content.columns.filter(|columns| *columns > 1) {
        said += &format!(" in {columns}");
    }
    said
}

#[test]
fn data_sets_are_known_by_their_labels() {
    assert_eq!(summary("y = load_iris().target"), "Indices 0..2 of 3");
    assert_eq!(summary("x, y = load_iris(return_X_y=True)"), "Indices 0..2 of 3");
    assert_eq!(
        summary("d = load_diabetes()\ny = d['target'].reshape(-1, 1)"),
        "Numbers 25..346"
    );
    assert_eq!(summary("(a, y), (b, c) = mnist.load_data()"), "Indices 0..9 of 10");
    assert_eq!(summary("y = load_iris().data"), "nothing");
    assert_eq!(summary("(y, a), b = mnist.load_data()"), "nothing");
}

#[test]
fn encoders_say_how_labels_are_written() {
    assert_eq!(
        summary("y = to_categorical(load_iris().target)"),
        "OneHot ?..? of 3 in 3"
    );
    assert_eq!(summary("y = to_categorical(z, num_classes=5)"), "OneHot ?..? of 5 in 5");
    assert_eq!(summary("y = F.one_hot(z, 4).float()"), "OneHot ?..? of 4 in 4");
    assert_eq!(summary("y = np.eye(3)[load_iris().target]"), "OneHot ?..? of 3 in 3");
    assert_eq!(
        summary("y = LabelEncoder().fit_transform(['a', 'b', 'a'])"),
        "Indices 0..1 of 2"
    );
    assert_eq!(
        summary("e = LabelEncoder()\ne.fit(z)\ny = e.transform(z)"),
        "Indices 0..?"
    );
    assert_eq!(summary("y = LabelBinarizer().fit_transform(z)"), "OneHotOrTruths ?..?");
    assert_eq!(summary("y = LabelBinarizer().fit_transform(['a', 'b'])"), "Truths 0..1");
    assert_eq!(
        summary("m = MultiLabelBinarizer()\ny = m.fit_transform([['a'], ['b', 'c']])"),
        "Vectors ?..? of 3 in 3"
    );
    assert_eq!(
        summary("y = pd.get_dummies(pd.read_csv('f')['kind']).values"),
        "OneHot ?..?"
    );
    assert_eq!(summary("y = pd.get_dummies(pd.read_csv('f'))"), "nothing");
    assert_eq!(
        summary("y = OneHotEncoder().fit_transform(z.reshape(-1, 1)).toarray()"),
        "nothing"
    );
    assert_eq!(
        summary("y = np.argmax(to_categorical(z, 4), axis=1)"),
        "Indices 0..3 of 4"
    );
}

#[test]
fn values_are_followed_through_what_hands_them_on() {
    let split = "a, b = load_iris(return_X_y=True)\nx, xt, y, yt = train_test_split(a, b, test_size=0.2)";
    assert_eq!(summary(split), "Indices 0..2 of 3");
    let features = "a, b = load_iris(return_X_y=True)\ny, xt, z, yt = train_test_split(a, b)";
    assert_eq!(summary(features), "nothing");
    let loader = "data = TensorDataset(x, torch.tensor(load_iris().target))
for a, b in DataLoader(data, batch_size=4):
    y = b";
    assert_eq!(summary(loader), "Indices 0..2 of 3");
    let counted = "for i, (a, b) in enumerate(DataLoader(MNIST('.'))):\n    y = b.long()";
    assert_eq!(summary(counted), "Indices 0..9 of 10");
    let own = "class Rows(Dataset):
    def __init__(self, x, y):
        self.x, self.y = x, y
    def __getitem__(self, index):
        return self.x[index], self.y[index]
for a, b in DataLoader(Rows(z, load_iris().target)):
    y = b";
    assert_eq!(summary(own), "Indices 0..2 of 3");
    assert_eq!(summary("y = load_iris().target\ny[y == 2] = 1"), "nothing");
    assert_eq!(summary("y = load_iris().target[:100]"), "Indices 0..?");
    assert_eq!(summary("y = load_iris().target\ny = y[y != 2]"), "Indices 0..?");
    assert_eq!(summary("y = load_iris().target[:, None]"), "Indices 0..2 of 3");
    assert_eq!(
        summary("y = tf.data.Dataset.from_tensor_slices((z, load_iris().target)).batch(2)"),
        "nothing"
    );
}

#[test]
fn comparisons_and_arithmetic_are_followed() {
    assert_eq!(summary("y = (torch.randn(9, 4).sum(1) > 0).float()"), "Truths 0..1");
    assert_eq!(summary("y = (torch.rand(9, 4) > 0.5).float()"), "Truths 0..1 in 4");
    assert_eq!(summary("y = 2 * (torch.rand(9) > 0.5).float() - 1"), "Signed -1..1");
    assert_eq!(summary("y = np.where(np.random.rand(9) > 0.5, 1, -1)"), "Signed -1..1");
    assert_eq!(summary("y = torch.rand(9, 1) * 2000 + 400"), "Numbers 400..2400");
    assert_eq!(summary("y = np.linspace(-2, 1, 50) ** 2"), "Numbers 0..4");
    assert_eq!(summary("y = np.sin(np.linspace(0, 7, 50))"), "Numbers -1..1");
    assert_eq!(summary("y = np.sin(np.linspace(0, 1, 50))"), "nothing");
    assert_eq!(summary("y = load_iris().target + 1"), "Indices 1..3 of 3");
    assert_eq!(summary("y = load_iris().target * z"), "nothing");
    assert_eq!(summary("y = df[0] > 1"), "nothing");
}

#[test]
fn what_grows_without_end_is_not_followed_to_it() {
    let program = "t = torch.rand(9)\nfor i in range(40):\n    t = t + t\ny = t + z";
    assert_eq!(summary(program), "nothing");
}

#[test]
fn scales_of_targets_are_known() {
    let normalized = |program| content(program).and_then(|content| content.normalized);
    let standard = Some(Normalization::Standard);
    assert_eq!(normalized("y = StandardScaler().fit_transform(z)"), standard);
    assert_eq!(normalized("t = torch.rand(9)\ny = (t - t.mean()) / t.std()"), standard);
    assert_eq!(
        normalized("t = np.array(z)\nm, s = np.mean(t), np.std(t)\ny = (t - m) / (s + 1e-8)"),
        standard
    );
    assert_eq!(
        normalized("t = torch.rand(9)\nu = torch.rand(9)\ny = (t - t.mean()) / u.std()"),
        None
    );
    assert_eq!(summary("y = MinMaxScaler().fit_transform(z)"), "Numbers 0..1");
    assert_eq!(
        summary("y = MinMaxScaler(feature_range=(-1, 1)).fit_transform(z)"),
        "nothing"
    );
    assert_eq!(normalized("y = StandardScaler().fit_transform(z) * 3"), None);
}

#[test]
fn numbers_by_chance_keep_their_bounds_and_shape() {
    assert_eq!(summary("y = np.random.randint(0, 4, 30)"), "Indices 0..3");
    assert_eq!(summary("y = np.random.randint(2, size=(30, 6))"), "Truths 0..1 in 6");
    assert_eq!(summary("y = torch.randint(5, (30,))"), "Indices 0..4");
    assert_eq!(
        summary("r = np.random.default_rng(0)\ny = r.uniform(5, 9, size=3)"),
        "Numbers 5..9"
    );
    assert_eq!(
        summary("r = np.random.default_rng(0)\ny = r.integers(0, 3, 9, endpoint=True)"),
        "nothing"
    );
    assert_eq!(summary("y = np.random.choice([0, 1], 30, p=[0.9, 0.1])"), "Truths 0..1");
    let rare = content("y = (np.random.rand(100) < 0.02).astype(int)").and_then(|content| content.counts);
    assert_eq!(rare, Some(vec![980.0, 20.0]));
    let rare = content("x, y = make_classification(n_samples=200, weights=[0.9], flip_y=0)")
        .and_then(|content| content.counts);
    assert_eq!(rare.map(|counts| counts[0].round()), Some(180.0));
}

#[test]
fn values_that_are_written_out_are_looked_at() {
    assert_eq!(summary("y = np.array([[0], [1], [1], [0]])"), "Truths 0..1");
    assert_eq!(summary("y = torch.tensor([0, 2, 1])"), "Indices 0..2");
    assert_eq!(summary("y = np.array([[1, 0], [0, 1]])"), "OneHot ?..? of 2 in 2");
    assert_eq!(
        summary("y = np.array([[1, 1, 0], [0, 1, 0]])"),
        "Vectors ?..? of 3 in 3"
    );
    assert_eq!(summary("y = [1.5, -2.0]"), "Numbers -2..1.5");
    let real = content("y = torch.tensor([0.0, 2.0, 1.0])").and_then(|content| content.as_floats);
    assert!(real.is_some());
}

#[test]
fn what_is_put_together_is_counted() {
    let rare = |program| content(program).and_then(|content| content.counts);
    let joined = "y = np.concatenate([np.zeros(980), np.ones(20)])";
    assert_eq!(rare(joined), Some(vec![980.0, 20.0]));
    assert_eq!(rare("y = np.array([0] * 95 + [1] * 5)"), Some(vec![95.0, 5.0]));
    assert_eq!(rare("y = np.array([0, 0, 0, 1])"), None);
    assert_eq!(summary("y = torch.ones(5, 1)"), "nothing");
    assert_eq!(
        summary("y = torch.cat([torch.full((4,), 2), torch.zeros(4)])"),
        "Indices 0..2"
    );
    assert_eq!(
        summary("y = pd.read_csv('f')['mood'].map({'sad': 0, 'glad': 1})"),
        "Truths 0..1"
    );
    assert_eq!(
        summary("y = pd.read_csv('f')['kind'].astype('category').cat.codes"),
        "Indices 0..?"
    );
    let loaded =
        "w = TensorDataset(z, torch.tensor([0] * 95 + [1] * 5))\nfor a, y in DataLoader(w, sampler=s):\n    pass";
    assert_eq!(rare(loaded), None);
}

#[test]
fn columns_of_tables_are_followed_by_name() {
    let table = "d = pd.DataFrame({'a': np.random.rand(9), 'b': np.random.randint(0, 3, 9)})";
    assert_eq!(summary(&format!("{table}\ny = d['b'].values")), "Indices 0..2");
    assert_eq!(
        summary(&format!("{table}\nd['b'] = to_categorical(d['b'])\ny = d['b']")),
        "OneHot ?..?"
    );
    let names = "n = ['a', 'b', 'c']\nd = pd.DataFrame(np.random.randint(0, 2, (9, 3)), columns=n)";
    assert_eq!(summary(&format!("{names}\ny = d[n].values")), "Vectors ?..? of 3 in 3");
    assert_eq!(summary(&format!("{names}\ny = d['a']")), "Truths 0..1");
    assert_eq!(
        content(&format!("{names}\ny = d['a']")).map(|content| content.form),
        Some(Form::Truths)
    );
}
