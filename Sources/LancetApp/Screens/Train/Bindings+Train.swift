// What can be done on the Train screen and in its form.
import LancetCanvas
import LancetCore

/// The bindings of the Train screen, in the order of its help.
public let trainBindings: [Binding] =
  runBindings + pictureBindings + crosshairBindings + trainFormBindings

private let runBindings: [Binding] = [
  Binding(
    "train.new", [.char("n")], in: [.train], "set up a new run on the approved pairs",
    hint: Hint("new run", 90)
  ) { $0.openTrainForm() },
  Binding(
    "train.pause", [.char("p")], in: [.train],
    "let the run wait before its next update, or continue",
    hint: Hint("pause", 85), refusal: { $0.refusesPause }
  ) { state in
    guard let run = state.train.current else { return [] }
    let pauses = run.condition != .paused
    state.notice = Notice(
      pauses
        ? "run \(run.number) waits before its next update; p continues"
        : "run \(run.number) continues")
    return [.runs(.pause(run.name, pauses))]
  },
  Binding(
    "train.stop", [.char("s")], in: [.train], "stop the run with a checkpoint, after asking",
    hint: Hint("stop", 80),
    refusal: { $0.train.current?.condition.isAlive == true ? nil : $0.noLiveRun }
  ) { state in
    guard let run = state.train.current else { return [] }
    state.overlay = .choices(
      Choices(
        "Stop run \(run.number) after update \(run.step)?",
        lines: ["It writes a checkpoint and ends; r resumes from there, bit for bit."],
        items: [
          Choice("let it run", key: "n") { _ in [] },
          Choice("stop it", key: "y") { state in
            state.notice = Notice("run \(run.number) writes its checkpoint and ends")
            return [.runs(.stop(run.name))]
          },
        ]))
    return []
  },
  Binding(
    "train.resume", [.char("r")], in: [.train], "resume a run that stopped or died",
    hint: Hint("resume", 60), refusal: { $0.refusesResume }
  ) { state in
    guard let run = state.train.current else { return [] }
    state.notice = Notice("run \(run.number) resumes from its last checkpoint")
    return [.runs(.resume(run.name, force: false))]
  },
  Binding(
    "train.runDown", [.char("j"), .down], in: [.train], "show the next run",
    refusal: { $0.noRun }
  ) { state in
    state.moveRun(by: 1)
    return []
  },
  Binding(
    "train.runUp", [.char("k"), .up], in: [.train], "show the run before", refusal: { $0.noRun }
  ) { state in
    state.moveRun(by: -1)
    return []
  },
  Binding(
    "train.compare", [.char("c")], in: [.train],
    "settings and results of the runs side by side, or the curves again",
    hint: Hint("compare", 40), refusal: { $0.noRun }
  ) { state in
    state.train.isComparing.toggle()
    return []
  },
  Binding(
    "train.overlay", [.char("o")], in: [.train], "draw another run dimmed behind this one",
    hint: Hint("overlay", 55),
    refusal: { $0.train.runs.count < 2 ? "there is no other run" : nil }
  ) { state in
    state.overlay = .choices(overlayChoices(state))
    return []
  },
  Binding(
    "train.copy", [.char("Y")], in: [.train], "copy the folder of the trained model",
    refusal: {
      $0.train.current?.trained == nil
        ? "this run has written no model yet; it does when done" : nil
    }
  ) { state in
    guard let path = state.train.current?.trained else { return [] }
    state.notice = Notice("copied \(path)", .muted)
    return [.terminal(.copy(path))]
  },
]

