// What events do to the Review screen. Called by `update` for events this screen may care about.
import LancetCanvas
import LancetCore

/// Keys that are text (scope `reviewEdit`), pastes, clicks inside `area`, the wheel, resizes.
func updateReview(_ state: inout State, input: InputEvent, in area: Rect) -> [Effect] {
  []
}

/// Answers of the rim: `edited`, `editFailed`, `proposed`, `notProposed` and whatever else is not handled by the shell.
func updateReview(_ state: inout State, _ event: Event) -> [Effect] {
  []
}
