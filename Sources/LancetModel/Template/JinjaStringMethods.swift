// Python's methods of strings, as far as templates call them.

import LancetCore

extension JinjaEvaluator {
  static let stringMethods: Set<String> = [
    "startswith", "endswith", "strip", "lstrip", "rstrip", "split", "rsplit", "replace", "join",
    "upper", "lower", "capitalize", "title", "swapcase", "casefold", "splitlines", "find", "rfind",
    "index", "count", "isdigit", "isdecimal", "isnumeric", "isalpha", "isalnum", "isspace",
    "isupper", "islower", "partition", "rpartition", "removeprefix", "removesuffix", "zfill",
    "center", "ljust", "rjust", "format",
  ]

  mutating func stringMethod(
    _ name: String, _ text: String, _ arguments: Arguments, _ line: Int
  ) throws(ModelError) -> JinjaValue {
    try charge(bytes: text.utf8.count)
    let first = arguments.positional.first
    switch name {
    case "startswith", "endswith": return .bool(try begins(name, text, arguments, line))
    case "strip", "lstrip", "rstrip":
      return .string(
        text.stripped(of: first?.text, left: name != "rstrip", right: name != "lstrip"))
    case "split", "rsplit": return try list(try split(name, text, arguments, line), line)
    case "splitlines":
      return try list(
        text.pythonLines(keepingEnds: first?.isTrue ?? false).map { .string($0) }, line)
    case "partition", "rpartition": return try partition(name, text, first, line)
    case "replace":
      guard let old = first?.text, let new = arguments.value("new", at: 1)?.text else {
        throw failure(line, "replace needs two strings")
      }
      let most = arguments.value("count", at: 2)?.wholeNumber ?? -1
      return .string(try replaced(text, old, new, most: most))
    case "join":
      return try filter("join", first ?? .none, Arguments(positional: [.string(text)]), line)
    case "upper", "lower", "capitalize", "title", "swapcase", "casefold":
      return .string(text.cased(name))
    case "find", "rfind", "index", "count": return try found(name, text, first, line)
    case "removeprefix", "removesuffix":
      guard let part = first?.text, !part.isEmpty else { return .string(text) }
      let bytes = Array(text.utf8)
      let other = Array(part.utf8)
      guard
        name == "removeprefix"
          ? bytes.starts(with: other) : bytes.suffix(other.count).elementsEqual(other)
      else { return .string(text) }
      let rest = name == "removeprefix" ? bytes.dropFirst(other.count) : bytes.dropLast(other.count)
      return .string(String(decoding: rest, as: UTF8.self))
    case "zfill", "center", "ljust", "rjust": return try padded(name, text, arguments, line)
    case "format": return .string(try formatted(text, arguments, line))
    default: return .bool(text.isPython(name))
    }
  }

  private func begins(_ name: String, _ text: String, _ arguments: Arguments, _ line: Int)
    throws(ModelError) -> Bool
  {
    let first = arguments.positional.first
    let candidates = first?.elements ?? first.map { [$0] } ?? []
    var rest = Array(text.utf8)[...]
    if let start = arguments.value("start", at: 1)?.wholeNumber {
      let scalars = Array(text.unicodeScalars)
      let place = max(0, min(scalars.count, start < 0 ? start + scalars.count : start))
      rest = Array(String(String.UnicodeScalarView(scalars[place...])).utf8)[...]
    }
    for candidate in candidates {
      guard let part = candidate.text?.utf8 else {
        throw failure(line, "\(name) needs strings, not \(candidate.kind)")
      }
      let holds =
        name == "startswith"
        ? rest.starts(with: part)
        : rest.count >= part.count && rest.suffix(part.count).elementsEqual(part)
      if holds { return true }
    }
    return false
  }

  private mutating func split(
    _ name: String, _ text: String, _ arguments: Arguments, _ line: Int
  ) throws(ModelError) -> [JinjaValue] {
    let most = arguments.value("maxsplit", at: 1)?.wholeNumber ?? -1
    guard let separator = arguments.value("sep", at: 0)?.text else {
      return text.pythonWords(most: most, fromEnd: name == "rsplit").map { .string($0) }
    }
    guard !separator.isEmpty else { throw failure(line, "split needs a separator") }
    let bytes = Array(text.utf8)
    let places = bytes.ranges(ofBytes: Array(separator.utf8))
    try charge(places.count)
    let used =
      most < 0 || places.count <= most
      ? places[...] : name == "rsplit" ? places.suffix(most) : places.prefix(most)
    var out: [JinjaValue] = []
    var at = 0
    for place in used {
      out.append(.string(String(decoding: bytes[at..<place.lowerBound], as: UTF8.self)))
      at = place.upperBound
    }
    out.append(.string(String(decoding: bytes[at...], as: UTF8.self)))
    return out
  }

