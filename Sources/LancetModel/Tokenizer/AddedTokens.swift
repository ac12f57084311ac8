// Tokens that are cut out of a text before anything else happens to it, such as `<|im_end|>`.

/// One added token and how it is looked for.
struct AddedToken: Sendable, Hashable {
  var id: Int32
  var content: [UInt8]
  var special: Bool
  /// Takes the white space before it along.
  var stripsLeft: Bool
  /// Takes the white space behind it along.
  var stripsRight: Bool
  /// Is found only where no word goes on at its borders.
  var singleWord: Bool
  /// Is looked for in the normalized text instead of the raw one.
  var normalized: Bool
}

/// Finds added tokens: from the left, the longest first.
struct AddedTokenFinder: Sendable {
  private struct Node {
    var children: [(byte: UInt8, node: Int32)] = []
    var token: Int32 = -1
  }

  private var nodes = [Node()]
  private var tokens: [AddedToken] = []
  /// Whether some token begins with this byte.
  private var begins = Array(repeating: false, count: 256)
  private let tables = UnicodeTables.shared

  var isEmpty: Bool { tokens.isEmpty }

  /// Adds a token, to be found by this text; the later one counts when two have the same text.
  mutating func insert(_ token: AddedToken, foundBy text: [UInt8]) {
    guard let first = text.first else { return }
    begins[Int(first)] = true
    var node = 0
    for byte in text {
      if let next = nodes[node].children.first(where: { $0.byte == byte })?.node {
        node = Int(next)
      } else {
        nodes[node].children.append((byte, Int32(nodes.count)))
        node = nodes.count
        nodes.append(Node())
      }
    }
    nodes[node].token = Int32(tokens.count)
    tokens.append(token)
  }

  /// A stretch of the text: an added token, or nil for what lies between.
  struct Stretch {
    var token: AddedToken?
    var range: Range<Int>
  }

  /// The text cut into added tokens and what lies between them.
  func stretches(of bytes: UnsafeBufferPointer<UInt8>) -> [Stretch] {
    guard !tokens.isEmpty else { return [Stretch(token: nil, range: 0..<bytes.count)] }
    var out: [Stretch] = []
    var covered = 0
    var at = 0
    while at < bytes.count {
      guard begins[Int(bytes[at])], let (token, length) = longest(bytes, at) else {
        at += 1
        continue
      }
      let found = at..<at + length
      at = found.upperBound
      if token.singleWord {
        if found.lowerBound > 0, isWord(before: found.lowerBound, bytes) { continue }
        if found.upperBound < bytes.count, isWord(at: found.upperBound, bytes) { continue }
      }
      var start = found.lowerBound
      var stop = found.upperBound
      if token.stripsLeft { start = max(spacesBegin(before: start, bytes), covered) }
      if token.stripsRight { stop = spacesEnd(from: stop, bytes) }
      if covered < start { out.append(Stretch(token: nil, range: covered..<start)) }
      out.append(Stretch(token: token, range: min(start, stop)..<stop))
      covered = stop
    }
    if covered < bytes.count {
      out.append(Stretch(token: nil, range: covered..<bytes.count))
    }
    return out
  }

  private func longest(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int)
    -> (AddedToken, length: Int)?
  {
    var node = 0
    var best: (AddedToken, length: Int)?
    var at = start
    while at < bytes.count,
      let next = nodes[node].children.first(where: { $0.byte == bytes[at] })?.node
    {
      node = Int(next)
      at += 1
      if nodes[node].token >= 0 { best = (tokens[Int(nodes[node].token)], at - start) }
    }
    return best
  }

  private func classes(_ value: UInt32) -> ScalarClass {
    ScalarClass(rawValue: tables.classes[Int(value)])
  }

  private func isWord(at index: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    classes(scalar(bytes, index).value).contains(.word)
  }

  private func isWord(before index: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    isWord(at: lead(before: index, bytes), bytes)
  }

  /// Where the scalar that ends at a byte begins.
  private func lead(before index: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var at = index - 1
    while at > 0, bytes[at] & 0xC0 == 0x80 { at -= 1 }
    return at
  }

  private func spacesBegin(before index: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var at = index
    while at > 0 {
      let previous = lead(before: at, bytes)
      guard classes(scalar(bytes, previous).value).contains(.space) else { break }
      at = previous
    }
    return at
  }

  private func spacesEnd(from index: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var at = index
    while at < bytes.count {
      let (value, length) = scalar(bytes, at)
      guard classes(value).contains(.space) else { break }
      at += length
    }
    return at
  }
}
