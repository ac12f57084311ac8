// The shape of a command: its positionals and options, as data. Parsing, help and refusals all read this one table.

import LancetCore

/// Whether something must be given.
public struct Need: Sendable, Equatable {
  /// Options of which any one makes it unneeded; empty when nothing does.
  public var waivers: [String]
  /// Options that want something else in its place, which is then what is missing.
  var deferring: [String] = []

  /// It must be given.
  static let required = Need(waivers: [])
  /// It must be given unless one of these options is.
  static func unless(_ options: String..., deferring: [String] = []) -> Need {
    Need(waivers: options, deferring: deferring)
  }

  /// What the help says about it.
  var mark: String {
    waivers.isEmpty
      ? "required" : "required without " + listed(waivers.map { "--" + $0 })
  }
}

/// One argument without a name.
public struct PositionalSpecification: Sendable {
  /// What the usage line calls it; a … at its end says that it may be repeated.
  public let name: String
  /// Whether it must be given; nil when it may be left out.
  public let need: Need?
  /// What a refusal calls it, when something else could stand for it.
  let said: String

  init(_ name: String, _ need: Need? = .required, said: String? = nil) {
    self.name = name
    self.need = need
    self.said = said ?? (name.hasSuffix("…") ? String(name.dropLast()) : name)
  }

  var isRepeated: Bool { name.hasSuffix("…") }
}

/// One option of a command, for example `--lr X`.
public struct OptionSpecification: Sendable {
  /// How many values follow the name.
  public enum Arity: Sendable {
    /// A switch.
    case none
    /// One value; given twice is an error.
    case one
    /// One or more values up to the next option; may be given again.
    case many
    /// One value; may be given again.
    case each
  }
  /// The name without dashes.
  public let name: String
  /// How many values follow.
  public let arity: Arity
  /// What stands for the value in the help, for example `N`.
  public let value: String
  /// One line of help.
  public let help: String
  /// Whether it must be given; nil when it may be left out.
  public let need: Need?

  init(
    _ name: String, _ arity: Arity = .one, _ value: String = "", _ help: String, need: Need? = nil
  ) {
    self.name = name
    self.arity = arity
    self.value = value
    self.help = help
    self.need = need
  }

  /// The name and what follows it, as the help shows them.
  var usage: String {
    switch arity {
    case .none: "--" + name
    case .one, .each: "--" + name + " " + value
    case .many: "--" + name + " " + value + (value.hasSuffix("…") ? "" : " …")
    }
  }
}

/// One command of the command line contract.
public struct CommandSpecification: Sendable {
  /// The name.
  public let name: String
  /// One line: what it does.
  public let summary: String
  /// The arguments without names, in order; only the last may be repeated.
  public let positionals: [PositionalSpecification]
  /// The options, in the order of the help.
  public let options: [OptionSpecification]
  /// Lines printed after the options in the help.
  public let notes: [String]

  init(
    _ name: String, _ summary: String, _ positionals: [PositionalSpecification] = [],
    options: [OptionSpecification] = [], notes: [String] = []
  ) {
    self.name = name
    self.summary = summary
    self.positionals = positionals
    self.options = options
    self.notes = notes
  }
}

/// Options every command takes.
let commonOptions: [OptionSpecification] = [
  OptionSpecification("json", .none, "", "print JSON on standard output, nothing else"),
  OptionSpecification("help", .none, "", "print this help"),
]
