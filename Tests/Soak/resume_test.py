#!/usr/bin/env python3
"""Kills a run at random points, resumes it, and compares: weights, optimizer and loss log must equal those of a run that was
never stopped, byte for byte. Needs a model folder and pairs (a fixture of Tests/Peers/trl_parity.py, or any).

    Tests/Soak/resume_test.py [LANCET] [--folder FIXTURE] [--kills 20]

Without --folder the small recorded fixture of the unit tests is used.
"""
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
arguments = sys.argv[1:]
option = lambda name, default: arguments[arguments.index(name) + 1] if name in arguments else default
LANCET = os.path.abspath(arguments[0] if arguments and not arguments[0].startswith("--") else HERE + "/../../.build/release/lancet")
FIXTURE = option("--folder", HERE + "/../LancetTrainerTests/Recorded/tiny")
KILLS = int(option("--kills", "20"))
base = tempfile.mkdtemp(prefix="lancet-resume-")
env = dict(os.environ, XDG_CACHE_HOME=base + "/cache")


def command(out, *more):
    return [LANCET, "train", "--pairs", FIXTURE + "/pairs.jsonl", "--model", FIXTURE + "/model", "--out", out, "--objective", "spot-bco", "--lr", "1e-3", "--steps", "120",
            "--batch", "2", "--accumulate", "2", "--order", "shuffle", "--seed", "3", "--checkpoint-every", "7", "--threads", "2", "--json", *more]


def digests(out):
    last = sorted(os.listdir(out + "/checkpoints"))[-1]
    files = {name: hashlib.sha256(open(f"{out}/checkpoints/{last}/{name}", "rb").read()).hexdigest() for name in ("parameters.f32", "moment1.f32", "moment2.f32", "state.json")}
    files["model"] = hashlib.sha256(open(out + "/model/model.safetensors", "rb").read()).hexdigest()
    timing = ("tokens_per_second", "pairs_per_second")
    log = [{k: v for k, v in json.loads(line).items() if k not in timing} for line in open(out + "/metrics.jsonl")]
    files["metrics"] = hashlib.sha256(json.dumps(log).encode()).hexdigest()
    return last, files


start = time.perf_counter()
subprocess.run(command(base + "/whole"), env=env, check=True, capture_output=True)
whole = time.perf_counter() - start
expected = digests(base + "/whole")
rng, out, kills = random.Random(11), base + "/cut", 0
started = False
while kills < KILLS:
    process = subprocess.Popen(command(out, *(["--resume"] if started else [])), env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    time.sleep(rng.uniform(0.02, max(0.3, whole / 4)))
    number = rng.choice([signal.SIGKILL, signal.SIGKILL, signal.SIGTERM])
    if process.poll() is not None:
        if process.returncode == 0:
            # The run came to its end before the next kill: compare it, and begin another.
            assert digests(out) == expected, "a resumed run differs from the unbroken one"
            shutil.rmtree(out)
            started = False
            continue
        sys.exit(process.stderr.read().decode())
    process.send_signal(number)
    process.wait()
    kills += 1
    started = os.path.exists(out + "/run.json")
    if not started:
        shutil.rmtree(out, ignore_errors=True)
done = subprocess.run(command(out, *(["--resume"] if started else [])), env=env, capture_output=True, text=True)
if done.returncode:
    sys.exit(done.stderr)
found = digests(out)
for name, digest in expected[1].items():
    print(f"{name:<16} {'equal' if found[1][name] == digest else 'DIFFERENT'}  {digest[:16]}")
assert found == expected, "a resumed run differs from the unbroken one"
print(f"{kills} kills, then resumed to the end: equal to the unbroken run byte for byte")
shutil.rmtree(base)
