"""Keras: every architecture of `keras.applications` and small networks, compiled with what fits and with what does not.

A pair is (units, activation, loss, metrics). Its name comes first, its twins behind it: the kind of break and the pair that
the break makes of it. Every correct pair is trained for one step behind a small network; so is every architecture that is small.
"""

import json
import sys

from sink import Sink, quiet

quiet()

import keras  # noqa: E402
import numpy  # noqa: E402
from keras import layers, losses, metrics  # noqa: E402

ACCURACY = ("accuracy",)


def of(cls, **options):
    """A loss or metric that is made anew for each model."""
    return lambda: cls(**options)


CCE, SCCE = losses.CategoricalCrossentropy, losses.SparseCategoricalCrossentropy
BCE = losses.BinaryCrossentropy
PAIRS = {
    "classes": ((10, "softmax", "categorical_crossentropy", ACCURACY), {
        "activation removed": (10, "linear", "categorical_crossentropy", ACCURACY),
        "softmax for sigmoid": (10, "sigmoid", "categorical_crossentropy", ACCURACY),
        "relu for softmax": (10, "relu", "categorical_crossentropy", ACCURACY),
        "loss of binary labels": (10, "softmax", "binary_crossentropy", ACCURACY),
        "distance for classes": (10, "softmax", "mse", ACCURACY),
        "one unit under classes": (1, "sigmoid", "categorical_crossentropy", ACCURACY),
        "one unit of softmax": (1, "softmax", "categorical_crossentropy", ACCURACY),
        "switch turned on": (10, "softmax", of(CCE, from_logits=True), ACCURACY),
        "metric of other labels": (10, "softmax", "categorical_crossentropy", ("sparse_categorical_accuracy",)),
    }),
    "classes-by-number": ((10, "softmax", "sparse_categorical_crossentropy", ACCURACY), {
        "activation removed": (10, "linear", "sparse_categorical_crossentropy", ACCURACY),
        "softmax for sigmoid": (10, "sigmoid", "sparse_categorical_crossentropy", ACCURACY),
        "tanh for softmax": (10, "tanh", "sparse_categorical_crossentropy", ACCURACY),
        "one unit under classes": (1, "sigmoid", "sparse_categorical_crossentropy", ACCURACY),
        "switch turned on": (10, "softmax", of(SCCE, from_logits=True), ACCURACY),
        "metric of other labels": (10, "softmax", "sparse_categorical_crossentropy", ("categorical_accuracy",)),
    }),
    "scores": ((10, "linear", of(SCCE, from_logits=True), ACCURACY), {
        "switch turned off": (10, "linear", of(SCCE), ACCURACY),
        "activation added": (10, "softmax", of(SCCE, from_logits=True), ACCURACY),
        "sigmoid added": (10, "sigmoid", of(SCCE, from_logits=True), ACCURACY),
        "relu added": (10, "relu", of(SCCE, from_logits=True), ACCURACY),
        "one unit under classes": (1, "linear", of(SCCE, from_logits=True), ACCURACY),
    }),
    "smoothed-scores": ((10, "linear", of(CCE, from_logits=True, label_smoothing=0.1), ACCURACY), {
        "switch turned off": (10, "linear", of(CCE, label_smoothing=0.1), ACCURACY),
        "activation added": (10, "softmax", of(CCE, from_logits=True, label_smoothing=0.1), ACCURACY),
    }),
    "yes-or-no": ((1, "sigmoid", "binary_crossentropy", ACCURACY), {
        "activation removed": (1, "linear", "binary_crossentropy", ACCURACY),
        "one unit of softmax": (1, "softmax", "binary_crossentropy", ACCURACY),
        "relu for sigmoid": (1, "relu", "binary_crossentropy", ACCURACY),
        "tanh for sigmoid": (1, "tanh", "binary_crossentropy", ACCURACY),
        "loss of classes": (1, "sigmoid", "categorical_crossentropy", ACCURACY),
        "switch turned on": (1, "sigmoid", of(BCE, from_logits=True), ACCURACY),
        "hinge behind sigmoid": (1, "sigmoid", "hinge", ACCURACY),
        "metric of classes": (1, "sigmoid", "binary_crossentropy", ("categorical_accuracy",)),
    }),
    "yes-or-no-score": ((1, "linear", of(BCE, from_logits=True), (of(metrics.BinaryAccuracy, threshold=0.0),)), {
        "switch turned off": (1, "linear", of(BCE), (of(metrics.BinaryAccuracy, threshold=0.0),)),
        "activation added": (1, "sigmoid", of(BCE, from_logits=True), (of(metrics.BinaryAccuracy),)),
        "threshold of probabilities": (1, "linear", of(BCE, from_logits=True), (of(metrics.BinaryAccuracy),)),
        "metric of probabilities": (1, "linear", of(BCE, from_logits=True), (of(metrics.AUC),)),
    }),
    "watched": ((1, "sigmoid", "binary_crossentropy", (of(metrics.AUC), of(metrics.Precision), of(metrics.Recall))), {
        "activation removed": (1, "linear", "binary_crossentropy", (of(metrics.AUC), of(metrics.Precision))),
    }),
    "labels": ((5, "sigmoid", of(BCE), (of(metrics.BinaryAccuracy), of(metrics.AUC, multi_label=True))), {
        "activation removed": (5, "linear", of(BCE), (of(metrics.BinaryAccuracy),)),
        "sigmoid for softmax": (5, "softmax", of(BCE), (of(metrics.BinaryAccuracy),)),
        "switch turned on": (5, "sigmoid", of(BCE, from_logits=True), (of(metrics.BinaryAccuracy),)),
        "loss of classes": (5, "sigmoid", of(CCE), (of(metrics.BinaryAccuracy),)),
    }),
    "focal": ((1, "sigmoid", of(losses.BinaryFocalCrossentropy), (of(metrics.AUC),)), {
        "switch turned on": (1, "sigmoid", of(losses.BinaryFocalCrossentropy, from_logits=True), (of(metrics.AUC),)),
        "activation removed": (1, "linear", of(losses.BinaryFocalCrossentropy), ()),
    }),
    "focal-classes": ((10, "softmax", of(losses.CategoricalFocalCrossentropy), ACCURACY), {
        "switch turned on": (10, "softmax", of(losses.CategoricalFocalCrossentropy, from_logits=True), ACCURACY),
        "activation removed": (10, "linear", of(losses.CategoricalFocalCrossentropy), ACCURACY),
        "softmax for sigmoid": (10, "sigmoid", of(losses.CategoricalFocalCrossentropy), ACCURACY),
    }),
    "number": ((1, "linear", "mse", ("mae",)), {"metric of classes": (1, "linear", "mse", ACCURACY)}),
    "huber": ((1, "linear", of(losses.Huber), ("mae", "mse")), {"metric of classes": (1, "linear", of(losses.Huber), ACCURACY)}),
    "mae": ((3, "linear", "mae", ("mse",)), {}),
    "logcosh": ((1, "linear", "log_cosh", ("mae",)), {"metric of classes": (1, "linear", "log_cosh", ACCURACY)}),
    "msle": ((1, "softplus", "mean_squared_logarithmic_error", ("mae",)), {}),
    "mape": ((1, "linear", "mean_absolute_percentage_error", ("mae",)), {}),
    "count": ((1, "softplus", "poisson", ("mae",)), {
        "activation removed": (1, "linear", "poisson", ("mae",)),
        "tanh for softplus": (1, "tanh", "poisson", ("mae",)),
    }),
    "rate": ((1, "exponential", of(losses.Poisson), ("mae",)), {"activation removed": (1, "linear", of(losses.Poisson), ("mae",))}),
    "divergence": ((10, "softmax", "kl_divergence", ()), {
        "activation removed": (10, "linear", "kl_divergence", ()),
        "softmax for sigmoid": (10, "sigmoid", "kl_divergence", ()),
    }),
    "margin": ((1, "linear", "hinge", ()), {"activation added": (1, "sigmoid", "hinge", ())}),
    "squared-margin": ((1, "tanh", "squared_hinge", ()), {"sigmoid for tanh": (1, "sigmoid", "squared_hinge", ())}),
    "margins": ((10, "linear", "categorical_hinge", ACCURACY), {"activation added": (10, "sigmoid", "categorical_hinge", ACCURACY)}),
    "direction": ((8, "linear", of(losses.CosineSimilarity), ()), {}),
}
# What is declared beside a correct pair, with which it is wrong.
FACTS = {
    "classes": {
        "more classes declared": '[task]\nkind = "multiclass"\nclasses = 12\n',
        "several labels declared": '[task]\nkind = "multilabel"\nclasses = 10\n',
        "integers declared": '[task]\nkind = "multiclass"\nlabels = "integer"\n',
        "number declared": '[task]\nkind = "regression"\n',
    },
    "classes-by-number": {
        "more classes declared": '[task]\nkind = "multiclass"\nclasses = 12\n',
        "one-hot declared": '[task]\nkind = "multiclass"\nlabels = "one_hot"\n',
    },
    "scores": {"more classes declared": '[task]\nkind = "multiclass"\nclasses = 12\n'},
    "yes-or-no": {"several labels declared": '[task]\nkind = "multilabel"\nclasses = 4\n'},
    "labels": {"exclusive classes declared": '[task]\nkind = "multiclass"\nclasses = 5\n'},
    "number": {"classes declared": '[task]\nkind = "multiclass"\nclasses = 5\nlabels = "integer"\n'},
}
# Behind the big networks, where a head says the same as behind a small one.
OF_ARCHITECTURES = ["classes", "scores", "yes-or-no-score", "labels"]
OWN = {"MobileNet", "MobileNetV2", "MobileNetV3Small", "DenseNet121", "EfficientNetB0", "ResNet50"}
TRAINED = {"MobileNet", "MobileNetV2", "MobileNetV3Small"}


