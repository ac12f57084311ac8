// The normalizer section of `tokenizer.json`: what is done to a text before it is cut, step by step.

/// Steps that change a text.
struct TextNormalizer: Sendable {
  enum Step: Sendable {
    case composed
    case decomposed
    case lowercase
    case strip(left: Bool, right: Bool)
    case prepend([UInt8])
    case replace(SplitPattern, [UInt8])
  }

  var steps: [Step]
  private let composer = CanonicalComposer()

  init(steps: [Step]) { self.steps = steps }

  /// The text after all steps, or nil when it is as it was.
  ///
  /// - Parameter bytes: valid UTF-8.
  func normalized(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    var changed: [UInt8]?
    for step in steps {
      let next =
        if let changed { changed.withUnsafeBufferPointer { apply(step, $0) } } else {
          apply(step, bytes)
        }
      if let next { changed = next }
    }
    return changed
  }

  private func apply(_ step: Step, _ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    switch step {
    case .composed: return composer.normalized(bytes)
    case .decomposed: return composer.decomposed(bytes)
    case .lowercase:
      var out = String.UnicodeScalarView()
      for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
        out.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
      }
      return Array(String(out).utf8)
    case .strip(let left, let right):
      let text = String(decoding: bytes, as: UTF8.self)
      var rest = text.unicodeScalars[...]
      if left { while let first = rest.first, first.properties.isWhitespace { rest.removeFirst() } }
      if right { while let last = rest.last, last.properties.isWhitespace { rest.removeLast() } }
      return Array(String(rest).utf8)
    case .prepend(let text): return bytes.isEmpty ? nil : text + bytes
    case .replace(let pattern, let text):
      var out: [UInt8] = []
      var covered = 0
      pattern.forEachMatch(in: bytes) { match in
        out += bytes[covered..<match.lowerBound]
        out += text
        covered = match.upperBound
      }
      return covered == 0 && out.isEmpty ? nil : out + bytes[covered...]
    }
  }
}
