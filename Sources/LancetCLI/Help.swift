// The help texts, printed from the command table.

/// The version `lancet --version` prints.
public let lancetVersion = "0.1.0"

/// The help of one command, or the list of all when the name is nil.
public func helpText(for name: String?) -> String {
  guard let name, let command = commandTable.first(where: { $0.name == name }) else {
    return overview()
  }
  var lines = ["usage: lancet \(command.name)" + usageTail(command), "", sentence(command.summary)]
  lines += ["", "Options"]
  lines += table(
    (command.options + commonOptions).map { option in
      let value: String
      switch option.arity {
      case .none: value = ""
      case .one, .each: value = " " + option.value
      case .many: value = " " + option.value + (option.value.hasSuffix("…") ? "" : " …")
      }
      return ("--" + option.name + value, option.help)
    })
  if !command.notes.isEmpty { lines += [""] + command.notes }
  return lines.joined(separator: "\n") + "\n"
}

private func overview() -> String {
  var lines = [
    "Lancet: review a model's wrong traces hunk by hunk, approve pairs, train on them.", "",
    "usage: lancet [SESSION]           open the workbench (the demo without SESSION)",
    "       lancet COMMAND [ARGUMENT …]", "", "Commands",
  ]
  lines += table(commandTable.map { ($0.name, $0.summary) })
  lines += [
    "",
    "lancet COMMAND --help prints a command's options. Exit statuses: 0 done, 1 the answer is no,",
    "2 wrong usage, 65 bad data, 66 input missing, 69 Oracle unreachable, 70 a bug, 73 cannot create",
    "output, 74 input/output error, 75 try again, 130 interrupted.",
  ]
  return lines.joined(separator: "\n") + "\n"
}

private func usageTail(_ command: CommandSpecification) -> String {
  let arguments = command.arguments.isEmpty ? "" : " " + command.arguments
  return arguments + " [OPTION …]"
}

private func sentence(_ text: String) -> String {
  text.prefix(1).uppercased() + text.dropFirst() + (text.hasSuffix("?") ? "" : ".")
}

private func table(_ rows: [(String, String)]) -> [String] {
  let width = (rows.map(\.0.count).max() ?? 0) + 2
  return rows.map { left, right in
    "  " + left + String(repeating: " ", count: width - left.count) + right
  }
}
