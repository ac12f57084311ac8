// A thread with a body. Not a Task: the store may wait for the disk, and the pool of Tasks must not.

import Glibc

/// A running thread.
struct WorkerThread {
  private let id: pthread_t

  private final class Body: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  /// Starts a thread; nil when the system has no more of them.
  ///
  /// Signals stay with the main thread.
  init?(_ run: @escaping @Sendable () -> Void) {
    let body = Unmanaged.passRetained(Body(run))
    var all = sigset_t()
    var before = sigset_t()
    sigfillset(&all)
    // A blocked fault kills at once, without the handler that gives the terminal back.
    for fault in [SIGILL, SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGTRAP] { sigdelset(&all, fault) }
    pthread_sigmask(SIG_BLOCK, &all, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    // Parsers recurse to a depth of 128, the rest is flat: a small stack keeps memory small.
    pthread_attr_setstacksize(&attributes, 4 << 20)
    var id = pthread_t()
    let result = pthread_create(
      &id, &attributes,
      { pointer in
        if let pointer { Unmanaged<Body>.fromOpaque(pointer).takeRetainedValue().run() }
        return nil
      }, body.toOpaque())
    guard result == 0 else {
      body.release()
      return nil
    }
    self.id = id
  }

  /// Waits until the thread has ended.
  func join() { pthread_join(id, nil) }

  /// Lets the thread end without anybody waiting for it.
  func detach() { pthread_detach(id) }
}
