// Continues a prompt token by token. Keys and values of what was read are kept, so that each new token is one row of work.

import COpenBLAS
import Glibc

extension Transformer {
  /// Continues a prompt; `onToken` is called with each token and ends the generation by returning false.
  ///
  /// Uses up what a forward pass kept for its backward pass.
  public func generate(
    prompt: [Int32], options: SamplingOptions, onToken: (Int32) -> Bool = { _ in true }
  ) throws(TransformerError) -> Generation {
    guard !prompt.isEmpty else { throw .emptyPrompt }
    for id in prompt where id < 0 || Int(id) >= widths.vocabulary {
      throw .tokenOutOfRange(tree: 0, id: id, vocabulary: widths.vocabulary)
    }
    kept = nil
    var result = Generation(tokens: [], logProbs: [], end: .length)
    let (wanted, overflow) = prompt.count.addingReportingOverflow(max(0, options.maxNewTokens))
    if overflow { throw .tooLarge("new tokens") }
    // Behind its last position the model is not what it was trained to be.
    let limit = min(wanted, config.maxPositions)
    guard prompt.count <= config.maxPositions else {
      throw .promptTooLong(tokens: prompt.count, positions: config.maxPositions)
    }
    guard options.maxNewTokens > 0 else { return result }
    let reader = try TokenReader(self, capacity: prompt.count)
    var sampler = Sampler(options)
    sampler.note(prompt)
    var unread = prompt[...]
    while reader.length < limit {
      while !unread.isEmpty {
        let block = unread.prefix(AttentionBlock.queries)
        unread = unread.dropFirst(block.count)
        try reader.read(Array(block), wantsLogits: unread.isEmpty)
      }
      guard let drawn = sampler.draw(reader.logits) else {
        result.end = .nonFinite
        break
      }
      sampler.note([drawn.token])
      result.tokens.append(drawn.token)
      result.logProbs.append(drawn.logProb)
      let goesOn = onToken(drawn.token)
      if options.stopIDs.contains(drawn.token) {
        result.end = .stopToken
        break
      }
      if !goesOn {
        result.end = .cancelled
        break
      }
      if result.tokens.count == options.maxNewTokens { break }
      unread = [drawn.token]
    }
    return result
  }
}

/// Reads tokens in blocks and remembers the keys and values of all it has read.
private final class TokenReader {
  private let model: Transformer
  private let widths: Widths
  /// The rows of one block: residual stream, normed, qkv, rotated, attention, log-sums, gate and up, activation.
  private let rows: FloatBlock
  private let logitBlock: FloatBlock
  /// Per layer: keys [capacity × keys], then values.
  private var caches: [FloatBlock] = []
  private var capacity: Int
  private(set) var length = 0

  init(_ model: Transformer, capacity: Int) throws(TransformerError) {
    self.model = model
    widths = model.widths
    // Room for the prompt and a first answer; more is taken when it is needed.
    self.capacity = capacity + 256
    let width =
      2 * widths.hidden + 2 * widths.qkv + widths.queries + widths.heads
      + 3 * widths.intermediate
    rows = try FloatBlock(
      zeros: AttentionBlock.queries * width + model.threads * AttentionBlock.scratch,
      for: "generation")
    logitBlock = try FloatBlock(zeros: widths.vocabulary, for: "logits")
    for _ in 0..<widths.layers {
      caches.append(try FloatBlock(zeros: 2 * self.capacity * widths.keys, for: "keys and values"))
    }
  }

  var logits: UnsafeBufferPointer<Float> { UnsafeBufferPointer(logitBlock.buffer) }

  private func makeRoom(for wanted: Int) throws(TransformerError) {
    guard wanted > capacity else { return }
    let larger = max(wanted, 2 * capacity)
    for layer in caches.indices {
      let old = caches[layer]
      let new = try FloatBlock(zeros: 2 * larger * widths.keys, for: "keys and values")
      new.pointer.update(from: old.pointer, count: length * widths.keys)
      (new.pointer + larger * widths.keys).update(
        from: old.pointer + capacity * widths.keys, count: length * widths.keys)
      caches[layer] = new
    }
    capacity = larger
  }