def fresh(thing):
    return thing() if callable(thing) else thing


def compiled(network, pair):
    model = network(pair[0], pair[1])
    model.compile(optimizer="adam", loss=fresh(pair[2]), metrics=[fresh(metric) for metric in pair[3]])
    return model


def labels(pair, shape):
    """Labels in the format that the loss takes, for outputs of `shape`."""
    random = numpy.random.default_rng(1)
    loss = fresh(pair[2])
    name = loss if isinstance(loss, str) else loss.name
    if "sparse" in name:
        return random.integers(0, pair[0], shape[:-1])
    if name in ("categorical_crossentropy", "categorical_focal_crossentropy", "kl_divergence", "categorical_hinge"):
        return numpy.eye(pair[0], dtype="float32")[random.integers(0, pair[0], shape[:-1])]
    return random.integers(0, 2, shape).astype("float32")


def trained(model, pair):
    """One step of training, which must end in a finite loss."""
    shape = [2 if size is None else size for size in model.input_shape]
    x = numpy.random.default_rng(0).random(shape).astype("float32")
    out = [2 if size is None else size for size in model.output_shape]
    loss = model.train_on_batch(x, labels(pair, out))
    loss = loss[0] if isinstance(loss, (list, tuple)) else loss
    if not numpy.isfinite(loss):
        raise ValueError(f"the loss is {loss}")


