// What values print and how they compare, as Python and Transformers' `tojson` do it. Every part is paid for, since a value may
// hold the same value many times.

import LancetCore

extension JinjaEvaluator {
  /// The text Python's `str` makes.
  mutating func printed(_ value: JinjaValue) throws(ModelError) -> String {
    switch value {
    case .undefined: return ""
    case .string(let text), .markup(let text): return text
    default:
      var out = ""
      try represent(value, into: &out)
      return out
    }
  }

  /// Appends the text Python's `repr` makes.
  mutating func represent(_ value: JinjaValue, into out: inout String) throws(ModelError) {
    try charge()
    switch value {
    case .undefined: out += "Undefined"
    case .none: out += "None"
    case .bool(let value): out += value ? "True" : "False"
    case .int(let value): out += String(value)
    case .double(let value): out += "\(value)"
    case .string(let text), .markup(let text):
      try charge(bytes: text.utf8.count)
      out += Self.quoted(text)
    case .list(let sequence):
      out += sequence.isTuple ? "(" : "["
      for (index, element) in sequence.elements.enumerated() {
        if index > 0 { out += ", " }
        try represent(element, into: &out)
      }
      if sequence.isTuple, sequence.elements.count == 1 { out += "," }
      out += sequence.isTuple ? ")" : "]"
    case .dictionary(let mapping):
      out += "{"
      for (index, member) in mapping.members.enumerated() {
        if index > 0 { out += ", " }
        try represent(JinjaValue(key: member.key), into: &out)
        out += ": "
        try represent(member.value, into: &out)
      }
      out += "}"
    case .namespace: out += "<Namespace>"
    case .loop: out += "<LoopContext>"
    case .macro(let number): out += "<Macro '\(macros[number].name)'>"
    case .function(let name), .method(_, let name): out += "<function \(name)>"
    }
  }

