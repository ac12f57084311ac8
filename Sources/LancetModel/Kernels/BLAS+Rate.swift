// How fast this machine multiplies, in a number.

import COpenBLAS
import Glibc

extension BLAS {
  /// The rate of a square product in operations a second (2·n³ a product): the best of `repeats`, one thread.
  public static func measuredRate(size: Int, repeats: Int) -> Double {
    prepare()
    let n = max(1, size)
    let a = [Float](repeating: 0.5, count: n * n)
    var c = [Float](repeating: 0, count: n * n)
    var best = 0.0
    for _ in 0...max(1, repeats) {
      var start = timespec()
      clock_gettime(CLOCK_MONOTONIC, &start)
      let side = Int32(n)
      cblas_sgemm(
        CblasRowMajor, CblasNoTrans, CblasTrans, side, side, side, 1, a, side, a, side, 0, &c, side)
      var end = timespec()
      clock_gettime(CLOCK_MONOTONIC, &end)
      let seconds =
        Double(end.tv_sec - start.tv_sec) + Double(end.tv_nsec - start.tv_nsec) * 1e-9
      if seconds > 0 { best = max(best, 2 * Double(n) * Double(n) * Double(n) / seconds) }
    }
    return best
  }
}
