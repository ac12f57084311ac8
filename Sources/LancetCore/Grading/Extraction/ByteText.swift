// Looking things up in the bytes of a text: words in either case, brackets, sentences.

struct ByteText {
  let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// Whether these very bytes stand here.
  func has(_ text: StaticString, _ at: Int) -> Bool {
    guard at >= 0, at + text.utf8CodeUnitCount <= bytes.count else { return false }
    return text.withUTF8Buffer { buffer in
      for i in 0..<buffer.count where bytes[at + i] != buffer[i] { return false }
      return true
    }
  }

  /// Whether this text, given in small letters, stands here with ASCII letters in either case.
  func hasFolded(_ text: String, _ at: Int) -> Bool {
    guard at >= 0, at < bytes.count else { return false }
    let compared = text.utf8.withContiguousStorageIfAvailable { folded in
      guard at + folded.count <= bytes.count else { return false }
      for i in 0..<folded.count where bytes[at + i].lowercased != folded[i] { return false }
      return true
    }
    return compared ?? bytes[at...].starts(with: text.utf8) { $0.lowercased == $1 }
  }

  /// As ``hasFolded(_:_:)``, and no letter follows.
  func hasWord(_ text: String, _ at: Int) -> Bool {
    let end = at + text.utf8.count
    return hasFolded(text, at) && (end >= bytes.count || !bytes[end].isLetter)
  }

  /// Whether a place begins a word.
  func beginsWord(_ at: Int) -> Bool { at == 0 || !bytes[at - 1].isLetter }

  func skipping(_ at: Int, while isPassed: (UInt8) -> Bool) -> Int {
    var i = at
    while i < bytes.count, isPassed(bytes[i]) { i += 1 }
    return i
  }

  /// The end of the line that this place is in.
  func lineEnd(_ at: Int, _ limit: Int) -> Int {
    var i = at
    while i < limit, !bytes[i].isLineEnd { i += 1 }
    return i
  }

  /// The first place at or behind `at` where a text of ASCII in small letters stands.
  func find(_ text: String, from at: Int, to limit: Int) -> Int? {
    guard let first = text.utf8.first else { return nil }
    let last = limit - text.utf8.count
    var i = at
    while i <= last {
      if bytes[i].lowercased == first, hasFolded(text, i) { return i }
      i += 1
    }
    return nil
  }

  /// Without white space, emphasis, full stops and the marks of a formula around.
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var (low, high) = (range.lowerBound, range.upperBound)
    var changed = true
    while changed, low < high {
      changed = false
      while low < high, isWrapping(bytes[low]) { (low, changed) = (low + 1, true) }
      while high > low, isTrailing(low, high) { (high, changed) = (high - 1, true) }
      if high - low > 2, bytes[low] == .apostrophe || bytes[low] == .quote,
        bytes[high - 1] == bytes[low], !bytes[(low + 1)..<(high - 1)].contains(bytes[low])
      {
        (low, high, changed) = (low + 1, high - 1, true)
      }
      // `\ ` is one space.
      if high - low > 1, bytes[high - 1] == .backslash, bytes[high - 2] != .backslash,
        high < bytes.count, bytes[high] == .space
      {
        (high, changed) = (high - 1, true)
      }
      for mark: StaticString in ["。", "、", "；", "，", "：", "．"]
      where high - low > 3 && has(mark, high - 3) {
        (high, changed) = (high - 3, true)
      }
      for (open, close) in [("$$", "$$"), ("$", "$"), ("\\(", "\\)"), ("\\[", "\\]")] {
        let length = open.utf8.count
        if high - low > 2 * length, hasFolded(open, low), hasFolded(close, high - length),
          !(length == 1 && bytes[high - 2] == .backslash), isSingleFormula(low, high, open)
        {
          (low, high, changed) = (low + length, high - length, true)
        }
      }
    }
    return low..<high
  }

  private func isWrapping(_ byte: UInt8) -> Bool {
    byte.isBlank || byte == .star || byte == .backtick
  }

  private func isTrailing(_ low: Int, _ high: Int) -> Bool {
    let byte = bytes[high - 1]
    if byte == .dot {
      // `\right.` and the dots of something left out keep their points.
      return !(high - low >= 7 && has("\\right.", high - 7)) && !has("..", high - 2)
    }
    // "18 *" is cut off; "18**" is emphasis.
    if byte == .star, high - low >= 2, bytes[high - 2].isBlank { return false }
    // `\ ` and `\,` at the end are one sign.
    return isWrapping(byte) || byte == .comma || byte == .semicolon
  }

  private func isSingleFormula(_ low: Int, _ high: Int, _ open: String) -> Bool {
    guard open != "$$" else { return find("$$", from: low + 2, to: high - 2) == nil }
    guard open == "$" else {
      let close = open == "\\(" ? "\\)" : "\\]"
      return find(close, from: low + 2, to: high - 2) == nil
    }
    var i = low + 1
    while i < high - 1 {
      if bytes[i] == .backslash { i += 1 } else if bytes[i] == .dollar { return false }
      i += 1
    }
    return true
  }
}
