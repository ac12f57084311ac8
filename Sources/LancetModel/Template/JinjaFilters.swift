// Jinja's filters, as far as templates use them; each is named as Jinja names it.

import LancetCore

extension JinjaEvaluator {
  mutating func filter(
    _ name: String, _ value: JinjaValue, _ arguments: Arguments, _ line: Int
  ) throws(ModelError) -> JinjaValue {
    switch name {
    case "length", "count": return .int(try length(value, line))
    case "tojson": return .string(try json(value, arguments, line))
    case "default", "d":
      let takesFalse = arguments.value("boolean", at: 1)?.isTrue ?? false
      guard value.isUndefined || takesFalse && !value.isTrue else { return value }
      return arguments.value("default_value", at: 0) ?? .string("")
    case "items":
      if value.isUndefined { return try list([], line) }
      guard case .dictionary = value else { throw failure(line, "\(value.kind) has no items") }
      return try method("items", value, Arguments(), line)
    case "attr":
      return try attribute(value, try printed(arguments.value("name", at: 0) ?? .none), line)
    case "int", "float", "abs", "round": return try numeric(name, value, arguments, line)
    case "trim", "upper", "lower", "capitalize", "title", "replace", "string", "safe", "e",
      "escape", "indent", "center", "wordcount", "format", "truncate":
      return try textual(name, value, arguments, line)
    default: return try sequential(name, value, arguments, line)
    }
  }

  private mutating func length(_ value: JinjaValue, _ line: Int) throws(ModelError) -> Int {
    switch value {
    case .string(let text), .markup(let text):
      try charge(bytes: text.utf8.count)
      return text.unicodeScalars.count
    case .list(let sequence): return sequence.elements.count
    case .dictionary(let mapping): return mapping.members.count
    case .undefined: return 0
    case .loop(let number): return loops[number].elements.count
    default: throw failure(line, "\(value.kind) has no length")
    }
  }

  private mutating func json(_ value: JinjaValue, _ arguments: Arguments, _ line: Int)
    throws(ModelError) -> String
  {
    var style = JSONStyle()
    style.ascii = arguments.value("ensure_ascii", at: 0)?.isTrue ?? false
    if let indent = arguments.value("indent", at: 1)?.wholeNumber {
      style.indent = max(0, min(64, indent))
      style.itemSeparator = ","
    }
    if let separators = arguments.value("separators", at: 2)?.elements, separators.count == 2,
      let item = separators[0].text, let key = separators[1].text
    {
      style.itemSeparator = item
      style.keySeparator = key
    }
    style.sortsKeys = arguments.value("sort_keys", at: 3)?.isTrue ?? false
    var out = ""
    try json(value, style, into: &out, line)
    return out
  }

  private mutating func numeric(
    _ name: String, _ value: JinjaValue, _ arguments: Arguments, _ line: Int
  ) throws(ModelError) -> JinjaValue {
    switch name {
    case "int":
      let fallback = arguments.value("default", at: 0) ?? .int(0)
      if let whole = value.wholeNumber { return .int(whole) }
      if let text = value.text?.stripped(of: nil, left: true, right: true) {
        let base = arguments.value("base", at: 1)?.wholeNumber ?? 10
        if (2...36).contains(base), let whole = Int(text, radix: base) { return .int(whole) }
        return Double(text).flatMap { Int(exactly: $0.rounded(.towardZero)) }.map { .int($0) }
          ?? fallback
      }
      return value.number.flatMap { Int(exactly: $0.rounded(.towardZero)) }.map { .int($0) }
        ?? fallback
    case "float":
      let text = value.text?.stripped(of: nil, left: true, right: true)
      return (value.number ?? text.flatMap { Double($0) }).map { .double($0) }
        ?? arguments.value("default", at: 0) ?? .double(0)
    case "abs":
      if let whole = value.wholeNumber, whole > Int.min { return .int(abs(whole)) }
      guard let number = value.number else { throw failure(line, "\(value.kind) has no abs") }
      return .double(abs(number))
    default:
      guard let number = value.number else { throw failure(line, "cannot round \(value.kind)") }
      let places = arguments.value("precision", at: 0)?.wholeNumber ?? 0
      var scale = 1.0
      for _ in 0..<min(abs(places), 300) { scale *= places < 0 ? 0.1 : 10 }
      let scaled = number * scale
      switch arguments.value("method", at: 1)?.text ?? "common" {
      case "ceil": return .double(scaled.rounded(.up) / scale)
      case "floor": return .double(scaled.rounded(.down) / scale)
      default: return .double(scaled.rounded(.toNearestOrEven) / scale)
      }
    }
  }

