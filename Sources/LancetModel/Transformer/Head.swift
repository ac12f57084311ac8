// The head: final norm, logits and log-softmax of the rows that predict a scored token, and of no other. Logits are held for
// as many columns of the vocabulary as fit a budget, so that a large vocabulary costs no memory.

import Glibc

extension Transformer {
  /// The log-probability of every target, by slot.
  func forwardHead(_ batch: PackedBatch, _ shape: WorkspaceShape) -> [Float] {
    var scores = [Float](repeating: 0, count: batch.scoreCount)
    guard !batch.headRows.isEmpty else { return scores }
    let base = workspace.pointer
    let hidden = widths.hidden
    let ranges = workers.ranges(batch.headRows.count, most: WorkspaceShape.chunkRows)
    let x = base + shape.inputs[widths.layers]
    let finalNorm = parameters.firstElement + offsets.finalNorm
    for first in stride(from: 0, to: widths.vocabulary, by: shape.logitColumns) {
      let columns = first..<min(widths.vocabulary, first + shape.logitColumns)
      workers.run(ranges.count) { slot, piece in
        timed(profile, slot, .head) {
          let rows = ranges[piece]
          if first == 0 {
            let input = base + shape.headInput
            for row in rows {
              (input + row * hidden).update(from: x + batch.headRows[row] * hidden, count: hidden)
            }
            rmsNormForward(
              input + rows.lowerBound * hidden, xStride: hidden, weight: finalNorm,
              epsilon: config.rmsEpsilon, into: base + shape.headNormed + rows.lowerBound * hidden,
              yStride: hidden, rows: rows.count, width: hidden)
          }
          computeLogits(rows, columns, shape)
          for row in rows { fold(row, columns, batch, shape) }
        }
      }
    }
    let maxima = base + shape.headMaxima
    let sums = base + shape.headSums
    for row in batch.headRows.indices {
      let logSum = Double(maxima[row]) + log(Double(sums[row]))
      for target in batch.headTargets[row] {
        scores[batch.targets[target].slot] = Float(
          Double(base[shape.targetLogits + target]) - logSum)
      }
    }
    return scores
  }

  /// logits = normed·Wᵀ for some rows and columns.
  private func computeLogits(_ rows: Range<Int>, _ columns: Range<Int>, _ shape: WorkspaceShape) {
    let base = workspace.pointer
    let hidden = widths.hidden
    let head = parameters.firstElement + offsets.head
    multiply(
      m: rows.count, n: columns.count, k: hidden,
      MatrixRef(base + shape.headNormed + rows.lowerBound * hidden, stride: hidden),
      MatrixRef(head + columns.lowerBound * hidden, stride: hidden).transpose,
      into: base + shape.logits + rows.lowerBound * shape.logitColumns,
      stride: shape.logitColumns)
  }

  /// Takes some columns of one row into its running maximum and sum, and picks its targets' logits.
  private func fold(
    _ row: Int, _ columns: Range<Int>, _ batch: PackedBatch, _ shape: WorkspaceShape
  ) {
    let base = workspace.pointer
    let line = base + shape.logits + row * shape.logitColumns
    let isFirst = columns.lowerBound == 0
    let old = isFirst ? -Float.infinity : base[shape.headMaxima + row]
    let top = max(old, largest(line, columns.count))
    let sum = exponentialSum(line, minus: top, columns.count)
    base[shape.headMaxima + row] = top
    base[shape.headSums + row] =
      isFirst ? sum : base[shape.headSums + row] * expf(old - top) + sum
    for target in batch.headTargets[row] {
      let token = Int(batch.targets[target].token)
      if columns.contains(token) {
        base[shape.targetLogits + target] = line[token - columns.lowerBound]
      }
    }
  }

