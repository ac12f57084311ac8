// One layer backward, step by step the reverse of ForwardLayer. Gradients of weights are one product over all rows each; the
// gradients of norms and biases are summed a chunk at a time and the chunks added in order, so that sums never depend on luck.

extension Transformer {
  /// From the gradient of the layer's output in `shape.dStream` to that of its input, in the same place.
  func backwardLayer(_ layer: Int, _ batch: PackedBatch, _ shape: WorkspaceShape) {
    let base = workspace.pointer
    let held = shape.layers[layer]
    let at = offsets.layers[layer]
    let hidden = widths.hidden
    let ranges = workers.ranges(batch.rows, most: WorkspaceShape.chunkRows)

    clearPartials(ranges.count, shape)
    workers.run(ranges.count) { slot, piece in
      backwardMLP(layer, rows: ranges[piece], piece, batch, shape, slot)
    }
    addPartials(ranges.count, shape, from: 0, hidden, to: at.postNorm)
    if let bias = at.outputBias {
      addPartials(ranges.count, shape, from: hidden, hidden, to: bias)
    }
    weightGradients(
      batch.rows,
      [
        WeightProduct(
          dy: base + shape.dStream, dyWidth: hidden, input: base + shape.activation,
          inputWidth: widths.intermediate, gradient: at.down),
        WeightProduct(
          dy: base + held.gateUp, dyWidth: 2 * widths.intermediate,
          input: base + shape.normed, inputWidth: hidden, gradient: at.gateUp),
        WeightProduct(
          dy: base + shape.dMiddle, dyWidth: hidden, input: base + held.attention,
          inputWidth: widths.queries, gradient: at.output),
      ])

    workers.run(batch.treeBlocks.count * widths.kvHeads) { slot, piece in
      backwardAttention(
        keyHead: piece % widths.kvHeads, batch.treeBlocks[piece / widths.kvHeads], batch, shape,
        held, slot)
    }

    clearPartials(ranges.count, shape)
    workers.run(ranges.count) { slot, piece in
      backwardQKV(layer, rows: ranges[piece], piece, batch, shape, slot)
    }
    addPartials(ranges.count, shape, from: 0, hidden, to: at.inputNorm)
    if let queryNorm = at.queryNorm, let keyNorm = at.keyNorm {
      addPartials(ranges.count, shape, from: hidden, widths.headDim, to: queryNorm)
      addPartials(
        ranges.count, shape, from: hidden + widths.headDim, widths.headDim, to: keyNorm)
    }
    if let bias = at.qkvBias {
      addPartials(ranges.count, shape, from: hidden + 2 * widths.headDim, widths.qkv, to: bias)
    }
    weightGradients(
      batch.rows,
      [
        WeightProduct(
          dy: base + shape.dQKV, dyWidth: widths.qkv, input: base + shape.normed,
          inputWidth: hidden, gradient: at.qkv)
      ])
  }

  /// Through the feed-forward half of some rows, and on to the gradient of attention's output.
  private func backwardMLP(
    _ layer: Int, rows: Range<Int>, _ piece: Int, _ batch: PackedBatch, _ shape: WorkspaceShape,
    _ slot: Int
  ) {
    let base = workspace.pointer
    let held = shape.layers[layer]
    let at = offsets.layers[layer]
    let weights = parameters.firstElement
    let hidden = widths.hidden
    let inner = widths.intermediate
    let count = rows.count
    let dy = base + shape.dStream + rows.lowerBound * hidden
    let gateUp = base + held.gateUp + rows.lowerBound * 2 * inner
    let middle = base + held.middle + rows.lowerBound * hidden
    let dMiddle = base + shape.dMiddle + rows.lowerBound * hidden
    let dNormed = base + shape.scratch + slot * shape.scratchStride
    let dActivation = dNormed + WorkspaceShape.chunkRows * hidden
    let partial = base + shape.partials + piece * shape.partialStride
    timed(profile, slot, .projections) {
      multiply(
        m: count, n: inner, k: hidden, MatrixRef(dy, stride: hidden),
        MatrixRef(weights + at.down, stride: inner), into: dActivation, stride: inner)
    }
    timed(profile, slot, .activation) {
      swigluBackward(
        gateUp, dAct: dActivation, act: base + shape.activation + rows.lowerBound * inner,
        rows: count, width: inner)
    }
    timed(profile, slot, .projections) {
      multiply(
        m: count, n: hidden, k: 2 * inner, MatrixRef(gateUp, stride: 2 * inner),
        MatrixRef(weights + at.gateUp, stride: hidden), into: dNormed, stride: hidden)
    }
    timed(profile, slot, .norms) {
      rmsNormForward(
        middle, xStride: hidden, weight: weights + at.postNorm, epsilon: config.rmsEpsilon,
        into: base + shape.normed + rows.lowerBound * hidden, yStride: hidden, rows: count,
        width: hidden)
      rmsNormBackward(
        dNormed, dyStride: hidden, x: middle, xStride: hidden, weight: weights + at.postNorm,
        epsilon: config.rmsEpsilon, residual: dy, into: dMiddle, dxStride: hidden,
        weightGradient: partial, rows: count, width: hidden)
      if at.outputBias != nil {
        for row in 0..<count { add(dMiddle + row * hidden, to: partial + hidden, hidden) }
      }
    }
    timed(profile, slot, .projections) {
      multiply(
        m: count, n: widths.queries, k: hidden, MatrixRef(dMiddle, stride: hidden),
        MatrixRef(weights + at.output, stride: widths.queries),
        into: base + shape.dAttention + rows.lowerBound * widths.queries,
        stride: widths.queries)
    }
    rotateQKV(
      layer, rows: rows, positions: batch.positions, qkv: base + held.qkv,
      into: base + shape.rotated, slot)
    (base + shape.dQKV + rows.lowerBound * widths.qkv).update(
      repeating: 0, count: count * widths.qkv)
  }

