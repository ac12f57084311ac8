// A workbench open on the Review screen over one trace, or several alike.

import LancetCanvas
import LancetCore
import Testing

@testable import LancetApp

/// The trace of the sketches.
enum Marbles {
  static let question = "Start with 51 marbles. Take away 45. Add 43. Add 13. How many marbles?"
  static let wrong = "51 - 45 = 14.\n14 + 43 = 57.\n57 + 13 = 60.\nAnswer: 60"
  static let corrected = "51 - 45 = 6.\n6 + 43 = 49.\n49 + 13 = 62.\nAnswer: 62"
  /// Another Oracle's correction: the same numbers in other words.
  static let reworded = "51 - 45 is 6.\n6 + 43 = 49.\n49 + 13 = 62.\nAnswer: 62"
}

extension ScreenTest {
  /// Opens the first of some traces that are alike.
  static func review(
    _ text: String = Marbles.wrong, proposals: [String] = [Marbles.corrected],
    question: String = Marbles.question, answer: String? = "62", columns: Int = 120,
    rows: Int = 30, traces: Int = 1, theme: String? = nil, readOnly: String? = nil,
    note: String? = nil
  ) -> ScreenTest {
    var store = FakeStore()
    for number in 1...max(traces, 1) {
      let id = TraceID(rawValue: Int64(number))
      let problem = Problem(
        id: ProblemID(rawValue: Int64(number)), question: question, answer: answer, source: "test")
      let trace = Trace(
        id: id, problem: problem.id, text: text, source: "student", claimed: nil)
      store.inputs.append(
        ReviewInput(
          problem: problem, trace: trace,
          proposals: proposals.enumerated().map { index, text in
            Proposal(
              id: ProposalID(rawValue: Int64(number * 10 + index)), trace: id,
              oracle: index == 0 ? "arithmetic" : "chat", text: text, note: note)
          }))
    }
    var test = ScreenTest(store, columns: columns, rows: rows, readOnly: readOnly)
    if let theme, let index = test.state.themes.all.firstIndex(where: { $0.id == theme }) {
      test.state.themes.use(index)
    }
    test.type("Enter")
    return test
  }

  /// The events of the first trace, in order.
  var decided: [ReviewEvent] { store.events.map(\.event) }

  /// The hunks' decisions as a row of signs: `?` undecided, `✓` accepted, `✗` rejected, `~` tweaked.
  var signs: String {
    (state.review?.review.hunks ?? []).map { hunk in
      switch hunk.decision {
      case .undecided: "?"
      case .accepted: "✓"
      case .rejected: "✗"
      case .tweaked: "~"
      }
    }.joined()
  }

  /// The number of the hunk under the cursor; 0 when there is none.
  var hunk: Int { state.review?.hunkNumber ?? 0 }

  /// The correction as decided.
  var correction: String { state.review?.review.correction ?? "" }
}
