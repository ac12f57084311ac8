// Differences of sets: the line or an interval without some points, as the union of what is left.

extension AnswerParser {
  /// `\mathbb{R} \setminus \{2\}`, `(0,2) \setminus \{1\}`; nil without such a sign.
  func difference(_ range: Range<Int>, depth: Int) throws(Unreadable) -> AnswerValue? {
    let parts = split(range) { $0.isCommand("setminus") || $0.isCommand("backslash") }.map(trimmed)
    guard parts.count > 1 else { return nil }
    let unclear = Unreadable(reason: "a difference of sets that is not understood")
    guard parts.count == 2,
      case .group(let open, let close, let ends) = try value(parts[0], depth: depth + 1),
      ends.count == 2, case .set(let points) = try value(parts[1], depth: depth + 1),
      points.count <= 20
    else { throw unclear }
    var holes: [(place: Double, value: AnswerValue)] = []
    for point in points {
      guard case .quantity(let q, nil) = point, let place = q.approximate,
        Self.isInside(place, ends)
      else { throw unclear }
      if !holes.contains(where: { $0.place == place }) { holes.append((place, point)) }
    }
    guard !holes.isEmpty else { return .group(open: open, close: close, ends) }
    holes.sort { $0.place < $1.place }
    let bounds = [ends[0]] + holes.map(\.value) + [ends[1]]
    return .union(
      (0...holes.count).map { i in
        .group(
          open: i == 0 ? open : .openParen, close: i == holes.count ? close : .closeParen,
          [bounds[i], bounds[i + 1]])
      })
  }

  /// Whether a place lies between the ends, surely.
  private static func isInside(_ place: Double, _ ends: [AnswerValue]) -> Bool {
    func end(_ value: AnswerValue) -> Double? {
      switch value {
      case .infinity(let negative): negative ? -Double.infinity : Double.infinity
      case .quantity(let q, nil): q.approximate
      default: nil
      }
    }
    guard let low = end(ends[0]), let high = end(ends[1]) else { return false }
    return low < place && place < high
  }
}