  /// The gradients of the queries, keys and values of one tree and one head of keys.
  private func backwardAttention(
    keyHead: Int, _ blocks: Range<Int>, _ batch: PackedBatch, _ shape: WorkspaceShape,
    _ held: WorkspaceShape.Layer, _ slot: Int
  ) {
    timed(profile, slot, .attention) {
      let base = workspace.pointer
      let width = widths.headDim
      let dRow = base + shape.dQKV
      for head in keyHead * widths.group..<(keyHead + 1) * widths.group {
        let matrices = headMatrices(head, shape, held)
        let gradients = HeadGradients(
          out: base + held.attention + head * width,
          dOut: base + shape.dAttention + head * width, outStride: widths.queries,
          logSums: base + held.logSums + head, logSumStride: widths.heads,
          queries: dRow + head * width, keys: dRow + widths.queries + keyHead * width,
          values: dRow + widths.queries + widths.keys + keyHead * width, stride: widths.qkv)
        for block in blocks {
          attentionBackward(
            batch.blocks[block], matrices, gradients,
            scratch: base + shape.scratch + slot * shape.scratchStride)
        }
      }
    }
  }

  /// Back through rotation, head norms, the projection and the norm of the layer's input, for some rows.
  private func backwardQKV(
    _ layer: Int, rows: Range<Int>, _ piece: Int, _ batch: PackedBatch, _ shape: WorkspaceShape,
    _ slot: Int
  ) {
    let base = workspace.pointer
    let at = offsets.layers[layer]
    let weights = parameters.firstElement
    let hidden = widths.hidden
    let count = rows.count
    let dNormed = base + shape.scratch + slot * shape.scratchStride
    let partial = base + shape.partials + piece * shape.partialStride
    timed(profile, slot, .rotation) {
      rotateQKVBack(layer, rows, batch.positions, shape, partial + hidden)
      if at.qkvBias != nil {
        for row in rows {
          add(
            base + shape.dQKV + row * widths.qkv, to: partial + hidden + 2 * widths.headDim,
            widths.qkv)
        }
      }
    }
    timed(profile, slot, .projections) {
      multiply(
        m: count, n: hidden, k: widths.qkv,
        MatrixRef(base + shape.dQKV + rows.lowerBound * widths.qkv, stride: widths.qkv),
        MatrixRef(weights + at.qkv, stride: hidden), into: dNormed, stride: hidden)
    }
    timed(profile, slot, .norms) {
      let x = base + shape.inputs[layer] + rows.lowerBound * hidden
      rmsNormForward(
        x, xStride: hidden, weight: weights + at.inputNorm, epsilon: config.rmsEpsilon,
        into: base + shape.normed + rows.lowerBound * hidden, yStride: hidden, rows: count,
        width: hidden)
      rmsNormBackward(
        dNormed, dyStride: hidden, x: x, xStride: hidden, weight: weights + at.inputNorm,
        epsilon: config.rmsEpsilon, residual: base + shape.dMiddle + rows.lowerBound * hidden,
        into: base + shape.dStream + rows.lowerBound * hidden, dxStride: hidden,
        weightGradient: partial, rows: count, width: hidden)
    }
  }

