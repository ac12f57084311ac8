// The whole model against recorded numbers of Hugging Face Transformers, packed trees against plain rows, and gradients
// against finite differences.

import LancetModel
import Testing

@Suite struct TransformerTests {
  /// The two rows of the recording; they share twenty tokens.
  static let rows = [tokenRow(1, 37), tokenRow(1, 20) + tokenRow(2, 9)]
  static let plain = rows.map { TokenTree(shared: $0, scoreFrom: 5) }
  static let packed = TokenTree(
    shared: Array(rows[0].prefix(20)), branches: rows.map { Array($0.dropFirst(20)) }, scoreFrom: 5)

  /// The recording's derivatives of the loss for both rows.
  static let coefficients = rows.indices.map { formula("coefficients \($0)", rows[$0].count - 5) }

  @Test(arguments: recordedModels.map(\.name))
  func `log-probabilities and gradients equal those of Transformers`(_ name: String) throws {
    let recorded = try #require(recordedModels.first { $0.name == name })
    let model = try tinyModel(name)
    let scores = try model.forward(Self.plain, keepForBackward: true)
    for (score, expected) in zip(scores, recorded.logProbs) {
      #expect(score.shared.count == expected.count)
      for (a, b) in zip(score.shared, expected) { #expect(relativeError(Double(a), b) < 2e-5) }
    }
    model.backward(Self.coefficients.map { TreeLogProbs(shared: $0, branches: []) })
    for gradient in recorded.gradients {
      let entry = try #require(model.layout.entry(named: gradient.name))
      let values = model.gradients[entry.range].map(Double.init)
      let norm = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
      #expect(relativeError(norm, gradient.norm) < 5e-5, "\(gradient.name)")
      let product = zip(values, formula("probe", entry.count)).reduce(0) {
        $0 + $1.0 * Double($1.1)
      }
      #expect(
        abs(product - gradient.product) < 5e-5 * max(norm, abs(gradient.product)),
        "\(gradient.name)")
    }
    #expect(recorded.gradients.count == model.layout.entries.count)
  }

  @Test(arguments: recordedModels.map(\.name), [false, true])
  func `a packed tree equals two plain rows`(_ name: String, _ recomputes: Bool) throws {
    let model = try tinyModel(name)
    let plain = try model.forward(Self.plain, keepForBackward: true)
    model.backward(Self.coefficients.map { TreeLogProbs(shared: $0, branches: []) })
    let expected = Array(model.gradients)
    model.zeroGradients()
    model.recomputesActivations = recomputes
    let packed = try model.forward([Self.packed], keepForBackward: true)[0]
    for row in 0..<2 {
      for (a, b) in zip(packed.shared + packed.branches[row], plain[row].shared) {
        #expect(relativeError(Double(a), Double(b)) < 1e-5)
      }
    }
    let shared = zip(Self.coefficients[0], Self.coefficients[1]).prefix(15).map(+)
    model.backward([
      TreeLogProbs(
        shared: shared, branches: Self.coefficients.map { Array($0.dropFirst(15)) })
    ])
    for entry in model.layout.entries {
      let size = expected[entry.range].reduce(0) { max($0, abs($1)) }
      for index in entry.range {
        #expect(abs(model.gradients[index] - expected[index]) < 2e-5 * size, "\(entry.name)")
      }
    }
  }

  @Test(arguments: recordedModels.map(\.name))
  func `gradients equal finite differences`(_ name: String) throws {
    let model = try tinyModel(name)
    let coefficients = TreeLogProbs(
      shared: formula("shared", 15), branches: [formula("left", 17), formula("right", 9)])
    func loss() throws -> Double {
      let scores = try model.forward([Self.packed], keepForBackward: false)[0]
      let values = scores.shared + scores.branches[0] + scores.branches[1]
      let weights = coefficients.shared + coefficients.branches[0] + coefficients.branches[1]
      return zip(values, weights).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    }
    _ = try model.forward([Self.packed], keepForBackward: true)
    model.backward([coefficients])
    // Along the gradient of one tensor the loss must rise by the step times the gradient's norm.
    for entry in model.layout.entries {
      let gradient = model.gradients[entry.range].map(Double.init)
      let norm = gradient.reduce(0) { $0 + $1 * $1 }.squareRoot()
      let old = Array(model.parameters[entry.range])
      let step = 0.01
      func move(_ factor: Double) throws -> Double {
        for (index, place) in entry.range.enumerated() {
          model.parameters[place] = old[index] + Float(factor * step * gradient[index] / norm)
        }
        return try loss()
      }
      let rise = (try 8 * (move(1) - move(-1)) - (move(2) - move(-2))) / (12 * step)
      _ = try move(0)
      #expect(relativeError(rise, norm) < 5e-3, "\(entry.name): \(rise) against \(norm)")
    }
  }

