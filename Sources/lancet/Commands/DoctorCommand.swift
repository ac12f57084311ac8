// `lancet doctor`: what works here, and what to do about what does not.

import Glibc
import LancetCLI
import LancetCore
import LancetModel
import LancetStore
import LancetTrainer

/// One thing that was looked at.
private struct Finding {
  var name: String
  var works: Bool
  var value: String
  /// What to do when it does not work; said only then.
  var advice: String

  var json: JSON {
    .object([
      .init("check", .string(name)), .init("ok", .bool(works)), .init("value", .string(value)),
      .init("advice", .string(works ? "" : advice)),
    ])
  }
}

func runDoctor(_ options: DoctorOptions, _ io: CommandIO) throws -> ExitCode {
  let findings = [terminal(io), locale(io), colours(io), blas(), sqlite(), dataFolder(io)]
  for finding in findings {
    if options.json {
      try io.write(finding.json)
    } else {
      let mark = finding.works ? "✓" : "✗"
      let name = finding.name.padding(to: 10)
      try io.write("\(mark) \(name) \(visible(finding.value))\n")
      if !finding.works { try io.write("             \(finding.advice)\n") }
    }
  }
  return findings.allSatisfy(\.works) ? .done : .no
}

private func terminal(_ io: CommandIO) -> Finding {
  let term = io.host.variable("TERM") ?? ""
  guard io.host.outputIsTerminal else {
    return Finding(
      name: "terminal", works: true,
      value: "standard output is no terminal; commands work, the workbench needs one", advice: "")
  }
  let usable = !term.isEmpty && term != "dumb"
  return Finding(
    name: "terminal", works: usable,
    value: usable ? "\(term), \(io.columns) columns" : "TERM is \"\(term)\"",
    advice: "set TERM to your terminal's name, for example xterm-256color")
}

/// The encoding of the locale that the environment names, asked without setting it for the process.
private func locale(_ io: CommandIO) -> Finding {
  let name = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { io.host.variable($0) }
    .first { !$0.isEmpty }
  var codeset = ""
  if let locale = newlocale(1 << LC_CTYPE, name ?? "C", nil) {
    codeset = nl_langinfo_l(nl_item(CODESET), locale).map { String(cString: $0) } ?? ""
    freelocale(locale)
  } else {
    codeset = "this machine has no locale \(name ?? "")"
  }
  let works = codeset == "UTF-8"
  return Finding(
    name: "locale", works: works, value: codeset,
    advice: "set LANG to a UTF-8 locale such as C.UTF-8; until then frames are ASCII")
}

private func colours(_ io: CommandIO) -> Finding {
  let value: String
  if let no = io.host.variable("NO_COLOR"), !no.isEmpty {
    value = "off (NO_COLOR)"
  } else if let depth = io.host.variable("COLORTERM"), depth == "truecolor" || depth == "24bit" {
    value = "16 million (COLORTERM)"
  } else if io.host.variable("TERM")?.contains("256") == true {
    value = "256"
  } else {
    value = "16"
  }
  return Finding(name: "colours", works: true, value: value, advice: "")
}

/// The core OpenBLAS chose and the rate of one square product, in GFLOP/s: 2·n³ operations.
private func blas() -> Finding {
  BLAS.prepare()
  let rate = BLAS.measuredRate(size: 768, repeats: 3)
  return Finding(
    name: "OpenBLAS", works: rate > 1e9,
    value:
      "core \(BLAS.coreName), \(counted(processorCount(), "thread")), \(short(rate / 1e9)) GFLOP/s",
    advice: "this is very slow: check that the processor is free")
}

private func sqlite() -> Finding {
  Finding(name: "SQLite", works: true, value: SessionFile.sqliteVersion, advice: "")
}

private func dataFolder(_ io: CommandIO) -> Finding {
  guard let folder = io.sessionFolders.data else {
    return Finding(
      name: "sessions", works: false, value: "no data folder",
      advice: "set HOME or XDG_DATA_HOME to an absolute path")
  }
  let sessions = io.sessionFolders.sessions()
  let exists = access(folder, F_OK) == 0
  let works = !exists || access(folder, W_OK) == 0
  return Finding(
    name: "sessions", works: works,
    value: "\(sessions.count) found; data folder \(folder)" + (exists ? "" : " (made when needed)"),
    advice: "make \(folder) writable")
}

extension String {
  /// The text with spaces behind it up to a width in characters.
  fileprivate func padding(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
