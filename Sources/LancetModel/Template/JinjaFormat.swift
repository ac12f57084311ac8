// `'%s of %d' % (a, b)` and `'{} of {n}'.format(a, n=b)`, in the forms that templates use. A form that is not known is named, not
// guessed.

import Glibc
import LancetCore

extension JinjaEvaluator {
  /// Python's `text % values`.
  mutating func percentFormatted(_ text: String, _ values: JinjaValue, _ line: Int)
    throws(ModelError) -> String
  {
    var rest: [JinjaValue]
    if case .list(let sequence) = values, sequence.isTuple {
      rest = sequence.elements.reversed()
    } else {
      rest = [values]
    }
    var out = ""
    var scalars = Array(text.unicodeScalars)[...]
    while let scalar = scalars.popFirst() {
      guard scalar == "%" else {
        out.unicodeScalars.append(scalar)
        continue
      }
      if scalars.first == "%" {
        scalars.removeFirst()
        out += "%"
        continue
      }
      var specification = ""
      var chosen: JinjaValue?
      if scalars.first == "(", let end = scalars.firstIndex(of: ")"),
        case .dictionary(let mapping) = values
      {
        let key = String(
          String.UnicodeScalarView(scalars[scalars.index(after: scalars.startIndex)..<end]))
        guard let value = mapping[key] else { throw failure(line, "nothing is named ‘\(key)’") }
        chosen = value
        scalars = scalars[(end + 1)...]
      }
      while let next = scalars.first, "-+ 0123456789.".unicodeScalars.contains(next) {
        specification.unicodeScalars.append(next)
        scalars.removeFirst()
      }
      guard let kind = scalars.popFirst() else { throw failure(line, "a format without end") }
      guard let value = chosen ?? rest.popLast() else {
        throw failure(line, "a format asks for more values than there are")
      }
      out += try formatted(value, specification, kind: kind, line)
      try charge(bytes: 16)
    }
    if chosenNothingLeft(rest, values) { return out }
    throw failure(line, "a format leaves values over")
  }

  private func chosenNothingLeft(_ rest: [JinjaValue], _ values: JinjaValue) -> Bool {
    if case .dictionary = values { return true }
    return rest.isEmpty
  }

  /// Python's `text.format(…)`.
  mutating func formatted(_ text: String, _ arguments: Arguments, _ line: Int)
    throws(ModelError) -> String
  {
    var out = ""
    var next = 0
    var scalars = Array(text.unicodeScalars)[...]
    while let scalar = scalars.popFirst() {
      if scalar == "{" || scalar == "}", scalars.first == scalar {
        scalars.removeFirst()
        out.unicodeScalars.append(scalar)
        continue
      }
      guard scalar == "{" else {
        guard scalar != "}" else { throw failure(line, "a single ‘}’ in a format") }
        out.unicodeScalars.append(scalar)
        continue
      }
      guard let end = scalars.firstIndex(of: "}") else {
        throw failure(line, "a format without end")
      }
      let inside = String(String.UnicodeScalarView(scalars[..<end]))
      scalars = scalars[(end + 1)...]
      let parts = inside.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      let path = parts[0].split(separator: ".", omittingEmptySubsequences: false)
      let name = path.first.map(String.init) ?? ""
      guard !inside.contains("["), !inside.contains("!") else {
        throw failure(line, "the format ‘\(inside.prefix(40))’ is not available")
      }
      var found: JinjaValue?
      if name.isEmpty {
        found = next < arguments.positional.count ? arguments.positional[next] : nil
        next += 1
      } else if let place = Int(name) {
        found = arguments.positional.indices.contains(place) ? arguments.positional[place] : nil
      } else {
        found = arguments.named[name]
      }
      guard var value = found else { throw failure(line, "a format asks for what is not given") }
      for part in path.dropFirst() { value = try attribute(value, String(part), line) }
      out += try specified(value, parts.count > 1 ? String(parts[1]) : "", line)
      try charge(bytes: 16)
    }
    return out
  }