private let pictureBindings: [Binding] = [
  Binding(
    "train.panelNext", [.tab], in: [.train], "next panel", hint: Hint("panel", 45),
    refusal: { $0.noRun }
  ) { state in
    state.turnPanel(by: 1)
    return []
  },
  Binding(
    "train.panelPrevious", [.backTab], in: [.train], "panel before", refusal: { $0.noRun }
  ) { state in
    state.turnPanel(by: -1)
    return []
  },
  Binding(
    "train.maximise", [.char("O")], in: [.train], "give the panel all the room, or take it back",
    refusal: { $0.noRun }
  ) { state in
    state.train.isComparing = false
    state.train.isMaximised.toggle()
    return []
  },
  Binding(
    "train.log", [.char("l")], in: [.train], "logarithmic axis for the panel, or back",
    hint: Hint("log", 50),
    refusal: {
      if let reason = $0.noRun { return reason }
      return $0.train.panel.takesLog
        ? nil : "\($0.train.panel.title) may be negative or 0; loss and gradient take a log axis"
    }
  ) { state in
    let panel = state.train.panel
    if state.train.logarithmic.remove(panel) == nil { state.train.logarithmic.insert(panel) }
    return []
  },
  Binding(
    "train.zoomIn", [.char("z")], in: [.train],
    "show half as many updates, around the crosshair or the newest", hint: Hint("zoom", 50),
    refusal: { $0.noPoints }
  ) { state in
    state.zoom(0.5)
    return []
  },
  Binding(
    "train.zoomOut", [.char("Z")], in: [.train], "show twice as many updates",
    refusal: { $0.train.window == .all ? "all updates are shown" : nil }
  ) { state in
    state.zoom(2)
    return []
  },
  Binding(
    "train.panLeft", [.char("<"), .char("h")], in: [.train], "earlier updates",
    refusal: { $0.train.window == .all ? "all updates are shown; z zooms in" : nil }
  ) { state in
    state.pan(-0.25)
    return []
  },
  Binding(
    "train.panRight", [.char(">")], in: [.train], "later updates",
    refusal: { $0.train.window == .all ? "all updates are shown; z zooms in" : nil }
  ) { state in
    state.pan(0.25)
    return []
  },
  Binding(
    "train.follow", [.char("f")], in: [.train], "follow the newest update; f again shows all",
    refusal: { $0.noPoints }
  ) { state in
    if case .part(let width, .some) = state.train.window {
      state.train.window = .part(width: width, end: nil)
    } else {
      state.train.window = .all
    }
    state.train.crosshair = nil
    return []
  },
  Binding("train.smooth", [.char("S")], in: [.train], "next smoothing: none, 0.3, 0.6, 0.9, 0.98") {
    state in
    let next = smoothings.first { $0 > state.train.smoothing + 0.001 } ?? 0
    state.train.smoothing = next
    return []
  },
  Binding("train.smoother", [.char("+")], in: [.train], "smooth more; the raw points stay") {
    state in
    state.train.smoothing = smoothings.first { $0 > state.train.smoothing + 0.001 } ?? 0.98
    return []
  },
  Binding("train.rougher", [.char("-")], in: [.train], "smooth less") { state in
    state.train.smoothing = smoothings.last { $0 < state.train.smoothing - 0.001 } ?? 0
    return []
  },
]

/// The weights of the smoothing that can be chosen.
private let smoothings = [0, 0.3, 0.6, 0.9, 0.98]

