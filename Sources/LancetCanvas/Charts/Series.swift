// What a chart shows: series of points with a style and a stroke, and horizontal marker lines.

/// How a line is stroked, so that series differ without colour.
public enum Stroke: String, CaseIterable, Hashable, Sendable {
  case solid, dashed, dotted

  /// The sign of the stroke in a legend.
  public var sign: String {
    switch self {
    case .solid: "─"
    case .dashed: "┄"
    case .dotted: "·"
    }
  }
}

/// One point of a series.
public struct ChartPoint: Hashable, Sendable {
  /// Where it lies from left to right (an update, pairs seen, seconds).
  public var x: Double
  /// Its value; a value that is not finite is drawn as a mark on the time axis.
  public var y: Double

  /// A point.
  public init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }
}

/// A named line of points, x rising.
///
/// Every point is kept; none is ever sampled away.
public struct Series: Hashable, Sendable {
  /// What the legend calls it.
  public var name: String
  /// What it is drawn with.
  public var style: Style
  /// How it is stroked.
  public var stroke: Stroke
  /// All points.
  public var points: [ChartPoint]
  /// Whether it stands back behind the others (another run, for comparison).
  public var isDimmed: Bool

  /// A series.
  public init(
    _ name: String, _ style: Style, stroke: Stroke = .solid, points: [ChartPoint],
    isDimmed: Bool = false
  ) {
    self.name = name
    self.style = style
    self.stroke = stroke
    self.points = points
    self.isDimmed = isDimmed
  }

  /// The point nearest to an x, nil when there is none.
  public func nearest(to x: Double) -> ChartPoint? {
    guard x.isFinite, !points.isEmpty else { return nil }
    var low = 0
    var high = points.count
    while low < high {
      let middle = (low + high) / 2
      if points[middle].x < x { low = middle + 1 } else { high = middle }
    }
    let after = min(low, points.count - 1)
    let before = max(0, after - 1)
    return (points[before].x - x).magnitude <= (points[after].x - x).magnitude
      ? points[before] : points[after]
  }
}

/// A horizontal line at a value: the headroom, δ, a target.
public struct ChartMarker: Hashable, Sendable {
  /// The value it lies at.
  public var value: Double
  /// What is written at its right end; may be empty.
  public var label: String
  /// What it is drawn with.
  public var style: Style

  /// A marker line.
  public init(_ value: Double, _ label: String, _ style: Style = Style(.headroom)) {
    self.value = value
    self.label = label
    self.style = style
  }
}
