"""Draws docs/figures/*.svg, the plots of the guide to losses: python3 tests/scripts/figures.py [--check].

Curves are computed from their formulas, dots and bars are the numbers of tests/truth/pairings.csv, which tests/truth/measure.py
measures. With --check nothing is written: the exit status is 1 when a figure on disk is another. A figure brings its own
background, light or dark as the reader's system is.
"""

import csv
import math
import sys
from pathlib import Path
from xml.sax.saxutils import escape

from contrast import contrast

ROOT = Path(__file__).resolve().parents[2]
FIGURES = ROOT / "docs" / "figures"

# background, text, quiet text, grid, then the colours of what is right and what is wrong, and a third one
LIGHT = {"paper": "#fbfaf7", "ink": "#23272f", "quiet": "#5b6472", "grid": "#d9d6ce", "good": "#1a7f5a", "bad": "#c2412d", "other": "#2f6fb3"}
DARK = {"paper": "#1b1f27", "ink": "#e6e9ef", "quiet": "#a3adbb", "grid": "#3a4150", "good": "#5fd3a2", "bad": "#ff8a75", "other": "#7fb6f0"}

WIDTH, LEFT, RIGHT, TOP = 720, 64, 24, 68


def style():
    def rules(palette):
        text = f".paper{{fill:{palette['paper']}}}.grid{{stroke:{palette['grid']};fill:none}}"
        for name in ("ink", "quiet", "good", "bad", "other"):
            text += f".{name}{{fill:{palette[name]}}}.{name}-line{{stroke:{palette[name]};fill:none}}"
        return text

    return (
        "<style>text{font-family:system-ui,-apple-system,'Segoe UI','Helvetica Neue',Arial,'DejaVu Sans',sans-serif;font-size:13px}"
        f".title{{font-size:15px;font-weight:600}}{rules(LIGHT)}@media(prefers-color-scheme:dark){{{rules(DARK)}}}</style>"
    )


def text(x, y, words, kind="ink", anchor="start", more=""):
    return f'<text x="{x:.1f}" y="{y:.1f}" class="{kind}" text-anchor="{anchor}"{more}>{escape(words)}</text>'


def frame(height, title, body):
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}" role="img">'
        f"<title>{escape(title)}</title>{style()}"
        f'<rect class="paper" width="{WIDTH}" height="{height}" rx="8"/>'
    )
    return "\n".join([head, text(LEFT - 40, 30, title, "ink title"), *body, "</svg>", ""])


def plot(title, x_axis, y_axis, curves, dots=(), height=360, log_x=False):
    """Curves over a range: axes are (words, low, high, ticks); a curve is (words, kind, function, where its words stand)."""
    x_words, x_low, x_high, x_ticks = x_axis
    y_words, y_low, y_high, y_ticks = y_axis
    bottom = height - 52
    place = math.log10 if log_x else float
    low, high = place(x_low), place(x_high)

    def at(x, y):
        across = (place(x) - low) / (high - low)
        up = (y - y_low) / (y_high - y_low)
        return LEFT + across * (WIDTH - LEFT - RIGHT), bottom - up * (bottom - TOP)

    body = []
    for tick in y_ticks:
        _, y = at(x_low, tick)
        body.append(f'<path class="grid" d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}"/>')
        body.append(text(LEFT - 8, y + 4, f"{tick:g}", "quiet", "end"))
    for tick in x_ticks:
        x, _ = at(tick, y_low)
        body.append(text(x, bottom + 20, f"{tick:g}".replace("-", "−"), "quiet", "middle"))
    body.append(text((LEFT + WIDTH - RIGHT) / 2, bottom + 42, x_words, "quiet", "middle"))
    body.append(text(LEFT - 40, TOP - 16, y_words, "quiet"))
    for words, kind, function, (label_x, label_y, anchor) in curves:
        steps = [low + (high - low) * step / 240 for step in range(241)]
        xs = [10**step if log_x else step for step in steps]
        points = [at(x, function(x)) for x in xs if y_low <= function(x) <= y_high]
        path = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
        body.append(f'<path class="{kind}-line" stroke-width="2.5" d="M{path}"/>')
        x, y = at(label_x, label_y)
        body.append(text(x, y, words, kind, anchor, ' font-weight="600"'))
    for words, kind, x, y, (dx, dy, anchor) in dots:
        px, py = at(x, y)
        body.append(f'<circle class="{kind}" cx="{px:.1f}" cy="{py:.1f}" r="5"/>')
        body.append(text(px + dx, py + dy, words, kind, anchor))
    return frame(height, title, body)


