// A hash of the bytes read so far, whatever the chunks they came in: tells whether an interrupted import can go on.

/// A multiply and shift per word of 8 bytes, as in ``TextHash``; the same bytes give the same value however they are cut.
///
/// Part of the file format.
struct PrefixHash {
  private var state: UInt64 = 0xcbf2_9ce4_8422_2325
  private var word: UInt64 = 0
  private var filled: UInt64 = 0
  private var count: UInt64 = 0

  mutating func add(_ bytes: UnsafeRawBufferPointer) {
    var index = 0
    while index < bytes.count && filled != 0 {
      addByte(bytes[index])
      index += 1
    }
    while index + 8 <= bytes.count {
      mix(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)))
      count &+= 8
      index += 8
    }
    while index < bytes.count {
      addByte(bytes[index])
      index += 1
    }
  }

  private mutating func addByte(_ byte: UInt8) {
    word |= UInt64(byte) << (8 * filled)
    filled += 1
    count &+= 1
    guard filled == 8 else { return }
    mix(word)
    word = 0
    filled = 0
  }

  private mutating func mix(_ value: UInt64) {
    state = (state ^ value) &* 0x9e37_79b9_7f4a_7c15
    state ^= state >> 29
  }

  /// The hash of all bytes so far.
  var value: Int64 {
    var copy = self
    copy.mix(copy.word)
    copy.mix(copy.count)
    return Int64(bitPattern: copy.state)
  }
}
