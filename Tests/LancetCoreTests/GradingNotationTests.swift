// Notations of one value that differ much as texts: decimal commas, distances and intervals, subscripts, sums of matrices,
// series. Beside each kind what looks like it and has another value.

import LancetCore
import Testing

@Suite struct GradingNotationTests {
  private func expect(
    _ pairs: [(String, String)], _ holds: (Verdict) -> Bool,
    _ location: SourceLocation = #_sourceLocation
  ) {
    for (gold, answer) in pairs {
      let (forth, back) = (grade(gold: gold, answer: answer), grade(gold: answer, answer: gold))
      #expect(holds(forth.verdict), "\(gold) | \(answer)", sourceLocation: location)
      #expect(holds(back.verdict), "\(answer) | \(gold)", sourceLocation: location)
    }
  }

  @Test func `a comma between digits is the decimal one where the other side is that number`() {
    expect(
      [
        ("2.74", "2,74"), ("1000.99", "1000,99"), ("0.111", "0,111"), ("-1.5", "-1,5"),
        ("2.74", "2,74 €"), ("5/2", "2,5"), ("12,34", "12.34"), ("$0,5$", "1/2"),
      ], { $0 == .right })
    expect(
      [
        ("2.74", "2, 74"), ("2.74", "2,75"), ("1.234", "1,234"), ("2.5", "2,5,1"), ("7", "2,5"),
        ("2.5", "(2,5)"), ("2.5", "2;5"), ("2.5", "2,50,1"), ("25", "2,5"), ("1,2", "1,20"),
      ], { $0 != .right })
    expect([("2,5", "2, 5"), ("(2,5)", "2,5"), ("2,5", "5,2"), (#"\{2,5\}"#, "2,5")]) {
      $0 == .right
    }
  }

  @Test func `an inequality of a distance is the intervals it describes`() {
    expect(
      [
        ("|x|<3", "(-3,3)"), ("|x| \\le 3", "[-3,3]"), ("3 > |x|", "-3 < x < 3"),
        ("|x| \\ge 2", #"(-\infty,-2] \cup [2,\infty)"#), ("|x-2|<3", "-1<x<5"),
        ("|2x-1|>5", "x<-2 or x>3"), ("|1-2x|>5", "x<-2 or x>3"),
        (#"1\leq|z|\leq \frac{3}{2}"#, #"z \in [-\frac{3}{2}, -1] \cup [1, \frac{3}{2}]"#),
        (#"1<|z|\leq 2"#, #"[-2,-1) \cup (1,2]"#), (#"|x| < \sqrt{2}"#, #"(-\sqrt{2},\sqrt{2})"#),
        ("|x|<3", "|x|<6/2"),
      ], { $0 == .right })
    expect(
      [
        ("|x|<3", "[-3,3]"), ("|x|<3", "(0,3)"), ("|x|<3", "x<3"), ("|x-2|<3", "(-3,3)"),
        ("|x|>2", "(-2,2)"), (#"1\leq|z|\leq 2"#, "[1,2]"), ("|x|<-3", "(-3,3)"),
        (#"1\leq|z|\leq 2"#, #"(-2,-1] \cup [1,2)"#), ("|x|<3", "|y|<3"),
      ], { $0 != .right })
  }

  @Test func `a subscript is read whole`() {
    expect(
      [("a_{n+1}", "a_{1+n}"), ("x_1+2", "2+x_{1}"), ("a_{n+1}+a_{n-1}", "a_{n-1}+a_{n+1}")]
    ) { $0 == .right }
    expect(
      [
        ("a_{n+1}", "a_{n-1}"), ("a_{2n}", "a_{n+2}"), ("a_{n/2}", "a_{2n}"), ("x_1", "x_2"),
        ("F_{n-1}+F_{n-2}", "F_{n+1}+F_{n-2}"), ("a_{n^2}", "a_{n2}"), ("a_{-1}", "a_1"),
      ], { $0 != .right })
  }

  @Test func `a series equals what is written the same up to order`() {
    expect(
      [
        (
          #"F_n = \sum_{k=0}^{n-1} F_k F_{n-k-1}"#, #"F_n = \sum_{k=0}^{n-1} F_{n-k-1} F_k"#
        ), (#"\sum_{k=1}^{n} (k+1)"#, #"\sum_{k=1}^n (1+k)"#),
      ], { $0 == .right })
    expect(
      [
        (#"\sum_{k=1}^{n} k"#, #"\sum_{k=1}^{n} k^2"#),
        (#"\sum_{k=1}^{n} k"#, #"\sum_{k=0}^{n} k"#),
        (#"\sum_{k=1}^{n} k"#, #"\prod_{k=1}^{n} k"#),
      ], { $0 != .right })
    // Perhaps equal: no verdict.
    expect([(#"\sum_{k=1}^{n} k"#, #"\sum_{j=1}^{n} j"#), (#"\sum_{k=1}^{n} k"#, "n(n+1)/2")]) {
      $0 == .ungradable
    }
  }

  @Test func `sums and products of matrices have a value`() {
    func matrix(_ rows: String) -> String { #"\begin{pmatrix}\#(rows)\end{pmatrix}"# }
    let (a, b) = (matrix(#"1&2\\3&4"#), matrix(#"5&6\\7&8"#))
    expect(
      [
        (matrix(#"6&8\\10&12"#), "\(a) + \(b)"), (matrix(#"-4&-4\\-4&-4"#), "\(a) - \(b)"),
        (matrix(#"19&22\\43&50"#), "\(a) \(b)"), (matrix(#"19&22\\43&50"#), #"\#(a) \cdot \#(b)"#),
        (matrix(#"1/2&1\\3/2&2"#), #"\frac{1}{2} \#(a)"#), (matrix(#"-1&-2\\-3&-4"#), "-\(a)"),
        (matrix(#"-3&-2\\-1&0"#), "2\(a) - \(b)"),
      ], { $0 == .right })
    expect(
      [
        (matrix(#"19&22\\43&50"#), "\(b) \(a)"), (a, "\(a)^T"), (a, "\(a) + 1"), (a, "\(a) x"),
        (a, "\(a) \(matrix("1&2"))"), (a, "\(a) + \(matrix("0"))"),
        ("-4", #"\begin{vmatrix}1&2\\3&4\end{vmatrix} - 2"#), (a, "2\(a)"),
      ], { $0 != .right })
  }

  @Test func `a quotient of segments names its value`() {
    expect(
      [
        (#"\frac{NO}{BO}=\frac{1}{\sqrt{6}}"#, #"\frac{1}{\sqrt{6}}"#),
        (#"\frac{AB}{CD} = 2"#, "2"),
      ], { $0 == .right })
    expect([(#"\frac{AB}{CD} = 2"#, #"\frac{CD}{AB} = 2"#), (#"\frac{AB}{CD} = 2"#, "1/2")]) {
      $0 != .right
    }
    expect([(#"\frac{AB}{CD} = 2"#, #"\frac{CD}{AB} = \frac{1}{2}"#)]) { $0 == .ungradable }
  }

  @Test func `pct is percent`() {
    expect([(#"28\%"#, "28 pct"), (#"28\%"#, #"\text{28 pct}"#), ("0.28", "28 pct")]) {
      $0 == .right
    }
    #expect(grade(gold: #"28\%"#, answer: #"\boxed{28} pct"#).verdict == .right)
  }

  @Test func `base ten is no other number`() {
    expect([("1161_{10}", "1161"), (#"1161_{\text{ten}}"#, "1161"), ("1161_{10}", "1,161")]) {
      $0 == .right
    }
    expect([("1161_{10}", "1161_8"), ("1161_{10}", "1162"), ("1161", "1161_8")]) { $0 != .right }
  }

  @Test func `several values are plainly other than one`() {
    expect(
      [
        (#"\begin{pmatrix}1\\2\end{pmatrix}"#, "1"), (#"(-\infty,1) \cup (4,\infty)"#, "4"),
        (#"\begin{pmatrix}1&2\end{pmatrix}"#, #"(0,1) \cup (2,3)"#),
      ], { $0 == .wrong })
  }
}
