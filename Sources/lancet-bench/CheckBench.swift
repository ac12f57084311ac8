// The figures of the checks on GSM8K's model solutions: false alarms on the human solutions, found errors on the
// models', agreement of the grades, and what the arithmetic Oracle makes of them. The data set is not part of the
// repository; its path is an argument.

import Glibc
import LancetCore
import LancetOracle

/// What the checks, the grader and the Oracle do with the rows of a GSM8K file.
struct CheckBench {
  private var humanVerdicts: [CheckVerdict: Int] = [:]
  private var modelVerdicts: [CheckVerdict: Int] = [:]
  private var trulyWrong = 0
  private var found = 0
  private var traces = 0
  private var gradesAgree = 0
  private var wrongTraces = 0
  private var proposals = 0
  private var reached = 0
  private var fewerWrong = 0

  /// Prints the figures of a file; says so when it cannot be opened.
  static func run(path: String) {
    guard let file = fopen(path, "r") else {
      print("no check figures: cannot open \(path)")
      return
    }
    defer { fclose(file) }
    var bench = CheckBench()
    var splitter = JSONLinesSplitter()
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&chunk, 1, chunk.count, file)
      if count == 0 { break }
      splitter.feed(Array(chunk[..<count])) { bench.add(line: $0.bytes) }
    }
    splitter.finish { bench.add(line: $0.bytes) }
    print("checks, grades and the arithmetic Oracle on \(path)")
    print(bench.table)
    print(slowestHostile)
  }

  /// The longest time that splitting and checking took on texts that are made to be slow, of 20 kB and of 1 MB.
  private static var slowestHostile: String {
    let pieces = [
      "7", "(", "2^{", "\\frac{1}", "3 + 4 = 8.\n\n", "```\n", "<<1+1=2>>",
      "\\((x+y+z+w)^9(x+y)^3 = x\\)\n",
      "\\(33!/32! = 34\\)\n", "\\begin{align}\n1 &= 2 \\\\\n", "é。", "Total = 3 + 4\n",
      "sum of 3, ",
      "\\( 3x + 5 = 20 \\) so \\( 3x = 9 \\)\n", "\\( 0.333 \\cdot 3 = 2 \\)\n", "word ", "$x ",
      "\n",
    ]
    var lines: [String] = []
    for size in [20_000, 1_000_000] {
      var worst = (time: Duration.zero, piece: "")
      for piece in pieces {
        let text = String(repeating: piece, count: size / piece.utf8.count)
        let time = ContinuousClock().measure { _ = splitSteps(text) }
        if time > worst.time { worst = (time, piece) }
      }
      lines.append(
        "slowest hostile trace of \(size) bytes (50 ms): \(worst.time), of \(JSON.string(worst.piece).serialized())"
      )
    }
    return lines.joined(separator: "\n")
  }

  /// Takes a line of the file.
  ///
  /// It has `question`, `ground_truth`, and models' names with `solution` and `is_correct`. Lines that are no such rows are passed over.
  mutating func add(line: [UInt8]) {
    guard let row = try? JSON.parse(line), let question = row["question"]?.string,
      let truth = row["ground_truth"]?.string
    else { return }
    for check in checks(in: truth) { humanVerdicts[check.verdict, default: 0] += 1 }
    for member in row.object ?? [] {
      guard let text = member.value["solution"]?.string,
        let correct = member.value["is_correct"]?.bool
      else { continue }
      add(trace: text, correct: correct, question: question, truth: truth)
    }
  }

  private mutating func add(trace text: String, correct: Bool, question: String, truth: String) {
    traces += 1
    let all = checks(in: text)
    for check in all { modelVerdicts[check.verdict, default: 0] += 1 }
    let wrong = all.filter { $0.verdict == .wrong }
    let places = Set(wrong.map(\.statedBytes.lowerBound))
    for place in PlainArithmetic.wrongResults(in: Array(text.utf8)) {
      trulyWrong += 1
      if places.contains(place) { found += 1 }
    }
    if (grade(gold: truth, answer: text).verdict == .right) == correct { gradesAgree += 1 }
    guard !wrong.isEmpty else { return }
    wrongTraces += 1
    let problem = Problem(
      id: ProblemID(rawValue: 1), question: question, answer: truth, source: "bench")
    let trace = Trace(
      id: TraceID(rawValue: 1), problem: problem.id, text: text, source: "bench", claimed: nil)
    guard let proposal = ArithmeticOracle().propose(problem: problem, trace: trace) else { return }
    proposals += 1
    if proposal.reachedAnswer { reached += 1 }
    if checks(in: proposal.text).count(where: { $0.verdict == .wrong }) < wrong.count {
      fewerWrong += 1
    }
  }

  /// The table.
  var table: String {
    func sum(_ verdicts: [CheckVerdict: Int]) -> String {
      let all = verdicts.values.reduce(0, +)
      return
        "\(all) (\(verdicts[.right, default: 0]) right, \(verdicts[.wrong, default: 0]) wrong, "
        + "\(verdicts[.unknown, default: 0]) unknown)"
    }
    let rows = [
      ("checks in the human solutions", sum(humanVerdicts)),
      ("  allowed to be wrong (1 in 200)", "\(humanVerdicts.values.reduce(0, +) / 200)"),
      ("checks in the model solutions", sum(modelVerdicts)),
      ("truly wrong plain results found (95 %)", "\(found) of \(trulyWrong)"),
      ("grades that agree with is_correct", "\(gradesAgree) of \(traces)"),
      ("traces with a wrong check", "\(wrongTraces)"),
      ("  arithmetic proposals", "\(proposals)"),
      ("  that reach the known answer", "\(reached)"),
      ("  with fewer wrong checks", "\(fewerWrong)"),
    ]
    let width = rows.map(\.0.count).max() ?? 0
    return rows.map { row in
      row.0 + String(repeating: " ", count: width - row.0.count + 2) + row.1
    }.joined(separator: "\n")
  }
}

