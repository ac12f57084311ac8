// What a key costs on the Review screen without a terminal: fold, assess and lay out a trace.

import LancetApp
import LancetCanvas
import LancetCore

func benchReview() {
  print("trace                     fold + assess ms   one decision ms")
  for (name, lines) in [("8 lines", 8), ("200 lines", 200), ("4,000 lines", 4_000)] {
    let (minus, plus) = benchTrace(lines: lines)
    let problem = Problem(id: ProblemID(rawValue: 1), question: "q", answer: "1", source: "bench")
    let trace = Trace(
      id: TraceID(rawValue: 1), problem: problem.id, text: minus, source: "bench", claimed: nil)
    let proposal = Proposal(
      id: ProposalID(rawValue: 1), trace: trace.id, oracle: "bench", text: plus, note: nil)
    let input = ReviewInput(problem: problem, trace: trace, proposals: [proposal])
    var review = Review(input)
    let whole = benchTimes(5) {
      review = Review(input)
      _ = Assessment(review)
    }
    let key = review.hunks[review.hunks.count / 2].key
    var accept = true
    let decision = benchTimes(5) {
      review.apply(.decide(key, accept ? .rejected : .accepted))
      accept.toggle()
      _ = Assessment(review)
    }
    let label = name + String(repeating: " ", count: max(0, 26 - name.count))
    print(
      label, benchNumber(whole.median * 1000, 2, width: 15),
      benchNumber(decision.median * 1000, 2, width: 17))
  }
}

/// Lines of arithmetic; every ninth has another result in the second text.
private func benchTrace(lines: Int) -> (String, String) {
  var minus: [String] = []
  var plus: [String] = []
  for i in 0..<lines {
    let good =
      "Step \(i + 1): then \(i) apples and \(i + 3) apples are \(i) + \(i + 3) = \(2 * i + 3)."
    plus.append(good)
    minus.append(
      i % 9 == 4
        ? "Step \(i + 1): then \(i) apples and \(i + 3) apples are \(i) + \(i + 3) = \(2 * i + 4)."
        : good)
  }
  return (minus.joined(separator: "\n"), plus.joined(separator: "\n"))
}
