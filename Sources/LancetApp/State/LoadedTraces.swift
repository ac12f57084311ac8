// A handful of folded reviews around the cursor, so that the next trace opens without waiting.
import LancetCore

/// At most ``kept`` reviews; the ones used longest ago go first.
public struct LoadedTraces: Sendable {
  /// How many folds are kept.
  public static let kept = 7
  private var reviews: [TraceID: Review] = [:]
  private var order: [TraceID] = []

  /// No folds.
  public init() {}

  /// The fold of that trace, when it is here.
  public subscript(id: TraceID) -> Review? { reviews[id] }

  /// Keeps a fold.
  public mutating func keep(_ review: Review, for id: TraceID) {
    order.removeAll { $0 == id }
    order.append(id)
    reviews[id] = review
    while order.count > Self.kept { reviews[order.removeFirst()] = nil }
  }

  /// Forgets a fold because the store changed it.
  public mutating func forget(_ id: TraceID) {
    order.removeAll { $0 == id }
    reviews[id] = nil
  }

  /// Forgets all.
  public mutating func forgetAll() {
    order = []
    reviews = [:]
  }
}
