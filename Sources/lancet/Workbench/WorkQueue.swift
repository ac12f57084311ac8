// Jobs for one thread. Anyone may add; the worker sleeps in the kernel while there is nothing to do.

import LancetSystem
import Synchronization

/// A queue with a sleeping reader.
final class WorkQueue<Job: Sendable>: Sendable {
  private let jobs = Mutex<[Job]>([])
  private let bell = Bell()

  /// Adds a job at the end.
  func add(_ job: Job) {
    jobs.withLock { $0.append(job) }
    bell.ring()
  }

  /// The next job, or nil when there is none after so many milliseconds; -1 waits without end.
  ///
  /// The first job that `later` does not hold back goes first.
  func next(milliseconds: Int32, later: @Sendable (Job) -> Bool) -> Job? {
    let end = milliseconds < 0 ? nil : Clock.seconds + Double(milliseconds) / 1000
    while true {
      let job = jobs.withLock { jobs -> Job? in
        guard !jobs.isEmpty else { return nil }
        return jobs.remove(at: jobs.firstIndex { !later($0) } ?? 0)
      }
      if let job { return job }
      var left = milliseconds
      if let end {
        left = Int32(min(max(0, (end - Clock.seconds) * 1000), 1e9).rounded(.up))
        if left == 0 { return nil }
      }
      bell.wait(milliseconds: left)
    }
  }

  /// Whether a job is waiting.
  var isEmpty: Bool { jobs.withLock { $0.isEmpty } }
}
