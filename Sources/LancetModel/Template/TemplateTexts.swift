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

  /// `upper`, `lower`, `casefold`, `swapcase`, `capitalize`, Python's `title`, or `words`: Jinja's, which goes by white space
  /// and brackets.
  func cased(_ name: String) -> String {
    switch name {
    case "upper": return uppercased()
    case "lower": return lowercased()
    case "casefold":
      return lowercased().unicodeScalars.map { $0 == "\u{DF}" ? "ss" : String($0) }.joined()
    case "capitalize": return prefix(1).uppercased() + dropFirst().lowercased()
    case "swapcase":
      return unicodeScalars.map { scalar in
        let one = String(scalar)
        return scalar.properties.isUppercase ? one.lowercased() : one.uppercased()
      }.joined()
    default:
      var out = ""
      var inWord = false
      for character in self {
        out += inWord ? character.lowercased() : character.uppercased()
        inWord =
          name == "words"
          ? !(character.isWhitespace || "-({[<".contains(character)) : character.isLetter
      }
      return out
    }
  }

  /// Python's `splitlines`.
  func pythonLines(keepingEnds: Bool) -> [String] {
    var out: [String] = []
    var line = String.UnicodeScalarView()
    var scalars = unicodeScalars[...]
    while let scalar = scalars.popFirst() {
      switch scalar.value {
      case 0x0A...0x0D, 0x1C...0x1E, 0x85, 0x2028, 0x2029:
        if keepingEnds { line.append(scalar) }
        if scalar == "\r", scalars.first == "\n" {
          scalars.removeFirst()
          if keepingEnds { line.append("\n") }
        }
        out.append(String(line))
        line = String.UnicodeScalarView()
      default: line.append(scalar)
      }
    }
    if !line.isEmpty { out.append(String(line)) }
    return out
  }

  /// Python's `split` and `rsplit` at white space, at most so often; negative for no limit.
  func pythonWords(most: Int, fromEnd: Bool) -> [String] {
    let scalars = Array(unicodeScalars)
    var words = scalars.indices.split { scalars[$0].isPythonSpace }
    guard most >= 0, words.count > most else {
      return words.map { String(String.UnicodeScalarView(scalars[$0.startIndex..<$0.endIndex])) }
    }
    var rest = ""
    if fromEnd {
      let end = words[words.count - most - 1].endIndex
      rest = String(String.UnicodeScalarView(scalars[..<end]))
        .stripped(of: nil, left: true, right: true)
      words.removeFirst(words.count - most)
    } else {
      let start = words[most].startIndex
      rest = String(String.UnicodeScalarView(scalars[start...]))
        .stripped(of: nil, left: true, right: false)
      words.removeLast(words.count - most)
    }
    let texts = words.map { String(String.UnicodeScalarView(scalars[$0.startIndex..<$0.endIndex])) }
    return fromEnd ? [rest] + texts : texts + [rest]
  }

  /// Python's `isdigit`, `isalpha`, `isspace`, `isupper` and the like.
  func isPython(_ name: String) -> Bool {
    let scalars = unicodeScalars
    func isLetter(_ scalar: UnicodeScalar) -> Bool {
      switch scalar.properties.generalCategory {
      case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
      default: false
      }
    }
    guard !scalars.isEmpty else { return false }
    switch name {
    case "isdecimal": return scalars.allSatisfy { $0.properties.numericType == .decimal }
    case "isdigit":
      return scalars.allSatisfy { [.decimal, .digit].contains($0.properties.numericType) }
    case "isnumeric": return scalars.allSatisfy { $0.properties.numericType != nil }
    case "isalpha": return scalars.allSatisfy(isLetter)
    case "isalnum":
      return scalars.allSatisfy { isLetter($0) || $0.properties.numericType != nil }
    case "isspace": return scalars.allSatisfy(\.isPythonSpace)
    case "isupper":
      return scalars.contains { $0.properties.isUppercase }
        && !scalars.contains { $0.properties.isLowercase }
    default:
      return scalars.contains { $0.properties.isLowercase }
        && !scalars.contains { $0.properties.isUppercase }
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
    var pad: String? = "0"
    /// A number with two digits, as the directive's flag asks: `-` for no padding, `_` for spaces.
    func padded(_ number: Int) -> String { (number < 10 ? pad ?? "" : "") + "\(number)" }
    let monthName = Self.months[max(0, min(11, month - 1))]
    let dayName = Self.days[weekday]
    for scalar in format.unicodeScalars {
      guard directive else {
        if scalar == "%" { directive = true } else { out.unicodeScalars.append(scalar) }
        pad = "0"
        continue
      }
      if scalar == "-" || scalar == "_" {
        pad = scalar == "-" ? nil : " "
        continue
      }
      directive = false
      switch scalar {
      case "d": out += padded(day)
      case "e":
        if pad == "0" { pad = " " }
        out += padded(day)
      case "j": out += (pad.map { pad in dayOfYear < 100 ? pad : "" } ?? "") + padded(dayOfYear)
      case "u": out += "\(weekday == 0 ? 7 : weekday)"
      case "w": out += "\(weekday)"
      case "m": out += padded(month)
      case "Y": out += "\(year)"
      case "y": out += padded((year % 100 + 100) % 100)
      case "b", "h": out += monthName.prefix(3)
      case "B": out += monthName
      case "a": out += dayName.prefix(3)
      case "A": out += dayName
      case "H", "M", "S": out += padded(0)
      case "I": out += "12"
      case "p": out += "AM"
      case "F": out += "\(year)-\(padded(month))-\(padded(day))"
      case "D", "x": out += "\(padded(month))/\(padded(day))/\(padded((year % 100 + 100) % 100))"
      case "T", "X": out += "00:00:00"
      case "R": out += "00:00"
      case "c":
        pad = " "
        out += "\(dayName.prefix(3)) \(monthName.prefix(3)) \(padded(day)) 00:00:00 \(year)"
      case "Z", "z": break  // a date without a time zone
      case "%": out += "%"
      default:
        out += "%"
        out.unicodeScalars.append(scalar)
      }
    }
    if directive { out += "%" }
    return out
  }

  /// 1 for the first of January.
  private var dayOfYear: Int {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let before = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]
    return before[max(0, min(11, month - 1))] + day + (isLeap && month > 2 ? 1 : 0)
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
