"""transformers: a `config.json` for every configuration class and every class of model that the library makes of it.

A class is taken where the library's own `AutoModelFor…` finds it. `problem_type` is written in each way that counts, with 1, 2
and 5 labels. The losses are computed by the library's own loss function for the class, with scores of that many labels;
tiny models of common types take a whole step.
"""

from sink import Sink, quiet

quiet()

import torch  # noqa: E402
import transformers  # noqa: E402
from transformers.loss.loss_utils import ForSequenceClassificationLoss, ForTokenClassification  # noqa: E402
from transformers.models.auto import modeling_auto  # noqa: E402
from transformers.models.auto.configuration_auto import CONFIG_MAPPING  # noqa: E402

# How a class is trained: by problem_type, one class for each position, or by its vocabulary.
GROUPS = {
    "MODEL_FOR_SEQUENCE_CLASSIFICATION_MAPPING_NAMES": "problem",
    "MODEL_FOR_IMAGE_CLASSIFICATION_MAPPING_NAMES": "problem",
    "MODEL_FOR_VIDEO_CLASSIFICATION_MAPPING_NAMES": "problem",
    "MODEL_FOR_AUDIO_CLASSIFICATION_MAPPING_NAMES": "classes",
    "MODEL_FOR_TOKEN_CLASSIFICATION_MAPPING_NAMES": "positions",
    "MODEL_FOR_AUDIO_FRAME_CLASSIFICATION_MAPPING_NAMES": "positions",
    "MODEL_FOR_SEMANTIC_SEGMENTATION_MAPPING_NAMES": "positions",
    "MODEL_FOR_QUESTION_ANSWERING_MAPPING_NAMES": "vocabulary",
    "MODEL_FOR_CAUSAL_LM_MAPPING_NAMES": "vocabulary",
    "MODEL_FOR_MASKED_LM_MAPPING_NAMES": "vocabulary",
    "MODEL_FOR_SEQ_TO_SEQ_CAUSAL_LM_MAPPING_NAMES": "vocabulary",
    "MODEL_FOR_MULTIPLE_CHOICE_MAPPING_NAMES": "vocabulary",
    "MODEL_FOR_NEXT_SENTENCE_PREDICTION_MAPPING_NAMES": "vocabulary",
    "MODEL_FOR_OBJECT_DETECTION_MAPPING_NAMES": "vocabulary",
    "MODEL_FOR_PRETRAINING_MAPPING_NAMES": "vocabulary",
}
REGRESSION, SINGLE, MULTI = "regression", "single_label_classification", "multi_label_classification"
# (problem_type, labels), as they are right for a class that looks at problem_type.
RIGHT = [(REGRESSION, 1), (REGRESSION, 2), (REGRESSION, 5), (SINGLE, 2), (SINGLE, 5), (MULTI, 1), (MULTI, 2), (MULTI, 5), (None, 1), (None, 2), (None, 5)]
WRONG = {
    "one unit under classes": (SINGLE, 1, None),
    "word that it does not know": ("multi_class_classification", 5, None),
    "several labels declared": (SINGLE, 5, '[task]\nkind = "multilabel"\nclasses = 5\n'),
    "exclusive classes declared": (MULTI, 5, '[task]\nkind = "multiclass"\nclasses = 5\n'),
    "number for classes declared": (REGRESSION, 5, '[task]\nkind = "multiclass"\nclasses = 5\n'),
    "classes for a number declared": (SINGLE, 5, '[task]\nkind = "regression"\n'),
    "more classes declared": (SINGLE, 5, '[task]\nkind = "multiclass"\nclasses = 7\n'),
}
TINY = {
    "hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16, "vocab_size": 64, "dim": 16,
    "hidden_dim": 16, "n_layers": 1, "n_heads": 2, "d_model": 16, "image_size": 32, "patch_size": 16, "num_key_value_heads": 1,
}
STEPPED = ["bert", "roberta", "distilbert", "electra", "vit", "deit", "gpt2", "llama", "xlm-roberta", "camembert"]


def saved(config_class, model, labels, problem):
    """A function that saves the configuration, as a model of this class saves it."""
    def write(path):
        config = config_class()
        config.num_labels = labels
        if problem:
            config.problem_type = problem
        config.architectures = [model]
        config.to_json_file(path, use_diff=True)
    return write


