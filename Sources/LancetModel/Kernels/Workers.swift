// Several threads on one list of pieces of work. Which thread does a piece never changes what the piece computes.

import Dispatch
import Synchronization

/// A fixed number of threads that take numbered pieces of work until none is left.
struct Workers {
  let threads: Int

  /// Calls `body(slot, piece)` once for every piece and returns when all are done.
  ///
  /// Pieces with the same slot run one after the other, so that a slot may own scratch memory.
  func run(_ pieces: Int, _ body: (_ slot: Int, _ piece: Int) -> Void) {
    let slots = min(threads, pieces)
    if slots <= 1 {
      for piece in 0..<max(0, pieces) { body(0, piece) }
      return
    }
    withoutActuallyEscaping(body) { body in
      // The pieces of every caller write disjoint memory, and all are done before this returns: that is what Sendable would
      // promise, but pointers into the arenas cannot say so to the compiler.
      let body = unsafeBitCast(body, to: (@Sendable (Int, Int) -> Void).self)
      let next = Atomic<Int>(0)
      DispatchQueue.concurrentPerform(iterations: slots) { slot in
        while true {
          let piece = next.wrappingAdd(1, ordering: .relaxed).oldValue
          if piece >= pieces { return }
          body(slot, piece)
        }
      }
    }
  }

  /// `0..<count` cut into ranges of at most `most`, as even as possible and as many as the threads can share evenly.
  func ranges(_ count: Int, most: Int) -> [Range<Int>] {
    guard count > 0 else { return [] }
    let rounds = (count + threads * most - 1) / (threads * most)
    let pieces = min(count, rounds * threads)
    return (0..<pieces).map { $0 * count / pieces..<($0 + 1) * count / pieces }
  }
}