private let crosshairBindings: [Binding] = [
  Binding(
    "train.crosshair", [.char("x")], in: [.train],
    "one crosshair through all panels with the exact values", hint: Hint("crosshair", 65),
    refusal: { $0.noPoints }
  ) { state in
    if state.train.crosshair == nil {
      state.moveCrosshair(by: 0)
    } else {
      state.train.crosshair = nil
    }
    return []
  },
  Binding(
    "train.left", [.left], in: [.train], "crosshair to the update before", refusal: { $0.noPoints }
  ) { state in
    state.moveCrosshair(by: -1)
    return []
  },
  Binding(
    "train.right", [.right], in: [.train], "crosshair to the next update", refusal: { $0.noPoints }
  ) { state in
    state.moveCrosshair(by: 1)
    return []
  },
  Binding(
    "train.farLeft", [.pageUp], in: [.train], "crosshair ten updates back",
    refusal: { $0.noPoints }
  ) { state in
    state.moveCrosshair(by: -10)
    return []
  },
  Binding(
    "train.farRight", [.pageDown], in: [.train], "crosshair ten updates on",
    refusal: { $0.noPoints }
  ) { state in
    state.moveCrosshair(by: 10)
    return []
  },
  Binding(
    "train.first", [.home], in: [.train], "crosshair to the first update",
    refusal: { $0.noPoints }
  ) { state in
    if let first = state.train.currentCurves.updates.first { state.putCrosshair(first.step) }
    return []
  },
  Binding(
    "train.last", [.end], in: [.train], "crosshair to the newest update",
    refusal: { $0.noPoints }
  ) { state in
    if let last = state.train.currentCurves.updates.last { state.putCrosshair(last.step) }
    return []
  },
  Binding(
    "train.spikeNext", [.char("]")], in: [.train], "crosshair to the next spike",
    refusal: { $0.noSpike }
  ) { state in
    let spikes = state.train.currentCurves.spikes
    let here = state.train.crosshair ?? -1
    if let step = spikes.first(where: { $0 > here }) ?? spikes.first { state.putCrosshair(step) }
    return []
  },
  Binding(
    "train.spikePrevious", [.char("[")], in: [.train], "crosshair to the spike before",
    refusal: { $0.noSpike }
  ) { state in
    let spikes = state.train.currentCurves.spikes
    let here = state.train.crosshair ?? Int.max
    if let step = spikes.last(where: { $0 < here }) ?? spikes.last { state.putCrosshair(step) }
    return []
  },
  Binding(
    "train.pairs", [.enter], in: [.train],
    "list the pairs of the update under the crosshair, or of the last spike",
    hint: Hint("pairs", 70),
    refusal: { state in
      if let reason = state.noPoints { return reason }
      return state.updateInFocus == nil
        ? "there is no spike; x puts the crosshair on an update" : nil
    }
  ) { state in
    guard let run = state.train.current, let update = state.updateInFocus else { return [] }
    return [
      .store(
        .findPairs(
          run: run.name, step: update.step, pairs: update.pairs.map(\.pair),
          areTraces: run.settings?.objective == .rft))
    ]
  },
  Binding(
    "train.back", [.escape], in: [.train], "crosshair off, then the panels again, then the Queue"
  ) { state in
    if state.train.crosshair != nil {
      state.train.crosshair = nil
    } else if state.train.isComparing {
      state.train.isComparing = false
    } else if state.train.isMaximised {
      state.train.isMaximised = false
    } else {
      return state.goUp()
    }
    return []
  },
]

private let trainFormBindings: [Binding] = [
  Binding(
    "trainForm.start", [.enter, .control("s")], in: [.trainForm], "start the run",
    hint: Hint("start", 95), refusal: { $0.refusesStart }
  ) { state in
    guard let form = state.train.form else { return [] }
    switch form.settings {
    case .success(let settings):
      state.train.form?.isStarting = true
      state.train.form?.refusal = nil
      return [.runs(.start(settings))]
    case .failure(let problem):
      state.train.form?.move(to: problem.field)
      state.train.form?.refusal = (
        problem.field, "\(problem.field.field.title): \(problem.advice)"
      )
      return []
    }
  },
  Binding(
    "trainForm.leave", [.escape], in: [.trainForm], "leave without starting",
    hint: Hint("leave", 90)
  ) { state in
    state.train.form = nil
    return []
  },
  Binding(
    "trainForm.next", [.down, .tab], in: [.trainForm], "next setting", hint: Hint("next", 60)
  ) {
    $0.moveForm(by: 1)
  },
  Binding("trainForm.previous", [.up, .backTab], in: [.trainForm], "setting before") {
    $0.moveForm(by: -1)
  },
  Binding(
    "trainForm.wordNext", [.right], in: [.trainForm], "next word of a choice",
    hint: Hint("choose", 50)
  ) { state in
    state.train.form?.turn(by: 1, key: .right)
    return []
  },
  Binding("trainForm.wordPrevious", [.left], in: [.trainForm], "word before") { state in
    state.train.form?.turn(by: -1, key: .left)
    return []
  },
  Binding(
    "trainForm.beta", [.control("b")], in: [.trainForm], "take the proposed β",
    hint: Hint("β", 40),
    refusal: { state in
      guard let form = state.train.form else { return nil }
      return state.train.proposedBeta(for: form) == nil
        ? "the headroom of this model is not known yet" : nil
    }
  ) { state in
    guard let form = state.train.form,
      let beta = state.train.proposedBeta(for: form)
    else { return [] }
    state.train.form?.set(.beta, to: plain(beta))
    return []
  },
]

