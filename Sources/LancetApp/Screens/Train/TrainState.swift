// The Train screen: nothing to show before the trainer exists.
import LancetCanvas

/// The Train screen as a value.
public struct TrainState: Sendable {
  public init() {}
}

/// What the trainer reports.
public enum TrainEvent: Sendable, Hashable {
  /// The run folders changed.
  case runsChanged
}

/// What the Train screen wants from the rim.
public enum TrainEffect: Sendable, Hashable {}

/// The bindings of the Train screen.
public let trainBindings: [Binding] = []

/// Draws the Train screen between header and footer.
func renderTrain(_ state: State, in area: Rect, on canvas: inout Canvas) {
}

/// What a trainer's report does.
func updateTrain(_ state: inout State, _ event: TrainEvent) -> [Effect] { [] }

/// Clicks, the wheel and pastes on the Train screen.
func updateTrain(_ state: inout State, input: InputEvent, in area: Rect) -> [Effect] { [] }
