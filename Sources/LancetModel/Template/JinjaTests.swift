// What can be asked of a value behind `is`.

import LancetCore

extension JinjaEvaluator {
  mutating func test(
    _ name: String, _ value: JinjaValue, _ arguments: [JinjaValue], _ line: Int
  ) throws(ModelError) -> Bool {
    let other = arguments.first ?? .none
    switch name {
    case "defined": return !value.isUndefined
    case "undefined": return value.isUndefined
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
      case .string, .markup, .list, .dictionary, .undefined: return true
      case .loop: return name == "iterable"
      default: return false
      }
    case "callable":
      switch value {
      case .macro, .function, .method, .loop, .undefined: return true
      default: return false
      }
    case "lower", "upper":
      let text = try printed(value)
      return text.isPython(name == "lower" ? "islower" : "isupper")
    case "sameas":
      switch (value, other) {
      case (.none, .none): return true
      case (.bool(let a), .bool(let b)): return a == b
      case (.bool, _), (_, .bool): return false
      default: return try equal(value, other)
      }
    case "escaped": return false
    case "filter", "test":
      throw failure(line, "asking for a \(name) by name is not available")
    case "equalto", "eq", "==": return try equal(value, other)
    case "ne", "!=": return !(try equal(value, other))
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
