// Where y⁻ goes wrong: what per-step labels and Step-DPO point at. A step that was only worded anew is not wrong.

/// The byte of y⁻ at which its first wrong step begins.
///
/// In this order: the step a person marked; the first step a person rated wrong; the first edited step with a wrong
/// check; the first step whose edit changes a figure or a sign; the first edited step; 0 when nothing is edited.
func firstWrongStep(_ pair: Pair, _ steps: [Step], _ review: Review?) -> Int {
  if let marked = review?.firstError { return marked }
  if let rated = review?.labels.filter({ $0.value == .wrong }).keys.min() { return rated }
  let hunks = TextDiff(minus: pair.rejected, plus: pair.chosen, mergeIslands: true).hunks
  let (minus, plus) = (Array(pair.rejected.utf8), Array(pair.chosen.utf8))
  /// The step a hunk lies in; the one before it when it stands between two.
  func step(_ hunk: DiffHunk) -> Step? {
    let first = hunk.minus.first { minus[$0] != 32 && minus[$0] != 10 && minus[$0] != 13 }
    let at = first ?? hunk.minus.lowerBound
    return steps.last { $0.bytes.lowerBound <= at } ?? steps.first
  }
  func touches(_ step: Step) -> Bool {
    hunks.contains { $0.minus.overlaps(step.bytes) || step.bytes.contains($0.minus.lowerBound) }
  }
  if let wrong = steps.first(where: { $0.verdict == .wrong && touches($0) }) {
    return wrong.bytes.lowerBound
  }
  let meaning = hunks.first { figures(minus[$0.minus]) != figures(plus[$0.plus]) }
  return (meaning ?? hunks.first).flatMap(step)?.bytes.lowerBound ?? 0
}

/// The figures and signs of a text, without its words.
private func figures(_ text: ArraySlice<UInt8>) -> [UInt8] {
  text.filter { (48...57).contains($0) || Array("+-*/=^<>%".utf8).contains($0) }
}
