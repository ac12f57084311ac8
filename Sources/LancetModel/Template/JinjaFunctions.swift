// The functions, methods, filters and tests a template may call.

import LancetCore

extension JinjaEvaluator {
  mutating func call(_ callee: JinjaExpression, _ arguments: JinjaArguments, _ line: Int)
    throws(ModelError) -> JinjaValue
  {
    switch callee.kind {
    case .name(let name) where lookup(name) == nil:
      return try function(name, try evaluated(arguments), line)
    case .attribute(let base, let name):
      let receiver = try value(base)
      return try method(name, receiver, try evaluated(arguments), line)
    case .item(let base, let key):
      let receiver = try value(base)
      return try method(try value(key).printed, receiver, try evaluated(arguments), line)
    default: throw failure(line, "calls what is no function")
    }
  }

  private mutating func function(_ name: String, _ arguments: Arguments, _ line: Int)
    throws(ModelError) -> JinjaValue
  {
    switch name {
    case "raise_exception":
      throw .templateRefused(message: arguments.value("message", at: 0)?.printed ?? "")
    case "strftime_now":
      return .string(date.formatted(arguments.value("format", at: 0)?.printed ?? ""))
    case "namespace", "dict":
      var members: [(key: String, value: JinjaValue)] = []
      if case .dictionary(let given)? = arguments.positional.first { members = given }
      for (key, value) in arguments.named.sorted(by: { $0.key < $1.key }) {
        members.removeAll { $0.key.bytesEqual(key) }
        members.append((key, value))
      }
      if name == "dict" { return .dictionary(members) }
      var fields: [String: JinjaValue] = [:]
      for member in members { fields[member.key] = member.value }
      try charge(64)
      namespaces.append(fields)
      return .namespace(namespaces.count - 1)
    case "range":
      let bounds = arguments.positional.compactMap(\.wholeNumber)
      guard (1...3).contains(bounds.count), bounds.count == arguments.positional.count,
        bounds.count < 3 || bounds[2] != 0
      else { throw failure(line, "range needs one to three whole numbers") }
      let begin = bounds.count > 1 ? bounds[0] : 0
      let end = bounds.count > 1 ? bounds[1] : bounds[0]
      var out: [JinjaValue] = []
      for number in stride(from: begin, to: end, by: bounds.count > 2 ? bounds[2] : 1) {
        try charge()
        guard out.count < Self.rangeLimit else {
          throw .templateRanTooLong(limit: "\(Self.rangeLimit) numbers in a range")
        }
        out.append(.int(number))
      }
      return .list(out)
    default: throw failure(line, "there is no function ‘\(name)’")
    }
  }

  private mutating func method(
    _ name: String, _ receiver: JinjaValue, _ arguments: Arguments, _ line: Int
  ) throws(ModelError) -> JinjaValue {
    switch receiver {
    case .string(let text): return try stringMethod(name, text, arguments, line)
    case .dictionary(let members):
      switch name {
      case "items": return .list(members.map { .list([.string($0.key), $0.value]) })
      case "keys": return .list(members.map { .string($0.key) })
      case "values": return .list(members.map(\.value))
      case "get":
        let key = arguments.value("key", at: 0)?.printed ?? ""
        return members.first { $0.key.bytesEqual(key) }?.value
          ?? arguments.value("default", at: 1) ?? .none
      default: break
      }
    case .undefined: throw failure(line, "calls ‘\(name)’ of \(receiver.kind)")
    default: break
    }
    throw failure(line, "\(receiver.kind) has no method ‘\(name)’")
  }

  private mutating func stringMethod(
    _ name: String, _ text: String, _ arguments: Arguments, _ line: Int
  ) throws(ModelError) -> JinjaValue {
    try charge(bytes: text.utf8.count)
    let first = arguments.positional.first
    switch name {
    case "startswith", "endswith":
      let candidates: [JinjaValue] =
        if case .list(let several)? = first { several } else { first.map { [$0] } ?? [] }
      return .bool(
        candidates.contains { candidate in
          guard let part = candidate.text?.utf8 else { return false }
          return name == "startswith"
            ? text.utf8.starts(with: part)
            : text.utf8.count >= part.count && text.utf8.suffix(part.count).elementsEqual(part)
        })
    case "strip", "lstrip", "rstrip":
      return .string(
        text.stripped(of: first?.text, left: name != "rstrip", right: name != "lstrip"))
    case "split":
      return .list(try split(text, arguments.value("sep", at: 0), arguments, line))
    case "replace":
      guard let old = first?.text, let new = arguments.value("new", at: 1)?.text else {
        throw failure(line, "replace needs two strings")
      }
      return .string(try replaced(text, old, new))
    case "join":
      return try filter("join", first ?? .none, Arguments(positional: [.string(text)]), line)
    case "upper", "lower", "capitalize", "title":
      return try filter(name, .string(text), Arguments(), line)
    case "splitlines":
      return .list(
        text.split(separator: "\n", omittingEmptySubsequences: false).map { .string(String($0)) })
    case "find":
      let found = text.firstByteRange(of: first?.text ?? "", from: 0)
      return .int(
        found.map { range in
          String(decoding: Array(text.utf8)[..<range.lowerBound], as: UTF8.self).unicodeScalars
            .count
        } ?? -1)
    case "isdigit":
      return .bool(
        !text.isEmpty && text.unicodeScalars.allSatisfy { $0.properties.numericType == .decimal })
    default: throw failure(line, "a string has no method ‘\(name)’")
    }
  }

