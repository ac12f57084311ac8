// The JSON writer. Control characters are escaped, everything else is written as it is, in UTF-8.

extension JSON {
  /// The value as JSON text: on one line, or indented by two spaces a level.
  public func serialized(pretty: Bool = false) -> String {
    var bytes: [UInt8] = []
    write(into: &bytes, indent: pretty ? 0 : nil)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The value as JSON text on one line, in bytes, without a line end.
  public func serializedBytes() -> [UInt8] {
    var bytes: [UInt8] = []
    write(into: &bytes, indent: nil)
    return bytes
  }

  private func write(into bytes: inout [UInt8], indent: Int?) {
    switch self {
    case .null: bytes.append(contentsOf: "null".utf8)
    case .bool(let value): bytes.append(contentsOf: (value ? "true" : "false").utf8)
    case .number(let text): bytes.append(contentsOf: text.utf8)
    case .string(let text): Self.write(text, into: &bytes)
    case .array(let elements):
      bytes.append(UInt8(ascii: "["))
      for (i, element) in elements.enumerated() {
        Self.separate(i, into: &bytes, indent: indent)
        element.write(into: &bytes, indent: indent.map { $0 + 1 })
      }
      if !elements.isEmpty { Self.newLine(into: &bytes, indent: indent) }
      bytes.append(UInt8(ascii: "]"))
    case .object(let members):
      bytes.append(UInt8(ascii: "{"))
      for (i, member) in members.enumerated() {
        Self.separate(i, into: &bytes, indent: indent)
        Self.write(member.key, into: &bytes)
        bytes.append(UInt8(ascii: ":"))
        if indent != nil { bytes.append(UInt8(ascii: " ")) }
        member.value.write(into: &bytes, indent: indent.map { $0 + 1 })
      }
      if !members.isEmpty { Self.newLine(into: &bytes, indent: indent) }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  private static func separate(_ index: Int, into bytes: inout [UInt8], indent: Int?) {
    if index > 0 { bytes.append(UInt8(ascii: ",")) }
    newLine(into: &bytes, indent: indent.map { $0 + 1 })
  }

  private static func newLine(into bytes: inout [UInt8], indent: Int?) {
    guard let indent else { return }
    bytes.append(0x0A)
    bytes.append(contentsOf: repeatElement(0x20, count: 2 * indent))
  }

  private static let hex = Array("0123456789abcdef".utf8)

  private static func write(_ text: String, into bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
      case 0x0A: bytes.append(contentsOf: "\\n".utf8)
      case 0x0D: bytes.append(contentsOf: "\\r".utf8)
      case 0x09: bytes.append(contentsOf: "\\t".utf8)
      case 0x00..<0x20, 0x7F:
        bytes.append(contentsOf: "\\u00".utf8)
        bytes.append(hex[Int(byte >> 4)])
        bytes.append(hex[Int(byte & 15)])
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
