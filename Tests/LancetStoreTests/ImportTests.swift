// Files become rows: once, resumably, with every bad line named.

import Glibc
import LancetCore
import Testing

@testable import LancetStore

@Suite struct ImportTests {
  let folder: TestFolder
  init() throws { folder = try TestFolder() }

  private func row(_ number: Int) -> String {
    #"{"question":"What is \#(number) + 1?","answer":"\#(number + 1)","#
      + #""trace":"\#(number) + 1 = \#(number + 2)\nA: \#(number + 2)","source":"m"}"# + "\n"
  }

  @Test func `the same file twice adds nothing the second time`() throws {
    let session = try SessionFile.create(at: folder.file("s"))
    let file = try folder.write("a.jsonl", (1...40).map(row).joined())
    let first = try session.importFiles([file])
    #expect(first.read == 40 && first.added == 40 && first.duplicates == 0)
    #expect(first.new == AddedCounts(problems: 40, traces: 40, proposals: 0))
    let summaries = try session.summaries()
    let second = try session.importFiles([file])
    #expect(second.read == 40 && second.added == 0 && second.duplicates == 40)
    #expect(try session.summaries() == summaries)
  }

  @Test(arguments: [
    "", "one", "A. B. C.", "1. a\n2. b\n3. c", "a\n\nb\n\nc", "$$\nx = 1\n$$\nso 2 + 2 = 5.\nA: 5",
  ])
  func `steps are counted as they are split`(text: String) {
    #expect(stepCount(of: text) == splitSteps(text).count)
  }

  @Test func `a copy under another name is a duplicate too`() throws {
    let session = try SessionFile.create(at: folder.file("s"))
    let text = #"{"question":"q","answer":"1","trace":"A: 2"}"#
    let first = try folder.write("a.jsonl", text)
    let second = try folder.write("b.jsonl", text)
    let report = try session.importFiles([first, second])
    #expect(report.added == 1 && report.duplicates == 1)
  }

