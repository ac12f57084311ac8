// What a batch will cost in memory, before any of it is taken: the same calculation that the allocation makes.

/// Bytes of a training or scoring run.
public struct MemoryPlan: Sendable, Hashable {
  /// The weights.
  public let parameters: Int
  /// Their gradients; 0 without training.
  public let gradients: Int
  /// The two moments of the optimizer; 0 without training.
  public let optimizer: Int
  /// The activations of the largest batch, scratch and logits included.
  public let activations: Int
  /// The activations if the backward pass computed them again from each layer's input.
  public let activationsRecomputed: Int

  /// All of it, with kept activations.
  public var total: Int { parameters + gradients + optimizer + activations }
  /// All of it, with recomputed activations.
  public var totalRecomputed: Int { parameters + gradients + optimizer + activationsRecomputed }

  /// The plan for the batch that needs most.
  ///
  /// - Throws: ``TransformerError/tooLarge(_:)`` if sizes overflow.
  public init(
    _ config: ModelConfig, batches: [[TokenTree]], training: Bool, threads: Int
  ) throws(TransformerError) {
    let counts = batches.map { trees in
      (
        tokens: trees.reduce(0) { $0 + $1.tokenCount },
        scored: trees.reduce(0) { total, tree in
          tree.branches.indices.reduce(total + tree.scoredShared) {
            $0 + tree.branches[$1].count - tree.scoreStart(inBranch: $1)
          }
        }
      )
    }
    try self.init(config, counts: counts, training: training, threads: threads)
  }

  /// The plan when only the numbers of packed tokens and of scored tokens of each batch are known.
  public init(
    _ config: ModelConfig, counts: [(tokens: Int, scored: Int)], training: Bool, threads: Int
  ) throws(TransformerError) {
    let weights = try product(try ParameterLayout(config).count, 4)
    let widths = Widths(config)
    func most(_ mode: ActivationMode) throws(TransformerError) -> Int {
      var largest = 0
      for (tokens, scored) in counts {
        let rows = try product(max(tokens, scored, 1), config.layers + 2)
        _ = try product(
          rows, 16 * (widths.qkv + widths.hidden + 3 * widths.intermediate + widths.heads))
        let shape = WorkspaceShape(
          widths, tokens: tokens, headRows: scored, targets: scored, mode: mode,
          threads: max(1, threads))
        largest = max(largest, try product(shape.count, 4))
      }
      return largest
    }
    parameters = weights
    gradients = training ? weights : 0
    optimizer = training ? try product(weights, 2) : 0
    activations = try most(training ? .all : .none)
    activationsRecomputed = try most(training ? .inputs : .none)
  }
}
