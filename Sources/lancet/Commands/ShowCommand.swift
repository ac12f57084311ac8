// `lancet show`: a trace or a pair with its hunks, decisions and grades; without either, the session in figures.

import LancetCLI
import LancetCore
import LancetStore

func runShow(_ options: ShowOptions, _ io: CommandIO) throws -> ExitCode {
  let session = try SessionFile.open(io.session(options.session), mode: .read)
  defer { session.close() }
  // An import may be growing the session meanwhile.
  return try session.snapshot { try show(options, session, io) }
}

private func show(
  _ options: ShowOptions, _ session: SessionFile, _ io: CommandIO
) throws -> ExitCode {
  let trace: TraceID
  switch options.item {
  case nil:
    let counts = try session.counts()
    try io.write(
      options.json ? countsRow(session, counts) : nil, orText: countsText(session, counts))
    return .done
  case .trace(let id): trace = id
  case .pair(let id):
    let (pair, isLive) = try session.pair(id)
    guard isLive else {
      let row = PastPairRow(pair, supersededBy: try session.livePair(of: pair.trace))
      try io.write(options.json ? row.json : nil, orText: row.text)
      return .done
    }
    trace = pair.trace
  }
  let (input, events) = try session.review(of: trace)
  let review = Review(input, events: events)
  let row = TraceRow(
    review, rules: ApprovalRules(gamma: try session.gamma()),
    pair: try session.livePair(of: trace))
  try io.write(options.json ? row.json : nil, orText: row.text)
  return .done
}

extension CommandIO {
  fileprivate func write(_ json: JSON?, orText text: String) throws(OutputFailure) {
    if let json { try write(json) } else { try write(text) }
  }
}

private func countsRow(_ session: SessionFile, _ counts: SessionCounts) -> JSON {
  .object([
    .init("session", .string(session.path.name)), .init("path", .string(session.path.file)),
    .init("problems", .int(counts.problems)), .init("traces", .int(counts.traces)),
    .init("proposals", .int(counts.proposals)), .init("pairs", .int(counts.pairs)),
    .init("events", .int(counts.events)),
    .init(
      "status",
      .object(
        TraceStatus.allCases.map { .init($0.rawValue, .int(counts.byStatus[$0] ?? 0)) })),
    .init(
      "grade",
      .object(Verdict.allCases.map { .init($0.rawValue, .int(counts.byGrade[$0] ?? 0)) })),
    .init("open_in", session.holder?.pid.map { .int($0) } ?? .null),
  ])
}

private func countsText(_ session: SessionFile, _ counts: SessionCounts) -> String {
  let status = TraceStatus.allCases.map { "\(counts.byStatus[$0] ?? 0) \($0.rawValue)" }
  let grades = Verdict.allCases.map { "\(counts.byGrade[$0] ?? 0) \($0.rawValue)" }
  return """
    \(visible(session.path.file))
    problems   \(counts.problems)
    traces     \(counts.traces)   \(grades.joined(separator: ", "))
    review     \(status.joined(separator: ", "))
    proposals  \(counts.proposals)
    pairs      \(counts.pairs)

    """
}

/// One trace as `lancet show` gives it.
struct TraceRow {
  let review: Review
  let assessment: Assessment
  let refusals: [Refusal]
  let pair: PairID?

  init(_ review: Review, rules: ApprovalRules, pair: PairID?) {
    self.review = review
    assessment = Assessment(review)
    refusals = review.approval == nil ? rules.refusals(review, assessment) : []
    self.pair = pair
  }

  var json: JSON {
    let input = review.input
    return .object([
      .init("trace", .int(Int(input.trace.id.rawValue))),
      .init("problem", .int(Int(input.problem.id.rawValue))),
      .init("pair", pair.map { .int(Int($0.rawValue)) } ?? .null),
      .init("status", .string(review.status.rawValue)), .init("flagged", .bool(review.flagged)),
      .init("skip", text(review.skip?.rawValue)), .init("source", .string(input.trace.source)),
      .init("claimed", input.trace.claimed.map { .bool($0) } ?? .null),
      .init("question", .string(input.problem.question)),
      .init("context", .array(input.problem.context.messages.map(\.json))),
      .init("template_arguments", .object(input.problem.context.arguments)),
      .init("known_answer", text(input.problem.answer)),
      .init("solution", text(input.problem.solution)),
      .init("own_steps", input.trace.ownSteps.map { .array($0.map(JSON.int)) } ?? .null),
      .init("y_minus", .string(input.trace.text)),
      .init("correction", .string(assessment.correction)),
      .init("change_ratio", .double(assessment.changeRatio)),
      .init("answer", text(assessment.after.answer)),
      .init("verdict", .string(assessment.after.verdict.rawValue)),
      .init("grade_before", grade(assessment.before)),
      .init("grade_after", grade(assessment.after)), .init("oracle", text(review.oracle)),
      .init("proposals", .array(input.proposals.map(proposal))),
      .init("hunks", .array(review.hunks.map(hunk))),
      .init(
        "labels",
        .array(
          review.labels.sorted { $0.key < $1.key }.map {
            .object([.init("step", .int($0.key)), .init("label", .int($0.value.rawValue))])
          })), .init("first_error", review.firstError.map { .int($0) } ?? .null),
      .init("comment", text(review.traceComment)),
      .init(
        "approved", review.approval == nil ? .null : pair.map { .int(Int($0.rawValue)) } ?? .null),
      .init("override", text(review.approval?.override)),
      .init("refusals", .array(refusals.map { .string($0.sentence) })),
    ])
  }

