// Arguments of one command against its specification. Pure: strings in, values or a fact out.

import LancetCore

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
    let places = specification.positionals
    if positionals.count > places.count, places.last?.isRepeated != true {
      throw .tooManyArguments(extra: positionals[places.count], command: command)
    }
    let missing = missing(specification)
    if !missing.isEmpty { throw .missing(missing, command: command) }
  }

  /// Everything that must be given and is not, so that a person is told once.
  private func missing(_ specification: CommandSpecification) -> [String] {
    func isDue(_ need: Need?) -> Bool {
      guard let need else { return false }
      return !(need.waivers + need.deferring).contains(where: has)
    }
    let places = specification.positionals.dropFirst(positionals.count).filter { isDue($0.need) }
    let options = specification.options.filter { !has($0.name) && isDue($0.need) }
    return places.map(\.said) + options.map { "--" + $0.name }
  }

  /// Whether an option was given at all.
  private func has(_ name: String) -> Bool { isSet(name) || values[name] != nil }

  func isSet(_ name: String) -> Bool { switches.contains(name) }
  func text(_ name: String) -> String? { values[name]?.first }
  func list(_ name: String) -> [String] { values[name] ?? [] }

  func positional(_ index: Int, _ name: String) throws(UsageError) -> String {
    guard index < positionals.count else { throw .missing([name], command: command) }
    return positionals[index]
  }

  func required(_ name: String) throws(UsageError) -> String {
    guard let value = text(name) else { throw .missing(["--" + name], command: command) }
    return value
  }

  /// A whole number in a range; nil when the option is absent.
  func integer(_ name: String, in range: ClosedRange<Int>) throws(UsageError) -> Int? {
    guard let text = text(name) else { return nil }
    guard let value = Int(text), range.contains(value) else {
      throw .badValue(
        option: name, value: text, expected: wholeNumberPhrase(range), command: command)
    }
    return value
  }

  /// A finite number in a range; nil when the option is absent.
  func number(_ name: String, in range: ClosedRange<Double>) throws(UsageError) -> Double? {
    guard let text = text(name) else { return nil }
    guard let value = Double(text), value.isFinite, range.contains(value) else {
      throw .badValue(option: name, value: text, expected: numberPhrase(range), command: command)
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
        expected: listed(Word.allCases.map(\.rawValue)), command: command)
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
