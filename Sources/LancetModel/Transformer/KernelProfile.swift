// Where the time of a forward and backward goes, for the benchmark; costs nothing when it is off.

import Glibc

/// The kinds of work that are timed.
public enum KernelKind: Int, Sendable, CaseIterable {
  case projections, attention, norms, rotation, activation, head, weightGradients, embedding
}

/// Nanoseconds spent on each kind of work by each thread.
final class KernelProfile {
  let times: UnsafeMutablePointer<UInt64>
  private let slots: Int
  /// Slots are a cache line apart.
  static let stride = 16

  init(slots: Int) {
    self.slots = slots
    times = .allocate(capacity: slots * Self.stride)
    times.initialize(repeating: 0, count: slots * Self.stride)
  }

  deinit { times.deallocate() }

  /// The time of each kind, summed over threads, in seconds.
  var seconds: [KernelKind: Double] {
    var result: [KernelKind: Double] = [:]
    for kind in KernelKind.allCases {
      let total = (0..<slots).reduce(UInt64(0)) { $0 + times[$1 * Self.stride + kind.rawValue] }
      result[kind] = Double(total) * 1e-9
    }
    return result
  }

  /// The time this thread has worked, in nanoseconds: not what other processes took meanwhile.
  static func now() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}

/// Times `body` when there is a profile.
@inline(__always)
func timed(_ profile: KernelProfile?, _ slot: Int, _ kind: KernelKind, _ body: () -> Void) {
  guard let profile else { return body() }
  let start = KernelProfile.now()
  body()
  profile.times[slot * KernelProfile.stride + kind.rawValue] += KernelProfile.now() - start
}