def dense(units, activation):
    return keras.Sequential([keras.Input((16,)), layers.Dense(32, "relu"), layers.Dense(units, activation)])


def apart(units, activation):
    """The activation as a layer of its own."""
    return keras.Sequential([keras.Input((16,)), layers.Dense(32, "relu"), layers.Dense(units), layers.Activation(activation)])


def functional(units, activation):
    inputs = keras.Input((16,))
    hidden = layers.Dropout(0.1)(layers.LayerNormalization()(layers.Dense(32, "gelu")(inputs)))
    return keras.Model(inputs, layers.Dense(units, activation)(layers.Add()([hidden, layers.Dense(32)(inputs)])))


def nested(units, activation):
    body = keras.Sequential([keras.Input((16,)), layers.Dense(32, "relu")])
    head = keras.Sequential([keras.Input((32,)), layers.Dense(units, activation)])
    return keras.Sequential([keras.Input((16,)), body, head])


def recurrent(units, activation):
    return keras.Sequential([keras.Input((6, 4)), layers.Bidirectional(layers.LSTM(8)), layers.Dense(units, activation)])


def over_time(units, activation):
    return keras.Sequential([keras.Input((6, 4)), layers.GRU(8, return_sequences=True), layers.TimeDistributed(layers.Dense(units, activation))])


