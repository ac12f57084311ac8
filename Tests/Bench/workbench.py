#!/usr/bin/env python3
"""Whole-process figures of the workbench, in a pseudo-terminal: start to first paint, key to paint, memory, idle CPU, and the
rate of imports; and `lancet diff` beside Python's difflib on the same texts. Needs Python 3 alone.

    Tests/Bench/workbench.py .build/release/lancet [--pairs 10000]
"""
import difflib
import fcntl
import json
import os
import pty
import random
import re
import select
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time

LANCET = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else ".build/release/lancet")
PAIRS = int(sys.argv[sys.argv.index("--pairs") + 1]) if "--pairs" in sys.argv else 10000
home = tempfile.mkdtemp(prefix="lancet-bench-")
env = dict(os.environ, HOME=home, XDG_DATA_HOME=home + "/data", XDG_CONFIG_HOME=home + "/config", TERM="xterm-256color",
           LANG="C.UTF-8", LC_ALL="C.UTF-8")
env.pop("NO_COLOR", None)
rng = random.Random(1)


def row(label, value, note=""):
    print(f"{label:<44} {value:>14}  {note}", flush=True)


def rows_file(path, count):
    with open(path, "w") as f:
        for i in range(count):
            a, b, c = rng.randint(10, 99), rng.randint(10, 99), rng.randint(2, 9)
            bad, good = a + b + 1, a + b
            f.write(json.dumps(dict(
                index=str(i), question=f"Problem {i}: start with {a}, add {b}, multiply by {c}. What is the result?",
                original_answer=f"{a} + {b} = {bad}.\n{bad} * {c} = {bad * c}.\nAnswer: {bad * c}",
                gemini_corrected_answer=f"{a} + {b} = {good}.\n{good} * {c} = {good * c}.\nAnswer: {good * c}",
                ground_truth=str(good * c))) + "\n")


class Terminal:
    """The workbench in a pseudo-terminal of 140x44."""

    def __init__(self, session, latency=None):
        self.start = time.perf_counter()
        pid, fd = pty.fork()
        if pid == 0:
            if latency:
                env["LANCET_TRACE_LATENCY"] = latency
            os.chdir(home)
            os.execve(LANCET, [LANCET, session], env)
        self.pid, self.fd = pid, fd
        fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", 44, 140, 0, 0))

    def read(self, seconds):
        data, end = b"", time.perf_counter() + seconds
        while time.perf_counter() < end:
            if select.select([self.fd], [], [], 0.02)[0]:
                try:
                    data += os.read(self.fd, 1 << 16)
                except OSError:
                    break
        return data

    def until(self, text, seconds=20):
        data, end = b"", time.perf_counter() + seconds
        while text not in re.sub(rb"\x1b\[[0-9;?]*[A-Za-z]", b"", data) and time.perf_counter() < end:
            if select.select([self.fd], [], [], 0.001)[0]:
                data += os.read(self.fd, 1 << 16)
        return time.perf_counter() - self.start

    def type(self, keys, pause=0.03):
        for key in keys:
            os.write(self.fd, key)
            self.read(pause)

    def status(self, name):
        for line in open(f"/proc/{self.pid}/status"):
            if line.startswith(name):
                return int(line.split()[1])

    def cpu(self):
        parts = open(f"/proc/{self.pid}/stat").read().rsplit(")", 1)[1].split()
        return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")

    def end(self):
        os.write(self.fd, b"Q")
        self.read(0.5)
        try:
            os.kill(self.pid, signal.SIGTERM)
        except ProcessLookupError:
            pass
        os.waitpid(self.pid, 0)
        os.close(self.fd)


def run(*arguments):
    return subprocess.run([LANCET, *arguments], env=env, cwd=home, capture_output=True, text=True)


print("command: Tests/Bench/workbench.py", *sys.argv[1:], "\n")
big = home + "/rows100k.jsonl"
rows_file(big, 100_000)
run("new", "import")
start = time.perf_counter()
usage = subprocess.run(["python3", "-c", (
    "import resource,subprocess,sys;subprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL);"
    "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"), LANCET, "import", "import", big, "--format", "spot", "--json"],
    env=env, cwd=home, capture_output=True, text=True)
