// The help overlay: what is possible here, then everywhere; searchable; every row runs with Enter.
import LancetCanvas

/// The help overlay as a value.
public struct HelpState: Sendable {
  /// The scope it was opened from.
  public var scope: Scope
  /// What is looked for; nil when the search is not open.
  public var search: TextField?
  /// Whether keys are the search's text.
  public var isTyping = false
  /// The row under the cursor and the first drawn, among ``rows(in:)``.
  public var cursor = 0
  public var top = 0

  /// The help of a scope.
  public init(scope: Scope) {
    self.scope = scope
  }

  /// The bindings it lists: those of the scope first, then the global ones, filtered by the search.
  public func rows(in state: State) -> [Binding] {
    let own = state.bindings.bindings(in: scope)
    let known = Set(own.map(\.id))
    let global = state.bindings.bindings(in: .global).filter { !known.contains($0.id) }
    let needle = (search?.text ?? "").lowercased()
    return (own + global).filter { binding in
      guard !needle.isEmpty else { return true }
      let words = [binding.id, binding.summary] + binding.keys.map(\.name)
      return words.contains { $0.lowercased().contains(needle) }
    }
  }
}
