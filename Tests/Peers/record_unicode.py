"""Records what Hugging Face's `tokenizers` (0.21.4) believes about Unicode, for every scalar, as a Swift file.

usage: record_unicode.py > Sources/LancetModel/Tokenizer/UnicodeData.swift

Three libraries inside `tokenizers` have three versions of Unicode: Oniguruma matches \\p{L}, \\p{N} and \\s (16.0), Rust's
`regex` matches \\w at the borders of added tokens (16.0), and `unicode-normalization-alignments` makes NFC (9.0). So nothing
is taken from a Unicode file: each property is asked of `tokenizers` itself, scalar by scalar. Python's unicodedata only
proposes candidates (decompositions, combining classes), which are then confirmed or dropped by the answer.

Format of each table: numbers in base 32, low digit first, one character a digit; `+32` says that more digits follow.
"""
import unicodedata
from tokenizers import AddedToken, Regex, Tokenizer, models, normalizers, pre_tokenizers

ALL = [c for c in range(0x110000) if not 0xD800 <= c <= 0xDFFF]
NFC, NFD = normalizers.NFC().normalize_str, normalizers.NFD().normalize_str


def chunks(size):
    for i in range(0, len(ALL), size):
        yield ALL[i : i + size]


def matching(expression):
    """The scalars that Oniguruma matches with a class."""
    splitter, found = pre_tokenizers.Split(Regex(expression), "removed"), set(ALL)
    for part in chunks(4096):
        for piece, _ in splitter.pre_tokenize_str("".join(map(chr, part))):
            found.difference_update(map(ord, piece))
    return found


def word_scalars():
    """The scalars that count as part of a word beside an added token with single_word."""
    tokenizer = Tokenizer(models.WordLevel({"[u]": 0}, unk_token="[u]"))
    tokenizer.add_tokens([AddedToken("XQ", single_word=True, normalized=False)])
    found = set()
    for part in chunks(2048):
        encoding = tokenizer.encode("".join("!XQ" + chr(c) + "!" for c in part), add_special_tokens=False)
        hit = {begin // 5 for (begin, _), token in zip(encoding.offsets, encoding.ids) if token == 1}
        found.update(c for k, c in enumerate(part) if k not in hit)
    return found


def combining_classes():
    """Combining class of each scalar; candidates from Python, zero where NFD does not reorder with it."""
    low, high = "\u0334", "\u0345"  # classes 1 and 240, in Unicode since long
    classes = {}
    for c in ALL:
        k, x = unicodedata.combining(chr(c)), chr(c)
        if k == 0 or NFD(x) != x:
            continue
        swaps_low = k > 1 and NFD("a" + x + low) == "a" + low + x
        swaps_high = k < 240 and NFD("a" + high + x) == "a" + x + high
        if swaps_low or swaps_high or x in (low, high):
            classes[c] = k
    references = {}  # one scalar of every class, against which the exact number is confirmed
    for c, k in classes.items():
        references.setdefault(k, chr(c))
    for c, k in classes.items():
        for other, r in references.items():
            if r == chr(c):
                continue
            expect = "a" + (r + chr(c) if other < k else chr(c) + r)
            assert NFD("a" + chr(c) + r) == expect, (hex(c), k, other)
    return classes


def decompositions():
    """(scalar, first, second or 0, composes?) for each canonical decomposition that `tokenizers` knows; Hangul is arithmetic."""
    rows = []
    for c in ALL:
        text = unicodedata.decomposition(chr(c))
        if not text or text.startswith("<") or 0xAC00 <= c < 0xD7A4:
            continue
        parts = [int(p, 16) for p in text.split()]
        if NFD(chr(c)) == chr(c):
            continue  # newer than its tables
        assert NFD(chr(c)) == unicodedata.normalize("NFD", chr(c)), hex(c)
        pair = "".join(map(chr, parts))
        rows.append((c, parts[0], parts[1] if len(parts) > 1 else 0, len(parts) > 1 and NFC(pair) == chr(c)))
    return rows


ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"


def digits(number):
    out = ""
    while number >= 32:
        out += ALPHABET[32 + number % 32]
        number //= 32
    return out + ALPHABET[number]


def zigzag(number):
    return 2 * number if number >= 0 else -2 * number - 1


def table(name, comment, numbers):
    text = "".join(map(digits, numbers))
    lines = [text[i : i + 95] for i in range(0, len(text), 95)]
    body = "\\\n".join(f"    {line}" for line in lines) + "\n"
    print(f"  /// {comment}\n  static let {name} = \"\"\"\n{body}    \"\"\"")


def main():
    letters, numbers, spaces, words = matching(r"\p{L}"), matching(r"\p{N}"), matching(r"\s"), word_scalars()
    runs, last, begin = [], None, 0
    for c in range(0x110001):
        kind = None
        if c < 0x110000:
            kind = (c in letters) | (c in numbers) << 1 | (c in spaces) << 2 | (c in words) << 3
        if kind != last:
            if last is not None:
                runs += [c - begin, last]
            last, begin = kind, c
    marks, previous = [], 0
    classes = combining_classes()
    for c in sorted(classes):
        if marks and c == previous and marks[-1] == classes[c]:
            marks[-2] += 1
        else:
            marks += [c - previous, 1, classes[c]]
        previous = c + 1
    rows, previous = [], 0
    for c, a, b, composes in decompositions():
        rows += [c - previous, zigzag(a - c), b * 2 + composes]
        previous = c

    print("// Generated by Tests/Peers/record_unicode.py from tokenizers 0.21.4; do not edit. The script tells the format.")
    print()
    print("/// What Hugging Face's `tokenizers` believes about each scalar, packed.")
    print("enum UnicodeData {")
    table("classes", "Runs from U+0000 on: length, then the bits of ``ScalarClass``.", runs)
    print()
    table("combining", "Runs of combining classes: gap since the last run, length, class.", marks)
    print()
    table("decompositions", "Gap since the last scalar, first part relative to it (zigzag), second part · 2 + composes.", rows)
    print("}")


if __name__ == "__main__":
    main()
