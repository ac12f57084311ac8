#!/usr/bin/env python3
"""Trains the same small models with TRL 0.20.0 and with Lancet and compares every update.

    Tests/Peers/trl_parity.py .build/release/lancet            # several seeds, both architectures, three objectives; with
                                                               # SMOLLM2=FOLDER also that model (any small chat model)
    Tests/Peers/trl_parity.py .build/release/lancet --speed    # pairs per second and peak memory, both sides, same threads
    Tests/Peers/trl_parity.py --record FOLDER                  # the small numbers that `swift test` checks against

Needs: pip install torch trl==0.20.0 transformers==4.53.3 accelerate==1.10.0 datasets
TRL runs in single precision in one process on the processor; see CONTRIBUTING.md for what is compared and why.
"""
import argparse
import json
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import warnings

warnings.filterwarnings("ignore")
os.environ.update(TRANSFORMERS_VERBOSITY="error", HF_HUB_OFFLINE="1", TOKENIZERS_PARALLELISM="false")

SPLIT = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+")
TEMPLATE = ("{%- for m in messages %}{{- '<|im_start|>' + m['role'] + '\n' + m['content'] + '<|im_end|>\n' }}{%- endfor %}"
            "{%- if add_generation_prompt %}{{- '<|im_start|>assistant\n' }}{%- endif %}")
OBJECTIVES = {"bco_pair": "spot-bco", "sigmoid": "dpo", "sft": "sft+"}
# what is compared, and how far it may be: relative, or absolute where the issue says so
LIMITS = {"logps/chosen": ("rel", 1e-4), "logps/rejected": ("rel", 1e-4), "loss": ("rel", 1e-3), "grad_norm": ("rel", 5e-3),
          "rewards/chosen": ("abs", 5e-3), "rewards/rejected": ("abs", 5e-3), "delta": ("abs", 5e-3), "learning_rate": ("rel", 1e-6)}


def chains(rng, count, steps):
    """Pairs of a chain of sums with one slip carried on, and its correction."""
    for _ in range(count):
        n, value = rng.randint(2, steps), rng.randint(10, 60)
        slip, good, bad, question = rng.randrange(n), value, value, f"Begin with {value}."
        right, wrong = [], []
        for i in range(n):
            k = rng.randint(2, 25)
            question += f" Add {k}."
            right.append(f"Line {i + 1}: {good} + {k} = {good + k}.")
            wrong.append(f"Line {i + 1}: {bad} + {k} = {bad + k + (10 if i == slip else 0)}.")
            good, bad = good + k, bad + k + (10 if i == slip else 0)
        yield dict(question=question + " What is it?", original_answer="\n".join(wrong + [f"So \\boxed{{{bad}}}."]),
                   gemini_corrected_answer="\n".join(right + [f"So \\boxed{{{good}}}."]))


def fixture(folder, arch, seed, tie, hidden, layers, heads, kv, head_dim, inter, vocab, pairs, steps):
    """A model folder with random weights and a file of pairs."""
    import torch
    from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast, Qwen2Config, Qwen2ForCausalLM, Qwen3Config, Qwen3ForCausalLM
    os.makedirs(folder + "/model")
    rows = list(chains(random.Random(seed), pairs, steps))
    with open(folder + "/pairs.jsonl", "w") as f:
        f.writelines(json.dumps(r) + "\n" for r in rows)
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Split(Regex(SPLIT), "isolated"), pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.train_from_iterator((" ".join(r.values()) for r in rows), trainers.BpeTrainer(
        vocab_size=vocab, special_tokens=["<|endoftext|>", "<|im_start|>", "<|im_end|>"], show_progress=False,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet()))
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, eos_token="<|im_end|>", pad_token="<|endoftext|>")
    fast.chat_template = TEMPLATE
    fast.save_pretrained(folder + "/model")
    common = dict(vocab_size=(len(fast) + 15) // 16 * 16, hidden_size=hidden, intermediate_size=inter, num_hidden_layers=layers, num_attention_heads=heads,
                  num_key_value_heads=kv, max_position_embeddings=2048, tie_word_embeddings=tie, eos_token_id=fast.eos_token_id, bos_token_id=None, pad_token_id=fast.pad_token_id)
    torch.manual_seed(seed)
    if arch == "qwen3":
        model = Qwen3ForCausalLM(Qwen3Config(rope_theta=1e6, head_dim=head_dim, **common))
    elif arch == "qwen2":
        model = Qwen2ForCausalLM(Qwen2Config(rope_theta=1e6, **common))
    else:
        scaling = dict(rope_type="llama3", factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0, original_max_position_embeddings=512)
        model = LlamaForCausalLM(LlamaConfig(rope_theta=5e5, head_dim=head_dim, rope_scaling=scaling, **common))
    with torch.no_grad():
        for name, p in model.named_parameters():
            if "norm" in name or "bias" in name:
                p.add_(0.1 * torch.randn_like(p))
    model.save_pretrained(folder + "/model")


