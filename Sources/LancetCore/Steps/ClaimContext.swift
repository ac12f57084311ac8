// What the words around a formula say about it: a claim is only wrong when it is made.

/// The words around a place of a text.
struct ClaimContext {
  private let bytes: [UInt8]
  /// Whether the trace computes in another base, or in remainders: then `5 + 4 = 12` may be right.
  let hasForeignArithmetic: Bool
  /// Whether the trace defines an operation of its own, perhaps written `*`.
  let definesOperation: Bool

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var words = Landmarks()
    words.read(bytes)
    hasForeignArithmetic = words.hasForeignArithmetic
    definesOperation = words.definesOperation
  }

  /// The context of a piece, whose signs mean what they mean in the whole text.
  init(_ piece: [UInt8], within whole: ClaimContext) {
    bytes = piece
    hasForeignArithmetic = whole.hasForeignArithmetic
    definesOperation = whole.definesOperation
  }

  private static let before: Set<String> = [
    "if", "whether", "suppose", "supposing", "assume", "assuming", "assumed", "try", "trying",
    "test", "testing", "verify", "not", "instead", "incorrect", "incorrectly", "wrong", "mistake",
    "mistakenly", "cannot", "can't", "never", "unless", "false", "define", "defined", "claim",
    "guess", "checking", "think", "thinks", "thinking", "thought", "tempted", "erroneously",
    "claims", "claimed", "says", "error", "don't",
  ]
  private static let after: Set<String> = [
    "false", "incorrect", "wrong", "impossible", "contradiction", "contradicts", "contradictory",
    "invalid", "fails", "fail", "mistake", "error", "inconsistent", "extraneous", "isn't",
    "doesn't", "cannot", "wait", "oops", "actually",
  ]
  /// Who "might say" something does not say it here.
  private static let possible: Set<String> = ["might", "may", "could", "would"]
  private static let saying: Set<String> = ["say", "write", "get", "conclude", "answer", "believe"]
  /// What "not" denies.
  private static let denied: Set<String> = [
    "true", "equal", "hold", "work", "satisfy", "satisfied", "possible", "valid", "correct",
    "right", "match", "make",
  ]

  /// Whether the words around say that a formula is no claim: tried, supposed, denied, asked.
  func isHedged(_ range: Range<Int>) -> Bool {
    let found = words(in: before(range.lowerBound))
    if found.contains(where: { Self.before.contains($0) }) { return true }
    // "Someone might say 12 * 12 = 124".
    for (i, word) in found.enumerated().dropLast()
    where Self.possible.contains(word) && Self.saying.contains(found[i + 1]) {
      return true
    }
    // "We check 3 + 4 = 8", but not "she writes one check for 3 + 4".
    if let at = found.firstIndex(of: "check"),
      at == 0 || ["to", "we", "us", "let's", "can", "and", "then", "now"].contains(found[at - 1])
    {
      return true
    }
    // "Check if t = 48 satisfies the equation. 48^3 = 12 * 48^2": tried, even behind a full stop.
    let near = max(0, range.lowerBound - 60)..<range.lowerBound
    if words(in: near).contains(where: { $0 == "satisfies" || $0 == "satisfy" }) { return true }
    return isDenied(behind: range.upperBound)
  }

  /// The clause in front of a place.
  private func before(_ at: Int) -> Range<Int> {
    var low = at
    while low > 0, at - low < 80 {
      let byte = bytes[low - 1]
      let ends = byte == .dot || byte == .question || byte == .comma
      if ends, low < at, bytes[low].isBlank { break }
      if byte == 10, low > 1, bytes[low - 2] == 10 { break }
      low -= 1
    }
    return low..<at
  }

  private func isDenied(behind at: Int) -> Bool {
    var high = at
    var stops = 0
    while high < bytes.count, high - at < 60 {
      let byte = bytes[high]
      if byte == .question { return true }
      if byte == .dot, high + 1 < bytes.count, bytes[high + 1].isBlank {
        stops += 1
        if stops == 2 { break }
      }
      if byte == 10, high > at + 4, high + 1 < bytes.count, bytes[high + 1] == 10 { break }
      // ✗ and ❌
      if byte == 0xE2, high + 2 < bytes.count, bytes[high + 1] == 0x9C || bytes[high + 1] == 0x9D {
        return true
      }
      high += 1
    }
    let found = words(in: at..<high)
    for (i, word) in found.enumerated() {
      if Self.after.contains(word) { return true }
      if word == "not", i + 1 < found.count, Self.denied.contains(found[i + 1]) { return true }
      if word == "remainder", i < 4 { return true }
      // "11 + 3 = 2 on a clock"
      if word == "clock", i == 1, found[0] == "on" { return true }
    }
    return false
  }

  /// Whether the words near a number say that it is not the exact quotient but a count of whole things.
  func countsWholeThings(around range: Range<Int>) -> Bool {
    let low = max(0, range.lowerBound - 80)
    let text = loweredText(bytes, low..<min(bytes.count, range.upperBound + 60))
    return [
      "round", "whole", "full", "ceil", "floor", "at least", "at most", "complete", "integer",
    ]
    .contains(where: text.contains)
  }

  /// Whether what begins here is said of a case of its own: "for n = 2", "when x = 3".
  func opensCase(_ at: Int) -> Bool {
    var low = at
    while low > 0, bytes[low - 1].isBlank || bytes[low - 1] == .dollar { low -= 1 }
    if low > 1, bytes[low - 2] == .backslash { low -= 2 }
    while low > 0, bytes[low - 1].isBlank { low -= 1 }
    var start = low
    while start > 0, bytes[start - 1].isLetter, low - start < 8 { start -= 1 }
    return ["for", "when", "where", "with", "at", "let", "set", "take", "case", "try", "put"]
      .contains(loweredText(bytes, start..<low))
  }

  /// The words of a piece, in lower case, without commands.
  private func words(in range: Range<Int>) -> [String] {
    var out: [String] = []
    var i = range.lowerBound
    while i < range.upperBound {
      guard bytes[i].isLetter else {
        i += 1
        continue
      }
      var j = i
      while j < range.upperBound, bytes[j].isLetter || bytes[j] == 39 { j += 1 }
      let isCommand = i > 0 && bytes[i - 1] == 92
      if j - i >= 2, j - i <= 14, !isCommand { out.append(loweredText(bytes, i..<j)) }
      i = j
    }
    return out
  }

  // MARK: From one equation to the next

  private static let connectives: Set<String> = [
    "we", "get", "gets", "gives", "give", "us", "this", "that", "is", "it", "so", "thus",
    "therefore", "hence", "then", "which", "the", "an", "to", "from", "by", "of", "for", "in", "as",
    "now", "next", "can", "be", "have", "our", "both", "side", "sides", "equation", "value", "out",
    "up", "on", "left", "right", "hand", "let's", "let", "will", "and", "left-hand", "right-hand",
    "following", "finally", "term", "terms", "like", "constant", "further", "step",
    "through", "side's", "using", "quadratic", "formula", "apply", "applying", "again",
    "square", "root", "solutions", "roots", "what", "find", "need", "i", "variable", "with",
  ]
  private static let weak: Set<String> = [
    "get", "gives", "so", "thus", "therefore", "hence", "then", "implies", "means", "imply",
    "yields", "yield", "obtain", "results", "leads", "becomes", "become", "solve", "solving",
    "find", "solution", "have", "quadratic", "formula", "rewrite", "rewritten", "giving", "equals",
  ]
  private static let strong: Set<String> = [
    "simplify", "simplifying", "simplifies", "simplified", "subtract", "subtracting", "add",
    "adding", "divide", "dividing", "multiply", "multiplying", "isolate", "isolating", "combine",
    "combining", "rearrange", "rearranging", "rearranged", "move", "moving", "expand", "expanding",
    "expanded", "distribute", "distributing", "factor", "factoring", "factors", "collect",
    "collecting", "dividing", "subtraction", "cancel", "canceling", "cancelling", "transposing",
  ]

  /// How a text leads from one equation to the next.
  enum Passage {
    /// Other words stand between.
    case none
    /// Nothing but white space.
    case bare
    /// "so", "we get".
    case weak
    /// "subtracting 3 from both sides".
    case strong
  }

  /// Words that say that an expression is being computed.
  private static let counting: Set<String> = [
    "adding", "these", "together", "them", "up", "all", "values", "amounts", "numbers", "sum",
    "summing", "calculate", "calculating", "compute", "computing", "evaluate", "evaluating", "add",
    "multiply", "multiplying", "perform", "performing", "calculation", "addition", "subtraction",
    "multiplication", "division", "result", "those",
  ]

  /// What stands between two formulas; `counting` when the second one may be what the first one comes to.
  func passage(_ range: Range<Int>, counting: Bool = false) -> Passage {
    guard range.count <= 160 else { return .none }
    var out = Passage.bare
    var i = range.lowerBound
    while i < range.upperBound {
      let byte = bytes[i]
      if byte == .less || byte == .greater || byte == .question {
        return .none
      }
      if byte == .backslash {
        var j = i + 1
        while j < range.upperBound, bytes[j].isLetter { j += 1 }
        let name = loweredText(bytes, (i + 1)..<j)
        if ["rightarrow", "implies", "longrightarrow", "iff", "to"].contains(name), out == .bare {
          out = .weak
        }
        if ["le", "ge", "leq", "geq", "neq", "ne", "pm", "mp"].contains(name) { return .none }
        i = max(j, i + 2)
        continue
      }
      guard byte.isLetter else {
        // ⇒ and →
        if byte == 0xE2, i + 1 < range.upperBound, bytes[i + 1] == 0x87 || bytes[i + 1] == 0x86,
          out == .bare
        {
          out = .weak
        }
        i += 1
        continue
      }
      var j = i
      while j < range.upperBound, bytes[j].isLetter || bytes[j] == 39 || bytes[j] == 45 { j += 1 }
      let word = loweredText(bytes, i..<j)
      i = j
      if word.utf8.count == 1 || counting && Self.counting.contains(word) { continue }
      if Self.strong.contains(word) {
        out = .strong
      } else if Self.weak.contains(word) {
        if out != .strong { out = .weak }
      } else if !Self.connectives.contains(word), word != "text", word != "quad" {
        return .none
      }
    }
    return out
  }
}
