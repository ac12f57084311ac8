// Charts: round numbers, nothing hidden, pictures that stay as they are.
import Testing

@testable import LancetCanvas

private func points(_ count: Int, _ value: (Double) -> Double) -> [ChartPoint] {
  (0..<count).map { ChartPoint(x: Double($0), y: value(Double($0))) }
}

@Test func `a chart of 40 by 8 says what it has to say`() {
  var chart = LineChart([
    Series("r⁺", Style(.series1), points: points(149) { 2 - 2 / (1 + $0 / 20) }),
    Series("r⁻", Style(.series2), stroke: .dashed, points: points(149) { -4 + 4 / (1 + $0 / 30) }),
  ])
  chart.markers = [ChartMarker(3, "headroom")]
  var canvas = Canvas(size: Size(columns: 40, rows: 7))
  chart.draw(on: &canvas, in: canvas.bounds)
  let rows = canvas.snapshot().split(separator: "\n", omittingEmptySubsequences: false)
  #expect(rows.joined().contains("headroom"))
  #expect(rows[6].contains("0") && rows[6].contains("100"))
  #expect(
    rows.joined().unicodeScalars.contains { (0x2801...0x28FF).contains($0.value) })
}

@Test func `a spike among ten thousand points stays`() {
  var values = points(10_000) { _ in 0 }
  values[7_777].y = 1
  var canvas = Canvas(size: Size(columns: 40, rows: 8))
  LineChart([Series("loss", Style(.series1), points: values)])
    .draw(on: &canvas, in: canvas.bounds)
  let top = canvas.snapshot().split(separator: "\n", omittingEmptySubsequences: false)[0]
  #expect(top.unicodeScalars.contains { (0x2801...0x28FF).contains($0.value) })
}

@Test func `what leaves the frame is an arrow and what is no number a cross`() {
  var values = points(30) { _ in 0.5 }
  values[3].y = 9
  values[9].y = -9
  values[20].y = .nan
  var chart = LineChart([Series("", Style(.series1), points: values)])
  chart.yRange = 0...1
  for smoothing in [0, 0.6] {
    chart.smoothing = smoothing
    var canvas = Canvas(size: Size(columns: 40, rows: 8))
    chart.draw(on: &canvas, in: canvas.bounds)
    let text = canvas.snapshot()
    #expect(text.contains("↑") && text.contains("↓") && text.contains("×"))
  }
}

@Test func `the three kinds of dots draw the same line`() {
  let chart = LineChart([Series("", Style(.series1), points: points(9) { $0 })])
  let expected: [ChartGlyphs: String] = [
    .braille: "⠀", .block: "▄", .ascii: "*",
  ]
  for glyphs in ChartGlyphs.allCases {
    var copy = chart
    copy.glyphs = glyphs
    var canvas = Canvas(size: Size(columns: 9, rows: 2))
    copy.draw(on: &canvas, in: canvas.bounds)
    let text = canvas.snapshot()
    #expect(text.utf8.contains { $0 != 0x20 && $0 != 0x0A })
    #expect(glyphs == .braille || text.contains(expected[glyphs] ?? ""))
  }
}

@Test func `ticks are round, inside, and about as many as asked`() {
  #expect(Axis(0...148).ticks(3) == [0, 50, 100])
  #expect(Axis(0...1.5).ticks(3).first == 0)
  #expect(Axis(0.01...100, logarithmic: true).ticks(5) == [0.01, 0.1, 1, 10, 100])
  for (low, high) in [
    (0.0, 1.0), (-4.3, 3.3), (1e-9, 2e-9), (-1e300, 1e300), (5, 5), (0, .infinity),
  ] {
    for count in [1, 2, 5, 9] {
      let axis = Axis(low...max(low, high))
      let ticks = axis.ticks(count)
      #expect(ticks.count <= 2 * count + 3)
      #expect(ticks.allSatisfy { (axis.position(of: $0) ?? -1) > -0.001 })
      #expect(Set(ticks.map { axis.label($0, among: ticks) }).count == ticks.count)
    }
  }
}

@Test func `a value and its position find each other`() {
  for axis in [Axis(-3...7), Axis(0.001...50, logarithmic: true)] {
    for share in [0.0, 0.25, 0.5, 1.0] {
      let back = axis.position(of: axis.value(at: share)) ?? -1
      #expect((back - share).magnitude < 1e-9)
    }
  }
  #expect(Axis(0.1...1, logarithmic: true).position(of: 0) == nil)
}

@Test func `smoothing leaves a constant alone and is not drawn to zero`() {
  #expect(smoothed([3, 3, 3, 3], weight: 0.9).allSatisfy { ($0 - 3).magnitude < 1e-12 })
  #expect(smoothed([1, 2, 3], weight: 0) == [1, 2, 3])
  let some = smoothed([1, .nan, 2], weight: 0.5)
  #expect(some[0] == 1 && some[1].isNaN && (some[2] - 5.0 / 3).magnitude < 1e-12)
}

@Test(arguments: [
  (0.0, "0"), (0.0312, "0.0312"), (4.2, "4.2"), (148, "148"), (12_345, "12.3k"), (1e-5, "1e-5"),
  (-0.9, "-0.9"), (2_500_000, "2.5M"), (Double.nan, "nan"), (-Double.infinity, "-inf"),
  (1000, "1000"),
])
func `numbers are short`(_ value: Double, _ text: String) {
  #expect(short(value) == text)
}

@Test func `fixed decimals round away from zero and have no negative zero`() {
  #expect(fixed(0.5, 0) == "1" && fixed(-0.004, 2) == "0.00" && fixed(-12.345, 2) == "-12.35")
  #expect(fixed(.nan, 2) == "nan" && fixed(1e300, 2) == "1e+300")
}
