// A trace taken apart into its steps: numbered units, else paragraphs, else lines, else the sentences of one line.

/// Splits a trace into steps, each with its checks and verdict; white space around a step belongs to none.
public func splitSteps(_ text: String) -> [Step] {
  steps(of: text, at: StepSplitter(Array(text.utf8)).ranges())
}

/// The steps that stand at these bytes of a text, each with its checks and verdict.
func steps(of text: String, at ranges: [Range<Int>]) -> [Step] {
  let found = checks(in: text)
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
    steps.append(Step(index: index, bytes: range, checks: own, verdict: verdict(of: own)))
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