  @Test func `texts that are only canonically equal are two traces`() throws {
    let session = try SessionFile.create(at: folder.file("s"))
    let file = try folder.write(
      "a.jsonl",
      #"{"question":"q","trace":"caf\u00e9"}"# + "\n" + #"{"question":"q","trace":"cafe\u0301"}"#)
    let report = try session.importFiles([file])
    #expect(report.new.traces == 2)
  }

  @Test func `bad lines are named by number and reason, the others are imported`() throws {
    let session = try SessionFile.create(at: folder.file("s"))
    var bytes: [UInt8] = [0xEF, 0xBB, 0xBF]
    bytes += Array(row(1).utf8.dropLast()) + [0x0D, 0x0A, 0x0A]
    bytes += Array("[1]\n{\"question\":\"q\",}\n".utf8)
    bytes += Array(#"{"question":"a"#.utf8) + [0xFF] + Array("\"}\n".utf8)
    bytes += Array(#"{"question":"q","question":"r","trace":"t"}"#.utf8) + [0x0A]
    bytes += Array(#"{"question":"\ud800","trace":"t"}"#.utf8) + [0x0A]
    bytes += Array(#"{"question":7,"trace":"t"}"#.utf8) + [0x0A]
    bytes += Array(row(2).utf8.dropLast()) + [0x0A] + Array(#"{"question":"half"#.utf8)
    let file = try folder.write("bad.jsonl", bytes)
    var bad: [BadRow] = []
    let report = try session.importFiles([file], onBad: { bad.append($0) })
    #expect(report.added == 2)
    #expect(report.bad == bad.count)
    #expect(bad.map(\.line) == [3, 4, 5, 6, 7, 8, 10])
    #expect(bad[0].reason.contains("object expected"))
    #expect(bad[2].reason.contains("byte 14"))
    #expect(bad[3].reason.contains("duplicate key"))
    #expect(bad[4].reason.contains("surrogate"))
    #expect(bad[6].reason.contains("cut"))
  }

  @Test func `strict stops at the first bad row and keeps what came before it`() throws {
    let session = try SessionFile.create(at: folder.file("s"))
    let file = try folder.write("a.jsonl", row(1) + "nonsense\n" + row(2))
    #expect(throws: StoreError.self) { try session.importFiles([file], strict: true) }
    #expect(try session.counts().traces == 1)
  }

  @Test func `an import that was stopped goes on where it was`() throws {
    let session = try SessionFile.create(at: folder.file("s"))
    let filler = String(repeating: "x", count: 2000)
    let rows = (1...600).map {
      #"{"question":"q\#($0) \#(filler)","answer":"1","trace":"A: \#($0)","source":"m"}"# + "\n"
    }
    let file = try folder.write("big.jsonl", rows.joined())
    let first = try session.importFiles([file], progress: { $0.rows < 200 })
    #expect(first.cancelled)
    #expect(first.added >= 200 && first.added < 600)
    session.close()
    let again = try SessionFile.open(at: folder.file("s"))
    let second = try again.importFiles([file])
    #expect(second.resumed[file] == first.read)
    #expect(second.duplicates == 0)
    #expect(first.added + second.added == 600)
    #expect(try again.counts().traces == 600)
  }

  @Test func `a file that was changed since is read from its beginning`() throws {
    let session = try SessionFile.create(at: folder.file("s"))
    let filler = String(repeating: "x", count: 2000)
    func text(_ answer: Int) -> String {
      (1...400).map {
        #"{"question":"q\#($0) \#(filler)","answer":"\#(answer)","trace":"A: 1","source":"m"}"#
          + "\n"
      }.joined()
    }
    let file = try folder.write("big.jsonl", text(1))
    #expect(try session.importFiles([file], progress: { $0.rows < 100 }).cancelled)
    _ = try folder.write("big.jsonl", text(2))
    let report = try session.importFiles([file])
    #expect(report.read == 400 && report.added == 400 && report.resumed.isEmpty)
  }

  @Test func `a proposal finds its trace by the row's index, whichever file comes first`() throws {
    let answers = #"{"index":"7","question":"q","original_answer":"A: 1","ground_truth":"2"}"#
    let corrected = #"{"index":"7","question":"q","gemini_corrected_answer":"A: 2"}"#
    let lost = #"{"index":"8","question":"q","gemini_corrected_answer":"A: 2"}"#
    let first = try folder.write("answers.jsonl", answers)
    let second = try folder.write("corrected.jsonl", corrected + "\n" + lost)
    for (name, files) in [("a", [first, second]), ("b", [second, first])] {
      let session = try SessionFile.create(at: folder.file(name))
      var bad: [BadRow] = []
      let report = try session.importFiles(files, format: .spot, onBad: { bad.append($0) })
      #expect(report.new == AddedCounts(problems: 1, traces: 1, proposals: 1))
      #expect(report.added == 2 && report.duplicates == 0)
      #expect(bad.map(\.line) == [2])
      let (input, _) = try session.review(of: TraceID(rawValue: 1))
      #expect(input.proposals.map(\.text) == ["A: 2"])
      #expect(try session.summaries()[0].hunks == 1)
    }
  }

  @Test func `an empty file is no error`() throws {
    let session = try SessionFile.create(at: folder.file("s"))
    let report = try session.importFiles([try folder.write("e.jsonl", "")])
    #expect(report == ImportReport())
    #expect(try session.counts().problems == 0)
  }

  @Test func `what is no file of text is refused before anything is imported`() throws {
    let session = try SessionFile.create(at: folder.file("s"))
    let good = try folder.write("good.jsonl", row(1))
    #expect(mkfifo(folder.file("pipe"), 0o600) == 0)
    #expect(symlink(folder.file("nowhere"), folder.file("dangling")) == 0)
    let gzip = try folder.write("zip.jsonl", [0x1F, 0x8B, 8, 0, 0, 0])
    let parquet = try folder.write("p.jsonl", "PAR1....")
    let utf16 = try folder.write("u.jsonl", [0xFF, 0xFE, 0x7B, 0])
    let expected: [(String, RefusedInput)] = [
      (folder.path, .directory), (folder.file("pipe"), .fifo),
      (folder.file("dangling"), .danglingLink), (folder.file("none"), .missing),
      ("/dev/zero", .device), (gzip, .container("gzip")), (parquet, .container("Parquet")),
      (utf16, .encoding("UTF-16")),
    ]
    for (file, why) in expected {
      #expect(throws: StoreError.refusedInput(path: file, why)) {
        try session.importFiles([good, file])
      }
    }
    #expect(try session.counts().problems == 0)
  }

  @Test func `labels that come with a trace are decisions, out of reach of undo`() throws {
    let session = try SessionFile.create(at: folder.file("s"))
    try session.add([
      NewProblem(
        question: "q", answer: "1", source: "s",
        traces: [NewTrace(text: "one\ntwo", source: "m", labels: [(0, .right), (4, .wrong)])])
    ])
    let trace = TraceID(rawValue: 1)
    let (input, events) = try session.review(of: trace)
    #expect(Review(input, events: events).labels == [0: .right, 4: .wrong])
    #expect(try session.undo() == nil)
  }
}
