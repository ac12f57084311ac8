// Why the arithmetic Oracle proposes nothing.

/// A trace that is not corrected, and why.
public enum ArithmeticRefusal: Error, Hashable, Sendable {
  /// It ends in the known answer.
  case alreadyRight
  /// No stated result is proved wrong.
  case nothingWrong
  /// A result is wrong, but what should stand there cannot be told from its own line: a step of solving, a product of
  /// brackets, a remainder.
  case notMendable(step: Int)
  /// A result can be mended, but its old value stands again behind it (in the step named), and whether this result is
  /// meant there or another quantity of the same value is not certain.
  case ambiguousUse(step: Int, value: String)
  /// The words beside the old value say more of it than arithmetic proves ("which is even", "16 apples are enough"), and
  /// may not hold of the new one.
  case saidOfValue(step: Int, value: String)
  /// A later value that no calculation gives may come from the wrong result by words alone.
  case unexplained(step: Int, value: String)
  /// The mended value would stand beside a calculator mark that comes to another one.
  case besideMark(step: Int)
  /// The answer was the last result, and would not be it any more.
  case leavesAnswer(step: Int)
  /// The trace is so long that reading it again after each mend would take too much work.
  case tooMuchWork
  /// Mending leaves a result wrong, or makes another one wrong.
  case staysWrong(step: Int)

  /// The refusal in words.
  public var reason: String {
    switch self {
    case .alreadyRight: "it ends in the known answer"
    case .nothingWrong: "no stated result is proved wrong"
    case .notMendable(let step):
      "step \(step + 1) is wrong, but its own line does not say what should stand there"
    case .ambiguousUse(let step, let value):
      "step \(step + 1) says \(value), which may be the wrong result or another quantity"
    case .saidOfValue(let step, let value):
      "step \(step + 1) says more of \(value) than its arithmetic, which may not hold of another value"
    case .unexplained(let step, let value):
      "step \(step + 1) says \(value), which no calculation gives and which may come from the wrong result"
    case .besideMark(let step):
      "step \(step + 1) would differ from its own calculator mark"
    case .leavesAnswer(let step):
      "step \(step + 1) would answer something else than the last result"
    case .tooMuchWork: "it is too long and too wrong to be mended again and again"
    case .staysWrong(let step): "step \(step + 1) would still be wrong after mending"
    }
  }
}