def train_with_trl(folder, loss, steps, batch, accumulate, lr, threads, save=None):
    """Every update of TRL's DPOTrainer in full precision, its median update in seconds, and the process's peak memory."""
    import torch
    from datasets import Dataset, disable_progress_bars
    from transformers import AutoModelForCausalLM, AutoTokenizer, TrainerCallback
    from transformers.trainer_callback import PrinterCallback
    from trl import DPOConfig, DPOTrainer
    disable_progress_bars()
    torch.set_num_threads(threads)
    tokenizer = AutoTokenizer.from_pretrained(folder + "/model")
    tokenizer.padding_side = "right"
    load = lambda: AutoModelForCausalLM.from_pretrained(folder + "/model", torch_dtype=torch.float32)
    message = lambda role, text: [dict(role=role, content=text)]
    rows = [json.loads(line) for line in open(folder + "/pairs.jsonl")]
    data = Dataset.from_list([dict(prompt=message("user", r["question"]), chosen=message("assistant", r["gemini_corrected_answer"]),
                                   rejected=message("assistant", r["original_answer"])) for r in rows])
    micro, updates, times = [], [], []

    class Watched(DPOTrainer):
        def _get_train_sampler(self, *a):
            return torch.utils.data.SequentialSampler(self.train_dataset)

        def dpo_loss(self, chosen, rejected, *a, **k):
            losses, up, down = super().dpo_loss(chosen, rejected, *a, **k)
            mean = lambda t: float(t.detach().double().mean())
            micro.append({"loss": mean(losses), "rewards/chosen": mean(up), "rewards/rejected": mean(down), "logps/chosen": mean(chosen), "logps/rejected": mean(rejected),
                          "delta": float(self.running.mean) if loss == "bco_pair" else 0.0})
            return losses, up, down

    class Collect(TrainerCallback):
        def on_step_begin(self, *a, **k):
            self.start = time.perf_counter()

        def on_step_end(self, *a, **k):
            times.append(time.perf_counter() - self.start)

        def on_log(self, args, state, control, logs=None, **k):
            if "loss" in logs:
                taken, micro[:] = micro[:accumulate], micro[accumulate:]
                figures = {key: sum(m[key] for m in taken) / len(taken) for key in taken[0]}
                updates.append({"step": state.global_step, **figures, "delta": taken[-1]["delta"], "grad_norm": logs["grad_norm"], "learning_rate": logs["learning_rate"]})

    config = DPOConfig(output_dir=tempfile.mkdtemp(), loss_type=[loss], beta=0.1, learning_rate=lr, per_device_train_batch_size=batch, gradient_accumulation_steps=accumulate,
                       max_steps=steps, logging_steps=1, save_strategy="no", report_to=[], use_cpu=True, bf16=False, lr_scheduler_type="cosine", warmup_ratio=0.25, weight_decay=0.01,
                       adam_beta1=0.9, adam_beta2=0.95, max_grad_norm=1.0, precompute_ref_log_probs=True, max_length=8192, max_prompt_length=4096, gradient_checkpointing=False,
                       disable_tqdm=True, seed=0)
    trainer = Watched(model=load(), ref_model=load(), args=config, train_dataset=data, processing_class=tokenizer, callbacks=[Collect()])
    trainer.remove_callback(PrinterCallback)
    if loss == "sft":
        # TRL's sft ignores token id 0 in the loss; none of the fixtures' texts holds it.
        trainer.running = type("Zero", (), {"mean": 0.0})()
    trainer.train()
    if save:
        trainer.save_model(save)
    shutil.rmtree(config.output_dir, ignore_errors=True)
    return updates, statistics.median(times[1:] or times), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def train_with_lancet(lancet, folder, loss, steps, batch, accumulate, lr, threads):
    out = tempfile.mkdtemp() + "/run"
    env = dict(os.environ, XDG_CACHE_HOME=out + "-cache")
    done = subprocess.run([lancet, "train", "--pairs", folder + "/pairs.jsonl", "--model", folder + "/model", "--out", out, "--objective", OBJECTIVES[loss], "--lr", str(lr),
                           "--steps", str(steps), "--batch", str(batch), "--accumulate", str(accumulate), "--warmup", "0.25", "--threads", str(threads), "--json"],
                          env=env, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr)
    lines = [json.loads(x) for x in done.stdout.splitlines()]
    return [x for x in lines if "loss" in x], lines[-1]["summary"]


