"""Compare the transformer on a whole fixture with Hugging Face Transformers and torch's autograd.

usage: compare_transformer.py FIXTURE 'COMMAND' [PAIRS]

FIXTURE comes from make_fixture.py. COMMAND is called with a model folder, a file of token trees and a folder to write into
(`lancet-bench transformer-dump`). Prints the greatest relative error of the log-probabilities of whole answers (bound 1e-4),
of the norm of the gradient, and of each tensor's gradient relative to its own norm. Exit status 1 when a bound is broken.
"""
import json
import os
import shlex
import subprocess
import sys
import tempfile

import numpy as np
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

fixture, command = sys.argv[1], shlex.split(sys.argv[2])
limit = int(sys.argv[3]) if len(sys.argv) > 3 else 8
tok = AutoTokenizer.from_pretrained(fixture + "/model")
ids = lambda text: tok(text, add_special_tokens=False)["input_ids"]
coefficient = lambda i: ((i * 7919) % 101 - 50) / 5000

pairs = []
for line in list(open(fixture + "/pairs.jsonl"))[:limit]:
    row = json.loads(line)
    prompt = ids(f"<|im_start|>user\n{row['question']}<|im_end|>\n<|im_start|>assistant\n")
    pairs.append((prompt, [ids(row[k] + "<|im_end|>\n") for k in ("gemini_corrected_answer", "original_answer")]))
trees = []
for prompt, answers in pairs:
    n = 0
    while n < min(map(len, answers)) - 1 and answers[0][n] == answers[1][n]:
        n += 1
    trees.append((len(prompt), prompt + answers[0][:n], [a[n:] for a in answers]))

with tempfile.TemporaryDirectory() as out:
    with open(out + "/trees.txt", "w") as f:
        for start, shared, branches in trees:
            f.write(" | ".join([str(start)] + [" ".join(map(str, p)) for p in [shared] + branches]) + "\n")
    subprocess.run(command + [fixture + "/model", out + "/trees.txt", out], check=True)
    lines = [[float(x) for x in line.split()] for line in open(out + "/logprobs.txt")]
    names = [line.split() for line in open(out + "/gradients.txt")]
    flat = np.fromfile(out + "/gradients.bin", dtype=np.float32)

model = AutoModelForCausalLM.from_pretrained(fixture + "/model", torch_dtype=torch.float32, attn_implementation="eager")
worst_token = worst_sum = 0.0
for index, (prompt, answers) in enumerate(pairs):
    shared = lines[3 * index]
    for side, answer in enumerate(answers):
        row = torch.tensor([prompt + answer])
        lp = torch.log_softmax(model(row).logits[0, :-1], -1).gather(1, row[0, 1:, None])[:, 0][len(prompt) - 1:]
        c = torch.tensor([coefficient(len(prompt) + i) for i in range(len(answer))])
        (c * lp).sum().backward()
        mine, theirs = np.array(shared + lines[3 * index + 1 + side]), lp.detach().double().numpy()
        assert len(mine) == len(theirs)
        worst_token = max(worst_token, float(np.max(np.abs(mine - theirs) / np.maximum(np.abs(theirs), 1))))
        worst_sum = max(worst_sum, abs(mine.sum() - theirs.sum()) / abs(theirs.sum()))
print(f"log-probabilities: of answers {worst_sum:.2e} relative, of tokens {worst_token:.2e}")

at, worst, total, mine_total = 0, (0.0, ""), 0.0, 0.0
theirs = dict(model.named_parameters())
for name, count in names:
    mine = flat[at:at + int(count)].astype(np.float64)
    at += int(count)
    expected = theirs.pop(name).grad.double().flatten().numpy()
    total += float((expected**2).sum())
    mine_total += float((mine**2).sum())
    worst = max(worst, (float(np.linalg.norm(mine - expected) / np.linalg.norm(expected)), name))
norm = abs(mine_total**0.5 / total**0.5 - 1)
print(f"gradient: norm {norm:.2e} relative ({total**0.5:.6f}); worst tensor {worst[0]:.2e} ({worst[1]}); left over {list(theirs)}")
ok = worst_sum < 1e-4 and norm < 1e-4 and worst[0] < 1e-3 and not theirs and at == len(flat)
print("equal" if ok else "DIFFERENT")
sys.exit(0 if ok else 1)
