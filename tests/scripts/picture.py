"""Draws docs/finding.svg from the program's own report: python3 tests/scripts/picture.py [--check] [BINARY].

Runs BINARY (target/release/losslint by default) in the root of the repository with colours on, and makes an SVG picture of a
terminal from what it prints. With --check nothing is written: the exit status is 1 when the picture is not of this output.
The picture brings its own background, so that it reads the same on light and dark pages; every colour is tried for a
contrast of at least 4.5 to 1, which is what WCAG 2 asks of text.
"""

import re
import subprocess
import sys
from pathlib import Path
from xml.sax.saxutils import escape

from contrast import contrast

ROOT = Path(__file__).resolve().parents[2]
PICTURE = ROOT / "docs" / "finding.svg"
FIXTURE = "fixtures/bad/probabilities-as-logits/torch-yaml.yaml"

BACKGROUND = "#1b1f27"
TEXT = "#e6e9ef"
DIM = "#98a2b3"
# The ANSI colours that the report uses.
COLOURS = {31: "#ff7b72", 32: "#7ee787", 33: "#f2cc60", 35: "#e29cff", 36: "#76d9e6"}

# A character's cell, the margin and the bar with the title, in pixels.
CELL, LINE, MARGIN, BAR = 8.4, 19, 18, 36
FONT = "ui-monospace, 'Cascadia Mono', 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace"


def runs(line):
    """Pieces of a line with the same look: the column where each starts, its text, colour and weight."""
    column, codes = 0, set()
    for piece in re.split(r"(\x1b\[[0-9;]*m)", line):
        if piece.startswith("\x1b["):
            for code in [int(code or 0) for code in piece[2:-1].split(";")]:
                codes = set() if code == 0 else codes | {code}
        elif piece:
            colour = next((COLOURS[code] for code in sorted(codes) if code in COLOURS), DIM if 2 in codes else TEXT)
            # Spaces at the ends have no look: a piece is placed where its first letter stands.
            text = piece.strip(" ")
            if text:
                start = column + len(piece) - len(piece.lstrip(" "))
                yield start, text, colour, 1 in codes, 4 in codes
            column += len(piece)


def draw(report, command):
    lines = report.rstrip("\n").split("\n")
    plain = [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in lines]
    width = round(2 * MARGIN + CELL * max(80, max(map(len, plain))))
    height = BAR + 2 * MARGIN + LINE * (len(lines) + 2) - 6
    svg = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'role="img" aria-labelledby="title">',
        f'<title id="title">What losslint prints for {escape(FIXTURE)}</title>',
        f'<rect width="{width}" height="{height}" rx="9" fill="{BACKGROUND}"/>',
        *(f'<circle cx="{MARGIN + 6 + 20 * n}" cy="{BAR / 2 + 3}" r="6" fill="#4a5261"/>' for n in range(3)),
        f'<g font-family="{FONT}" font-size="14" xml:space="preserve">',
    ]
    rows = [f"\x1b[2m$ \x1b[0m\x1b[1m{command}\x1b[0m", "", *lines]
    for row, line in enumerate(rows):
        y = BAR + MARGIN + LINE * row + 8
        for column, text, colour, bold, underlined in runs(line):
            look = ' font-weight="700"' if bold else ""
            look += ' text-decoration="underline"' if underlined else ""
            # The length is given so that lines and letters meet whatever font a reader has.
            svg.append(
                f'<text x="{MARGIN + CELL * column:.1f}" y="{y}" textLength="{CELL * len(text):.1f}" '
                f'lengthAdjust="spacingAndGlyphs" fill="{colour}"{look}>{escape(text)}</text>'
            )
    return "\n".join([*svg, "</g>", "</svg>", ""])


def main():
    arguments = [argument for argument in sys.argv[1:] if argument != "--check"]
    binary = Path(arguments[0]).resolve() if arguments else ROOT / "target" / "release" / "losslint"
    for colour in [TEXT, DIM, *COLOURS.values()]:
        assert contrast(colour, BACKGROUND) >= 4.5, f"{colour}: contrast {contrast(colour, BACKGROUND):.1f}"
    run = subprocess.run(
        [str(binary), "check", "--no-config", "--quiet", "--color", "always", FIXTURE],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False,
    )
    assert run.returncode == 1 and not run.stderr, run
    picture = draw(run.stdout, f"losslint check {FIXTURE}")
    if "--check" not in sys.argv:
        PICTURE.write_text(picture, encoding="utf-8", newline="\n")
    elif PICTURE.read_text(encoding="utf-8") != picture:
        sys.exit("docs/finding.svg shows another output: python3 tests/scripts/picture.py draws it anew")


main()
