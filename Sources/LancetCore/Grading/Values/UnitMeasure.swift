// What a unit phrase measures, as powers of base dimensions and a factor: "m/s^2", "m s^{-2}" and "meters per second
// squared" are one, "s/m" is another.

struct UnitMeasure: Equatable, Sendable {
  /// The exponents of the base dimensions; none is zero.
  private(set) var dimensions: [String: Int] = [:]
  /// How many of the base units it is.
  private(set) var factor = Rational.one

  /// The measure of the words of a unit; nil when one of them is no known unit.
  init?(_ words: [String]) {
    var sign = 1
    var power = 1
    var last: [(name: String, exponent: Int)] = []
    var lastFactor = Rational.one
    var at = 0
    while at < words.count {
      let word = words[at]
      at += 1
      switch word {
      case "per", "/":
        (sign, last) = (-1, [])
        continue
      case "square", "sq": power = 2
      case "cubic", "cu": power = 3
      case "squared", "cubed", "^":
        guard
          let exponent = word == "^"
            ? at < words.count ? Int(words[at]) : nil : word == "squared" ? 2 : 3,
          exponent != 0, exponent.magnitude < 8, !last.isEmpty
        else { return nil }
        if word == "^" { at += 1 }
        guard multiply(last, lastFactor, exponent - 1) else { return nil }
        last = []
      default:
        guard let (parts, number) = Self.parts(of: word) else { return nil }
        last = parts.map { ($0.key, $0.value * sign * power) }
        guard let scale = number.power(sign * power) else { return nil }
        lastFactor = scale
        power = 1
        guard multiply(last, scale, 1) else { return nil }
      }
    }
    guard !words.isEmpty, power == 1 else { return nil }
  }

  private mutating func multiply(
    _ parts: [(name: String, exponent: Int)], _ scale: Rational, _ times: Int
  ) -> Bool {
    for (name, exponent) in parts {
      let sum = dimensions[name, default: 0] + exponent * times
      dimensions[name] = sum == 0 ? nil : sum
    }
    guard let more = scale.power(times), let product = factor.multiplied(by: more) else {
      return false
    }
    factor = product
    return true
  }

  /// What one word measures.
  ///
  /// A trailing power, as canonical names have it ("m^2"), belongs to it.
  private static func parts(of word: String) -> ([String: Int], Rational)? {
    let pieces = word.split(separator: "^")
    if pieces.count == 2, let exponent = Int(pieces[1]), exponent.magnitude < 8,
      let (parts, factor) = parts(of: String(pieces[0])), let scale = factor.power(exponent)
    {
      return (parts.mapValues { $0 * exponent }, scale)
    }
    if let derived = derived[word] { return derived }
    guard let known = Units.known(word), known.dimension != "angle" else { return nil }
    if known.dimension == "volume", let factor = known.factor.divided(by: Rational(1000)) {
      return (["length": 3], factor)
    }
    return ([known.dimension: 1], known.factor)
  }

  private static let derived: [String: ([String: Int], Rational)] = {
    let force = ["weight": 1, "length": 1, "time": -2]
    let energy = ["weight": 1, "length": 2, "time": -2]
    let power = ["weight": 1, "length": 2, "time": -3]
    let pressure = ["weight": 1, "length": -1, "time": -2]
    let speed = ["length": 1, "time": -1]
    var out: [String: ([String: Int], Rational)] = [:]
    func add(_ dimensions: [String: Int], _ names: String, _ upper: Int = 1, _ lower: Int = 1) {
      guard let factor = Rational(Int128(upper), over: Int128(lower)) else { return }
      for name in names.split(separator: " ") { out[String(name)] = (dimensions, factor) }
    }
    add(force, "N newton newtons")
    add(force, "kn kilonewton kilonewtons", 1000)
    add(energy, "J joule joules")
    add(energy, "kj kilojoule kilojoules", 1000)
    add(energy, "megaj megajoule megajoules", 1_000_000)
    add(energy, "kwh", 3_600_000)
    add(power, "W watt watts")
    add(power, "kw kilowatt kilowatts", 1000)
    add(power, "megaw megawatt megawatts", 1_000_000)
    add(pressure, "pa pascal pascals")
    add(pressure, "kpa kilopascal kilopascals", 1000)
    add(["charge": 1], "C coulomb coulombs")
    add(["charge": 1, "time": -1], "A ampere amperes amp amps")
    add(["weight": 1, "length": 2, "time": -2, "charge": -1], "V volt volts")
    add(["temperature": 1], "K kelvin kelvins")
    add(["amount": 1], "mol mole moles mols")
    add(["time": -1], "hz hertz")
    add(["time": -1], "khz kilohertz", 1000)
    add(speed, "mph", 1_609_344, 3_600_000)
    add(speed, "kph kmh", 1000, 3600)
    return out
  }()
}