  /// `{:>8}`, `{:.2f}`, `{:,}` and the like.
  private mutating func specified(_ value: JinjaValue, _ specification: String, _ line: Int)
    throws(ModelError) -> String
  {
    if specification.isEmpty { return try printed(value) }
    var rest = Array(specification.unicodeScalars)[...]
    var fill: UnicodeScalar = " "
    var alignment: UnicodeScalar?
    let signs: [UnicodeScalar] = ["<", ">", "^"]
    if rest.count > 1, signs.contains(rest[rest.startIndex + 1]) {
      fill = rest.removeFirst()
      alignment = rest.removeFirst()
    } else if let first = rest.first, signs.contains(first) {
      alignment = rest.removeFirst()
    }
    if rest.first == "0" { fill = "0" }
    var digits = ""
    while let next = rest.first, "0123456789".unicodeScalars.contains(next) {
      digits.unicodeScalars.append(rest.removeFirst())
    }
    let width = min(Int(digits) ?? 0, 10_000)
    let groups = rest.first == ","
    if groups { rest.removeFirst() }
    var precision = ""
    while let next = rest.first, ".0123456789".unicodeScalars.contains(next) {
      precision.unicodeScalars.append(rest.removeFirst())
    }
    let kind = rest.popFirst() ?? (value.text == nil && precision.isEmpty ? "d" : "s")
    guard rest.isEmpty, kind != "d" || value.wholeNumber != nil else {
      throw failure(line, "the format ‘\(specification.prefix(40))’ is not available")
    }
    var text = try formatted(value, precision, kind: kind, line)
    if groups { text = grouped(text) }
    let missing = max(0, width - text.unicodeScalars.count)
    let pad = String(repeating: String(fill), count: missing)
    switch alignment ?? (value.number == nil ? "<" : ">") {
    case "<": return text + pad
    case "^":
      return String(repeating: String(fill), count: missing / 2) + text
        + String(repeating: String(fill), count: missing - missing / 2)
    default: return pad + text
    }
  }

  private func grouped(_ text: String) -> String {
    let start = text.firstIndex { $0.isNumber } ?? text.startIndex
    let end = text[start...].firstIndex { !$0.isNumber } ?? text.endIndex
    var out = ""
    for (index, digit) in text[start..<end].enumerated() {
      if index > 0, (text.distance(from: start, to: end) - index) % 3 == 0 { out += "," }
      out.append(digit)
    }
    return text[..<start] + out + text[end...]
  }

  /// One value in one `printf` form.
  private mutating func formatted(
    _ value: JinjaValue, _ specification: String, kind: UnicodeScalar, _ line: Int
  ) throws(ModelError) -> String {
    let parts = specification.split(separator: ".", omittingEmptySubsequences: false)
    let flags = parts.first.map(String.init) ?? ""
    let width = min(Int(flags.filter { $0.isNumber }) ?? 0, 10_000)
    let precision = parts.count > 1 ? min(Int(parts[1]) ?? 0, 100) : nil
    var text: String
    switch kind {
    case "s":
      text = try printed(value)
      if let precision {
        text = String(String.UnicodeScalarView(text.unicodeScalars.prefix(precision)))
      }
    case "r":
      text = ""
      try represent(value, into: &text)
    case "d", "i":
      guard
        let number = value.wholeNumber
          ?? value.number.flatMap({ Int(exactly: $0.rounded(.towardZero)) })
      else { throw failure(line, "\(value.kind) is no number for a format") }
      text = String(number)
    case "f", "e", "g":
      guard let number = value.number else {
        throw failure(line, "\(value.kind) is no number for a format")
      }
      text = printf(number, kind: kind, precision: precision ?? 6)
    case "x":
      guard let number = value.wholeNumber else {
        throw failure(line, "\(value.kind) is no whole number for a format")
      }
      text = String(number, radix: 16)
    default: throw failure(line, "the format ‘%\(kind)’ is not available")
    }
    if flags.hasPrefix("+"), value.number != nil, !text.hasPrefix("-") { text = "+" + text }
    let pad = String(
      repeating: flags.hasPrefix("0") ? "0" : " ", count: max(0, width - text.unicodeScalars.count))
    return flags.hasPrefix("-") ? text + pad : pad + text
  }

  private func printf(_ number: Double, kind: UnicodeScalar, precision: Int) -> String {
    var buffer = [CChar](repeating: 0, count: 512)
    let form = "%.\(precision)\(kind)"
    let length = withVaList([number]) { vsnprintf(&buffer, buffer.count, form, $0) }
    return String(
      decoding: buffer.prefix(max(0, min(Int(length), 511))).map { UInt8(bitPattern: $0) },
      as: UTF8.self)
  }
}
