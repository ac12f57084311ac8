// The one table, assembled from each screen's own list, and looked up by key.
import LancetCanvas

/// All bindings, indexed by scope and key.
public struct BindingTable: Sendable {
  /// In the order of the help overlay.
  public private(set) var all: [Binding]
  private var byKey: [Scope: [Key: Int]] = [:]
  private var byID: [String: Int] = [:]

  /// A table of these.
  ///
  /// When two share a key in one scope the first keeps it; see ``conflicts``.
  public init(_ all: [Binding]) {
    self.all = all
    for (index, binding) in all.enumerated() {
      byID[binding.id] = index
      for scope in binding.scopes {
        for key in binding.keys where byKey[scope]?[key] == nil {
          byKey[scope, default: [:]][key] = index
        }
      }
    }
  }

  /// The table as shipped.
  public static let shipped = BindingTable(
    globalBindings + overlayBindings + Screen.all.flatMap(\.bindings))

  /// The binding of that name.
  public subscript(id: String) -> Binding? { byID[id].map { all[$0] } }

  /// What a key means in a scope; the screens fall back on the global ones.
  public func binding(for key: Key, in scope: Scope) -> Binding? {
    if let index = byKey[scope]?[key] { return all[index] }
    if scope.isScreen, let index = byKey[.global]?[key] { return all[index] }
    return nil
  }

  /// The scopes in which something is bound, in table order.
  public var scopes: [Scope] {
    var found: [Scope] = []
    for scope in all.flatMap(\.scopes) where !found.contains(scope) { found.append(scope) }
    return found
  }

  /// The bindings of one scope, in table order.
  public func bindings(in scope: Scope) -> [Binding] {
    all.filter { $0.scopes.contains(scope) }
  }
}
