// A trace taken apart into its steps: numbered units, else paragraphs, else lines, else the sentences of one line.

/// Splits a trace into steps, each with its checks and verdict; white space around a step belongs to none.
public func splitSteps(_ text: String) -> [Step] {
  let bytes = Array(text.utf8)
  let spans = mathSpans(bytes)
  return steps(
    at: StepSplitter(bytes, spans: spans).ranges(), readArithmetic(bytes, spans: spans))
}

/// The steps that stand at these bytes of a text, each with its checks and verdict.
func steps(of text: String, at ranges: [Range<Int>]) -> [Step] {
  steps(at: ranges, readArithmetic(in: text))
}

private func steps(at ranges: [Range<Int>], _ reading: ArithmeticReading) -> [Step] {
  let found = reading.checks
  var steps: [Step] = []
  steps.reserveCapacity(ranges.count)
  var next = 0
  for (index, range) in ranges.enumerated() {
    while next < found.count, found[next].bytes.lowerBound < range.lowerBound { next += 1 }
    var own: [Check] = []
    while next < found.count, found[next].bytes.lowerBound < range.upperBound {
      own.append(found[next])
      next += 1
    }
    let unread = reading.unread.flatMap { $0.from < range.upperBound ? $0.reason : nil }
    let verdict = verdict(of: own)
    steps.append(
      Step(
        index: index, bytes: range, checks: own,
        verdict: unread != nil && verdict == .right ? .unknown : verdict, unread: unread))
  }
  return steps
}

/// The index of the first step with a wrong check; nil when no check is wrong.
public func firstError(in steps: [Step]) -> Int? {
  steps.first { $0.verdict == .wrong }?.index
}

/// Wrong when a check is wrong, right when all are right and there is at least one, else unknown.
private func verdict(of checks: [Check]) -> CheckVerdict {
  if checks.contains(where: { $0.verdict == .wrong }) { return .wrong }
  if checks.isEmpty || checks.contains(where: { $0.verdict == .unknown }) { return .unknown }
  return .right
}
