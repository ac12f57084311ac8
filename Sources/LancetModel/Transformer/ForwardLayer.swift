// One layer forward: x → x + attention(norm(x)) → … + mlp(norm(…)). Rows go through in chunks that stay in a core's cache.

import Glibc

extension Transformer {
  /// x[row] = embedding of the row's token.
  func embed(_ batch: PackedBatch, into x: UnsafeMutablePointer<Float>) {
    let embedding = parameters.firstElement + offsets.embedding
    for (row, token) in batch.tokens.enumerated() {
      (x + row * widths.hidden).update(
        from: embedding + Int(token) * widths.hidden, count: widths.hidden)
    }
  }

  /// Computes `shape.inputs[layer + 1]` and the activations of the layer from `shape.inputs[layer]`.
  func forwardLayer(_ layer: Int, _ batch: PackedBatch, _ shape: WorkspaceShape) {
    let base = workspace.pointer
    let held = shape.layers[layer]
    let ranges = workers.ranges(batch.rows, most: WorkspaceShape.chunkRows)
    workers.run(ranges.count) { slot, piece in
      let scratch = base + shape.scratch + slot * shape.scratchStride
      projectQKV(
        layer, rows: ranges[piece], x: base + shape.inputs[layer], normed: scratch,
        qkv: base + held.qkv, slot)
      rotateQKV(
        layer, rows: ranges[piece], positions: batch.positions, qkv: base + held.qkv,
        into: base + shape.rotated, slot)
    }
    let heads = widths.heads
    workers.run(batch.blocks.count * heads) { slot, piece in
      let head = piece % heads
      timed(profile, slot, .attention) {
        attentionForward(
          batch.blocks[piece / heads], headMatrices(head, shape, held),
          into: base + held.attention + head * widths.headDim, outStride: widths.queries,
          logSums: base + held.logSums + head, logSumStride: heads,
          scratch: base + shape.scratch + slot * shape.scratchStride)
      }
    }
    workers.run(ranges.count) { slot, piece in
      let scratch = base + shape.scratch + slot * shape.scratchStride
      finishLayer(
        layer, rows: ranges[piece], x: base + shape.inputs[layer], attention: base + held.attention,
        middle: base + held.middle, gateUp: base + held.gateUp,
        out: base + shape.inputs[layer + 1], scratch: scratch, slot)
    }
  }

  /// The queries, keys and values of one head in the workspace.
  func headMatrices(
    _ head: Int, _ shape: WorkspaceShape, _ held: WorkspaceShape.Layer
  ) -> HeadMatrices {
    let base = UnsafePointer(workspace.pointer)
    let width = widths.headDim
    let keyHead = head / widths.group
    let stride = widths.queries + widths.keys
    return HeadMatrices(
      queries: base + shape.rotated + head * width, queryStride: stride,
      keys: base + shape.rotated + widths.queries + keyHead * width, keyStride: stride,
      values: base + held.qkv + stride + keyHead * width, valueStride: widths.qkv, width: width,
      scale: 1 / Float(width).squareRoot())
  }

  /// qkv = norm(x)·Wᵀ + b for some rows; `normed` is scratch or, in the backward pass, kept.
  func projectQKV(
    _ layer: Int, rows: Range<Int>, x: UnsafePointer<Float>, normed: UnsafeMutablePointer<Float>,
    qkv: UnsafeMutablePointer<Float>, _ slot: Int
  ) {
    let weights = parameters.firstElement
    let at = offsets.layers[layer]
    let hidden = widths.hidden
    let out = qkv + rows.lowerBound * widths.qkv
    timed(profile, slot, .norms) {
      rmsNormForward(
        x + rows.lowerBound * hidden, xStride: hidden, weight: weights + at.inputNorm,
        epsilon: config.rmsEpsilon, into: normed, yStride: hidden, rows: rows.count, width: hidden)
    }
    timed(profile, slot, .projections) {
      multiply(
        m: rows.count, n: widths.qkv, k: hidden, MatrixRef(normed, stride: hidden),
        MatrixRef(weights + at.qkv, stride: hidden).transpose, into: out, stride: widths.qkv)
      if let bias = at.qkvBias {
        for row in 0..<rows.count { add(weights + bias, to: out + row * widths.qkv, widths.qkv) }
      }
    }
  }

