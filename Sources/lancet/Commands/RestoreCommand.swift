// `lancet restore`: the backups of a session, and putting one back. With --json one object a line.

import LancetCLI
import LancetCore
import LancetStore

func runRestore(_ options: RestoreOptions, _ io: CommandIO) throws -> ExitCode {
  let path = io.session(options.session)
  let backups = Backups(path)
  let all = try backups.listed()
  guard let number = options.backup else {
    if all.isEmpty, path.size == 0 {
      throw StoreError.missing(path: path.file)
    }
    if all.isEmpty, !options.json { io.note("\(path.file) has no backups") }
    for backup in all {
      if options.json {
        try io.write(row(backup))
      } else {
        let size = counted(Int(backup.size), "byte")
        let words = "\(backup.number)  \(backup.stamp)  \(backup.reason)  \(size)"
        try io.write(visible(words) + "\n")
      }
    }
    return .done
  }
  guard let backup = all.first(where: { $0.number == number }) else {
    throw StoreError.unknown(kind: "backup", name: String(number), path: path.file)
  }
  let kept = try backups.restore(backup)
  if options.json {
    try io.write(
      .object([.init("restored", row(backup)), .init("kept", kept.map { .string($0) } ?? .null)]))
  } else {
    let old = kept.map { "; what was there is \($0)" } ?? ""
    io.note("\(path.file) is backup \(number) now\(old)")
  }
  return .done
}

private func row(_ backup: Backup) -> JSON {
  .object([
    .init("backup", .int(backup.number)), .init("made", .string(backup.stamp)),
    .init("reason", .string(backup.reason)), .init("bytes", .int(Int(backup.size))),
    .init("path", .string(backup.path)),
  ])
}
