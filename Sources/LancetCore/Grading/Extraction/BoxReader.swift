// The contents of boxes. Boxes joined by "and", "or" or a comma are one answer.

struct BoxReader {
  let text: ByteText
  let limit: Int
  /// For every open brace that is closed, the place of its closing one, counted from `start`; else -1.
  private let closing: [Int32]
  private let start: Int
  private var bytes: [UInt8] { text.bytes }

  /// Reads boxes from `start` on.
  init(text: ByteText, start: Int, limit: Int) {
    self.text = text
    self.limit = limit
    self.start = start
    var out = [Int32](repeating: -1, count: max(0, limit - start))
    var stack: [Int] = []
    var i = start
    while i < limit {
      switch text.bytes[i] {
      case .backslash: i += 1
      case .openBrace: stack.append(i)
      case .closeBrace:
        if let open = stack.popLast() { out[open - start] = Int32(clamping: i - start) }
      default: break
      }
      i += 1
    }
    closing = out
  }

  /// The place of the brace that closes the one at `open`.
  private func closingPlace(_ open: Int) -> Int? {
    guard open >= start, open < limit, closing[open - start] >= 0 else { return nil }
    return start + Int(closing[open - start])
  }

  /// The content of a box and the place behind it.
  private func content(_ open: Int) -> (inner: Range<Int>, end: Int)? {
    guard open < limit else { return nil }
    if bytes[open] == .openBrace {
      guard let close = closingPlace(open) else { return nil }
      let inner = text.trimmed((open + 1)..<close)
      return inner.isEmpty ? nil : (inner, close + 1)
    }
    // A box without braces: `\boxed 5`.
    var end = open
    while end < limit, bytes[end].isDigit || bytes[end] == .dot || bytes[end] == .minus { end += 1 }
    while end > open, bytes[end - 1] == .dot { end -= 1 }
    return end > open ? (open..<end, end) : nil
  }

  /// Whether the brace of a box is never closed.
  func isCutOff(_ open: Int) -> Bool {
    open < limit && bytes[open] == .openBrace && closingPlace(open) == nil
  }

  /// The answer of the box at an index of the announcements, with the boxes in front that are joined to it.
  func answer(at index: Int, of found: [Announcement]) -> Announced.Outcome? {
    guard case .box(let command, let open) = found[index], let last = content(open) else {
      return nil
    }
    var parts = [Part(inner: last.inner, command: command)]
    var begin = command
    var i = index - 1
    while i >= 0, parts.count < 20, case .box(let command, let open) = found[i],
      let before = content(open)
    {
      if before.end > begin {
        // A box around a box.
        guard before.inner.lowerBound <= begin else { break }
        i -= 1
        continue
      }
      guard joins(before.end..<begin) else { break }
      parts.append(Part(inner: before.inner, command: command))
      begin = command
      i -= 1
    }
    parts.reverse()
    let around = BoxSurroundings(text: text, limit: limit)
    switch around.before(parts[0].command) {
    case .nothing: break
    case .denied(let why): return .denied(why)
    case .doubtful(let why): return .nothing(why)
    case .goesOn: return .nothing("the box holds only a part of the expression")
    }
    switch around.behind(last.end) {
    case .nothing: break
    case .denied(let why): return .denied(why)
    case .doubtful(let why): return .nothing(why)
    case .goesOn(let tail): return longer(parts, tail)
    }
    return .answer(
      ExtractedAnswer(
        text: spelling(parts), bytes: parts[0].inner.lowerBound..<last.inner.upperBound))
  }

  private func isCongruence(_ command: Int) -> Bool {
    var i = command
    while i > 0, bytes[i - 1] == .space || bytes[i - 1] == .dollar { i -= 1 }
    return text.has("\\equiv", i - 6) || text.has("≡", i - 3)
  }

  private struct Part {
    var inner: Range<Int>
    var command: Int
  }

