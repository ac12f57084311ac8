// What a row carries reaches the session: contexts, steps, claims; and every way a file of rows may be written.

import LancetCore
import Testing

@testable import LancetStore

@Suite struct RowImportTests {
  let folder: TestFolder
  init() throws { folder = try TestFolder() }

  @Test func `the same question under another system message is another problem`() throws {
    let session = try SessionFile.create(at: folder.file("s"))
    let rows = ["Be brief.", "Be long.", "Be brief."].enumerated().map { i, system in
      #"{"system":"\#(system)","question":"q","answer":"1","trace":"A: \#(i)","source":"m"}"#
    }
    let plain = #"{"question":"q","answer":"1","trace":"A: 9","source":"m"}"#
    let file = try folder.write("a.jsonl", (rows + [plain]).joined(separator: "\n"))
    let report = try session.importFiles([file])
    #expect(report.new == AddedCounts(problems: 3, traces: 4, proposals: 0))
    #expect(try session.importFiles([file]).duplicates == 4)
    let (input, _) = try session.review(of: TraceID(rawValue: 2))
    #expect(input.problem.context.messages == [Message(role: "system", content: "Be long.")])
    #expect(try session.review(of: TraceID(rawValue: 4)).0.problem.context == .none)
  }

  @Test func `an approved pair keeps context, steps and where it came from`() throws {
    let session = try SessionFile.create(at: folder.file("s"))
    let file = try folder.write(
      "a.jsonl",
      #"{"system":"s","question":"q","ground_truth":"5","original_answer":"\n\nA: 4","gemini_corrected_answer":"A: 5"}"#
    )
    _ = try session.importFiles([file])
    let trace = TraceID(rawValue: 1)
    let (input, _) = try session.review(of: trace)
    #expect(input.trace.text == "\n\nA: 4" && input.trace.isSpot)
    let review = Review(input)
    let events = review.hunks.map { ReviewEvent.decide($0.key, .accepted) }
    _ = try session.commit((events + [.approve(override: nil)]).map { (trace, $0) })
    let pair = try #require(try session.pairs().first)
    #expect(pair.context.messages == [Message(role: "system", content: "s")] && pair.isSpot)
    #expect(pair.rejected == "\n\nA: 4" && pair.trained.rejected == "A: 4")
  }

  @Test func `a file's own steps are the trace's steps, its labels stand on them`() throws {
    let session = try SessionFile.create(at: folder.file("s"))
    let file = try folder.write(
      "a.jsonl", #"{"prompt":"q","completions":["a\n\nb","c"],"labels":[true,false]}"#)
    _ = try session.importFiles([file])
    let (input, events) = try session.review(of: TraceID(rawValue: 1))
    let review = Review(input, events: events)
    #expect(splitSteps(of: input.trace).map(\.bytes) == [0..<4, 5..<6])
    #expect(review.labels == [0: .right, 5: .wrong])
    #expect(try session.summaries()[0].steps == 2)
  }

  @Test func `a claim that Lancet's grade denies is kept and counted`() throws {
    let session = try SessionFile.create(at: folder.file("s"))
    let file = try folder.write(
      "a.jsonl",
      #"{"question":"q","answer":"4","responses":["A: 4","A: 5"],"scores":[0,0]}"#)
    let report = try session.importFiles([file])
    #expect(report.contradicted == [TraceID(rawValue: 1)])
    #expect(try session.review(of: TraceID(rawValue: 1)).0.trace.claimed == false)
    #expect(try session.importFiles([file]).contradicted.isEmpty)
  }

  @Test func `columns that nobody reads are told once a file`() throws {
    let session = try SessionFile.create(at: folder.file("s"))
    let text = (1...300).map {
      #"{"question":"q\#($0)","trace":"t","critique":"c","level":\#($0)}"# + "\n"
    }
    let file = try folder.write("a.jsonl", text.joined())
    #expect(try session.importFiles([file]).ignored == [file: ["critique", "level"]])
  }

  @Test(arguments: [
    ("a.json", "[\n {\"question\": \"q\",\n  \"answer\": \"4\", \"trace\": \"A: 5\"},\n 7\n]", [4]),
    ("b.json", "{\n \"question\": \"q\", \"answer\": \"4\",\n \"trace\": \"A: 5\"\n}\n7\n", [5]),
    ("c.csv", "question,answer,trace\r\n\"q\",4,A: 5\r\nq,4\r\n", [3]),
    ("d.tsv", "question\tanswer\ttrace\nq\t4\tA: 5\nq\t4\n", [3]),
  ])
  func `rows come in from arrays, pretty JSON and tables`(
    name: String, text: String, lines: [Int]
  ) throws {
    let session = try SessionFile.create(at: folder.file("s"))
    let file = try folder.write(name, text)
    var bad: [BadRow] = []
    let report = try session.importFiles([file], onBad: { bad.append($0) })
    #expect(report.new == AddedCounts(problems: 1, traces: 1, proposals: 0))
    #expect(bad.map(\.line) == lines)
    #expect(try session.importFiles([file]).duplicates == 1)
  }

  @Test func `an array that was stopped is read again from its beginning, and nothing twice`()
    throws
  {
    let session = try SessionFile.create(at: folder.file("s"))
    let filler = String(repeating: "x", count: 2000)
    let rows = (1...600).map {
      #"{"question":"q\#($0) \#(filler)","answer":"1","trace":"A: \#($0)","source":"m"}"#
    }
    let file = try folder.write("big.json", "[" + rows.joined(separator: ",\n") + "]")
    let first = try session.importFiles([file], progress: { $0.rows < 200 })
    #expect(first.cancelled && first.added >= 200)
    let second = try session.importFiles([file])
    #expect(second.resumed.isEmpty && first.added + second.added == 600)
  }

  @Test func `a preview shows the first rows and touches nothing`() throws {
    let file = try folder.write(
      "a.jsonl", (1...5).map { #"{"q":"q\#($0)","a":"\#($0)"}"# }.joined(separator: "\n") + "\n[]")
    let reading = RowReading(fields: FieldMap([.question: "q", .trace: "a"]))
    let preview = try ImportPreview(of: [file], reading)
    #expect(preview.read == 6 && preview.badCount == 1 && preview.bad[0].line == 6)
    #expect(preview.rows.map(\.row.question) == ["q1", "q2", "q3"])
    #expect(preview.rows.map(\.line) == [1, 2, 3])
  }
}
