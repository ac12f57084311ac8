// The functions and methods a template may call, and what may not be called: a template changes nothing but its own variables.

import LancetCore

extension JinjaEvaluator {
  mutating func call(_ callee: JinjaExpression, _ arguments: Arguments, _ line: Int)
    throws(ModelError) -> JinjaValue
  {
    switch try value(callee) {
    case .function(let name): return try function(name, arguments, line)
    case .macro(let number): return try call(macro: number, arguments, line)
    case .method(let receiver, let name): return try method(name, receiver, arguments, line)
    case .loop(let number): return try recurse(number, arguments, line)
    case .undefined(let name): throw failure(line, "there is no function ‘\(name.prefix(60))’")
    case let other: throw failure(line, "\(other.kind) is no function")
    }
  }

  private mutating func function(_ name: String, _ arguments: Arguments, _ line: Int)
    throws(ModelError) -> JinjaValue
  {
    switch name {
    case "raise_exception":
      throw .templateRefused(
        message: try printed(arguments.value("message", at: 0) ?? .string("")))
    case "strftime_now":
      return .string(date.formatted(try printed(arguments.value("format", at: 0) ?? .string(""))))
    case "namespace", "dict":
      var members: [(key: String, value: JinjaValue)] = []
      switch arguments.positional.first {
      case nil: break
      case .dictionary(let given): members = given.members
      case .list(let pairs):
        for pair in pairs.elements {
          guard case .list(let two) = pair, two.elements.count == 2 else {
            throw failure(line, "\(name) needs pairs of a key and a value")
          }
          members.append((try printed(two.elements[0]), two.elements[1]))
        }
      case let other?: throw failure(line, "\(name) makes nothing of \(other.kind)")
      }
      for (key, value) in arguments.named.sorted(by: { $0.key < $1.key }) {
        members.append((key, value))
      }
      if name == "dict" { return try dictionary(members, line) }
      var fields: [String: JinjaValue] = [:]
      for member in members { fields[member.key] = member.value }
      try charge(64 + members.count)
      namespaces.append(fields)
      return .namespace(namespaces.count - 1)
    default: return try range(arguments, line)
    }
  }

  private mutating func range(_ arguments: Arguments, _ line: Int) throws(ModelError)
    -> JinjaValue
  {
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
    return try list(out, line)
  }

  /// Whether Python's type of this value has a method of this name, which it finds before a key.
  static func hasMethod(_ value: JinjaValue, _ name: String) -> Bool {
    switch value {
    case .string, .markup: stringMethods.contains(name)
    case .dictionary: ["items", "keys", "values", "get", "copy"].contains(name)
    case .list(let sequence):
      name == "index" || name == "count" || name == "copy" && !sequence.isTuple
    default: false
    }
  }

  /// Methods that would change a value, which Transformers' sandbox refuses too.
  static func changes(_ value: JinjaValue, _ name: String) -> Bool {
    switch value {
    case .dictionary: ["clear", "pop", "popitem", "setdefault", "update"].contains(name)
    case .list(let sequence):
      !sequence.isTuple
        && ["append", "clear", "extend", "insert", "pop", "remove", "reverse", "sort"].contains(
          name)
    default: false
    }
  }

  mutating func method(
    _ name: String, _ receiver: JinjaValue, _ arguments: Arguments, _ line: Int
  ) throws(ModelError) -> JinjaValue {
    if Self.changes(receiver, name) {
      throw failure(line, "‘\(name)’ would change \(receiver.kind), which a template may not")
    }
    switch receiver {
    case .string(let text), .markup(let text): return try stringMethod(name, text, arguments, line)
    case .loop(let number): return try loopMethod(number, name, arguments, line)
    case .dictionary(let mapping):
      try charge(mapping.members.count / 16)
      switch name {
      case "items":
        var pairs: [JinjaValue] = []
        for member in mapping.members {
          pairs.append(try list([JinjaValue(key: member.key), member.value], isTuple: true, line))
        }
        return try list(pairs, line)
      case "keys": return try list(mapping.members.map { JinjaValue(key: $0.key) }, line)
      case "values": return try list(mapping.members.map(\.value), line)
      case "copy": return receiver
      case "get":
        let key = arguments.value("key", at: 0)?.keyText
        return key.flatMap { mapping[$0] } ?? arguments.value("default", at: 1) ?? .none
      default: break
      }
    case .list(let sequence):
      if name == "copy" { return receiver }
      let wanted = arguments.positional.first ?? .none
      var places: [Int] = []
      for (index, element) in sequence.elements.enumerated() where try equal(element, wanted) {
        places.append(index)
      }
      if name == "count" { return .int(places.count) }
      guard let first = places.first else { throw failure(line, "the value is not in the list") }
      return .int(first)
    default: break
    }
    throw failure(line, "\(receiver.kind) has no method ‘\(name)’")
  }
}
