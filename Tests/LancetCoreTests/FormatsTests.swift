// Each format's rows in, and the rows out; refusals name the field and the found type.

import Testing

@testable import LancetCore

private func read(_ text: String, _ format: ImportFormat) throws -> ImportedRow {
  try read(text, RowReading(format: format))
}

private func refusal(_ text: String, _ format: ImportFormat) -> String? {
  refusal(text, RowReading(format: format))
}

@Suite struct `Import formats` {
  @Test func `spot keeps y- and strips the markers from the correction`() throws {
    let row = try read(
      #"{"index":7,"question":"q","original_answer":"\n\nbad 1","ground_truth":2,"gemini_corrected_answer":"=== CORRECTED STARTED ===\ngood 2\n=== CORRECTED ENDED ===","is_correct":true,"data_source":"dapo"}"#
    )
    #expect(row.key == "7" && row.answer == "2" && row.source == "dapo" && row.markersStripped == 2)
    #expect(row.traces[0].text == "\n\nbad 1" && row.traces[0].proposals[0].text == "good 2")
    #expect(row.traces[0].proposals[0].oracle == "replay")
  }

  @Test func `spot without y- carries a loose proposal and its key`() throws {
    let row = try read(#"{"index":"7","prompt":"q","gemini_corrected_answer":"good"}"#)
    #expect(row.key == "7" && row.traces.isEmpty && row.looseProposals.map(\.text) == ["good"])
    #expect(refusal(#"{"prompt":"q","gemini_corrected_answer":"good"}"#) == "index is missing")
  }

  @Test(arguments: [
    #"{"prompt":"q","chosen":"good","rejected":"bad"}"#,
    #"{"prompt":[{"role":"user","content":"q"}],"chosen":[{"role":"assistant","content":"good"}],"rejected":[{"role":"assistant","content":"bad"}]}"#,
    #"{"chosen":[{"role":"user","content":"q"},{"role":"assistant","content":"good"}],"rejected":[{"role":"user","content":"q"},{"role":"assistant","content":"bad"}]}"#,
  ])
  func `trl comes as strings, messages or whole conversations`(text: String) throws {
    let row = try read(text)
    #expect(row.question == "q" && row.traces[0].text == "bad")
    #expect(row.traces[0].proposals.map(\.text) == ["good"])
  }

  @Test func `prm800k ratings become labels of the steps`() throws {
    let row = try read(
      #"{"question":{"problem":"q","ground_truth_answer":"4","pre_generated_steps":["First 1+1=2.","Then 2+2=5."]},"label":{"finish_reason":"found_error","steps":[{"completions":[{"text":"First 1+1=2.","rating":1}],"chosen_completion":0},{"completions":[{"text":"Then 2+2=5.","rating":-1}],"chosen_completion":null}]}}"#
    )
    #expect(row.traces[0].text == "First 1+1=2.\nThen 2+2=5." && row.traces[0].claimed == false)
    #expect(
      row.traces[0].labels == [
        ImportedLabel(stepAt: 0, label: .right), ImportedLabel(stepAt: 13, label: .wrong),
      ])
  }

  @Test func `step-dpo puts the shared steps in front`() throws {
    let row = try read(
      #"{"prompt":"q","initial_reason_steps":"Step 1: a\n","chosen":"Step 2: b","rejected":"Step 2: c","full_rejected":"Step 2: c\nStep 3: d","answer":"1"}"#
    )
    #expect(row.traces[0].text == "Step 1: a\nStep 2: c\nStep 3: d")
    #expect(row.traces[0].proposals[0].text == "Step 1: a\nStep 2: b")
    #expect(row.traces[0].labels == [ImportedLabel(stepAt: 10, label: .wrong)])
  }

