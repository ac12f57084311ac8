// `lancet new`.

import LancetCLI
import LancetCore
import LancetStore

func runNew(_ options: NewOptions, _ io: CommandIO) throws -> ExitCode {
  let session = try SessionFile.create(at: options.session)
  defer { session.close() }
  if options.json {
    try io.write(sessionRow(session.path))
  } else {
    io.note("made \(session.path.file)")
  }
  return .done
}