  /// Takes at most ``AttentionBlock/queries`` tokens in; the logits behind the last one if wanted.
  func read(_ tokens: [Int32], wantsLogits: Bool) throws(TransformerError) {
    try makeRoom(for: length + tokens.count)
    model.rope.extend(to: length + tokens.count)
    let count = tokens.count
    let most = AttentionBlock.queries
    let x = rows.pointer
    let normed = x + most * widths.hidden
    let qkv = normed + most * widths.hidden
    let rotated = qkv + most * widths.qkv
    let attention = rotated + most * widths.qkv
    let logSums = attention + most * widths.queries
    let gateUp = logSums + most * widths.heads
    let activation = gateUp + most * 2 * widths.intermediate
    let scratch = activation + most * widths.intermediate
    let weights = model.parameters.firstElement
    let epsilon = model.config.rmsEpsilon
    let hidden = widths.hidden
    let embedding = weights + model.offsets.embedding
    for (row, token) in tokens.enumerated() {
      (x + row * hidden).update(from: embedding + Int(token) * hidden, count: hidden)
    }
    let positions = tokens.indices.map { Int32(truncatingIfNeeded: length + $0) }
    let block = QueryBlock(
      first: 0, count: count, shared: nil,
      own: KeyRows(first: 0, count: length + count, visible: length + 1))
    for layer in 0..<widths.layers {
      let at = model.offsets.layers[layer]
      rmsNormForward(
        x, xStride: hidden, weight: weights + at.inputNorm, epsilon: epsilon, into: normed,
        yStride: hidden, rows: count, width: hidden)
      project(count, from: normed, hidden, at.qkv, into: qkv, widths.qkv, bias: at.qkvBias)
      model.rotateQKV(
        layer, rows: 0..<count, positions: positions, qkv: qkv, into: rotated, 0)
      let keys = caches[layer].pointer
      let values = keys + capacity * widths.keys
      let stride = widths.queries + widths.keys
      for row in 0..<count {
        (keys + (length + row) * widths.keys).update(
          from: rotated + row * stride + widths.queries, count: widths.keys)
        (values + (length + row) * widths.keys).update(
          from: qkv + row * widths.qkv + stride, count: widths.keys)
      }
      model.workers.run(widths.heads) { slot, head in
        let width = widths.headDim
        let keyHead = head / widths.group
        attentionForward(
          block,
          HeadMatrices(
            queries: rotated + head * width, queryStride: stride, keys: keys + keyHead * width,
            keyStride: widths.keys, values: values + keyHead * width, valueStride: widths.keys,
            width: width, scale: 1 / Float(width).squareRoot()),
          into: attention + head * width, outStride: widths.queries, logSums: logSums + head,
          logSumStride: widths.heads, scratch: scratch + slot * AttentionBlock.scratch)
      }
      project(
        count, from: attention, widths.queries, at.output, into: x, hidden, bias: at.outputBias,
        adds: true)
      rmsNormForward(
        x, xStride: hidden, weight: weights + at.postNorm, epsilon: epsilon, into: normed,
        yStride: hidden, rows: count, width: hidden)
      project(count, from: normed, hidden, at.gateUp, into: gateUp, 2 * widths.intermediate)
      swigluForward(gateUp, into: activation, rows: count, width: widths.intermediate)
      project(
        count, from: activation, widths.intermediate, at.down, into: x, hidden, adds: true)
    }
    length += count
    guard wantsLogits else { return }
    rmsNormForward(
      x + (count - 1) * hidden, xStride: hidden, weight: weights + model.offsets.finalNorm,
      epsilon: epsilon, into: normed, yStride: hidden, rows: 1, width: hidden)
    project(
      1, from: normed, hidden, model.offsets.head, into: logitBlock.pointer, widths.vocabulary)
  }

  /// out[rows × n] (+)= input[rows × k]·Wᵀ + b, divided among the threads by columns, since the rows may be a single one.
  private func project(
    _ rows: Int, from input: UnsafePointer<Float>, _ k: Int, _ weight: Int,
    into out: UnsafeMutablePointer<Float>, _ n: Int, bias: Int? = nil, adds: Bool = false
  ) {
    let weights = model.parameters.firstElement
    let tiles = model.workers.ranges(n, most: n)
    model.workers.run(tiles.count) { _, piece in
      let tile = tiles[piece]
      let part = weights + weight + tile.lowerBound * k
      if rows == 1 {
        cblas_sgemv(
          CblasRowMajor, CblasNoTrans, Int32(truncatingIfNeeded: tile.count),
          Int32(truncatingIfNeeded: k), 1, part, Int32(truncatingIfNeeded: k), input, 1,
          adds ? 1 : 0, out + tile.lowerBound, 1)
      } else {
        multiply(
          m: rows, n: tile.count, k: k, MatrixRef(input, stride: k),
          MatrixRef(part, stride: k).transpose, keep: adds ? 1 : 0, into: out + tile.lowerBound,
          stride: n)
      }
    }
    if let bias {
      for row in 0..<rows { add(weights + bias, to: out + row * n, n) }
    }
  }
}
