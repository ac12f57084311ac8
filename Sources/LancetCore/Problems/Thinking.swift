// The part of an answer that a reasoning model thinks in: `<think>…</think>` before the answer itself.

/// The thinking part in front of an answer, as reasoning models write it.
public enum Thinking {
  /// The answer with its thinking part in front.
  ///
  /// A text that holds the reasoning already stays as it is.
  static func joined(_ reasoning: String?, _ content: String) -> String {
    guard let reasoning, !ApprovalRules.isBlank(reasoning) else { return content }
    if content.utf8.starts(with: "<think>".utf8), contains(content, reasoning) { return content }
    return "<think>\n\(reasoning)\n</think>\n\n\(content)"
  }

  /// Whether one text holds another, byte for byte.
  static func contains(_ text: String, _ part: String) -> Bool {
    let (text, part) = (Array(text.utf8), Array(part.utf8))
    guard let first = part.first, text.count >= part.count else { return part.isEmpty }
    return (0...text.count - part.count).contains { i in
      text[i] == first && text[i..<i + part.count].elementsEqual(part)
    }
  }

  /// The bytes of the thinking part a text begins with, its closing tag included; nil when it begins with none.
  public static func part(ofBytes bytes: [UInt8]) -> Range<Int>? {
    let start = bytes.prefix { $0 == 10 || $0 == 13 || $0 == 32 || $0 == 9 }.count
    let (open, close) = (Array("<think>".utf8), Array("</think>".utf8))
    guard bytes[start...].starts(with: open), bytes.count >= close.count else { return nil }
    var i = start + open.count
    while i + close.count <= bytes.count {
      if bytes[i] == close[0], bytes[i..<i + close.count].elementsEqual(close) {
        return start..<i + close.count
      }
      i += 1
    }
    return nil
  }
}
