// A whole update of the fixture's model (forward and backward of both answers of eight pairs, norm, AdamW) against the rate of
// the matrix product alone on the same shapes, in the same process; and what sharing the beginning of two rows gains.

import COpenBLAS
import Glibc
import LancetModel

/// Seconds of a monotonic clock.
func benchClock() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
}

/// The median, least and greatest of several timings of `body`, in seconds.
func benchTimes(_ runs: Int, _ body: () -> Void) -> (median: Double, least: Double, most: Double) {
  body()
  let times = (0..<max(1, runs)).map { _ in
    let start = benchClock()
    body()
    return benchClock() - start
  }.sorted()
  return (times[times.count / 2], times[0], times[times.count - 1])
}

/// A number with `places` decimals, right-aligned in `width` columns.
func benchNumber(_ value: Double, _ places: Int, width: Int = 0) -> String {
  let text = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { buffer in
    withVaList([value]) { _ = vsnprintf(buffer.baseAddress, 64, "%.\(places)f", $0) }
    return buffer.baseAddress.map { String(cString: $0) } ?? ""
  }
  return String(repeating: " ", count: max(0, width - text.utf8.count)) + text
}

/// The shape of the parity fixture's model.
func benchConfig() -> ModelConfig {
  ModelConfig(
    architecture: .qwen3, vocabularySize: 2048, hiddenSize: 256, intermediateSize: 768, layers: 6,
    heads: 4, kvHeads: 2, headDim: 64, ropeTheta: 1e6, tiedEmbeddings: false, maxPositions: 4096)
}

/// Pairs like the fixture's: a prompt, then answers that share `shared` tokens and go on alone.
func benchTrees(pairs: Int, prompt: Int, shared: Int, branch: Int, vocabulary: Int) -> [TokenTree] {
  var random = SplitMix64(seed: 1)
  func tokens(_ mean: Int) -> [Int32] {
    let count = mean * 3 / 4 + Int(random.next() % UInt64(mean / 2 + 1))
    return (0..<count).map { _ in Int32(random.next() % UInt64(vocabulary)) }
  }
  return (0..<pairs).map { _ in
    let question = tokens(prompt)
    return TokenTree(
      shared: question + tokens(shared), branches: [tokens(branch), tokens(branch)],
      scoreFrom: question.count)
  }
}

/// The rows of trees one by one.
func benchPlainRows(_ trees: [TokenTree]) -> [TokenTree] {
  trees.flatMap { tree in
    tree.branches.map { TokenTree(shared: tree.shared + $0, scoreFrom: tree.scoreFrom) }
  }
}

/// A model and its optimizer, ready to be updated.
final class BenchUpdate {
  let model: Transformer
  let first: UnsafeMutableBufferPointer<Float>
  let second: UnsafeMutableBufferPointer<Float>
  var step = 0

  init(_ config: ModelConfig, threads: Int) throws {
    model = try Transformer(config, threads: threads)
    var random = SplitMix64(seed: 2)
    for index in model.parameters.indices {
      model.parameters[index] = Float(random.nextUnit() - 0.5) * 0.07
    }
    for entry in model.layout.entries where !entry.decays {
      for index in entry.range { model.parameters[index] = 1 }
    }
    first = .allocate(capacity: model.layout.count)
    first.initialize(repeating: 0)
    second = .allocate(capacity: model.layout.count)
    second.initialize(repeating: 0)
  }

  deinit {
    first.deallocate()
    second.deallocate()
  }

  /// Forward, backward, norm, optimizer.
  func run(_ trees: [TokenTree]) {
    guard let scores = try? model.forward(trees, keepForBackward: true) else { return }
    let coefficients = scores.map { score in
      TreeLogProbs(
        shared: score.shared.map { _ in 1e-3 },
        branches: score.branches.enumerated().map { index, branch in
          branch.map { _ in index == 0 ? -1e-2 : 1e-2 }
        })
    }
    model.zeroGradients()
    model.backward(coefficients)
    let norm = euclideanNorm(model.gradients, threads: model.threads)
    step += 1
    AdamW().update(
      parameters: model.parameters, gradients: model.gradients, firstMoments: first,
      secondMoments: second, decaying: model.layout.decaying, learningRate: 1e-6, step: step,
      gradientScale: Float(min(1, 1 / (norm + 1e-6))), threads: model.threads)
  }
}

