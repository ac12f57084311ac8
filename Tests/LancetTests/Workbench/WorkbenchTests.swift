// The whole workbench in a pseudo-terminal: the program that was built, a session file, keys in, a screen out.
import Glibc
import LancetCanvas
import LancetCore
import LancetStore
import Testing

@testable import lancet

@Suite(.serialized) struct WorkbenchTests {
  @Test func `a session is opened, decided, left, and the decisions are there`() throws {
    let (folder, session) = try newSession()
    let person = try Person(["open", session], home: folder)
    person.see("1 of 2")
    person.see("Start with 51. Take away")
    #expect(person.screen.modes.isSuperset(of: [1049, 2004, 1006]))
    person.type("\r")
    person.see("51 - 45 = 14.")
    person.type("a")
    person.see("saved ")
    person.type("aaa\r")
    person.see("1 approved")
    person.type("Q")
    #expect(person.end() == .exit(0))
    #expect(person.damage == [])
    let file = try SessionFile.open(SessionPath(session), mode: .writeIfPossible)
    defer { file.close() }
    #expect(try file.summaries().map(\.status) == [.approved, .new])
  }

  @Test func `the next sitting begins where the last one ended`() throws {
    let (folder, session) = try newSession()
    let first = try Person(["open", session], home: folder)
    first.see("1 of 2")
    first.type("j")
    first.see("▶     2")
    first.type("Q")
    #expect(first.end() == .exit(0))
    let second = try Person(["open", session], home: folder)
    second.see("▶     2")
    second.type("Q")
    #expect(second.end() == .exit(0))
  }

  @Test func `another size shows what a fresh start at that size shows`() throws {
    let (folder, session) = try newSession()
    let person = try Person(["open", session], home: folder, columns: 100, rows: 30)
    person.see("1 of 2")
    for (columns, rows) in [(60, 15), (20, 5), (160, 50), (80, 24)] {
      person.resize(columns: columns, rows: rows)
      person.pause(0.1)
    }
    person.see("1 of 2")
    person.type("Q")
    #expect(person.end() == .exit(0))
    let shown = person.screen.lines
    let fresh = try Person(["open", session], home: folder, columns: 80, rows: 24)
    fresh.see("1 of 2")
    #expect(fresh.screen.lines == shown || fresh.waits({ fresh.screen.lines == shown }, seconds: 2))
    fresh.type("Q")
    #expect(fresh.end() == .exit(0))
  }

  @Test func `the colours on screen are those of the theme, and NO_COLOR has none`() throws {
    let (folder, session) = try newSession()
    let person = try Person(["open", session], home: folder)
    person.see("1 of 2")
    let title = Theme.standard.ink(for: Style(.title, bold: true))
    let cell = try #require(person.screen.cell(of: "Lancet"))
    #expect(cell.foreground == title.foreground.map { Int($0.nearest256) })
    #expect(cell.isBold)
    person.type("Q")
    #expect(person.end() == .exit(0))
    let plain = try Person(["open", session], home: folder, ["NO_COLOR": "1"])
    plain.see("1 of 2")
    #expect(!plain.screen.hasColour && person.screen.hasColour)
    plain.type("Q")
    #expect(plain.end() == .exit(0))
  }

  @Test func `what is copied reaches the terminal's clipboard, and the mouse can be given back`()
    throws
  {
    let (folder, session) = try newSession()
    let person = try Person(["open", session], home: folder)
    person.see("1 of 2")
    person.type("Y")
    person.see("copied the question of trace 1")
    #expect(person.waits { person.screen.clipboard != nil })
    #expect(person.screen.clipboard == "U3RhcnQgd2l0aCA1MS4gVGFrZSBhd2F5IDQ1LiBBZGQgNDMu")
    person.type("%")
    #expect(person.waits { !person.screen.modes.contains(1000) })
    person.type("%")
    #expect(person.waits { person.screen.modes.contains(1000) })
    person.type("\u{1B}[<0;10;7M")  // a click on the second row of the list
    person.see("▶     2")
    person.type("\u{C}")
    person.see("▶     2")
    person.type("Q")
    #expect(person.end() == .exit(0))
  }

  @Test func `a second workbench on the session reads only, and says who has it`() throws {
    let (folder, session) = try newSession()
    let first = try Person(["open", session], home: folder)
    first.see("1 of 2")
    let second = try Person(["open", session], home: folder)
    second.see("READ ONLY")
    second.type("m")
    second.see("\(first.process)")
    second.type("Q")
    #expect(second.end() == .exit(0))
    first.type("Q")
    #expect(first.end() == .exit(0))
  }

  @Test func `without arguments the demo is made once and opened`() throws {
    let home = newFolder()
    for _ in 0..<2 {
      let person = try Person([], home: home, ["LANCET_HOME": try repository()])
      person.see("1 of 60")
      person.type("Q")
      #expect(person.end() == .exit(0))
    }
    #expect(access(home + "/.local/share/lancet/demo.lancet", F_OK) == 0)
  }
}

/// The folder of this repository.
func repository() throws -> String {
  let parts = #filePath.split(separator: "/").dropLast(4)
  return "/" + parts.joined(separator: "/")
}