/// The naive twin of the checks: sums, differences, products and quotients of plain numbers, read by a scanner of its
/// own and computed in doubles.
enum PlainArithmetic {
  /// The bytes at which results stand that are neither the value nor the value rounded to the digits shown.
  static func wrongResults(in bytes: [UInt8]) -> [Int] {
    var out: [Int] = []
    var at = 0
    while at < bytes.count {
      guard starts(bytes, at), let (values, operators, end) = expression(bytes, at) else {
        at += 1
        continue
      }
      if let (place, stated, decimals, stop) = result(bytes, end),
        let value = compute(values, operators)
      {
        var step = 1.0
        for _ in 0..<decimals { step /= 10 }
        let distance = (value - stated).magnitude
        if distance > step / 2 * 1.000001, distance > value.magnitude * 1e-9 { out.append(place) }
        at = max(stop, end)
      } else {
        at = end
      }
    }
    return out
  }

  /// Whether a number may begin here: behind a blank, a bracket of a mark or the start, and no operator before that.
  private static func starts(_ bytes: [UInt8], _ at: Int) -> Bool {
    guard bytes[at] >= 48, bytes[at] <= 57 || bytes[at] == 46 else { return false }
    guard at > 0 else { return true }
    let before = bytes[at - 1]
    guard before == 32 || before == 10 || before == 60 || before == 36 else { return false }
    var i = at - 1
    while i >= 0, bytes[i] == 32 || bytes[i] == 36 { i -= 1 }
    guard i >= 0 else { return true }
    if bytes[i] == 120, i == 0 || !(bytes[i - 1] >= 97 && bytes[i - 1] <= 122) { return false }
    switch bytes[i] {
    case 10, 44, 46, 58, 60, 65...90, 97...122: break
    default: return false
    }
    // "half of 20 + 3", "5% of $50 x 2": the value of what stands before is not ours to know.
    return !(i >= 1 && bytes[i] == 102 && bytes[i - 1] == 111)
  }

