// Large aligned memory for floats, given back when its owner goes.

import Glibc

/// A block of floats that begins at a multiple of 64 bytes (2 MiB for large blocks, so that the system can use huge pages).
final class FloatBlock {
  private var floats: UnsafeMutablePointer<Float>?
  private(set) var count = 0

  /// No memory yet.
  init() {}

  /// `count` floats, all zero.
  init(zeros count: Int, for what: String) throws(TransformerError) {
    try grow(to: count, for: what)
  }

  /// Where the floats begin; there must be some.
  var pointer: UnsafeMutablePointer<Float> {
    guard let floats else { preconditionFailure("memory is used before it was asked for") }
    return floats
  }

  /// All floats.
  var buffer: UnsafeMutableBufferPointer<Float> { .init(start: floats, count: count) }

  /// Makes room for at least `wanted` floats; what was there is lost when the block has to move.
  func grow(to wanted: Int, for what: String) throws(TransformerError) {
    guard wanted > count else { return }
    free(floats)
    floats = nil
    count = 0
    let (bytes, overflow) = wanted.multipliedReportingOverflow(by: MemoryLayout<Float>.stride)
    if overflow { throw .tooLarge(what) }
    let alignment = bytes >= 4 << 20 ? 2 << 20 : 64
    var memory: UnsafeMutableRawPointer?
    guard posix_memalign(&memory, alignment, bytes) == 0, let memory else {
      throw .memory(bytes: bytes, what: what)
    }
    if alignment > 64 { madvise(memory, bytes, MADV_HUGEPAGE) }
    let pointer = memory.bindMemory(to: Float.self, capacity: wanted)
    pointer.initialize(repeating: 0, count: wanted)
    floats = pointer
    count = wanted
  }

  deinit { free(floats) }
}
