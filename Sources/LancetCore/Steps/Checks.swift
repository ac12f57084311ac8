// The arithmetic of a trace, recomputed: every `expression = value` in prose, LaTeX and calculator marks.

/// The checks of a text, as far as ``readArithmetic(in:)`` reads it.
public func checks(in text: String) -> [Check] { readArithmetic(in: text).checks }

/// The checks of a piece of text; what they say holds only when the effort sufficed.
func checks(
  of bytes: [UInt8], spans: [MathSpan], context: ClaimContext, effort: Effort
) -> [Check] {
  guard effort.spend(bytes.count) else { return [] }
  let formulas = FormulaChecker.findings(bytes, spans: spans, context: context, effort: effort)
  var finder = CheckFinder(bytes, context: context, effort: effort)
  finder.run()
  guard !effort.isSpent else { return [] }
  let doubtful = formulas.doubtful.sorted { $0.lowerBound < $1.lowerBound }
  let prose =
    settled(finder.checks, formulas, context)
    + finder.worded.map { doubted($0, doubtful, context) }
  return (formulas.checks + prose).sorted {
    ($0.bytes.lowerBound, $0.bytes.upperBound) < ($1.bytes.lowerBound, $1.bytes.upperBound)
  }
}

/// The prose reader's checks where formulas do not speak for themselves; doubtful ones are not called wrong.
private func settled(
  _ checks: [Check], _ formulas: FormulaFindings, _ context: ClaimContext
) -> [Check] {
  let settled = Set(formulas.checks.map(\.statedBytes))
  let claimed = formulas.claimed.sorted { $0.lowerBound < $1.lowerBound }
  let doubtful = formulas.doubtful.sorted { $0.lowerBound < $1.lowerBound }
  return checks.compactMap { check in
    if overlaps(claimed, check.bytes) || settled.contains(check.statedBytes) { return nil }
    return doubted(check, doubtful, context)
  }
}

/// A check that is not called wrong where something doubtful stands, or where the words say that nothing is claimed.
private func doubted(_ check: Check, _ doubtful: [Range<Int>], _ context: ClaimContext) -> Check {
  guard check.verdict == .wrong,
    overlaps(doubtful, check.bytes) || context.isHedged(check.bytes)
      || context.hasForeignArithmetic
  else { return check }
  var out = check
  out.verdict = .unknown
  return out
}

/// Whether one of some ranges, sorted by their beginnings, overlaps another.
private func overlaps(_ ranges: [Range<Int>], _ range: Range<Int>) -> Bool {
  var (low, high) = (0, ranges.count)
  while low < high {
    let middle = (low + high) / 2
    if ranges[middle].lowerBound < range.upperBound { low = middle + 1 } else { high = middle }
  }
  // Members of one chain overlap their neighbours only.
  for i in stride(from: low - 1, through: max(0, low - 4), by: -1) where i >= 0 {
    if ranges[i].overlaps(range) { return true }
  }
  return false
}
