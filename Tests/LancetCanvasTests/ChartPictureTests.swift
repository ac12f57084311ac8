// Pictures of small charts, glyph for glyph: an axis that turns, a lost spike or a shifted column shows here.
import Testing

@testable import LancetCanvas

private func points(_ values: [Double], from first: Double = 0) -> [ChartPoint] {
  values.enumerated().map { ChartPoint(x: first + Double($0), y: $1) }
}

/// A chart of so many cells as text.
private func picture(
  _ chart: LineChart, columns: Int = 12, rows: Int = 4, repertoire: Repertoire = .unicode
) -> String {
  var canvas = Canvas(size: Size(columns: columns, rows: rows), repertoire: repertoire)
  chart.draw(on: &canvas, in: canvas.bounds)
  return canvas.snapshot()
}

private func chart(_ values: [Double], stroke: Stroke = .solid) -> LineChart {
  LineChart([Series("", Style(.series1), stroke: stroke, points: points(values))])
}

private let rising = (0..<25).map(Double.init)

@Test func `what rises goes up to the right, and what falls down`() {
  #expect(
    picture(chart(rising)) == """
      20       ⣀⠤⠊
            ⡠⠴⠊
       0 ⡠⠒⠉
         0     20
      """)
  #expect(
    picture(chart(rising.reversed())) == """
      20 ⠑⠤⣀
            ⠑⠢⢄
       0       ⠉⠒⢄
         0     20
      """)
}

@Test func `a spike of one point is a column of dots`() {
  var values = [Double](repeating: 0, count: 24)
  values[12] = 6
  #expect(
    picture(chart(values)) == """
      5      ⣷
             ⣿
      0 ⣀⣀⣀⣀⣀⢿⣀⣀⣀⣀
        0      20
      """)
}

@Test func `a gap stays a gap, with a cross for each column without a number`() {
  var values = rising
  for index in 9...14 { values[index] = .nan }
  #expect(
    picture(chart(values)) == """
      20       ⣀⠤⠊
            ⡀ ⠈
       0 ⡠⠒⠉
         0  ×××20
      """)
}

@Test func `equal ratios are equal heights on a logarithmic axis`() {
  var squares = chart((0..<25).map { 10 * Double($0 * $0) + 1 })
  squares.isLogY = true
  #expect(
    picture(squares, columns: 16, rows: 6) == """
               ⢀⡠⠤⠔⠒⠊⠉
            ⢀⠔⠊⠁
      100  ⡰⠁
          ⢠⠃
        1 ⡸
          0       20
      """)
}

@Test func `strokes differ without colour`() {
  #expect(
    picture(chart(rising, stroke: .dashed)) == """
      20       ⣀⠤
            ⡠⠴
       0 ⡠⠒
         0     20
      """)
  #expect(
    picture(chart(rising, stroke: .dotted)) == """
      20       ⡀ ⠂
             ⠄
       0 ⡀ ⠁
         0     20
      """)
}

@Test func `the crosshair stands behind the line and says its place`() {
  var cross = chart(rising)
  cross.crosshair = 12
  #expect(
    picture(cross) == """
      20     │ ⣀⠤⠊
            ⡠⠴⠊
       0 ⡠⠒⠉ │
         0  12 20
      """)
}

@Test func `ticks are round numbers at their places on both axes`() {
  #expect(
    picture(chart((0...148).map { Double($0) / 100 }), columns: 32, rows: 7) == """
      1.5                         ⣀⣠⠤⠒
                             ⣀⡠⠴⠒⠉⠁
      1.0               ⣀⡤⠔⠚⠉⠁
      0.5         ⢀⣀⡤⠔⠚⠉
             ⢀⣀⠤⠖⠊⠉
      0.0 ⠤⠒⠋⠉
          0                100
      """)
}

@Test func `the same line in ASCII and in blocks`() {
  var blocks = chart(rising)
  blocks.glyphs = .block
  #expect(
    picture(chart(rising), repertoire: .ascii) == """
      20       ***
           *****
       0 ***
         0     20
      """)
  #expect(
    picture(blocks) == """
      20       ▗▄▛
           ▗▄▟▀▘
       0 ▟▀▘
         0     20
      """)
}

@Test func `points that leave the frame are arrows at its edge`() {
  var framed = chart([0.5, 9, 0.5, 0.5, -9, 0.5, .nan, 0.5, 0.5, 0.5])
  framed.yRange = 0...1
  #expect(
    picture(framed) == """
      1 ⢸↑⡇
        ⠜ ⠧⢄ ⢠ ⠠⠤⠤
      0    ⢸↓⢸
        0    5×
      """)
}

@Test func `two lines and a marker with its label`() {
  var two = LineChart([
    Series("a", Style(.series1), points: points(rising)),
    Series("b", Style(.series2), stroke: .dashed, points: points(rising.reversed())),
  ])
  two.markers = [ChartMarker(12, "mid")]
  #expect(
    picture(two, columns: 24, rows: 6) == """
         ⠒⠢                ⣀⠔⠒
      20    ⠉⠉ ⢄⣀     ⣀⡠⠔⠉⠉
         ┈┈┈┈┈┈┈┈⢀⡲⠤⠒⡉┈┈┈┈┈mid
            ⢀⣀⠤⠒⠉⠁   ⠈⠉ ⠤⣀
       0 ⠤⠔⠊⠁              ⠑⠢
         0               20
      """)
}

@Test func `a part of the axis shows only that part`() {
  var part = chart(rising)
  part.xRange = 6...18
  #expect(
    picture(part, columns: 18, rows: 5) == """
                     ⣀⠤⠔
      15         ⡠⠔⠊⠉
      10    ⢀⡠⠤⠒⠉
         ⠤⠒⠉⠁
             10    15
      """)
}
