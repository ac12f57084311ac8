// What the operators, brackets and dots of a template do.

import Glibc
import LancetCore

extension JinjaEvaluator {
  /// `value.name`: Python's method of that name, else the key of a mapping or the field of a namespace.
  mutating func attribute(_ value: JinjaValue, _ name: String, _ line: Int) throws(ModelError)
    -> JinjaValue
  {
    switch value {
    case .undefined: throw failure(line, "asks for ‘\(name)’ of \(value.kind)")
    case .namespace(let number): return namespaces[number][name] ?? .undefined(name)
    case .loop(let number): return loopField(number, name)
    case .macro(let number) where name == "name": return .string(macros[number].name)
    case .list(let group) where group.isGroup && (name == "grouper" || name == "list"):
      return group.elements[name == "list" ? 1 : 0]
    default:
      if Self.hasMethod(value, name) || Self.changes(value, name) { return .method(value, name) }
      if let found = try key(value, name) { return found }
      return .undefined(name)
    }
  }

  private mutating func key(_ value: JinjaValue, _ name: String) throws(ModelError) -> JinjaValue? {
    guard case .dictionary(let mapping) = value else { return nil }
    try charge(mapping.members.count / 16)
    return mapping[name]
  }

  /// `value[key]`: the key or the place first, then what ``attribute(_:_:_:)`` finds.
  mutating func item(_ value: JinjaValue, _ key: JinjaValue, _ line: Int) throws(ModelError)
    -> JinjaValue
  {
    if value.isUndefined { throw failure(line, "asks for a part of \(value.kind)") }
    if let name = key.text {
      if let found = try self.key(value, name) { return found }
      return try attribute(value, name, line)
    }
    switch value {
    case .dictionary:
      if let name = key.keyText, let found = try self.key(value, name) { return found }
      return .undefined(try printed(key))
    case .list(let sequence):
      guard let index = key.wholeNumber else { return .undefined(try printed(key)) }
      let (place, overflow) = index.addingReportingOverflow(index < 0 ? sequence.elements.count : 0)
      return !overflow && sequence.elements.indices.contains(place)
        ? sequence.elements[place] : .undefined("\(index)")
    case .string(let text), .markup(let text):
      guard let index = key.wholeNumber else { return .undefined(try printed(key)) }
      try charge(bytes: text.utf8.count)
      let scalars = Array(text.unicodeScalars)
      let (place, overflow) = index.addingReportingOverflow(index < 0 ? scalars.count : 0)
      return !overflow && scalars.indices.contains(place)
        ? .string(String(scalars[place])) : .undefined("\(index)")
    default: return .undefined(try printed(key))
    }
  }

