// The person's own settings, through the program: a theme that is remembered, keys and themes of their own, and lines that
// are not understood.
import LancetSystem
import Testing

@testable import lancet

@Suite(.serialized) struct SettingsTests {
  @Test func `a chosen theme is remembered beside what else stands in the file`() throws {
    let (folder, session) = try newSession()
    try Files.makeFolders(folder + "/.config/lancet")
    writeFile("# mine\ntheme = paper\nother = 1\n", at: folder + "/.config/lancet/config")
    let person = try Person(["open", session], home: folder)
    person.see("1 of 2")
    person.type(":")
    person.see("also:")
    person.type("theme tide\r")
    person.seeNo("also:")
    person.type("Q")
    #expect(person.end() == .exit(0))
    #expect(contents(of: folder + "/.config/lancet/config") == "# mine\nother = 1\ntheme = tide\n")
  }

  @Test func `own keys and own themes are used, and what is not understood is said once`() throws {
    let (folder, session) = try newSession()
    try Files.makeFolders(folder + "/.config/lancet/themes")
    writeFile("queue.flag = f\nnothing.here = z\n", at: folder + "/.config/lancet/keys")
    writeFile(
      "# name: Mine\ntext = #d0e0f0\nbad line\n", at: folder + "/.config/lancet/themes/mine.theme")
    writeFile("\u{0}", at: folder + "/.config/lancet/themes/.hidden.theme")
    try Files.makeFolders(folder + "/.config/lancet/themes/folder.theme")
    let person = try Person(["open", session, "--theme", "mine"], home: folder)
    person.see("Your settings: 3 lines were not taken")
    person.see("keys: line 2: nothing is called nothing.here")
    person.see("mine.theme: line 3: expected")
    person.see("folder.theme cannot be read")
    person.type("\r")
    person.see("f flag")
    person.type("f")
    person.see("flag: trace 1")
    person.type("Q")
    #expect(person.end() == .exit(0))
  }

  @Test func `a theme that cannot be remembered is told, and used all the same`() throws {
    let (folder, session) = try newSession()
    try Files.makeFolders(folder + "/.config")
    writeFile("in the way", at: folder + "/.config/lancet")
    let person = try Person(["open", session], home: folder)
    person.see("1 of 2")
    person.type(":theme tide\r")
    person.see("the theme is not remembered")
    person.type("Q")
    #expect(person.end() == .exit(0))
  }
}