  /// Queries and keys of some rows, normalized per head (Qwen3) and rotated to their positions.
  func rotateQKV(
    _ layer: Int, rows: Range<Int>, positions: [Int32], qkv: UnsafePointer<Float>,
    into rotated: UnsafeMutablePointer<Float>, _ slot: Int
  ) {
    let weights = parameters.firstElement
    let at = offsets.layers[layer]
    let width = widths.headDim
    let stride = widths.queries + widths.keys
    timed(profile, slot, .rotation) {
      rope.cosines.withUnsafeBufferPointer { cosines in
        rope.sines.withUnsafeBufferPointer { sines in
          for row in rows {
            let source = qkv + row * widths.qkv
            let target = rotated + row * stride
            if let queryNorm = at.queryNorm, let keyNorm = at.keyNorm {
              rmsNormForward(
                source, xStride: width, weight: weights + queryNorm, epsilon: config.rmsEpsilon,
                into: target, yStride: width, rows: widths.heads, width: width)
              rmsNormForward(
                source + widths.queries, xStride: width, weight: weights + keyNorm,
                epsilon: config.rmsEpsilon, into: target + widths.queries, yStride: width,
                rows: widths.kvHeads, width: width)
            } else {
              target.update(from: source, count: stride)
            }
            let angle = Int(positions[row]) * rope.half
            for head in 0..<widths.heads + widths.kvHeads {
              rotate(
                target + head * width, cosines: cosines.firstElement + angle,
                sines: sines.firstElement + angle, half: rope.half)
            }
          }
        }
      }
    }
  }

  /// middle = x + attention·Woᵀ, out = middle + (silu(gate)∘up)·Wdᵀ for some rows.
  func finishLayer(
    _ layer: Int, rows: Range<Int>, x: UnsafePointer<Float>, attention: UnsafePointer<Float>,
    middle: UnsafeMutablePointer<Float>, gateUp: UnsafeMutablePointer<Float>,
    out: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>, _ slot: Int
  ) {
    let weights = parameters.firstElement
    let at = offsets.layers[layer]
    let hidden = widths.hidden
    let inner = widths.intermediate
    let count = rows.count
    let x = x + rows.lowerBound * hidden
    let middle = middle + rows.lowerBound * hidden
    let out = out + rows.lowerBound * hidden
    let gateUp = gateUp + rows.lowerBound * 2 * inner
    let normed = scratch
    let activation = scratch + WorkspaceShape.chunkRows * hidden
    timed(profile, slot, .projections) {
      if UnsafePointer(middle) != x { middle.update(from: x, count: count * hidden) }
      multiply(
        m: count, n: hidden, k: widths.queries,
        MatrixRef(attention + rows.lowerBound * widths.queries, stride: widths.queries),
        MatrixRef(weights + at.output, stride: widths.queries).transpose, keep: 1, into: middle,
        stride: hidden)
      if let bias = at.outputBias {
        for row in 0..<count { add(weights + bias, to: middle + row * hidden, hidden) }
      }
    }
    timed(profile, slot, .norms) {
      rmsNormForward(
        middle, xStride: hidden, weight: weights + at.postNorm, epsilon: config.rmsEpsilon,
        into: normed, yStride: hidden, rows: count, width: hidden)
    }
    timed(profile, slot, .projections) {
      multiply(
        m: count, n: 2 * inner, k: hidden, MatrixRef(normed, stride: hidden),
        MatrixRef(weights + at.gateUp, stride: hidden).transpose, into: gateUp, stride: 2 * inner)
    }
    timed(profile, slot, .activation) {
      swigluForward(gateUp, into: activation, rows: count, width: inner)
    }
    timed(profile, slot, .projections) {
      if out != middle { out.update(from: middle, count: count * hidden) }
      multiply(
        m: count, n: hidden, k: inner, MatrixRef(activation, stride: inner),
        MatrixRef(weights + at.down, stride: inner).transpose, keep: 1, into: out, stride: hidden)
    }
  }
}

extension UnsafeBufferPointer {
  /// Where the elements begin; the buffer must have some.
  @inline(__always)
  var firstElement: UnsafePointer<Element> {
    if let baseAddress { return baseAddress }
    preconditionFailure("a buffer of no elements is read")
  }
}

extension UnsafeMutableBufferPointer {
  /// Where the elements begin; the buffer must have some.
  @inline(__always)
  var firstElement: UnsafeMutablePointer<Element> {
    if let baseAddress { return baseAddress }
    preconditionFailure("a buffer of no elements is read")
  }
}
