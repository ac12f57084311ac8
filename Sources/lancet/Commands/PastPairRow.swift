// A pair that is approved no longer, as `lancet show --pair` gives it: its own texts, and what took its place.

import LancetCore

/// A pair whose approval was taken back or superseded.
struct PastPairRow {
  let pair: Pair
  /// The trace's pair that is approved now.
  let supersededBy: PairID?
  private let grade: Grade

  init(_ pair: Pair, supersededBy: PairID?) {
    self.pair = pair
    self.supersededBy = supersededBy
    grade =
      pair.answer.map { LancetCore.grade(gold: $0, answer: pair.chosen) }
      ?? Grade(verdict: .ungradable, gold: nil, answer: nil, reason: "no known answer")
  }

  var json: JSON {
    func text(_ value: String?) -> JSON { value.map { .string($0) } ?? .null }
    return .object([
      .init("pair", .int(Int(pair.id.rawValue))), .init("trace", .int(Int(pair.trace.rawValue))),
      .init("live", .bool(false)),
      .init("superseded_by", supersededBy.map { .int(Int($0.rawValue)) } ?? .null),
      .init("question", .string(pair.question)), .init("known_answer", text(pair.answer)),
      .init("y_minus", .string(pair.rejected)), .init("correction", .string(pair.chosen)),
      .init("change_ratio", .double(pair.changeRatio)), .init("answer", text(grade.answer)),
      .init("verdict", .string(grade.verdict.rawValue)), .init("oracle", text(pair.oracle)),
      .init("override", text(pair.override)),
    ])
  }

  var text: String {
    let fate = supersededBy.map { "superseded by pair \($0.rawValue)" } ?? "taken back"
    var lines = ["pair \(pair.id.rawValue) of trace \(pair.trace.rawValue), \(fate)"]
    func part(_ title: String, _ body: String) {
      lines += ["", title]
      lines += body.split(separator: "\n", omittingEmptySubsequences: false).map {
        "  " + visible(String($0))
      }
    }
    part("question", pair.question)
    if let answer = pair.answer { part("known answer", answer) }
    part("y⁻", pair.rejected)
    let answers = grade.answer.map { ", answers \(visible($0))" } ?? ""
    let ratio = Int((min(1, max(0, pair.changeRatio)) * 100).rounded())
    part("correction  \(grade.verdict.rawValue)\(answers), R \(ratio) %", pair.chosen)
    return lines.joined(separator: "\n") + "\n"
  }
}
