// Arguments of one command against its specification. Pure: strings in, values or a fact out.

/// The arguments of one command, checked against its specification but not yet typed.
struct ParsedArguments {
  let command: String
  var positionals: [String] = []
  private var values: [String: [String]] = [:]
  private var switches: Set<String> = []

  /// Reads `--name value`, `--name=value`, `--` and positionals in any order.
  ///
  /// A lone `-` is a positional.
  init(_ arguments: ArraySlice<String>, specification: CommandSpecification) throws(UsageError) {
    command = specification.name
    let options = specification.options + commonOptions
    var rest = arguments
    var onlyPositionals = false
    while let argument = rest.popFirst() {
      guard !onlyPositionals, argument.hasPrefix("-"), argument != "-" else {
        positionals.append(argument)
        continue
      }
      if argument == "--" {
        onlyPositionals = true
        continue
      }
      if argument == "-h" {
        switches.insert("help")
        continue
      }
      guard argument.hasPrefix("--") else {
        throw .unknownOption(argument, command: command, closest: nil)
      }
      let parts = argument.dropFirst(2).split(
        separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = String(parts[0])
      let attached = parts.count == 2 ? String(parts[1]) : nil
      guard let option = options.first(where: { $0.name == name }) else {
        throw .unknownOption(
          "--" + name, command: command, closest: closestWord(to: name, in: options.map(\.name)))
      }
      switch option.arity {
      case .none:
        guard attached == nil else { throw .unexpectedValue(option: name, command: command) }
        switches.insert(name)
      case .one:
        guard values[name] == nil else { throw .repeatedOption(name, command: command) }
        guard let value = attached ?? rest.popFirst(), attached != nil || !value.hasPrefix("--")
        else { throw .missingValue(option: name, command: command) }
        values[name] = [value]
      case .each:
        guard let value = attached ?? rest.popFirst(), attached != nil || !value.hasPrefix("--")
        else { throw .missingValue(option: name, command: command) }
        values[name, default: []].append(value)
      case .many:
        var list = attached.map { [$0] } ?? []
        if attached == nil {
          while let next = rest.first, !next.hasPrefix("--") {
            list.append(next)
            rest.removeFirst()
          }
        }
        guard !list.isEmpty else { throw .missingValue(option: name, command: command) }
        values[name, default: []] += list
      }
    }
    guard !isSet("help") else { return }
    if positionals.count > specification.positionals.upperBound {
      throw .tooManyArguments(
        extra: positionals[specification.positionals.upperBound], command: command)
    }
  }

  func isSet(_ name: String) -> Bool { switches.contains(name) }
  func text(_ name: String) -> String? { values[name]?.first }
  func list(_ name: String) -> [String] { values[name] ?? [] }

  func positional(_ index: Int, _ name: String) throws(UsageError) -> String {
    guard index < positionals.count else { throw .missingArgument(name, command: command) }
    return positionals[index]
  }

  func required(_ name: String) throws(UsageError) -> String {
    guard let value = text(name) else { throw .missingOption(name, command: command) }
    return value
  }

  /// A whole number in a range; nil when the option is absent.
  func integer(_ name: String, in range: ClosedRange<Int>) throws(UsageError) -> Int? {
    guard let text = text(name) else { return nil }
    guard let value = Int(text), range.contains(value) else {
      let expected =
        range.upperBound == Int.max
        ? "a whole number from \(range.lowerBound)"
        : "a whole number from \(range.lowerBound) to \(range.upperBound)"
      throw .badValue(option: name, value: text, expected: expected, command: command)
    }
    return value
  }

  /// A finite number in a range; nil when the option is absent.
  func number(_ name: String, in range: ClosedRange<Double>) throws(UsageError) -> Double? {
    guard let text = text(name) else { return nil }
    guard let value = Double(text), value.isFinite, range.contains(value) else {
      let expected =
        range.upperBound == .greatestFiniteMagnitude
        ? "a number of at least \(range.lowerBound)"
        : "a number from \(range.lowerBound) to \(range.upperBound)"
      throw .badValue(option: name, value: text, expected: expected, command: command)
    }
    return value
  }

  /// One word of a fixed list; nil when the option is absent.
  func word<Word: RawRepresentable & CaseIterable>(
    _ name: String, as type: Word.Type
  ) throws(UsageError) -> Word? where Word.RawValue == String {
    guard let text = text(name) else { return nil }
    guard let word = Word(rawValue: text) else {
      throw .badValue(
        option: name, value: text,
        expected: "one of " + Word.allCases.map(\.rawValue).joined(separator: ", "),
        command: command)
    }
    return word
  }
}

/// The word of a list within two edits of a mistyped one; nil when none is near.
func closestWord(to word: String, in list: [String]) -> String? {
  func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var row = Array(0...b.count)
    for (i, x) in a.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, y) in b.enumerated() {
        let above = row[j + 1]
        row[j + 1] = min(above + 1, row[j] + 1, diagonal + (x == y ? 0 : 1))
        diagonal = above
      }
    }
    return row[b.count]
  }
  guard word.utf8.count <= 64 else { return nil }
  let scored = list.map { ($0, distance(Array(word.utf8), Array($0.utf8))) }
  guard let best = scored.min(by: { $0.1 < $1.1 }), best.1 <= 2 else { return nil }
  return best.0
}