extension State {
  /// Opens the form with the settings of the newest run, else with the paper's.
  fileprivate mutating func openTrainForm() -> [Effect] {
    let last = train.current?.settings ?? train.runs.last?.settings
    train.form = TrainForm(last ?? RunSettings())
    return measureIfNeeded()
  }

  /// Moves in the form; a model that was typed is measured.
  fileprivate mutating func moveForm(by lines: Int) -> [Effect] {
    let left = train.form?.current.id
    train.form?.move(by: lines)
    return left == .model ? measureIfNeeded() : []
  }

  /// Asks the rim for the headroom of the form's model, once.
  private mutating func measureIfNeeded() -> [Effect] {
    guard let form = train.form, approvedPairs > 0 else { return [] }
    let model = form.text(.model)
    guard !model.isEmpty, train.reference(of: model) == nil, train.measuring != model else {
      return []
    }
    train.measuring = model
    train.measureFailure = nil
    return [.runs(.measure(model: model, endOfTurn: form.readable.endOfTurn))]
  }

  fileprivate mutating func turnPanel(by step: Int) {
    train.isComparing = false
    let all = TrainPanel.allCases
    let index = all.firstIndex(of: train.panel) ?? 0
    train.panel = all[(index + step + all.count) % all.count]
  }

  /// The update that Enter is about: under the crosshair, else the last spike.
  fileprivate var updateInFocus: UpdateMetrics? {
    let curves = train.currentCurves
    guard let step = train.crosshair ?? curves.spikes.last else { return nil }
    return curves.update(near: Double(step))
  }

  fileprivate var noRun: String? {
    train.runs.isEmpty ? "there is no run yet; n sets one up" : nil
  }

  fileprivate var noPoints: String? {
    noRun ?? (train.currentCurves.updates.isEmpty ? "this run has no update yet" : nil)
  }

  fileprivate var noSpike: String? {
    noPoints ?? (train.currentCurves.spikes.isEmpty ? "this run has no spike" : nil)
  }

  fileprivate var noLiveRun: String {
    guard let run = train.current else { return "there is no run yet; n sets one up" }
    return run.condition == .done
      ? "run \(run.number) is done"
      : "run \(run.number) is \(run.condition.rawValue); r resumes it"
  }

  fileprivate var refusesPause: String? {
    train.current?.condition.isAlive == true ? nil : noLiveRun
  }

  fileprivate var refusesResume: String? {
    guard let run = train.current else { return "there is no run yet; n sets one up" }
    if run.condition.isAlive { return "run \(run.number) is at work" }
    return run.condition == .done ? "run \(run.number) is done; n sets up a new one" : nil
  }

  /// Why no run can be started just now.
  fileprivate var refusesStart: String? {
    if train.form?.isStarting == true { return "it is starting already" }
    if saving.failure != nil {
      return "the last decision is not saved yet; Ctrl-s in the Queue tries again"
    }
    if approvedPairs == 0, train.form?.readable.objective != .rft {
      return "no pair is approved yet; approve some on the Review screen (2)"
    }
    return nil
  }
}

/// The runs that can be drawn behind the shown one.
private func overlayChoices(_ state: State) -> Choices {
  let others = state.train.runs.filter { $0.name != state.train.current?.name }
  var items = [
    Choice("none", key: "0") { state in
      state.train.compared = nil
      return []
    }
  ]
  for run in others.reversed() {
    let settings = run.settings
    let detail = settings.map { "β \(plain($0.beta)) · lr \(plain($0.learningRate))" } ?? ""
    items.append(
      Choice(
        "run \(run.number) \(settings?.objective.rawValue ?? "")",
        key: run.number < 10 ? Character("\(run.number)") : nil,
        detail: "\(detail) · \(run.condition.rawValue) at \(run.step)"
      ) { state in
        state.train.compared = run.name
        return []
      })
  }
  let here = others.reversed().firstIndex { $0.name == state.train.compared }
  let index = here.map {
    others.reversed().distance(from: others.reversed().startIndex, to: $0) + 1
  }
  return Choices(
    "Draw behind run \(state.train.current?.number ?? 0)", items: items,
    cursor: index ?? min(1, others.count))
}
