// The lines of a run's `metrics.jsonl`: one an update, one a probe; and both directions between a line and its values. The
// keys are those of the command line contract. Another engine may leave figures out: they are NaN here.

/// A figure of an update.
public struct RunFigure: Sendable {
  /// Its key in `metrics.jsonl`.
  public let key: String
  /// Its name for a person.
  public let name: String
  let path: any WritableKeyPath<UpdateMetrics, Double> & Sendable

  private init(
    _ key: String, _ name: String, _ path: any WritableKeyPath<UpdateMetrics, Double> & Sendable
  ) {
    self.key = key
    self.name = name
    self.path = path
  }

  /// All of them, in the order of a line.
  public static let all: [RunFigure] = [
    .init("epoch", "epoch", \.epoch), .init("loss", "loss", \.loss), .init("delta", "δ", \.delta),
    .init("rewards/chosen", "r⁺", \.rewardChosen),
    .init("rewards/rejected", "r⁻", \.rewardRejected),
    .init("rewards/margins", "margin", \.margin),
    .init("rewards/accuracies", "accuracy", \.accuracy),
    .init("logps/chosen", "log π(y⁺)", \.logProbChosen),
    .init("logps/rejected", "log π(y⁻)", \.logProbRejected),
    .init("grad_norm", "gradient", \.gradientNorm),
    .init("learning_rate", "learning rate", \.learningRate),
    .init("tokens_per_second", "tokens/s", \.tokensPerSecond),
    .init("pairs_per_second", "pairs/s", \.pairsPerSecond), .init("tether", "λ", \.tether),
    .init("surgery", "surgery", \.surgery),
  ]
}

/// A pair in an update.
public struct PairReward: Hashable, Sendable {
  /// The pair's number in its session or file; a trace's number in an `rft` run.
  public var pair: Int
  /// r⁺ at that update.
  public var chosen: Double
  /// r⁻ at that update.
  public var rejected: Double

  /// A pair with its rewards.
  public init(pair: Int, chosen: Double, rejected: Double) {
    self.pair = pair
    self.chosen = chosen
    self.rejected = rejected
  }
}

/// The figures of one update, full precision; NaN where nothing is known.
public struct UpdateMetrics: Hashable, Sendable {
  /// Updates taken, this one included.
  public var step: Int
  /// Passes over the pairs so far.
  public var epoch = Double.nan
  /// The loss.
  public var loss = Double.nan
  /// δ after the update.
  public var delta = Double.nan
  /// The mean r⁺.
  public var rewardChosen = Double.nan
  /// The mean r⁻.
  public var rewardRejected = Double.nan
  /// The mean of r⁺ − r⁻.
  public var margin = Double.nan
  /// The share of pairs with r⁺ > r⁻.
  public var accuracy = Double.nan
  /// The mean log π_θ(y⁺|x), in nats.
  public var logProbChosen = Double.nan
  /// The mean log π_θ(y⁻|x), in nats.
  public var logProbRejected = Double.nan
  /// The gradient's length before clipping.
  public var gradientNorm = Double.nan
  /// The rate this update was taken with.
  public var learningRate = Double.nan
  /// Tokens a second.
  public var tokensPerSecond = Double.nan
  /// Pairs a second.
  public var pairsPerSecond = Double.nan
  /// The mean tether λ.
  public var tether = Double.nan
  /// The share of gradient weight on edited tokens.
  public var surgery = Double.nan
  /// Tokens that went through the model, without padding; shared tokens count once.
  ///
  /// 0 where nothing is known.
  public var tokens = 0
  /// The pairs of each micro-batch with r⁺ and r⁻ of each.
  public var microBatches: [[PairReward]] = []

  /// An update of which nothing is known yet.
  public init(step: Int) { self.step = step }

  /// All pairs of the update, in order.
  public var pairs: [PairReward] { microBatches.flatMap { $0 } }

  /// How many pairs the update has.
  public var pairCount: Int { microBatches.reduce(0) { $0 + $1.count } }

  /// The line.
  public var json: JSON {
    var members: [JSON.Member] = [.init("step", .int(step))]
    members += RunFigure.all.map { .init($0.key, .double(self[keyPath: $0.path])) }
    members.append(.init("tokens", .int(tokens)))
    members.append(
      .init("pairs", .array(microBatches.map { .array($0.map { .int($0.pair) }) })))
    members.append(.init("pair_rewards_chosen", .array(pairs.map { .double($0.chosen) })))
    members.append(.init("pair_rewards_rejected", .array(pairs.map { .double($0.rejected) })))
    return .object(members)
  }

