// Attention of one head in blocks: a block of queries against pieces of the keys, with a streaming softmax. No matrix of all
// queries by all keys ever exists; the backward pass makes the probabilities again from one number a query, the log-sum-exp.

import Glibc

/// The most queries of a block, and the most keys of a piece.
enum AttentionBlock {
  static let queries = 128
  static let keys = 512
  /// The floats of scratch memory that one thread needs.
  static let scratch = 2 * queries * keys + 2 * queries
}

/// Neighbouring rows that hold keys.
struct KeyRows {
  var first: Int
  var count: Int
  /// How many of them the first query of the block sees; each next query sees one more, up to `count`.
  var visible: Int
}

/// Neighbouring rows that hold queries, and the keys they see.
struct QueryBlock {
  var first: Int
  var count: Int
  /// The shared part of the tree, when the queries are of a branch.
  var shared: KeyRows?
  /// The part the queries belong to.
  var own: KeyRows

  /// Calls `body` for each piece of the keys: first row, number of keys, and how many of them the first query sees.
  @inline(__always)
  func forEachPiece(_ body: (_ first: Int, _ keys: Int, _ visible: Int) -> Void) {
    if let shared { pieces(shared, body) }
    pieces(own, body)
  }

  @inline(__always)
  private func pieces(_ span: KeyRows, _ body: (Int, Int, Int) -> Void) {
    let end = min(span.count, span.visible + count - 1)
    var start = 0
    while start < end {
      let keys = min(AttentionBlock.keys, end - start)
      body(span.first + start, keys, span.visible - start)
      start += keys
    }
  }
}

/// One head's matrices, a row a token; pointers are to row 0.
struct HeadMatrices {
  var queries: UnsafePointer<Float>
  var queryStride: Int
  var keys: UnsafePointer<Float>
  var keyStride: Int
  var values: UnsafePointer<Float>
  var valueStride: Int
  var width: Int
  var scale: Float
}

/// out = softmax(scale·q·kᵀ)·v for the queries of a block (row `block.first` of `out` and `logSums` onwards), and the
/// log-sum-exp of each query's scores.
func attentionForward(
  _ block: QueryBlock, _ head: HeadMatrices, into out: UnsafeMutablePointer<Float>, outStride: Int,
  logSums: UnsafeMutablePointer<Float>, logSumStride: Int, scratch: UnsafeMutablePointer<Float>
) {
  let rows = block.count
  let scores = scratch
  let maxima = scratch + 2 * AttentionBlock.queries * AttentionBlock.keys
  let sums = maxima + AttentionBlock.queries
  let out = out + block.first * outStride
  let queries = MatrixRef(
    head.queries + block.first * head.queryStride, stride: head.queryStride)
  var isFirst = true
  block.forEachPiece { first, keys, visible in
    multiply(
      m: rows, n: keys, k: head.width, scale: head.scale, queries,
      MatrixRef(head.keys + first * head.keyStride, stride: head.keyStride).transpose,
      into: scores, stride: keys)
    for row in 0..<rows {
      let line = scores + row * keys
      let seen = max(0, min(keys, visible + row))
      let old = isFirst ? -Float.infinity : maxima[row]
      let top = max(old, largest(line, seen))
      let sum = exponentials(line, minus: top, seen, clearing: keys)
      if isFirst {
        sums[row] = sum
      } else {
        let shrink = expf(old - top)
        sums[row] = sums[row] * shrink + sum
        if shrink != 1 { scale(out + row * outStride, by: shrink, head.width) }
      }
      maxima[row] = top
    }
    multiply(
      m: rows, n: head.width, k: keys, MatrixRef(scores, stride: keys),
      MatrixRef(head.values + first * head.valueStride, stride: head.valueStride),
      keep: isFirst ? 0 : 1, into: out, stride: outStride)
    isFirst = false
  }
  for row in 0..<rows {
    scale(out + row * outStride, by: 1 / sums[row], head.width)
    logSums[(block.first + row) * logSumStride] = maxima[row] + logf(sums[row])
  }
}

/// What the backward pass of one head reads and writes beside ``HeadMatrices``; pointers are to row 0.
struct HeadGradients {
  var out: UnsafePointer<Float>
  var dOut: UnsafePointer<Float>
  var outStride: Int
  var logSums: UnsafePointer<Float>
  var logSumStride: Int
  /// Written for the queries of the block.
  var queries: UnsafeMutablePointer<Float>
  /// Added to, for all keys the block sees.
  var keys: UnsafeMutablePointer<Float>
  var values: UnsafeMutablePointer<Float>
  var stride: Int
}

