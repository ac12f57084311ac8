// Options with a type: name, range, default and help stand once, and the help shows all of them.

import LancetCore

/// `--name N`: a whole number in a range.
struct IntegerOption {
  let specification: OptionSpecification
  let range: ClosedRange<Int>
  /// What it is when it is left out.
  let fallback: Int

  init(
    _ name: String, _ value: String, in range: ClosedRange<Int>, default fallback: Int,
    _ help: String
  ) {
    specification = OptionSpecification(name, .one, value, "\(help) (\(fallback))")
    self.range = range
    self.fallback = fallback
  }
}

/// `--name X`: a number in a range.
struct NumberOption {
  let specification: OptionSpecification
  let range: ClosedRange<Double>
  /// What it is when it is left out.
  let fallback: Double

  init(
    _ name: String, _ value: String, in range: ClosedRange<Double>, default fallback: Double,
    _ help: String
  ) {
    specification = OptionSpecification(name, .one, value, "\(help) (\(plain(fallback)))")
    self.range = range
    self.fallback = fallback
  }
}

/// `--name WORD`: one word of a list.
struct WordOption<Word: RawRepresentable & CaseIterable & Sendable> where Word.RawValue == String {
  let specification: OptionSpecification
  /// What it is when it is left out; nil when that is decided elsewhere, or it must be given.
  let fallback: Word?

  init(
    _ name: String, _ value: String, default fallback: Word? = nil, need: Need? = nil,
    _ help: String = ""
  ) {
    let words = listed(Word.allCases.map(\.rawValue))
    let said = help.isEmpty ? words : "\(help): \(words)"
    specification = OptionSpecification(
      name, .one, value, said + (fallback.map { " (\($0.rawValue))" } ?? ""), need: need)
    self.fallback = fallback
  }
}

extension ParsedArguments {
  func value(_ option: IntegerOption) throws(UsageError) -> Int {
    try integer(option.specification.name, in: option.range) ?? option.fallback
  }

  func value(_ option: NumberOption) throws(UsageError) -> Double {
    try number(option.specification.name, in: option.range) ?? option.fallback
  }

  func value<Word>(_ option: WordOption<Word>) throws(UsageError) -> Word? {
    try word(option.specification.name, as: Word.self) ?? option.fallback
  }
}
