// Whether an answer has the value of the known one.

/// Grades an answer against the known one, by value; either may be a whole solution or a bare value.
///
/// What the marks mean: `50%` is 0.5, so `50%` against `50` is `ungradable` (a person must say which was meant). A unit
/// counts only when both sides name one. Commas without brackets list values in any order; `(a, b)` keeps its order and
/// its brackets; `{a, b}` is a set. A decimal equals a fraction or a closed form only when it is exact or shows ten or
/// more digits of it. `right` is said of equal values alone; whatever cannot be read or has two readings is
/// `ungradable`, with the reason.
public func grade(gold: String, answer: String) -> Grade {
  guard let known = extractAnswer(from: gold) else {
    return Grade(
      verdict: .ungradable, gold: nil, answer: nil, reason: "the known answer cannot be found")
  }
  guard let found = extractAnswer(from: answer) else {
    return Grade(
      verdict: .ungradable, gold: known.text, answer: nil, reason: "no final answer is announced")
  }
  let (verdict, reason) = gradeValues(known.text, found.text)
  return Grade(verdict: verdict, gold: known.text, answer: found.text, reason: reason)
}

/// Grades two bare values.
private func gradeValues(_ gold: String, _ answer: String) -> (Verdict, String?) {
  let sameText = isSameText(gold, answer)
  if sameText, gold.utf8.contains(where: { $0.isDigit || $0.isLetter || $0 >= 128 }) {
    return (.right, nil)
  }
  let (known, found): (AnswerValue, AnswerValue)
  do throws(Unreadable) {
    known = try AnswerParser.parse(gold)
  } catch {
    return (.ungradable, "the known answer cannot be read: \(error.reason)")
  }
  do throws(Unreadable) {
    found = try AnswerParser.parse(answer)
  } catch {
    return (.ungradable, "the answer cannot be read: \(error.reason)")
  }
  switch AnswerComparison.compare(known, found) {
  case .equal: return (.right, nil)
  case .different(let reason): return (.wrong, reason)
  case .unclear(let reason): return (.ungradable, reason)
  }
}

/// Whether two texts are the same up to white space around and between words.
private func isSameText(_ a: String, _ b: String) -> Bool {
  func words(_ text: String) -> [Substring.UTF8View] {
    text.utf8.split(whereSeparator: \.isBlank).map { Substring($0).utf8 }
  }
  let (x, y) = (words(a), words(b))
  return x.count == y.count && zip(x, y).allSatisfy { $0.elementsEqual($1) }
}