  private func text(_ value: String?) -> JSON { value.map { .string($0) } ?? .null }

  private func range(_ bytes: Range<Int>) -> JSON {
    .array([.int(bytes.lowerBound), .int(bytes.upperBound)])
  }

  private func grade(_ grade: Grade) -> JSON {
    .object([
      .init("verdict", .string(grade.verdict.rawValue)), .init("gold", text(grade.gold)),
      .init("answer", text(grade.answer)), .init("reason", text(grade.reason)),
    ])
  }

  private func proposal(_ proposal: Proposal) -> JSON {
    .object([
      .init("id", .int(Int(proposal.id.rawValue))), .init("oracle", .string(proposal.oracle)),
      .init("note", text(proposal.note)), .init("text", .string(proposal.text)),
    ])
  }

  private func hunk(_ hunk: ReviewHunk) -> JSON {
    .object([
      .init("id", .int(hunk.number)), .init("kind", .string(hunk.kind.rawValue)),
      .init("proposal", hunk.key.isManual ? .null : .int(Int(hunk.key.proposal.rawValue))),
      .init("minus", range(hunk.key.minus)), .init("plus", range(hunk.key.plus)),
      .init("minus_text", .string(hunk.minusText)), .init("plus_text", .string(hunk.plusText)),
      .init("decision", .string(hunk.decision.word)), .init("text", .string(hunk.currentText)),
      .init("comment", text(hunk.comment)),
    ])
  }

  /// For people.
  ///
  /// Every text from outside goes through `visible`.
  var text: String {
    let input = review.input
    var lines = [
      "trace \(input.trace.id.rawValue) of problem \(input.problem.id.rawValue), "
        + "\(visible(input.trace.source)), \(review.status.rawValue)"
        + (review.flagged ? ", flagged" : "") + (pair.map { ", pair \($0.rawValue)" } ?? ""),
      "",
    ]
    for message in input.problem.context.messages {
      lines += [message.role] + indented(message.content) + [""]
    }
    if !input.problem.context.arguments.isEmpty {
      lines += ["template arguments"]
      lines += indented(JSON.object(input.problem.context.arguments).serialized()) + [""]
    }
    lines += ["question"] + indented(input.problem.question)
    if let answer = input.problem.answer { lines += ["", "known answer"] + indented(answer) }
    if let solution = input.problem.solution { lines += ["", "solution"] + indented(solution) }
    let claim = input.trace.claimed.map { ", the file says \($0 ? "right" : "wrong")" } ?? ""
    lines += ["", "y⁻  \(words(assessment.before))\(claim)"] + indented(input.trace.text)
    if !review.hunks.isEmpty || !input.proposals.isEmpty {
      lines += ["", "correction  \(words(assessment.after)), R \(percent(assessment.changeRatio))"]
      lines += indented(assessment.correction)
    }
    for hunk in review.hunks {
      lines += ["", "hunk \(hunk.number)  \(hunk.decision.word)"]
      lines += indented(hunk.minusText, "  - ") + indented(hunk.plusText, "  + ")
      if case .tweaked(let text) = hunk.decision { lines += indented(text, "  ~ ") }
      if let comment = hunk.comment { lines += indented(comment, "  # ") }
    }
    if !refusals.isEmpty, !review.hunks.isEmpty {
      lines += ["", "not to be approved: " + refusals.map(\.sentence).joined(separator: "; ")]
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func words(_ grade: Grade) -> String {
    "\(grade.verdict.rawValue)" + (grade.answer.map { ", answers \(visible($0))" } ?? "")
  }

  private func percent(_ ratio: Double) -> String {
    ratio.isFinite ? "\(Int((ratio * 100).rounded())) %" : "–"
  }

  private func indented(_ text: String, _ margin: String = "  ") -> [String] {
    guard !text.isEmpty else { return [] }
    return text.split(separator: "\n", omittingEmptySubsequences: false).map {
      margin + visible(String($0))
    }
  }
}

extension Decision {
  /// The decision in one word.
  var word: String {
    switch self {
    case .undecided: "undecided"
    case .accepted: "accepted"
    case .rejected: "rejected"
    case .tweaked: "tweaked"
    }
  }
}