  private mutating func split(
    _ text: String, _ separator: JinjaValue?, _ arguments: Arguments, _ line: Int
  ) throws(ModelError) -> [JinjaValue] {
    let most = arguments.value("maxsplit", at: 1)?.wholeNumber ?? -1
    guard let separator = separator?.text else {
      guard most < 0 else { throw failure(line, "split at white space with a limit") }
      return text.unicodeScalars.split { $0.isPythonSpace }.map { .string(String($0)) }
    }
    guard !separator.isEmpty else { throw failure(line, "split needs a separator") }
    let bytes = Array(text.utf8)
    let part = Array(separator.utf8)
    var out: [JinjaValue] = []
    var at = 0
    while most < 0 || out.count < most, let found = bytes.firstRange(ofBytes: part, from: at) {
      try charge()
      out.append(.string(String(decoding: bytes[at..<found.lowerBound], as: UTF8.self)))
      at = found.upperBound
    }
    out.append(.string(String(decoding: bytes[at...], as: UTF8.self)))
    return out
  }

  private mutating func replaced(_ text: String, _ old: String, _ new: String)
    throws(ModelError) -> String
  {
    guard !old.isEmpty else { return text }
    let bytes = Array(text.utf8)
    let part = Array(old.utf8)
    var out: [UInt8] = []
    var at = 0
    while let found = bytes.firstRange(ofBytes: part, from: at) {
      try charge(bytes: found.lowerBound - at + new.utf8.count)
      out.append(contentsOf: bytes[at..<found.lowerBound])
      out.append(contentsOf: new.utf8)
      at = found.upperBound
    }
    out.append(contentsOf: bytes[at...])
    return String(decoding: out, as: UTF8.self)
  }

  mutating func filter(
    _ name: String, _ value: JinjaValue, _ arguments: Arguments, _ line: Int
  ) throws(ModelError) -> JinjaValue {
    switch name {
    case "length", "count":
      switch value {
      case .string(let text):
        try charge(bytes: text.utf8.count)
        return .int(text.unicodeScalars.count)
      case .list(let elements): return .int(elements.count)
      case .dictionary(let members): return .int(members.count)
      case .undefined: return .int(0)
      default: throw failure(line, "\(value.kind) has no length")
      }
    case "trim":
      let text = value.printed
      try charge(bytes: text.utf8.count)
      return .string(
        text.stripped(of: arguments.value("chars", at: 0)?.text, left: true, right: true))
    case "tojson":
      guard
        let text = value.json(
          indent: arguments.value("indent", at: 1)?.wholeNumber.map { max(0, min(16, $0)) })
      else { throw failure(line, "\(value.kind) cannot be written as JSON") }
      try charge(bytes: text.utf8.count)
      return .string(text)
    case "items":
      if case .undefined = value { return .list([]) }
      return try method("items", value, Arguments(), line)
    case "join":
      let separator = arguments.value("d", at: 0)?.printed ?? ""
      var parts: [String] = []
      for item in try items(of: value, line) {
        let item =
          try arguments.value("attribute", at: 1).map { (key) throws(ModelError) in
            try self.item(item, key, line)
          }
          ?? item
        parts.append(item.printed)
        try charge(bytes: separator.utf8.count + item.printed.utf8.count)
      }
      return .string(parts.joined(separator: separator))
    case "select", "reject", "selectattr", "rejectattr":
      return .list(try selected(name, value, arguments, line))
    case "map":
      guard let key = arguments.named["attribute"] else {
        guard let filter = arguments.positional.first?.text else {
          throw failure(line, "map needs a filter or an attribute")
        }
        let rest = Arguments(positional: Array(arguments.positional.dropFirst()))
        var out: [JinjaValue] = []
        for item in try items(of: value, line) {
          out.append(try self.filter(filter, item, rest, line))
        }
        return .list(out)
      }
      var out: [JinjaValue] = []
      for item in try items(of: value, line) { out.append(try self.item(item, key, line)) }
      return .list(out)
    case "first": return try items(of: value, line).first ?? .undefined("first")
    case "last": return try items(of: value, line).last ?? .undefined("last")
    case "list": return .list(try items(of: value, line))
    case "reverse":
      if case .string = value { return try slice(value, nil, nil, -1, line) }
      return .list(try items(of: value, line).reversed())
    case "default", "d":
      let takesFalse = arguments.value("boolean", at: 1)?.isTrue ?? false
      if case .undefined = value { return arguments.value("default_value", at: 0) ?? .string("") }
      return takesFalse && !value.isTrue
        ? arguments.value("default_value", at: 0) ?? .string("") : value
    case "string", "safe": return .string(value.printed)
    case "int":
      if case .double(let number) = value {
        return .int(Int(exactly: number.rounded(.towardZero)) ?? 0)
      }
      return .int(
        value.wholeNumber ?? Int(value.printed.stripped(of: nil, left: true, right: true)) ?? 0)
    case "float": return .double(value.number ?? Double(value.printed) ?? 0)
    case "abs":
      if let whole = value.wholeNumber, whole > Int.min { return .int(abs(whole)) }
      guard let number = value.number else { throw failure(line, "\(value.kind) has no abs") }
      return .double(abs(number))
    case "upper", "lower", "capitalize", "title":
      let text = value.printed
      try charge(text.utf8.count)
      return .string(text.cased(name))
    case "replace":
      return .string(
        try replaced(
          value.printed, arguments.value("old", at: 0)?.printed ?? "",
          arguments.value("new", at: 1)?.printed ?? ""))
    default: throw failure(line, "there is no filter ‘\(name)’")
    }
  }