  /// The contents of boxes, parted by commas; with the letters in front when each has one: `x=\boxed{1}`.
  private func spelling(_ parts: [Part]) -> String {
    guard parts.count > 1 else { return text.string(parts[0].inner) }
    let names = parts.compactMap { name(before: $0.command) }
    return parts.indices.map { i in
      let inner = text.string(parts[i].inner)
      return names.count == parts.count && !inner.contains("=") ? "\(names[i]) = \(inner)" : inner
    }.joined(separator: ", ")
  }

  /// The letter of `x =` in front of a box, with its subscript.
  private func name(before command: Int) -> String? {
    var i = command
    while i > 0, bytes[i - 1] == .space || bytes[i - 1] == .ampersand { i -= 1 }
    guard i > 1, bytes[i - 1] == .equals else { return nil }
    i -= 1
    while i > 0, bytes[i - 1] == .space { i -= 1 }
    let end = i
    while i > 0, bytes[i - 1].isLetter || bytes[i - 1].isDigit || bytes[i - 1] == .underscore {
      i -= 1
    }
    guard i < end, end - i <= 4, bytes[i].isLetter, i == 0 || bytes[i - 1] != .backslash else {
      return nil
    }
    return text.string(i..<end)
  }

  /// A box whose value goes on behind it: `\boxed{5}^2`, `\boxed{20}\%`; what goes on has to be read.
  private func longer(_ parts: [Part], _ tail: Range<Int>) -> Announced.Outcome {
    let rest = text.trimmed(tail)
    // "x \\equiv \\boxed{9} \\pmod{11}"
    if text.hasFolded("\\pmod", rest.lowerBound) || text.hasFolded("(mod", rest.lowerBound),
      isCongruence(parts[0].command)
    {
      return .answer(ExtractedAnswer(text: spelling(parts), bytes: parts[0].inner))
    }
    guard parts.count == 1, !rest.isEmpty else {
      return .nothing("\"\(text.string(rest))\" stands behind the box")
    }
    let whole = "{\(text.string(parts[0].inner))} \(text.string(rest))"
    guard (try? AnswerParser.parse(whole)) != nil else {
      return .nothing("\"\(text.string(rest))\" stands behind the box")
    }
    return .answer(
      ExtractedAnswer(text: whole, bytes: parts[0].inner.lowerBound..<rest.upperBound))
  }

  /// Whether two boxes are parted by nothing but marks of formulas, names and "and", "or", commas.
  private func joins(_ range: Range<Int>) -> Bool {
    guard range.count <= 60 else { return false }
    var i = range.lowerBound
    var joined = range.isEmpty
    var others = 0
    while i < range.upperBound {
      let byte = bytes[i]
      var run = i
      while run < range.upperBound, bytes[run] == byte { run += 1 }
      if run - i > 2, "+-=*~|_".utf8.contains(byte) {
        // A line of marks parts them.
        joined = true
        i = run
      } else if byte == .dollar || byte == .space || byte == .equals || byte == .star {
        i += 1
      } else if byte == .openParen || byte == .closeParen {
        i += 1
      } else if byte == .comma || byte == .semicolon || byte == .ampersand {
        joined = true
        i += 1
      } else if byte == .backslash, i + 1 < range.upperBound, !bytes[i + 1].isLetter {
        i += 2
      } else if byte.isLetter {
        var end = i
        while end < range.upperBound, bytes[end].isLetter { end += 1 }
        let word = loweredText(bytes, i..<end)
        if word == "and" || word == "or" {
          joined = true
        } else if end - i > 1 && word != "text" && word != "quad" && word != "qquad" {
          // "\\boxed{1} paper and \\boxed{2} bins"
          others += 1
          if others > 2 || UnitPhrase.isNoUnit(word) { return false }
        }
        i = end
      } else if byte == .backslash || byte == .openBrace || byte == .closeBrace
        || byte == .underscore
        || byte.isDigit && i > range.lowerBound
          && (bytes[i - 1] == .underscore || bytes[i - 1].isLetter)
      {
        i += 1
      } else if text.has("或", i) || text.has("和", i) || text.has("、", i) || text.has("，", i) {
        joined = true
        i += 3
      } else {
        return false
      }
    }
    return joined
  }
}
