// Bytes from the terminal become keys, pastes and mouse events. A pure value: feed bytes, take events.
// What is not understood is dropped whole; nothing pasted or sent by the terminal itself becomes a command.
import LancetCanvas

/// Decodes what a terminal sends.
public struct KeyDecoder: Sendable {
  /// A longer unfinished sequence is garbage.
  static let sequenceLimit = 4096
  /// A paste longer than this is cut.
  public static let pasteLimit = 4 << 20
  /// A paste without an end mark is over after so many seconds of silence, and after so many in all.
  static let pasteSilence = 1.0
  static let pasteTime = 10.0

  private var pending: [UInt8] = []
  private var paste: Paste?
  /// Whether what comes until the next silence is the rest of a paste that was given up: it must not become keys.
  private var isDropping = false
  private var now = 0.0
  private var extraKeys: [[UInt8]: Key]

  /// A paste whose end mark has not come yet.
  private struct Paste {
    let begin: Double
    var bytes: [UInt8] = []
    var event: InputEvent { .paste(String(decoding: bytes, as: UTF8.self)) }
  }

  /// A decoder; `keys` are the sequences the terminal database names besides the usual ones.
  public init(keys: [[UInt8]: Key] = [:]) { extraKeys = keys }

  /// Seconds of silence after which ``flush()`` is due, because an escape byte was the key or an end mark does not come; nil
  /// when nothing has begun.
  public var patience: Double? {
    if isDropping { return 0.1 }
    if paste != nil { return KeyDecoder.pasteSilence }
    return pending.isEmpty ? nil : 0.025
  }

  /// Takes bytes that came at a time (in seconds) and returns what they mean so far.
  public mutating func feed(_ bytes: some Sequence<UInt8>, at seconds: Double = 0) -> [InputEvent] {
    now = seconds
    pending.append(contentsOf: bytes)
    return drain(isComplete: false)
  }

  /// No more bytes came for a while: what waits is all there is.
  ///
  /// A lone escape byte is the Escape key; a paste is over.
  public mutating func flush() -> [InputEvent] { drain(isComplete: true) }

  private mutating func drain(isComplete: Bool) -> [InputEvent] {
    var events: [InputEvent] = []
    var position = 0
    while position < pending.count || (isComplete && (paste != nil || isDropping)) {
      if paste != nil || isDropping {
        position = takePaste(from: position, isComplete, into: &events)
        if paste != nil || isDropping { break }  // its end has not come yet
        continue
      }
      switch parse(pending[position...], isComplete) {
      case .event(let event, let length):
        if let event { events.append(event) }
        position += length
      case .paste(let length):
        paste = Paste(begin: now)
        position += length
      case .more:
        pending.removeFirst(position)
        if pending.count > KeyDecoder.sequenceLimit { pending.removeAll() }
        return events
      }
    }
    pending.removeFirst(min(position, pending.count))
    return events
  }

  private enum Parsed {
    case event(InputEvent?, Int)
    case paste(Int)
    case more
  }

  /// Collects a paste up to its end and returns where to go on; `paste` is nil when that was found.
  ///
  /// The end is the end mark. Terminals have been seen that send none, and a decoder that believes in it swallows every key
  /// from then on: so Ctrl-C ends a paste that has no end mark behind it, and so do silence and too much time. What still
  /// comes of a paste that was given up is dropped until the next silence.
  private mutating func takePaste(
    from start: Int, _ isComplete: Bool, into events: inout [InputEvent]
  ) -> Int {
    let (end, next) = endOfPaste(from: start)
    let bytes = pending[start..<end]
    let isInterrupted = next == nil && bytes.contains(3)
    let room = KeyDecoder.pasteLimit - (paste?.bytes.count ?? 0)
    paste?.bytes.append(
      contentsOf: (isInterrupted ? bytes.prefix { $0 != 3 } : bytes).prefix(max(0, room)))
    let isTooLong = paste.map { now - $0.begin > KeyDecoder.pasteTime } ?? false
    if next != nil || isComplete || isInterrupted || isTooLong {
      if let paste { events.append(paste.event) }
      paste = nil
      isDropping = next == nil && !isComplete
    }
    return next ?? (isComplete ? pending.count : end)
  }

  /// Where the text of a paste ends in what is here, and what follows its end mark; nil when the mark is not here.
  private func endOfPaste(from start: Int) -> (end: Int, next: Int?) {
    let mark: [UInt8] = [0x1B, 0x5B, 0x32, 0x30, 0x31, 0x7E]
    var index = start
    while index < pending.count {
      if pending[index] == 0x1B {
        let left = pending[index...].prefix(mark.count)
        if left.elementsEqual(mark) { return (index, index + mark.count) }
        if left.count < mark.count, left.elementsEqual(mark.prefix(left.count)) {
          return (index, nil)
        }
      }
      index += 1
    }
    return (index, nil)
  }

  private func parse(_ bytes: ArraySlice<UInt8>, _ isComplete: Bool) -> Parsed {
    guard let first = bytes.first else { return .more }
    if first == 0x1B { return parseEscape(bytes, isComplete) }
    if first < 0x20 || first == 0x7F {
      return .event(KeyDecoder.control(first).map { .key($0) }, 1)
    }
    if first < 0x80 { return .event(.key(.char(Character(Unicode.Scalar(first)))), 1) }
    return parseUTF8(bytes, isComplete)
  }

