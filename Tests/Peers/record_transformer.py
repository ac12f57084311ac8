"""Record small numbers of Hugging Face Transformers for the unit tests of the transformer.

usage: record_transformer.py > Tests/LancetModelTests/TransformerRecorded.swift

Tiny models of every architecture, tied and untied, get weights from an integer formula that the Swift tests repeat, so no
weights are stored. For each model: the log-probabilities of two rows of tokens, the norm of every tensor's gradient of
sum(c_t * logp_t) and its product with a formula vector, and a greedy continuation. Needs: torch, transformers 4.53.3.
"""
import sys

import torch
from transformers import LlamaConfig, LlamaForCausalLM, Qwen2Config, Qwen2ForCausalLM, Qwen3Config, Qwen3ForCausalLM

MASK = 0xFFFFFFFF


def mix(x):
    """One 32-bit number from another; the Swift tests have the same function."""
    x &= MASK
    x = ((x ^ (x >> 16)) * 0x7FEB352D) & MASK
    x = ((x ^ (x >> 15)) * 0x846CA68B) & MASK
    return x ^ (x >> 16)


def formula(name, count):
    """`count` numbers in -1..<1, exact in single precision."""
    salt = 0
    for byte in name.encode():
        salt = (salt * 31 + byte) & MASK
    return [(mix(salt + i) >> 8) / 2**23 - 1 for i in range(count)]


def fill(model):
    with torch.no_grad():
        for name, p in model.named_parameters():
            values = torch.tensor(formula(name, p.numel()), dtype=torch.float32).reshape(p.shape)
            if "norm" in name:
                p.copy_(1 + 0.25 * values)
            elif p.dim() == 1:
                p.copy_(0.25 * values)
            else:
                p.copy_(values * 0.5)


common = dict(vocab_size=61, hidden_size=24, intermediate_size=40, num_hidden_layers=2, num_attention_heads=4,
              num_key_value_heads=2, max_position_embeddings=512, bos_token_id=None, eos_token_id=None)
llama3 = dict(rope_type="llama3", factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0, original_max_position_embeddings=16)
MODELS = [
    ("qwen3 untied", Qwen3ForCausalLM, Qwen3Config(head_dim=10, rope_theta=1e6, tie_word_embeddings=False, **common)),
    ("qwen3 tied", Qwen3ForCausalLM, Qwen3Config(head_dim=10, rope_theta=1e6, tie_word_embeddings=True, **common)),
    ("qwen2 tied", Qwen2ForCausalLM, Qwen2Config(rope_theta=1e4, tie_word_embeddings=True, **common)),
    ("llama untied", LlamaForCausalLM, LlamaConfig(rope_theta=5e5, rope_scaling=llama3, tie_word_embeddings=False, **common)),
    ("llama biased", LlamaForCausalLM, LlamaConfig(head_dim=8, attention_bias=True, tie_word_embeddings=True, **{**common, "num_key_value_heads": 4})),
]


def row(seed, count):
    return [mix(seed * 1000 + i) % 61 for i in range(count)]


def numbers(values):
    return "[" + ", ".join(repr(float(v)) for v in values) + "]"


torch.set_num_threads(1)
print("// Recorded by Tests/Peers/record_transformer.py from Hugging Face Transformers; do not edit.")
print("// swift-format-ignore-file\n")
print("/// What Transformers computes for one tiny model.")
print("struct RecordedModel: Sendable {")
print("  let name: String\n  let logProbs: [[Double]]\n  let gradients: [(name: String, norm: Double, product: Double)]\n  let greedy: [Int32]\n}\n")
print("let recordedModels: [RecordedModel] = [")
for name, cls, config in MODELS:
    config._attn_implementation = "eager"
    model = cls(config).float()
    fill(model)
    rows = [row(1, 37), row(1, 20) + row(2, 9)]
    logps, loss = [], 0
    for index, ids in enumerate(rows):
        logits = model(torch.tensor([ids])).logits[0]
        lp = torch.log_softmax(logits[:-1], -1).gather(1, torch.tensor(ids[1:])[:, None])[:, 0][4:]
        coefficients = torch.tensor(formula(f"coefficients {index}", len(lp)), dtype=torch.float32)
        loss = loss + (coefficients * lp).sum()
        logps.append(lp.detach().tolist())
    loss.backward()
    ids = rows[0][:12]
    for _ in range(10):
        with torch.no_grad():
            ids = ids + [int(model(torch.tensor([ids])).logits[0, -1].argmax())]
    print(f"  RecordedModel(\n    name: {chr(34)}{name}{chr(34)},")
    print("    logProbs: [" + ", ".join(numbers(l) for l in logps) + "],")
    print("    gradients: [")
    for tensor, p in model.named_parameters():
        g = p.grad.double().flatten()
        product = float((g * torch.tensor(formula("probe", p.numel()), dtype=torch.float64)).sum())
        print(f"      ({chr(34)}{tensor}{chr(34)}, {float(g.norm())!r}, {product!r}),")
    print("    ],")
    print("    greedy: [" + ", ".join(map(str, ids[12:])) + "]),")
    print(f"{name}: sum of logps {[sum(l) for l in logps]}", file=sys.stderr)
print("]")