  @Test func `gsm8k has a trace for every model`() throws {
    let row = try read(
      #"{"question":"q","ground_truth":"A: 4","m1":{"solution":"A: 4","is_correct":true},"m2":{"solution":"A: 5","is_correct":false}}"#
    )
    #expect(
      row.traces.map(\.source) == ["m1", "m2"] && row.traces.map(\.claimed) == [true, false])
  }

  @Test func `traces takes the usual names`() throws {
    let row = try read(
      #"{"problem":"q","gold":4,"responses":["a",{"text":"b","model":"m","correct":0,"proposals":["c",{"oracle":"o","text":"d","note":"n"}]}]}"#
    )
    #expect(row.answer == "4" && row.traces.map(\.text) == ["a", "b"])
    #expect(row.traces[1].source == "m" && row.traces[1].claimed == false)
    #expect(row.traces[1].proposals.map(\.oracle) == ["replay", "o"])
  }

  @Test(arguments: [
    ("[1]", "object expected, found an array"), ("null", "object expected, found null"),
    (#"{"prompt":"q","chosen":"x","rejected":5}"#, "rejected: a string expected, found a number"),
    (#"{"prompt":"q","chosen":"x","rejected":"  "}"#, "rejected is empty"),
    (#"{"question":"q","trace":null}"#, "trace is missing"),
    (#"{"a":1}"#, "no known format has the keys a"),
    (#"{"question":"q","m":{"solution":1}}"#, "m.solution: a string expected, found a number"),
    (
      #"{"question":"q","trace":"t","is_correct":"yes"}"#,
      "is_correct: true or false expected, found a string"
    ),
    (
      #"{"prompt":[{"role":"user","content":"a"},{"role":"assistant","content":"b"}],"chosen":"x","rejected":"y"}"#,
      "prompt: messages that end with the user's expected, found the roles user, assistant"
    ),
  ])
  func `errors name the field and what was found`(text: String, what: String) {
    #expect(refusal(text) == what)
  }
}

@Suite struct `Export formats` {
  private func pair(_ rejected: String, _ chosen: String, ratio: Double = 0.2) -> Pair {
    Pair(
      id: PairID(rawValue: 3), trace: TraceID(rawValue: 1), question: "q", answer: "6",
      rejected: rejected, chosen: chosen, changeRatio: ratio, oracle: "arithmetic", source: "m",
      override: nil)
  }

  @Test(arguments: [ExportFormat.spot, .trl])
  func `are read back with the same bytes`(format: ExportFormat) throws {
    let rows = format.rows(for: pair("a\r\n 14 é", "a\r\n 6 e\u{301}"))
    let row = try read(rows[0].serialized())
    #expect(row.question == "q" && row.traces[0].text.bytesEqual("a\r\n 14 é"))
    #expect(row.traces[0].proposals[0].text.bytesEqual("a\r\n 6 e\u{301}"))
  }

  @Test(arguments: ExportFormat.allCases)
  func `never write an empty side`(format: ExportFormat) {
    #expect(format.rows(for: pair("", "x")).isEmpty && format.rows(for: pair("x", " \n")).isEmpty)
    #expect(ExportFormat.refusal(for: pair("x", " "), gamma: 1) == .emptySide)
    #expect(ExportFormat.refusal(for: pair("x", "x"), gamma: 1) == .noChange)
    #expect(ExportFormat.refusal(for: pair("x", "y", ratio: 0.7), gamma: 0.6) != nil)
    #expect(ExportFormat.refusal(for: pair("x", "y"), gamma: 0.6) == nil)
  }

  @Test func `unpaired rows are two with labels`() {
    let rows = ExportFormat.trlUnpaired.rows(for: pair("bad", "good"))
    #expect(rows.map { $0["label"]?.bool } == [true, false])
  }

  @Test func `step-dpo cuts at the first edited step`() {
    let row = ExportFormat.stepDPO.rows(for: pair("one\ntwo 14\nthree 14", "one\ntwo 6\nthree 6"))[
      0]
    #expect(row["initial_reason_steps"]?.string == "one\n")
    #expect(row["chosen"]?.string == "two 6" && row["rejected"]?.string == "two 14")
  }

  @Test
  func `step-dpo has SPoT's answers as they are trained on, so every door gives the same pair`()
    throws
  {
    var spot = pair("\n\n3*4=13\n\nA: 15", "\n\n3*4=12\n\nA: 14")
    spot.isSpot = true
    let row = ExportFormat.stepDPO.rows(for: spot)[0]
    #expect(row["initial_reason_steps"]?.string == "" && row["rejected"]?.string == "3*4=13")
    let back = try read(row.serialized())
    #expect(back.traces[0].text == spot.trained.rejected && !back.isSpot)
    #expect(back.traces[0].proposals[0].text == spot.trained.chosen)
  }

  @Test(arguments: [
    (0.6666666, 0.6, "0.67"), (0.6000001, 0.6, "0.6000001"), (0.6049, 0.6, "0.605"),
  ])
  func `a refusal for γ has as many digits as it needs`(ratio: Double, gamma: Double, text: String)
  {
    let refusal = ExportFormat.refusal(for: pair("a", "b", ratio: ratio), gamma: gamma)
    #expect(refusal?.reason == "change ratio \(text) is above \(gamma)")
  }

  @Test func `step-dpo and steps point at the first wrong step, not at one that was worded anew`() {
    let minus = "Ok so 2+3 = 5.\n\nThen 5*4 = 21.\n\nThe answer is \\boxed{21}."
    let plus = "First, 2+3 = 5.\n\nThen 5*4 = 20.\n\nThe answer is \\boxed{20}."
    let row = ExportFormat.stepDPO.rows(for: pair(minus, plus))[0]
    #expect(row["initial_reason_steps"]?.string == "Ok so 2+3 = 5.\n\n")
    #expect(row["rejected"]?.string == "Then 5*4 = 21.")
    #expect(row["chosen"]?.string == "Then 5*4 = 20.")
    let steps = ExportFormat.steps.rows(for: pair(minus, plus))[1]
    #expect(steps["labels"] == .array([.bool(true), .bool(false), .bool(false)]))
  }

  @Test(arguments: [
    (
      "Ok so 2+3 = 5.\n\n  Then 5*4 = 21.\n\n\nA: 21\n",
      "Ok so 2+3 = 5.\n\n  Then 5*4 = 20.\n\n\nA: 20\n"
    ),
    ("one\r\ntwo 14\r\nthree 14", "one\r\ntwo 6\r\nthree 6"),
    ("First a.\n\nThen 1 + 1 = 3 é.", "Then 1 + 1 = 2 e\u{301}."),
    ("<think>\nhm 3\n</think>\n\nA: 3", "<think>\nhm 2\n</think>\n\nA: 2"),
  ])
  func `step-dpo and steps come back with every byte of both answers`(
    minus: String, plus: String
  ) throws {
    var pair = pair(minus, plus)
    pair.context = PromptContext(
      messages: [
        Message(role: "system", content: "Be brief."), Message(role: "user", content: "Hi"),
        Message(role: "assistant", content: "Hello"),
      ], arguments: [.init("enable_thinking", .bool(false))])
    for format in ExportFormat.allCases where format != .trlUnpaired {
      let rows = try format.rows(for: pair).map { try read($0.serialized()) }
      let row = try #require(rows.last)
      #expect(row.context == pair.context && row.question == "q")
      #expect(row.traces[0].text.bytesEqual(minus))
      #expect(row.traces[0].proposals.count == 1)
      #expect(row.traces[0].proposals[0].text.bytesEqual(plus))
      #expect(row.ignored.isEmpty, "\(format): \(row.ignored)")
    }
    for row in try ExportFormat.trlUnpaired.rows(for: pair).map({ try read($0.serialized()) }) {
      #expect(row.context == pair.context && row.traces[0].claimed != nil)
    }
  }

  @Test func `steps are right before the first error`() {
    let rows = ExportFormat.steps.rows(for: pair("one\ntwo 14\nthree 14", "one\ntwo 6\nthree 6"))
    #expect(rows[1]["labels"] == .array([.bool(true), .bool(false), .bool(false)]))
    #expect(rows[0]["labels"] == .array([.bool(true), .bool(true), .bool(true)]))
  }
}
