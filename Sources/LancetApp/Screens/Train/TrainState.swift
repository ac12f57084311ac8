// The Train screen as a value: the runs, their curves, and how they are looked at.
import LancetCanvas
import LancetCore

/// The Train screen.
public struct TrainState: Sendable {
  /// The runs of the session, by number.
  public internal(set) var runs: [RunRecord] = []
  /// Whether the rim has looked at the run folders yet.
  public internal(set) var isLoaded = false
  /// The curves of the runs that were shown so far, by the run's name.
  public internal(set) var curves: [String: RunCurves] = [:]
  /// The form for a new run; nil when it is closed.
  public internal(set) var form: TrainForm?
  /// The run whose curves are shown; nil for the newest.
  var selected: String?
  /// The run that is drawn behind it, dimmed.
  var compared: String?
  /// The run that was started and has no folder yet.
  var launching: String?
  /// The panel that keys act on.
  var panel = TrainPanel.loss
  /// Whether that panel has all the room.
  var isMaximised = false
  /// Whether the settings stand side by side in place of the panels.
  var isComparing = false
  /// The weight of the smoothing; the raw points are always drawn too.
  var smoothing = 0.6
  /// The panels with a logarithmic axis.
  var logarithmic: Set<TrainPanel> = []
  /// The update under the crosshair.
  var crosshair: Int?
  /// The shown part of the curves.
  var window = TrainWindow.all
  /// What was measured of models for the form.
  var references: [String: ModelReference] = [:]
  /// The model that is being measured.
  var measuring: String?
  /// Why the last model could not be measured.
  var measureFailure: String?
  /// What the rim was last told to watch.
  var watched = TrainWatch()

  /// No runs yet.
  public init() {}

  /// The run whose curves are shown.
  var current: RunRecord? {
    runs.first { $0.name == selected } ?? runs.last
  }

  /// The place of that run in the list.
  var currentIndex: Int { runs.firstIndex { $0.name == current?.name } ?? 0 }

  /// The curves of that run.
  var currentCurves: RunCurves { current.flatMap { curves[$0.name] } ?? RunCurves() }

  /// The run drawn behind it; never the same one.
  var behind: RunRecord? {
    guard let compared, compared != current?.name else { return nil }
    return runs.first { $0.name == compared }
  }

  /// What is known of the headroom of a model: measured for the form, or computed by an earlier run on it.
  func reference(of model: String) -> ModelReference? {
    if let known = references[model] { return known }
    guard let run = runs.last(where: { $0.settings?.model == model && $0.referenceChosen != nil }),
      let chosen = run.referenceChosen
    else { return nil }
    return ModelReference(model: model, chosen: chosen, pairs: run.pairs)
  }
}

extension TrainState {
  /// The β that gives the form's model enough headroom; nil while its reference is not known.
  func proposedBeta(for form: TrainForm) -> Double? {
    reference(of: form.text(.model))?.headroom(beta: form.readable.beta).proposedBeta
  }
}

/// The shown part of the x axis.
enum TrainWindow: Hashable, Sendable {
  /// Everything, to the newest update.
  case all
  /// So many updates, up to that one; nil follows the newest.
  case part(width: Double, end: Double?)
}

/// What the rim is to look at.
public struct TrainWatch: Hashable, Sendable {
  /// Whether the Train screen is on.
  public var isVisible = false
  /// The runs whose metrics are wanted.
  public var runs: [String] = []

  /// Nothing to look at.
  public init() {}
}

/// A pair of an update, found again in the session.
public struct FoundPair: Hashable, Sendable {
  /// The pair as the run numbers it.
  public var pair: Int
  /// Its trace; nil when the session does not hold it.
  public var trace: TraceID?
  /// Its question.
  public var question: String
  /// Whether it is still approved.
  public var isApproved: Bool

  /// A pair of the session.
  public init(pair: Int, trace: TraceID?, question: String, isApproved: Bool) {
    self.pair = pair
    self.trace = trace
    self.question = question
    self.isApproved = isApproved
  }
}

/// What the rim reports about runs.
public enum TrainEvent: Sendable, Hashable {
  /// All runs as their folders are now.
  case runs([RunRecord])
  /// New points of a run's curves.
  case news(String, RunNews)
  /// A process was started for a new run; its folder will have this name.
  case launched(String)
  /// A run could not be started; the setting it is about, when it is about one.
  case startFailed(RunFieldID?, String)
  /// A run could not be resumed.
  case resumeFailed(String, String)
  /// A model was measured on the approved pairs; or why not.
  case measured(ModelReference)
  case measureFailed(model: String, String)
  /// The pairs of an update.
  case pairsFound(run: String, step: Int, [FoundPair])
}

/// What is asked of those who start and watch runs.
public enum RunsEffect: Sendable, Hashable {
  /// Look at these from now on. → `runs`, `news`
  case watch(TrainWatch)
  /// Start a run in a process of its own. → `launched`, `startFailed`
  case start(RunSettings)
  /// Go on with a run; `force` although something differs from its first start. → `resumeFailed`
  case resume(String, force: Bool)
  /// Let a run wait before its next update, or continue.
  case pause(String, Bool)
  /// Let a run write a checkpoint and end.
  case stop(String)
  /// Compute log π_ref(y⁺|x) of some approved pairs. → `measured`, `measureFailed`
  case measure(model: String, endOfTurn: EndOfTurnRule)
}

extension State {
  /// Tells the rim what to look at, when that changed.
  mutating func watchTrain() -> [Effect] {
    var watch = TrainWatch()
    watch.isVisible = screen == .train
    if watch.isVisible {
      watch.runs = [train.current?.name, train.behind?.name].compactMap { $0 }
      if train.isComparing { watch.runs = train.runs.map(\.name) }
    }
    guard watch != train.watched else { return [] }
    train.watched = watch
    return [.runs(.watch(watch))]
  }

  /// How many pairs are approved, as the Queue's rows say.
  var approvedPairs: Int { queue.totals.approved }
}
