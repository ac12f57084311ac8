// The model as a calculator: log-probabilities of rows, and the gradients of a loss made of them.

import LancetCore

/// A Qwen3, Qwen2 or Llama model in single precision, forward and backward.
///
/// Use it from one thread at a time. Parameters are zero until somebody fills ``parameters``. For a fixed number of threads
/// every result is the same, bit for bit, each time.
public final class Transformer {
  /// The rows of a batch.
  public typealias TokenTree = LancetModel.TokenTree

  /// The sizes of the model.
  public let config: ModelConfig
  /// Where each tensor lies in the arenas.
  public let layout: ParameterLayout
  /// The threads that work together.
  public let threads: Int
  /// All weights, as ``layout`` orders them; aligned to 64 bytes.
  public let parameters: UnsafeMutableBufferPointer<Float>
  /// The gradient of every weight, which a backward pass adds to.
  ///
  /// Empty when the model was made without.
  public let gradients: UnsafeMutableBufferPointer<Float>
  /// Whether a forward pass keeps only each layer's input and the backward pass computes the rest again.
  ///
  /// A third more work, and per token and layer only `hiddenSize` floats; see ``MemoryPlan``.
  public var recomputesActivations = false

  let widths: Widths
  let offsets: ModelOffsets
  let workers: Workers
  let workspace = FloatBlock()
  var rope: RopeTable
  var profile: KernelProfile?
  /// What the last forward kept for the backward pass.
  var kept: (batch: PackedBatch, shape: WorkspaceShape)?
  private let parameterBlock: FloatBlock
  private let gradientBlock: FloatBlock

  /// A model of this shape with all weights zero.
  public init(
    _ config: ModelConfig, threads: Int, withGradients: Bool = true
  ) throws(TransformerError) {
    try Self.check(config)
    BLAS.prepare()
    self.config = config
    self.threads = max(1, threads)
    layout = try ParameterLayout(config)
    widths = Widths(config)
    offsets = ModelOffsets(config, layout)
    workers = Workers(threads: self.threads)
    rope = RopeTable(config)
    parameterBlock = try FloatBlock(zeros: layout.count, for: "the weights")
    gradientBlock = try FloatBlock(zeros: withGradients ? layout.count : 0, for: "the gradients")
    parameters = parameterBlock.buffer
    gradients = gradientBlock.buffer
  }

  /// Refuses sizes that the arithmetic below cannot divide as it must.
  private static func check(_ config: ModelConfig) throws(TransformerError) {
    let sizes = [
      config.vocabularySize, config.hiddenSize, config.intermediateSize, config.layers,
      config.heads, config.kvHeads, config.headDim,
    ]
    for size in sizes where size < 1 || size > 1 << 24 {
      throw .badShape("a size of \(size) is not between 1 and \(1 << 24)")
    }
    if config.heads % config.kvHeads != 0 {
      throw .badShape("\(config.heads) heads cannot share \(config.kvHeads) key heads")
    }
    if config.headDim % 2 != 0 { throw .badShape("head_dim \(config.headDim) is odd") }
  }

  /// Sets all gradients to zero.
  public func zeroGradients() { gradients.update(repeating: 0) }

  /// The log-probability of every scored token of every tree.
  ///
  /// The first token of a row has no predictor: its number is 0. With `keepForBackward`, ``backward(_:)`` may follow.
  public func forward(
    _ trees: [TokenTree], keepForBackward: Bool
  ) throws(TransformerError) -> [TreeLogProbs] {
    kept = nil
    let batch = try PackedBatch(trees, vocabulary: widths.vocabulary)
    let mode: ActivationMode =
      !keepForBackward ? .none : recomputesActivations ? .inputs : .all
    let shape = WorkspaceShape(
      widths, tokens: batch.rows, headRows: batch.headRows.count, targets: batch.targets.count,
      mode: mode, threads: threads)
    try workspace.grow(to: shape.count, for: "activations")
    rope.extend(to: batch.longestRow)
    embed(batch, into: workspace.pointer + shape.inputs[0])
    for layer in 0..<widths.layers {
      forwardLayer(layer, batch, shape)
    }
    let scores = forwardHead(batch, shape)
    if keepForBackward { kept = (batch, shape) }
    return batch.unflatten(scores)
  }

  /// Adds the gradient of a loss to ``gradients``, from its derivatives by the log-probabilities of the last forward.
  ///
  /// The last forward must have kept its activations; they are used up. Shapes are those that the forward pass returned.
  public func backward(_ coefficients: [TreeLogProbs]) {
    guard let (batch, shape) = kept else {
      preconditionFailure("a backward pass follows a forward pass with keepForBackward")
    }
    precondition(gradients.count == parameters.count, "the model was made without gradients")
    kept = nil
    let flat = batch.flatten(coefficients)
    guard backwardHead(batch, shape, flat) else { return }
    let recomputes = widths.layers > 1 && shape.layers[0].qkv == shape.layers[1].qkv
    for layer in (0..<widths.layers).reversed() {
      if recomputes, layer < widths.layers - 1 { forwardLayer(layer, batch, shape) }
      backwardLayer(layer, batch, shape)
    }
    addEmbeddingGradient(batch, dStream: workspace.pointer + shape.dStream)
  }
}
