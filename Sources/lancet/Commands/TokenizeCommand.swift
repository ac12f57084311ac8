// `lancet tokenize`: the token ids of a text, exactly as the model's own tokenizer makes them.

import LancetCLI
import LancetCore
import LancetModel

func runTokenize(_ options: TokenizeOptions, _ io: CommandIO) throws -> ExitCode {
  let tokenizer = try ModelFolder.tokenizer(in: options.model)
  let text = try io.readText(options.file)
  let ids = tokenizer.encode(text)
  if let note = tokenizer.lossNote(for: text) { io.note(note) }
  if options.json {
    try io.write(
      JSON.object([
        .init("ids", .array(ids.map { .int(Int($0)) })),
        .init("tokens", .array(ids.map { .string(tokenizer.tokenText($0)) })),
      ]))
    return .done
  }
  for id in ids {
    try io.write("\(id)\t\(visible(tokenizer.tokenText(id)))\n")
  }
  io.note("\(ids.count) token\(ids.count == 1 ? "" : "s")")
  return .done
}
