// The byte alphabet of GPT-2: each byte stands as one printable character, so that any text is a word over 256 letters.

/// Bytes and the scalars they are written as in `tokenizer.json`.
enum ByteAlphabet {
  /// The scalar of each byte: printable Latin-1 as itself, the rest from U+0100 on, in order.
  static let scalars: [UInt32] = {
    var next: UInt32 = 256
    return (0..<256).map { (byte: UInt32) in
      if 33...126 ~= byte || 161...172 ~= byte || 174...255 ~= byte { return byte }
      defer { next += 1 }
      return next
    }
  }()

  /// The byte of each scalar below U+0144, or 256 for those that stand for none.
  private static let bytes: [UInt16] = {
    var table = Array(repeating: UInt16(256), count: 0x144)
    for (byte, scalar) in scalars.enumerated() { table[Int(scalar)] = UInt16(byte) }
    return table
  }()

  /// The letters of bytes, as UTF-8.
  static func letters(_ bytes: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(2 * bytes.count)
    for byte in bytes {
      let value = scalars[Int(byte)]
      if value < 0x80 {
        out.append(UInt8(truncatingIfNeeded: value))
      } else {
        out.append(UInt8(truncatingIfNeeded: 0xC0 | value >> 6))
        out.append(UInt8(truncatingIfNeeded: 0x80 | value & 0x3F))
      }
    }
    return out
  }

  /// Appends the bytes that a token's text stands for; false, and nothing appended, when some character stands for none.
  ///
  /// - Parameter text: valid UTF-8.
  static func decode(_ text: UnsafeBufferPointer<UInt8>, into out: inout [UInt8]) -> Bool {
    let start = out.count
    var at = 0
    while at < text.count {
      let (value, length) = scalar(text, at)
      guard value < 0x144, bytes[Int(value)] < 256 else {
        out.removeSubrange(start...)
        return false
      }
      out.append(UInt8(truncatingIfNeeded: bytes[Int(value)]))
      at += length
    }
    return true
  }
}