/// The derivative of ``attentionForward`` for one block: p = exp(s − logsum), dv += pᵀ·do, ds = p∘(do·vᵀ − rowsum(do∘o)),
/// dq = scale·ds·k, dk += scale·dsᵀ·q.
func attentionBackward(
  _ block: QueryBlock, _ head: HeadMatrices, _ gradients: HeadGradients,
  scratch: UnsafeMutablePointer<Float>
) {
  let rows = block.count
  let size = AttentionBlock.queries * AttentionBlock.keys
  let scores = scratch
  let dScores = scratch + size
  let means = scratch + 2 * size
  let queries = MatrixRef(
    head.queries + block.first * head.queryStride, stride: head.queryStride)
  let dOut = MatrixRef(
    gradients.dOut + block.first * gradients.outStride, stride: gradients.outStride)
  for row in 0..<rows {
    let offset = (block.first + row) * gradients.outStride
    means[row] = dot(gradients.out + offset, gradients.dOut + offset, head.width)
  }
  var keep: Float = 0
  block.forEachPiece { first, keys, visible in
    let keyRows = MatrixRef(head.keys + first * head.keyStride, stride: head.keyStride)
    let valueRows = MatrixRef(head.values + first * head.valueStride, stride: head.valueStride)
    multiply(
      m: rows, n: keys, k: head.width, scale: head.scale, queries, keyRows.transpose,
      into: scores, stride: keys)
    multiply(
      m: rows, n: keys, k: head.width, dOut, valueRows.transpose, into: dScores, stride: keys)
    for row in 0..<rows {
      probabilitiesAndSlopes(
        scores + row * keys, dScores + row * keys, seen: max(0, min(keys, visible + row)),
        count: keys, logSum: gradients.logSums[(block.first + row) * gradients.logSumStride],
        mean: means[row], scale: head.scale)
    }
    multiply(
      m: keys, n: head.width, k: rows, MatrixRef(scores, stride: keys).transpose, dOut,
      keep: 1, into: gradients.values + first * gradients.stride, stride: gradients.stride)
    multiply(
      m: rows, n: head.width, k: keys, MatrixRef(dScores, stride: keys), keyRows, keep: keep,
      into: gradients.queries + block.first * gradients.stride, stride: gradients.stride)
    multiply(
      m: keys, n: head.width, k: rows, MatrixRef(dScores, stride: keys).transpose, queries,
      keep: 1, into: gradients.keys + first * gradients.stride, stride: gradients.stride)
    keep = 1
  }
}

/// The largest of `count` floats; −∞ of none.
@inline(__always)
func largest(_ x: UnsafePointer<Float>, _ count: Int) -> Float {
  var best = Lanes(repeating: -.infinity)
  var i = 0
  while i + 8 <= count {
    let value = load(x + i, 8)
    best.replace(with: value, where: value .> best)
    i += 8
  }
  var top = best.max()
  while i < count {
    top = max(top, x[i])
    i += 1
  }
  return top
}

/// x = exp(x − top) for the first `seen` floats and 0 for the rest of `count`; the sum of the former.
@inline(__always)
func exponentials(
  _ x: UnsafeMutablePointer<Float>, minus top: Float, _ seen: Int, clearing count: Int
) -> Float {
  var sums = Lanes()
  var i = 0
  while i + 8 <= seen {
    let value = exponential(load(x + i, 8) - top)
    store(value, x + i, 8)
    sums += value
    i += 8
  }
  var sum = sums.sum()
  while i < seen {
    x[i] = expf(x[i] - top)
    sum += x[i]
    i += 1
  }
  while i < count {
    x[i] = 0
    i += 1
  }
  return sum
}

/// scores → p = exp(score − logSum), dScores → p·(dScore − mean)·scale; both 0 for keys that are not seen.
@inline(__always)
private func probabilitiesAndSlopes(
  _ scores: UnsafeMutablePointer<Float>, _ dScores: UnsafeMutablePointer<Float>, seen: Int,
  count: Int, logSum: Float, mean: Float, scale: Float
) {
  var i = 0
  while i + 8 <= seen {
    let p = exponential(load(scores + i, 8) - logSum)
    store(p, scores + i, 8)
    store(p * (load(dScores + i, 8) - mean) * scale, dScores + i, 8)
    i += 8
  }
  while i < seen {
    let p = expf(scores[i] - logSum)
    scores[i] = p
    dScores[i] = p * (dScores[i] - mean) * scale
    i += 1
  }
  while i < count {
    scores[i] = 0
    dScores[i] = 0
    i += 1
  }
}
