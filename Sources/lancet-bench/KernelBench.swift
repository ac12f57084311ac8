// Single kernels: the matrix product by shape and threads, the optimizer, the norm, and tokens a second of generation. What
// the kernels inside a layer take stands in the breakdown of `benchTransformer`.

import COpenBLAS
import LancetModel

/// Prints a line for each kernel.
func benchKernels(threads: Int = 2) {
  print("kernels, OpenBLAS kernels \(BLAS.coreName)")
  benchProducts(threads)
  benchOptimizer(threads)
  benchGeneration(threads)
}

/// `c = a·bᵀ` in the shapes of the fixture's layers.
private func benchProducts(_ threads: Int) {
  for (m, n, k) in [(4096, 512, 256), (4096, 1536, 256), (4096, 256, 768), (1024, 1024, 1024)] {
    let a = [Float](repeating: 0.5, count: m * k)
    let b = [Float](repeating: 0.25, count: n * k)
    var c = [Float](repeating: 0, count: m * n)
    for count in Set([1, threads]).sorted() {
      let times = BLAS.withThreads(count) {
        benchTimes(9) {
          cblas_sgemm(
            CblasRowMajor, CblasNoTrans, CblasTrans, Int32(m), Int32(n), Int32(k), 1, a, Int32(k),
            b, Int32(k), 0, &c, Int32(n))
        }
      }
      let rate = 2 * Double(m) * Double(n) * Double(k) / times.median * 1e-9
      print(
        "  sgemm \(m)×\(n)×\(k), \(count) threads".padded(36)
          + "\(benchNumber(rate, 1, width: 9)) GFLOP/s")
    }
  }
}

/// AdamW and the norm over eight million weights.
private func benchOptimizer(_ threads: Int) {
  let count = 8 << 20
  let arenas = (0..<4).map { _ in
    let arena = UnsafeMutableBufferPointer<Float>.allocate(capacity: count)
    arena.initialize(repeating: 1e-3)
    return arena
  }
  defer { for arena in arenas { arena.deallocate() } }
  var step = 0
  let update = benchTimes(9) {
    step += 1
    AdamW().update(
      parameters: arenas[0], gradients: arenas[1], firstMoments: arenas[2],
      secondMoments: arenas[3], decaying: 0..<count / 2, learningRate: 1e-6, step: step,
      threads: threads)
  }
  let norm = benchTimes(9) { _ = euclideanNorm(arenas[1], threads: threads) }
  let finite = benchTimes(9) { _ = nonFiniteCount(arenas[1], threads: threads) }
  for (name, times) in [("AdamW", update), ("norm", norm), ("non-finite count", finite)] {
    let each = times.median / Double(count) * 1e9
    print("  \(name)".padded(36) + "\(benchNumber(each, 3, width: 9)) ns a weight")
  }
}

/// Greedy tokens a second behind a prompt.
private func benchGeneration(_ threads: Int) {
  guard let update = try? BenchUpdate(benchConfig(), threads: threads) else { return }
  let prompt = (0..<256).map { Int32($0) }
  let times = benchTimes(5) {
    _ = try? update.model.generate(prompt: prompt, options: SamplingOptions(maxNewTokens: 64))
  }
  print(
    "  generation behind 256 tokens".padded(36)
      + "\(benchNumber(64 / times.median, 1, width: 9)) tokens/s")
}