  /// `value[from:to:step]`, as in Python.
  mutating func slice(
    _ value: JinjaValue, _ from: Int?, _ to: Int?, _ step: Int?, _ line: Int
  ) throws(ModelError) -> JinjaValue {
    let step = step ?? 1
    guard step != 0, step > Int.min else { throw failure(line, "a slice cannot step by \(step)") }
    switch value.plain {
    case .list(let sequence):
      let indices = Self.indices(sequence.elements.count, from, to, step)
      return try list(
        indices.map { sequence.elements[$0] }, isTuple: sequence.isTuple, line)
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
      // Bounded first, so that nothing overflows.
      max(low, min(high, index < 0 ? max(index, -count - 1) + count : index))
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
    if operation == "+", left.isMarkup || right.isMarkup, left.text != nil, right.text != nil {
      guard case .string(let text) = try joined(try escaped(left), try escaped(right)) else {
        return .none
      }
      return .markup(text)
    }
    if operation == "~" { return try joined(try printed(left), try printed(right)) }
    return try computed(operation, left.plain, right.plain, line)
  }

  private mutating func computed(
    _ operation: String, _ left: JinjaValue, _ right: JinjaValue, _ line: Int
  ) throws(ModelError) -> JinjaValue {
    if operation == "+" {
      switch (left, right) {
      case (.string(let a), .string(let b)): return try joined(a, b)
      case (.list(let a), .list(let b)) where a.isTuple == b.isTuple:
        try charge(a.elements.count + b.elements.count)
        return try list(a.elements + b.elements, isTuple: a.isTuple, line)
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
      if let sequence = left.sequence ?? right.sequence,
        let count = left.wholeNumber ?? right.wholeNumber
      {
        guard count > 0, !sequence.elements.isEmpty else {
          return try list([], isTuple: sequence.isTuple, line)
        }
        guard let size = checkedProduct(sequence.elements.count, count) else {
          throw .templateRanTooLong(limit: "\(Self.stepBudget) steps")
        }
        try charge(size)
        return try list(
          Array(repeatElement(sequence.elements, count: count).joined()),
          isTuple: sequence.isTuple, line)
      }
    }
    if operation == "%", case .string(let text) = left {
      return .string(try percentFormatted(text, right, line))
    }
    if operation == "**", let b = right.wholeNumber, b < 0, let a = left.number, a != 0 {
      return .double(pow(a, Double(b)))
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
    case "**": return .double(pow(a, b))
    default: throw failure(line, "‘\(operation)’ is not available for these numbers")
    }
  }

  private mutating func joined(_ a: String, _ b: String) throws(ModelError) -> JinjaValue {
    try charge(bytes: a.utf8.count + b.utf8.count)
    return .string(a + b)
  }

  private mutating func repeated(_ text: String, _ count: Int) throws(ModelError) -> JinjaValue {
    guard count > 0 else { return .string("") }
    try charge(bytes: checkedProduct(text.utf8.count, count) ?? Int.max)
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
    case "==", "!=": return try equal(left, right) == (operation == "==")
    case "in": return try contains(right, left, line)
    case "not in": return !(try contains(right, left, line))
    default: break
    }
    let order = try order(left, right, line)
    switch operation {
    case "<": return order.below
    case "<=": return order.below || order.same
    case ">": return try self.order(right, left, line).below
    default:
      if order.same { return true }
      return try self.order(right, left, line).below
    }
  }

  /// `needle in haystack`.
  mutating func contains(_ haystack: JinjaValue, _ needle: JinjaValue, _ line: Int)
    throws(ModelError) -> Bool
  {
    let needle = needle.plain
    switch haystack.plain {
    case .undefined: return false
    case .string(let text):
      guard case .string(let part) = needle else {
        throw failure(line, "asks whether \(needle.kind) is in a string")
      }
      try charge(bytes: text.utf8.count + part.utf8.count)
      return part.isEmpty
        || !Array(text.utf8).ranges(ofBytes: Array(part.utf8), most: 1).isEmpty
    case .list(let sequence):
      for element in sequence.elements where try equal(element, needle) { return true }
      return false
    case .dictionary(let mapping):
      try charge(mapping.members.count / 16)
      return needle.keyText.flatMap { mapping[$0] } != nil
    default: throw failure(line, "cannot look into \(haystack.kind)")
    }
  }
}

extension JinjaEvaluator {
  /// A text for HTML; what is marked safe stays as it is.
  mutating func escaped(_ value: JinjaValue) throws(ModelError) -> String {
    if case .markup(let text) = value { return text }
    var out = try printed(value)
    let signs = [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\"", "&#34;"), ("'", "&#39;")]
    for (sign, name) in signs { out = try replaced(out, sign, name) }
    return out
  }
}

extension JinjaValue {
  fileprivate var isMarkup: Bool { if case .markup = self { true } else { false } }

  fileprivate var sequence: JinjaSequence? {
    if case .list(let sequence) = self { sequence } else { nil }
  }
}

extension [UInt8] {
  /// Where some bytes occur, from the left (Knuth, Morris and Pratt 1977: linear, whatever the bytes).
  func ranges(
    ofBytes part: [UInt8], overlapping: Bool = false, most: Int = .max
  ) -> [Range<Int>] {
    guard !part.isEmpty, part.count <= count else { return [] }
    // For each prefix, the longest shorter one that also ends it.
    var borders = [Int](repeating: 0, count: part.count)
    var length = 0
    for i in 1..<Swift.max(1, part.count) {
      while length > 0, part[i] != part[length] { length = borders[length - 1] }
      if part[i] == part[length] { length += 1 }
      borders[i] = length
    }
    var out: [Range<Int>] = []
    length = 0
    for i in indices {
      while length > 0, self[i] != part[length] { length = borders[length - 1] }
      if self[i] == part[length] { length += 1 }
      guard length == part.count else { continue }
      out.append(i + 1 - length..<i + 1)
      if out.count == most { break }
      length = overlapping ? borders[length - 1] : 0
    }
    return out
  }
}
