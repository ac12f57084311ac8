// The form for a new run: every setting with what it means and the paper's value, checked while it is typed.
import LancetCanvas

/// A setting in the form.
public enum TrainFieldID: String, CaseIterable, Hashable, Sendable {
  case model, objective, beta, learningRate, epochs, updates, batch, accumulate, warmup, schedule,
    delta, clip, weightDecay, seed, order, endOfTurn, probes, probeEvery, checkpointEvery

  /// Its name on the screen.
  var title: String {
    switch self {
    case .model: "model"
    case .objective: "objective"
    case .beta: "β"
    case .learningRate: "learning rate"
    case .epochs: "epochs"
    case .updates: "updates"
    case .batch: "batch"
    case .accumulate: "accumulate"
    case .warmup: "warm-up"
    case .schedule: "schedule"
    case .delta: "δ rule"
    case .clip: "clip"
    case .weightDecay: "weight decay"
    case .seed: "seed"
    case .order: "order"
    case .endOfTurn: "end of turn"
    case .probes: "probes"
    case .probeEvery: "probe every"
    case .checkpointEvery: "checkpoint every"
    }
  }

  /// The paper's value; empty when it says none.
  var paper: String {
    switch self {
    case .model: "Qwen3-8B"
    case .objective: "spot-bco"
    case .beta: "0.1"
    case .learningRate: "1e-6"
    case .epochs: "2"
    case .batch: "32"
    case .warmup: "0.05"
    case .schedule: "cosine"
    case .delta: "mean"
    case .clip: "1"
    case .weightDecay: "0.01"
    case .endOfTurn: "trl"
    default: ""
    }
  }

  /// What it means, in a line.
  var meaning: String {
    switch self {
    case .model: "the starting model's folder; also the reference"
    case .objective: "what is minimized"
    case .beta: "scale of the reward r = β·log(π/π_ref)"
    case .learningRate: "the highest; 8B models 1e-6, small ones 1e-4"
    case .epochs: "passes over the pairs"
    case .updates: "updates of the whole run, instead of epochs"
    case .batch: "pairs that go through the model at once"
    case .accumulate: "batches of one update"
    case .warmup: "share of updates with a rising rate"
    case .schedule: "how the rate falls after warm-up"
    case .delta: "how the shift δ runs; only spot-bco uses it"
    case .clip: "the longest gradient; longer ones are cut"
    case .weightDecay: "pull of the weights to 0"
    case .seed: "of a shuffled order"
    case .order: "in which order pairs are seen"
    case .endOfTurn: "trl appends the end token to every answer"
    case .probes: "files of questions or text, to see forgetting"
    case .probeEvery: "updates between two probes"
    case .checkpointEvery: "updates between two checkpoints; two are kept"
    }
  }

  /// The words it may have; nil when it is typed.
  var choices: [String]? {
    switch self {
    case .objective: ["spot-bco", "spot-bce", "dpo", "reward-sft", "sft+", "dft", "rft"]
    case .schedule: ["cosine", "linear", "constant"]
    case .order: ["file", "shuffle"]
    case .endOfTurn: ["trl", "template"]
    default: nil
    }
  }
}

/// What is known of the headroom before a start: the mean of log π_ref(y⁺|x) under a model.
public struct ModelReference: Hashable, Sendable {
  /// The model's folder.
  public var model: String
  /// The mean over the pairs measured, in nats.
  public var chosen: Double
  /// How many pairs were measured.
  public var pairs: Int

  /// A measured reference.
  public init(model: String, chosen: Double, pairs: Int) {
    self.model = model
    self.chosen = chosen
    self.pairs = pairs
  }

  /// −β·mean log π_ref(y⁺|x): the most that r⁺ can reach.
  func headroom(beta: Double) -> Double { -beta * chosen }

  /// The smallest β of one significant digit that gives a headroom of 2.
  var proposedBeta: Double? {
    guard chosen < 0 else { return nil }
    let wanted = 2 / -chosen
    guard wanted.isFinite, wanted > 0 else { return nil }
    var scale = 1.0
    while wanted / scale >= 10, scale < 1e12 { scale *= 10 }
    while wanted / scale < 1, scale > 1e-12 { scale /= 10 }
    // Division and not multiplication by a fraction, so that 0.3 is written as 0.3.
    let digit = (wanted / scale).rounded(.up)
    return scale < 1 ? digit / (1 / scale).rounded() : digit * scale
  }
}

/// The form as a value.
public struct TrainForm: Sendable {
  /// One line of the form.
  struct Field: Sendable {
    var id: TrainFieldID
    var text: TextField
  }

  /// The lines, in order.
  private(set) var fields: [Field]
  /// The line under the cursor.
  private(set) var cursor = 0
  /// The first line drawn.
  var top = 0
  /// What the rim said against the start, and the setting it is about.
  var refusal: (field: TrainFieldID?, sentence: String)?
  /// Whether a start was asked for and not answered yet.
  var isStarting = false

  /// A form that begins with these settings.
  init(_ settings: TrainSettings) {
    let values: [TrainFieldID: String] = [
      .model: settings.model, .objective: settings.objective, .beta: plain(settings.beta),
      .learningRate: plain(settings.learningRate), .epochs: plain(settings.epochs),
      .updates: settings.updates.map(String.init) ?? "", .batch: "\(settings.batch)",
      .accumulate: "\(settings.accumulate)", .warmup: plain(settings.warmup),
      .schedule: settings.schedule, .delta: settings.delta, .clip: plain(settings.clip),
      .weightDecay: plain(settings.weightDecay), .seed: "\(settings.seed)",
      .order: settings.order, .endOfTurn: settings.endOfTurn,
      .probes: settings.probes.joined(separator: ", "), .probeEvery: "\(settings.probeEvery)",
      .checkpointEvery: "\(settings.checkpointEvery)",
    ]
    fields = TrainFieldID.allCases.map { Field(id: $0, text: TextField(values[$0] ?? "")) }
  }