  /// The elements that pass a test, or do not, by themselves or by one of their fields.
  private mutating func selected(
    _ name: String, _ value: JinjaValue, _ arguments: Arguments, _ line: Int
  ) throws(ModelError) -> [JinjaValue] {
    var rest = arguments.positional
    let byField = name.hasSuffix("attr")
    let field = byField && !rest.isEmpty ? rest.removeFirst() : nil
    let testName = rest.isEmpty ? nil : rest.removeFirst().printed
    var out: [JinjaValue] = []
    for item in try items(of: value, line) {
      try charge()
      let subject =
        try field.map { (key) throws(ModelError) in try self.item(item, key, line) } ?? item
      let passes =
        try testName.map { (name) throws(ModelError) in
          try test(name, subject, rest, line)
        }
        ?? subject.isTrue
      if passes == name.hasPrefix("select") { out.append(item) }
    }
    return out
  }

  mutating func test(
    _ name: String, _ value: JinjaValue, _ arguments: [JinjaValue], _ line: Int
  ) throws(ModelError) -> Bool {
    let other = arguments.first ?? .none
    switch name {
    case "defined": if case .undefined = value { return false } else { return true }
    case "undefined": if case .undefined = value { return true } else { return false }
    case "none": if case .none = value { return true } else { return false }
    case "string": return value.text != nil
    case "boolean": if case .bool = value { return true } else { return false }
    case "true": if case .bool(true) = value { return true } else { return false }
    case "false": if case .bool(false) = value { return true } else { return false }
    case "integer": if case .int = value { return true } else { return false }
    case "float": if case .double = value { return true } else { return false }
    case "number": return value.number != nil
    case "mapping": if case .dictionary = value { return true } else { return false }
    case "sequence", "iterable":
      switch value {
      case .string, .list, .dictionary, .undefined: return true
      default: return false
      }
    case "callable": return false
    case "equalto", "eq", "==": return value.equals(other)
    case "ne", "!=": return !value.equals(other)
    case "in": return try contains(other, value, line)
    case "gt", "greaterthan", ">": return try compare(">", value, other, line)
    case "lt", "lessthan", "<": return try compare("<", value, other, line)
    case "ge", ">=": return try compare(">=", value, other, line)
    case "le", "<=": return try compare("<=", value, other, line)
    case "odd", "even", "divisibleby":
      let divisor = name == "divisibleby" ? other.wholeNumber ?? 0 : 2
      guard let number = value.wholeNumber, divisor != 0, divisor != -1 else {
        throw failure(line, "‘\(name)’ needs whole numbers")
      }
      return (number % divisor == 0) != (name == "odd")
    default: throw failure(line, "there is no test ‘\(name)’")
    }
  }
}
