// Rows of pairs by every door: what a file's rows become, and the tokens that context and session give.

import Foundation
import LancetCore
import LancetModel
import Testing

@testable import LancetTrainer

@Suite struct TrainingRowTests {
  private func row(_ text: String) throws -> TrainingPair {
    try TrainingPair(row: try JSON.parse(text), line: 3, file: "f")
  }

  @Test(arguments: [
    #"{"id":3,"prompt":[{"role":"system","content":"s"},{"role":"user","content":"q"}],"chosen":[{"role":"assistant","content":"g"}],"rejected":[{"role":"assistant","content":"b"}]}"#,
    #"{"system":"s","question":"q","chosen":"g","rejected":"b"}"#,
    #"{"prompt":"q","chosen":[{"role":"system","content":"s"},{"role":"user","content":"q"},{"role":"assistant","content":"g"}],"rejected":[{"role":"system","content":"s"},{"role":"user","content":"q"},{"role":"assistant","content":"b"}]}"#,
    #"{"system":"s","question":"q","original_answer":"\n\nb","gemini_corrected_answer":"\n\ng"}"#,
    #"{"system":"s","question":"q","trace":"b","proposal":"g"}"#,
  ])
  func `every spelling of a pair is one pair`(text: String) throws {
    let context = PromptContext(messages: [Message(role: "system", content: "s")])
    let expected = TrainingPair(id: 3, context: context, question: "q", chosen: "g", rejected: "b")
    #expect(try row(text) == expected)
  }

  @Test func `a leading blank line goes from SPoT's answers alone, by either door`() throws {
    let trl = try row(#"{"prompt":"q","chosen":"\n\ng","rejected":"\n\nb"}"#)
    #expect(trl.chosen == "\n\ng" && trl.rejected == "\n\nb")
    let pair = Pair(
      id: PairID(rawValue: 3), trace: TraceID(rawValue: 1), question: "q", answer: nil,
      rejected: "\n\nb", chosen: "\n\ng", changeRatio: 0, oracle: nil, source: "m", override: nil,
      isSpot: true)
    #expect(
      TrainingPair(pair)
        == (try row(
          #"{"question":"q","original_answer":"\n\nb","gemini_corrected_answer":"\n\ng"}"#)))
  }

  @Test func `frozen pairs are read back byte for byte, context and all`() throws {
    for context in [
      PromptContext.none, PromptContext(messages: [Message(role: "system", content: "s")]),
      PromptContext(arguments: [.init("enable_thinking", .bool(false))]),
    ] {
      let pair = TrainingPair(
        id: 7, context: context, question: "q", chosen: "\n\n=== CORRECTED STARTED ===\nx",
        rejected: " \n")
      #expect(TrainingPair(frozen: try JSON.parse(pair.json.serialized())) == pair)
    }
  }

  @Test func `columns that nobody reads are told once, those of a run's own pairs are read`() throws
  {
    let text = """
      {"prompt":"q","chosen":"g","rejected":"b","level":1,"template_arguments":{"x":1}}
      {"prompt":"q","chosen":"g","rejected":"b","level":2,"critique":"c"}
      """
    var told: [[String]] = []
    let pairs = try TrainingPair.read(
      Array(text.utf8), file: "f", onIgnored: { told.append($0) })
    #expect(told == [["level", "critique"]])
    #expect(pairs[0].context.arguments == [JSON.Member("x", .int(1))])
    told = []
    _ = try ProbeProblem.read(
      Array(#"{"question":"q","answer":"1","suite":"s","level":3}"#.utf8), file: "f",
      onIgnored: { told.append($0) })
    #expect(told == [["level"]])
  }

  @Test func `a file may be an array or a table, and a bad row is named by its line`() throws {
    let array = #"[{"prompt":"q","chosen":"g","rejected":"b"}]"#
    #expect(try TrainingPair.read(Array(array.utf8), file: "f").count == 1)
    let table = "prompt,chosen,rejected\nq,g,b\nq,g,\n"
    let error = try #require(throws: TrainerError.self) {
      try TrainingPair.read(Array(table.utf8), file: "f.csv")
    }
    #expect(error.place == "f.csv, line 3")
  }

  @Test func `problems of a suite are any rows that know their answer`() throws {
    let text = """
      {"question":"q","answer":"7","suite":"easy"}
      {"problem":"q","solution":"so 7"}
      {"system":"s","messages":[{"role":"user","content":"q"}],"answer":7}
      """
    let problems = try ProbeProblem.read(Array(text.utf8), file: "dir/other.jsonl")
    #expect(problems.map(\.answer) == ["7", "so 7", "7"])
    #expect(problems.map(\.suite) == ["easy", "other", "other"])
    #expect(problems[2].context.messages.map(\.content) == ["s"])
    let error = try #require(throws: TrainerError.self) {
      try ProbeProblem.read(Array(#"{"question":"q","trace":"t"}"#.utf8), file: "f")
    }
    #expect(error.what == "answer is missing")
  }

  @Test func `without a template texts are tokens as they are, and turns are refused`() throws {
    let folder = (#filePath as NSString).deletingLastPathComponent + "/Recorded/tiny/model"
    let source = try ModelFolder(path: folder)
    let setup = try PairSetup(source: source, endOfTurn: .trl, template: .none)
    let pair = TrainingPair(id: 1, question: "What is 2+3?", chosen: " 5", rejected: " 6")
    let tokens = try setup.pairs.tokens(pair)
    let end = try #require(setup.tokenizer.eosID)
    #expect(tokens.prompt == setup.tokenizer.encode("What is 2+3?"))
    #expect(tokens.chosen == setup.tokenizer.encode(" 5") + [end])
    #expect(try setup.prompt("What is 2+3?") == tokens.prompt)
    var told = pair
    told.context = PromptContext(messages: [Message(role: "system", content: "s")])
    let error = try #require(throws: TrainerError.self) {
      try PreparedPairs(
        [told], tokenizer: setup.tokenizer, pairTokenizer: setup.pairs, maxLength: nil,
        positions: 4096)
    }
    #expect(error.what.contains("need a chat template"))
  }

  @Test func `a system message changes the prompt's tokens and nothing of the answers`() throws {
    let folder = (#filePath as NSString).deletingLastPathComponent + "/Recorded/tiny/model"
    let setup = try PairSetup(source: try ModelFolder(path: folder), endOfTurn: .trl)
    var pair = TrainingPair(id: 1, question: "What is 2+3?", chosen: "It is 5", rejected: "It is 6")
    let plain = try setup.pairs.tokens(pair)
    pair.context = PromptContext(messages: [Message(role: "system", content: "Be brief.")])
    let told = try setup.pairs.tokens(pair)
    #expect(told.prompt.count > plain.prompt.count && told.chosen == plain.chosen)
    #expect(setup.tokenizer.decode(told.prompt).contains("Be brief."))
    #expect(try setup.prompt(pair.question, after: pair.context) == told.prompt)
  }
}