  /// The line under the cursor.
  var current: Field { fields[cursor] }

  /// The text of a setting.
  func text(_ id: TrainFieldID) -> String {
    fields.first { $0.id == id }.map { trimmed($0.text.text) } ?? ""
  }

  mutating func set(_ id: TrainFieldID, to text: String) {
    for index in fields.indices where fields[index].id == id { fields[index].text.set(text) }
    refusal = nil
  }

  /// Moves to another line, around at the ends.
  mutating func move(by lines: Int) {
    cursor = ((cursor + lines) % fields.count + fields.count) % fields.count
  }

  mutating func move(to id: TrainFieldID) {
    cursor = fields.firstIndex { $0.id == id } ?? cursor
  }

  mutating func move(toIndex index: Int) { cursor = min(max(0, index), fields.count - 1) }

  /// Takes the next word of a line with words, or moves in the text of another one.
  mutating func turn(by step: Int, key: Key) {
    refusal = nil
    guard let choices = current.id.choices else {
      _ = fields[cursor].text.handle(key)
      return
    }
    let here = choices.firstIndex(of: current.text.text) ?? 0
    fields[cursor].text.set(choices[(here + step + choices.count) % choices.count])
  }

  /// Takes typed or pasted text; words are chosen by their first letter.
  mutating func take(_ input: InputEvent) {
    if let choices = current.id.choices {
      guard case .key(.char(let character)) = input else { return }
      if character == " " { return turn(by: 1, key: .right) }
      let from = (choices.firstIndex(of: current.text.text) ?? 0) + 1
      let order = choices.indices.map { choices[($0 + from) % choices.count] }
      if let next = order.first(where: { $0.first == character }) { fields[cursor].text.set(next) }
      refusal = nil
      return
    }
    if fields[cursor].text.handle(input) == .changed { refusal = nil }
  }

  /// The settings, or the first line that will not do and why.
  var settings: Result<TrainSettings, FormProblem> {
    var settings = TrainSettings(model: text(.model))
    settings.objective = text(.objective)
    settings.schedule = text(.schedule)
    settings.order = text(.order)
    settings.endOfTurn = text(.endOfTurn)
    settings.delta = text(.delta)
    settings.probes = text(.probes).split(separator: ",").map { trimmed(String($0)) }
      .filter { !$0.isEmpty }
    do throws(FormProblem) {
      guard !settings.model.isEmpty else {
        throw FormProblem(
          .model, "give the folder of a model (config.json, model.safetensors, tokenizer.json)")
      }
      settings.beta = try number(.beta, in: 1e-12...1e6)
      settings.learningRate = try number(.learningRate, in: 0...1e6)
      settings.updates = text(.updates).isEmpty ? nil : try integer(.updates, in: 1...1_000_000_000)
      if settings.updates == nil { settings.epochs = try number(.epochs, in: 1e-6...1e6) }
      settings.batch = try integer(.batch, in: 1...1_000_000)
      settings.accumulate = try integer(.accumulate, in: 1...1_000_000)
      settings.warmup = try number(.warmup, in: 0...1)
      settings.clip = try number(.clip, in: 1e-12...1e300)
      settings.weightDecay = try number(.weightDecay, in: 0...1e300)
      settings.seed = UInt64(try integer(.seed, in: 0...Int.max))
      settings.probeEvery = try integer(.probeEvery, in: 1...Int.max)
      settings.checkpointEvery = try integer(.checkpointEvery, in: 1...Int.max)
      guard isShiftRule(settings.delta) else {
        throw FormProblem(.delta, "mean, zero, or ema:D with D between 0 and 1")
      }
    } catch {
      return .failure(error)
    }
    return .success(settings)
  }

  private func number(_ id: TrainFieldID, in range: ClosedRange<Double>) throws(FormProblem)
    -> Double
  {
    guard let value = Double(text(id)), range.contains(value) else {
      let most = range.upperBound >= 1e6 ? "" : " to \(plain(range.upperBound))"
      let least = range.lowerBound > 0 && range.upperBound > 1 ? "above 0" : "from 0\(most)"
      throw FormProblem(id, "a number \(least), like \(id.paper)")
    }
    return value
  }

  private func integer(_ id: TrainFieldID, in range: ClosedRange<Int>) throws(FormProblem) -> Int {
    guard let value = Int(text(id)), range.contains(value) else {
      throw FormProblem(id, "a whole number from \(range.lowerBound)")
    }
    return value
  }

  private func isShiftRule(_ text: String) -> Bool {
    if text == "mean" || text == "zero" { return true }
    guard text.hasPrefix("ema:"), let decay = Double(text.dropFirst(4)) else { return false }
    return decay > 0 && decay < 1
  }

  private func trimmed(_ text: String) -> String {
    var text = text[...]
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}

/// A line of the form that will not do.
struct FormProblem: Error, Hashable {
  var field: TrainFieldID
  var sentence: String

  init(_ field: TrainFieldID, _ sentence: String) {
    self.field = field
    self.sentence = sentence
  }
}