  /// The gradients of rotated queries and keys → those before rotation and norm, in place; `normGradients` are the sums for
  /// the norm of queries, then of keys.
  private func rotateQKVBack(
    _ layer: Int, _ rows: Range<Int>, _ positions: [Int32], _ shape: WorkspaceShape,
    _ normGradients: UnsafeMutablePointer<Float>
  ) {
    let base = workspace.pointer
    let at = offsets.layers[layer]
    let weights = parameters.firstElement
    let width = widths.headDim
    let qkv = base + shape.layers[layer].qkv
    rope.cosines.withUnsafeBufferPointer { cosines in
      rope.sines.withUnsafeBufferPointer { sines in
        for row in rows {
          let dRow = base + shape.dQKV + row * widths.qkv
          let raw = qkv + row * widths.qkv
          let angle = Int(positions[row]) * rope.half
          for head in 0..<widths.heads + widths.kvHeads {
            rotateBack(
              dRow + head * width, cosines: cosines.firstElement + angle,
              sines: sines.firstElement + angle, half: rope.half)
          }
          guard let queryNorm = at.queryNorm, let keyNorm = at.keyNorm else { continue }
          rmsNormBackward(
            dRow, dyStride: width, x: raw, xStride: width, weight: weights + queryNorm,
            epsilon: config.rmsEpsilon, residual: nil, into: dRow, dxStride: width,
            weightGradient: normGradients, rows: widths.heads, width: width)
          rmsNormBackward(
            dRow + widths.queries, dyStride: width, x: raw + widths.queries, xStride: width,
            weight: weights + keyNorm, epsilon: config.rmsEpsilon, residual: nil,
            into: dRow + widths.queries, dxStride: width, weightGradient: normGradients + width,
            rows: widths.kvHeads, width: width)
        }
      }
    }
  }

  /// gradient[dyWidth × inputWidth] += dyᵀ·input, over all rows.
  struct WeightProduct {
    var dy: UnsafePointer<Float>
    var dyWidth: Int
    var input: UnsafePointer<Float>
    var inputWidth: Int
    /// Where the weight lies in the arena.
    var gradient: Int
  }

  /// Several such products, each divided among the threads by rows of the weight.
  private func weightGradients(_ rows: Int, _ products: [WeightProduct]) {
    let target = gradients.firstElement
    let pieces = products.flatMap { product in
      workers.ranges(product.dyWidth, most: product.dyWidth).map { (product, $0) }
    }
    workers.run(pieces.count) { slot, piece in
      timed(profile, slot, .weightGradients) {
        let (product, part) = pieces[piece]
        multiply(
          m: part.count, n: product.inputWidth, k: rows,
          MatrixRef(product.dy + part.lowerBound, stride: product.dyWidth).transpose,
          MatrixRef(product.input, stride: product.inputWidth), keep: 1,
          into: target + product.gradient + part.lowerBound * product.inputWidth,
          stride: product.inputWidth)
      }
    }
  }

  /// Zeroes the sums of `chunks` chunks.
  func clearPartials(_ chunks: Int, _ shape: WorkspaceShape) {
    (workspace.pointer + shape.partials).update(
      repeating: 0, count: chunks * shape.partialStride)
  }

  /// Adds a column range of all chunks' sums, in order, to a gradient.
  func addPartials(
    _ chunks: Int, _ shape: WorkspaceShape, from column: Int, _ count: Int, to gradient: Int
  ) {
    for chunk in 0..<chunks {
      add(
        workspace.pointer + shape.partials + chunk * shape.partialStride + column,
        to: gradients.firstElement + gradient, count)
    }
  }

  /// The embedding's rows get the gradients of the rows that looked them up, but for the padding's row.
  ///
  /// Transformers gives `pad_token_id` to its embedding, which leaves that row alone; where padding is the end of a turn
  /// as well (SmolLM2), the row is looked up in every text, and is trained by a tied head only.
  func addEmbeddingGradient(_ batch: PackedBatch, dStream: UnsafePointer<Float>) {
    timed(profile, 0, .embedding) {
      let target = gradients.firstElement + offsets.embedding
      let padding = config.padTokenID.map(Int32.init)
      for (row, token) in batch.tokens.enumerated() where token != padding {
        add(dStream + row * widths.hidden, to: target + Int(token) * widths.hidden, widths.hidden)
      }
    }
  }
}
