// Steps that a file gave: they win over Lancet's splitting, so that a rating stays on the text it was given for.

/// Splits a trace into steps: at the bytes its file gave, else by Lancet's own rules.
///
/// - Parameter starts: the bytes at which the file's steps begin, ascending; nil when it gave none.
public func splitSteps(_ text: String, at starts: [Int]?) -> [Step] {
  guard let starts else { return splitSteps(text) }
  let bytes = Array(text.utf8)
  var ranges: [Range<Int>] = []
  for (i, start) in starts.enumerated() where bytes.indices.contains(start) {
    var end = i + 1 < starts.count ? min(max(starts[i + 1], start), bytes.count) : bytes.count
    while end > start, bytes[end - 1].isBlank || bytes[end - 1] == 10 || bytes[end - 1] == 13 {
      end -= 1
    }
    if end > start { ranges.append(start..<end) }
  }
  return steps(of: text, at: ranges)
}

/// Splits a trace into its file's own steps, else by Lancet's rules.
public func splitSteps(of trace: Trace) -> [Step] {
  splitSteps(trace.text, at: trace.ownSteps)
}

/// A trace put together from the steps a file gave.
struct JoinedSteps {
  /// The whole text.
  private(set) var text = ""
  /// The byte at which each step's first visible character stands.
  private(set) var starts: [Int] = []

  /// Joins steps; the separator comes where neither neighbour brings a line end along.
  init(_ steps: [String], separator: String) {
    var bytes: [UInt8] = []
    for step in steps {
      let step = Array(step.utf8)
      if let last = bytes.last, last != 10, step.first != 10 { bytes += Array(separator.utf8) }
      let lead = step.prefix { $0 == 32 || $0 == 9 || $0 == 10 || $0 == 13 }.count
      starts.append(bytes.count + lead)
      bytes += step
    }
    text = String(decoding: bytes, as: UTF8.self)
  }

  /// Finds the steps again in a text that holds them in order with nothing but white space between; nil when it does
  /// not.
  init?(_ steps: [String], in whole: String) {
    let bytes = Array(whole.utf8)
    var at = 0
    func isWhite(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 || byte == 10 || byte == 13 }
    for step in steps {
      let step = Array(step.utf8.drop(while: isWhite))
      while at < bytes.count, isWhite(bytes[at]) { at += 1 }
      guard !step.isEmpty, bytes[at...].starts(with: step) else { return nil }
      starts.append(at)
      at += step.count
    }
    guard bytes[at...].allSatisfy(isWhite) else { return nil }
    text = whole
  }

  /// A label at the step of this index.
  func label(_ index: Int, _ label: StepLabel) -> ImportedLabel {
    ImportedLabel(stepAt: starts[index], label: label)
  }
}
