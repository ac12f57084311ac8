// The merges of byte pair encoding and the loop that applies them: always the merge of lowest rank, leftmost first.

/// Which two tokens merge, when, and into what: a hash table from pairs to rank and result.
struct MergeTable: Sendable {
  /// No merge; larger than every rank.
  static let none = UInt64.max

  /// Pairs `left << 32 | right` and results `rank << 32 | id`, alternating; an empty slot holds ``none``.
  private var slots: [UInt64]
  private let shift: UInt64
  private(set) var count = 0

  init(capacity: Int) {
    var bits: UInt64 = 4
    while 1 << bits < capacity * 2 { bits += 1 }
    shift = 64 - bits
    slots = Array(repeating: Self.none, count: 2 << bits)
  }

  /// Adds a merge; the later one counts when a pair comes twice.
  ///
  /// There must be room for it: see ``init(capacity:)``.
  mutating func insert(left: Int32, right: Int32, rank: Int, result: Int32) {
    let key = Self.key(left, right)
    var slot = home(key)
    while slots[slot] != Self.none, slots[slot] != key { slot = next(slot) }
    if slots[slot] != key { count += 1 }
    slots[slot] = key
    slots[slot + 1] = UInt64(rank) << 32 | UInt64(UInt32(bitPattern: result))
  }

  /// `rank << 32 | id` of a pair, or ``none``.
  @inline(__always)
  func find(_ left: Int32, _ right: Int32) -> UInt64 {
    let key = Self.key(left, right)
    var slot = home(key)
    while true {
      let found = slots[slot]
      if found == key { return slots[slot + 1] }
      if found == Self.none { return Self.none }
      slot = next(slot)
    }
  }

  @inline(__always)
  private static func key(_ left: Int32, _ right: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
  }

  @inline(__always)
  private func home(_ key: UInt64) -> Int {
    var mixed = key &* 0x9E37_79B9_7F4A_7C15
    mixed ^= mixed >> 32
    mixed = mixed &* 0xD6E8_FEB8_6659_FD93
    return Int(truncatingIfNeeded: mixed >> shift) << 1
  }

  @inline(__always)
  private func next(_ slot: Int) -> Int { (slot + 2) & (slots.count - 1) }
}

/// The scratch memory of merging, kept from piece to piece.
struct MergeWorkspace {
  private var ids: [Int32] = []
  /// For each token, the merge with its right neighbour (`rank << 32 | id`), or ``MergeTable/none``.
  private var merges: [UInt64] = []
  private var previous: [Int32] = []
  private var following: [Int32] = []
  /// A binary heap of `rank << 32 | position`, smallest first.
  private var heap: [UInt64] = []

  /// Pieces up to this length are scanned for their best merge; longer ones use the heap.
  private static let scanLimit = 32

  /// Merges one piece and appends its tokens.
  ///
  /// - Parameters:
  ///   - byteTokens: the token of each byte, −1 where there is none.
  ///   - unknown: what stands for such a byte; without one it is dropped.
  ///   - fusesUnknown: whether one stands for a run of such bytes.
  mutating func merge(
    _ piece: UnsafeBufferPointer<UInt8>, byteTokens: [Int32], unknown: Int32? = nil,
    fusesUnknown: Bool = false, table: MergeTable, into out: inout [Int32]
  ) {
    ids.removeAll(keepingCapacity: true)
    merges.removeAll(keepingCapacity: true)
    var lastIsUnknown = false
    for byte in piece {
      let token = byteTokens[Int(byte)]
      if token >= 0 {
        ids.append(token)
      } else if let unknown, !(fusesUnknown && lastIsUnknown) {
        ids.append(unknown)
      }
      lastIsUnknown = token < 0
    }
    for i in 0..<max(0, ids.count - 1) { merges.append(table.find(ids[i], ids[i + 1])) }
    if ids.count <= Self.scanLimit {
      scan(table)
      out.append(contentsOf: ids)
    } else {
      sift(table, into: &out)
    }
  }

  /// Each round looks at all pairs: best for the short pieces that make nearly all text.
  private mutating func scan(_ table: MergeTable) {
    while true {
      var best = MergeTable.none
      var at = 0
      for i in 0..<merges.count where merges[i] < best {
        best = merges[i]
        at = i
      }
      if best == MergeTable.none { return }
      ids[at] = Int32(truncatingIfNeeded: best)
      ids.remove(at: at + 1)
      merges.remove(at: at)
      if at > 0 { merges[at - 1] = table.find(ids[at - 1], ids[at]) }
      if at < merges.count { merges[at] = table.find(ids[at], ids[at + 1]) }
    }
  }

  /// A heap of merges over a linked list: n log n, whatever the text.
  private mutating func sift(_ table: MergeTable, into out: inout [Int32]) {
    let count = ids.count
    merges.append(MergeTable.none)
    previous.removeAll(keepingCapacity: true)
    following.removeAll(keepingCapacity: true)
    heap.removeAll(keepingCapacity: true)
    for i in 0..<count {
      previous.append(Int32(i - 1))
      following.append(i + 1 < count ? Int32(i + 1) : -1)
      if merges[i] != MergeTable.none { push(merges[i], i) }
    }
    while let (rank, at) = pop() {
      // Stale when the pair here is another by now, or its left token is gone.
      guard merges[at] != MergeTable.none, merges[at] >> 32 == rank else { continue }
      let right = Int(following[at])
      ids[at] = Int32(truncatingIfNeeded: merges[at])
      merges[right] = MergeTable.none
      let after = following[right]
      following[at] = after
      if after >= 0 {
        previous[Int(after)] = Int32(at)
        merges[at] = table.find(ids[at], ids[Int(after)])
        if merges[at] != MergeTable.none { push(merges[at], at) }
      } else {
        merges[at] = MergeTable.none
      }
      let before = Int(previous[at])
      if before >= 0 {
        merges[before] = table.find(ids[before], ids[at])
        if merges[before] != MergeTable.none { push(merges[before], before) }
      }
    }
    var at: Int32 = 0
    while at >= 0 {
      out.append(ids[Int(at)])
      at = following[Int(at)]
    }
  }

  private mutating func push(_ merge: UInt64, _ position: Int) {
    let entry = (merge >> 32) << 32 | UInt64(position)
    var child = heap.count
    heap.append(entry)
    while child > 0 {
      let parent = (child - 1) / 2
      if heap[parent] <= entry { break }
      heap[child] = heap[parent]
      child = parent
    }
    heap[child] = entry
  }

  private mutating func pop() -> (rank: UInt64, position: Int)? {
    guard let top = heap.first, let entry = heap.popLast() else { return nil }
    let count = heap.count
    if count > 0 {
      var parent = 0
      while true {
        var child = 2 * parent + 1
        if child >= count { break }
        if child + 1 < count, heap[child + 1] < heap[child] { child += 1 }
        if heap[child] >= entry { break }
        heap[parent] = heap[child]
        parent = child
      }
      heap[parent] = entry
    }
    return (top >> 32, Int(top & 0xFFFF_FFFF))
  }
}
