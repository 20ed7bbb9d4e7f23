"""PyTorch: every loss of `torch.nn` with the endings that fit it and with those that do not, and the metrics of torchmetrics.

A case is a loss with its arguments, the correct ending of the network, and the twins: the kind of break, then the ending and,
where it changes too, the loss. Every correct case is instantiated by Hydra, by keyword and by position, and its loss is
computed and derived; every metric is updated with a batch of its own.
"""

from sink import Sink, quiet

quiet()

import torch  # noqa: E402

from layouts import Part, built, hydra, lightning, plain, positions, sequential  # noqa: E402

ENDINGS = {
    "linear": [], "sigmoid": [Part("torch.nn.Sigmoid")], "softmax": [Part("torch.nn.Softmax", {"dim": 1})],
    "log_softmax": [Part("torch.nn.LogSoftmax", {"dim": 1})], "softplus": [Part("torch.nn.Softplus")],
    "tanh": [Part("torch.nn.Tanh")], "relu": [Part("torch.nn.ReLU")],
}


def network(ending):
    """`ending` is a number of units and the activation behind them."""
    units, activation = ending
    return sequential([
        Part("torch.nn.Linear", {"in_features": 16, "out_features": 32}), Part("torch.nn.ReLU"),
        Part("torch.nn.Linear", {"in_features": 32, "out_features": units}), *ENDINGS[activation],
    ])


def nn(name, **keywords):
    return Part(f"torch.nn.{name}", keywords)


def integers(units):
    return torch.randint(0, units, (8,))


def zeros_and_ones(units):
    return torch.randint(0, 2, (8, units)).float()


def signs(units):
    return zeros_and_ones(units) * 2 - 1


def numbers(units):
    return torch.randn(8, units)


def counts(units):
    return torch.randint(0, 5, (8, units)).float()


def shares(units):
    return torch.softmax(torch.randn(8, units), 1)


def indices(units):
    return torch.cat([torch.zeros(8, 1), -torch.ones(8, units - 1)], 1).long()


# (name, loss, ending, labels, {kind of break: (ending, loss or None)})
CASES = [
    ("classes", nn("CrossEntropyLoss"), (5, "linear"), integers, {
        "softmax added": ((5, "softmax"), None), "sigmoid added": ((5, "sigmoid"), None), "relu added": ((5, "relu"), None),
        "tanh added": ((5, "tanh"), None), "one unit under classes": ((1, "linear"), None),
        "loss of log-probabilities": ((5, "linear"), nn("NLLLoss")), "loss of probabilities": ((5, "linear"), nn("BCELoss")),
        "loss of margins behind softmax": ((5, "softmax"), nn("MultiMarginLoss")),
    }),
    ("smoothed-classes", nn("CrossEntropyLoss", label_smoothing=0.1, ignore_index=-1), (5, "linear"), integers, {
        "softmax added": ((5, "softmax"), None), "one unit under classes": ((1, "linear"), None),
        "refused reduction": ((5, "linear"), nn("CrossEntropyLoss", label_smoothing=0.1, reduction="avg")),
    }),
    ("soft-classes", nn("CrossEntropyLoss", reduction="sum"), (5, "linear"), shares, {"softmax added": ((5, "softmax"), None)}),
    ("harmless", nn("CrossEntropyLoss"), (5, "log_softmax"), integers, {}),
    ("log-classes", nn("NLLLoss"), (5, "log_softmax"), integers, {
        "activation removed": ((5, "linear"), None), "logarithm removed": ((5, "softmax"), None),
        "sigmoid for log-softmax": ((5, "sigmoid"), None), "loss of probabilities": ((5, "log_softmax"), nn("BCELoss")),
    }),
    ("yes-or-no", nn("BCELoss"), (1, "sigmoid"), zeros_and_ones, {
        "activation removed": ((1, "linear"), None), "one unit of softmax": ((1, "softmax"), None),
        "tanh for sigmoid": ((1, "tanh"), None), "relu for sigmoid": ((1, "relu"), None),
        "loss of scores": ((1, "sigmoid"), nn("BCEWithLogitsLoss")), "loss of classes": ((1, "sigmoid"), nn("CrossEntropyLoss")),
        "refused reduction": ((1, "sigmoid"), nn("BCELoss", reduction="batchmean")),
    }),
    ("labels", nn("BCELoss", reduction="sum"), (5, "sigmoid"), zeros_and_ones, {
        "activation removed": ((5, "linear"), None), "softmax for sigmoid": ((5, "softmax"), None),
        "logarithm added": ((5, "log_softmax"), None), "loss of scores": ((5, "sigmoid"), nn("BCEWithLogitsLoss")),
        "loss of classes": ((5, "sigmoid"), nn("CrossEntropyLoss")),
    }),
    ("yes-or-no-score", nn("BCEWithLogitsLoss"), (1, "linear"), zeros_and_ones, {
        "sigmoid added": ((1, "sigmoid"), None), "relu added": ((1, "relu"), None), "tanh added": ((1, "tanh"), None),
        "loss of probabilities": ((1, "linear"), nn("BCELoss")), "loss of classes": ((1, "linear"), nn("CrossEntropyLoss")),
    }),
    ("label-scores", nn("BCEWithLogitsLoss"), (5, "linear"), zeros_and_ones, {
        "sigmoid added": ((5, "sigmoid"), None), "softmax added": ((5, "softmax"), None), "loss of probabilities": ((5, "linear"), nn("BCELoss")),
    }),
    ("label-margins", nn("MultiLabelSoftMarginLoss"), (5, "linear"), zeros_and_ones, {"sigmoid added": ((5, "sigmoid"), None)}),
    ("soft-margin", nn("SoftMarginLoss"), (1, "linear"), signs, {"sigmoid added": ((1, "sigmoid"), None), "relu added": ((1, "relu"), None)}),
    ("margins", nn("MultiMarginLoss", p=2, margin=0.5), (5, "linear"), integers, {
        "sigmoid added": ((5, "sigmoid"), nn("MultiMarginLoss")), "one unit under classes": ((1, "linear"), None),
    }),
    ("label-indices", nn("MultiLabelMarginLoss"), (5, "linear"), indices, {"sigmoid added": ((5, "sigmoid"), None)}),
    ("distances", nn("HingeEmbeddingLoss", margin=2.0), (1, "softplus"), signs, {}),
    ("number", nn("MSELoss"), (1, "linear"), numbers, {}),
    ("numbers", nn("L1Loss"), (3, "linear"), numbers, {"refused reduction": ((3, "linear"), nn("L1Loss", reduction="average"))}),
    ("smooth", nn("SmoothL1Loss", beta=0.5), (1, "linear"), numbers, {}),
    ("huber", nn("HuberLoss", delta=2.0), (1, "linear"), numbers, {}),
    ("share", nn("MSELoss"), (1, "sigmoid"), zeros_and_ones, {}),
    ("divergence", nn("KLDivLoss", reduction="batchmean"), (5, "log_softmax"), shares, {
        "activation removed": ((5, "linear"), None), "logarithm removed": ((5, "softmax"), None), "sigmoid for log-softmax": ((5, "sigmoid"), None),
    }),
    ("log-rate", nn("PoissonNLLLoss"), (1, "linear"), counts, {
        "switch turned off": ((1, "linear"), nn("PoissonNLLLoss", log_input=False)),
    }),
    ("rate", nn("PoissonNLLLoss", log_input=False), (1, "softplus"), counts, {
        "switch turned on": ((1, "softplus"), nn("PoissonNLLLoss", log_input=True)), "activation removed": ((1, "linear"), None),
        "tanh for softplus": ((1, "tanh"), None),
    }),
    ("embedding", nn("CosineEmbeddingLoss"), (16, "linear"), None, {}),
    ("ranking", nn("MarginRankingLoss", margin=0.5), (1, "linear"), None, {}),
    ("triplets", nn("TripletMarginLoss"), (16, "linear"), None, {}),
    ("own-triplets", nn("TripletMarginWithDistanceLoss"), (16, "linear"), None, {}),
    ("gaussian", nn("GaussianNLLLoss"), (1, "linear"), None, {}),
    ("alignment", nn("CTCLoss", zero_infinity=True), (5, "log_softmax"), None, {
        "activation removed": ((5, "linear"), None), "logarithm removed": ((5, "softmax"), None),
    }),
    ("adaptive", nn("AdaptiveLogSoftmaxWithLoss", in_features=16, n_classes=20, cutoffs=[5, 10]), (16, "linear"), None, {}),
    ("fused", nn("LinearCrossEntropyLoss", in_features=16, num_classes=20), (16, "linear"), None, {}),
]


