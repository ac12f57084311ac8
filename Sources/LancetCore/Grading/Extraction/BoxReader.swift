// The contents of boxes. Boxes joined by "and", "or" or a comma are one answer.

struct BoxReader {
  let text: ByteText
  let limit: Int
  /// For every open brace that is closed, the place of its closing one.
  private let closing: [Int: Int]
  private var bytes: [UInt8] { text.bytes }

  init(text: ByteText, limit: Int) {
    self.text = text
    self.limit = limit
    var out: [Int: Int] = [:]
    var stack: [Int] = []
    var i = 0
    while i < limit {
      switch text.bytes[i] {
      case .backslash: i += 1
      case .openBrace: stack.append(i)
      case .closeBrace: if let open = stack.popLast() { out[open] = i }
      default: break
      }
      i += 1
    }
    closing = out
  }

  /// The content of a box and the place behind it.
  private func content(_ open: Int) -> (inner: Range<Int>, end: Int)? {
    guard open < limit else { return nil }
    if bytes[open] == .openBrace {
      guard let close = closing[open] else { return nil }
      let inner = text.trimmed((open + 1)..<close)
      return inner.isEmpty ? nil : (inner, close + 1)
    }
    // A box without braces: `\boxed 5`.
    var end = open
    while end < limit, bytes[end].isDigit || bytes[end] == .dot || bytes[end] == .minus { end += 1 }
    while end > open, bytes[end - 1] == .dot { end -= 1 }
    return end > open ? (open..<end, end) : nil
  }

  /// The answer of the box at an index of the announcements, with the boxes in front that are joined to it.
  func answer(at index: Int, of found: [Announcement]) -> ExtractedAnswer? {
    guard case .box(let command, let open) = found[index], let last = content(open) else {
      return nil
    }
    var parts = [last.inner]
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
      parts.append(before.inner)
      begin = command
      i -= 1
    }
    guard parts.count > 1, let first = parts.last else {
      return ExtractedAnswer(text: text.string(last.inner), bytes: last.inner)
    }
    return ExtractedAnswer(
      text: parts.reversed().map { text.string($0) }.joined(separator: ", "),
      bytes: first.lowerBound..<last.inner.upperBound)
  }

  /// Whether two boxes are parted by nothing but marks of formulas, names and "and", "or", commas.
  private func joins(_ range: Range<Int>) -> Bool {
    guard range.count <= 60 else { return false }
    var i = range.lowerBound
    var joined = false
    while i < range.upperBound {
      let byte = bytes[i]
      if byte == .dollar || byte == .space || byte == .equals || byte == .star {
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
          return false
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
