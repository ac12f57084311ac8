// Sampling: the cache of keys and values against the whole model, the choice of tokens, and the random numbers.

import LancetModel
import Testing

@Suite struct SamplingTests {
  @Test(arguments: recordedModels.map(\.name))
  func `a greedy continuation equals that of Transformers`(_ name: String) throws {
    let recorded = try #require(recordedModels.first { $0.name == name })
    let model = try tinyModel(name)
    let result = try model.generate(
      prompt: Array(TransformerTests.rows[0].prefix(12)),
      options: SamplingOptions(maxNewTokens: 10))
    #expect(result.tokens == recorded.greedy)
    #expect(result.end == .length)
  }

  @Test func `the cache gives the log-probabilities of the whole model, also behind a long prompt`()
    throws
  {
    let model = try tinyModel("qwen3 untied")
    let prompt = tokenRow(6, 300)
    let result = try model.generate(
      prompt: prompt, options: SamplingOptions(temperature: 1, seed: 5, maxNewTokens: 290))
    #expect(result.tokens.count == 290)
    let whole = try model.forward(
      [TokenTree(shared: prompt + result.tokens, scoreFrom: 300)], keepForBackward: false)
    for (a, b) in zip(result.logProbs, whole[0].shared) {
      #expect(relativeError(Double(a), Double(b)) < 2e-5)
    }
  }

  @Test func `the same seed draws the same tokens and another seed others`() throws {
    let model = try tinyModel("llama untied")
    func draw(_ seed: UInt64) throws -> [Int32] {
      try model.generate(
        prompt: [1, 2, 3],
        options: SamplingOptions(temperature: 0.7, topP: 0.8, seed: seed, maxNewTokens: 24)
      ).tokens
    }
    #expect(try draw(1) == draw(1))
    #expect(try draw(1) != draw(2))
  }

  @Test func `a stop token and a refusal end the generation`() throws {
    let model = try tinyModel("qwen3 tied")
    let free = try model.generate(prompt: [4, 5], options: SamplingOptions(maxNewTokens: 6)).tokens
    let stopped = try model.generate(
      prompt: [4, 5], options: SamplingOptions(maxNewTokens: 6, stopIDs: [free[2]]))
    #expect(stopped.end == .stopToken)
    #expect(stopped.tokens.last == free[2])
    let refused = try model.generate(
      prompt: [4, 5], options: SamplingOptions(maxNewTokens: 6), onToken: { _ in false })
    #expect(refused.end == .cancelled)
    #expect(refused.tokens == [free[0]])
    #expect(throws: TransformerError.emptyPrompt) {
      try model.generate(prompt: [], options: SamplingOptions())
    }
  }

  @Test func `temperature and top-p draw in the proportions they say`() throws {
    let logits: [Float] = [2, 1, 0, -1, 3]
    var sampler = Sampler(SamplingOptions(temperature: 2, topP: 0.75, seed: 9))
    var counts = [Int](repeating: 0, count: 5)
    for _ in 0..<20_000 {
      let drawn = try #require(logits.withUnsafeBufferPointer { sampler.draw($0) })
      counts[Int(drawn.token)] += 1
    }
    // exp(x/2): 3 → 4.48, 2 → 2.72, 1 → 1.65, 0 → 1, −1 → 0.61; 75 % of 10.46 is reached by the first three.
    let total = 4.4817 + 2.7183 + 1.6487
    for (token, weight) in [(4, 4.4817), (0, 2.7183), (1, 1.6487)] {
      #expect(abs(Double(counts[token]) / 20_000 - weight / total) < 0.015)
    }
    #expect(counts[2] == 0)
    #expect(counts[3] == 0)
  }

  @Test func `logits that are not numbers draw nothing`() {
    var sampler = Sampler(SamplingOptions())
    let bad: [[Float]] = [[1, .nan], [.infinity, 0], [-.infinity, -.infinity], []]
    for logits in bad { #expect(logits.withUnsafeBufferPointer { sampler.draw($0) } == nil) }
  }

  @Test func `the random numbers are those of SplitMix64`() {
    var random = SplitMix64(seed: 1_234_567)
    #expect(random.next() == 6_457_827_717_110_365_317)
    #expect(random.next() == 3_203_168_211_198_807_973)
  }
}
