// Where the shortest edit script between two sequences crosses its middle: Myers, "An O(ND) difference algorithm
// and its variations" (1986), the linear space refinement.

/// The tables of the two searches, kept between calls.
struct MiddleSnake {
  private var forward: [Int] = []
  private var backward: [Int] = []

  /// A point (x, y) on a shortest edit script of `a[ra]` and `b[rb]`, relative to the ranges' starts.
  ///
  /// The searches from both corners take one edit more in turn until they meet; beyond `limit` edits each they give
  /// up with nil. Memory is linear in `limit`, time at most its square.
  mutating func split(
    _ a: [Int32], _ ra: Range<Int>, _ b: [Int32], _ rb: Range<Int>, limit: Int
  ) -> (x: Int, y: Int)? {
    let limit = min(limit, (ra.count + rb.count + 1) / 2 + 1)
    let size = 2 * limit + 5
    if forward.count < size {
      forward = Array(repeating: 0, count: size)
      backward = Array(repeating: 0, count: size)
    }
    return a.withUnsafeBufferPointer { a in
      b.withUnsafeBufferPointer { b in
        forward.withUnsafeMutableBufferPointer { forward in
          backward.withUnsafeMutableBufferPointer { backward in
            Self.search(
              UnsafeBufferPointer(rebasing: a[ra]), UnsafeBufferPointer(rebasing: b[rb]),
              forward, backward, limit)
          }
        }
      }
    }
  }

  /// Diagonal k holds the points with x − y = k; the tables hold the furthest x reached on it.
  private static func search(
    _ a: UnsafeBufferPointer<Int32>, _ b: UnsafeBufferPointer<Int32>,
    _ forward: UnsafeMutableBufferPointer<Int>, _ backward: UnsafeMutableBufferPointer<Int>,
    _ limit: Int
  ) -> (x: Int, y: Int)? {
    let n = a.count
    let m = b.count
    let delta = n - m
    let odd = delta & 1 != 0
    let f = limit + 2
    let g = limit + 2 - delta
    var fMin = 0
    var fMax = 0
    var bMin = delta
    var bMax = delta
    forward[f] = 0
    backward[g + delta] = n
    for _ in 0..<limit {
      // Diagonals that leave the box are walled off: the range shrinks again once it has touched the border.
      if fMin > -m {
        fMin -= 1
        forward[f + fMin - 1] = -1
      } else {
        fMin += 1
      }
      if fMax < n {
        fMax += 1
        forward[f + fMax + 1] = -1
      } else {
        fMax -= 1
      }
      var k = fMax
      while k >= fMin {
        let left = forward[f + k - 1]
        let up = forward[f + k + 1]
        var x = left >= up ? left + 1 : up
        var y = x - k
        while x < n, y < m, a[x] == b[y] {
          x += 1
          y += 1
        }
        forward[f + k] = x
        if odd, bMin <= k, k <= bMax, backward[g + k] <= x { return (x, y) }
        k -= 2
      }
      if bMin > -m {
        bMin -= 1
        backward[g + bMin - 1] = .max
      } else {
        bMin += 1
      }
      if bMax < n {
        bMax += 1
        backward[g + bMax + 1] = .max
      } else {
        bMax -= 1
      }
      k = bMax
      while k >= bMin {
        let left = backward[g + k - 1]
        let up = backward[g + k + 1]
        var x = left < up ? left : up - 1
        var y = x - k
        while x > 0, y > 0, a[x - 1] == b[y - 1] {
          x -= 1
          y -= 1
        }
        backward[g + k] = x
        if !odd, fMin <= k, k <= fMax, x <= forward[f + k] { return (x, y) }
        k -= 2
      }
    }
    return nil
  }
}
