// A map over an array on all cores, in order.

import Dispatch
import Synchronization

/// `items.map(transform)`, shared out in pieces over the cores.
///
/// The order of the results is that of the items.
func parallelMap<Item: Sendable, Result: Sendable>(
  _ items: [Item], _ transform: @Sendable (Item) -> Result
) -> [Result] {
  let piece = 16
  guard items.count > piece else { return items.map(transform) }
  let pieces = (items.count + piece - 1) / piece
  let results = Mutex([[Result]](repeating: [], count: pieces))
  DispatchQueue.concurrentPerform(iterations: pieces) { index in
    let range = index * piece..<min(items.count, (index + 1) * piece)
    let done = items[range].map(transform)
    results.withLock { $0[index] = done }
  }
  return results.withLock { $0.flatMap { $0 } }
}
