#!/usr/bin/env python3
"""Kills a writing Lancet at random moments and looks whether it kept its word.

Each round starts `lancet decide SESSION --batch -`, feeds it decisions, reads its acknowledgements, and
sends SIGKILL after 0 to 200 ms. Then the file is opened again and compared with what was acknowledged:

  1. every acknowledged decision is there (none lost);
  2. every decision that is there, is there whole: both hunks carry the same text, the summary agrees (none half);
  3. SQLite's integrity_check finds nothing, and the next start takes over the lock of the dead one.

Usage: kill_test.py [--rounds 100] [--seed N] [--lancet PATH]
"""

import argparse, json, os, random, signal, sqlite3, subprocess, sys, tempfile, threading, time

ROW = {
    "question": "Tom has 3 bags of 4 apples and eats 2. How many are left?",
    "answer": "10",
    "trace": "Tom has 3 * 4 = 13 apples.\nHe eats 2, so 13 - 2 = 11 are left.\nA: 11",
    "proposal": "Tom has 3 * 4 = 12 apples.\nHe eats 2, so 12 - 2 = 10 are left.\nA: 10",
    "source": "kill-test",
}


def run(lancet, *arguments):
    done = subprocess.run([lancet, *arguments], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"lancet {' '.join(arguments)} ended with {done.returncode}: {done.stderr}")
    return done.stdout


def one_round(lancet, session, traces, hunks, first, rng):
    """Feeds decisions until the kill; returns the acknowledged ones and the number of the last one sent."""
    child = subprocess.Popen(
        [lancet, "decide", session, "--batch", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE)
    sent = {"last": first}

    def feed():
        number = first
        try:
            while True:
                number += 1
                sent["last"] = number
                token = f"decision {number}"
                wish = {
                    "trace": traces[number % len(traces)],
                    "tweak": {str(hunk): token for hunk in hunks},
                    "comment": token,
                }
                child.stdin.write((json.dumps(wish) + "\n").encode())
                child.stdin.flush()
        except (BrokenPipeError, ValueError, OSError):
            pass

    lines = []
    answered = threading.Event()

    def listen():
        for line in child.stdout:
            # A line without its end was cut by the kill: it was never an acknowledgement.
            if line.endswith(b"\n"):
                lines.append(line)
                answered.set()

    threads = [threading.Thread(target=work, daemon=True) for work in (feed, listen)]
    for thread in threads:
        thread.start()
    # Every other round begins to count when decisions are flowing, so that start-up is not all that is hit.
    if rng.random() < 0.5:
        answered.wait(10)
    time.sleep(rng.uniform(0, 0.2))
    child.send_signal(signal.SIGKILL)
    child.wait()
    for thread in threads:
        thread.join(10)
    for stream in (child.stdin, child.stdout, child.stderr):
        try:
            stream.close()
        except OSError:
            pass
    acknowledged = []
    for line in lines:
        answer = json.loads(line)
        if "error" in answer:
            sys.exit(f"refused: {answer}")
        acknowledged.append((first + answer["line"], answer["batch"], answer["trace"]))
    return acknowledged, sent["last"]


def check(lancet, session, rows, acknowledged, hunks):
    """Compares the file with the acknowledgements; returns (lost, half) and what else is wrong."""
    # Lancet opens it first, as a person would: this takes over the lock and recovers the journal.
    run(lancet, "import", session, rows)
    db = sqlite3.connect(f"file:{session}?mode=ro", uri=True)
    try:
        finding = db.execute("PRAGMA integrity_check").fetchone()[0]
        if finding != "ok":
            sys.exit(f"integrity_check: {finding}")
        batches = {}
        for batch, kind, trace, payload in db.execute(
                "SELECT batch, kind, trace, payload FROM events ORDER BY seq"):
            batches.setdefault(batch, []).append((kind, trace, json.loads(payload)))
        summaries = dict(db.execute("SELECT trace, tweaked FROM trace_summaries"))
    finally:
        db.close()
    half = []
    last = {}
    for batch, events in batches.items():
        tokens = {payload["text"] for _, _, payload in events}
        kinds = sorted(kind for kind, _, _ in events)
        if len(tokens) != 1 or kinds != ["comment"] + ["decide"] * len(hunks):
            half.append(batch)
        last[events[0][1]] = events[0][2]["text"]
    for trace, token in last.items():
        row = json.loads(run(lancet, "show", session, "--trace", str(trace), "--json"))
        if {hunk["text"] for hunk in row["hunks"]} != {token} or row["comment"] != token:
            half.append(f"trace {trace} shows something else than {token}")
        if summaries[trace] != len(hunks):
            half.append(f"the summary of trace {trace} disagrees")
    lost = []
    for number, batch, trace in acknowledged:
        token = f"decision {number}"
        events = batches.get(batch, [])
        if not events or any(e[1] != trace or e[2]["text"] != token for e in events):
            lost.append(number)
    return lost, half


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--rounds", type=int, default=100)
    arguments.add_argument("--seed", type=int, default=None)
    arguments.add_argument("--lancet", default=None)
    options = arguments.parse_args()
    here = os.path.dirname(os.path.abspath(__file__))
    root = os.path.dirname(os.path.dirname(here))
    candidates = [options.lancet] if options.lancet else [
        os.path.join(root, ".build", kind, "lancet") for kind in ("release", "debug")]
    lancet = next((path for path in candidates if os.access(path, os.X_OK)), None)
    if lancet is None:
        sys.exit("no lancet to test: swift build first, or --lancet PATH")
    seed = options.seed if options.seed is not None else random.SystemRandom().randrange(1 << 32)
    rng = random.Random(seed)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="lancet-kill-") as folder:
        session = os.path.join(folder, "kill.lancet")
        rows = os.path.join(folder, "rows.jsonl")
        with open(rows, "w") as file:
            for number in range(4):
                row = dict(ROW, question=f"{ROW['question']} ({number})")
                file.write(json.dumps(row) + "\n")
        run(lancet, "new", session)
        run(lancet, "import", session, rows, "--format", "traces")
        traces = [1, 2, 3, 4]
        shown = json.loads(run(lancet, "show", session, "--trace", "1", "--json"))
        hunks = [hunk["id"] for hunk in shown["hunks"]]
        if len(hunks) < 2:
            sys.exit(f"the test needs hunks to decide, the trace has {len(hunks)}")
        acknowledged = []
        sent = 0
        silent = 0
        lost, half = [], []
        for number in range(options.rounds):
            new, sent = one_round(lancet, session, traces, hunks, sent, rng)
            acknowledged += new
            silent += not new
            lost, half = check(lancet, session, rows, acknowledged, hunks)
            if lost or half:
                print(f"round {number + 1}, seed {seed}: lost {lost}, half {half}")
                sys.exit(1)
    print(
        f"{options.rounds} kills ({silent} before the first acknowledgement), "
        f"{len(acknowledged)} decisions acknowledged, 0 lost, 0 half, "
        f"{time.monotonic() - began:.0f} s, seed {seed}")


if __name__ == "__main__":
    main()
