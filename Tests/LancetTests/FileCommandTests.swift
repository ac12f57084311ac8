// What commands do with files that are not theirs, and how text from outside leaves them.

import Foundation
import LancetCore
import LancetSystem
import Testing

@testable import lancet

@Suite struct FileCommandTests {
  let at: CommandTest
  init() throws { at = try CommandTest() }

  private func lines(_ command: String) -> String {
    at.run(command).joined(separator: "\n")
  }

  /// A session with one approved pair; its rows came from `$/rows.jsonl`.
  private func session() throws {
    try at.write(
      "rows.jsonl",
      #"{"question":"Tom has 3 bags of 4 apples and eats 2. How many are left?","answer":"10","#
        + #""trace":"Tom has 3 * 4 = 13 apples.\nHe eats 2, so 13 - 2 = 11 are left.\nA: 11"}"#
        + "\n")
    _ = at.run("lancet new $/s")
    _ = at.run("lancet import $/s $/rows.jsonl")
    _ = at.run("lancet rectify $/s --oracle arithmetic")
  }

  @Test func `a result never goes over the session, its backups, its runs or its rows`() throws {
    try session()
    try at.write("s.runs/0001-dpo/run.json", "{}")
    try at.write("s.backups/mine.txt", "x")
    try at.write("else/run.json", "{}")
    symlink(at.path + "/s.lancet", at.path + "/link")
    link(at.path + "/s.lancet", at.path + "/twin")
    symlink(at.path + "/s.backups", at.path + "/kept")
    var before: [String: [UInt8]] = [:]
    for name in ["s.lancet", "rows.jsonl"] { before[name] = try Files.read("\(at.path)/\(name)") }
    for out in [
      "s.lancet", "link", "twin", "./s.lancet", "s.backups/../s.lancet", "s.lancet-wal",
      "s.backups/new.jsonl", "kept/new.jsonl", "s.backups", "s.runs/0001-dpo/pairs.jsonl",
      "rows.jsonl", "else/pairs.jsonl",
    ] {
      let said = lines("lancet export $/s $/\(out) --format spot")
      #expect(said.contains("this is not written over"), "\(out): \(said)")
      #expect(said.hasSuffix("[73]"), "\(out): \(said)")
    }
    for (name, bytes) in before { #expect(try Files.read("\(at.path)/\(name)") == bytes) }
    unlink(at.path + "/twin")
    #expect(!lines("lancet export $/s $/new.jsonl --format spot").contains("["))
    #expect(FileFacts.exists(at.path + "/new.jsonl"))
  }

  @Test func `another session is not written over either`() throws {
    try session()
    _ = at.run("lancet new $/other")
    #expect(lines("lancet export $/s $/other.lancet --format spot").hasSuffix("[73]"))
  }

  @Test(arguments: ["''", "$/.", "$/.x"])
  func `a session needs a name`(name: String) throws {
    #expect(lines("lancet new \(name)").contains("does not begin with a dot"))
    #expect(try Files.names(in: at.path).filter { $0 != "home" }.isEmpty)
  }

  @Test func `a run's folder that holds its model is refused before anything`() throws {
    try at.write("work/model/config.json", "{}")
    try at.write("work/pairs.jsonl", "{}")
    let said = lines(
      "lancet train --pairs $/work/pairs.jsonl --model $/work/model --out $/work --objective dpo --steps 1"
    )
    #expect(said.contains("this cannot be the run's folder: it holds the model"))
    #expect(said.hasSuffix("[73]"))
    #expect(try Files.names(in: at.path + "/work") == ["model", "pairs.jsonl"])
  }

  @Test func `names of backups cannot drive a terminal`() throws {
    try session()
    at.isTerminal = true
    try at.write("s.backups/0007-20260301T091245Z-\u{1B}]52;c;QQ\u{07}\u{9B}2J.lancet", "x")
    let said = lines("lancet restore $/s")
    #expect(said.contains("7  20260301T091245Z"))
    #expect(!said.contains("\u{07}") && !said.contains("\u{9B}"))
    let json = lines("lancet restore $/s --json")
    #expect(json.contains("\\u009b2J"))
  }

  @Test func `what JSON on a terminal escapes is the same JSON`() throws {
    let text = "a\u{9B}b\u{202E}c\u{200B}d\u{7F}e\u{FEFF}f\u{E0041}g é e\u{301} 漢 😀"
    let json = JSON.string(text).serialized()
    let shown = terminalJSON(json)
    #expect(try JSON.parse(shown) == .string(text))
    for scalar in ["\u{9B}", "\u{202E}", "\u{200B}", "\u{7F}", "\u{FEFF}", "\u{E0041}"] {
      #expect(!shown.unicodeScalars.contains { String($0) == scalar })
    }
    #expect(shown.hasSuffix(" é e\u{301} 漢 😀\""))
  }

  @Test func `CSV and XML are escaped by scalar, and no field is a formula`() {
    #expect(csvField("plain-1.5") == "plain-1.5")
    #expect(csvField("a,\u{301}b") == "\"a,\u{301}b\"")
    #expect(csvField("a\"\u{301}") == "\"a\"\"\u{301}\"")
    for start in ["=", "+", "-", "@", "\t"] { #expect(csvField(start + "1") == "\"'\(start)1\"") }
    #expect(xmlText("<\u{301}a&\u{308}\"") == "&lt;\u{301}a&amp;\u{308}&quot;")
    #expect(
      !xmlText("\u{FFFF}\u{1B}").unicodeScalars.contains { $0 == "\u{FFFF}" || $0 == "\u{1B}" })
  }

  @Test func `a width beyond all terminals is not believed`() throws {
    for width in ["9223372036854775807", "1000000000"] {
      at.variables["COLUMNS"] = width
      try at.write("a", "one\n")
      try at.write("b", "two\n")
      #expect(lines("lancet diff $/a $/b").utf8.count < 100_000)
    }
  }

  @Test func `pipes where files should be are named and never waited for`() throws {
    try session()
    mkfifo(at.path + "/pipe", 0o600)
    for command in [
      "import $/s $/pipe", "decide $/s --batch $/pipe", "steps $/pipe", "diff $/pipe $/rows.jsonl",
      "train --pairs $/pipe --model $/pipe --out $/run --objective dpo --steps 1",
      "export $/s $/pipe --format spot", "show $/pipe",
    ] {
      let said = lines("lancet " + command)
      #expect(said.contains("a named pipe"), "\(command): \(said)")
      #expect(said.hasSuffix("]"))
    }
  }
}
