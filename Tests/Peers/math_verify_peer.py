"""Grades a generated list of answer pairs with `lancet grade --batch` and with Math-Verify, and prints where they differ.

It also says how far the verdicts agree with what Math-Verify's own published tests expect, and lists each disagreement
with the reason why Lancet's verdict is kept, or without one when nobody has judged it yet. Those tests are not part of
this repository: they are taken from the installed package when it has them, else from an argument, a folder of tests or
the source distribution as it is downloaded (pip download --no-binary :all: --no-deps math-verify).

Needs: pip install math-verify (peers only; nothing of Lancet depends on it), and a built lancet.
Usage: python3 Tests/Peers/math_verify_peer.py [path of lancet [folder of tests | math_verify-*.tar.gz]]
"""

import ast
import hashlib
import importlib.metadata
import json
import pathlib
import subprocess
import sys
import tarfile
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


# Why a verdict is kept against what the published test expects.
KEPT = {
    "two values": "the answer states two values; no one reading of it is the answer",
    "percent": "percent on one side only: a person must say which was meant",
    "no sentence": "garbled; a person would not grade it",
    "broken gold": "the known answer itself is broken",
    "letter": "another letter or sign: not the same answer",
    "set": "braces make a set, and the known answer is a tuple",
}

# The published cases that were judged one by one, by the first digits of the SHA-256 of "gold, line end, answer": the tests
# themselves are not repeated here.
JUDGED = {
    "98a4fdf39c": "no sentence",
    "6fd822a0a4": "two values",
    "31a38c4363": "two values",
    "f5d8c3a8e3": "percent",
    "630ffec88b": "two values",
    "f4824798b5": "two values",
    "8de51683ea": "two values",
    "8963430277": "broken gold",
    "5ee456adb2": "two values",
    "99e454447f": "set",
    "e6c11199e1": "broken gold",
    "7c642f6316": "letter",
}


def digest(gold, answer):
    return hashlib.sha256(f"{gold}\n{answer}".encode()).hexdigest()[:10]


def sources(place):
    """The published tests as texts: of a folder, of a source distribution, or of the installed package."""
    if place and pathlib.Path(place).is_file():
        with tarfile.open(place) as archive:
            for member in sorted(archive.getmembers(), key=lambda m: m.name):
                if pathlib.PurePath(member.name).match("tests/test_*.py"):
                    yield archive.extractfile(member).read().decode()
    elif place:
        for path in sorted(pathlib.Path(place).glob("test_*.py")):
            yield path.read_text()
    else:
        for file in importlib.metadata.files("math-verify") or []:
            if file.match("tests/test_*.py"):
                yield file.read_text()


# The settings of Math-Verify under which its sameness is Lancet's: equal values and no rounded ones, an inequality and the
# interval it describes are the same, and so are only expressions of the same letters.
SETTINGS = {"precision": lambda value: value >= 5, "allow_set_relation_comp": bool, "strict": bool}


def published(place):
    """The cases (gold, answer, expected, setting) of Math-Verify's tests, each once; the setting when it is not Lancet's."""
    seen = set()
    for source in sources(place):
        for call in ast.walk(ast.parse(source)):
            if not (isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "parametrize"):
                continue
            names = [name.strip() for name in ast.literal_eval(call.args[0]).split(",")]
            for node in call.args[1].elts:
                try:
                    case = dict(zip(names, ast.literal_eval(node)))
                except ValueError:
                    continue
                expected = case.get("expected", case.get("result"))
                texts = (case.get("gold"), case.get("pred"))
                if not all(isinstance(text, str) for text in texts) or not isinstance(expected, int):
                    continue
                setting = next((f"{n}={case[n]}" for n, ours in SETTINGS.items() if n in case and not ours(case[n])), None)
                if (texts, expected, setting) not in seen:
                    seen.add((texts, expected, setting))
                    yield *texts, bool(expected), setting


def graded(rows):
    text = "".join(json.dumps({"gold": row[0], "answer": row[1]}) + "\n" for row in rows)
    run = subprocess.run(
        [LANCET, "grade", "--batch", "-", "--json"], input=text, capture_output=True, text=True
    )
    grades = [json.loads(line) for line in run.stdout.splitlines()]
    assert len(grades) == len(rows), (len(grades), len(rows), run.stderr)
    return grades


def compare_published(place):
    cases = list(published(place))
    rows = [case for case in cases if case[3] is None]
    if not rows:
        print("published cases: none found; Math-Verify's tests are in its source distribution only"
              " (pip download --no-binary :all: --no-deps math-verify), give it as the second argument")
        return
    agreed, weak, kept, open_cases = 0, 0, Counter(), 0
    for (gold, answer, expected, _), grade in zip(rows, graded(rows)):
        if (grade["verdict"] == "right") == expected:
            agreed += 1
            weak += expected and grade.get("strength") == "weak"
            continue
        why = JUDGED.get(digest(gold, answer))
        kept[why] += why is not None
        open_cases += why is None
        reason = f"kept: {KEPT[why]}" if why else f"not judged yet, {digest(gold, answer)}"
        print(f"{gold!r} | {answer!r}: expected {'right' if expected else 'not right'},"
              f" lancet {grade['verdict']} ({grade['reason']}) [{reason}]")
    print(f"published cases: {agreed} of {len(rows)} agree ({100 * agreed / len(rows):.1f} %),"
          f" {weak} of them as a weak answer")
    for gold, answer, expected, setting in cases:
        if setting:
            print(f"  set aside, published for {setting}: {gold!r} | {answer!r}: {'right' if expected else 'not right'}")
    for why, count in kept.most_common():
        if count:
            print(f"  kept {count}: {KEPT[why]}")
    print(f"  not judged yet: {open_cases}")


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
    compare_published(sys.argv[2] if len(sys.argv) > 2 else None)
    return 1 if counts["lancet false right"] else 0


sys.exit(main())