  @Test(arguments: ["qwen3 untied", "qwen3 tied"])
  func `looking padding up trains no row, as in Transformers`(_ name: String) throws {
    let padding = Int(Self.plain[0].shared[3])
    var results: [[Float]] = []
    for id in [nil, padding] {
      let model = try tinyModel(name, padding: id)
      _ = try model.forward(Self.plain, keepForBackward: true)
      model.backward(Self.coefficients.map { TreeLogProbs(shared: $0, branches: []) })
      results.append(Array(model.gradients))
    }
    let layout = try tinyModel(name).layout
    let embedding = try #require(layout.entry(named: "model.embed_tokens.weight"))
    let width = embedding.shape[1]
    let row = embedding.offset + padding * width..<embedding.offset + (padding + 1) * width
    let differing = results[0].indices.filter { results[0][$0] != results[1][$0] }
    #expect(!differing.isEmpty && differing.allSatisfy(row.contains))
    // Of an untied embedding nothing else is left; of a tied one the head's part is.
    #expect(results[1][row].allSatisfy { $0 == 0 } == (name == "qwen3 untied"))
  }

  @Test func `the same work gives the same bits again`() throws {
    var results: [[Float]] = []
    for _ in 0..<2 {
      let model = try tinyModel("qwen3 untied")
      _ = try model.forward([Self.packed] + Self.plain, keepForBackward: true)
      model.backward([
        TreeLogProbs(
          shared: formula("a", 15), branches: [formula("b", 17), formula("c", 9)]),
        TreeLogProbs(shared: Self.coefficients[0], branches: []),
        TreeLogProbs(shared: Self.coefficients[1], branches: []),
      ])
      results.append(Array(model.gradients))
    }
    #expect(results[0].map(\.bitPattern) == results[1].map(\.bitPattern))
  }

