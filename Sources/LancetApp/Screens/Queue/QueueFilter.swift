// What is typed into the Queue's filter: a rule when it reads as one, else a text looked for in the question.
import LancetCore

/// A filter and what is wrong with it.
public struct QueueFilter: Sendable {
  /// What was typed.
  public private(set) var text = ""
  /// How it is understood.
  public private(set) var meaning = Meaning.all
  /// The last meaning that was no words: what stays in force while a rule is half typed.
  private var base = Meaning.all
  /// Why it is not a rule, in words, when it looks like one; the rows then stay those of the last good filter.
  public private(set) var complaint: String?

  /// The ways to understand a filter.
  public enum Meaning: Sendable {
    case all
    case rule(Rule)
    /// The bytes to find, ASCII letters in lower case.
    case text([UInt8])
  }

  /// Shows all.
  public init() {}

  /// Understands a text; `after` is the filter in force so far.
  public init(_ text: String, after last: QueueFilter) {
    self.text = text
    guard text.contains(where: { $0 != " " }) else { return }
    do throws(RuleError) {
      meaning = .rule(try Rule(parsing: text))
      base = meaning
    } catch {
      base = last.base
      if Self.looksLikeRule(text) {
        meaning = last.base
        complaint = error.sentence
      } else {
        meaning = .text(Self.folded(text))
      }
    }
  }

  /// Whether a text begins like a rule: `not`, `(`, or a field alone or before an operator.
  static func looksLikeRule(_ text: String) -> Bool {
    let trimmed = text.drop { $0 == " " }
    if trimmed.first == "(" { return true }
    let word = trimmed.prefix { $0.isLetter || $0 == "_" }
    let rest = trimmed.dropFirst(word.count).drop { $0 == " " }
    if word == "not" {
      return rest.first == "("
        || RuleField(name: String(rest.prefix { $0.isLetter || $0 == "_" })) != nil
    }
    guard RuleField(name: String(word)) != nil else { return false }
    return rest.first.map { "=!<>~".contains($0) } ?? true
  }

  /// How many rows it may look at before keys are answered again: some tenths of a second for a hundred terms.
  public var rowsAtOnce: Int { max(200, 120_000 / (1 + text.utf8.count / 24)) }

  /// Whether a row is shown.
  public func matches(_ row: TraceSummary) -> Bool {
    switch meaning {
    case .all: true
    case .rule(let rule): rule.matches(row)
    case .text(let needle): Self.contains(needle, in: row.question)
    }
  }

  /// A text's bytes with ASCII letters in lower case and without spaces at the ends.
  static func folded(_ text: String) -> [UInt8] {
    var bytes = text.utf8.map(lower)
    while bytes.last == 0x20 { bytes.removeLast() }
    return Array(bytes.drop { $0 == 0x20 })
  }

  private static func lower(_ byte: UInt8) -> UInt8 {
    byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
  }

  private static func contains(_ needle: [UInt8], in text: String) -> Bool {
    guard let first = needle.first else { return true }
    func search(_ hay: UnsafeBufferPointer<UInt8>) -> Bool {
      guard hay.count >= needle.count else { return false }
      var start = 0
      let last = hay.count - needle.count
      while start <= last {
        if lower(hay[start]) == first {
          var length = 1
          while length < needle.count, lower(hay[start + length]) == needle[length] { length += 1 }
          if length == needle.count { return true }
        }
        start += 1
      }
      return false
    }
    if let found = text.utf8.withContiguousStorageIfAvailable(search) { return found }
    return Array(text.utf8).withUnsafeBufferPointer(search)
  }
}