/// The rate of `cblas_sgemm` with all threads over the products of one update, weighted as they occur, in operations a second.
func benchProductRate(_ config: ModelConfig, rows: Int, threads: Int) -> Double {
  let qkv = (config.heads + 2 * config.kvHeads) * config.headDim
  let queries = config.heads * config.headDim
  let shapes = [
    (qkv, config.hiddenSize), (config.hiddenSize, queries),
    (2 * config.intermediateSize, config.hiddenSize), (config.hiddenSize, config.intermediateSize),
  ]
  let widest = shapes.reduce(0) { max($0, max($1.0, $1.1)) }
  let a = [Float](repeating: 0.5, count: rows * widest)
  let w = [Float](repeating: 0.25, count: widest * widest)
  var c = [Float](repeating: 0, count: max(rows, widest) * widest)
  var operations = 0.0
  var seconds = 0.0
  BLAS.withThreads(threads) {
    for (n, k) in shapes {
      let r = Int32(rows)
      let out = Int32(n)
      let into = Int32(k)
      operations += 6 * Double(rows) * Double(n) * Double(k)
      seconds +=
        benchTimes(9) {
          cblas_sgemm(
            CblasRowMajor, CblasNoTrans, CblasTrans, r, out, into, 1, a, into, w, into, 0, &c, out)
        }.median
      seconds +=
        benchTimes(9) {
          cblas_sgemm(
            CblasRowMajor, CblasNoTrans, CblasNoTrans, r, into, out, 1, a, out, w, into, 0, &c, into
          )
        }.median
      seconds +=
        benchTimes(9) {
          cblas_sgemm(
            CblasRowMajor, CblasTrans, CblasNoTrans, out, into, r, 1, a, out, a, into, 0, &c, into)
        }.median
    }
  }
  return operations / seconds
}

/// Prints the rates, the breakdown and the gain of sharing.
func benchTransformer(threads: Int = 2, runs: Int = 9) {
  let config = benchConfig()
  guard let update = try? BenchUpdate(config, threads: threads) else {
    return print("transformer: no memory")
  }
  print("transformer, fixture shape, \(threads) threads, OpenBLAS kernels \(BLAS.coreName)")
  let trees = benchTrees(
    pairs: 8, prompt: 70, shared: 170, branch: 120, vocabulary: config.vocabularySize)
  let plain = benchPlainRows(trees)
  let rows = trees.reduce(0) { $0 + $1.tokenCount }
  let plainRows = plain.reduce(0) { $0 + $1.tokenCount }
  let rate = benchProductRate(config, rows: rows, threads: threads)
  let operations = update.model.matrixOperations(trees)
  let packed = benchTimes(runs) { update.run(trees) }
  let rateAfter = benchProductRate(config, rows: rows, threads: threads)
  let product = (rate + rateAfter) / 2
  let share = operations / packed.median / product
  print("  rows packed \(rows), plain \(plainRows)")
  print("  sgemm          \(benchNumber(product * 1e-9, 1, width: 8)) GFLOP/s")
  print("  update         \(benchNumber(operations / packed.median * 1e-9, 1, width: 8)) GFLOP/s")
  print("  share of sgemm \(benchNumber(share * 100, 1, width: 8)) %")
  print(
    "  update \(benchNumber(packed.median * 1e3, 1)) ms (\(benchNumber(packed.least * 1e3, 1)) to "
      + "\(benchNumber(packed.most * 1e3, 1))), \(benchNumber(8 / packed.median, 2)) pairs/s, "
      + "\(benchNumber(Double(rows) / packed.median, 0)) packed tokens/s")
  let parts = update.model.profiled { update.run(trees) }
  for kind in KernelKind.allCases {
    let seconds = (parts[kind] ?? 0) / Double(threads)
    print(
      "    \(kind.rawValue) \(kind)".padded(24)
        + "\(benchNumber(seconds * 1e3, 2, width: 9)) ms "
        + "\(benchNumber(seconds / packed.median * 100, 1, width: 6)) %")
  }
  let optimizer = benchTimes(runs) {
    update.step += 1
    AdamW().update(
      parameters: update.model.parameters, gradients: update.model.gradients,
      firstMoments: update.first, secondMoments: update.second,
      decaying: update.model.layout.decaying, learningRate: 1e-6, step: update.step,
      threads: threads)
  }
  let norm = benchTimes(runs) { _ = euclideanNorm(update.model.gradients, threads: threads) }
  print("    AdamW".padded(24) + "\(benchNumber(optimizer.median * 1e3, 2, width: 9)) ms")
  print("    norm".padded(24) + "\(benchNumber(norm.median * 1e3, 2, width: 9)) ms")
  let separate = benchTimes(runs) { update.run(plain) }
  let gain = separate.median / packed.median
  let most = Double(plainRows) / Double(rows)
  print(
    "  sharing: \(benchNumber(gain, 3)) times as fast as plain rows, of \(benchNumber(most, 3)) "
      + "possible (\(benchNumber(gain / most * 100, 1)) %)")
}

extension String {
  /// The text followed by spaces up to a width.
  func padded(_ width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - utf8.count))
  }
}