  private mutating func textual(
    _ name: String, _ value: JinjaValue, _ arguments: Arguments, _ line: Int
  ) throws(ModelError) -> JinjaValue {
    let text = try printed(value)
    try charge(bytes: text.utf8.count)
    if name == "string", case .markup = value { return value }
    switch name {
    case "trim":
      return .string(
        text.stripped(of: arguments.value("chars", at: 0)?.text, left: true, right: true))
    case "upper", "lower", "capitalize": return .string(text.cased(name))
    case "title": return .string(text.cased("words"))
    case "replace":
      return .string(
        try replaced(
          text, try printed(arguments.value("old", at: 0) ?? .none),
          try printed(arguments.value("new", at: 1) ?? .none),
          most: arguments.value("count", at: 2)?.wholeNumber ?? -1))
    case "e", "escape":
      return .markup(try escaped(value))
    case "safe": return .markup(text)
    case "indent": return .string(try indented(text, arguments))
    case "center":
      return try padded(
        "center", text, Arguments(positional: [arguments.value("width", at: 0) ?? .int(80)]), line)
    case "wordcount": return .int(text.pythonWords(most: -1, fromEnd: false).count)
    case "format":
      let values = try list(arguments.positional, isTuple: true, line)
      return .string(try percentFormatted(text, values, line))
    case "truncate":
      let length = arguments.value("length", at: 0)?.wholeNumber ?? 255
      let end = arguments.value("end", at: 2)?.text ?? "..."
      let leeway = arguments.value("leeway", at: 3)?.wholeNumber ?? 5
      let scalars = Array(text.unicodeScalars)
      guard scalars.count > max(0, length) + max(0, leeway) else { return .string(text) }
      let kept = scalars.prefix(max(0, length - end.unicodeScalars.count))
      if arguments.value("killwords", at: 1)?.isTrue ?? false {
        return .string(String(String.UnicodeScalarView(kept)) + end)
      }
      let cut = kept.lastIndex(of: " ") ?? kept.endIndex
      return .string(String(String.UnicodeScalarView(kept[..<cut])) + end)
    default: return .string(text)
    }
  }

  private mutating func indented(_ text: String, _ arguments: Arguments) throws(ModelError)
    -> String
  {
    let width = arguments.value("width", at: 0)
    let pad =
      width?.text ?? String(repeating: " ", count: max(0, min(1000, width?.wholeNumber ?? 4)))
    let first = arguments.value("first", at: 1)?.isTrue ?? false
    let blank = arguments.value("blank", at: 2)?.isTrue ?? false
    var lines: [String] = []
    for (index, line) in (text + "\n").pythonLines(keepingEnds: false).enumerated() {
      try charge(bytes: pad.utf8.count + line.utf8.count)
      let pads = index == 0 ? first : blank || !line.isEmpty
      lines.append(pads ? pad + line : line)
    }
    return lines.joined(separator: "\n")
  }