def special(name, loss, output):
    """The losses that take more than an output and its labels."""
    labels = torch.randint(0, 20, (8,))
    return {
        "embedding": lambda: loss(output, torch.randn_like(output), torch.ones(8)),
        "ranking": lambda: loss(output, torch.randn_like(output), torch.ones(8, 1)),
        "triplets": lambda: loss(output, torch.randn_like(output), torch.randn_like(output)),
        "own-triplets": lambda: loss(output, torch.randn_like(output), torch.randn_like(output)),
        "gaussian": lambda: loss(output, torch.randn_like(output), torch.ones_like(output)),
        "alignment": lambda: loss(output[:, None], torch.ones(1, 3).long(), (8,), (3,)),
        "adaptive": lambda: loss(output, labels).loss,
        "fused": lambda: loss(output, labels),
    }[name]()


def execute(name, loss, ending, labels):
    """Hydra builds both, the loss is computed and derived."""
    torch.manual_seed(0)
    body, loss = built(network(ending)), built(loss)
    output = body(torch.randn(8, 16))
    value = special(name, loss, output) if labels is None else loss(output, labels(ending[0]))
    value.backward()
    if not torch.isfinite(value):
        raise ValueError(f"the loss is {value}")


def layouts_of(ending, loss):
    body = network(ending)
    return {
        "keywords.yaml": hydra(body, loss), "positions.yaml": hydra(body, loss, by=positions), "lightning.yaml": lightning(body, loss),
        "lightning.json": lightning(body, loss), "plain.json": plain(body, loss), "plain.yaml": plain(body, loss),
    }


def losses(sink):
    for name, loss, ending, labels, twins in CASES:
        try:
            execute(name, loss, ending, labels)
        except Exception as error:
            sink.refused(name, error)
            continue
        for layout, data in layouts_of(ending, loss).items():
            if data:
                sink.correct(f"{name}-{layout}", data, True)
        for kind, (worse, other) in twins.items():
            for layout, data in layouts_of(worse, other or loss).items():
                if data:
                    sink.broken(kind, f"{name}-{layout}", data)


if __name__ == "__main__":
    sink = Sink("torch", ["torch", "hydra-core", "lightning"])
    losses(sink)
    sink.close()