  private static func number(_ bytes: [UInt8], _ start: Int) -> (
    value: Double, decimals: Int, end: Int
  )? {
    var (i, decimals) = (start, 0)
    var (value, scale, point, digits) = (0.0, 1.0, false, 0)
    while i < bytes.count {
      let byte = bytes[i]
      if byte >= 48, byte <= 57 {
        digits += 1
        if point {
          scale /= 10
          decimals += 1
          value += Double(byte - 48) * scale
        } else {
          value = value * 10 + Double(byte - 48)
        }
      } else if byte == 46, !point, i + 1 < bytes.count, bytes[i + 1] >= 48, bytes[i + 1] <= 57 {
        point = true
      } else if byte == 44, !point, i + 3 < bytes.count,
        bytes[(i + 1)...(i + 3)].allSatisfy({ $0 >= 48 && $0 <= 57 })
      {
        i += 1
        continue
      } else {
        break
      }
      i += 1
    }
    guard digits > 0, digits < 16 else { return nil }
    return (value, decimals, i)
  }

  private static func skip(_ bytes: [UInt8], _ start: Int) -> Int {
    var i = start
    while i < bytes.count, bytes[i] == 32 || bytes[i] == 36 { i += 1 }
    return i
  }

  private static func expression(
    _ bytes: [UInt8], _ start: Int
  ) -> (values: [Double], operators: [UInt8], end: Int)? {
    guard let first = number(bytes, start) else { return nil }
    var values = [first.value]
    var operators: [UInt8] = []
    var end = first.end
    while true {
      let at = skip(bytes, end)
      guard at < bytes.count else { break }
      let op: UInt8
      switch bytes[at] {
      case 43, 45, 42, 47: op = bytes[at]
      case 120: op = 42
      default: return operators.isEmpty ? nil : (values, operators, end)
      }
      let next = skip(bytes, at + 1)
      guard let right = number(bytes, next) else { return nil }
      operators.append(op)
      values.append(right.value)
      end = right.end
    }
    return operators.isEmpty ? nil : (values, operators, end)
  }

  /// `= 24`, `= <<48/2=24>>24`, `= $24`: the stated number and its place.
  private static func result(_ bytes: [UInt8], _ start: Int) -> (Int, Double, Int, Int)? {
    var at = skip(bytes, start)
    guard at < bytes.count, bytes[at] == 61 else { return nil }
    at = skip(bytes, at + 1)
    if at + 1 < bytes.count, bytes[at] == 60, bytes[at + 1] == 60 {
      while at + 1 < bytes.count, bytes[at] != 10, !(bytes[at] == 62 && bytes[at + 1] == 62) {
        at += 1
      }
      at = skip(bytes, at + 2)
    }
    let negative = at < bytes.count && bytes[at] == 45
    guard let stated = number(bytes, negative ? at + 1 : at) else { return nil }
    // A number that goes on ("17 500", "8 * 2", "1/2", "60%") is not plain.
    let after = skip(bytes, stated.end)
    if after < bytes.count {
      switch bytes[after] {
      case 48...57, 42, 43, 37, 47, 120: return nil
      case 45 where bytes[stated.end] != 32 || after + 1 < bytes.count && bytes[after + 1] == 32:
        return nil
      default: break
      }
    }
    return (at, negative ? -stated.value : stated.value, stated.decimals, stated.end)
  }

  /// Products before sums, from the left.
  private static func compute(_ values: [Double], _ operators: [UInt8]) -> Double? {
    var sum = 0.0
    var term = values[0]
    for (op, value) in zip(operators, values.dropFirst()) {
      switch op {
      case 42: term *= value
      case 47:
        guard value != 0 else { return nil }
        term /= value
      default:
        sum += term
        term = op == 43 ? value : -value
      }
    }
    return (sum + term).isFinite ? sum + term : nil
  }
}
