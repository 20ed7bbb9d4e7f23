#!/usr/bin/env python3
"""Make the HDF5 files in tests/archives with h5py: python3 tests/scripts/archives.py tests/archives

Each holds the attributes that some version of Keras writes, in one of the storages that HDF5 has for them, and no weights.
The texts are our own. The model in them has a linear head, and its loss expects probabilities.
"""
import json
import pathlib
import sys

import h5py
import numpy

DENSE = {"class_name": "Dense", "config": {"name": "scores", "units": 4, "activation": "linear"}}
MODEL = {"class_name": "Sequential", "config": {"name": "größen", "layers": [DENSE]}}
COMPILED = {"loss": "categorical_crossentropy", "metrics": ["accuracy"]}
MODEL, COMPILED = (json.dumps(part, ensure_ascii=False) for part in (MODEL, COMPILED))
WRITTEN_BY = {"keras_version": "2.2.4", "backend": "tensorflow"}


def variable(file):
    """Variable-length texts, as h5py writes `str`."""
    file.attrs.update(WRITTEN_BY, model_config=MODEL, training_config=COMPILED)


def fixed(file):
    """Texts of a fixed width, filled up with zeros, as old versions wrote `bytes`."""
    for name, text in dict(WRITTEN_BY, model_config=MODEL, training_config=COMPILED).items():
        text = text.encode()
        file.attrs.create(name, numpy.bytes_(text), dtype=f"S{len(text) + 40}")


def chunks(file):
    """Texts that are split into parts; eleven, so that their order is not that of the alphabet."""
    size = -(-len(MODEL) // 11)
    for index in range(11):
        file.attrs[f"model_config{index}"] = MODEL[index * size : (index + 1) * size]
    half = len(COMPILED) // 2
    file.attrs["training_config0"], file.attrs["training_config1"] = COMPILED[:half], COMPILED[half:]
    file.attrs.update(WRITTEN_BY)


def uncompiled(file):
    """A model that was saved before it was compiled."""
    file.attrs.update(WRITTEN_BY, model_config=MODEL)


def weights(file):
    """Weights alone."""
    file.attrs.update(WRITTEN_BY, layer_names=numpy.array([b"scores"]))
    file.create_group("scores").attrs["weight_names"] = numpy.array([b"scores/kernel:0", b"scores/bias:0"])


def dense(file):
    """So many attributes that HDF5 moves them out of the header."""
    variable(file)
    for index in range(10):
        file.attrs[f"note_{index}"] = "a note"


def main(folder):
    makers = {make: "earliest" for make in (variable, fixed, chunks, uncompiled, weights)}
    makers[dense] = "latest"
    for make, version in makers.items():
        with h5py.File(folder / f"{make.__name__}.h5", "w", libver=version) as file:
            make(file)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
