// A small session to test with.

import LancetCore
import LancetStore

enum Samples {
  /// Two problems; the first has a wrong trace with a proposal of two hunks, and a right trace.
  static let problems = [
    NewProblem(
      question: "Tom has 3 bags of 4 apples and eats 2. How many are left?", answer: "10",
      source: "sample",
      traces: [
        NewTrace(
          text: "Tom has 3 * 4 = 13 apples.\nHe eats 2, so 13 - 2 = 11 are left.\nA: 11",
          source: "small", claimed: false,
          proposals: [
            (
              oracle: "replay",
              text: "Tom has 3 * 4 = 12 apples.\nHe eats 2, so 12 - 2 = 10 are left.\nA: 10",
              note: nil
            )
          ]),
        NewTrace(text: "3 * 4 = 12 and 12 - 2 = 10.\nA: 10", source: "large", claimed: true),
      ]),
    NewProblem(
      question: "What is 2 + 2?", answer: "4", source: "sample",
      traces: [NewTrace(text: "2 + 2 = 5\nA: 5", source: "small", claimed: false)]),
  ]

  /// A new session `name` with these problems.
  static func session(_ folder: TestFolder, _ name: String = "test") throws -> SessionFile {
    let session = try SessionFile.create(at: folder.file(name))
    try session.add(problems)
    return session
  }

  /// The first trace: the one with a proposal.
  static let wrong = TraceID(rawValue: 1)
  /// A wrong trace without a proposal.
  static let bare = TraceID(rawValue: 3)
}

extension SessionFile {
  /// The keys of a trace's hunks as they stand.
  func hunks(of trace: TraceID) throws -> [ReviewHunk] {
    let (input, events) = try review(of: trace)
    return Review(input, events: events).hunks
  }

  /// Accepts every hunk of a trace and approves it, as one batch.
  @discardableResult
  func acceptAll(_ trace: TraceID) throws -> CommitReceipt {
    let accepted = try hunks(of: trace).map { (trace, ReviewEvent.decide($0.key, .accepted)) }
    return try commit(accepted + [(trace, .approve(override: nil))])
  }
}
