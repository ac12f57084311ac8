// The rows of a batch as trees: what rows share is computed once (decision 7 of the architecture).

/// Rows of tokens that begin alike: the shared beginning once, then one branch a row.
///
/// Every row is `shared + branch`. The positions of a branch continue at `shared.count`; a branch sees the shared part and
/// itself, never another branch. A tree without branches is one plain row.
public struct TokenTree: Sendable, Hashable {
  /// The tokens every row begins with.
  public var shared: [Int32]
  /// The rest of each row.
  public var branches: [[Int32]]
  /// The index into a whole row of the first token whose log-probability is wanted: the length of the prompt.
  public var scoreFrom: Int

  /// A tree of rows; scores are computed from `scoreFrom` on.
  public init(shared: [Int32], branches: [[Int32]] = [], scoreFrom: Int) {
    self.shared = shared
    self.branches = branches
    self.scoreFrom = scoreFrom
  }

  /// How many tokens go through the model.
  public var tokenCount: Int { branches.reduce(shared.count) { $0 + $1.count } }
  /// How many tokens the rows have one by one, without sharing.
  public var plainTokenCount: Int {
    branches.isEmpty
      ? shared.count : branches.reduce(0) { $0 + $1.count } + shared.count * branches.count
  }
  /// How many shared tokens are scored.
  public var scoredShared: Int { max(0, shared.count - scoreFrom) }
  /// The index into a branch of its first scored token.
  public func scoreStart(inBranch branch: Int) -> Int {
    min(branches[branch].count, max(0, scoreFrom - shared.count))
  }
}

/// One number for every scored token of a tree: its log-probability, or the loss's derivative by it.
public struct TreeLogProbs: Sendable, Hashable {
  /// For the tokens `scoreFrom..<shared.count` of the shared part.
  public var shared: [Float]
  /// For the scored tokens of each branch, from ``TokenTree/scoreStart(inBranch:)`` on.
  public var branches: [[Float]]

  /// Numbers given one by one.
  public init(shared: [Float], branches: [[Float]]) {
    self.shared = shared
    self.branches = branches
  }

  /// Zero for every scored token of the tree.
  public init(zerosFor tree: TokenTree) {
    shared = [Float](repeating: 0, count: tree.scoredShared)
    branches = tree.branches.indices.map {
      [Float](repeating: 0, count: tree.branches[$0].count - tree.scoreStart(inBranch: $0))
    }
  }

  /// The sum over the scored tokens of a whole row, in double precision.
  public func rowSum(branch: Int) -> Double {
    shared.reduce(0) { $0 + Double($1) } + branches[branch].reduce(0) { $0 + Double($1) }
  }
}
