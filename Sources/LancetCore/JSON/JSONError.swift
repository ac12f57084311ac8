// What can be wrong with a JSON text, as facts. The sentences stand at the end of this file and nowhere else.

/// A JSON text was refused.
public struct JSONError: LancetError, Hashable {
  /// What is wrong.
  public enum Kind: Hashable, Sendable {
    case unexpectedEnd
    case unexpectedByte(UInt8, expected: String)
    case badUTF8
    case unpairedSurrogate
    case controlCharacter(UInt8)
    case badEscape(UInt8)
    case badNumber
    case numberOutOfRange
    case notANumber(String)
    case duplicateKey(String)
    case tooDeep(limit: Int)
    case trailingBytes
  }

  /// What is wrong.
  public var kind: Kind
  /// The offset of the first byte that is wrong, from 0.
  public var byte: Int
  /// The line that byte is on, from 1.
  public var line: Int

  /// An error at a byte of a line.
  public init(kind: Kind, byte: Int, line: Int) {
    self.kind = kind
    self.byte = byte
    self.line = line
  }

  /// What happened.
  public var what: String {
    switch kind {
    case .unexpectedEnd: "the JSON text ends too early"
    case .unexpectedByte(let byte, let expected):
      "\(expected) expected, found \(Self.name(of: byte))"
    case .badUTF8: "not UTF-8"
    case .unpairedSurrogate: "unpaired surrogate"
    case .controlCharacter(let byte): "raw control character \(Self.name(of: byte)) in a string"
    case .badEscape(let byte): "unknown escape \\\(Self.name(of: byte))"
    case .badNumber: "malformed number"
    case .numberOutOfRange: "number too large to hold"
    case .notANumber(let word): "\(word) is no JSON number"
    case .duplicateKey(let key): "duplicate key \"\(key)\""
    case .tooDeep(let limit): "nested deeper than \(limit) levels"
    case .trailingBytes: "more text after the JSON value"
    }
  }

  /// The line and the byte.
  public var place: String { "line \(line), byte \(byte)" }

  /// What to do.
  public var advice: String {
    switch kind {
    case .unexpectedEnd: "write the whole value; the file may have been cut"
    case .unexpectedByte, .badNumber, .trailingBytes, .badEscape: "write strict JSON (RFC 8259)"
    case .badUTF8: "save the text as UTF-8"
    case .unpairedSurrogate: "write both halves of the surrogate pair, or the character itself"
    case .controlCharacter: "escape it, for example as \\n"
    case .numberOutOfRange, .notANumber: "write a finite number or null"
    case .duplicateKey: "keep one of the two"
    case .tooDeep: "flatten the value"
    }
  }

  /// Bad input data.
  public var exitCode: ExitCode { .badData }

  /// A byte as a person can read it.
  static func name(of byte: UInt8) -> String {
    if byte > 0x20, byte < 0x7F { return "'\(Character(Unicode.Scalar(byte)))'" }
    let hex = String(byte, radix: 16, uppercase: true)
    return "0x" + (hex.count < 2 ? "0" + hex : hex)
  }
}