def convolved(units, activation):
    return keras.Sequential([keras.Input((8, 8, 3)), layers.Conv2D(4, 3, activation="relu"), layers.GlobalAveragePooling2D(), layers.Dense(units, activation)])


def pooled_maps(units, activation):
    """As `MobileNet` of `keras.applications` ends: a convolution over one place, then a reshape to one row."""
    return keras.Sequential([
        keras.Input((8, 8, 3)), layers.Conv2D(4, 3, activation="relu"), layers.GlobalAveragePooling2D(keepdims=True),
        layers.Conv2D(units, 1), layers.Reshape((units,)), layers.Activation(activation),
    ])


SMALL = [dense, apart, functional, nested, recurrent, over_time, convolved, pooled_maps]
# What differs for every position: a metric that speaks of a whole sample, or labels that cannot be told from masks.
OVER_TIME = ["classes", "classes-by-number", "scores", "smoothed-scores", "yes-or-no", "labels", "count"]


def small(sink):
    for network in SMALL:
        for name, (pair, twins) in PAIRS.items():
            if network is over_time and name not in OVER_TIME:
                continue
            file = f"{network.__name__}-{name}"
            try:
                model = compiled(network, pair)
                trained(model, pair)
            except Exception as error:  # whatever the library says: the model is not correct then
                sink.refused(file, error)
                continue
            sink.correct(f"{file}.json", model.to_json(), True)
            archives = network in (dense, convolved)
            if archives:
                sink.correct(f"{file}.keras", model.save, True)
                sink.correct(f"{file}-h5.h5", model.save, True)
            for kind, twin in twins.items():
                model = compiled(network, twin)
                sink.broken(kind, f"{file}.json", model.to_json())
                if archives:
                    sink.broken(kind, f"{file}.keras", model.save)
                    sink.broken(kind, f"{file}-h5.h5", model.save)
            for kind, facts in FACTS.get(name, {}).items():
                sink.broken(kind, f"{file}.json", compiled(network, pair).to_json(), facts)
            keras.backend.clear_session()


def architectures():
    names = sorted(name for name in dir(keras.applications) if name[0].isupper())
    return [(name, getattr(keras.applications, name)) for name in names]


def whole(make, size):
    """With the head that the architecture brings along."""
    def network(units, activation):
        return make(weights=None, classes=units, classifier_activation=activation, **size)
    return network


def on(base):
    def network(units, activation):
        return keras.Model(base.input, layers.Dense(units, activation, name="predictions_of_mine")(base.output))
    return network


def with_head_of(pair, text):
    """The export `text` with the last layer and the compile settings that Keras writes for `pair`."""
    config, small = json.loads(text), json.loads(compiled(dense, pair).to_json())
    last, other = config["config"]["layers"][-1]["config"], small["config"]["layers"][-1]["config"]
    last.update(units=other["units"], activation=other["activation"])
    config["compile_config"] = small["compile_config"]
    return json.dumps(config)


def big(sink):
    for name, make in architectures():
        size = {} if "NASNet" in name else {"input_shape": (96, 96, 3)}
        base = make(weights=None, include_top=False, pooling="avg", **size)
        own = {"own": whole(make, {})} if name in OWN else {}
        for kind_of_head, network in {"on": on(base), **own}.items():
            for pair_name in OF_ARCHITECTURES if kind_of_head == "on" else ["classes", "scores"]:
                pair, twins = PAIRS[pair_name]
                file = f"{name}-{kind_of_head}-{pair_name}"
                try:
                    model = compiled(network, pair)
                    if name in TRAINED:
                        trained(model, pair)
                except Exception as error:
                    sink.refused(file, error)
                    continue
                text = model.to_json()
                sink.correct(f"{file}.json", text, name in TRAINED)
                for kind, twin in list(twins.items())[: 2 if kind_of_head == "on" else 1]:
                    broken = with_head_of(twin, text) if kind_of_head == "on" else compiled(network, twin).to_json()
                    sink.broken(kind, f"{file}.json", broken)
        keras.backend.clear_session()


if __name__ == "__main__":
    for library, make in [("keras", small), ("keras.applications", big)]:
        if library not in sys.argv[2:]:
            continue
        sink = Sink(library, ["keras", "tensorflow"])
        make(sink)
        sink.close()
