// `lancet doctor`: what works, and advice for what does not.

import Testing

@testable import lancet

@Suite struct DoctorTests {
  private static let masks: [(pattern: String, sign: String)] = [
    (#"core \w+, \d+ threads?, [\d.]+ GFLOP/s"#, "core CORE, N threads, N GFLOP/s"),
    (#"\b\d\.\d+\.\d+\b"#, "VERSION"),
  ]

  @Test func `everything works`() throws {
    let shell = try CommandTest()
    shell.masks = Self.masks
    shell.variables["LANG"] = "C.UTF-8"
    shell.expect(
      #"""
      $ lancet doctor
      ✓ terminal   standard output is no terminal; commands work, the workbench needs one
      ✓ locale     UTF-8
      ✓ colours    256
      ✓ OpenBLAS   core CORE, N threads, N GFLOP/s
      ✓ SQLite     VERSION
      ✓ sessions   0 found; data folder $/home/.local/share/lancet (made when needed)
      $ lancet doctor --json
      {"check":"terminal","ok":true,"value":"standard output is no terminal; commands work, the workbench needs one","advice":""}
      {"check":"locale","ok":true,"value":"UTF-8","advice":""}
      {"check":"colours","ok":true,"value":"256","advice":""}
      {"check":"OpenBLAS","ok":true,"value":"core CORE, N threads, N GFLOP/s","advice":""}
      {"check":"SQLite","ok":true,"value":"VERSION","advice":""}
      {"check":"sessions","ok":true,"value":"0 found; data folder $/home/.local/share/lancet (made when needed)","advice":""}
      """#)
  }

  @Test func `what does not work is said with what to do`() throws {
    let shell = try CommandTest()
    shell.masks = Self.masks
    shell.isTerminal = true
    shell.variables = ["TERM": "dumb", "LC_ALL": "C"]
    shell.expect(
      #"""
      $ lancet doctor
      ✗ terminal   TERM is "dumb"
                   set TERM to your terminal's name, for example xterm-256color
      ✗ locale     ANSI_X3.4-1968
                   set LANG to a UTF-8 locale such as C.UTF-8; until then frames are ASCII
      ✓ colours    16
      ✓ OpenBLAS   core CORE, N threads, N GFLOP/s
      ✓ SQLite     VERSION
      ✗ sessions   no data folder
                   set HOME or XDG_DATA_HOME to an absolute path
      [1]
      """#)
  }

  @Test func `colours as the environment says`() throws {
    let shell = try CommandTest()
    shell.isTerminal = true
    for (variables, word) in [
      (["NO_COLOR": "1"], "off (NO_COLOR)"), (["COLORTERM": "truecolor"], "16 million (COLORTERM)"),
      (["TERM": "xterm-256color"], "256"), (["TERM": "xterm"], "16"),
    ] {
      shell.variables = variables
      #expect(shell.run("lancet doctor").contains("✓ colours    \(word)"))
    }
  }
}
