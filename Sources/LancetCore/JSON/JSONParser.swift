// The JSON reader: strict RFC 8259 over bytes, in one pass. It trusts nothing: duplicate keys, unpaired
// surrogates, bad UTF-8, numbers no double can hold and deep nesting are errors with line and byte.

extension JSON {
  /// How much a text may ask for.
  public struct Limits: Hashable, Sendable {
    /// How many arrays and objects may stand inside each other.
    public var depth: Int
    /// Limits with this depth.
    public init(depth: Int = 128) { self.depth = depth }
  }

  /// Reads one JSON value that fills the whole buffer, white space around it allowed.
  ///
  /// - Throws: ``JSONError`` with the line and byte counted from the start of the buffer.
  public static func parse(
    _ bytes: UnsafeRawBufferPointer, limits: Limits = Limits()
  ) throws(JSONError) -> JSON {
    var parser = JSONParser(bytes, limits: limits)
    return try parser.document()
  }

  /// Reads one JSON value from bytes.
  public static func parse(
    _ bytes: [UInt8], limits: Limits = Limits()
  ) throws(JSONError) -> JSON {
    let outcome = bytes.withUnsafeBytes { buffer in
      Result { () throws(JSONError) in try parse(buffer, limits: limits) }
    }
    return try outcome.get()
  }

  /// Reads one JSON value from a slice of bytes; bytes are counted from the start of the slice.
  public static func parse(
    _ bytes: ArraySlice<UInt8>, limits: Limits = Limits()
  ) throws(JSONError) -> JSON {
    let outcome = bytes.withUnsafeBytes { buffer in
      Result { () throws(JSONError) in try parse(buffer, limits: limits) }
    }
    return try outcome.get()
  }

  /// Reads one JSON value from a text.
  public static func parse(
    _ text: String, limits: Limits = Limits()
  ) throws(JSONError) -> JSON {
    try parse(Array(text.utf8), limits: limits)
  }
}

/// The state of one reading: the bytes and how far it got.
private struct JSONParser {
  let bytes: UnsafeRawBufferPointer
  let limits: JSON.Limits
  var at = 0

  init(_ bytes: UnsafeRawBufferPointer, limits: JSON.Limits) {
    self.bytes = bytes
    self.limits = limits
  }

  /// An error at a byte, with its line counted only now that it is needed.
  func failure(_ kind: JSONError.Kind, at byte: Int) -> JSONError {
    var line = 1
    for b in bytes.prefix(byte) where b == 0x0A { line += 1 }
    return JSONError(kind: kind, byte: byte, line: line)
  }

  /// The error for a byte that should have been something else, or for the end of the text.
  func unexpected(_ expected: String) -> JSONError {
    guard at < bytes.count else { return failure(.unexpectedEnd, at: at) }
    if bytes[at] >= 0x80, utf8Length(at: at) == nil { return failure(.badUTF8, at: at) }
    return failure(.unexpectedByte(bytes[at], expected: expected), at: at)
  }

  mutating func skipSpace() {
    while at < bytes.count {
      switch bytes[at] {
      case 0x20, 0x0A, 0x0D, 0x09: at += 1
      default: return
      }
    }
  }

  mutating func document() throws(JSONError) -> JSON {
    skipSpace()
    let value = try value(depth: 0)
    skipSpace()
    guard at == bytes.count else {
      if bytes[at] >= 0x80, utf8Length(at: at) == nil { throw failure(.badUTF8, at: at) }
      throw failure(.trailingBytes, at: at)
    }
    return value
  }

  /// One value; recursion is bounded by the depth limit.
  mutating func value(depth: Int) throws(JSONError) -> JSON {
    guard at < bytes.count else { throw failure(.unexpectedEnd, at: at) }
    switch bytes[at] {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
    case UInt8(ascii: "t"):
      try word("true")
      return .bool(true)
    case UInt8(ascii: "f"):
      try word("false")
      return .bool(false)
    case UInt8(ascii: "n"):
      try word("null")
      return .null
    default:
      for word in ["NaN", "Infinity"] where starts(with: word) {
        throw failure(.notANumber(word), at: at)
      }
      throw unexpected("a value")
    }
  }

  func starts(with word: StaticString) -> Bool {
    guard bytes.count - at >= word.utf8CodeUnitCount else { return false }
    for i in 0..<word.utf8CodeUnitCount where bytes[at + i] != word.utf8Start[i] { return false }
    return true
  }

  func starts(with word: String) -> Bool {
    bytes[at...].starts(with: word.utf8)
  }