  /// Gradients of head and final norm, and the gradient of the residual stream in `shape.dStream`.
  ///
  /// Rows whose coefficients are all zero are left out. False when all are, so that nothing is left to do.
  func backwardHead(_ batch: PackedBatch, _ shape: WorkspaceShape, _ coefficients: [Float]) -> Bool
  {
    let active = batch.headRows.indices.filter { row in
      batch.headTargets[row].contains { coefficients[batch.targets[$0].slot] != 0 }
    }
    guard !active.isEmpty else { return false }
    let base = workspace.pointer
    let hidden = widths.hidden
    let keepsLogits = shape.keepsLogits(widths)
    if active.count < batch.headRows.count { compact(active, shape, keepsLogits: keepsLogits) }
    let head = parameters.firstElement + offsets.head
    let headGradient = gradients.firstElement + offsets.head
    let ranges = workers.ranges(active.count, most: WorkspaceShape.chunkRows)
    for first in stride(from: 0, to: widths.vocabulary, by: shape.logitColumns) {
      let columns = first..<min(widths.vocabulary, first + shape.logitColumns)
      workers.run(ranges.count) { slot, piece in
        timed(profile, slot, .head) {
          let rows = ranges[piece]
          if !keepsLogits { computeLogits(rows, columns, shape) }
          for row in rows {
            logitGradients(row, of: active[row], columns, batch, shape, coefficients)
          }
          multiply(
            m: rows.count, n: hidden, k: columns.count,
            MatrixRef(
              base + shape.logits + rows.lowerBound * shape.logitColumns,
              stride: shape.logitColumns),
            MatrixRef(head + first * hidden, stride: hidden), keep: first == 0 ? 0 : 1,
            into: base + shape.dHead + rows.lowerBound * hidden, stride: hidden)
        }
      }
      let tiles = workers.ranges(columns.count, most: columns.count)
      workers.run(tiles.count) { slot, piece in
        timed(profile, slot, .head) {
          let tile = tiles[piece]
          multiply(
            m: tile.count, n: hidden, k: active.count,
            MatrixRef(base + shape.logits + tile.lowerBound, stride: shape.logitColumns).transpose,
            MatrixRef(base + shape.headNormed, stride: hidden), keep: 1,
            into: headGradient + (first + tile.lowerBound) * hidden, stride: hidden)
        }
      }
    }
    (base + shape.dStream).update(repeating: 0, count: batch.rows * hidden)
    clearPartials(ranges.count, shape)
    let finalNorm = parameters.firstElement + offsets.finalNorm
    workers.run(ranges.count) { slot, piece in
      timed(profile, slot, .head) {
        let rows = ranges[piece]
        let dy = base + shape.dHead + rows.lowerBound * hidden
        rmsNormBackward(
          dy, dyStride: hidden, x: base + shape.headInput + rows.lowerBound * hidden,
          xStride: hidden, weight: finalNorm, epsilon: config.rmsEpsilon, residual: nil,
          into: dy, dxStride: hidden,
          weightGradient: base + shape.partials + piece * shape.partialStride, rows: rows.count,
          width: hidden)
        for row in rows {
          (base + shape.dStream + batch.headRows[active[row]] * hidden).update(
            from: base + shape.dHead + row * hidden, count: hidden)
        }
      }
    }
    addPartials(ranges.count, shape, from: 0, hidden, to: offsets.finalNorm)
    return true
  }

  /// Moves the rows that matter to the front.
  private func compact(_ active: [Int], _ shape: WorkspaceShape, keepsLogits: Bool) {
    let base = workspace.pointer
    for (row, source) in active.enumerated() where row != source {
      func move(_ offset: Int, _ width: Int) {
        (base + offset + row * width).update(from: base + offset + source * width, count: width)
      }
      move(shape.headInput, widths.hidden)
      move(shape.headNormed, widths.hidden)
      move(shape.headMaxima, 1)
      move(shape.headSums, 1)
      if keepsLogits { move(shape.logits, shape.logitColumns) }
    }
  }

  /// logits → d loss / d logits = Σ coefficient·(onehot − softmax), for some columns of one row.
  private func logitGradients(
    _ row: Int, of headRow: Int, _ columns: Range<Int>, _ batch: PackedBatch,
    _ shape: WorkspaceShape, _ coefficients: [Float]
  ) {
    let base = workspace.pointer
    let line = base + shape.logits + row * shape.logitColumns
    var total: Float = 0
    for target in batch.headTargets[headRow] {
      total += coefficients[batch.targets[target].slot]
    }
    softmaxScaled(
      line, minus: base[shape.headMaxima + row],
      by: Float(-Double(total) / Double(base[shape.headSums + row])), columns.count)
    for target in batch.headTargets[headRow] {
      let token = Int(batch.targets[target].token)
      if columns.contains(token) {
        line[token - columns.lowerBound] += coefficients[batch.targets[target].slot]
      }
    }
  }
}

/// Σ exp(x − top).
///
/// Runs of 64 are summed in single precision and the runs in double: thousands of small terms, each less than half a
/// unit in the last place of the largest, would vanish beside it, and every log-probability come out too large.
@inline(__always)
func exponentialSum(_ x: UnsafePointer<Float>, minus top: Float, _ count: Int) -> Float {
  var total = SIMD8<Double>()
  var i = 0
  while i + 8 <= count {
    let end = min(i + 64, count - count % 8)
    var sums = Lanes()
    while i < end {
      sums += exponential(load(x + i, 8) - top)
      i += 8
    }
    total += SIMD8<Double>(sums)
  }
  var sum = total.sum()
  while i < count {
    sum += Double(expf(x[i] - top))
    i += 1
  }
  return Float(sum)
}

/// x = factor·exp(x − top).
///
/// Divided by the sum of the same exponentials, not by eˡᵒᵍ of it: the rounding of one logarithm of about 20 would scale
/// a whole row, and what should add up to nothing over the vocabulary would be a gradient of its own.
@inline(__always)
func softmaxScaled(
  _ x: UnsafeMutablePointer<Float>, minus top: Float, by factor: Float, _ count: Int
) {
  var i = 0
  while i < count {
    store(exponential(load(x + i, count - i) - top) * factor, x + i, count - i)
    i += 8
  }
}
