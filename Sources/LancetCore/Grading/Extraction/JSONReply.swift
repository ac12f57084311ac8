// A reply that is one JSON object with a member for the answer, as prompts for structured output ask for it.

enum JSONReply {
  private static let keys: Set<String> = [
    "answer", "final_answer", "finalanswer", "final answer", "final-answer",
  ]
  /// Longer replies are no structured output.
  private static let longest = 100_000

  enum Outcome {
    case answer(String)
    /// An object without one member for the answer.
    case none
  }

  /// The answer of a reply that is an object, perhaps between fences; nil for any other text.
  static func answer(_ text: ByteText, _ reply: Range<Int>) -> Outcome? {
    var low = text.skipping(reply.lowerBound) { $0.isBlank || $0.isLineEnd }
    guard low < reply.upperBound, reply.upperBound - low < longest else { return nil }
    // Words in front of a block of JSON.
    if text.bytes[low] != .openBrace, text.bytes[low] != .backtick {
      guard text.bytes[reply].contains(.backtick),
        let fence = text.find("```json", from: low, to: reply.upperBound)
      else { return nil }
      low = fence
    }
    guard
      text.bytes[low] == .openBrace || text.has("```", low)
    else { return nil }
    var lines = text.string(low..<reply.upperBound).split(whereSeparator: \.isNewline)
    while let last = lines.last, last.allSatisfy(\.isWhitespace) { lines.removeLast() }
    if text.bytes[low] == .backtick {
      guard lines.count > 2, lines.removeLast().hasPrefix("```") else { return nil }
      lines.removeFirst()
    }
    guard let object = (try? JSON.parse(lines.joined(separator: "\n")))?.object else { return nil }
    let found = object.filter { keys.contains($0.key.lowercased()) }
    guard found.count == 1, let value = found.first?.value else {
      return object.isEmpty ? nil : Outcome.none
    }
    switch value {
    case .string(let text): return .answer(text)
    case .number(let digits): return .answer(digits)
    case .bool(let value): return .answer(value ? "true" : "false")
    default: return Outcome.none
    }
  }
}
