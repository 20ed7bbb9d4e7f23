"""Measures what the pairings in pairings.csv really do: python3 tests/truth/measure.py torch|keras [--write].

Needs numpy, and PyTorch or Keras with TensorFlow. Each pairing is trained alone, without a network: the loss is minimised over
free scores z of 12 samples (start N(0, 0.1), Adam with rate 0.1, 400 steps), so that a bad number belongs to the pairing.

    floor     the loss after training, in the loss's own unit (nats for cross-entropies)
    accuracy  the share of decisions that are right after training: the largest output, or the cut at 0.5 (scores: at 0)
    gradient  the sum of |dL/dz| where every sample is confidently wrong: z = 10 on the wrong side

Without --write the measured numbers are compared with the file's. Where scores have no gradient from the start on, the start
decides how many are lost: such pairings may differ, and are told apart.
"""

import csv
import os
import sys
from pathlib import Path

import numpy as np

TABLE = Path(__file__).with_name("pairings.csv")
SAMPLES, CLASSES, STEPS, RATE = 12, 5, 400, 0.1


def labels(kind):
    """What the loss is given, and the right decisions."""
    random = np.random.default_rng(1)
    if kind in ("binary", "flat_binary"):
        y = np.arange(SAMPLES) % 2
        return (y.astype("float32") if kind == "flat_binary" else y.astype("float32")[:, None]), y
    if kind == "binary_vector":
        y = (random.random((SAMPLES, CLASSES)) < 0.5).astype("float32")
        y[:, :2] = 1
        return y, y
    y = np.arange(SAMPLES) % CLASSES
    return (np.eye(CLASSES, dtype="float32")[y] if kind == "one_hot" else y), y


def confidently_wrong(kind, right, units):
    """Scores of 10 on the wrong side."""
    if units == 1:
        return np.where(right[:, None] == 1, -10, 10).astype("float32")
    if kind == "binary_vector":
        return np.where(right > 0.5, -10, 10).astype("float32")
    scores = np.zeros((SAMPLES, units), "float32")
    scores[np.arange(SAMPLES), (right + 1) % units] = 10
    return scores


def accuracy(kind, right, output, cut):
    if kind == "binary_vector":
        return ((output > cut) == (right > 0.5)).mean()
    if output.shape[-1] == 1:
        return ((output[:, 0] > cut) == (right == 1)).mean()
    return (output.argmax(-1) == right).mean()


class Torch:
    """Pairings in PyTorch."""

    def __init__(self, row):
        import torch

        self.torch = torch
        torch.manual_seed(0)
        act = row["activation"]
        self.activation = {"linear": torch.nn.Identity()}.get(act) or getattr(torch.nn, act)(
            **({"dim": -1} if "Softmax" in act else {})
        )
        self.loss = getattr(torch.nn, row["loss"])()
        self.y = torch.as_tensor(labels(row["labels"])[0])

    def gradient(self, scores):
        z = self.torch.tensor(scores, requires_grad=True)
        self.loss(self.activation(z), self.y).backward()
        return z.grad.numpy()

    def train(self, scores):
        z = self.torch.tensor(scores, requires_grad=True)
        optimizer = self.torch.optim.Adam([z], RATE)
        for _ in range(STEPS):
            optimizer.zero_grad()
            loss = self.loss(self.activation(z), self.y)
            loss.backward()
            optimizer.step()
        return loss.item(), self.activation(z).detach().numpy()


class Keras:
    """Pairings in Keras on TensorFlow."""

    def __init__(self, row):
        os.environ["KERAS_BACKEND"] = "tensorflow"
        os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
        import keras
        import tensorflow

        self.keras, self.tf = keras, tensorflow
        arguments = {"from_logits": row["from_logits"] == "true"} if row["from_logits"] else {}
        self.function = getattr(keras.losses, row["loss"])(**arguments)
        self.activation = keras.activations.get(row["activation"])
        self.y = labels(row["labels"])[0]

    def slope(self, z):
        with self.tf.GradientTape() as tape:
            loss = self.tf.reduce_mean(self.function(self.y, self.activation(z)))
        return loss, tape.gradient(loss, z)

    def gradient(self, scores):
        return self.slope(self.tf.Variable(scores))[1].numpy()

    def train(self, scores):
        z = self.tf.Variable(scores)
        optimizer = self.keras.optimizers.Adam(RATE)

        @self.tf.function
        def step():
            loss, slope = self.slope(z)
            optimizer.apply_gradients([(slope, z)])
            return loss

        for _ in range(STEPS):
            loss = step()
        return float(loss), self.activation(z).numpy()


def measure(library, row):
    pairing = library(row)
    kind, units = row["labels"], int(row["units"])
    right = labels(kind)[1]
    start = np.random.default_rng(0).normal(0, 0.1, (SAMPLES, units)).astype("float32")
    floor, output = pairing.train(start)
    reads_scores = row["from_logits"] == "true" or row["loss"] in ("BCEWithLogitsLoss", "Hinge")
    is_probability = row["activation"].lower() in ("sigmoid", "softmax")
    cut = 0.5 if is_probability or not reads_scores else 0.0
    gradient = np.abs(pairing.gradient(confidently_wrong(kind, right, units))).sum()
    return {
        "floor": f"{floor:.4f}",
        "accuracy": f"{accuracy(kind, right, output, cut):.2f}",
        "gradient": f"{gradient:.5f}",
    }


def main():
    library = {"torch": Torch, "keras": Keras}[sys.argv[1]]
    with open(TABLE, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    differ = 0
    for row in rows:
        if row["library"] != sys.argv[1]:
            continue
        measured = measure(library, row)
        near = all(abs(float(row[key]) - float(value)) <= 0.01 + 0.02 * abs(float(row[key])) for key, value in measured.items())
        # Where some scores have no gradient from the start on, the start decides how many are lost.
        is_chance = row["activation"].lower() == "relu" or float(row["gradient"]) == 0
        by_chance = "" if near else " (the start decides)" if is_chance else " DIFFERS"
        differ += by_chance == " DIFFERS"
        numbers = ", ".join(f"{key} {row[key]} → {value}" for key, value in measured.items())
        print(f"{row['loss']} {row['from_logits']} {row['activation']} {row['labels']}: {numbers}{by_chance}", flush=True)
        row.update(measured)
    if "--write" in sys.argv:
        with open(TABLE, "w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    elif differ:
        sys.exit(f"{differ} pairings differ")


main()
