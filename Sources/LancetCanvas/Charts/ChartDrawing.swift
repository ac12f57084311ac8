// Putting a chart into cells: points to dots, dots to glyphs, labels, markers, arrows and the crosshair.

/// One drawing of a chart.
///
/// Owners in the dot grid are `2 · index of the series`, plus one for its raw points.
struct ChartDrawing {
  let chart: LineChart
  let layout: LineChart.Layout
  /// For each column of the plot: how many points left it above and below, and how many were no numbers.
  private var above: [Int]
  private var below: [Int]
  private var broken: [Int]

  init(chart: LineChart, layout: LineChart.Layout) {
    self.chart = chart
    self.layout = layout
    above = Array(repeating: 0, count: layout.plot.width)
    below = above
    broken = above
  }

  mutating func draw(on canvas: inout Canvas, glyphs: ChartGlyphs) {
    let plot = layout.plot
    var grid = DotGrid(columns: plot.width, rows: plot.height, glyphs: glyphs)
    let order =
      chart.series.indices.filter { chart.series[$0].isDimmed }
      + chart.series.indices.filter { !chart.series[$0].isDimmed }
    if chart.smoothing > 0 {
      for index in order where !chart.series[index].isDimmed {
        trace(index, smooth: false, owner: 2 * index + 1, on: &grid)
      }
    }
    for index in order { trace(index, smooth: chart.smoothing > 0, owner: 2 * index, on: &grid) }
    drawMarkers(on: &canvas)
    drawCrosshair(on: &canvas)
    paint(grid, on: &canvas)
    drawLabels(on: &canvas)
    drawEdges(on: &canvas)
    labelMarkers(grid, on: &canvas)
  }

  /// Turns the points of a series into dots: a bar from the least to the greatest dot of each column, and a line
  /// from the last point of a column to the first of the next.
  private mutating func trace(_ index: Int, smooth: Bool, owner: Int, on grid: inout DotGrid) {
    let series = chart.series[index]
    let (xAxis, yAxis) = layout.axes
    let lastX = Double(max(0, grid.width - 1))
    let lastY = Double(max(0, grid.height - 1))
    var heights = series.points.map { point in yAxis.position(of: point.y) ?? .nan }
    if smooth { heights = smoothed(heights, weight: chart.smoothing) }
    var previous: (x: Int, y: Int)?
    // The least and the greatest dot of the column so far; drawn as one bar when the column is left.
    var column = (low: 0, high: 0)
    func closeColumn(on grid: inout DotGrid) {
      guard let previous else { return }
      line(
        from: (previous.x, column.low), to: (previous.x, column.high), stroke: series.stroke,
        owner: owner, on: &grid)
    }
    let stroke = series.stroke
    for (point, height) in zip(series.points, heights) {
      guard let place = xAxis.position(of: point.x) else { continue }
      let isInside = place >= -1e-9 && place <= 1 + 1e-9
      let x = Int((min(max(place, -50), 50) * lastX).rounded())
      let cell = min(max(0, x / grid.glyphs.across), max(0, layout.plot.width - 1))
      guard height.isFinite else {
        if isInside && owner % 2 == 0 { broken[cell] += 1 }
        closeColumn(on: &grid)
        previous = nil
        continue
      }
      let y = Int(((1 - min(max(height, -50), 50)) * lastY).rounded())
      if isInside && (owner % 2 == 1 || !smooth) {
        if height > 1 + 1e-9 { above[cell] += 1 }
        if height < -1e-9 { below[cell] += 1 }
      }
      if let before = previous, before.x == x {
        column = (min(column.low, y), max(column.high, y))
      } else {
        closeColumn(on: &grid)
        if let before = previous {
          line(from: before, to: (x, y), stroke: stroke, owner: owner, on: &grid)
        } else if isInside {
          grid.set(x: x, y: y, owner: owner)
        }
        column = (y, y)
      }
      previous = (x, y)
    }
    closeColumn(on: &grid)
  }

  private func line(
    from start: (x: Int, y: Int), to end: (x: Int, y: Int), stroke: Stroke, owner: Int,
    on grid: inout DotGrid
  ) {
    let width = end.x - start.x
    func bar(_ x: Int, _ low: Int, _ high: Int) {
      let low = max(0, low)
      let high = min(grid.height - 1, high)
      guard low <= high else { return }
      for y in low...high { grid.set(x: x, y: y, owner: owner) }
    }
    if width <= 0 {
      let span = (start.y - end.y).magnitude
      if span >= 3 || isDrawn(end.x, stroke, grid.glyphs) {
        bar(end.x, min(start.y, end.y), max(start.y, end.y))
      }
      return
    }
    let first = max(start.x, -1)
    let last = min(end.x, grid.width)
    guard first <= last else { return }
    var before = height(at: first, from: start, to: end)
    for x in first...last {
      let y = height(at: x, from: start, to: end)
      if (y - before).magnitude >= 3 || isDrawn(x, stroke, grid.glyphs) {
        bar(x, y > before ? before + 1 : y, y < before ? before - 1 : y)
      }
      before = y
    }
  }

  /// The dot row of a line at a dot column.
  private func height(at x: Int, from start: (x: Int, y: Int), to end: (x: Int, y: Int)) -> Int {
    let width = Double(max(1, end.x - start.x))
    return Int((Double(start.y) + Double(end.y - start.y) * Double(x - start.x) / width).rounded())
  }

  private func isDrawn(_ x: Int, _ stroke: Stroke, _ glyphs: ChartGlyphs) -> Bool {
    switch stroke {
    case .solid: true
    case .dashed: glyphs == .ascii || x % 6 < 4
    case .dotted: glyphs == .ascii || x % 4 == 0
    }
  }

