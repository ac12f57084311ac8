// A 64-bit hash of texts, for finding a row again. It only finds candidates; equality is decided by the bytes.

/// A multiply and shift per word of 8 bytes, with a mix at the end; not one of the published hashes.
///
/// Part of the file format: it must never change.
struct TextHash {
  private var state: UInt64 = 0xcbf2_9ce4_8422_2325

  /// Adds raw bytes.
  mutating func add(_ bytes: UnsafeRawBufferPointer) {
    var index = 0
    while index + 8 <= bytes.count {
      let word = UInt64(
        littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      mix(word)
      index += 8
    }
    var rest: UInt64 = 0
    var shift: UInt64 = 0
    while index < bytes.count {
      rest |= UInt64(bytes[index]) << shift
      shift += 8
      index += 1
    }
    mix(rest)
    mix(UInt64(bytes.count))
  }

  /// Adds a text; nil differs from the empty text.
  mutating func add(_ text: String?) {
    guard var text else { return mix(0x6e69_6c00) }
    text.withUTF8 { add(UnsafeRawBufferPointer($0)) }
  }

  /// Adds a number.
  mutating func add(_ number: Int64) { mix(UInt64(bitPattern: number)) }

  private mutating func mix(_ word: UInt64) {
    state = (state ^ word) &* 0x9e37_79b9_7f4a_7c15
    state ^= state >> 29
  }

  /// The hash so far, as SQLite stores it.
  var value: Int64 {
    var mixed = state
    mixed ^= mixed >> 32
    mixed = mixed &* 0xd6e8_feb8_6659_fd93
    mixed ^= mixed >> 32
    return Int64(bitPattern: mixed)
  }
}
