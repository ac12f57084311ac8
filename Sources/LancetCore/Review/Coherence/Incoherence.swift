// What makes a correction an answer patched on rather than a correction: facts about y⁺ as a whole, with their place.

/// One thing in a correction that contradicts the rest of it.
public struct Incoherence: Hashable, Sendable {
  /// What is wrong.
  public enum Kind: Hashable, Sendable {
    /// A check says that a stated result is wrong; the value it should have, when that can be written.
    case wrongCheck(expression: String, computed: String?)
    /// A value is used that was derived in the text it comes from, and is derived no more.
    case underived
    /// One quantity has this value here and another one at an earlier place.
    case twoValues(other: String, step: Int)
    /// The final answer is not what the last derivation gives.
    case contradictedAnswer(derived: String, step: Int)
    /// An equation gives an unknown this value, an earlier one another.
    case unknownTwice(name: String, other: String, step: Int)
    /// A value goes with the one that a proposal has at an earlier place, where y⁻'s other one was kept.
    case leftBehind(other: String, proposed: String, step: Int)
    /// A bracket without its partner: half of an expression was taken.
    case openBracket
  }

  /// What is wrong.
  public var kind: Kind
  /// The value as written.
  public var value: String
  /// Where it stands, in bytes of the correction.
  public var bytes: Range<Int>
  /// The step of the correction it stands in, from 0.
  public var step: Int

  /// A fact and its place.
  public init(kind: Kind, value: String, bytes: Range<Int>, step: Int) {
    self.kind = kind
    self.value = value
    self.bytes = bytes
    self.step = step
  }

  /// The fact in words, for a status line; steps are counted from 1.
  public var sentence: String {
    let here = "step \(step + 1)"
    switch kind {
    case .wrongCheck(let expression, let computed?):
      return "\(here) is wrong: \(expression) = \(value) should be \(computed)"
    case .wrongCheck(let expression, nil):
      return "\(here) is wrong: \(expression) = \(value)"
    case .underived:
      return "\(here) uses \(value), which no step derives"
    case .twoValues(let other, let earlier):
      return "\(here) has \(value) where step \(earlier + 1) has \(other)"
    case .contradictedAnswer(let derived, let last):
      return "the answer is \(value), but step \(last + 1) derives \(derived)"
    case .unknownTwice(let name, let other, let earlier):
      return "\(here) makes \(name) \(value), step \(earlier + 1) makes it \(other)"
    case .leftBehind(let other, let proposed, let earlier):
      return
        "\(here) has \(value), which goes with \(proposed), but step \(earlier + 1) has \(other)"
    case .openBracket:
      return "\(here) has a \(value) without its partner"
    }
  }
}
