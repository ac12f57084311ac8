// The command line contract: what scripts type, and what they get when they mistype.

import LancetCore
import Testing

@testable import LancetCLI

private func command(_ line: String) throws(UsageError) -> Command {
  try Command(arguments: line.split(separator: " ").map(String.init))
}

@Suite struct CommandParsingTests {
  @Test func `no argument opens the demo, a name opens that session`() throws {
    #expect(try command("") == .open(OpenOptions()))
    #expect(try command("gsm-final") == .open(OpenOptions(session: "gsm-final")))
    #expect(try command("open train") == .open(OpenOptions(session: "train")))
  }

  @Test func `options come in any order, with a space or an equals sign`() throws {
    let expected = Command.export(
      ExportOptions(session: "s", file: "out.jsonl", format: .trlUnpaired, gamma: 0.6, json: true))
    #expect(try command("export s out.jsonl --format trl-unpaired --gamma 0.6 --json") == expected)
    #expect(try command("export --json --gamma=0.6 s --format=trl-unpaired out.jsonl") == expected)
  }

  @Test func `decisions of one trace`() throws {
    let parsed = try Command(arguments: [
      "decide", "s", "--trace", "17", "--accept", "1,3", "--reject", "2", "--tweak", "4=a = b",
      "--approve",
    ])
    #expect(
      parsed
        == .decide(
          DecideOptions(
            session: "s",
            input: .trace(
              TraceID(rawValue: 17), accept: [1, 3], reject: [2],
              tweak: [HunkTweak(hunk: 4, text: "a = b")], approve: true, override: nil))))
  }

  @Test func `a run has the paper's defaults`() throws {
    guard
      case .train(let options) = try command(
        "train --pairs p --model m --out o --objective spot-bco")
    else {
      Issue.record("not a train command")
      return
    }
    #expect(options.settings == RunSettings(model: "m"))
  }

  @Test(arguments: [
    "trian", "train --lr nan --model m --out o --pairs p --objective dpo",
    "train --batch -1 --model m --out o --pairs p --objective dpo",
    "train --steps 1e99 --model m --out o --pairs p --objective dpo",
    "train --epochs 1 --steps 2 --model m --out o --pairs p --objective dpo",
    "train --delta ema:2 --model m --out o --pairs p --objective dpo", "open a b", "grade --gold",
    "grade --gold 1", "import s", "export s f --format parquet", "diff a b --unit token",
    "plot s --run 1 --metric loss --out x.png", "decide s --accept 1", "decide s --trace 0",
    "import s f --fromat spot", "new s --json --json=1", "study", "elicit s", "--frobnicate",
  ])
  func `a wrong line is one sentence with what to do`(line: String) throws {
    let error = try #require(throws: UsageError.self) { try command(line) }
    #expect(error.exitCode == .usage)
    #expect(!error.sentence.contains("\n") && error.advice.count > 5)
  }

  @Test func `a near miss is suggested`() throws {
    let error = try #require(throws: UsageError.self) { try command("import s f --fromat spot") }
    #expect(error.advice.contains("--format"))
  }

  @Test(arguments: commandTable.map(\.name))
  func `every command explains every option`(name: String) throws {
    #expect(try command("\(name) --help") == .help(name))
    let help = helpText(for: name)
    let specification = try #require(commandTable.first { $0.name == name })
    for option in specification.options { #expect(help.contains("--" + option.name)) }
    #expect(helpText(for: nil).contains(name))
  }
}
