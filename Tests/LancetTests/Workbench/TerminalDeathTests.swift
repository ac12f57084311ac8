// Whatever ends, stops or interrupts the workbench, the terminal is given back as it was.
import Glibc
import Testing

@testable import lancet

@Suite(.serialized) struct TerminalDeathTests {
  /// Signals that ask, signals of crashes, and those that nobody thinks of: the system ends a process by each of them.
  static let deaths = [
    SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGILL, SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGTRAP, SIGSYS,
    SIGXCPU,
    SIGUSR1, SIGUSR2, SIGVTALRM, SIGPROF, SIGIO, SIGPWR, 16, 40,
  ]

  @Test func `every signal that ends a process gives the terminal back, and ends it`() throws {
    let (folder, session) = try newSession()
    for number in Self.deaths {
      let person = try Person(["open", session], home: folder)
      person.see("1 of 2")
      kill(person.process, number)
      #expect(person.end() == .signal(number), "signal \(number)")
      #expect(person.damage == [], "signal \(number)")
    }
  }

  @Test func `a terminal that goes away ends the workbench`() throws {
    let (folder, session) = try newSession()
    let person = try Person(["open", session], home: folder)
    person.see("1 of 2")
    person.hangUp()
    let end = person.end(seconds: 5)
    #expect(end == .exit(0) || end == .signal(SIGHUP), "\(String(describing: end))")
  }

  @Test func `Ctrl-Z stops it with the terminal given back, and fg goes on where it was`() throws {
    let (folder, session) = try newSession()
    // A shell with job control between, as a person has it: the leader of a session is never stopped.
    let person = try Person(
      ["-mc", "\"$0\" open \"$1\"; echo now-stopped; sleep 0.5; fg >/dev/null; echo now-ended"],
      shell: true, and: session, home: folder)
    person.see("1 of 2")
    person.type("\u{1A}")
    person.see("now-stopped")
    person.see("1 of 2")
    person.type("j")
    person.see("▶     2")
    person.type("Q")
    person.see("now-ended")
    #expect(person.damage == [])
  }

  @Test func `a workbench that was stopped by force takes its modes again`() throws {
    let (folder, session) = try newSession()
    let person = try Person(["open", session], home: folder)
    person.see("1 of 2")
    kill(person.process, SIGSTOP)
    #expect(person.end() == .stopped)
    // What a shell does when it takes the terminal from a stopped program.
    person.setModes(person.before)
    kill(person.process, SIGCONT)
    person.type("j")
    person.see("▶     2")
    person.type("Q")
    #expect(person.end() == .exit(0))
    #expect(person.damage == [])
  }
}

@Suite(.serialized) struct EditorTests {
  /// Opens the first trace and gives its first hunk to an editor.
  private func edit(with script: String) throws -> Person {
    let (folder, session) = try newSession()
    let path = folder + "/editor"
    writeFile("#!/bin/sh\n" + script + "\n", at: path)
    let person = try Person(["open", session], home: folder, ["EDITOR": path])
    person.see("1 of 2")
    person.type("\r")
    person.see("51 - 45 = 14.")
    person.type("E")
    return person
  }

  private func leave(_ person: Person) {
    person.type("Q")
    #expect(person.end() == .exit(0))
    #expect(person.damage == [])
  }

  @Test func `what the editor leaves becomes the hunk`() throws {
    let person = try edit(with: "printf '6 (mended)' > \"$1\"")
    person.see("6 (mended)")
    person.see("saved ")
    leave(person)
  }

  @Test func `an editor that fails changes nothing, and the sentence says where the text is`()
    throws
  {
    let person = try edit(with: "exit 3")
    person.see("ended with status 3: nothing was changed")
    leave(person)
    let killed = try edit(with: "kill -9 $$")
    killed.see("was killed by signal 9")
    leave(killed)
    let empty = try edit(with: ": > \"$1\"")
    empty.see("the editor left nothing")
    leave(empty)
  }

  @Test
  func `an editor that leaves the terminal raw, without a cursor and with the mouse on is mended`()
    throws
  {
    let person = try edit(
      with: "stty raw -echo; printf '\\033[?25l\\033[?1000h\\033[?1049h'; printf '6 (raw)' > \"$1\""
    )
    person.see("6 (raw)")
    leave(person)
  }

  @Test func `a window that changes size while the editor has it is drawn at its size`() throws {
    let person = try edit(with: "sleep 0.5; printf '6 (late)' > \"$1\"")
    person.pause(0.2)
    person.resize(columns: 120, rows: 40)
    person.see("6 (late)")
    #expect(person.waits { person.screen.lines.last?.isEmpty == false })
    leave(person)
  }
}

@Suite(.serialized) struct PasteTests {
  @Test func `a paste without an end mark swallows no key for long`() throws {
    let (folder, session) = try newSession()
    let person = try Person(["open", session], home: folder)
    person.see("1 of 2")
    person.type("\u{1B}[200~some text")
    person.pause(0.1)
    person.type("\u{3}")
    person.see("pasted text was dropped")
    person.pause(0.2)
    person.type("j")
    person.see("▶     2")
    person.seeNo("pasted text was dropped")
    person.type("\u{1B}[200~more text")
    person.see("pasted text was dropped")
    person.type("k")
    person.see("▶     1")
    person.type("Q")
    #expect(person.end() == .exit(0))
  }

  @Test func `what is pasted into the filter is its text, and runs nothing`() throws {
    let (folder, session) = try newSession()
    let person = try Person(["open", session], home: folder)
    person.see("1 of 2")
    person.type("/")
    person.see("FILTER")
    person.type("\u{1B}[200~stamps\rQ\u{1B}[201~")
    person.see("stamps")
    #expect(person.end(seconds: 0.3) == nil)
    person.type("\u{1B}")
    person.seeNo("FILTER")
    person.type("Q")
    #expect(person.end() == .exit(0))
  }
}
