// How the memory of one forward and backward is divided. A pure value, so that the memory plan and the allocation are the
// same calculation.

/// What a forward pass keeps for the backward pass.
enum ActivationMode: Sendable, Hashable {
  /// Nothing: one layer's memory serves all.
  case none
  /// Each layer's activations.
  case all
  /// Each layer's input; the rest is computed again.
  case inputs
}

/// Where every activation of a batch lies, in floats from the beginning of one block of memory.
struct WorkspaceShape: Sendable, Hashable {
  /// One layer's activations, a row a token.
  struct Layer: Sendable, Hashable {
    /// The residual stream after attention: [tokens × hidden].
    var middle: Int
    /// Queries, keys and values before norm and rotation: [tokens × qkv].
    var qkv: Int
    /// Attention's output: [tokens × queries].
    var attention: Int
    /// The log-sum-exp of every query's scores: [tokens × heads].
    var logSums: Int
    /// Gate and up: [tokens × 2·intermediate]; replaced by their gradients in the backward pass.
    var gateUp: Int
  }

  /// The most rows that a thread takes through a layer at once, so that they stay in its cache.
  static let chunkRows = 256
  /// The most floats of logits held at once: 64 MiB.
  static let logitBudget = 16 << 20

  let tokens: Int
  let headRows: Int
  let targets: Int
  /// The residual stream before each layer, and behind the last: [tokens × hidden] each.
  private(set) var inputs: [Int] = []
  private(set) var layers: [Layer] = []
  /// Rotated queries and keys of one layer: [tokens × (queries + keys)].
  private(set) var rotated = 0
  /// Scratch of each thread.
  private(set) var scratch = 0
  private(set) var scratchStride = 0

  // The head.
  private(set) var headInput = 0
  private(set) var headNormed = 0
  private(set) var dHead = 0
  private(set) var headMaxima = 0
  private(set) var headSums = 0
  private(set) var targetLogits = 0
  private(set) var logits = 0
  /// How many columns of logits are held at once.
  private(set) var logitColumns = 0

  // The backward pass.
  private(set) var dStream = 0
  private(set) var dMiddle = 0
  private(set) var normed = 0
  private(set) var activation = 0
  private(set) var dAttention = 0
  private(set) var dQKV = 0
  private(set) var partials = 0
  private(set) var partialStride = 0

  /// The floats of the whole block.
  private(set) var count = 0

  init(
    _ widths: Widths, tokens: Int, headRows: Int, targets: Int, mode: ActivationMode, threads: Int
  ) {
    self.tokens = tokens
    self.headRows = headRows
    self.targets = targets
    let sets = mode == .all ? widths.layers : 1
    inputs = (0..<(mode == .none ? 1 : widths.layers + 1)).map { _ in take(tokens, widths.hidden) }
    if mode == .none {
      inputs = [Int](repeating: inputs[0], count: widths.layers + 1)
    }
    let held = (0..<sets).map { _ in
      Layer(
        middle: mode == .none ? inputs[0] : take(tokens, widths.hidden),
        qkv: take(tokens, widths.qkv), attention: take(tokens, widths.queries),
        logSums: take(tokens, widths.heads), gateUp: take(tokens, 2 * widths.intermediate))
    }
    layers = (0..<widths.layers).map { held[min($0, sets - 1)] }
    rotated = take(tokens, widths.queries + widths.keys)
    scratchStride = max(
      AttentionBlock.scratch, Self.chunkRows * (widths.hidden + widths.intermediate))
    scratchStride = (scratchStride + 15) / 16 * 16
    scratch = take(threads, scratchStride)

    headInput = take(headRows, widths.hidden)
    headNormed = take(headRows, widths.hidden)
    headMaxima = take(headRows, 1)
    headSums = take(headRows, 1)
    targetLogits = take(targets, 1)
    logitColumns = widths.vocabulary
    if headRows > 0, widths.vocabulary > Self.logitBudget / headRows {
      logitColumns = min(widths.vocabulary, max(1024, Self.logitBudget / headRows / 64 * 64))
    }
    logits = take(headRows, logitColumns)
    guard mode != .none else { return }

    dHead = take(headRows, widths.hidden)
    dStream = take(tokens, widths.hidden)
    dMiddle = take(tokens, widths.hidden)
    normed = take(tokens, widths.hidden)
    activation = take(tokens, widths.intermediate)
    dAttention = take(tokens, widths.queries)
    dQKV = take(tokens, widths.qkv)
    partialStride = widths.hidden + max(widths.hidden, widths.qkv + 2 * widths.headDim)
    partialStride = (partialStride + 15) / 16 * 16
    let chunks = max(tokens, headRows) / Self.chunkRows + 1 + threads
    partials = take(chunks, partialStride)
  }

  /// Whether the logits of the forward pass are still there in the backward pass.
  func keepsLogits(_ widths: Widths) -> Bool { logitColumns == widths.vocabulary }

  private mutating func take(_ rows: Int, _ columns: Int) -> Int {
    let offset = count
    count += (rows * columns + 15) / 16 * 16
    return offset
  }
}
