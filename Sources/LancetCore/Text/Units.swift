// The units of measure, by all their spellings, and how they convert.

/// A unit of measure: units of one dimension differ by their factor.
struct KnownUnit: Hashable, Sendable {
  var name: String
  var dimension: String
  var factor: Rational
}

enum Units {
  /// A known unit by any of its spellings, in lower case; nil for other words.
  static func known(_ word: String) -> KnownUnit? { table[word] }

  /// The factors of all units of the dimension of a single unit.
  static func factors(alike words: [String]) -> [Rational] {
    guard words.count == 1, let unit = table[words[0]], unit.dimension != "angle" else { return [] }
    return table.values.filter { $0.dimension == unit.dimension }.map(\.factor)
  }

  /// Whether a letter behind a number and a space is a unit rather than a variable.
  static let letters: Set<String> = [
    "m", "g", "s", "h", "l", "L", "K", "N", "J", "W", "V", "F", "C",
  ]

  private static let table: [String: KnownUnit] = {
    var out: [String: KnownUnit] = [:]
    func add(_ dimension: String, _ rows: [(Int, Int, String)]) {
      for (upper, lower, names) in rows {
        let spellings = names.split(separator: " ").map(String.init)
        guard let factor = Rational(Int128(upper), over: Int128(lower)) else { continue }
        for spelling in spellings {
          out[spelling] = KnownUnit(name: spellings[0], dimension: dimension, factor: factor)
        }
      }
    }
    add(
      "length",
      [
        (1, 1000, "mm millimeter millimeters millimetre millimetres"),
        (1, 100, "cm centimeter centimeters centimetre centimetres cms"),
        (1, 10, "dm decimeter decimeters"), (1, 1, "m meter meters metre metres"),
        (1000, 1, "km kilometer kilometers kilometre kilometres kms"),
        (254, 10000, "inch inches"), (3048, 10000, "ft foot feet"), (9144, 10000, "yd yard yards"),
        (1_609_344, 1000, "mi mile miles"),
      ])
    add(
      "time",
      [
        (1, 1, "s sec secs second seconds"), (60, 1, "min mins minute minutes"),
        (3600, 1, "h hr hrs hour hours"), (86400, 1, "day days"), (604800, 1, "week weeks"),
        (2_629_746, 1, "month months"), (31_556_952, 1, "yr yrs year years"),
        (315_569_520, 1, "decade decades"),
      ])
    add(
      "weight",
      [
        (1, 1_000_000, "mg milligram milligrams"), (1, 1000, "g gram grams"),
        (1, 1, "kg kgs kilogram kilograms"), (1000, 1, "t tonne tonnes"),
        (45_359_237, 100_000_000, "lb lbs pound pounds"),
        (45_359_237, 1_600_000_000, "oz ounce ounces"), (45_359_237, 50_000, "ton tons"),
      ])
    add(
      "volume",
      [
        (1, 1000, "ml milliliter milliliters millilitre millilitres"),
        (1, 1, "l L liter liters litre litres"), (3785, 1000, "gallon gallons gal"),
        (946, 1000, "quart quarts"), (473, 1000, "pint pints"),
      ])
    add(
      "money",
      [
        (1, 1, "$ dollar dollars usd buck bucks"), (1, 100, "cent cents ¢ penny pennies"),
      ])
    add("euro", [(1, 1, "€ euro euros eur")])
    add("sterling", [(1, 1, "£ gbp quid")])
    add("yen", [(1, 1, "¥ yen jpy yuan")])
    add("rupee", [(1, 1, "₹ rupee rupees inr")])
    add("angle", [(1, 1, "° degree degrees deg"), (1, 1_000_000, "rad radian radians")])
    add("count", [(12, 1, "dozen dozens")])
    add("speed", [(1, 1, "mph"), (621, 1000, "kph kmh"), (2, 1, "knots knot")])
    return out
  }()
}
