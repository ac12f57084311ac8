// What reading the arithmetic of a trace found, and what of the trace was not read.

/// The checks of a trace, with where and why reading stopped before its end.
public struct ArithmeticReading: Hashable, Sendable {
  /// Every `expression = value` of what was read, in order.
  public var checks: [Check]
  /// What was not read; nil when all was.
  public var unread: UnreadArithmetic?
}

/// The end of a trace in which nobody looked for arithmetic: its steps are neither right nor wrong.
public struct UnreadArithmetic: Hashable, Sendable {
  /// Why reading stopped.
  public enum Reason: Hashable, Sendable {
    /// The formulas and numbers so far took all the work that one trace may take.
    case workSpent
    /// A sentence is longer than any that people write; the number is the limit in bytes.
    case lineTooLong(limit: Int)

    /// The reason in words.
    public var sentence: String {
      switch self {
      case .workSpent: "its arithmetic was not read: the trace asks for too much work"
      case .lineTooLong(let limit):
        "its arithmetic was not read: a sentence is longer than \(limit) bytes"
      }
    }
  }
  /// The byte from which on nothing was read.
  public var from: Int
  /// Why.
  public var reason: Reason
}

/// Every `expression = value` of a text, in order, with its verdict, and what of the text was not read.
///
/// A stated value is right when it is the computed one, or the computed one rounded to the digits shown. `wrong` is
/// said only of expressions read whole and without doubt; everything else that does not agree is `unknown`. The work is
/// bounded: a text is read in pieces until a count of steps is reached, the same on every machine.
public func readArithmetic(in text: String) -> ArithmeticReading {
  let bytes = Array(text.utf8)
  return readArithmetic(bytes, spans: mathSpans(bytes))
}

/// The same of bytes whose math spans are known.
func readArithmetic(
  _ bytes: [UInt8], spans: [MathSpan], effort: Effort = Effort()
) -> ArithmeticReading {
  var out = ArithmeticReading(checks: [], unread: nil)
  // Splitting, math spans and landmarks are looked for in the whole of it: a text of a megabyte leaves little to read.
  effort.spend(bytes.count / 5)
  let landmarks = ClaimContext(bytes)
  var pieces = ReadingPieces(bytes, spans: spans)
  var start = 0
  while start < bytes.count {
    guard !effort.isSpent else {
      out.unread = UnreadArithmetic(from: start, reason: .workSpent)
      break
    }
    guard let piece = pieces.piece(from: start, work: effort.left) else {
      let reason = UnreadArithmetic.Reason.lineTooLong(limit: ReadingPieces.lineLimit)
      out.unread = UnreadArithmetic(from: start, reason: reason)
      break
    }
    let found: [Check]
    if piece.count == bytes.count {
      found = checks(of: bytes, spans: spans, context: landmarks, effort: effort)
    } else {
      let part = Array(bytes[piece])
      found = checks(
        of: part, spans: pieces.spans(of: piece), context: ClaimContext(part, within: landmarks),
        effort: effort
      ).map { $0.shifted(by: piece.lowerBound) }
    }
    // What a piece claims and doubts is only known when it was read whole.
    guard !effort.isSpent else {
      out.unread = UnreadArithmetic(from: start, reason: .workSpent)
      break
    }
    out.checks += found
    start = piece.upperBound
  }
  return out
}

extension Check {
  fileprivate func shifted(by distance: Int) -> Check {
    var out = self
    out.bytes = (bytes.lowerBound + distance)..<(bytes.upperBound + distance)
    out.statedBytes =
      (statedBytes.lowerBound + distance)..<(statedBytes.upperBound + distance)
    return out
  }
}
