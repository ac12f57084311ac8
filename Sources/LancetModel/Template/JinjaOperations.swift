// What the operators, brackets and dots of a template do.

import LancetCore

extension JinjaEvaluator {
  /// `value.name`: the key of a mapping, the field of a namespace.
  mutating func attribute(_ value: JinjaValue, _ name: String, _ line: Int) throws(ModelError)
    -> JinjaValue
  {
    switch value {
    case .undefined: throw failure(line, "asks for ‘\(name)’ of \(value.kind)")
    case .dictionary(let members):
      return members.first { $0.key.bytesEqual(name) }?.value ?? .undefined(name)
    case .namespace(let number): return namespaces[number][name] ?? .undefined(name)
    default: return .undefined(name)
    }
  }

  /// `value[key]`.
  mutating func item(_ value: JinjaValue, _ key: JinjaValue, _ line: Int) throws(ModelError)
    -> JinjaValue
  {
    switch (value, key) {
    case (.undefined, _): throw failure(line, "asks for \(key.represented) of \(value.kind)")
    case (.dictionary, .string(let name)), (.namespace, .string(let name)):
      return try attribute(value, name, line)
    case (.list(let elements), _):
      guard let index = key.wholeNumber else { return .undefined(key.printed) }
      let place = index < 0 ? index + elements.count : index
      return elements.indices.contains(place) ? elements[place] : .undefined("\(index)")
    case (.string(let text), _):
      guard let index = key.wholeNumber else { return .undefined(key.printed) }
      try charge(bytes: text.utf8.count)
      let scalars = Array(text.unicodeScalars)
      let place = index < 0 ? index + scalars.count : index
      return scalars.indices.contains(place)
        ? .string(String(scalars[place])) : .undefined("\(index)")
    default: return .undefined(key.printed)
    }
  }

  /// `value[from:to:step]`, as in Python.
  mutating func slice(
    _ value: JinjaValue, _ from: Int?, _ to: Int?, _ step: Int?, _ line: Int
  ) throws(ModelError) -> JinjaValue {
    let step = step ?? 1
    guard step != 0, step > Int.min else { throw failure(line, "a slice cannot step by \(step)") }
    switch value {
    case .list(let elements):
      try charge(elements.count / 4)
      return .list(Self.indices(elements.count, from, to, step).map { elements[$0] })
    case .string(let text):
      try charge(bytes: text.utf8.count)
      let scalars = Array(text.unicodeScalars)
      var out = String.UnicodeScalarView()
      for index in Self.indices(scalars.count, from, to, step) { out.append(scalars[index]) }
      return .string(String(out))
    default: throw failure(line, "cannot slice \(value.kind)")
    }
  }

  /// The indices a slice takes.
  private static func indices(_ count: Int, _ from: Int?, _ to: Int?, _ step: Int) -> [Int] {
    func clamp(_ index: Int, _ low: Int, _ high: Int) -> Int {
      max(low, min(high, index < 0 ? index + count : index))
    }
    let low = step < 0 ? -1 : 0
    let high = step < 0 ? count - 1 : count
    let begin = from.map { clamp($0, low, high) } ?? (step < 0 ? high : low)
    let end = to.map { clamp($0, low, high) } ?? (step < 0 ? low : high)
    // `stride` would overflow with a huge step; nothing beyond the first element is reached then anyway.
    let bounded = max(-count - 1, min(count + 1, step))
    return Array(stride(from: begin, to: end, by: bounded))
  }

  mutating func arithmetic(
    _ operation: String, _ left: JinjaValue, _ right: JinjaValue, _ line: Int
  ) throws(ModelError) -> JinjaValue {
    if operation == "~" { return try joined(left.printed, right.printed) }
    if operation == "+" {
      switch (left, right) {
      case (.string(let a), .string(let b)): return try joined(a, b)
      case (.list(let a), .list(let b)):
        try charge(a.count + b.count)
        return .list(a + b)
      default: break
      }
    }
    if operation == "*" {
      if case .string(let text) = left, let count = right.wholeNumber {
        return try repeated(text, count)
      }
      if case .string(let text) = right, let count = left.wholeNumber {
        return try repeated(text, count)
      }
    }
    if let a = left.wholeNumber, let b = right.wholeNumber, operation != "/" {
      return .int(try whole(operation, a, b, line))
    }
    guard let a = left.number, let b = right.number else {
      throw failure(line, "cannot compute \(left.kind) \(operation) \(right.kind)")
    }
    switch operation {
    case "+": return .double(a + b)
    case "-": return .double(a - b)
    case "*": return .double(a * b)
    case "/", "//", "%":
      guard b != 0 else { throw failure(line, "division by zero") }
      if operation == "/" { return .double(a / b) }
      let quotient = (a / b).rounded(.down)
      return .double(operation == "//" ? quotient : a - quotient * b)
    default: throw failure(line, "‘\(operation)’ is not available for these numbers")
    }
  }

