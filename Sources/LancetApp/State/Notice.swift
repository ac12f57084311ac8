// One sentence about what just happened.
import LancetCanvas

/// A sentence on the rule above the footer, until the next key.
public struct Notice: Hashable, Sendable {
  /// The sentence.
  public var text: String
  /// Its role: `.text`, `.right`, `.warning` or `.error`.
  public var role: Role

  /// A notice; plain text unless a role says more.
  public init(_ text: String, _ role: Role = .text) {
    self.text = text
    self.role = role
  }
}
