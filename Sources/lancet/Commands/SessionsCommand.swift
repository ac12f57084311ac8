// `lancet sessions`: those of the current folder and of Lancet's data folder. With --json one object a line.

import LancetCLI
import LancetCore
import LancetStore

func runSessions(_ options: SessionsOptions, _ io: CommandIO) throws -> ExitCode {
  let sessions = io.sessionFolders.sessions()
  if sessions.isEmpty, !options.json {
    io.note(
      "no sessions here or in \(io.sessionFolders.data ?? "the data folder"); make one with lancet new"
    )
  }
  for path in sessions {
    let row = sessionRow(path)
    if options.json {
      try io.write(row)
    } else if let problem = row["error"]?.string {
      try io.write("\(visible(path.file))  \(visible(problem))\n")
    } else {
      var line = visible(path.file)
      for noun in ["problem", "trace", "pair"] {
        line += "  " + counted(row[noun + "s"]?.int ?? 0, noun)
      }
      if let pid = row["open_in"]?.int { line += "  open in process \(pid)" }
      try io.write(line + "\n")
    }
  }
  return .done
}

/// A session as a row: where it is, what it has, who writes to it, or why it cannot be read.
func sessionRow(_ path: SessionPath) -> JSON {
  var members: [JSON.Member] = [
    .init("name", .string(path.name)), .init("path", .string(path.file)),
  ]
  do throws(StoreError) {
    let session = try SessionFile.open(path, mode: .read)
    defer { session.close() }
    let counts = try session.counts()
    members += [
      .init("problems", .int(counts.problems)), .init("traces", .int(counts.traces)),
      .init("proposals", .int(counts.proposals)), .init("pairs", .int(counts.pairs)),
      .init("bytes", .int(Int(path.size))), .init("modified", .int(Int(path.modified))),
      .init("open_in", session.holder?.pid.map { .int($0) } ?? .null),
    ]
  } catch {
    members.append(.init("error", .string(error.what)))
  }
  return .object(members)
}