  private mutating func joined(_ a: String, _ b: String) throws(ModelError) -> JinjaValue {
    try charge(bytes: a.utf8.count + b.utf8.count)
    return .string(a + b)
  }

  private mutating func repeated(_ text: String, _ count: Int) throws(ModelError) -> JinjaValue {
    guard count > 0, let size = checkedProduct(text.utf8.count, count) else { return .string("") }
    try charge(bytes: size)
    return .string(String(repeating: text, count: count))
  }

  private func whole(_ operation: String, _ a: Int, _ b: Int, _ line: Int) throws(ModelError)
    -> Int
  {
    let outcome: (partialValue: Int, overflow: Bool)
    switch operation {
    case "+": outcome = a.addingReportingOverflow(b)
    case "-": outcome = a.subtractingReportingOverflow(b)
    case "*": outcome = a.multipliedReportingOverflow(by: b)
    case "//", "%":
      guard b != 0 else { throw failure(line, "division by zero") }
      let (quotient, overflow) = a.dividedReportingOverflow(by: b)
      if overflow { throw failure(line, "a number is too large") }
      let remainder = a - quotient * b
      let adjusts = remainder != 0 && (remainder < 0) != (b < 0)  // Python rounds down
      return operation == "//" ? quotient - (adjusts ? 1 : 0) : remainder + (adjusts ? b : 0)
    case "**":
      guard b >= 0 else { throw failure(line, "a negative power") }
      var power = 1
      for _ in 0..<min(b, 64) {
        let (next, overflow) = power.multipliedReportingOverflow(by: a)
        if overflow { throw failure(line, "a number is too large") }
        power = next
      }
      guard b <= 64 || abs(power) <= 1 else { throw failure(line, "a number is too large") }
      return b > 64 && a == -1 && b % 2 != 0 ? -1 : power
    default: throw failure(line, "‘\(operation)’ is not available")
    }
    if outcome.overflow { throw failure(line, "a number is too large") }
    return outcome.partialValue
  }

  mutating func compare(
    _ operation: String, _ left: JinjaValue, _ right: JinjaValue, _ line: Int
  ) throws(ModelError) -> Bool {
    switch operation {
    case "==", "!=":
      if case .string(let a) = left, case .string(let b) = right {
        try charge(bytes: min(a.utf8.count, b.utf8.count))
      }
      return left.equals(right) == (operation == "==")
    case "in": return try contains(right, left, line)
    case "not in": return !(try contains(right, left, line))
    default: break
    }
    let order: (Bool, Bool)  // below, equal
    if let a = left.number, let b = right.number {
      order = (a < b, a == b)
    } else if case .string(let a) = left, case .string(let b) = right {
      order = (
        a.unicodeScalars.lexicographicallyPrecedes(b.unicodeScalars), a.bytesEqual(b)
      )
    } else {
      throw failure(line, "cannot compare \(left.kind) with \(right.kind)")
    }
    switch operation {
    case "<": return order.0
    case "<=": return order.0 || order.1
    case ">": return !order.0 && !order.1
    default: return !order.0
    }
  }

  /// `needle in haystack`.
  mutating func contains(_ haystack: JinjaValue, _ needle: JinjaValue, _ line: Int)
    throws(ModelError) -> Bool
  {
    switch haystack {
    case .undefined: return false
    case .string(let text):
      guard case .string(let part) = needle else {
        throw failure(line, "asks whether \(needle.kind) is in a string")
      }
      try charge(bytes: text.utf8.count)
      return text.firstByteRange(of: part, from: 0) != nil
    case .list(let elements):
      try charge(elements.count)
      return elements.contains { $0.equals(needle) }
    case .dictionary(let members):
      return needle.text.map { name in members.contains { $0.key.bytesEqual(name) } } ?? false
    default: throw failure(line, "cannot look into \(haystack.kind)")
    }
  }
}

extension String {
  /// Where a text occurs first in the bytes of this one.
  func firstByteRange(of part: String, from start: Int) -> Range<Int>? {
    let text = Array(utf8)
    return text.firstRange(ofBytes: Array(part.utf8), from: start)
  }
}

extension [UInt8] {
  /// Where some bytes occur first.
  func firstRange(ofBytes part: [UInt8], from start: Int) -> Range<Int>? {
    guard let first = part.first else { return start..<start }
    var at = start
    while at + part.count <= count {
      if self[at] == first, self[at..<at + part.count].elementsEqual(part) {
        return at..<at + part.count
      }
      at += 1
    }
    return nil
  }
}
