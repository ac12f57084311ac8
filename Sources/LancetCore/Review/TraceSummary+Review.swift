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

  /// How much of a question a row shows.
  private static let lineLimit = 160

  /// The beginning of a question on one line: at most 160 characters, white space folded.
  static func firstLine(of question: String) -> String {
    // Grapheme clusters are slow to find; where every byte is ASCII each is one, but for CR LF, which is folded anyway.
    var line: [UInt8] = []
    line.reserveCapacity(lineLimit)
    for byte in question.utf8 {
      guard byte < 0x80 else { return firstCharacters(of: question) }
      if line.count >= lineLimit { break }
      if byte == 0x20 || (0x09...0x0D).contains(byte) {
        if let last = line.last, last != 0x20 { line.append(0x20) }
      } else {
        line.append(byte)
      }
    }
    if line.last == 0x20 { line.removeLast() }
    return String(decoding: line, as: UTF8.self)
  }

  /// The same by characters, for any text.
  static func firstCharacters(of question: String) -> String {
    var line = ""
    var length = 0
    for character in question {
      if length >= lineLimit { break }
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
