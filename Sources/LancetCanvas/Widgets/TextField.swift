// Editing a text in place, one line or several. A value: keys go in, the text and the cursor come out.

/// An editable text.
///
/// The cursor stands between characters as people see them (grapheme clusters).
public struct TextField: Hashable, Sendable {
  /// What a key did to the field.
  public enum Outcome: Hashable, Sendable {
    /// The text changed.
    case changed
    /// Only the cursor moved.
    case moved
    /// The key means nothing here; it may mean something to whoever owns the field.
    case ignored
  }

  /// A paste longer than this many bytes is cut.
  public static let pasteLimit = 1 << 20

  /// The characters of the text.
  public private(set) var characters: [Character]
  /// The cursor: how many characters are before it.
  public private(set) var cursor: Int
  /// Whether Enter adds a line.
  public let isMultiline: Bool
  /// The first shown column (single line) or row (several lines); moved by `render`.
  public var scroll = 0

  /// A field that holds a text, with the cursor at its end.
  public init(_ text: String = "", multiline: Bool = false) {
    characters = Array(text)
    cursor = characters.count
    isMultiline = multiline
  }

  /// The text, byte for byte as it was given where it was not edited.
  public var text: String { String(characters) }
  /// Whether there is nothing in it.
  public var isEmpty: Bool { characters.isEmpty }
  /// The byte of the text at which the cursor stands.
  public var cursorByte: Int { characters[..<cursor].reduce(0) { $0 + $1.utf8.count } }

  /// Puts the cursor before the character that holds this byte of the text.
  public mutating func moveCursor(toByte byte: Int) {
    var sum = 0
    cursor = characters.count
    for (index, character) in characters.enumerated() {
      sum += character.utf8.count
      if byte < sum {
        cursor = index
        return
      }
    }
  }

  /// Replaces the whole text.
  public mutating func set(_ text: String) {
    characters = Array(text)
    cursor = characters.count
    scroll = 0
  }

  /// Adds a pasted text at the cursor; a field of one line turns line ends into spaces.
  public mutating func insert(_ pasted: String) {
    var text = pasted
    if text.utf8.count > TextField.pasteLimit {
      text = String(decoding: text.utf8.prefix(TextField.pasteLimit), as: UTF8.self)
    }
    var added = ""
    var last: Unicode.Scalar = " "
    for scalar in text.unicodeScalars {
      let isFeed = scalar == "\n" && last == "\r"
      last = scalar
      if isFeed { continue }
      let isEnd = scalar == "\n" || scalar == "\r"
      added.unicodeScalars.append(isEnd ? (isMultiline ? "\n" : " ") : scalar)
    }
    replace(cursor..<cursor, with: added)
  }

  /// Does what a key means in a text field.
  public mutating func handle(_ key: Key) -> Outcome {
    switch key {
    case .char(let character):
      replace(cursor..<cursor, with: String(character))
      return .changed
    case .enter where isMultiline:
      replace(cursor..<cursor, with: "\n")
      return .changed
    case .backspace, .control("h"): return delete(max(0, cursor - 1)..<cursor)
    case .delete, .control("d"): return delete(cursor..<min(characters.count, cursor + 1))
    case .control("w"), .alt("\u{7F}"): return delete(wordStart()..<cursor)
    case .alt("d"): return delete(cursor..<wordEnd())
    case .control("u"): return delete(lineStart(of: cursor)..<cursor)
    case .control("k"): return delete(cursor..<lineEnd(of: cursor))
    case .left, .control("b"): return move(to: cursor - 1)
    case .right, .control("f"): return move(to: cursor + 1)
    case .home, .control("a"): return move(to: lineStart(of: cursor))
    case .end: return move(to: lineEnd(of: cursor))
    case .alt("b"): return move(to: wordStart())
    case .alt("f"): return move(to: wordEnd())
    case .up where isMultiline: return moveLine(by: -1)
    case .down where isMultiline: return moveLine(by: 1)
    default: return .ignored
    }
  }

  /// Does what an input event means in a text field.
  public mutating func handle(_ event: InputEvent) -> Outcome {
    switch event {
    case .key(let key): return handle(key)
    case .paste(let text):
      insert(text)
      return .changed
    default: return .ignored
    }
  }

  private mutating func replace(_ range: Range<Int>, with text: String) {
    // Joined again as one string: a mark typed after its base makes one character with it.
    let head = String(characters[..<range.lowerBound]) + text
    let tail = String(characters[range.upperBound...])
    let before = Array(head).count
    characters = Array(head + tail)
    cursor = min(before, characters.count)
  }

  private mutating func delete(_ range: Range<Int>) -> Outcome {
    guard !range.isEmpty else { return .moved }
    replace(range, with: "")
    return .changed
  }

  private mutating func move(to place: Int) -> Outcome {
    cursor = min(max(0, place), characters.count)
    return .moved
  }

  private func isFeed(_ index: Int) -> Bool { isMultiline && characters[index].isNewline }

  private func lineStart(of place: Int) -> Int {
    var start = place
    while start > 0, !isFeed(start - 1) { start -= 1 }
    return start
  }

  private func lineEnd(of place: Int) -> Int {
    var end = place
    while end < characters.count, !isFeed(end) { end += 1 }
    return end
  }

  private func wordStart() -> Int {
    var place = cursor
    while place > 0, characters[place - 1].isWhitespace { place -= 1 }
    while place > 0, !characters[place - 1].isWhitespace { place -= 1 }
    return place
  }

  private func wordEnd() -> Int {
    var place = cursor
    while place < characters.count, characters[place].isWhitespace { place += 1 }
    while place < characters.count, !characters[place].isWhitespace { place += 1 }
    return place
  }

  private mutating func moveLine(by step: Int) -> Outcome {
    let start = lineStart(of: cursor)
    let offset = cursor - start
    if step < 0 {
      guard start > 0 else { return .moved }
      let previous = lineStart(of: start - 1)
      cursor = min(previous + offset, start - 1)
    } else {
      let end = lineEnd(of: cursor)
      guard end < characters.count else { return .moved }
      cursor = min(end + 1 + offset, lineEnd(of: end + 1))
    }
    return .moved
  }
}
