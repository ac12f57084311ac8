// The help overlay: what is possible here, then everywhere; searchable; every row runs with Enter.
import LancetCanvas

/// The help overlay as a value.
public struct HelpState: Sendable {
  /// The scope it was opened from.
  public var scope: Scope
  /// What is looked for; nil when there is no search.
  public var search: TextField?
  /// Whether keys are the search's text.
  public var isTyping = false
  /// The row under the cursor, among ``rows(in:)``.
  public var cursor = 0
  /// The first line drawn, among ``lines(in:)``.
  public var top = 0

  /// One line of the overlay.
  enum Line {
    case title(String)
    case blank
    /// The index of a binding among the rows.
    case row(Int)
  }

  /// The help of a scope.
  public init(scope: Scope) {
    self.scope = scope
  }

  /// The bindings it lists: those of the scope first, then the global ones, filtered by the search.
  public func rows(in state: State) -> [Binding] { own(in: state) + global(in: state) }

  /// The rows with the titles between them.
  func lines(in state: State) -> [Line] {
    let own = own(in: state).count
    let all = own + global(in: state).count
    var lines: [Line] = []
    if own > 0 {
      lines.append(.title("On this screen: \(scope.title)"))
      lines += (0..<own).map { .row($0) }
    }
    if all > own {
      if own > 0 { lines.append(.blank) }
      lines.append(.title("Everywhere"))
      lines += (own..<all).map { .row($0) }
    }
    return lines
  }

  private func own(in state: State) -> [Binding] {
    state.bindings.bindings(in: scope).filter(fits)
  }

  private func global(in state: State) -> [Binding] {
    let taken = Set(state.bindings.bindings(in: scope).map(\.id))
    return state.bindings.bindings(in: .global).filter { !taken.contains($0.id) && fits($0) }
  }

  private func fits(_ binding: Binding) -> Bool {
    let needle = (search?.text ?? "").lowercased()
    guard !needle.isEmpty else { return true }
    let words = [binding.id, binding.summary] + binding.keys.map(\.name)
    return words.contains { $0.lowercased().contains(needle) }
  }
}
