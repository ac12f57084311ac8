// A set of byte strings, numbered in the order they came, with their texts side by side in one buffer. A vocabulary of 150,000
// tokens takes a few megabytes and a few milliseconds this way.

/// Byte strings numbered from 0.
struct ByteStringTable: Sendable {
  private var arena: [UInt8] = []
  private var starts: [Int] = [0]
  /// Numbers + 1, or 0 for an empty slot; a power of two of them, at least twice as many as strings.
  private var slots: [Int32]
  private let seed: UInt64

  /// Makes room for a number of strings.
  init(capacity: Int = 16) {
    var size = 32
    while size < capacity * 2 { size *= 2 }
    slots = Array(repeating: 0, count: size)
    seed = UInt64.random(in: 1...UInt64.max)  // so that nobody can choose strings that collide
  }

  var count: Int { starts.count - 1 }

  /// The range of a string in ``bytes``.
  func range(_ number: Int) -> Range<Int> { starts[number]..<starts[number + 1] }

  /// All strings, one after the other.
  var bytes: [UInt8] { arena }

  /// The bytes of a string.
  subscript(number: Int) -> ArraySlice<UInt8> { arena[range(number)] }

  /// Adds a string; the number is the old one when it was there already.
  mutating func insert(_ string: UnsafeBufferPointer<UInt8>) -> (number: Int, isNew: Bool) {
    if count * 2 >= slots.count { grow() }
    let slot = slot(of: string)
    if slots[slot] != 0 { return (Int(slots[slot]) - 1, false) }
    arena.append(contentsOf: string)
    starts.append(arena.count)
    slots[slot] = Int32(count)
    return (count - 1, true)
  }

  /// The number of a string.
  func find(_ string: UnsafeBufferPointer<UInt8>) -> Int? {
    let found = slots[slot(of: string)]
    return found == 0 ? nil : Int(found) - 1
  }

  /// The number of a string.
  func find(_ string: some Collection<UInt8>) -> Int? {
    if let found = string.withContiguousStorageIfAvailable({ find($0) }) { return found }
    return Array(string).withUnsafeBufferPointer { find($0) }
  }

  /// The slot that holds a string, or the empty one it would go to.
  private func slot(of string: UnsafeBufferPointer<UInt8>) -> Int {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash(string)) & mask
    while slots[slot] != 0, !equals(Int(slots[slot]) - 1, string) { slot = (slot + 1) & mask }
    return slot
  }

  private func equals(_ number: Int, _ string: UnsafeBufferPointer<UInt8>) -> Bool {
    let range = range(number)
    guard range.count == string.count else { return false }
    for i in 0..<string.count where arena[range.lowerBound + i] != string[i] { return false }
    return true
  }

  private func hash(_ string: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash = seed ^ UInt64(string.count)
    var at = 0
    while at < string.count {
      var word: UInt64 = 0
      for i in at..<min(at + 8, string.count) { word = word << 8 | UInt64(string[i]) }
      let product = (hash ^ word).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
      hash = product.low ^ product.high ^ seed
      at += 8
    }
    return hash ^ hash >> 29
  }

  private mutating func grow() {
    slots = Array(repeating: 0, count: slots.count * 2)
    arena.withUnsafeBufferPointer { all in
      for number in 0..<count {
        slots[slot(of: UnsafeBufferPointer(rebasing: all[range(number)]))] = Int32(number + 1)
      }
    }
  }
}
