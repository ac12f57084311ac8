// How fast this machine multiplies, in a number.

import COpenBLAS
import LancetSystem

extension BLAS {
  /// The rate of a square product in operations a second (2·n³ a product): the best of `repeats`, one thread.
  public static func measuredRate(size: Int, repeats: Int) -> Double {
    prepare()
    let n = max(1, size)
    let a = [Float](repeating: 0.5, count: n * n)
    var c = [Float](repeating: 0, count: n * n)
    var best = 0.0
    for _ in 0...max(1, repeats) {
      let start = SystemClock.seconds
      let side = Int32(n)
      cblas_sgemm(
        CblasRowMajor, CblasNoTrans, CblasTrans, side, side, side, 1, a, side, a, side, 0, &c, side)
      let seconds = SystemClock.seconds - start
      if seconds > 0 { best = max(best, 2 * Double(n) * Double(n) * Double(n) / seconds) }
    }
    return best
  }
}
