"""Makes keras.csv and torch.csv of this folder from the measurements: python3 derive.py MEASUREMENTS [OUTPUT].

MEASUREMENTS is the folder `truth/` with the measured keras.csv and torch.csv; OUTPUT is this folder by default.
A line is a loss with its activation, a column is a form of labels and a width of the head, a cell is the verdict.
"""

import csv
import sys
from pathlib import Path

HEADER = """\
# What {library} really does with each loss, last activation, form of labels and width of the head: measured by training
# each combination alone. Derived from truth/{library}.csv (its README.md says how it was measured and what the verdicts mean):
#     python3 tests/truth/derive.py ../shared/truth
# A column is named task/labels/units; there are 2 classes in a binary task and 5 classes or labels elsewhere. A cell is
# right, worse, wrong, declared (wrong by declaration: TensorFlow repairs it) or unjudged, and the cause after a colon.
"""

# The measured verdict, and the word that stands for it.
WORDS = {
    "right": "right",
    "works but worse (weak gradient when confidently wrong)": "worse:gradient",
    "works but worse (floor)": "worse:floor",
    "works but worse (regression loss on classes)": "worse:regression",
    "works but worse (TensorFlow trains a softmax, predicts sigmoids)": "worse:mistrained",
    "works but worse (TensorFlow trains independent sigmoids, predicts a softmax)": "worse:mistrained",
    "wrong (raises)": "wrong:raises",
    "wrong (loss is NaN)": "wrong:nan",
    "wrong (NaN at |z|=200)": "wrong:overflow",
    "wrong (does not decide)": "wrong:undecided",
    "wrong (floor)": "wrong:floor",
    "wrong (loss has no lower bound)": "wrong:unbounded",
    "wrong (not a distribution: a degenerate answer reaches the minimum)": "wrong:degenerate",
    "wrong by declaration (TensorFlow repairs it silently, torch/JAX do not)": "declared",
    "not judged (loss has no fixed minimum here)": "unjudged",
}

CLASSES = {"binary": "2", "multiclass": "5", "multilabel": "5"}


def derive(measured, library):
    """The text of a table."""
    columns, lines = [], {}
    for row in csv.DictReader(measured):
        assert row["classes"] == CLASSES[row["task"]], row
        column = "/".join((row["task"], row["labels"], row.get("units") or row["outputs"]))
        if column not in columns:
            columns.append(column)
        line = lines.setdefault((row["loss"], row.get("from_logits", "").lower(), row["activation"]), {})
        assert column not in line, row
        line[column] = WORDS[row["verdict"]]
    text = HEADER.format(library=library)
    text += ",".join(["loss", "from_logits", "activation", *columns]) + "\n"
    for key, line in lines.items():
        text += ",".join([*key, *(line[column] for column in columns)]) + "\n"
    return text


def main():
    source = Path(sys.argv[1])
    target = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(__file__).parent
    for library in ("keras", "torch"):
        with open(source / f"{library}.csv", newline="", encoding="utf-8") as measured:
            text = derive(measured, library)
        (target / f"{library}.csv").write_text(text, encoding="utf-8", newline="\n")


main()
