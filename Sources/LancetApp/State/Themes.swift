// The themes to choose from.
import LancetCanvas

/// The shipped and the person's own themes, and which one paints.
public struct Themes: Sendable {
  /// In the order of the picker; never empty.
  public private(set) var all: [Theme]
  /// The index of the one in use.
  public private(set) var index: Int

  /// These themes, starting with the one of that name, else the first. An empty list gets `fallback`.
  public init(_ all: [Theme], fallback: Theme, using name: String? = nil) {
    self.all = all.isEmpty ? [fallback] : all
    self.index = self.all.firstIndex { $0.name == name } ?? 0
  }

  /// The one in use.
  public var current: Theme { all[index] }

  /// Takes the theme of that index; out of range changes nothing.
  public mutating func use(_ index: Int) {
    if all.indices.contains(index) { self.index = index }
  }
}
