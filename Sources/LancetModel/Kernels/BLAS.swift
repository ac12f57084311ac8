// The matrix product, and the choice of OpenBLAS's kernels for this processor.

import COpenBLAS
import Glibc
import Synchronization

/// OpenBLAS as Lancet uses it: one thread a call, since the work is divided among threads above it.
public enum BLAS {
  private static let prepared = Mutex(false)

  /// Chooses the fastest kernels that the processor can run, and one thread a call.
  ///
  /// Cheap after the first time. OpenBLAS chooses by the processor's model number and falls back to kernels of 2004
  /// ("Prescott") for a number newer than itself: a factor of eight on such machines. `OPENBLAS_CORETYPE`, if the person has
  /// set it, is left in force.
  public static func prepare() {
    prepared.withLock { done in
      if done { return }
      done = true
      defer { openblas_set_num_threads(1) }
      guard getenv("OPENBLAS_CORETYPE") == nil else { return }
      let wide = ["SkylakeX", "Cooperlake", "SapphireRapids"]
      let level = lancet_vector_level()
      let core = chosenCore
      let better: String
      switch level {
      case 512 where !wide.contains(core): better = "SkylakeX"
      case 2 where !(wide + ["Haswell", "Zen", "Excavator"]).contains(core): better = "Haswell"
      default: return
      }
      setenv("OPENBLAS_CORETYPE", better, 1)
      gotoblas_dynamic_quit()
      gotoblas_dynamic_init()
      unsetenv("OPENBLAS_CORETYPE")
    }
  }

  /// The name of the kernels in force.
  public static var coreName: String {
    prepare()
    return chosenCore
  }

  private static var chosenCore: String {
    openblas_get_corename().map { String(cString: $0) } ?? "unknown"
  }

  /// Runs `body` with OpenBLAS dividing each product among `count` threads itself; for measuring it.
  public static func withThreads<T>(_ count: Int, _ body: () -> T) -> T {
    prepare()
    openblas_set_num_threads(Int32(clamping: count))
    defer { openblas_set_num_threads(1) }
    return body()
  }
}

/// A row-major matrix in memory: where it begins and how many floats lie between the beginnings of two rows.
struct MatrixRef {
  var pointer: UnsafePointer<Float>
  var stride: Int
  var transposed = false

  /// The same matrix read with rows and columns exchanged.
  var transpose: MatrixRef { MatrixRef(pointer: pointer, stride: stride, transposed: !transposed) }

  init(_ pointer: UnsafePointer<Float>, stride: Int) {
    self.pointer = pointer
    self.stride = stride
  }

  private init(pointer: UnsafePointer<Float>, stride: Int, transposed: Bool) {
    self.pointer = pointer
    self.stride = stride
    self.transposed = transposed
  }
}

/// `c[m × n] = scale · a[m × k] · b[k × n] + keep · c`.
@inline(__always)
func multiply(
  m: Int, n: Int, k: Int, scale: Float = 1, _ a: MatrixRef, _ b: MatrixRef, keep: Float = 0,
  into c: UnsafeMutablePointer<Float>, stride: Int
) {
  cblas_sgemm(
    CblasRowMajor, a.transposed ? CblasTrans : CblasNoTrans,
    b.transposed ? CblasTrans : CblasNoTrans, Int32(truncatingIfNeeded: m),
    Int32(truncatingIfNeeded: n), Int32(truncatingIfNeeded: k), scale, a.pointer,
    Int32(truncatingIfNeeded: a.stride), b.pointer, Int32(truncatingIfNeeded: b.stride), keep, c,
    Int32(truncatingIfNeeded: stride))
}
