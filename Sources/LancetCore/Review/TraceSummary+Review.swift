// The Queue row of a review.

extension TraceSummary {
  /// Summarizes a review.
  ///
  /// Pass the assessment, or the number of steps, when they are at hand.
  public init(_ review: Review, assessment: Assessment? = nil, steps: Int? = nil) {
    let assessment = assessment ?? Assessment(review)
    let input = review.input
    let hasCorrection = !input.proposals.isEmpty || !review.hunks.isEmpty
    var accepted = 0
    var rejected = 0
    var tweaked = 0
    for hunk in review.hunks {
      switch hunk.decision {
      case .undecided: continue
      case .accepted: accepted += 1
      case .rejected: rejected += 1
      case .tweaked:
        accepted += 1
        tweaked += 1
      }
    }
    self.init(
      id: input.trace.id, status: review.status, flagged: review.flagged,
      answerBefore: assessment.before.answer, gradeBefore: assessment.before.verdict,
      answerAfter: hasCorrection ? assessment.after.answer : nil,
      gradeAfter: hasCorrection ? assessment.after.verdict : nil, hunks: review.hunks.count,
      accepted: accepted, rejected: rejected, tweaked: tweaked,
      changeRatio: hasCorrection ? assessment.changeRatio : nil,
      steps: steps ?? splitSteps(of: input.trace).count, tokens: assessment.tokensBefore,
      oracle: review.oracle, source: input.trace.source,
      question: Self.firstLine(of: input.problem.question))
  }

  /// The beginning of a question on one line: at most 160 characters, white space folded.
  static func firstLine(of question: String) -> String {
    var line = ""
    var length = 0
    for character in question {
      if length >= 160 { break }
      if character.isWhitespace {
        if line.isEmpty || line.hasSuffix(" ") { continue }
        line.append(" ")
      } else {
        line.append(character)
      }
      length += 1
    }
    return line.hasSuffix(" ") ? String(line.dropLast()) : line
  }
}

extension Review {
  /// Who proposed the correction.
  ///
  /// The Oracles of its hunks in order of the proposals, joined by `+`; `person` for edits by hand. Without hunks, the Oracle of the first proposal.
  public var oracle: String? {
    var names: [String] = []
    for proposal in input.proposals where hunks.contains(where: { $0.key.proposal == proposal.id })
    {
      if !names.contains(proposal.oracle) { names.append(proposal.oracle) }
    }
    if hunks.contains(where: \.key.isManual), !names.contains("person") { names.append("person") }
    return names.isEmpty ? input.proposals.first?.oracle : names.joined(separator: "+")
  }
}
