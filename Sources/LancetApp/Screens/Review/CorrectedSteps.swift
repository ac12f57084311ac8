// The steps of the correction. Of a short text they are found anew after every decision; of a long one only the steps
// that hunks touch are, and all others are those of y⁻ moved along.

import LancetCore

/// The longest text, in bytes, whose steps are all found anew after a decision.
private let shortText = 20_000

/// The steps of the correction, given those of y⁻ and the pieces that cover both.
func correctedSteps(
  of correction: String, from steps: [Step], of text: String, pieces: [ReviewPiece]
) -> [Step] {
  if correction.bytesEqual(text) { return steps }
  if max(correction.utf8.count, text.utf8.count) <= shortText { return splitSteps(correction) }
  let plus = Array(correction.utf8)
  var result: [Step] = []
  var next = 0  // the first step of y⁻ that is not placed yet
  var shift = 0  // from y⁻ to the correction, behind the hunks so far
  let hunks = pieces.filter { $0.hunk != nil }
  var index = 0
  while index < hunks.count {
    // A region: hunks and the steps they touch, until neither reaches the next.
    var region = hunks[index].minus
    let first = hunks[index]
    var last = first
    while next < steps.count, steps[next].bytes.upperBound < region.lowerBound {
      result.append(steps[next].moved(by: shift, index: result.count))
      next += 1
    }
    var grows = true
    while grows {
      grows = false
      if next < steps.count, steps[next].bytes.lowerBound <= region.upperBound {
        region =
          min(
            region.lowerBound, steps[next].bytes.lowerBound)..<max(
            region.upperBound, steps[next].bytes.upperBound)
        next += 1
        grows = true
      }
      if index + 1 < hunks.count, hunks[index + 1].minus.lowerBound <= region.upperBound {
        index += 1
        last = hunks[index]
        region = region.lowerBound..<max(region.upperBound, last.minus.upperBound)
        grows = true
      }
    }
    let from = first.plus.lowerBound - (first.minus.lowerBound - region.lowerBound)
    let to = last.plus.upperBound + (region.upperBound - last.minus.upperBound)
    if from >= 0, from <= to, to <= plus.count {
      for step in stepsWithin(plus[from..<to]) {
        result.append(step.moved(by: from, index: result.count))
      }
    }
    shift = last.plus.upperBound - last.minus.upperBound
    index += 1
  }
  for step in steps[next...] { result.append(step.moved(by: shift, index: result.count)) }
  return result
}

/// The steps of a region; one line is one step here, because the text around it has many.
private func stepsWithin(_ bytes: ArraySlice<UInt8>) -> [Step] {
  let text = String(decoding: bytes, as: UTF8.self)
  guard let begin = bytes.firstIndex(where: { !$0.isBlank }),
    let end = bytes.lastIndex(where: { !$0.isBlank })
  else { return [] }
  if bytes[begin...end].contains(.lineFeed) { return splitSteps(text) }
  let checks = checks(in: text)
  let verdict: CheckVerdict =
    checks.contains { $0.verdict == .wrong }
    ? .wrong
    : checks.isEmpty || checks.contains { $0.verdict == .unknown } ? .unknown : .right
  let range = (begin - bytes.startIndex)..<(end + 1 - bytes.startIndex)
  return [Step(index: 0, bytes: range, checks: checks, verdict: verdict)]
}

extension Step {
  /// The step so many bytes further on, with another number.
  fileprivate func moved(by shift: Int, index: Int) -> Step {
    var step = self
    step.index = index
    step.bytes = bytes.shifted(by: shift)
    for check in step.checks.indices {
      step.checks[check].bytes = checks[check].bytes.shifted(by: shift)
      step.checks[check].statedBytes = checks[check].statedBytes.shifted(by: shift)
    }
    return step
  }
}