  mutating func word(_ word: StaticString) throws(JSONError) {
    for i in 0..<word.utf8CodeUnitCount {
      guard at < bytes.count, bytes[at] == word.utf8Start[i] else {
        throw unexpected("'\(word)'")
      }
      at += 1
    }
  }

  mutating func array(depth: Int) throws(JSONError) -> JSON {
    guard depth < limits.depth else { throw failure(.tooDeep(limit: limits.depth), at: at) }
    at += 1
    var elements: [JSON] = []
    skipSpace()
    if at < bytes.count, bytes[at] == UInt8(ascii: "]") {
      at += 1
      return .array(elements)
    }
    while true {
      skipSpace()
      elements.append(try value(depth: depth + 1))
      skipSpace()
      guard at < bytes.count else { throw failure(.unexpectedEnd, at: at) }
      switch bytes[at] {
      case UInt8(ascii: ","): at += 1
      case UInt8(ascii: "]"):
        at += 1
        return .array(elements)
      default: throw unexpected("',' or ']'")
      }
    }
  }

  mutating func object(depth: Int) throws(JSONError) -> JSON {
    guard depth < limits.depth else { throw failure(.tooDeep(limit: limits.depth), at: at) }
    at += 1
    var members: [JSON.Member] = []
    var seen = KeySet()
    skipSpace()
    if at < bytes.count, bytes[at] == UInt8(ascii: "}") {
      at += 1
      return .object(members)
    }
    while true {
      skipSpace()
      guard at < bytes.count else { throw failure(.unexpectedEnd, at: at) }
      guard bytes[at] == UInt8(ascii: "\"") else { throw unexpected("a key in double quotes") }
      let keyAt = at
      let key = try string()
      guard seen.insert(key, among: members) else {
        throw failure(.duplicateKey(key), at: keyAt)
      }
      skipSpace()
      guard at < bytes.count, bytes[at] == UInt8(ascii: ":") else { throw unexpected("':'") }
      at += 1
      skipSpace()
      members.append(JSON.Member(key, try value(depth: depth + 1)))
      skipSpace()
      guard at < bytes.count else { throw failure(.unexpectedEnd, at: at) }
      switch bytes[at] {
      case UInt8(ascii: ","): at += 1
      case UInt8(ascii: "}"):
        at += 1
        return .object(members)
      default: throw unexpected("',' or '}'")
      }
    }
  }

  /// A number's text, after its grammar was checked.
  mutating func number() throws(JSONError) -> String {
    let start = at
    func digit(_ i: Int) -> Bool {
      i < bytes.count && bytes[i] >= UInt8(ascii: "0") && bytes[i] <= UInt8(ascii: "9")
    }
    if bytes[at] == UInt8(ascii: "-") { at += 1 }
    if starts(with: "Infinity") { throw failure(.notANumber("-Infinity"), at: start) }
    guard digit(at) else {
      throw at < bytes.count ? failure(.badNumber, at: start) : failure(.unexpectedEnd, at: at)
    }
    if bytes[at] == UInt8(ascii: "0") {
      at += 1
      if digit(at) { throw failure(.badNumber, at: start) }
    } else {
      while digit(at) { at += 1 }
    }
    var mayOverflow = at - start > 300
    if at < bytes.count, bytes[at] == UInt8(ascii: ".") {
      at += 1
      guard digit(at) else { throw failure(.badNumber, at: start) }
      while digit(at) { at += 1 }
    }
    if at < bytes.count, bytes[at] | 0x20 == UInt8(ascii: "e") {
      at += 1
      if at < bytes.count, bytes[at] == UInt8(ascii: "+") || bytes[at] == UInt8(ascii: "-") {
        at += 1
      }
      guard digit(at) else { throw failure(.badNumber, at: start) }
      while digit(at) { at += 1 }
      mayOverflow = true
    }
    let text = String(decoding: bytes[start..<at], as: UTF8.self)
    if mayOverflow, !(Double(text)?.isFinite ?? false) {
      throw failure(.numberOutOfRange, at: start)
    }
    return text
  }

