// A forward-only reader of large JSON: `tokenizer.json` holds 150,000 keys and twice as many strings, which need no tree. Small
// parts are handed to the strict parser of LancetCore as byte ranges; strings and numbers read here follow the same rules.

/// Why a scan stopped.
struct JSONScanError: Error {
  var reason: String
  var byte: Int
}

/// Whether bytes are valid UTF-8, found out without copying them.
func isValidUTF8(_ bytes: [UInt8]) -> Bool {
  (try? UTF8Span(validating: bytes.span)) != nil
}

/// A position in JSON bytes that moves forward.
struct JSONScanner {
  let bytes: [UInt8]
  private(set) var at = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
  }

  func failure(_ reason: String) -> JSONScanError { JSONScanError(reason: reason, byte: at) }

  /// The next byte that is no white space, not consumed; 0 at the end.
  mutating func peek() -> UInt8 {
    while at < bytes.count {
      switch bytes[at] {
      case 0x20, 0x09, 0x0A, 0x0D: at += 1
      default: return bytes[at]
      }
    }
    return 0
  }

  /// Consumes one punctuation byte.
  mutating func expect(_ byte: UInt8) throws(JSONScanError) {
    guard peek() == byte, at < bytes.count else {
      throw failure("expected '\(Character(UnicodeScalar(byte)))'")
    }
    at += 1
  }

  /// Goes through an object: `member` is called with the scanner before each value and must consume it.
  mutating func object(
    _ member: (inout JSONScanner, _ key: [UInt8]) throws(JSONScanError) -> Void
  ) throws(JSONScanError) {
    try expect(UInt8(ascii: "{"))
    if peek() == UInt8(ascii: "}") {
      at += 1
      return
    }
    var key: [UInt8] = []
    while true {
      key.removeAll(keepingCapacity: true)
      try string(into: &key)
      try expect(UInt8(ascii: ":"))
      try member(&self, key)
      if peek() == UInt8(ascii: ",") {
        at += 1
        continue
      }
      try expect(UInt8(ascii: "}"))
      return
    }
  }

  /// Goes through an array: `element` is called before each value and must consume it.
  mutating func array(
    _ element: (inout JSONScanner) throws(JSONScanError) -> Void
  ) throws(JSONScanError) {
    try expect(UInt8(ascii: "["))
    if peek() == UInt8(ascii: "]") {
      at += 1
      return
    }
    while true {
      try element(&self)
      if peek() == UInt8(ascii: ",") {
        at += 1
        continue
      }
      try expect(UInt8(ascii: "]"))
      return
    }
  }

  /// Reads a string and appends its bytes, escapes resolved.
  mutating func string(into out: inout [UInt8]) throws(JSONScanError) {
    try expect(UInt8(ascii: "\""))
    while at < bytes.count {
      let byte = bytes[at]
      if byte == UInt8(ascii: "\"") {
        at += 1
        return
      }
      if byte == UInt8(ascii: "\\") {
        try escape(into: &out)
      } else if byte < 0x20 {
        throw failure("control character in a string")
      } else {
        out.append(byte)
        at += 1
      }
    }
    throw failure("unfinished string")
  }

  private mutating func escape(into out: inout [UInt8]) throws(JSONScanError) {
    guard at + 1 < bytes.count else { throw failure("unfinished string") }
    let kind = bytes[at + 1]
    at += 2
    switch kind {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): out.append(kind)
    case UInt8(ascii: "b"): out.append(0x08)
    case UInt8(ascii: "f"): out.append(0x0C)
    case UInt8(ascii: "n"): out.append(0x0A)
    case UInt8(ascii: "r"): out.append(0x0D)
    case UInt8(ascii: "t"): out.append(0x09)
    case UInt8(ascii: "u"):
      var value = try hex4()
      if 0xD800..<0xDC00 ~= value {
        guard at + 1 < bytes.count, bytes[at] == UInt8(ascii: "\\"),
          bytes[at + 1] == UInt8(ascii: "u")
        else { throw failure("unpaired surrogate") }
        at += 2
        let low = try hex4()
        guard 0xDC00..<0xE000 ~= low else { throw failure("unpaired surrogate") }
        value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = UnicodeScalar(value) else { throw failure("unpaired surrogate") }
      out.append(contentsOf: Array(Character(scalar).utf8))
    default: throw failure("unknown escape")
    }
  }

  private mutating func hex4() throws(JSONScanError) -> UInt32 {
    guard at + 4 <= bytes.count else { throw failure("unfinished escape") }
    var value: UInt32 = 0
    for _ in 0..<4 {
      let byte = bytes[at]
      let digit: UInt8
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - 48
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - 87
      case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - 55
      default: throw failure("expected four hexadecimal digits")
      }
      value = value << 4 | UInt32(digit)
      at += 1
    }
    return value
  }

  /// Reads a whole number that is not negative.
  mutating func index() throws(JSONScanError) -> Int {
    _ = peek()
    let start = at
    var value = 0
    while at < bytes.count, UInt8(ascii: "0")...UInt8(ascii: "9") ~= bytes[at] {
      let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = tens.addingReportingOverflow(Int(bytes[at]) - 48)
      if overflow || carry { throw failure("number too large") }
      value = sum
      at += 1
    }
    let digits = at - start
    guard digits > 0, digits == 1 || bytes[start] != UInt8(ascii: "0") else {
      throw failure("expected a whole number")
    }
    if at < bytes.count, ".eE".utf8.contains(bytes[at]) {
      throw failure("expected a whole number")
    }
    return value
  }

  /// Skips a value by its brackets and strings alone; the range is to be given to a strict parser.
  mutating func skip() throws(JSONScanError) -> Range<Int> {
    _ = peek()
    let start = at
    var depth = 0
    while at < bytes.count {
      let byte = bytes[at]
      switch byte {
      case UInt8(ascii: "\""): try skipString()
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        at += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if depth == 0 { return start..<at }
        depth -= 1
        at += 1
      case UInt8(ascii: ",") where depth == 0: return start..<at
      default: at += 1
      }
      if depth == 0, byte != 0x2C, at < bytes.count, at > start,
        byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]")
      {
        return start..<at
      }
    }
    guard depth == 0 else { throw failure("unfinished value") }
    return start..<at
  }

  private mutating func skipString() throws(JSONScanError) {
    at += 1
    while at < bytes.count {
      let byte = bytes[at]
      if byte == UInt8(ascii: "\\") {
        at += 2
      } else {
        at += 1
        if byte == UInt8(ascii: "\"") { return }
      }
    }
    throw failure("unfinished string")
  }
}
