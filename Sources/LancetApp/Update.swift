// What each event does to the workbench: `(state, event) -> effects`, and nothing else happens anywhere.
import LancetCanvas
import LancetCore

/// Takes an event into the state and says what the world should do about it.
public func update(_ state: inout State, _ event: Event) -> [Effect] {
  []
}