  /// How many bytes the UTF-8 sequence at `i` has; nil when it is none (overlong, surrogate, cut, beyond U+10FFFF).
  func utf8Length(at i: Int) -> Int? {
    func tail(_ k: Int, _ low: UInt8 = 0x80, _ high: UInt8 = 0xBF) -> Bool {
      i + k < bytes.count && bytes[i + k] >= low && bytes[i + k] <= high
    }
    switch bytes[i] {
    case 0x00...0x7F: return 1
    case 0xC2...0xDF: return tail(1) ? 2 : nil
    case 0xE0: return tail(1, 0xA0) && tail(2) ? 3 : nil
    case 0xE1...0xEC, 0xEE, 0xEF: return tail(1) && tail(2) ? 3 : nil
    case 0xED: return tail(1, 0x80, 0x9F) && tail(2) ? 3 : nil
    case 0xF0: return tail(1, 0x90) && tail(2) && tail(3) ? 4 : nil
    case 0xF1...0xF3: return tail(1) && tail(2) && tail(3) ? 4 : nil
    case 0xF4: return tail(1, 0x80, 0x8F) && tail(2) && tail(3) ? 4 : nil
    default: return nil
    }
  }

  /// A string, its quotes consumed.
  ///
  /// Without escapes its bytes are taken as they are.
  mutating func string() throws(JSONError) -> String {
    at += 1
    let start = at
    while at < bytes.count {
      let byte = bytes[at]
      if byte == UInt8(ascii: "\"") {
        defer { at += 1 }
        return String(decoding: bytes[start..<at], as: UTF8.self)
      }
      if byte == UInt8(ascii: "\\") { return try escapedString(from: start) }
      if byte < 0x20 { throw failure(.controlCharacter(byte), at: at) }
      if byte < 0x80 {
        at += 1
      } else {
        guard let length = utf8Length(at: at) else { throw failure(.badUTF8, at: at) }
        at += length
      }
    }
    throw failure(.unexpectedEnd, at: at)
  }

  /// The rest of a string that has an escape at the present byte.
  mutating func escapedString(from start: Int) throws(JSONError) -> String {
    var text = Array(bytes[start..<at])
    while at < bytes.count {
      let byte = bytes[at]
      switch byte {
      case UInt8(ascii: "\""):
        at += 1
        return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"):
        try escape(into: &text)
      case 0x00..<0x20:
        throw failure(.controlCharacter(byte), at: at)
      case 0x20..<0x80:
        text.append(byte)
        at += 1
      default:
        guard let length = utf8Length(at: at) else { throw failure(.badUTF8, at: at) }
        text.append(contentsOf: bytes[at..<at + length])
        at += length
      }
    }
    throw failure(.unexpectedEnd, at: at)
  }

  /// One escape, from its backslash on.
  mutating func escape(into text: inout [UInt8]) throws(JSONError) {
    let start = at
    guard at + 1 < bytes.count else { throw failure(.unexpectedEnd, at: bytes.count) }
    let letter = bytes[at + 1]
    at += 2
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(letter)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"):
      var code = try hexDigits()
      if code >= 0xD800, code < 0xDC00 {
        guard at + 1 < bytes.count, bytes[at] == UInt8(ascii: "\\"),
          bytes[at + 1] == UInt8(ascii: "u")
        else { throw failure(.unpairedSurrogate, at: start) }
        at += 2
        let low = try hexDigits()
        guard low >= 0xDC00, low < 0xE000 else { throw failure(.unpairedSurrogate, at: start) }
        code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(code) else {
        throw failure(.unpairedSurrogate, at: start)
      }
      text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    default: throw failure(.badEscape(letter), at: start)
    }
  }

  mutating func hexDigits() throws(JSONError) -> UInt32 {
    var code: UInt32 = 0
    for _ in 0..<4 {
      guard at < bytes.count else { throw failure(.unexpectedEnd, at: at) }
      let digit: UInt8
      switch bytes[at] {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = bytes[at] - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = bytes[at] - UInt8(ascii: "a") + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = bytes[at] - UInt8(ascii: "A") + 10
      default: throw unexpected("a hexadecimal digit")
      }
      code = code << 4 | UInt32(digit)
      at += 1
    }
    return code
  }
}

/// The keys of the object being read.
///
/// Few keys are compared one by one, many through a set; always as bytes.
private struct KeySet {
  /// A key that hashes and compares by its bytes.
  struct Bytes: Hashable {
    let text: String
    static func == (a: Self, b: Self) -> Bool { a.text.bytesEqual(b.text) }
    func hash(into hasher: inout Hasher) {
      var text = text
      text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
  }
  var set: Set<Bytes> = []

  /// Whether the key is new.
  mutating func insert(_ key: String, among members: [JSON.Member]) -> Bool {
    if members.count < 16 {
      return !members.contains { $0.key.bytesEqual(key) }
    }
    if set.isEmpty { for member in members { set.insert(Bytes(text: member.key)) } }
    return set.insert(Bytes(text: key)).inserted
  }
}