  private func parseUTF8(_ bytes: ArraySlice<UInt8>, _ isComplete: Bool) -> Parsed {
    let first = bytes[bytes.startIndex]
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 1
    if length == 1 || first > 0xF4 { return .event(nil, 1) }
    let text = bytes.prefix(length)
    for (offset, byte) in text.enumerated().dropFirst() where byte & 0xC0 != 0x80 {
      return .event(nil, offset)
    }
    if text.count < length { return isComplete ? .event(nil, text.count) : .more }
    let decoded = String(decoding: text, as: UTF8.self)
    guard let character = decoded.first, decoded.count == 1, decoded.utf8.elementsEqual(text)
    else { return .event(nil, length) }
    return .event(.key(.char(character)), length)
  }

  private func parseEscape(_ bytes: ArraySlice<UInt8>, _ isComplete: Bool) -> Parsed {
    let start = bytes.startIndex
    for (sequence, key) in extraKeys where bytes.starts(with: sequence) {
      return .event(.key(key), sequence.count)
    }
    guard bytes.count > 1 else { return isComplete ? .event(.key(.escape), 1) : .more }
    let second = bytes[start + 1]
    switch second {
    case 0x5B: return parseCSI(bytes, isComplete)  // [
    case 0x4F:  // O
      guard bytes.count > 2 else { return isComplete ? .event(.key(.alt("O")), 2) : .more }
      return .event(KeyDecoder.final(bytes[start + 2], 1).map { .key($0) }, 3)
    case 0x5D, 0x50, 0x5F, 0x5E, 0x58: return parseString(bytes, isComplete)  // ] P _ ^ X
    case 0x1B: return .event(.key(.escape), 1)
    case 0x20...0x7E: return .event(.key(.alt(Character(Unicode.Scalar(second)))), 2)
    case 0x7F: return .event(.key(.alt("\u{7F}")), 2)
    case 0x0D: return .event(.key(.alt("\r")), 2)
    default:
      if second >= 0x80,
        case .event(.some(.key(.char(let character))), let length) = parseUTF8(
          bytes.dropFirst(), isComplete)
      {
        return .event(.key(.alt(character)), length + 1)
      }
      return .event(.key(.escape), 1)
    }
  }

  /// An unasked answer of the terminal (OSC, DCS, APC): dropped up to its end.
  private func parseString(_ bytes: ArraySlice<UInt8>, _ isComplete: Bool) -> Parsed {
    var index = bytes.startIndex + 2
    while index < bytes.endIndex {
      if bytes[index] == 0x07 { return .event(nil, index - bytes.startIndex + 1) }
      if bytes[index] == 0x1B {
        guard index + 1 < bytes.endIndex else { break }
        let isEnd = bytes[index + 1] == 0x5C
        return .event(nil, index - bytes.startIndex + (isEnd ? 2 : 0))
      }
      index += 1
    }
    guard isComplete else { return .more }
    // Alt with that character was pressed, or garbage was sent.
    if bytes.count == 2 {
      return .event(.key(.alt(Character(Unicode.Scalar(bytes[bytes.startIndex + 1])))), 2)
    }
    return .event(nil, bytes.count)
  }

  private func parseCSI(_ bytes: ArraySlice<UInt8>, _ isComplete: Bool) -> Parsed {
    var index = bytes.startIndex + 2
    if index < bytes.endIndex, bytes[index] == 0x4D { return parseOldMouse(bytes, isComplete) }
    while index < bytes.endIndex, (0x20...0x3F).contains(bytes[index]) { index += 1 }
    guard index < bytes.endIndex else {
      if !isComplete { return .more }
      return bytes.count == 2 ? .event(.key(.alt("[")), 2) : .event(nil, bytes.count)
    }
    let length = index - bytes.startIndex + 1
    let final = bytes[index]
    guard (0x40...0x7E).contains(final) else { return .event(nil, length - 1) }
    let body = bytes[(bytes.startIndex + 2)..<index]
    if body.first == 0x3C { return .event(KeyDecoder.mouse(body.dropFirst(), final), length) }
    if let mark = body.first, (0x3C...0x3F).contains(mark) { return .event(nil, length) }
    let numbers = KeyDecoder.numbers(body)
    let modifier = numbers.count > 1 ? numbers[1] : 1
    switch final {
    case 0x7E:
      if numbers.first == 200 { return .paste(length) }
      return .event(KeyDecoder.tilde(numbers.first ?? 0, modifier).map { .key($0) }, length)
    case 0x49: return .event(.focus(true), length)  // I
    case 0x4F where body.isEmpty: return .event(.focus(false), length)  // O
    case 0x75:  // u: a key by its scalar and modifiers
      return .event(KeyDecoder.scalar(numbers.first ?? 0, modifier).map { .key($0) }, length)
    default:
      // `ESC [ row ; column R` tells where the cursor is; keys have 1 as their first number.
      guard numbers[0] <= 1 else { return .event(nil, length) }
      return .event(KeyDecoder.final(final, modifier).map { .key($0) }, length)
    }
  }

  /// `ESC [ M` and three bytes: the mouse of terminals without the SGR form.
  private func parseOldMouse(_ bytes: ArraySlice<UInt8>, _ isComplete: Bool) -> Parsed {
    guard bytes.count >= 6 else { return isComplete ? .event(nil, bytes.count) : .more }
    let start = bytes.startIndex
    let values = (3..<6).map { Int(bytes[start + $0]) - 32 }
    guard values.allSatisfy({ $0 >= 0 }) else { return .event(nil, 6) }
    let isRelease = values[0] & 3 == 3 && values[0] & 64 == 0
    return .event(
      KeyDecoder.mouse(
        code: isRelease ? values[0] & ~3 : values[0], column: values[1] - 1, row: values[2] - 1,
        isRelease: isRelease), 6)
  }
}
