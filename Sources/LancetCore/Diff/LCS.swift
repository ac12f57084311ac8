// The longest common subsequence of two sequences, exact, in linear space.

/// The index pairs of a longest common subsequence, in order.
///
/// - Complexity: O((|a|+|b|)·D) for D edits while that is cheap, never more than about |a|·|b|/32 steps; space linear
///   in |a|+|b| plus at most 32 MB.
public func lcsMatches<T: Hashable>(_ a: [T], _ b: [T]) -> [(a: Int, b: Int)] {
  var ids: [T: Int32] = [:]
  func number(_ element: T) -> Int32 {
    if let id = ids[element] { return id }
    let id = Int32(truncatingIfNeeded: ids.count)
    ids[element] = id
    return id
  }
  let aIDs = a.map(number)
  let bIDs = b.map(number)
  return LCS.matches(aIDs, bIDs, alphabet: ids.count)
}

/// The solver behind ``lcsMatches(_:_:)``, for elements that are numbers already.
enum LCS {
  /// The most bytes a kept bit matrix may take; above that the problem is halved.
  static let matrixLimit = 32 << 20

  /// The index pairs of a longest common subsequence of sequences over `0..<alphabet`, in order.
  static func matches(
    _ a: [Int32], _ b: [Int32], alphabet: Int, matrixLimit: Int = LCS.matrixLimit
  ) -> [(a: Int, b: Int)] {
    // The common beginning and end need no search, and what occurs on one side only can match nothing.
    let shared = zip(a, b).prefix { $0 == $1 }.count
    var tail = 0
    while tail < min(a.count, b.count) - shared, a[a.count - 1 - tail] == b[b.count - 1 - tail] {
      tail += 1
    }
    var pairs: [(a: Int, b: Int)] = []
    pairs.reserveCapacity(min(a.count, b.count))
    for i in 0..<shared { pairs.append((i, i)) }
    if shared + tail < a.count, shared + tail < b.count {
      var sides = Array(repeating: UInt8(0), count: alphabet)
      for i in shared..<a.count - tail { sides[Int(a[i])] |= 1 }
      for j in shared..<b.count - tail { sides[Int(b[j])] |= 2 }
      let aKept = (shared..<a.count - tail).filter { sides[Int(a[$0])] == 3 }
      let bKept = (shared..<b.count - tail).filter { sides[Int(b[$0])] == 3 }
      var solver = Solver(
        a: aKept.map { a[$0] }, b: bKept.map { b[$0] }, alphabet: alphabet,
        matrixLimit: matrixLimit)
      solver.solve()
      for (i, j) in solver.matchOfA.enumerated() where j >= 0 {
        pairs.append((aKept[i], bKept[Int(j)]))
      }
    }
    for k in 0..<tail { pairs.append((a.count - tail + k, b.count - tail + k)) }
    return pairs
  }

  /// Divides until a part is small enough to solve at once.
  ///
  /// The parts wait on a list, not on the call stack.
  struct Solver {
    let a: [Int32]
    let b: [Int32]
    /// For each element of `a` its partner in `b`, or −1.
    var matchOfA: [Int32]
    private var bits: BitLCS
    private var snake = MiddleSnake()
    private var parts: [(Range<Int>, Range<Int>)] = []

    private let matrixLimit: Int

    init(a: [Int32], b: [Int32], alphabet: Int, matrixLimit: Int) {
      self.matrixLimit = matrixLimit
      self.a = a
      self.b = b
      matchOfA = Array(repeating: -1, count: a.count)
      bits = BitLCS(alphabet: alphabet)
    }

    mutating func solve() {
      parts = [(a.indices, b.indices)]
      while let (ra, rb) = parts.popLast() {
        let (ra, rb) = trim(ra, rb)
        guard !ra.isEmpty, !rb.isEmpty else { continue }
        let cells = Double(ra.count) * Double(rb.count)
        // Edits are searched for as long as that costs less than the bit matrix would.
        if cells > 65536 {
          let limit = Self.editLimit(cells: cells)
          if let (x, y) = snake.split(a, ra, b, rb, limit: limit),
            (x, y) != (0, 0), (x, y) != (ra.count, rb.count)
          {
            push(ra, rb, x, y)
            continue
          }
        }
        if BitLCS.matrixBytes(ra.count, rb.count) <= matrixLimit || rb.count < 2 {
          finish(ra, rb)
        } else {
          halve(ra, rb)
        }
      }
    }

    /// How many edits are searched from each corner: the root of a hundredth of the table, measured to balance both ways.
    private static func editLimit(cells: Double) -> Int {
      var limit = 0
      var step = 1 << 24
      while step > 0 {
        let next = Double(limit + step)
        if 100 * next * next <= cells { limit += step }
        step /= 2
      }
      return limit
    }

    private mutating func push(_ ra: Range<Int>, _ rb: Range<Int>, _ x: Int, _ y: Int) {
      let i = ra.lowerBound + x
      let j = rb.lowerBound + y
      parts.append((ra.lowerBound..<i, rb.lowerBound..<j))
      parts.append((i..<ra.upperBound, j..<rb.upperBound))
    }

    /// Matches the common beginning and end of a part and returns what is left.
    private mutating func trim(
      _ ra: Range<Int>, _ rb: Range<Int>
    ) -> (Range<Int>, Range<Int>) {
      var (i, j, iEnd, jEnd) = (ra.lowerBound, rb.lowerBound, ra.upperBound, rb.upperBound)
      while i < iEnd, j < jEnd, a[i] == b[j] {
        matchOfA[i] = Int32(truncatingIfNeeded: j)
        i += 1
        j += 1
      }
      while i < iEnd, j < jEnd, a[iEnd - 1] == b[jEnd - 1] {
        iEnd -= 1
        jEnd -= 1
        matchOfA[iEnd] = Int32(truncatingIfNeeded: jEnd)
      }
      return (i..<iEnd, j..<jEnd)
    }

    /// Solves a part at once.
    private mutating func finish(_ ra: Range<Int>, _ rb: Range<Int>) {
      let (aStart, bStart) = (ra.lowerBound, rb.lowerBound)
      var found: [(Int, Int)] = []
      bits.matches(Array(a[ra]), Array(b[rb])) { i, j in found.append((i, j)) }
      for (i, j) in found { matchOfA[aStart + i] = Int32(truncatingIfNeeded: bStart + j) }
    }

    /// Hirschberg's division (1975): cuts `b` in the middle and `a` where the two halves together are longest.
    private mutating func halve(_ ra: Range<Int>, _ rb: Range<Int>) {
      let y = rb.count / 2
      let middle = rb.lowerBound + y
      let before = bits.lengths(Array(a[ra]), Array(b[rb.lowerBound..<middle]))
      let after = bits.lengths(a[ra].reversed(), b[middle..<rb.upperBound].reversed())
      var best = 0
      for x in 0...ra.count
      where before[x] + after[ra.count - x] > before[best] + after[ra.count - best] {
        best = x
      }
      push(ra, rb, best, y)
    }
  }
}
