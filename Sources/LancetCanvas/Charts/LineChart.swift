// A line chart over cells: axes with round numbers, all points of every series, nothing hidden.
// Raw points stay visible under the smoothed line; clipped points become arrows, non-finite ones marks on the axis.

/// A line chart.
///
/// A value: set what it shows, then draw it into a rectangle.
public struct LineChart: Hashable, Sendable {
  /// The lines, first drawn first; dimmed ones are always behind.
  public var series: [Series]
  /// Horizontal marker lines.
  public var markers: [ChartMarker] = []
  /// The shown part of the x axis; nil fits all points.
  public var xRange: ClosedRange<Double>?
  /// The shown part of the y axis; nil fits what is shown.
  public var yRange: ClosedRange<Double>?
  /// Whether the x axis is logarithmic.
  public var isLogX = false
  /// Whether the y axis is logarithmic.
  public var isLogY = false
  /// The weight of the smoothing, 0 for none; on a logarithmic axis the logarithms are smoothed.
  public var smoothing = 0.0
  /// The x of the crosshair, nil for none.
  public var crosshair: Double?
  /// What dots are made of.
  public var glyphs = ChartGlyphs.braille
  /// The least columns kept for the labels of the y axis, so that charts below each other line up.
  public var labelRoom = 0
  /// Whether marker lines widen a fitted y axis until they are inside.
  public var fitsMarkers = true

  /// A chart of these series.
  public init(_ series: [Series]) { self.series = series }

  /// Both axes as they will be drawn.
  public var axes: (x: Axis, y: Axis) {
    let x =
      xRange.map { Axis($0, logarithmic: isLogX) }
      ?? Axis(
        fitting: series.lazy.flatMap { $0.points.lazy.map(\.x) }, logarithmic: isLogX)
    if let yRange { return (x, Axis(yRange, logarithmic: isLogY)) }
    var values: [Double] = []
    for one in series {
      for point in one.points where x.range.contains(point.x) { values.append(point.y) }
    }
    if fitsMarkers { values += markers.map(\.value) }
    return (x, Axis(fitting: values, logarithmic: isLogY, room: 0.04))
  }

  /// Where the lines lie inside a rectangle: right of the labels of the y axis, above those of the x axis.
  public func plot(in rect: Rect) -> Rect {
    layout(in: rect).plot
  }

  /// The x under a column of the canvas, for the mouse; nil outside the plot.
  public func x(atColumn column: Int, in rect: Rect) -> Double? {
    let plot = plot(in: rect)
    guard column >= plot.column, column < plot.endColumn else { return nil }
    let dots = Double(max(1, plot.width * glyphs.across - 1))
    return axes.x.value(at: Double((column - plot.column) * glyphs.across) / dots)
  }

  /// The points nearest to the crosshair, one for each series; nil where a series has none.
  public func readout() -> [ChartPoint?] {
    series.map { one in crosshair.flatMap { one.nearest(to: $0) } }
  }

  /// Draws the chart; small rectangles lose first the x axis, then the y axis, then everything.
  public func draw(on canvas: inout Canvas, in rect: Rect) {
    let layout = layout(in: rect)
    guard !layout.plot.isEmpty else { return }
    var drawing = ChartDrawing(chart: self, layout: layout)
    drawing.draw(on: &canvas, glyphs: canvas.repertoire == .ascii ? .ascii : glyphs)
  }

  /// The character of a series where dots are characters.
  static func asciiMark(_ index: Int) -> Character {
    let marks: [Character] = ["*", "+", "o", "x", "#", "%"]
    return marks[index % marks.count]
  }

  /// What goes where.
  struct Layout {
    let axes: (x: Axis, y: Axis)
    let plot: Rect
    let yTicks: [Double]
    let xTicks: [Double]
    let labelWidth: Int
    let hasXAxis: Bool
    let rect: Rect
  }

  func layout(in rect: Rect) -> Layout {
    let axes = self.axes
    let hasXAxis = rect.height >= 3
    let plotHeight = rect.height - (hasXAxis ? 1 : 0)
    let yTicks = axes.y.ticks(max(2, plotHeight / 2))
    let labels = yTicks.map { displayWidth(axes.y.label($0, among: yTicks)) }
    var labelWidth = min(8, max(labelRoom, labels.max() ?? 0))
    if rect.width < labelWidth + 9 { labelWidth = 0 }
    let left = labelWidth > 0 ? labelWidth + 1 : 0
    let plot = Rect(
      column: rect.column + left, row: rect.row, width: rect.width - left, height: plotHeight)
    let xTicks = axes.x.ticks(max(2, plot.width / 10))
    return Layout(
      axes: axes, plot: plot, yTicks: yTicks, xTicks: xTicks, labelWidth: labelWidth,
      hasXAxis: hasXAxis, rect: rect)
  }
}