  private mutating func sequential(
    _ name: String, _ value: JinjaValue, _ arguments: Arguments, _ line: Int
  ) throws(ModelError) -> JinjaValue {
    switch name {
    case "join":
      let separator = try printed(arguments.value("d", at: 0) ?? .string(""))
      var parts: [String] = []
      for item in try fields(of: value, arguments.value("attribute", at: 1), line) {
        let part = try printed(item)
        parts.append(part)
        try charge(bytes: separator.utf8.count + part.utf8.count)
      }
      return .string(parts.joined(separator: separator))
    case "select", "reject", "selectattr", "rejectattr", "map":
      // These go through nothing when there is nothing, also when that is none.
      guard value.isTrue else { return try list([], line) }
      if name == "map" { return try mapped(value, arguments, line) }
      return try list(try selected(name, value, arguments, line), line)
    case "first": return try items(of: value, line).first ?? .undefined("first")
    case "last": return try items(of: value, line).last ?? .undefined("last")
    case "list": return try list(try items(of: value, line), line)
    case "reverse":
      if value.text != nil { return try slice(value, nil, nil, -1, line) }
      return try list(try items(of: value, line).reversed(), line)
    case "sort", "unique", "min", "max", "groupby", "dictsort":
      return try ordered(name, value, arguments, line)
    case "sum":
      var total = arguments.value("start", at: 1) ?? .int(0)
      for item in try fields(of: value, arguments.value("attribute", at: 0), line) {
        total = try arithmetic("+", total, item, line)
      }
      return total
    case "batch":
      let size = max(1, arguments.value("linecount", at: 0)?.wholeNumber ?? 1)
      let all = try items(of: value, line)
      var rows: [JinjaValue] = []
      for start in stride(from: 0, to: all.count, by: size) {
        var row = Array(all[start..<min(all.count, start + size)])
        if let filler = arguments.value("fill_with", at: 1), row.count < size {
          try charge(size)
          row += Array(repeating: filler, count: size - row.count)
        }
        rows.append(try list(row, line))
      }
      return try list(rows, line)
    default: throw failure(line, "there is no filter ‘\(name)’")
    }
  }

  /// The elements, or one field of each.
  private mutating func fields(of value: JinjaValue, _ path: JinjaValue?, _ line: Int)
    throws(ModelError) -> [JinjaValue]
  {
    let all = try items(of: value, line)
    guard let path, path.text != nil || path.wholeNumber != nil else { return all }
    var out: [JinjaValue] = []
    for item in all { out.append(try field(item, path, line)) }
    return out
  }

  /// A field by its path: names and places with dots between.
  mutating func field(_ value: JinjaValue, _ path: JinjaValue, _ line: Int) throws(ModelError)
    -> JinjaValue
  {
    guard let path = path.text else { return try item(value, path, line) }
    var value = value
    for part in path.split(separator: ".", omittingEmptySubsequences: false) {
      value = try item(value, Int(part).map { .int($0) } ?? .string(String(part)), line)
    }
    return value
  }

  private mutating func mapped(_ value: JinjaValue, _ arguments: Arguments, _ line: Int)
    throws(ModelError) -> JinjaValue
  {
    var out: [JinjaValue] = []
    if let path = arguments.named["attribute"] {
      for item in try items(of: value, line) {
        let found = try field(item, path, line)
        out.append(found.isUndefined ? arguments.named["default"] ?? found : found)
      }
      return try list(out, line)
    }
    guard let filter = arguments.positional.first?.text else {
      throw failure(line, "map needs a filter or an attribute")
    }
    let rest = Arguments(
      positional: Array(arguments.positional.dropFirst()), named: arguments.named)
    for item in try items(of: value, line) {
      try charge()
      out.append(try self.filter(filter, item, rest, line))
    }
    return try list(out, line)
  }

  /// The elements that pass a test, or do not, by themselves or by one of their fields.
  private mutating func selected(
    _ name: String, _ value: JinjaValue, _ arguments: Arguments, _ line: Int
  ) throws(ModelError) -> [JinjaValue] {
    var rest = arguments.positional
    let byField = name.hasSuffix("attr")
    let path = byField && !rest.isEmpty ? rest.removeFirst() : nil
    let testName = rest.isEmpty ? nil : try printed(rest.removeFirst())
    var out: [JinjaValue] = []
    for item in try items(of: value, line) {
      try charge()
      var subject = item
      if let path { subject = try field(item, path, line) }
      var passes = subject.isTrue
      if let testName { passes = try test(testName, subject, rest, line) }
      if passes == name.hasPrefix("select") { out.append(item) }
    }
    return out
  }
}
