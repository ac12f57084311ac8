// Taking typed fields out of a row, with errors that name the field and the type that was found.

/// A row, or an object inside one, whose fields are asked for by name.
struct RowReader {
  let json: JSON
  /// The path of this object inside the row, for errors: `question.` or empty.
  let prefix: String

  init(_ json: JSON, prefix: String = "") throws(RowError) {
    guard case .object = json else { throw .notAnObject(found: json.kind) }
    self.json = json
    self.prefix = prefix
  }

  /// The first of these fields that is there and not null.
  func first(_ names: [String]) -> (name: String, value: JSON)? {
    for name in names {
      if let value = json[name], value != .null { return (name, value) }
    }
    return nil
  }

  func has(_ name: String) -> Bool { first([name]) != nil }

  /// A text that must be there and not blank.
  func text(_ names: String...) throws(RowError) -> String {
    guard let text = try optionalText(names) else { throw .missing(field: prefix + names[0]) }
    guard !ApprovalRules.isBlank(text) else { throw .empty(field: prefix + names[0]) }
    return text
  }

  /// A text, when one of the fields is there.
  func optionalText(_ names: [String]) throws(RowError) -> String? {
    guard let (name, value) = first(names) else { return nil }
    guard let text = value.string else {
      throw .wrongType(field: prefix + name, expected: "a string", found: value.kind)
    }
    return text
  }

  /// A text or number as text, when one of the fields is there: known answers and row names come as either.
  func optionalScalar(_ names: String...) throws(RowError) -> String? {
    guard let (name, value) = first(names) else { return nil }
    switch value {
    case .string(let text): return text
    case .number(let text): return text
    default:
      throw .wrongType(
        field: prefix + name, expected: "a string or a number", found: value.kind)
    }
  }

  func optionalBool(_ names: String...) throws(RowError) -> Bool? {
    guard let (name, value) = first(names) else { return nil }
    switch value {
    case .bool(let bool): return bool
    case .number("0"): return false
    case .number("1"): return true
    default:
      throw .wrongType(field: prefix + name, expected: "true or false", found: value.kind)
    }
  }

  func object(_ name: String) throws(RowError) -> RowReader {
    guard let (_, value) = first([name]) else { throw .missing(field: prefix + name) }
    guard case .object = value else {
      throw .wrongType(field: prefix + name, expected: "an object", found: value.kind)
    }
    return try RowReader(value, prefix: prefix + name + ".")
  }

  func array(_ name: String) throws(RowError) -> [JSON] {
    guard let (_, value) = first([name]) else { throw .missing(field: prefix + name) }
    guard let array = value.array else {
      throw .wrongType(field: prefix + name, expected: "an array", found: value.kind)
    }
    return array
  }

  /// The question of a row: a text, or messages of which the last is the user's.
  ///
  /// A system message before it is kept, with
  /// a blank line between, since a problem has one text.
  func question(_ names: String...) throws(RowError) -> String {
    guard let (name, value) = first(names) else { throw .missing(field: prefix + names[0]) }
    let field = prefix + name
    let text: String
    if let messages = value.array {
      text = try Self.question(messages, field: field)
    } else if let string = value.string {
      text = string
    } else {
      throw .wrongType(field: field, expected: "a string or messages", found: value.kind)
    }
    guard !ApprovalRules.isBlank(text) else { throw .empty(field: field) }
    return text
  }

  static func question(_ messages: [JSON], field: String) throws(RowError) -> String {
    var texts: [String] = []
    var roles: [String] = []
    for (i, message) in messages.enumerated() {
      let reader = try RowReader(message, prefix: "\(field)[\(i)].")
      roles.append(try reader.text("role"))
      texts.append(try reader.optionalText(["content"]) ?? "")
    }
    guard roles == ["user"] || roles == ["system", "user"] else {
      throw .wrongType(
        field: field, expected: "one user message",
        found: roles.isEmpty ? "no message" : "the roles " + roles.joined(separator: ", "))
    }
    return texts.joined(separator: "\n\n")
  }

  /// An answer: a text, or messages that are one assistant's.
  func answer(_ name: String) throws(RowError) -> String {
    guard let (_, value) = first([name]) else { throw .missing(field: prefix + name) }
    let text: String
    if let messages = value.array {
      guard messages.count == 1 else {
        throw .wrongType(
          field: prefix + name, expected: "one assistant message",
          found: "\(messages.count) messages")
      }
      text = try RowReader(messages[0], prefix: "\(prefix)\(name)[0].").text("content")
    } else {
      text = try self.text(name)
    }
    guard !ApprovalRules.isBlank(text) else { throw .empty(field: prefix + name) }
    return text
  }
}