  private static func quoted(_ text: String) -> String {
    let quote: UnicodeScalar =
      text.unicodeScalars.contains("'") && !text.unicodeScalars.contains("\"") ? "\"" : "'"
    var out = String.UnicodeScalarView()
    out.append(quote)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n": out.append(contentsOf: "\\n".unicodeScalars)
      case "\r": out.append(contentsOf: "\\r".unicodeScalars)
      case "\t": out.append(contentsOf: "\\t".unicodeScalars)
      case "\\": out.append(contentsOf: "\\\\".unicodeScalars)
      case quote: out.append(contentsOf: ["\\", quote])
      default:
        if scalar.value < 0x20 || 0x7F...0xA0 ~= scalar.value {
          out.append(contentsOf: "\\x\(hexadecimal(scalar.value, digits: 2))".unicodeScalars)
        } else {
          out.append(scalar)
        }
      }
    }
    out.append(quote)
    return String(out)
  }

  /// How `json.dumps` is asked to write.
  struct JSONStyle {
    var ascii = false
    var indent: Int?
    var itemSeparator = ", "
    var keySeparator = ": "
    var sortsKeys = false
  }

  /// The text Transformers' `tojson` makes: `json.dumps`, non-ASCII kept.
  mutating func json(
    _ value: JinjaValue, _ style: JSONStyle, level: Int = 0, into out: inout String, _ line: Int
  ) throws(ModelError) {
    try charge()
    func newline(_ level: Int) -> String {
      style.indent.map { "\n" + String(repeating: " ", count: $0 * level) } ?? ""
    }
    switch value {
    case .none: out += "null"
    case .bool(let value): out += value ? "true" : "false"
    case .string(let text), .markup(let text):
      try charge(bytes: text.utf8.count)
      out += jsonQuoted(text, ascii: style.ascii)
    case .int(let value): out += String(value)
    case .double(let value):
      out +=
        value.isNaN ? "NaN" : value.isInfinite ? value < 0 ? "-Infinity" : "Infinity" : "\(value)"
    case .list(let sequence):
      guard !sequence.elements.isEmpty else { return out += "[]" }
      for (index, element) in sequence.elements.enumerated() {
        try charge(bytes: (style.indent ?? 0) * (level + 1))
        out += (index == 0 ? "[" : style.itemSeparator) + newline(level + 1)
        try json(element, style, level: level + 1, into: &out, line)
      }
      out += newline(level) + "]"
    case .dictionary(let mapping):
      guard !mapping.members.isEmpty else { return out += "{}" }
      var members = mapping.members
      if style.sortsKeys {
        members.sort { $0.key.unicodeScalars.lexicographicallyPrecedes($1.key.unicodeScalars) }
      }
      for (index, member) in members.enumerated() {
        try charge(bytes: member.key.utf8.count + (style.indent ?? 0) * (level + 1))
        out += (index == 0 ? "{" : style.itemSeparator) + newline(level + 1)
        var key = member.key
        if case .string = JinjaValue(key: key) {
        } else {
          key = ""
          try json(JinjaValue(key: member.key), JSONStyle(), into: &key, line)
        }
        out += jsonQuoted(key, ascii: style.ascii) + style.keySeparator
        try json(member.value, style, level: level + 1, into: &out, line)
      }
      out += newline(level) + "}"
    default: throw failure(line, "\(value.kind) cannot be written as JSON")
    }
  }

  /// Python's `==`.
  mutating func equal(_ left: JinjaValue, _ right: JinjaValue) throws(ModelError) -> Bool {
    try charge()
    switch (left.plain, right.plain) {
    case (.undefined, .undefined), (.none, .none): return true
    case (.string(let a), .string(let b)):
      guard a.utf8.count == b.utf8.count else { return false }
      try charge(bytes: a.utf8.count)
      return a.bytesEqual(b)
    case (.list(let a), .list(let b)):
      guard a.isTuple == b.isTuple, a.elements.count == b.elements.count else { return false }
      for (x, y) in zip(a.elements, b.elements) where !(try equal(x, y)) { return false }
      return true
    case (.dictionary(let a), .dictionary(let b)):
      guard a.members.count == b.members.count else { return false }
      for member in a.members {
        try charge(b.members.count / 16)
        guard let other = b[member.key], try equal(member.value, other) else { return false }
      }
      return true
    case (.namespace(let a), .namespace(let b)), (.macro(let a), .macro(let b)),
      (.loop(let a), .loop(let b)):
      return a == b
    case (.function(let a), .function(let b)): return a == b
    default:
      if let a = left.wholeNumber, let b = right.wholeNumber { return a == b }
      if let a = left.number, let b = right.number { return a == b }
      return false
    }
  }

  /// Python's `<` and `==` at once.
  mutating func order(_ left: JinjaValue, _ right: JinjaValue, _ line: Int) throws(ModelError)
    -> (below: Bool, same: Bool)
  {
    try charge()
    if let a = left.number, let b = right.number { return (a < b, a == b) }
    if let a = left.text, let b = right.text {
      try charge(bytes: min(a.utf8.count, b.utf8.count))
      return (a.unicodeScalars.lexicographicallyPrecedes(b.unicodeScalars), a.bytesEqual(b))
    }
    if case .list(let a) = left, case .list(let b) = right, a.isTuple == b.isTuple {
      for (x, y) in zip(a.elements, b.elements) where !(try equal(x, y)) {
        return try order(x, y, line)
      }
      return (a.elements.count < b.elements.count, a.elements.count == b.elements.count)
    }
    throw failure(line, "cannot compare \(left.kind) with \(right.kind)")
  }
}

/// A number in hexadecimal with leading zeros.
private func hexadecimal(_ value: UInt32, digits: Int) -> String {
  let text = String(value, radix: 16)
  return String(repeating: "0", count: max(0, digits - text.count)) + text
}

/// A string as Python's `json.dumps` writes it.
private func jsonQuoted(_ text: String, ascii: Bool) -> String {
  var out = String.UnicodeScalarView()
  out.append("\"")
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": out.append(contentsOf: "\\\"".unicodeScalars)
    case "\\": out.append(contentsOf: "\\\\".unicodeScalars)
    case "\n": out.append(contentsOf: "\\n".unicodeScalars)
    case "\r": out.append(contentsOf: "\\r".unicodeScalars)
    case "\t": out.append(contentsOf: "\\t".unicodeScalars)
    case "\u{8}": out.append(contentsOf: "\\b".unicodeScalars)
    case "\u{C}": out.append(contentsOf: "\\f".unicodeScalars)
    default:
      if scalar.value < 0x20 || ascii && scalar.value > 0x7E {
        for unit in UTF16.encode(scalar).map({ Array($0) }) ?? [] {
          out.append(contentsOf: "\\u\(hexadecimal(UInt32(unit), digits: 4))".unicodeScalars)
        }
      } else {
        out.append(scalar)
      }
    }
  }
  out.append("\"")
  return String(out)
}
