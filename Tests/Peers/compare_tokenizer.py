"""Compares `lancet tokenize` with Hugging Face's `tokenizers` on random texts, id by id.

usage: compare_tokenizer.py LANCET MODEL_DIR [--count 500] [--seed 1]

The texts are those of record_tokenizer.py: all scripts, combining marks, odd white space, contractions, long runs, special tokens.
"""
import argparse
import json
import os
import random
import subprocess
import sys

from tokenizers import Tokenizer

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from record_tokenizer import text

arguments = argparse.ArgumentParser()
arguments.add_argument("lancet")
arguments.add_argument("model")
arguments.add_argument("--count", type=int, default=500)
arguments.add_argument("--seed", type=int, default=1)
a = arguments.parse_args()
r = random.Random(a.seed)
peer = Tokenizer.from_file(os.path.join(a.model, "tokenizer.json"))
different = 0
for number in range(a.count):
    sample = text(r)
    ours = subprocess.run([a.lancet, "tokenize", "--model", a.model, "--json", "-"], input=sample.encode(), capture_output=True, check=True)
    ids = peer.encode(sample, add_special_tokens=False).ids
    if json.loads(ours.stdout)["ids"] != ids:
        different += 1
        print(f"text {number}: {sample!r}", file=sys.stderr)
print(json.dumps({"texts": a.count, "different": different}))
sys.exit(1 if different else 0)
