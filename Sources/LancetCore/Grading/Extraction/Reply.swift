// Which part of a trace is the reply: behind the last closed thinking part, in front of the first end token. What a
// model thinks is no answer, and an end token ends its turn whatever was sampled behind it.

struct Reply {
  /// The bytes of the reply.
  var range: Range<Int>
  /// Whether a thinking part was opened and never closed: then there is no reply yet.
  var isUnfinished = false

  private static let thinking: [(open: String, close: String)] = [
    ("<think>", "</think>"), ("<thinking>", "</thinking>"), ("<reasoning>", "</reasoning>"),
    ("<thought>", "</thought>"), ("<reflection>", "</reflection>"),
    ("<scratchpad>", "</scratchpad>"), ("<analysis>", "</analysis>"),
    ("<|begin_of_thought|>", "<|end_of_thought|>"),
    ("<|begin_of_thinking|>", "<|end_of_thinking|>"),
    ("<|start_think|>", "<|end_think|>"), ("[think]", "[/think]"),
    ("◁think▷", "◁/think▷"), ("<seed:think>", "</seed:think>"), ("<unused94>", "<unused95>"),
    ("<|channel|>analysis", "<|channel|>final<|message|>"),
    ("<|channel>thought", "<channel|>"),
  ]

  private static let endTokens = [
    "<|im_end|>", "</s>", "<|endoftext|>", "<|end_of_text|>", "<|eot_id|>", "<|eom_id|>",
    "<|end|>", "<|return|>", "<|endofturn|>", "<end_of_turn>", "<turn|>", "<eos>",
    "<｜end▁of▁sentence｜>", "<|end_of_sentence|>", "<|end_of_solution|>", "<|user|>", "[/s]",
    "<|endofassistant|>", "<|im_start|>user", "<|start_header_id|>user", "<start_of_turn>user",
    "[eos]", "<|eos|>", "<|end_of_turn_token|>",
  ]

  private static let beginnings = [
    "<|im_start|>assistant", "<|assistant|>", "<|begin_of_text|>",
    "<|start_header_id|>assistant<|end_header_id|>", "<start_of_turn>model",
    "<|begin_of_solution|>", "<｜assistant｜>", "<｜begin▁of▁sentence｜>", "<s>", "<bos>",
    "<|start|>assistant", "<|channel|>final<|message|>",
  ]

  /// Finds the reply in a text.
  init(in text: ByteText) {
    range = 0..<text.bytes.count
    cutThinking(text)
    cutTokens(text)
  }

  private struct Tag {
    var bytes: [UInt8]
    var closes: Bool

    init(text: String, closes: Bool) {
      bytes = Array(text.utf8)
      self.closes = closes
    }
  }

  /// Tags by their second byte, so that a text of many `<` is passed quickly.
  private static func table(_ tags: [Tag]) -> [[Tag]] {
    var out = [[Tag]](repeating: [], count: 256)
    for tag in tags { out[Int(tag.bytes[1])].append(tag) }
    return out
  }
  private static let thinkingTags = table(
    thinking.flatMap { [Tag(text: $0.close, closes: true), Tag(text: $0.open, closes: false)] })
  private static let endTags = table(endTokens.map { Tag(text: $0, closes: true) })

  private static func tag(_ text: ByteText, _ at: Int, in table: [[Tag]]) -> Tag? {
    let next = at + 1 < text.bytes.count ? text.bytes[at + 1].lowercased : 0
    return table[Int(next)].first { tag in
      guard at + tag.bytes.count <= text.bytes.count else { return false }
      for i in tag.bytes.indices where text.bytes[at + i].lowercased != tag.bytes[i] {
        return false
      }
      return true
    }
  }

  private static func mayBeginTag(_ text: ByteText, _ at: Int) -> Bool {
    let next = at + 1 < text.bytes.count ? text.bytes[at + 1] : 0
    switch text.bytes[at] {
    case .less: return next == .slash || next == .bar || next.isLetter || next == 0xEF
    case .openBracket: return next == .slash || next.isLetter
    default: return text.bytes[at] == 0xE2 && next == 0x97
    }
  }

  private mutating func cutThinking(_ text: ByteText) {
    var start = 0
    var lastOpen = -1
    for at in range where Self.mayBeginTag(text, at) {
      if let tag = Self.tag(text, at, in: Self.thinkingTags) {
        if tag.closes { start = at + tag.bytes.count } else { lastOpen = at }
      }
    }
    range = start..<range.upperBound
    isUnfinished = lastOpen >= start
  }

  private mutating func cutTokens(_ text: ByteText) {
    var low = range.lowerBound
    var changed = true
    while changed {
      changed = false
      low = text.skipping(low) { $0.isBlank }
      for tag in Self.beginnings where text.hasFolded(tag, low) {
        (low, changed) = (low + tag.utf8.count, true)
      }
    }
    low = min(low, range.upperBound)
    for at in low..<range.upperBound where at > low && Self.mayBeginTag(text, at) {
      if Self.tag(text, at, in: Self.endTags) != nil {
        range = low..<at
        return
      }
    }
    range = low..<range.upperBound
  }
}
