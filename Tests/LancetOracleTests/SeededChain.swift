// A chain of calculations as models write them, whole and with one wrong result that is carried on. Its numbers are small,
// so that different quantities often have the same value.

struct SeededChain {
  private struct Line {
    /// Which earlier quantity it goes on from, what is done to it, and by how much.
    var source: Int
    var op: Int
    var by: Int
    var shape: Int
  }
  private var lines: [Line] = []
  private var first = 0
  private var wrongAt = 0
  private var slip = 0

  init(_ seed: Int) {
    var state = UInt64(seed &+ 11) &* 0x9E37_79B9_7F4A_7C15
    func next(_ n: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(n))
    }
    first = 30 + next(40)
    let count = 2 + next(5)
    for i in 0..<count {
      lines.append(
        Line(source: next(3) == 0 ? next(i + 1) : i, op: next(3), by: 2 + next(9), shape: next(5)))
    }
    wrongAt = next(count)
    slip = (1 + next(4)) * (next(2) == 0 ? 1 : -1)
  }

  /// The question gives the number it begins with.
  var question: String { "There are \(first) of them. How many in the end?" }

  /// The chain, with its result carried wherever it is used.
  func text(withError: Bool) -> String {
    var values = [first]
    var out = "We begin with \(first)."
    for (i, line) in lines.enumerated() {
      let a = values[line.source]
      let right = line.op == 0 ? a + line.by : line.op == 1 ? a * line.by : a - line.by
      let stated = right + (withError && i == wrongAt ? slip : 0)
      let sign = ["+", "*", "-"][line.op]
      let way = "\(a) \(sign) \(line.by)"
      switch line.shape {
      case 0: out += "\nThen \(way) = \(stated) things."
      case 1: out += "\nThen \(way) = <<\(way)=\(stated)>>\(stated) things."
      case 2: out += "\nThat makes \\( \(way) = \(stated) \\), so \(stated) things."
      case 3: out += "\n\\[ \(way) = \(stated) \\]"
      default: out += "\nShe has \(stated) because \(way) = \(stated)."
      }
      values.append(stated)
    }
    return out + "\nThe answer is \(values[values.count - 1])."
  }
}
