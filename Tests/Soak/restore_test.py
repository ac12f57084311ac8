#!/usr/bin/env python3
"""Kills `restore` and `new` at every system call that changes a file, and lets each of them fail once: afterwards the session is the old
one or the restored one, whole, and every acknowledged decision is in it or in what was kept. Needs strace; without it says so and ends.

    Tests/Soak/restore_test.py [--lancet PATH]
"""
import argparse, glob, json, os, shutil, sqlite3, subprocess, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
CALLS = "rename,renameat,renameat2,link,linkat,unlink,unlinkat,fsync,fdatasync,ftruncate,pwrite64,openat"
ROW = {"question": "What is 2 + 2?", "answer": "4", "trace": "2 + 2 = 5\nA: 5"}


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)


def comments(path):
    """The comments of a session as Lancet shows them; None when there is no session."""
    if not os.path.exists(path):
        return None
    shown = run(LANCET, "show", path, "--trace", "1", "--json")
    if shown.returncode != 0:
        sys.exit(f"show {path} ended with {shown.returncode}: {shown.stderr}")
    return json.loads(shown.stdout)["comment"]


def prepare(folder):
    """A session with a backup of its first decision, and a second decision in its journal, as a kill leaves it."""
    session = folder + "/s.lancet"
    rows = folder + "/rows.jsonl"
    with open(rows, "w") as file:
        file.write(json.dumps(ROW) + "\n")
    for command in (["new", session], ["import", session, rows]):
        done = run(LANCET, *command)
        if done.returncode:
            sys.exit(done.stderr)
    decide(session, "first")
    db = sqlite3.connect(session)
    os.makedirs(folder + "/s.backups", exist_ok=True)
    copy = sqlite3.connect(folder + "/s.backups/0900-20260301T091245Z-by-hand.lancet")
    db.backup(copy)
    copy.close()
    db.close()
    child = subprocess.Popen([LANCET, "decide", session, "--batch", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    child.stdin.write((json.dumps({"trace": 1, "comment": "second"}) + "\n").encode())
    child.stdin.flush()
    if b"batch" not in child.stdout.readline():
        sys.exit("the second decision was not acknowledged")
    child.kill()
    child.wait()


def decide(session, text):
    done = subprocess.run([LANCET, "decide", session, "--batch", "-"], input=json.dumps({"trace": 1, "comment": text}), capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr)


def count(folder, command):
    log = folder + "/count.log"
    run("strace", "-f", "-qq", "-o", log, "-e", "trace=" + CALLS, LANCET, *command)
    names = {}
    for line in open(log):
        name = line.split(None, 1)[1].split("(", 1)[0]
        if name in CALLS.split(","):
            names[name] = names.get(name, 0) + 1
    return names


def check(folder, what):
    session = folder + "/s.lancet"
    now = comments(session)
    kept = [comments(path) for path in glob.glob(session + ".damaged*") if not path.endswith(("-wal", "-shm", "-journal"))]
    if now not in ("first", "second"):
        sys.exit(f"{what}: the session is neither the old nor the restored one: {now}")
    if now == "first" and "second" not in kept:
        sys.exit(f"{what}: an acknowledged decision is nowhere: kept {kept}")
    # It can be written again, and what was half made is gone.
    decide(session, now)
    left = [name for name in os.listdir(folder) if ".part-" in name]
    if left:
        sys.exit(f"{what}: left behind: {left}")


def main():
    global LANCET
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--lancet", default=HERE + "/../../.build/release/lancet")
    LANCET = os.path.abspath(arguments.parse_args().lancet)
    if not shutil.which("strace"):
        print("restore_test: strace is not here, nothing was tried")
        return
    if not os.access(LANCET, os.X_OK):
        sys.exit("no lancet to test: swift build -c release first, or --lancet PATH")
    base = tempfile.mkdtemp(prefix="lancet-restore-")
    template = base + "/template"
    os.makedirs(template)
    prepare(template)
    tried = 0
    work = base + "/work"

    def fresh():
        shutil.rmtree(work, ignore_errors=True)
        shutil.copytree(template, work)

    fresh()
    counts = count(work, ["restore", work + "/s", "--backup", "900"])
    check(work, "restore")
    for name, number in sorted(counts.items()):
        for at in range(1, number + 1):
            faults = ["signal=KILL"] if name == "openat" else ["signal=KILL", "error=ENOSPC", "error=EIO"]
            for fault in faults:
                fresh()
                run("strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=" + name, "-e", f"inject={name}:{fault}:when={at}", LANCET, "restore", work + "/s", "--backup", "900")
                check(work, f"restore, {name} {at} {fault}")
                tried += 1
    print(f"restore: {tried} kills and faults at {sum(counts.values())} calls, 0 sessions lost, 0 acknowledged decisions lost")
    tried = 0
    shutil.rmtree(work)
    os.makedirs(work)
    counts = count(work, ["new", work + "/n"])
    for name, number in sorted(counts.items()):
        for at in range(1, number + 1):
            shutil.rmtree(work)
            os.makedirs(work)
            run("strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=" + name, "-e", f"inject={name}:signal=KILL:when={at}", LANCET, "new", work + "/n")
            # Made, or made now; and it can be written to.
            if not os.path.exists(work + "/n.lancet") and run(LANCET, "new", work + "/n").returncode:
                sys.exit(f"new, {name} {at}: cannot be made any more")
            rows = template + "/rows.jsonl"
            done = run(LANCET, "import", work + "/n", rows)
            if done.returncode:
                sys.exit(f"new, {name} {at}: {done.stderr}")
            tried += 1
    print(f"new: {tried} kills, every session made or not there, all of them writable")
    shutil.rmtree(base)


if __name__ == "__main__":
    main()