  private mutating func partition(
    _ name: String, _ text: String, _ separator: JinjaValue?, _ line: Int
  ) throws(ModelError) -> JinjaValue {
    guard let separator = separator?.text, !separator.isEmpty else {
      throw failure(line, "\(name) needs a separator")
    }
    let bytes = Array(text.utf8)
    let places = bytes.ranges(ofBytes: Array(separator.utf8))
    var parts = name == "partition" ? [text, "", ""] : ["", "", text]
    if let place = name == "partition" ? places.first : places.last {
      parts = [
        String(decoding: bytes[..<place.lowerBound], as: UTF8.self), separator,
        String(decoding: bytes[place.upperBound...], as: UTF8.self),
      ]
    }
    return try list(parts.map { .string($0) }, isTuple: true, line)
  }

  mutating func replaced(_ text: String, _ old: String, _ new: String, most: Int = -1)
    throws(ModelError) -> String
  {
    let bytes = Array(text.utf8)
    try charge(bytes: bytes.count)
    var out: [UInt8] = []
    var at = 0
    if old.isEmpty {  // between all characters, as in Python
      var left = most < 0 ? Int.max : most
      for scalar in text.unicodeScalars {
        if left > 0 {
          try charge(bytes: new.utf8.count)
          out.append(contentsOf: new.utf8)
          left -= 1
        }
        out.append(contentsOf: Array(String(scalar).utf8))
      }
      if left > 0 { out.append(contentsOf: new.utf8) }
      return String(decoding: out, as: UTF8.self)
    }
    let places = bytes.ranges(ofBytes: Array(old.utf8))
    for place in most < 0 ? places[...] : places.prefix(most) {
      try charge(bytes: place.lowerBound - at + new.utf8.count)
      out.append(contentsOf: bytes[at..<place.lowerBound])
      out.append(contentsOf: new.utf8)
      at = place.upperBound
    }
    out.append(contentsOf: bytes[at...])
    return String(decoding: out, as: UTF8.self)
  }

  private func found(_ name: String, _ text: String, _ part: JinjaValue?, _ line: Int)
    throws(ModelError) -> JinjaValue
  {
    guard let part = part?.text else { throw failure(line, "\(name) needs a string") }
    if part.isEmpty {
      let length = text.unicodeScalars.count
      return .int(name == "count" ? length + 1 : name == "rfind" ? length : 0)
    }
    let bytes = Array(text.utf8)
    let places = bytes.ranges(ofBytes: Array(part.utf8), overlapping: name == "rfind")
    if name == "count" { return .int(places.count) }
    guard let place = name == "rfind" ? places.last : places.first else {
      if name == "index" { throw failure(line, "the text is not in the string") }
      return .int(-1)
    }
    return .int(String(decoding: bytes[..<place.lowerBound], as: UTF8.self).unicodeScalars.count)
  }

  mutating func padded(_ name: String, _ text: String, _ arguments: Arguments, _ line: Int)
    throws(ModelError) -> JinjaValue
  {
    guard let width = arguments.value("width", at: 0)?.wholeNumber else {
      throw failure(line, "\(name) needs a width")
    }
    let missing = max(0, width - text.unicodeScalars.count)
    try charge(bytes: missing)
    let fill = name == "zfill" ? "0" : arguments.value("fillchar", at: 1)?.text ?? " "
    let spaces = String(repeating: fill, count: missing)
    switch name {
    case "ljust": return .string(text + spaces)
    case "center":
      // CPython puts the odd one left when the width is odd.
      let left = missing / 2 + (missing & width & 1)
      return .string(
        String(repeating: fill, count: left) + text + String(repeating: fill, count: missing - left)
      )
    case "zfill" where text.hasPrefix("-") || text.hasPrefix("+"):
      return .string(text.prefix(1) + spaces + text.dropFirst())
    default: return .string(spaces + text)
    }
  }
}