def computed(problem, labels):
    """The library's loss for these scores; finite, with a derivative."""
    config = transformers.BertConfig(num_labels=labels, problem_type=problem)
    scores = torch.randn(6, labels, requires_grad=True)
    problem = problem or (REGRESSION if labels == 1 else SINGLE)
    targets = {
        REGRESSION: torch.randn(6, labels) if labels > 1 else torch.randn(6), SINGLE: torch.randint(0, labels, (6,)),
        MULTI: torch.randint(0, 2, (6, labels)).float(),
    }[problem]
    loss = ForSequenceClassificationLoss(targets, scores, config)
    loss.backward()
    if not torch.isfinite(loss):
        raise ValueError(f"the loss is {loss}")


def stepped(config_class, model, labels, problem):
    """A step of a tiny model of the class."""
    defaults = config_class()
    config = config_class(**{key: value for key, value in TINY.items() if hasattr(defaults, key)}, num_labels=labels, pad_token_id=0)
    config.problem_type = problem
    made = getattr(transformers, model)(config)
    target = torch.randn(2, labels).squeeze(-1) if problem == REGRESSION else torch.randint(0, 2, (2, labels)).float() if problem == MULTI else torch.randint(0, labels, (2,))
    inputs = {"pixel_values": torch.randn(2, 3, 32, 32)} if hasattr(config, "patch_size") else {"input_ids": torch.randint(1, 60, (2, 6))}
    loss = made(**inputs, labels=target).loss
    loss.backward()
    if not torch.isfinite(loss):
        raise ValueError(f"the loss is {loss}")


def by_problem(sink, kind, config_class, model, looks):
    for problem, labels in RIGHT if looks else [(None, 2), (None, 5)]:
        file = f"{model}-{problem or 'none'}-{labels}.json"
        executed = kind in STEPPED
        try:
            computed(problem, labels)
            if executed and problem:
                stepped(config_class, model, labels, problem)
            sink.correct(file, saved(config_class, model, labels, problem), executed)
        except Exception as error:
            sink.refused(file, error)
    wrong = WRONG if looks else {"one unit under classes": (None, 1, None), "more classes declared": (None, 5, WRONG["more classes declared"][2])}
    for name, (problem, labels, facts) in wrong.items():
        sink.broken(name, f"{model}.json", saved(config_class, model, labels, problem), facts)


def by_position(sink, config_class, model):
    scores, targets = torch.randn(2, 4, 5, requires_grad=True), torch.randint(0, 5, (2, 4))
    ForTokenClassification(scores, targets, transformers.BertConfig(num_labels=5)).backward()
    for labels in (2, 5):
        sink.correct(f"{model}-{labels}.json", saved(config_class, model, labels, None), False)
    if "Segmentation" not in model:
        sink.broken("one unit under classes", f"{model}.json", saved(config_class, model, 1, None))
    sink.broken("more classes declared", f"{model}.json", saved(config_class, model, 5, None), WRONG["more classes declared"][2])


def looks_at_problem_type(model):
    """Whether the source of the class or of its loss looks at `problem_type`."""
    import inspect

    try:
        source = inspect.getsource(getattr(transformers, model).forward)
    except Exception:
        return None
    return "problem_type" in source or "self.loss_function" in source


def every_class(sink):
    seen = set()
    for mapping, how in GROUPS.items():
        for kind, models in getattr(modeling_auto, mapping).items():
            for model in [models] if isinstance(models, str) else models:
                if model in seen or kind not in CONFIG_MAPPING:
                    continue
                seen.add(model)
                try:
                    config_class = CONFIG_MAPPING[kind]
                    config_class()
                    looks = looks_at_problem_type(model)
                except Exception as error:
                    sink.refused(model, error)
                    continue
                if how in ("problem", "classes"):
                    if looks is not None:
                        by_problem(sink, kind, config_class, model, looks)
                elif how == "positions":
                    by_position(sink, config_class, model)
                else:
                    sink.correct(f"{model}.json", saved(config_class, model, 2, None), False)
    for kind in CONFIG_MAPPING:
        try:
            sink.correct(f"plain-{kind}.json", CONFIG_MAPPING[kind]().to_json_file, False)
        except Exception as error:
            sink.refused(kind, error)


if __name__ == "__main__":
    sink = Sink("transformers", ["transformers", "torch"])
    every_class(sink)
    sink.close()
