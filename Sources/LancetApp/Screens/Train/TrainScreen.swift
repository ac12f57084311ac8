// Train's row of the table of screens: the runs, their curves, and the form for a new one.
import LancetCanvas

extension ScreenID {
  /// Runs and their curves.
  public static let train = ScreenID("train")
}

extension Scope {
  /// The runs and their curves.
  public static let train = Scope("train", title: "Train", kind: .screen)
  /// The form for a run.
  public static let trainForm = Scope("trainForm", title: "NEW RUN", kind: .text)
}

extension Screen {
  static let train = Screen(
    .train, "Train", "runs and their curves", bindings: trainBindings,
    scope: { $0.train.form == nil ? .train : .trainForm },
    draw: { renderTrain($0, in: $1, on: &$2) },
    input: { updateTrain(&$0, input: $1, in: $0.area) },
    mouse: { updateTrain(&$0, input: .mouse($1), in: $0.area) },
    update: { state, event in
      guard case .train(let report) = event else { return [] }
      return updateTrain(&state, report)
    },
    settle: { $0.watchTrain() },
    flags: { trainFlags($0) })
}
