// An axis: a range of values, linear or logarithmic, mapped to 0...1, with ticks at round numbers.

/// The range of an axis and how values lie on it.
public struct Axis: Hashable, Sendable {
  /// The values at both ends.
  public let range: ClosedRange<Double>
  /// Whether equal distances are equal ratios.
  public let isLogarithmic: Bool

  /// An axis; a range that is empty, not finite or not positive on a logarithmic axis is repaired.
  public init(_ range: ClosedRange<Double>, logarithmic: Bool = false) {
    var low = range.lowerBound.isFinite ? range.lowerBound : 0
    var high = range.upperBound.isFinite ? range.upperBound : 1
    low = min(max(low, -1e300), 1e300)
    high = min(max(high, -1e300), 1e300)
    if logarithmic {
      if high <= 0 { high = 1 }
      if low <= 0 { low = high / 1000 }
      if low >= high { (low, high) = (low / 2, high * 2) }
    } else if low >= high {
      let half = max(low.magnitude * 0.05, 0.5)
      (low, high) = (low - half, high + half)
    }
    self.range = low...high
    isLogarithmic = logarithmic
  }

  /// The axis that holds all finite values (positive ones when logarithmic), with a little room around them.
  public init(fitting values: some Sequence<Double>, logarithmic: Bool = false, room: Double = 0) {
    var low = Double.infinity
    var high = -Double.infinity
    for value in values where value.isFinite && (!logarithmic || value > 0) {
      low = min(low, value)
      high = max(high, value)
    }
    guard low <= high else {
      self.init(logarithmic ? 0.1...1 : 0...1, logarithmic: logarithmic)
      return
    }
    if logarithmic {
      self.init(low...high, logarithmic: true)
    } else {
      let extra = min(max((high - low) * room, 0), 1e300)
      self.init((low - extra)...(high + extra))
    }
  }

  /// Where a value lies: 0 at the low end, 1 at the high end, beyond them outside; nil when it is nowhere.
  public func position(of value: Double) -> Double? {
    guard value.isFinite else { return nil }
    let place: Double
    if isLogarithmic {
      guard value > 0 else { return nil }
      let low = log10(range.lowerBound)
      place = (log10(value) - low) / (log10(range.upperBound) - low)
    } else {
      place =
        (value / 2 - range.lowerBound / 2) / (range.upperBound / 2 - range.lowerBound / 2)
    }
    return place.isFinite ? place : nil
  }

  /// The value at a position, the other way round.
  public func value(at position: Double) -> Double {
    if isLogarithmic {
      let low = log10(range.lowerBound)
      let exponent = low + position * (log10(range.upperBound) - low)
      let whole = exponent.rounded(.down)
      return powerOfTen(Int(min(max(whole, -300), 300))) * tenTo(exponent - whole)
    }
    return range.lowerBound * (1 - position) + range.upperBound * position
  }

  /// Round values on the axis, rising, about `count` of them (1, 2 or 5 times a power of ten apart).
  public func ticks(_ count: Int) -> [Double] {
    let count = min(max(1, count), 50)
    return isLogarithmic ? logarithmicTicks(count) : linearTicks(count)
  }

  /// The label of a tick, with as many decimals as tell its neighbours apart.
  public func label(_ value: Double, among ticks: [Double]) -> String {
    if isLogarithmic || ticks.count < 2 { return short(value) }
    let step = ticks[1] - ticks[0]
    let size = max(value.magnitude, step)
    if size >= 10_000 || step < 0.0005 {
      // As many digits as the steps need beyond the leading one.
      let digits = Int((log10(size).rounded(.down) - log10(step).rounded(.down))) + 1
      return short(value, digits: min(max(1, digits + (step >= 1 ? 1 : 0)), 6))
    }
    var decimals = 0
    while decimals < 4, !isWhole(step * powerOfTen(decimals)) { decimals += 1 }
    return fixed(value, decimals)
  }

  private func isWhole(_ value: Double) -> Bool {
    (value - value.rounded()).magnitude < 1e-6 * max(1, value.magnitude)
  }

  private func linearTicks(_ count: Int) -> [Double] {
    let span = range.upperBound - range.lowerBound
    guard span.isFinite, span > 0 else { return [range.lowerBound, range.upperBound] }
    let rough = span / Double(count)
    let power = powerOfTen(Int(log10(rough).rounded(.down)))
    guard power > 0, power.isFinite else { return [range.lowerBound] }
    // The step that comes nearest to the number asked for of ticks, and rather more than fewer.
    let steps = [0.5, 1, 2, 5, 10].map { $0 * power }
    func distance(_ step: Double) -> Double {
      let found = (range.upperBound / step).rounded(.down) - (range.lowerBound / step).rounded(.up)
      let missing = Double(count) - (found + 1)
      return missing > 0 ? missing * 1.5 : -missing
    }
    let step = steps.min { distance($0) < distance($1) } ?? power
    let first = (range.lowerBound / step - 1e-9).rounded(.up)
    var ticks: [Double] = []
    for index in 0..<60 {
      let value = (first + Double(index)) * step
      if value > range.upperBound + step * 1e-9 { break }
      ticks.append(value == 0 ? 0 : value)
    }
    return ticks
  }

  private func logarithmicTicks(_ count: Int) -> [Double] {
    let low = Int(log10(range.lowerBound).rounded(.down))
    let high = Int(log10(range.upperBound).rounded(.up))
    func inside(_ value: Double) -> Bool {
      value >= range.lowerBound * 0.9999999 && value <= range.upperBound * 1.0000001
    }
    let decades = max(1, high - low)
    let every = max(1, (decades + count - 1) / count)
    let whole = stride(from: low, through: high, by: every).map(powerOfTen).filter(inside)
    let factors: [Double] = whole.count >= max(2, count / 2) ? [1] : [1, 2, 5]
    let ticks = stride(from: low, through: high, by: every).flatMap { exponent in
      factors.map { $0 * powerOfTen(exponent) }
    }.filter(inside)
    if ticks.count >= 2 { return ticks }
    return Axis(range).linearTicks(count).filter { $0 > 0 }
  }
}

/// 10 to a power between 0 and 1, by its exponential series.
private func tenTo(_ exponent: Double) -> Double {
  let x = exponent * 2.302585092994046
  var term = 1.0
  var sum = 1.0
  for index in 1..<40 {
    term *= x / Double(index)
    sum += term
  }
  return sum
}