def bars(title, heading, rows, scale, height_of_row=26):
    """Bars to the right: a row is (words, kind, value, what is said behind it); `scale` gives the share of the width."""
    start, end = 330, WIDTH - RIGHT - 110
    body = [text(LEFT - 40, TOP - 16, heading, "quiet")]
    y = TOP
    for words, kind, value, behind in rows:
        width = max(2.0, scale(value) * (end - start))
        body.append(text(start - 10, y + 15, words, "ink", "end"))
        body.append(f'<rect class="{kind}" x="{start}" y="{y + 3}" width="{width:.1f}" height="{height_of_row - 10}" rx="2"/>')
        body.append(text(start + width + 8, y + 15, behind, kind))
        y += height_of_row
    return frame(y + 16, title, body)


def measured():
    """The table of measurements by library, loss, switch, activation and labels."""
    with open(ROOT / "tests" / "truth" / "pairings.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {(r["library"], r["loss"], r["from_logits"], r["activation"], r["labels"]): r for r in rows}


def sigmoid(z):
    return 1 / (1 + math.exp(-z))


def number(value):
    return f"{value:.5f}".rstrip("0") if value < 0.001 else f"{value:.3f}" if value < 0.1 else f"{value:.2f}"


def figures():
    table = measured()

    def value(column, *key):
        return float(table[key][column])

    yield "cost.svg", plot(
        "What one answer costs, when the right answer is yes",
        ("probability that the model gives to yes", 0.001, 1, [0.001, 0.2, 0.4, 0.6, 0.8, 1]),
        ("loss", 0, 7, range(8)),
        [
            ("cross-entropy  −ln p", "good", lambda p: -math.log(p), (0.06, 3.4, "start")),
            ("squared error  (1 − p)²", "bad", lambda p: (1 - p) ** 2, (0.02, 0.12, "start")),
        ],
    )
    wrong = ("binary", -10)
    yield "gradient.svg", plot(
        "How hard a wrong answer is pulled back, when the right answer is yes",
        ("score z before the sigmoid: left is surely wrong, right is surely right", -12, 6, range(-12, 7, 2)),
        ("size of the gradient with respect to z", 0, 1.1, [0, 0.25, 0.5, 0.75, 1]),
        [
            ("cross-entropy", "good", lambda z: 1 - sigmoid(z), (-4.2, 1.03, "start")),
            ("squared error", "bad", lambda z: 2 * (1 - sigmoid(z)) ** 2 * sigmoid(z), (-1.9, 0.33, "end")),
        ],
        [
            (
                "measured " + number(value("gradient", "keras", "BinaryCrossentropy", "false", "sigmoid", wrong[0])),
                "good", wrong[1], value("gradient", "keras", "BinaryCrossentropy", "false", "sigmoid", wrong[0]), (0, 22, "middle"),
            ),
            (
                "measured " + number(value("gradient", "keras", "MeanSquaredError", "", "sigmoid", wrong[0])),
                "bad", wrong[1], value("gradient", "keras", "MeanSquaredError", "", "sigmoid", wrong[0]), (0, -12, "middle"),
            ),
        ],
    )
    yield "gradients.svg", gradient_bars(value)
    yield "floors.svg", floor_bars(value)
    twice = value("floor", "torch", "CrossEntropyLoss", "", "Softmax", "integer")
    yield "twice.svg", plot(
        "Softmax twice: the loss that training cannot get below",
        ("number of classes", 2, 1000, [2, 5, 10, 100, 1000]),
        ("loss", 0, 7, range(8)),
        [
            ("softmax twice, every answer right: ln(e + K − 1) − 1", "bad", lambda k: math.log(math.e + k - 1) - 1, (1000, 1.3, "end")),
            ("blind guessing: ln K", "other", math.log, (330, 6.35, "end")),
            ("softmax once: 0", "good", lambda k: 0.02, (1000, 0.25, "end")),
        ],
        [(f"measured, 5 classes: {twice:.2f}", "bad", 5, twice, (12, 18, "start"))],
        log_x=True,
    )


def gradient_bars(value):
    rows = [
        ("softmax, cross-entropy (Keras)", "good", ("keras", "CategoricalCrossentropy", "false", "softmax", "one_hot")),
        ("linear, CrossEntropyLoss (PyTorch)", "good", ("torch", "CrossEntropyLoss", "", "linear", "integer")),
        ("softmax, mean squared error (Keras)", "bad", ("keras", "MeanSquaredError", "", "softmax", "one_hot")),
        ("softmax, mean absolute error (Keras)", "bad", ("keras", "MeanAbsoluteError", "", "softmax", "one_hot")),
        ("softmax, CrossEntropyLoss (PyTorch)", "bad", ("torch", "CrossEntropyLoss", "", "Softmax", "integer")),
        ("sigmoid, cross-entropy (Keras)", "good", ("keras", "BinaryCrossentropy", "false", "sigmoid", "binary")),
        ("sigmoid, mean squared error (Keras)", "bad", ("keras", "MeanSquaredError", "", "sigmoid", "binary")),
        ("sigmoid, hinge (Keras)", "bad", ("keras", "Hinge", "", "sigmoid", "binary")),
        ("sigmoid, BCEWithLogitsLoss (PyTorch)", "bad", ("torch", "BCEWithLogitsLoss", "", "Sigmoid", "binary")),
        ("linear, cross-entropy on probabilities (Keras)", "bad", ("keras", "BinaryCrossentropy", "false", "linear", "binary")),
    ]
    shown = []
    for words, kind, key in rows:
        gradient = value("gradient", *key)
        shown.append((words, kind, gradient, number(gradient) if gradient else "none at all"))
    # From a hundred-thousandth to ten, a decade each step.
    return bars(
        "What is left of the gradient when every answer is surely wrong",
        "sum of absolute gradients, on a logarithmic scale",
        shown,
        lambda gradient: max(0.0, (math.log10(gradient) + 5) / 5.6) if gradient else 0.0,
    )


def floor_bars(value):
    rows = [
        ("linear, CrossEntropyLoss", "good", ("torch", "CrossEntropyLoss", "", "linear", "integer")),
        ("softmax, CrossEntropyLoss", "bad", ("torch", "CrossEntropyLoss", "", "Softmax", "integer")),
        ("sigmoid, CrossEntropyLoss", "bad", ("torch", "CrossEntropyLoss", "", "Sigmoid", "integer")),
        ("tanh, CrossEntropyLoss", "bad", ("torch", "CrossEntropyLoss", "", "Tanh", "integer")),
        ("ReLU, CrossEntropyLoss", "bad", ("torch", "CrossEntropyLoss", "", "ReLU", "integer")),
        ("linear, BCEWithLogitsLoss", "good", ("torch", "BCEWithLogitsLoss", "", "linear", "binary")),
        ("sigmoid, BCEWithLogitsLoss", "bad", ("torch", "BCEWithLogitsLoss", "", "Sigmoid", "binary")),
        ("sigmoid, BCELoss", "good", ("torch", "BCELoss", "", "Sigmoid", "binary")),
    ]
    shown = []
    for words, kind, key in rows:
        floor, right = value("floor", *key), value("accuracy", *key)
        shown.append((words, kind, floor, f"{number(floor)} · {100 * right:.0f} % right"))
    return bars(
        "Where training ends: the loss, and how many answers are right",
        "loss after 400 steps (PyTorch); the right output reaches 0",
        shown,
        lambda floor: floor / 1.1,
    )


def main():
    for palette in (LIGHT, DARK):
        for name in ("ink", "quiet", "good", "bad", "other"):
            assert contrast(palette[name], palette["paper"]) >= 4.5, (name, palette[name])
    wrong = []
    for name, picture in figures():
        path = FIGURES / name
        if "--check" in sys.argv:
            if not path.exists() or path.read_text(encoding="utf-8") != picture:
                wrong.append(name)
        else:
            path.write_text(picture, encoding="utf-8", newline="\n")
    if wrong:
        sys.exit(f"{', '.join(wrong)}: python3 tests/scripts/figures.py draws them anew")


main()