seconds = time.perf_counter() - start
row("import of 100,000 rows", f"{seconds:.1f} s", f"{100_000 / seconds:,.0f} rows/s; bar 15 s")
row("  memory at most", f"{int(usage.stdout.split()[-1]) / 1024:.0f} MB", "bar 150 MB")

small = home + "/rows.jsonl"
rows_file(small, PAIRS)
run("new", "bench")
run("import", "bench", small, "--format", "spot")
paints = []
for _ in range(7):
    terminal = Terminal("bench")
    paints.append(terminal.until(b"Problem 0"))
    terminal.end()
row(f"start to first paint, {PAIRS:,} pairs", f"{statistics.median(paints) * 1000:.0f} ms",
    f"least {min(paints) * 1000:.0f}, most {max(paints) * 1000:.0f}; bar 50 ms")

latency = home + "/latency"
terminal = Terminal("bench", latency)
terminal.until(b"Problem 0")
terminal.read(1.0)
marks = {}
for name, keys in [("Queue: moving", [b"j"] * 60 + [b"\x06"] * 20 + [b"k"] * 20), ("Queue: to the end and back", [b"G", b"g"] * 10),
                   ("Review: hunks and steps", [b"\r"] + [b"]", b"[", b"}", b"{"] * 15),
                   ("Review: decide, next trace", [b"a", b"a", b"a", b"\r"] * 15), ("Review: undo", [b"u"] * 20)]:
    before = len(open(latency).read().split()) if os.path.exists(latency) else 0
    terminal.type(keys)
    times = sorted(int(x) / 1e6 for x in open(latency).read().split()[before:])
    if times:
        row(f"key to paint, {name}", f"{times[int(len(times) * .95)]:.1f} ms", f"p95 of {len(times)}; median {statistics.median(times):.1f}")
        marks[name] = times
everything = sorted(sum(marks.values(), []))
row("key to paint, all", f"{everything[int(len(everything) * .95)]:.1f} ms", "p95; bar 16 ms")
terminal.read(1.5)
row("resident memory", f"{terminal.status('VmRSS') / 1024:.0f} MB", "bar 60 MB")
before, moment = terminal.cpu(), time.perf_counter()
terminal.read(5)
row("idle CPU", f"{100 * (terminal.cpu() - before) / (time.perf_counter() - moment):.1f} %", "over 5 s; bar 0 %")
terminal.end()

print()
for name, count, share in [("8,000 words, 10 % changed", 8000, .1), ("32,000 words, 10 % changed", 32000, .1), ("32,000 words, unrelated", 32000, 1.0)]:
    minus = [f"w{rng.randrange(4000)}" for _ in range(count)]
    plus = [f"v{rng.randrange(4000)}" if rng.random() < share else w for w in minus]
    if share == 1.0:
        plus = [f"w{rng.randrange(4000)}" for _ in range(count)]
    a, b = home + "/a.txt", home + "/b.txt"
    open(a, "w").write(" ".join(minus))
    open(b, "w").write(" ".join(plus))
    ours, out = [], ""
    for _ in range(3):
        start = time.perf_counter()
        out = run("diff", a, b, "--json").stdout
        ours.append(time.perf_counter() - start)
    theirs = float("nan")
    if share < 1.0:
        start = time.perf_counter()
        matcher = difflib.SequenceMatcher(None, minus, plus, autojunk=False)
        matched = sum(block.size for block in matcher.get_matching_blocks())
        theirs = time.perf_counter() - start
    found = json.loads(out)
    note = f"LCS {found['lcs']}" + (f"; difflib {theirs * 1000:.0f} ms, matched {matched}" if share < 1.0 else "")
    row(f"lancet diff, {name}", f"{statistics.median(ours) * 1000:.0f} ms", note)
subprocess.run(["rm", "-rf", home])
