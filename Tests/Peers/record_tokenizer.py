"""Records what Hugging Face's `tokenizers` makes of texts, for Tests/LancetModelTests/Recorded/tokenizers.json.

usage: record_tokenizer.py > Tests/LancetModelTests/Recorded/tokenizers.json

Small tokenizers are trained here, one for each way of cutting a text, some with added tokens of every kind; then texts made
from a seed (all scripts, combining marks, odd white space, contractions, long runs) are encoded and decoded with each.
"""
import json
import random

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

TAIL = r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
HEAD = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|"
QWEN, LLAMA = HEAD + r"\p{N}" + TAIL, HEAD + r"\p{N}{1,3}" + TAIL
GPT2 = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"

BLOCKS = [(0x20, 0x7E)] * 6 + [
    (0xA0, 0x24F), (0x300, 0x36F), (0x370, 0x52F), (0x530, 0x6FF), (0x900, 0xDFF), (0xE00, 0x109F), (0x1100, 0x11FF),
    (0x1680, 0x18AF), (0x1E00, 0x1FFF), (0x2000, 0x218F), (0x2E80, 0x30FF), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3),
    (0xF900, 0xFE2F), (0x10000, 0x11FFF), (0x1D000, 0x1D7FF), (0x1F000, 0x1FAFF), (0x2F800, 0x2FA1F), (0, 0x10FFFF),
]
SPACES = [" ", "  ", "   ", "\n", "\r\n", "\r", "\t", "\u00a0", "\u3000", "\u0085", "\u2028", "\v", "\n\n\n", "  \n ", "\u180e", "\u200b", " " * 17]
WORDS = (
    "'s 'S '\u017f 't 'RE 'rE 've 'm 'LL 'lL 'D 'K '\u212a I'm DON'T \u00df \ufb01 '\ufb05 e\u0301 \u00e9 a\u0300\u0323 a\u0323\u0300 \uac00\u11a8 "
    "\u1100\u1161\u11a8 \u212b \u0958 \u0344 \u0f73 \U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f1e9\U0001f1ea 123 1234567 3.14 \u0663\u0664 \u2167 \u00bd "
    "hello the The word words <think> </think> <|im_end|> <|im_start|> <tool> <|eot|> <|eot|>x <|eo lr \u65e5\u672c\u8a9e "
    "== -> \\boxed{\\frac{1}{2}} $$ aaaa \u0000 \ufeff _ __init__ \u0301 \u0301\u0301 \u0345\u0301 \u1ab0 \u3099 \u304b\u3099"
).split(" ")


def text(r):
    out = []
    for _ in range(r.choice([1, 2, 3, 5, 8, 13])):
        kind = r.random()
        if kind < 0.4:
            out.append(r.choice(WORDS))
        elif kind < 0.6:
            out.append(r.choice(SPACES))
        elif kind < 0.65:
            out.append(r.choice("a 1\n'=\u00e9\u5b57") * r.randint(2, 90))
        else:
            begin, end = r.choice(BLOCKS)
            picked = (r.randint(begin, end) for _ in range(r.randint(1, 7)))
            out.append("".join(chr(c) for c in picked if not 0xD800 <= c <= 0xDFFF))
    return "".join(out)


def split(expression):
    return pre_tokenizers.Sequence(
        [pre_tokenizers.Split(Regex(expression), "isolated"), pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)]
    )


def byte_level(prefix=False):
    return pre_tokenizers.ByteLevel(add_prefix_space=prefix, use_regex=True)


ADDED = [
    AddedToken("<think>", special=False, normalized=False), AddedToken("</think>", special=False, normalized=False),
    AddedToken("<tool>", lstrip=True, special=True, normalized=False), AddedToken("<|eot|>", rstrip=True, special=True, normalized=False),
    AddedToken("word", single_word=True, special=False, normalized=False), AddedToken("<|eot|>x", special=False, normalized=False),
    AddedToken("\u00e9", special=False, normalized=True), AddedToken("  ", special=False, normalized=False),
    AddedToken("lr", lstrip=True, rstrip=True, single_word=True, special=False, normalized=True),
]


def make(corpus, pre, normalizer=None, added=(), ignore_merges=False, pairs=True):
    tokenizer = Tokenizer(models.BPE(ignore_merges=ignore_merges))
    if normalizer:
        tokenizer.normalizer = normalizer
    tokenizer.pre_tokenizer, tokenizer.decoder = pre, decoders.ByteLevel()
    tokenizer.train_from_iterator(
        corpus,
        trainers.BpeTrainer(
            vocab_size=420, special_tokens=["<|endoftext|>", "<|im_start|>", "<|im_end|>"],
            initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False,
        ),
    )
    for token in added:
        (tokenizer.add_special_tokens if token.special else tokenizer.add_tokens)([token])
    value = json.loads(tokenizer.to_str())
    if not pairs:  # the spelling before tokenizers 0.20
        value["model"]["merges"] = [" ".join(merge) for merge in value["model"]["merges"]]
    return tokenizer, value


def main():
    r = random.Random(7)
    corpus = [text(r) for _ in range(400)] + ["the words of the world hello hello " * 20, "aaaa" * 50, " " * 64, "12345678901234567890 " * 9]
    kinds = {
        "qwen": make(corpus, split(QWEN), normalizers.NFC()),
        "qwen, added tokens": make(corpus, split(QWEN), normalizers.NFC(), ADDED),
        "llama 3": make(corpus, split(LLAMA), ignore_merges=True, pairs=False),
        "llama 3, added tokens": make(corpus, split(LLAMA), None, ADDED, ignore_merges=True),
        "gpt-2": make(corpus, byte_level(), pairs=False),
        "gpt-2, prefix space": make(corpus, byte_level(True), None, ADDED),
        "digits": make(corpus, pre_tokenizers.Sequence([pre_tokenizers.Digits(individual_digits=True), byte_level()])),
    }
    out = []
    for name, (tokenizer, value) in kinds.items():
        cases = []
        for _ in range(150):
            sample = text(r)
            ids = tokenizer.encode(sample, add_special_tokens=False).ids
            cases.append([sample, ids, tokenizer.decode(ids, skip_special_tokens=False)])
        out.append({"name": name, "tokenizer": value, "cases": cases})
    print(json.dumps(out, ensure_ascii=False, separators=(",", ":")))


if __name__ == "__main__":
    main()