def logprobs_with_transformers(model_folder, folder):
    """Sums over the first pair's answers, by the model that Lancet wrote."""
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer
    tokenizer = AutoTokenizer.from_pretrained(model_folder)
    model = AutoModelForCausalLM.from_pretrained(model_folder, torch_dtype=torch.float32)
    r = json.loads(open(folder + "/pairs.jsonl").readline())
    ask = [dict(role="user", content=r["question"])]
    head = tokenizer.apply_chat_template(ask, tokenize=False, add_generation_prompt=True)
    found = []
    for text in (r["gemini_corrected_answer"], r["original_answer"]):
        whole = tokenizer.apply_chat_template(ask + [dict(role="assistant", content=text)], tokenize=False)
        prompt, answer = (tokenizer(t, add_special_tokens=False)["input_ids"] for t in (head, whole[len(head):]))
        ids = torch.tensor([prompt + answer + [tokenizer.eos_token_id]])
        with torch.no_grad():
            logs = torch.log_softmax(model(ids).logits[0].double(), -1)
        found.append(float(sum(logs[t - 1, ids[0, t]] for t in range(len(prompt), ids.shape[1]))))
    return found


def compare(ours, theirs):
    """The worst deviation of every figure, and whether all are within their limits."""
    worst = {}
    for a, b in zip(ours, theirs, strict=True):
        for key, (kind, _) in LIMITS.items():
            gap = abs(a[key] - b[key])
            worst[key] = max(worst.get(key, 0), gap / max(abs(b[key]), 1e-30) if kind == "rel" and b[key] else gap)
    return worst, all(worst[k] <= LIMITS[k][1] for k in worst)


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("lancet", nargs="?")
    ap.add_argument("--speed", action="store_true")
    ap.add_argument("--record")
    ap.add_argument("--threads", type=int, default=2)
    a = ap.parse_args()
    tiny = dict(hidden=32, layers=2, heads=4, kv=2, head_dim=8, inter=48, vocab=320, pairs=6, steps=3)
    if a.record:
        os.makedirs(a.record, exist_ok=True)
        shutil.rmtree(a.record + "/tiny", ignore_errors=True)
        fixture(a.record + "/tiny", "qwen3", 5, True, **tiny)
        for name in ("special_tokens_map.json", "generation_config.json"):
            if os.path.exists(a.record + "/tiny/model/" + name):
                os.remove(a.record + "/tiny/model/" + name)
        recorded = {name: train_with_trl(a.record + "/tiny", loss, 4, 2, 2 if loss == "bco_pair" else 1, 1e-3, 1)[0] for loss, name in OBJECTIVES.items()}
        json.dump(recorded, open(a.record + "/trl.json", "w"), indent=1)
        return
    lancet = os.path.abspath(a.lancet)
    folder = tempfile.mkdtemp(prefix="lancet-parity-")
    if a.speed:
        fixture(folder + "/f", "qwen3", 1, False, hidden=256, layers=6, heads=4, kv=2, head_dim=64, inter=768, vocab=2048, pairs=64, steps=12)
        theirs, median, peak = train_with_trl(folder + "/f", "bco_pair", 8, 8, 1, 1e-4, a.threads)
        ours, summary = train_with_lancet(lancet, folder + "/f", "bco_pair", 8, 8, 1, 1e-4, a.threads)
        mine = 8 / summary["median_update_s"]
        print(f"TRL     {8 / median:8.2f} pairs/s   {peak / 2**20:6.0f} MB at most")
        print(f"Lancet  {mine:8.2f} pairs/s   {summary['peak_memory'] / 2**20:6.0f} MB at most   {mine * median / 8:.2f} times TRL")
        return
    failed = False
    print(f"{'model':<14}{'objective':<10}{'G':<3}" + "".join(f"{k.split('/')[-1] if 'reward' not in k else 'r ' + k.split('/')[-1]:>14}" for k in LIMITS) + f"{'saved model':>14}")

    def case(name, where, loss, steps, batch, accumulate, lr):
        theirs, _, _ = train_with_trl(where, loss, steps, batch, accumulate, lr, a.threads)
        ours, summary = train_with_lancet(lancet, where, loss, steps, batch, accumulate, lr, a.threads)
        worst, good = compare(ours, theirs)
        out = subprocess.run([lancet, "logprobs", "--model", summary["model"], "--pairs", where + "/pairs.jsonl", "--json"], capture_output=True, text=True)
        first = json.loads(out.stdout.splitlines()[0])
        reread = logprobs_with_transformers(summary["model"], where)
        gap = max(abs(first["logps_chosen"] - reread[0]) / abs(reread[0]), abs(first["logps_rejected"] - reread[1]) / abs(reread[1]))
        good = good and gap < 1e-3
        print(f"{name:<14}{OBJECTIVES[loss]:<10}{accumulate:<3}" + "".join(f"{worst[k]:>14.1e}" for k in LIMITS) + f"{gap:>14.1e}" + ("" if good else "  OVER"), flush=True)
        return good

    cases = [("qwen3", False, 1), ("qwen3", True, 2), ("llama", False, 3), ("llama", True, 4), ("qwen2", False, 5)]
    for arch, tie, seed in cases:
        where = f"{folder}/{arch}-{seed}"
        fixture(where, arch, seed, tie, **dict(tiny, hidden=64, head_dim=16, inter=128, pairs=12, steps=8))
        for loss in OBJECTIVES:
            for accumulate in (1, 2):
                failed |= not case(arch + (" tied" if tie else ""), where, loss, 5, 3, accumulate, 1e-3)
    real = os.environ.get("SMOLLM2")
    if real:
        where = folder + "/real"
        os.makedirs(where)
        os.symlink(os.path.abspath(real), where + "/model")
        with open(where + "/pairs.jsonl", "w") as f:
            f.writelines(json.dumps(r) + "\n" for r in chains(random.Random(6), 6, 6))
        failed |= not case("SmolLM2", where, "bco_pair", 3, 2, 1, 1e-5)
    else:
        print("SmolLM2 is left out: SMOLLM2=FOLDER names its folder (a Llama folder made from its GGUF, for example)")
    shutil.rmtree(folder, ignore_errors=True)
    sys.exit(1 if failed else 0)


main()
