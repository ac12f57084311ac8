// The themes to choose from.
import LancetCanvas

/// The shipped and the person's own themes, and which one paints.
public struct Themes: Sendable {
  /// In the order of the picker; never empty.
  public private(set) var all: [Theme]
  /// The index of the one in use.
  public private(set) var index: Int

  /// These themes, starting with the one of that id, else with the standard theme.
  ///
  /// An empty list means the shipped ones.
  public init(_ all: [Theme] = Theme.bundled, using id: String? = nil) {
    self.all = all.isEmpty ? [Theme.standard] : all
    let wanted = id ?? Theme.standard.id
    self.index = self.all.firstIndex { $0.id == wanted } ?? 0
  }

  /// The one in use.
  public var current: Theme { all[index] }

  /// Takes the theme of that index; out of range changes nothing.
  public mutating func use(_ index: Int) {
    if all.indices.contains(index) { self.index = index }
  }
}