  /// Reads what ``json`` wrote, or another engine; nil without the number of an update.
  public init?(json: JSON) {
    guard let step = json["step"]?.int else { return nil }
    self.init(step: step)
    for figure in RunFigure.all {
      self[keyPath: figure.path] = json.metric(figure.key) ?? .nan
    }
    tokens = json["tokens"]?.int ?? 0
    let chosen = json["pair_rewards_chosen"]?.array ?? []
    let rejected = json["pair_rewards_rejected"]?.array ?? []
    var at = 0
    func next(_ id: JSON) -> PairReward? {
      defer { at += 1 }
      guard let id = id.int else { return nil }
      func reward(_ list: [JSON]) -> Double {
        list.indices.contains(at) ? list[at].double ?? .nan : .nan
      }
      return PairReward(pair: id, chosen: reward(chosen), rejected: reward(rejected))
    }
    // A flat list is one micro-batch.
    let batches = json["pairs"]?.array ?? []
    let nested = batches.allSatisfy { $0.array != nil }
    microBatches =
      nested
      ? batches.map { ($0.array ?? []).compactMap(next) } : [batches.compactMap(next)]
  }
}

extension JSON {
  /// The number under a key of a metrics line; NaN where the key is there and holds none.
  public func metric(_ key: String) -> Double? {
    guard let value = self[key] else { return nil }
    return value.double ?? .nan
  }
}

/// What one suite of probes showed at one moment.
public struct SuiteResult: Hashable, Sendable {
  /// The suite's name: `in-domain`, `OOD`, `instruction`, or a file's.
  public var suite: String
  /// Problems answered rightly; 0 for a plain text.
  public var right = 0
  /// All problems of the suite; 0 for a plain text.
  public var total = 0
  /// The share of right answers; nil for a plain text.
  public var accuracy: Double?
  /// −log p per token of the known answers, or of the text, in nats; NaN where nothing is known.
  public var logLoss: Double
  /// KL(π_ref ‖ π_θ) per token in nats, estimated on continuations sampled from the reference; nil for a plain text.
  public var kl: Double?

  /// A suite with a share of right answers.
  public init(suite: String, accuracy: Double?, logLoss: Double, kl: Double?) {
    self.suite = suite
    self.accuracy = accuracy
    self.logLoss = logLoss
    self.kl = kl
  }

  /// A suite with its right answers counted.
  public init(suite: String, right: Int, total: Int, logLoss: Double, kl: Double?) {
    self.init(
      suite: suite, accuracy: total > 0 ? Double(right) / Double(total) : nil, logLoss: logLoss,
      kl: kl)
    self.right = right
    self.total = total
  }

  fileprivate var json: JSON {
    .object([
      .init("right", .int(right)), .init("total", .int(total)),
      .init("accuracy", accuracy.map(JSON.double) ?? .null), .init("log_loss", .double(logLoss)),
      .init("kl", kl.map(JSON.double) ?? .null),
    ])
  }

  fileprivate init(_ name: String, _ json: JSON) {
    self.init(
      suite: name, accuracy: json["accuracy"]?.double, logLoss: json.metric("log_loss") ?? .nan,
      kl: json["kl"]?.double)
    right = json["right"]?.int ?? 0
    total = json["total"]?.int ?? 0
  }
}

/// What all probes showed after one update.
public struct ProbeResult: Hashable, Sendable {
  /// The update; 0 before the first.
  public var step: Int
  /// The suites, in the order of the probe files.
  public var suites: [SuiteResult]

  /// A probe.
  public init(step: Int, suites: [SuiteResult]) {
    self.step = step
    self.suites = suites
  }

  /// The line.
  public var json: JSON {
    .object([
      .init("step", .int(step)),
      .init("probe", .object(suites.map { .init($0.suite, $0.json) })),
    ])
  }

  /// Reads what ``json`` wrote; nil for any other line.
  public init?(json: JSON) {
    guard let step = json["step"]?.int, let suites = json["probe"]?.object else { return nil }
    self.init(step: step, suites: suites.map { SuiteResult($0.key, $0.value) })
  }
}

/// What was new in a run's metrics.
public struct RunNews: Hashable, Sendable {
  /// Whether everything before must be forgotten: the file was cut or replaced.
  public var startsOver = false
  /// The new updates, in order.
  public var updates: [UpdateMetrics] = []
  /// The new probes, in order.
  public var probes: [ProbeResult] = []
  /// Lines of the file that could not be read, since its beginning.
  public var badLines = 0

  /// Nothing new.
  public init() {}

  /// Takes a line; one that is neither an update nor a probe is passed over.
  public mutating func take(_ line: JSON) {
    if let probe = ProbeResult(json: line) {
      probes.append(probe)
    } else if let update = UpdateMetrics(json: line) {
      updates.append(update)
    }
  }
}