  private func paint(_ grid: DotGrid, on canvas: inout Canvas) {
    for row in 0..<grid.rows {
      for column in 0..<grid.columns {
        guard let owner = grid.owner(row: row, column: column) else { continue }
        let series = chart.series[owner / 2]
        var style = series.isDimmed ? series.style.role(.dimmed) : series.style
        if owner % 2 == 1 { style = Style(.dimmed, dim: series.style.dim) }
        let scalar = grid.scalar(row: row, column: column) { owner in
          owner % 2 == 1 ? 0x2E : LineChart.asciiMark(owner / 2).unicodeScalars.first?.value ?? 0x2A
        }
        canvas.set(
          Glyph(base: scalar), row: layout.plot.row + row, column: layout.plot.column + column,
          style.on(
            canvas[row: layout.plot.row + row, column: layout.plot.column + column].style.ground))
      }
    }
  }

  private func row(of value: Double) -> Int? {
    guard let place = layout.axes.y.position(of: value), place >= -1e-9, place <= 1 + 1e-9
    else { return nil }
    let dots = Double(max(0, layout.plot.height * chart.glyphs.down - 1))
    return layout.plot.row
      + min(layout.plot.height - 1, Int(((1 - place) * dots).rounded()) / chart.glyphs.down)
  }

  private func column(of value: Double) -> Int? {
    guard let place = layout.axes.x.position(of: value), place >= -1e-9, place <= 1 + 1e-9
    else { return nil }
    let dots = Double(max(0, layout.plot.width * chart.glyphs.across - 1))
    return layout.plot.column
      + min(layout.plot.width - 1, Int((place * dots).rounded()) / chart.glyphs.across)
  }

  private func drawMarkers(on canvas: inout Canvas) {
    for marker in chart.markers {
      guard let row = row(of: marker.value) else { continue }
      let plot = layout.plot
      for column in plot.column..<plot.endColumn {
        canvas.set(
          Glyph(base: canvas.repertoire == .ascii ? 0x2D : 0x2508), row: row, column: column,
          marker.style.on(canvas[row: row, column: column].style.ground))
      }
    }
  }

  /// Writes the labels of markers at the right end, where no line is in the way if that can be had.
  private func labelMarkers(_ grid: DotGrid, on canvas: inout Canvas) {
    for marker in chart.markers where !marker.label.isEmpty {
      guard let row = row(of: marker.value) else { continue }
      let width = displayWidth(marker.label)
      guard width + 2 < layout.plot.width else { continue }
      let isFree = { (start: Int) in
        (start..<start + width).allSatisfy {
          grid.owner(row: row - layout.plot.row, column: $0) == nil
        }
      }
      let last = layout.plot.width - width
      let start = isFree(last) ? last : isFree(1) ? 1 : last
      canvas.put(marker.label, row: row, column: layout.plot.column + start, marker.style)
    }
  }

  private func drawCrosshair(on canvas: inout Canvas) {
    guard let crosshair = chart.crosshair, let column = column(of: crosshair) else { return }
    for row in layout.plot.row..<layout.plot.endRow {
      canvas.set(
        Glyph(base: canvas.repertoire == .ascii ? 0x7C : 0x2502), row: row, column: column,
        Style(.crosshair))
    }
  }

  private func drawLabels(on canvas: inout Canvas) {
    let style = Style(.axis)
    var lastRow = -2
    for value in layout.yTicks.reversed() where layout.labelWidth > 0 {
      guard let row = row(of: value), row != lastRow else { continue }
      lastRow = row
      let label = layout.axes.y.label(value, among: layout.yTicks)
      canvas.put(
        label, row: row, endColumn: layout.plot.column - 1, style, width: layout.labelWidth)
    }
    guard layout.hasXAxis else { return }
    let row = layout.plot.endRow
    var free = layout.plot.column
    for value in layout.xTicks {
      guard let column = column(of: value) else { continue }
      let label = layout.axes.x.label(value, among: layout.xTicks)
      let width = displayWidth(label)
      let start = min(max(layout.plot.column, column - width / 2), layout.plot.endColumn - width)
      guard start >= free, start >= layout.rect.column else { continue }
      canvas.put(label, row: row, column: start, style)
      free = start + width + 1
    }
    if let crosshair = chart.crosshair, let column = column(of: crosshair) {
      let label = short(crosshair, digits: 6)
      let width = displayWidth(label)
      let start = min(
        max(layout.plot.column, column - width / 2),
        max(layout.plot.column, layout.plot.endColumn - width))
      canvas.put(" \(label) ", row: row, column: start - 1, Style(.crosshair), ellipsis: false)
    }
  }

  /// Arrows where points left the frame, and a cross on the time axis where there was no number.
  private func drawEdges(on canvas: inout Canvas) {
    let ascii = canvas.repertoire == .ascii
    let plot = layout.plot
    for index in 0..<plot.width {
      let column = plot.column + index
      if above[index] > 0 {
        canvas.set(
          Glyph(base: ascii ? 0x5E : 0x2191), row: plot.row, column: column, Style(.warning))
      }
      if below[index] > 0 {
        canvas.set(
          Glyph(base: ascii ? 0x76 : 0x2193), row: plot.endRow - 1, column: column, Style(.warning))
      }
      if broken[index] > 0 {
        let row = layout.hasXAxis ? plot.endRow : plot.endRow - 1
        canvas.set(Glyph(base: ascii ? 0x58 : 0xD7), row: row, column: column, Style(.error))
      }
    }
  }
}