  @Test func `long rows go through several blocks of attention`() throws {
    let model = try tinyModel("qwen3 untied")
    let shared = tokenRow(3, 700)
    let branches = [tokenRow(4, 310), tokenRow(5, 40), []]
    let tree = TokenTree(shared: shared, branches: branches, scoreFrom: 650)
    let packed = try model.forward([tree], keepForBackward: false)[0]
    for (index, branch) in branches.enumerated() {
      let row = TokenTree(shared: shared + branch, scoreFrom: 650)
      let plain = try model.forward([row], keepForBackward: false)[0].shared
      let mine = packed.shared + packed.branches[index]
      #expect(mine.count == plain.count)
      for (a, b) in zip(mine, plain) { #expect(relativeError(Double(a), Double(b)) < 1e-5) }
    }
  }

  @Test func `a large vocabulary goes through the head in pieces`() throws {
    var config = tinyConfig("qwen3 tied")
    config.vocabularySize = 70_000
    let model = try Transformer(config, threads: 2)
    for index in model.parameters.indices {
      model.parameters[index] = Float(mix(UInt32(index)) >> 8) / 16_777_216 - 0.5
    }
    // 400 scored rows of 70,000 logits are more than are held at once; each alone is not.
    let row = (0..<401).map { Int32(mix(UInt32($0)) % 70_000) }
    let tree = TokenTree(shared: row, scoreFrom: 1)
    let coefficients = TreeLogProbs(shared: formula("c", 400), branches: [])
    let inPieces = try model.forward([tree], keepForBackward: true)[0].shared
    model.backward([coefficients])
    let gradients = Array(model.gradients)
    model.zeroGradients()
    var whole: [Float] = []
    for half in 0..<2 {
      // The same loss in two parts, each small enough to be held whole.
      var part = TokenTree(shared: row, scoreFrom: half == 0 ? 1 : 201)
      if half == 0 { part.shared = Array(row.prefix(201)) }
      whole += try model.forward([part], keepForBackward: true)[0].shared
      model.backward([
        TreeLogProbs(
          shared: Array(coefficients.shared[half * 200..<(half + 1) * 200]), branches: [])
      ])
    }
    for (a, b) in zip(inPieces, whole) { #expect(relativeError(Double(a), Double(b)) < 1e-5) }
    let size = gradients.reduce(0) { max($0, abs($1)) }
    let worst = zip(gradients, model.gradients).reduce(0) { max($0, abs($1.0 - $1.1)) }
    #expect(worst < 2e-5 * size)
  }

  @Test func `scored tokens with a zero coefficient change nothing`() throws {
    let model = try tinyModel("llama untied")
    _ = try model.forward([Self.packed], keepForBackward: true)
    let zeroShared = [Float](repeating: 0, count: 15)
    let left = formula("left", 17)
    model.backward([
      TreeLogProbs(shared: zeroShared, branches: [left, [Float](repeating: 0, count: 9)])
    ])
    let packed = Array(model.gradients)
    model.zeroGradients()
    _ = try model.forward([Self.plain[0]], keepForBackward: true)
    model.backward([TreeLogProbs(shared: zeroShared + left, branches: [])])
    let size = packed.reduce(0) { max($0, abs($1)) }
    for (a, b) in zip(packed, model.gradients) { #expect(abs(a - b) < 1e-5 * size) }
    model.zeroGradients()
    _ = try model.forward([Self.plain[0]], keepForBackward: true)
    model.backward([TreeLogProbs(zerosFor: Self.plain[0])])
    #expect(model.gradients.allSatisfy { $0 == 0 })
  }

  @Test func `odd trees have scores of the right shape`() throws {
    let model = try tinyModel("qwen2 tied")
    let trees = [
      TokenTree(shared: [], branches: [], scoreFrom: 0),
      TokenTree(shared: [7], branches: [], scoreFrom: 0),
      TokenTree(shared: [], branches: [[1, 2, 3], []], scoreFrom: 0),
      TokenTree(shared: [1, 2], branches: [[3], [4, 5, 6]], scoreFrom: 4),
      TokenTree(shared: [1, 2], branches: [[3], [4, 5]], scoreFrom: 9),
    ]
    let scores = try model.forward(trees, keepForBackward: true)
    #expect(scores[0] == TreeLogProbs(shared: [], branches: []))
    #expect(scores[1].shared == [0])
    #expect(scores[2].branches.map(\.count) == [3, 0])
    #expect(scores[2].branches[0][0] == 0)
    #expect(scores[2].branches[0][1] < 0)
    #expect(scores[3].shared.isEmpty)
    #expect(scores[3].branches.map(\.count) == [0, 1])
    #expect(scores[4].branches.map(\.count) == [0, 0])
    model.backward(trees.map(TreeLogProbs.init(zerosFor:)))
    #expect(try model.forward([], keepForBackward: true).isEmpty)
    model.backward([])
  }

  @Test func `ids outside the vocabulary and impossible sizes are refused`() throws {
    let model = try tinyModel("qwen3 tied")
    #expect(throws: TransformerError.tokenOutOfRange(tree: 1, id: 61, vocabulary: 61)) {
      try model.forward(
        [Self.packed, TokenTree(shared: [1], branches: [[61]], scoreFrom: 1)],
        keepForBackward: false)
    }
    #expect(throws: TransformerError.badScoreFrom(tree: 0, index: -1)) {
      try model.forward([TokenTree(shared: [1], scoreFrom: -1)], keepForBackward: false)
    }
    var config = tinyConfig("qwen3 tied")
    config.kvHeads = 3
    #expect(throws: TransformerError.self) { try Transformer(config, threads: 1) }
    config.kvHeads = 2
    config.hiddenSize = 1 << 23
    config.vocabularySize = 1 << 23
    config.intermediateSize = 1 << 23
    #expect(throws: TransformerError.self) { try Transformer(config, threads: 1) }
  }
}
