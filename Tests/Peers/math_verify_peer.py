"""Grades a generated list of answer pairs with `lancet grade --batch` and with Math-Verify, and prints where they differ.

With a folder of Math-Verify's own tests (of its source distribution: pip download --no-binary :all: --no-deps
math-verify) it also says how far the verdicts agree with what those tests expect, and lists each disagreement.

Needs: pip install math-verify (peers only; nothing of Lancet depends on it), and a built lancet.
Usage: python3 Tests/Peers/math_verify_peer.py [path of lancet [folder of tests]]
"""

import ast
import json
import pathlib
import subprocess
import sys
from collections import Counter

from math_verify import parse, verify

LANCET = sys.argv[1] if len(sys.argv) > 1 else ".build/release/lancet"

# Groups of spellings of one value. Every pair within a group should be right, every pair across groups not.
GROUPS = [
    ["18", "18.0", "$18$", "\\boxed{18}", "36/2", "\\frac{36}{2}", "9\\cdot 2", "3^2+9", "18.00"],
    ["-18", "\\boxed{-18}", "-\\frac{36}{2}", "-18.0"],
    ["0.5", "1/2", "\\frac{1}{2}", "\\frac12", "\\dfrac{1}{2}", "\\frac{2}{4}", ".5", "2^{-1}"],
    ["-0.5", "-1/2", "-\\frac{1}{2}", "\\frac{-1}{2}"],
    ["1.5", "3/2", "\\frac{3}{2}", "1\\frac{1}{2}"],
    ["0.333", "\\frac{333}{1000}"],
    ["1/3", "\\frac{1}{3}", "\\frac{2}{6}"],
    ["1000", "1,000", "1{,}000", "10^3", "1,000.0"],
    ["1234567", "1,234,567"],
    ["2\\sqrt{3}", "\\sqrt{12}", "\\frac{6}{\\sqrt{3}}"],
    ["3\\sqrt{2}", "\\sqrt{18}"],
    ["\\frac{\\sqrt{2}}{2}", "\\frac{1}{\\sqrt{2}}"],
    ["\\sqrt{2}-1", "\\frac{1}{1+\\sqrt{2}}"],
    ["1+\\sqrt{2}", "\\sqrt{2}+1", "\\sqrt{3+2\\sqrt{2}}"],
    ["2\\pi", "\\pi \\cdot 2", "\\frac{4\\pi}{2}"],
    ["\\pi"],
    ["3.14"],
    ["(1,2)", "(1, 2)", "\\left(1,2\\right)", "(\\frac{2}{2},2)"],
    ["(2,1)"],
    ["[1,2)"],
    ["[1,2]"],
    ["(-\\infty,3]", "x \\le 3"],
    ["(-\\infty,3)", "x < 3"],
    ["\\{1,2,3\\}", "\\{3,2,1\\}"],
    ["\\{1,2,4\\}"],
    ["x+1", "1+x", "\\frac{2x+2}{2}"],
    ["x^2-1", "(x-1)(x+1)"],
    ["x-1", "-1+x"],
    ["y=2x+3", "y=3+2x"],
    ["2+3i", "3i+2"],
    ["2-3i"],
    ["\\infty"],
    ["-\\infty"],
    ["\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}", "\\begin{bmatrix}1&2\\\\3&4\\end{bmatrix}"],
    ["120", "5!"],
    ["4", "8^{2/3}", "\\sqrt{16}", "2^2"],
    ["0.1", "10\\%", "10^{-1}", "\\frac{1}{10}"],
    ["\\text{yes}"],
    ["\\text{no}"],
    ["\\text{A}", "A"],
    ["\\text{B}", "B"],
    ["100", "10^2", "100.0"],
    ["99.99"],
]


def pairs():
    for i, group in enumerate(GROUPS):
        for a in group:
            for b in group:
                yield a, b, True
        # Across groups: the first spelling against the first two of the next few groups.
        for other in GROUPS[i + 1 : i + 5]:
            for b in other[:2]:
                yield group[0], b, False
                yield b, group[0], False


def wrapped(text):
    return text if "boxed" in text or "$" in text else f"${text}$"


def peer(gold, answer):
    try:
        return "right" if verify(parse(wrapped(gold)), parse(wrapped(answer))) else "not right"
    except Exception as error:  # the peer's own failures are shown, not hidden
        return type(error).__name__


def published(folder):
    """The cases (gold, answer, expected) that stand as literals in Math-Verify's tests."""
    for path in sorted(pathlib.Path(folder).glob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Tuple) or len(node.elts) < 3:
                continue
            try:
                gold, answer, expected = (ast.literal_eval(part) for part in node.elts[:3])
            except ValueError:
                continue
            if isinstance(gold, str) and isinstance(answer, str) and isinstance(expected, int):
                yield gold, answer, bool(expected)


def graded(rows):
    text = "".join(json.dumps({"gold": g, "answer": a}) + "\n" for g, a, _ in rows)
    run = subprocess.run(
        [LANCET, "grade", "--batch", "-", "--json"], input=text, capture_output=True, text=True
    )
    grades = [json.loads(line) for line in run.stdout.splitlines()]
    assert len(grades) == len(rows), (len(grades), len(rows), run.stderr)
    return grades


def compare_published(folder):
    rows = list(published(folder))
    agreed = 0
    for (gold, answer, expected), grade in zip(rows, graded(rows)):
        if (grade["verdict"] == "right") == expected:
            agreed += 1
        else:
            print(f"{gold!r} | {answer!r}: expected {expected}, lancet {grade['verdict']}"
                  f" ({grade['reason']})")
    print(f"published cases: {agreed} of {len(rows)} agree")


def main():
    rows = list(pairs())
    ours = graded(rows)
    counts = Counter()
    for (gold, answer, same), grade in zip(rows, ours):
        theirs = peer(gold, answer)
        right = grade["verdict"] == "right"
        counts["pairs"] += 1
        counts["lancet as expected"] += right == same
        counts["math-verify as expected"] += (theirs == "right") == same
        counts["lancet false right"] += right and not same
        counts["math-verify false right"] += theirs == "right" and not same
        if right != (theirs == "right"):
            counts["disagreements"] += 1
            print(f"{gold!r} | {answer!r}: lancet {grade['verdict']}, math-verify {theirs}"
                  f", expected {'right' if same else 'not right'} ({grade['reason']})")
    for name, count in counts.items():
        print(f"{name}: {count}")
    if len(sys.argv) > 2:
        compare_published(sys.argv[2])
    return 1 if counts["lancet false right"] else 0


sys.exit(main())
