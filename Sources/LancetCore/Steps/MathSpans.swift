// Where a text is mathematics by its own marks: \( \), \[ \], $ $, $$ $$ and equation environments.

/// A piece of a text between math delimiters.
struct MathSpan: Equatable {
  /// The delimiters and what stands between them.
  var outer: Range<Int>
  /// What stands between.
  var inner: Range<Int>
}

/// The math spans of a text, in order.
///
/// A dollar sign is a delimiter only when its partner stands in the same paragraph with no words between; else it is
/// money.
func mathSpans(_ bytes: [UInt8]) -> [MathSpan] {
  var finder = MathSpanFinder(bytes: bytes)
  return finder.spans()
}

private struct MathSpanFinder {
  /// How far a closing delimiter is looked for.
  private static let reach = 4000
  private static let environments: [[UInt8]] = [
    "align", "align*", "equation", "equation*", "gather", "gather*", "eqnarray", "eqnarray*",
    "multline", "multline*", "aligned",
  ].map { Array($0.utf8) }
  private static let head = Array("\\begin{".utf8)
  /// What closes a span: `\)`, `\]`, `$$`, and the end of each environment.
  private static let marks: [[UInt8]] =
    [[92, 41], [92, 93], [36, 36]] + environments.map { Array("\\end{".utf8) + $0 + [125] }

  let bytes: [UInt8]
  /// For each closing mark, the first place at or behind the last one asked for: a text is walked once for each.
  private var next = [Int](repeating: 0, count: marks.count)

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func spans() -> [MathSpan] {
    var out: [MathSpan] = []
    var i = 0
    while i < bytes.count {
      guard let span = span(i) else {
        i += bytes[i] == .backslash ? 2 : 1
        continue
      }
      out.append(span)
      i = span.outer.upperBound
    }
    return out
  }

  private mutating func span(_ i: Int) -> MathSpan? {
    switch bytes[i] {
    case .backslash:
      guard i + 1 < bytes.count else { return nil }
      switch bytes[i + 1] {
      case .openParen: return closed(i, 2, 0)
      case .openBracket: return closed(i, 2, 1)
      case UInt8(ascii: "b"): return environment(i)
      default: return nil
      }
    case .dollar:
      return i + 1 < bytes.count && bytes[i + 1] == .dollar
        ? closed(i, 2, 2) : dollars(i)
    default: return nil
    }
  }

  private mutating func closed(_ start: Int, _ opening: Int, _ index: Int) -> MathSpan? {
    let from = start + opening
    let mark = Self.marks[index]
    var at = max(next[index], from)
    while at + mark.count <= bytes.count {
      // "\\\\)" is a line's end and a bracket.
      let escaped = mark[0] == 92 && at > from && bytes[at - 1] == 92
      if !escaped, bytes[at] == mark[0], bytes[at..<(at + mark.count)].elementsEqual(mark) { break }
      at += 1
    }
    next[index] = at
    guard at + mark.count <= bytes.count, at - start <= Self.reach,
      mark.count > 2 || isOneFormula(from..<at)
    else { return nil }
    return MathSpan(outer: start..<(at + mark.count), inner: from..<at)
  }

  /// Neither a blank line nor another opening delimiter stands in a formula: then its own closing one is missing.
  private func isOneFormula(_ range: Range<Int>) -> Bool {
    var i = range.lowerBound
    while i + 1 < range.upperBound {
      if bytes[i] == 10, bytes[i + 1] == 10 { return false }
      if bytes[i] == 92 {
        if bytes[i + 1] == 40 || bytes[i + 1] == 91, bytes[i + 1] != 91 || !isSpacing(i) {
          return false
        }
        i += 1
      }
      i += 1
    }
    return true
  }

  /// "\\[4pt]" ends a line.
  private func isSpacing(_ at: Int) -> Bool { at > 0 && bytes[at - 1] == 92 }

  private mutating func environment(_ start: Int) -> MathSpan? {
    let low = start + Self.head.count
    guard low < bytes.count, bytes[start..<low].elementsEqual(Self.head) else { return nil }
    var i = low
    while i < bytes.count, bytes[i] != .closeBrace, i - start < 24 { i += 1 }
    guard i < bytes.count,
      let name = Self.environments.firstIndex(where: { $0.elementsEqual(bytes[low..<i]) })
    else { return nil }
    return closed(start, i + 1 - start, 3 + name)
  }

  private func dollars(_ start: Int) -> MathSpan? {
    var i = start + 1
    var word = 0
    var (text, depth) = (-1, 0)
    while i < bytes.count, i - start < Self.reach {
      let byte = bytes[i]
      if byte == .dollar {
        guard i > start + 1, !(bytes[i - 1] == 32 && bytes[start + 1] != 32) else { return nil }
        return MathSpan(outer: start..<(i + 1), inner: (start + 1)..<i)
      }
      if byte == 10, i + 1 < bytes.count, bytes[i + 1] == 10 { return nil }
      if byte == .openBrace { depth += 1 }
      if byte == .closeBrace {
        depth -= 1
        if depth <= text { text = -1 }
      }
      if byte == .backslash {
        var j = i + 1
        while j < bytes.count, bytes[j].isLetter { j += 1 }
        let name = String(decoding: bytes[(i + 1)..<min(j, i + 12)], as: UTF8.self)
        if text < 0, name.hasPrefix("text") || name == "mbox" || name == "mathrm" { text = depth }
        i = max(j, i + 2)
        word = 0
        continue
      }
      // Words outside \text{} are no mathematics: the sign was money.
      word = byte.isLetter ? word + 1 : 0
      if word >= 4, text < 0 { return nil }
      i += 1
    }
    return nil
  }
}
