// Taking typed fields out of a row, with errors that name the field and the type that was found. Every field that is
// taken is noted, so that a row can say which of its columns nobody read.

/// Which columns of a row, and of the objects inside it, were read.
final class FieldUse {
  fileprivate struct Part {
    var prefix: String
    var members: [JSON.Member]
    var taken: [String] = []
  }
  fileprivate var parts: [Part] = []

  /// Further columns that hold something nobody could use.
  private var noted: [String] = []

  /// Notes a column whose value was understood and could not be used.
  func note(_ name: String) { if !noted.contains(name) { noted.append(name) } }

  /// The columns that hold something and that nobody read, in the row's order; a place in a list is written `[]`.
  var ignored: [String] {
    var names: [String] = []
    for part in parts {
      for member in part.members where !isEmpty(member.value) {
        guard !part.taken.contains(member.key) else { continue }
        let name = Self.withoutIndices(part.prefix) + member.key
        if !names.contains(name) { names.append(name) }
      }
    }
    return names + noted
  }

  private func isEmpty(_ value: JSON) -> Bool {
    switch value {
    case .null: true
    case .string(let text): ApprovalRules.isBlank(text)
    case .array(let list): list.allSatisfy(isEmpty)
    case .object(let members): members.allSatisfy { isEmpty($0.value) }
    case .bool, .number: false
    }
  }

  private static func withoutIndices(_ path: String) -> String {
    var out = ""
    var inside = false
    for character in path {
      if character == "]" { inside = false }
      if !inside { out.append(character) }
      if character == "[" { inside = true }
    }
    return out
  }
}

/// A row, or an object inside one, whose fields are asked for by name.
struct RowReader {
  let json: JSON
  /// The path of this object inside the row, for errors: `question.` or empty.
  let prefix: String
  let use: FieldUse
  private let part: Int
  private let members: [JSON.Member]
  /// A bit for each name's length and first letter: most names that are asked for are not there.
  private let present: UInt64

  /// A whole row.
  init(_ json: JSON) throws(RowError) { try self.init(json, prefix: "", use: FieldUse()) }

  private init(_ json: JSON, prefix: String, use: FieldUse) throws(RowError) {
    guard case .object(let members) = json else { throw .notAnObject(found: json.kind) }
    let folded = prefix.isEmpty ? try Self.decoded(FieldNames.folded(members)) : members
    self.json = .object(folded)
    self.prefix = prefix
    self.use = use
    self.members = folded
    present = folded.reduce(0) { $0 | Self.bit($1.key) }
    part = use.parts.count
    use.parts.append(FieldUse.Part(prefix: prefix, members: folded))
  }

  /// An object inside this row.
  func inner(_ json: JSON, _ name: String) throws(RowError) -> RowReader {
    guard case .object = json else {
      throw .wrongType(field: prefix + name, expected: "an object", found: json.kind)
    }
    return try RowReader(json, prefix: "\(prefix)\(name).", use: use)
  }

  /// Notes that a column was understood, also when its value was not needed.
  func take(_ names: String...) { use.parts[part].taken += names }

  /// Whether a column was read before.
  func isTaken(_ name: String) -> Bool { use.parts[part].taken.contains(name) }

  /// Notes that everything inside this object was understood.
  func takeAll() { use.parts[part].taken += (json.object ?? []).map(\.key) }

  /// The value of a field without noting that it was read; nil when it is absent or null.
  func peek(_ name: String) -> JSON? {
    guard let value = self[name] else { return nil }
    if case .null = value { return nil }
    return value
  }

  /// The value of a field, null too, without noting that it was read.
  subscript(name: String) -> JSON? {
    guard present & Self.bit(name) != 0 else { return nil }
    return members.first { $0.key == name }?.value
  }

  private static func bit(_ name: String) -> UInt64 {
    let first = UInt64(name.utf8.first ?? 0)
    return 1 << ((first &* 5 &+ UInt64(truncatingIfNeeded: name.utf8.count)) & 63)
  }

  /// The first of these fields that is there and not null.
  func first(_ names: [String]) -> (name: String, value: JSON)? {
    for name in names {
      guard let value = peek(name) else { continue }
      take(name)
      return (name, value)
    }
    return nil
  }

  func has(_ name: String) -> Bool { peek(name) != nil }
  func hasAny(_ names: [String]) -> Bool { names.contains(where: has) }

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

  /// The first of these fields that is a text; one that is something else is left for the report of ignored columns.
  func textIfAny(_ names: [String]) -> String? {
    for name in names {
      guard let text = peek(name)?.string else { continue }
      take(name)
      if !ApprovalRules.isBlank(text) { return text }
    }
    return nil
  }

  /// A text or number as text, when one of the fields is there: row names come as either.
  func optionalScalar(_ names: [String]) throws(RowError) -> String? {
    guard let (name, value) = first(names) else { return nil }
    guard let text = Self.scalar(value) else {
      throw .wrongType(field: prefix + name, expected: "a string or a number", found: value.kind)
    }
    return text
  }

  static func scalar(_ value: JSON) -> String? {
    switch value {
    case .string(let text), .number(let text): text
    default: nil
    }
  }

  /// A verdict as files write it: `true`, 1, `"True"`, `"correct"` …; nil for anything else.
  static func verdict(_ value: JSON) -> Bool? {
    switch value {
    case .bool(let bool): return bool
    case .number(let text), .string(let text):
      switch text {
      case "1", "1.0", "true", "True", "TRUE", "correct", "Correct", "right", "+": return true
      case "0", "0.0", "-1", "-1.0", "false", "False", "FALSE", "incorrect", "Incorrect", "wrong",
        "-":
        return false
      default: return nil
      }
    default: return nil
    }
  }

  func optionalBool(_ names: [String]) throws(RowError) -> Bool? {
    guard let (name, value) = first(names) else { return nil }
    guard let verdict = Self.verdict(value) else {
      throw .wrongType(field: prefix + name, expected: "true or false", found: value.kind)
    }
    return verdict
  }

  func object(_ name: String) throws(RowError) -> RowReader {
    guard let (_, value) = first([name]) else { throw .missing(field: prefix + name) }
    return try inner(value, name)
  }

  func array(_ name: String) throws(RowError) -> [JSON] {
    guard let (_, value) = first([name]) else { throw .missing(field: prefix + name) }
    guard let array = value.array else {
      throw .wrongType(field: prefix + name, expected: "an array", found: value.kind)
    }
    return array
  }

  /// A list of texts, none of them blank.
  func texts(_ name: String) throws(RowError) -> [String] {
    var texts: [String] = []
    for (i, element) in try array(name).enumerated() {
      let field = "\(prefix)\(name)[\(i)]"
      guard let text = element.string else {
        throw .wrongType(field: field, expected: "a string", found: element.kind)
      }
      guard !ApprovalRules.isBlank(text) else { throw .empty(field: field) }
      texts.append(text)
    }
    return texts
  }
}
