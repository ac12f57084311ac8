// The bit-parallel longest common subsequence: one machine word advances 64 columns of the dynamic programming
// table at once. Exact whatever the texts are; the cost is |a|·|b|/64 steps at most.

/// Works on one pair of sequences at a time; keeps its tables between calls.
///
/// Rows follow Hyyrö, "Bit-parallel LCS-length computation revisited" (2004): bit i of row j is 0 where
/// L(i+1, j) = L(i, j) + 1. A row starts as the previous one, V; with U = V & positions(b_j) it becomes
/// (V + U) | (V − U). Only words that hold a position of b_j, or that a carry reaches, can change.
struct BitLCS {
  private var count: [Int32]
  private var start: [Int32]
  private var dense: [Int32]
  private var positions: [Int32] = []
  private var denseRows: [UInt64] = []
  private var width = 0

  /// Tables for tokens `0..<alphabet`.
  init(alphabet: Int) {
    count = Array(repeating: 0, count: alphabet)
    start = Array(repeating: -1, count: alphabet)
    dense = Array(repeating: -1, count: alphabet)
  }

  /// Makes a sequence the columns of the table.
  private mutating func load(_ a: [Int32]) {
    width = (a.count + 63) / 64
    positions = Array(repeating: 0, count: a.count)
    for token in a { count[Int(token)] += 1 }
    var cursor: Int32 = 0
    var denseCount: Int32 = 0
    for (i, token) in a.enumerated() {
      let t = Int(token)
      if start[t] < 0 {
        start[t] = cursor
        cursor += count[t]
        // From half the words on, walking a whole row is cheaper than walking its positions.
        if Int(count[t]) * 2 > width {
          dense[t] = denseCount
          denseCount += 1
        }
        count[t] = 0
      }
      positions[Int(start[t] + count[t])] = Int32(truncatingIfNeeded: i)
      count[t] += 1
    }
    denseRows = Array(repeating: 0, count: Int(denseCount) * width)
    for (i, token) in a.enumerated() where dense[Int(token)] >= 0 {
      denseRows[Int(dense[Int(token)]) * width + i / 64] |= 1 << UInt64(i & 63)
    }
  }

  private mutating func unload(_ a: [Int32]) {
    for token in a {
      count[Int(token)] = 0
      start[Int(token)] = -1
      dense[Int(token)] = -1
    }
  }

  /// Turns row j−1 into row j.
  ///
  /// `used` counts the words before the tail of nothing but ones that every row still has. A carry that enters that tail
  /// leaves it as it is, so the row ends there; of similar texts half the table is never touched.
  private func advance(
    _ row: UnsafeMutablePointer<UInt64>, by token: Int32, used: inout Int
  ) {
    let t = Int(token)
    if dense[t] >= 0 {
      denseRows.withUnsafeBufferPointer { rows in
        let base = Int(dense[t]) * width
        var carry: UInt64 = 0
        for w in 0..<width {
          if w >= used, carry != 0 { return }
          let v = row[w]
          let u = v & rows[base + w]
          let (s1, o1) = v.addingReportingOverflow(u)
          let (s2, o2) = s1.addingReportingOverflow(carry)
          carry = o1 || o2 ? 1 : 0
          row[w] = s2 | (v &- u)
          if w >= used, u != 0 { used = w + 1 }
        }
      }
      return
    }
    let n = Int(count[t])
    guard n > 0 else { return }
    positions.withUnsafeBufferPointer { positions in
      let base = Int(start[t])
      var i = 0
      var word = 0
      var carry: UInt64 = 0
      while i < n || carry != 0 {
        let next = i < n ? Int(positions[base + i]) >> 6 : width
        if carry == 0 { word = next }
        guard word < width, word < used || carry == 0 else { return }
        var mask: UInt64 = 0
        if word == next {
          while i < n, Int(positions[base + i]) >> 6 == word {
            mask |= 1 << UInt64(positions[base + i] & 63)
            i += 1
          }
        }
        let v = row[word]
        let u = v & mask
        let (s1, o1) = v.addingReportingOverflow(u)
        let (s2, o2) = s1.addingReportingOverflow(carry)
        carry = o1 || o2 ? 1 : 0
        row[word] = s2 | (v &- u)
        word += 1
        if word > used, u != 0 { used = word }
      }
    }
  }

  /// The lengths L(i) of the longest common subsequence of `a[..<i]` and the whole of `b`, for i in 0...|a|.
  mutating func lengths(_ a: [Int32], _ b: [Int32]) -> [Int32] {
    load(a)
    defer { unload(a) }
    var row = Array(repeating: UInt64.max, count: width)
    row.withUnsafeMutableBufferPointer { row in
      guard let base = row.baseAddress else { return }
      var used = 0
      for token in b { advance(base, by: token, used: &used) }
    }
    var lengths: [Int32] = [0]
    lengths.reserveCapacity(a.count + 1)
    var length: Int32 = 0
    for i in 0..<a.count {
      if row[i >> 6] >> UInt64(i & 63) & 1 == 0 { length += 1 }
      lengths.append(length)
    }
    return lengths
  }

  /// The bytes ``matches(_:_:_:)`` needs for sequences of these lengths.
  static func matrixBytes(_ n: Int, _ m: Int) -> Int { (n + 63) / 64 * 8 * (m + 1) }

  /// Hands out the pairs of a longest common subsequence, last pair first.
  ///
  /// Keeps every row: see ``matrixBytes(_:_:)``.
  mutating func matches(_ a: [Int32], _ b: [Int32], _ found: (Int, Int) -> Void) {
    load(a)
    defer { unload(a) }
    let width = width
    let rows = UnsafeMutablePointer<UInt64>.allocate(capacity: max(1, width * (b.count + 1)))
    defer { rows.deallocate() }
    rows.initialize(repeating: .max, count: width)
    var used = 0
    for (j, token) in b.enumerated() {
      let row = rows + (j + 1) * width
      row.initialize(from: row - width, count: width)
      advance(row, by: token, used: &used)
    }
    // Walk back: a 1 means the column adds nothing; a 0 that was there in the row above means the row adds
    // nothing; a 0 that is new is a match.
    var i = a.count
    var j = b.count
    while i > 0, j > 0 {
      let word = (i - 1) >> 6
      let bit: UInt64 = 1 << UInt64((i - 1) & 63)
      if rows[j * width + word] & bit != 0 {
        i -= 1
      } else if rows[(j - 1) * width + word] & bit == 0 {
        j -= 1
      } else {
        i -= 1
        j -= 1
        found(i, j)
      }
    }
  }
}
