#!/usr/bin/env python3
"""Does every death give the terminal back? Starts a program on a pseudo terminal, ends it, and compares.

    python3 Tests/Peers/pty_deaths.py [--term xterm-256color] [--start SECONDS] [--keys "q=quit"] -- COMMAND ARG…

For each way to die it checks: the modes of the terminal are those of before, the other screen was left, the cursor
is shown, mouse, paste and focus reports are off, nothing is sent after that, and the signal is kept. A line each, a
table at the end, exit status 1 when one of them failed. Only Python's standard library.
"""
import fcntl, os, pty, re, select, signal, struct, sys, termios, time

OFF = {"mouse 1000": b"\x1b[?1000l", "mouse 1002": b"\x1b[?1002l", "mouse 1006": b"\x1b[?1006l",
       "paste": b"\x1b[?2004l", "focus": b"\x1b[?1004l"}


class Run:
    """One start of the program on its own pseudo terminal, with a shell's place taken by us."""

    def __init__(self, command, term, size=(40, 120), env=None):
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", *size, 0, 0))
        self.slave = slave
        self.before = termios.tcgetattr(slave)
        self.output = b""
        # A leader like a shell: the program gets its own foreground group, or Ctrl-Z would be ignored.
        ours, theirs = os.pipe()
        self.leader = os.fork()
        if self.leader == 0:
            os.setsid()
            fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
            signal.signal(signal.SIGTTOU, signal.SIG_IGN)
            signal.signal(signal.SIGHUP, signal.SIG_IGN)
            pid = os.fork()
            if pid == 0:
                os.setpgid(0, 0)
                os.tcsetpgrp(slave, os.getpid())
                signal.signal(signal.SIGTTOU, signal.SIG_DFL)
                signal.signal(signal.SIGHUP, signal.SIG_DFL)
                for fd in range(3):
                    os.dup2(slave, fd)
                os.closerange(3, 64)
                os.environ.update({"TERM": term, "LANG": "C.UTF-8", **(env or {})})
                os.execvp(command[0], command)
            os.close(self.master)
            os.write(theirs, struct.pack("i", pid))
            while True:
                status = os.waitpid(pid, os.WUNTRACED)[1]
                os.write(theirs, struct.pack("i", status))
                if not os.WIFSTOPPED(status):
                    os._exit(0)
        os.close(theirs)
        self.statuses = ours
        self.pid = struct.unpack("i", os.read(ours, 4))[0]

    def read(self, seconds):
        """Collects output until nothing comes for that long."""
        while select.select([self.master], [], [], seconds)[0]:
            try:
                data = os.read(self.master, 65536)
            except OSError:
                return
            if not data:
                return
            self.output += data

    def type(self, keys):
        os.write(self.master, keys)

    def wait(self, seconds):
        """The wait status, or None when it lives on."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if select.select([self.statuses], [], [], 0)[0]:
                data = os.read(self.statuses, 4)
                return struct.unpack("i", data)[0] if data else 0
            self.read(0.02)
        return None

    def faults(self):
        """What was not given back."""
        self.read(0.1)
        found = []
        after = termios.tcgetattr(self.slave)
        if after != self.before:
            names = ["iflag", "oflag", "cflag", "lflag", "ispeed", "ospeed", "cc"]
            found += ["modes: " + n for n, a, b in zip(names, self.before, after) if a != b]
        enter = self.output.rfind(b"\x1b[?1049h")
        if enter >= 0 and self.output.rfind(b"\x1b[?1049l") < enter:
            found.append("still on the other screen")
        for name, off in OFF.items():
            on = off[:-1] + b"h"
            if self.output.rfind(on) > self.output.rfind(off):
                found.append(name + " still on")
        hidden = self.output.rfind(b"\x1b[?25l")
        shown = max(self.output.rfind(b"\x1b[?25h"), self.output.rfind(b"\x1b[?12l"))
        if hidden > shown and b"\x1b[?25l" in self.output:
            found.append("cursor hidden")
        left = self.output.rfind(b"\x1b[?1049l")
        if left >= 0 and len(re.sub(rb"\x1b[^a-zA-Z]*[a-zA-Z]|\s", b"", self.output[left:])) > 200:
            found.append("noise after the end")
        return found

    def close(self):
        try:
            os.kill(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        os.waitpid(self.leader, 0)
        os.close(self.statuses)
        os.close(self.master)
        os.close(self.slave)


def main():
    arguments = sys.argv[1:]
    if "--" not in arguments:
        sys.exit(__doc__)
    cut = arguments.index("--")
    head, command = arguments[:cut], arguments[cut + 1:]
    options = {"term": "xterm-256color", "start": "1.0", "quit": "q", "traps": ""}
    while head:
        name = head.pop(0)[2:]
        options[name] = head.pop(0)
    term, start = options["term"], float(options["start"])
    deaths = [("quit key", options["quit"].encode().decode("unicode_escape").encode(), None), ("Ctrl-C", b"\x03", None)]
    deaths += [(signal.Signals(n).name, None, n) for n in
               (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGABRT, signal.SIGILL,
                signal.SIGSEGV, signal.SIGBUS, signal.SIGFPE, signal.SIGTRAP)]
    # "name=keys,name=keys": keys that make the program trap, for builds that have such keys
    deaths += [(p.split("=")[0], p.split("=")[1].encode().decode("unicode_escape").encode(), -1)
               for p in options["traps"].split(",") if p]
    failed = 0
    for name, keys, number in deaths:
        run = Run(command, term)
        run.read(start)
        faults = []
        if not run.output:
            faults.append("drew nothing")
        began = time.monotonic()
        run.type(keys) if keys else os.kill(run.pid, number)
        status = run.wait(3)
        took = time.monotonic() - began
        if status is None:
            faults.append("still alive after 3 s")
        elif number and number > 0 and not (os.WIFSIGNALED(status) and os.WTERMSIG(status) == number):
            faults.append("ended by status %s, not by the signal" % status)
        faults += run.faults()
        run.close()
        failed += bool(faults)
        print("%-10s %-16s %5.2f s  %s" % (name, term, took, "; ".join(faults) or "ok"), flush=True)

    # Hang-up: the line drops, the program ends within two seconds.
    for name in ("line drops",):
        run = Run(command, term)
        run.read(start)
        os.close(run.master)
        run.master = os.open("/dev/null", os.O_RDONLY)
        began = time.monotonic()
        ok = bool(select.select([run.statuses], [], [], 4)[0])
        took = time.monotonic() - began
        ok = ok and took <= 2.1
        failed += not ok
        print("%-10s %-16s %5.2f s  %s" % (name, term, took, "ok" if ok else "lives on"), flush=True)
        run.close()

    # Suspend and go on, many times: stopped with the terminal given back, redrawn after, no key lost.
    run = Run(command, term)
    run.read(start)
    cycles = int(options.get("cycles", "20"))
    bad = 0
    for _ in range(cycles):
        run.type(b"\x1a")
        status = run.wait(2)
        faults = run.faults() if status is not None else ["did not stop"]
        if faults or not os.WIFSTOPPED(status):
            bad += 1
            print("   suspended with:", "; ".join(faults) or status)
            if status is None:
                break
        mark = len(run.output)
        os.kill(run.pid, signal.SIGCONT)
        run.read(0.15)
        if len(run.output) - mark < 500:
            bad += 1
            print("   redrew only %d bytes" % (len(run.output) - mark))
    print("%-10s %-16s %d cycles, %d bad" % ("Ctrl-Z", term, cycles, bad))
    failed += bad > 0
    run.close()
    print("all given back" if not failed else "%d failed" % failed)
    sys.exit(failed > 0)


main()
