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
      (option.usage, option.help + (option.need.map { " (\($0.mark))" } ?? ""))
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

/// The arguments and the options that must be given, and that there are others.
private func usageTail(_ command: CommandSpecification) -> String {
  let places = command.positionals.map { place in
    place.need == .required ? place.name : "[\(place.name)]"
  }
  let options = command.options.filter { $0.need == .required }.map(\.usage)
  return (places + options + ["[OPTION …]"]).map { " " + $0 }.joined()
}

private func sentence(_ text: String) -> String {
  text.prefix(1).uppercased() + text.dropFirst() + (text.hasSuffix("?") ? "" : ".")
}

/// Two columns within 80, the right one folded at spaces.
private func table(_ rows: [(String, String)]) -> [String] {
  let width = (rows.map(\.0.count).max() ?? 0) + 2
  return rows.flatMap { left, right in
    var lines: [String] = []
    var line = ""
    for word in right.split(separator: " ") {
      if !line.isEmpty, 2 + width + line.count + 1 + word.count > 80 {
        lines.append(line)
        line = ""
      }
      line += line.isEmpty ? String(word) : " " + word
    }
    lines.append(line)
    return lines.enumerated().map { index, text in
      let start = index == 0 ? left : ""
      return "  " + start + String(repeating: " ", count: width - start.count) + text
    }
  }
}
