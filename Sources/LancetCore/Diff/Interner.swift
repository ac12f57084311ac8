// Small numbers in place of byte strings, so that the longest common subsequence compares integers.

/// Gives equal byte strings equal numbers, counted from 0 in the order of first sight.
struct Interner {
  private var table: [Int32]
  private var hashes: [UInt64] = []
  /// Where each number's bytes stand: which text, and which bytes of it.
  private var places: [(text: Int, range: Range<Int>)] = []
  private var texts: [[UInt8]] = []

  /// The number of distinct strings seen.
  var count: Int { places.count }

  /// An interner that expects about this many strings.
  init(expecting capacity: Int) {
    var size = 64
    while size < 2 * capacity { size *= 2 }
    table = Array(repeating: -1, count: size)
  }

  /// The numbers of the given ranges of a text.
  mutating func intern(_ ranges: [Range<Int>], of text: [UInt8]) -> [Int32] {
    let textIndex = texts.count
    texts.append(text)
    var ids: [Int32] = []
    ids.reserveCapacity(ranges.count)
    for range in ranges {
      if 2 * (places.count + 1) > table.count { grow() }
      let hash = text.withUnsafeBufferPointer { Self.hash($0, range) }
      var slot = Int(truncatingIfNeeded: hash) & (table.count - 1)
      while true {
        let id = table[slot]
        if id < 0 {
          table[slot] = Int32(truncatingIfNeeded: places.count)
          ids.append(Int32(truncatingIfNeeded: places.count))
          places.append((textIndex, range))
          hashes.append(hash)
          break
        }
        if hashes[Int(id)] == hash, same(Int(id), text, range) {
          ids.append(id)
          break
        }
        slot = (slot + 1) & (table.count - 1)
      }
    }
    return ids
  }

  private func same(_ id: Int, _ text: [UInt8], _ range: Range<Int>) -> Bool {
    let place = places[id]
    guard place.range.count == range.count else { return false }
    let other = texts[place.text]
    for i in 0..<range.count
    where other[place.range.lowerBound + i] != text[range.lowerBound + i] {
      return false
    }
    return true
  }

  private mutating func grow() {
    table = Array(repeating: -1, count: table.count * 2)
    for (id, hash) in hashes.enumerated() {
      var slot = Int(truncatingIfNeeded: hash) & (table.count - 1)
      while table[slot] >= 0 { slot = (slot + 1) & (table.count - 1) }
      table[slot] = Int32(truncatingIfNeeded: id)
    }
  }

  /// FNV-1a with a final mix.
  private static func hash(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for i in range { hash = (hash ^ UInt64(bytes[i])) &* 0x100_0000_01B3 }
    hash ^= hash >> 32
    hash = hash &* 0x9E37_79B9_7F4A_7C15
    return hash ^ hash >> 29
  }
}
