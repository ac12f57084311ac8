// The shape of a command: its positionals and options, as data. Parsing, help and completion all read this one table.

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

  init(_ name: String, _ arity: Arity = .one, _ value: String = "", _ help: String) {
    self.name = name
    self.arity = arity
    self.value = value
    self.help = help
  }
}

/// One command of the command line contract.
public struct CommandSpecification: Sendable {
  /// The name.
  public let name: String
  /// One line: what it does.
  public let summary: String
  /// What follows the name, for the usage line.
  public let arguments: String
  /// How many positionals are allowed.
  public let positionals: ClosedRange<Int>
  /// The options, in the order of the help.
  public let options: [OptionSpecification]
  /// Lines printed after the options in the help.
  public let notes: [String]

  init(
    _ name: String, _ summary: String, arguments: String, positionals: ClosedRange<Int>,
    options: [OptionSpecification] = [], notes: [String] = []
  ) {
    self.name = name
    self.summary = summary
    self.arguments = arguments
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
