// How fast answers are graded: plain ones by the second, and the worst of inputs that are made to take long.
//
// The bars: 10,000 plain answers a second, 50 ms for any input.

import LancetCore

func benchGrading() {
  benchPlainAnswers()
  print()
  benchHostileAnswers()
}

/// Known answers and what models write for them.
private func benchPlainAnswers() {
  var rows: [(gold: String, answer: String)] = []
  for k in 1...40 {
    rows += [
      ("\(k)", "The answer is \(k)."), ("\(k)", "\\boxed{\(k)}"), ("\(k)", "\(k + 1)"),
      ("#### \(k * 1000)", "She sells them all.\nA: $\(k),000"), ("\(k)/7", "\\frac{\(k)}{7}"),
      ("x + \(k)", "$\(k) + x$"), ("(\(k), 2)", "the pair is \\boxed{(\(k),2)}"),
      ("\(k)\\sqrt{2}", "\\sqrt{\(2 * k * k)}"), ("x > \(k)", "(\(k), \\infty)"),
      ("\(k) apples", "So she has \(k) apples."), ("\\text{(A)}", "(B) \(k)"),
      ("\(k)\\%", "0.\(k)"), ("(x+\(k))(x-1)", "x^2+\(k - 1)x-\(k)"), ("5", "I do not know \(k)."),
    ]
  }
  var right = 0
  let times = benchTimes(9) {
    right = rows.count { grade(gold: $0.gold, answer: $0.answer).verdict == .right }
  }
  let rate = Double(rows.count) / times.median
  print("\(rows.count) plain answers, \(right) of them right: \(benchNumber(rate, 0)) a second")
}

/// Texts that are made to take long, by name.
private let hostileAnswers: [(name: String, text: String)] = {
  func rep(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }
  func sum(_ range: Range<Int>, by joint: String = "+", _ term: (Int) -> String) -> String {
    range.map(term).joined(separator: joint)
  }
  func nested(_ open: String, _ count: Int, _ core: String) -> String {
    rep(open, count) + core + rep("}", count)
  }
  return [
    ("a million digits", rep("7", 1_000_000)), ("10,000 braces", rep("{", 10_000)),
    ("10,000 braces, closed", nested("{", 10_000, "1")), ("a tower", nested("9^{", 1000, "1")),
    ("a tower without braces", rep("9^", 1900) + "9"), ("10^10^10^10", "10^10^10^10"),
    ("factorials", "9" + rep("!", 60)), ("a sum of 100,000 powers", sum(0..<100_000) { "x^\($0)" }),
    ("a sum of 300 powers", sum(0..<300) { "x^\($0)" }), ("(x+1)^60", "(x+1)^60"),
    ("(x+y+z+w)^9", "(x+y+z+w)^9"), ("60 equal factors", rep("(x+y+1)", 60)),
    ("60 factors", rep("(a+b)(c+d)", 30)), ("200 roots", sum(2..<200, by: "") { "\\sqrt{\($0)}" }),
    ("a sum of 300 roots", sum(2..<300) { "\\sqrt{\($0)}" }),
    ("nested roots", nested("\\sqrt{2+", 100, "1")),
    ("nested fractions", nested("\\frac{1}{1+", 100, "x")),
    ("a sum of 120 fractions", sum(1..<120) { "\\frac{1}{x+\($0)}" }),
    ("nested sines", rep("\\sin(", 100) + "x" + rep(")", 100)), ("x^x^x", nested("x^{", 100, "x")),
    ("binomials", rep("\\binom{100}{50}", 41)), ("nested bars", rep("|x+", 100) + rep("|", 100)),
    ("signs", rep("\\pm1", 900)), ("minus signs", rep("-", 1900) + "1"),
    ("a matrix", "\\begin{pmatrix}" + rep("1&2\\\\", 300) + "\\end{pmatrix}"),
    ("matrices", rep("\\begin{pmatrix}1&x\\\\2&y\\end{pmatrix}", 60)),
    ("series", rep("\\sum_{k=1}^{n}", 100) + "k"), ("subscripts", nested("a_{", 300, "n")),
    ("a list of 900", sum(0..<900, by: ", ") { "\($0)" }), ("commas", rep("1,", 1900)),
    ("a list of 400 sums", sum(0..<400, by: ", ") { "x+\($0)" }),
    ("300 tuples", sum(0..<300, by: ",") { "(\($0),x)" }),
    ("nested sets", rep("\\{", 1000) + rep("\\}", 1000)), ("brackets", rep("(", 2000)),
    ("a chain of equals", rep("1=", 900) + "1"), ("a chain of less", rep("1<", 900) + "1"),
    ("nested text", nested("\\text{", 100, "a")), ("a long unit", "5 " + rep("apple ", 600)),
    ("long decimals", rep("1.123456789012+", 250) + "1"), ("3,900 letters", rep("x", 3900)),
    ("thinking parts", rep("<think>", 100_000)), ("open boxes", rep("\\boxed{", 100_000)),
    ("nested boxes", nested("\\boxed{", 5000, "1")), ("50,000 boxes", rep("\\boxed{1} ", 50_000)),
    ("joined boxes", rep("\\boxed{1} and ", 50_000)),
    ("denied boxes", rep("not \\boxed{5}. ", 30_000)),
    ("announcements", rep("answer is ", 50_000)), ("answer lines", rep("Answer: 18 x\n", 50_000)),
    ("hashes", rep("#### 1\n", 50_000)), ("tags", rep("<answer>", 50_000)),
    ("prose", rep("She sells the remainder at the market daily for 2 dollars per egg. ", 30_000)),
    ("one long line", "The answer is " + rep("and then ", 40_000)),
    ("sentences", rep("a. ", 200_000)),
    ("formulas", rep("$5$ ", 100_000)), ("conclusions", rep("Therefore it is $5$ ", 20_000)),
    ("Chinese", rep("所以有10个。", 50_000)), ("dollars", rep("$", 500_000)),
    ("backslashes", rep("\\", 500_000)), ("tildes", rep("~~a\n", 100_000)),
    ("comments", rep("<!--", 100_000)), ("spaces", rep(" ", 1_000_000)),
    ("line ends", rep("\n", 1_000_000)), ("less signs", rep("<", 500_000)),
  ]
}()

/// Each text as the answer, as the known answer, as both, in a box, and against itself with something added.
private func benchHostileAnswers() {
  var results: [(milliseconds: Double, name: String)] = []
  for (name, text) in hostileAnswers {
    let ways: [(String, gold: String, answer: String)] = [
      ("as the answer", "18", text), ("as the known answer", text, "18"),
      ("against itself", text, text + " "), ("in a box", "x+1", "\\boxed{\(text)}"),
      ("against more", text, text + "+0"),
    ]
    for (way, gold, answer) in ways {
      let times = benchTimes(3) { _ = grade(gold: gold, answer: answer) }
      results.append((times.median * 1000, "\(name), \(way)"))
    }
  }
  results.sort { $0.milliseconds > $1.milliseconds }
  print("\(results.count) gradings of hostile texts; the slowest, median of three:")
  for result in results.prefix(8) {
    print(benchNumber(result.milliseconds, 1, width: 9), "ms ", result.name)
  }
}
