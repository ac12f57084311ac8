// Python's string methods and dates, as far as chat templates use them.

extension String {
  /// The text without some characters (white space when none are given) at its ends.
  func stripped(of characters: String?, left: Bool, right: Bool) -> String {
    let set = characters.map { Set($0.unicodeScalars) }
    func goes(_ scalar: UnicodeScalar) -> Bool { set?.contains(scalar) ?? scalar.isPythonSpace }
    var rest = unicodeScalars[...]
    if left { while let first = rest.first, goes(first) { rest.removeFirst() } }
    if right { while let last = rest.last, goes(last) { rest.removeLast() } }
    return String(rest)
  }

  /// `upper`, `lower`, `capitalize` or `title`.
  func cased(_ name: String) -> String {
    switch name {
    case "upper": return uppercased()
    case "lower": return lowercased()
    case "capitalize": return prefix(1).uppercased() + dropFirst().lowercased()
    default:
      var out = ""
      var inWord = false
      for character in self {
        out += inWord ? character.lowercased() : character.uppercased()
        inWord = character.isLetter
      }
      return out
    }
  }
}

extension TemplateDate {
  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]
  private static let days = [
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
  ]

  /// The date in a format of `strftime`; midnight, since a template is never told the hour.
  func formatted(_ format: String) -> String {
    var out = ""
    var directive = false
    func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let monthName = Self.months[max(0, min(11, month - 1))]
    let dayName = Self.days[weekday]
    for scalar in format.unicodeScalars {
      guard directive else {
        if scalar == "%" { directive = true } else { out.unicodeScalars.append(scalar) }
        continue
      }
      directive = false
      switch scalar {
      case "d": out += padded(day)
      case "e": out += day < 10 ? " \(day)" : "\(day)"
      case "m": out += padded(month)
      case "Y": out += "\(year)"
      case "y": out += padded((year % 100 + 100) % 100)
      case "b", "h": out += monthName.prefix(3)
      case "B": out += monthName
      case "a": out += dayName.prefix(3)
      case "A": out += dayName
      case "H", "M", "S": out += "00"
      case "I": out += "12"
      case "p": out += "AM"
      case "F": out += "\(year)-\(padded(month))-\(padded(day))"
      case "T": out += "00:00:00"
      case "%": out += "%"
      default:
        out += "%"
        out.unicodeScalars.append(scalar)
      }
    }
    if directive { out += "%" }
    return out
  }

  /// 0 for Sunday (Sakamoto's rule).
  private var weekday: Int {
    let shifts = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4]
    let bounded = max(1, min(9999, year)) - (month < 3 ? 1 : 0)
    let sum =
      bounded + bounded / 4 - bounded / 100 + bounded / 400 + shifts[max(0, min(11, month - 1))]
      + max(1, min(31, day))
    return (sum % 7 + 7) % 7
  }
}
