// Whether an answer has the value of the known one.

/// Grades an answer against the known one, by value; either may be a whole solution or a bare value.
///
/// What the marks mean: `50%` is 0.5, so `50%` against `50` is `ungradable` (a person must say which was meant). A unit
/// counts only when both sides name one; quantities of one measure are the same when they convert exactly. Commas
/// without brackets list values in any order; `(a, b)` keeps its order and its brackets; `{a, b}` is a set. A decimal
/// equals a fraction or a closed form only when it is exact or shows ten or more digits of it. `right` is said of equal
/// values alone; whatever cannot be read or has two readings is `ungradable`, with the reason.
public func grade(gold: String, answer: String) -> Grade {
  if SameText.isSame(gold, answer) {
    // The same text is the same answer, whatever it says.
    let found = extractAnswer(from: answer)
    return Grade(
      verdict: .right, gold: found?.text ?? gold, answer: found?.text ?? answer, reason: nil,
      strength: .strong)
  }
  guard let (known, knownValue) = knownAnswer(gold) else {
    return Grade(
      verdict: .ungradable, gold: nil, answer: nil, reason: "the known answer cannot be found")
  }
  let found: ExtractedAnswer
  let foundValue: AnswerValue?
  switch AnswerFinder(answer).find() {
  case .found(let answer, let value): (found, foundValue) = (answer, value)
  case .nothing(let reason):
    return Grade(verdict: .ungradable, gold: known, answer: nil, reason: reason)
  }
  var (verdict, reason) = gradeValues((known, knownValue), (found.text, foundValue))
  if found.strength == .weak {
    let weak = "a weak answer: a plain concluding sentence"
    reason = reason.map { "\($0); \(weak)" } ?? weak
  }
  if verdict == .ungradable, reason == nil { (verdict, reason) = (.ungradable, "no verdict") }
  return Grade(
    verdict: verdict, gold: known, answer: found.text, reason: reason, strength: found.strength)
}

/// The known answer: announced, or the whole text when it is one line.
private func knownAnswer(_ text: String) -> (String, AnswerValue?)? {
  if case .found(let answer, let value) = AnswerFinder(text).find(), answer.strength == .strong {
    return (answer.text, value)
  }
  let bytes = ByteText(Array(text.utf8))
  let range = bytes.trimmed(0..<bytes.bytes.count)
  guard !range.isEmpty, range.count <= AnswerParser.byteLimit,
    !bytes.bytes[range].contains(.newline),
    bytes.find("\\boxed", from: 0, to: range.upperBound) == nil
  else { return nil }
  return (bytes.string(range), nil)
}

/// Grades two bare values, given with what was read of them already.
private func gradeValues(
  _ gold: (text: String, value: AnswerValue?), _ answer: (text: String, value: AnswerValue?)
) -> (Verdict, String?) {
  if SameText.isSame(gold.text, answer.text) { return (.right, nil) }
  let (known, found): (AnswerValue, AnswerValue)
  do throws(Unreadable) {
    known = if let value = gold.value { value } else { try AnswerParser.parse(gold.text) }
  } catch {
    return (.ungradable, "the known answer cannot be read: \(error.reason)")
  }
  do throws(Unreadable) {
    found = if let value = answer.value { value } else { try AnswerParser.parse(answer.text) }
  } catch {
    return (.ungradable, "the answer cannot be read: \(error.reason)")
  }
  switch AnswerComparison.compare(known, found) {
  case .equal: return (.right, nil)
  case .different(let reason): return (.wrong, reason)
  case .unclear(let reason): return (.ungradable, reason)
  }
}
