// `lancet generate`: one continuation of a prompt.

import LancetCLI
import LancetCore
import LancetModel

func runGenerate(_ options: GenerateOptions, _ io: CommandIO) throws -> ExitCode {
  let source = try ModelFolder(path: options.model)
  let tokenizer = try source.tokenizer()
  let text =
    options.chat
    ? try source.template().render(
      messages: [ChatMessage(role: "user", content: options.prompt)], addGenerationPrompt: true)
    : options.prompt
  let prompt = tokenizer.encode(text)
  guard prompt.count <= source.config.maxPositions else {
    throw TransformerError.promptTooLong(
      tokens: prompt.count, positions: source.config.maxPositions)
  }
  let defaults = try source.generationDefaults()
  for note in source.notes { io.note(note) }
  if let note = tokenizer.lossNote(for: text) { io.note(note) }
  if let note = defaults.ignoredNote { io.note(note) }
  if options.temperature == 0, let note = defaults.greedyNote { io.note(note) }
  let transformer = try Transformer(
    source.config, threads: options.threads ?? processorCount(), withGradients: false)
  let report = try source.readParameters(layout: transformer.layout, into: transformer.parameters)
  guard report.nonFinite == 0 else {
    throw ModelError.nonFinite(count: report.nonFinite, first: report.nonFiniteTensors)
  }
  var stops = Set(try source.stopTokenIDs())
  if let end = tokenizer.eosID { stops.insert(end) }
  let generation = try transformer.generate(
    prompt: prompt,
    options: SamplingOptions(
      temperature: Float(options.temperature), topP: Float(options.topP ?? defaults.topP ?? 1),
      topK: defaults.topK ?? 0, minP: Float(defaults.minP ?? 0),
      repetitionPenalty: Float(defaults.repetitionPenalty ?? 1), seed: options.seed,
      maxNewTokens: options.maxTokens, stopIDs: stops))
  var tokens = generation.tokens
  if let last = tokens.last, stops.contains(last) { tokens.removeLast() }
  let answer = tokenizer.decode(tokens)
  let finish: String
  switch generation.end {
  case .stopToken: finish = "stop"
  case .length: finish = "length"
  case .cancelled: finish = "cancelled"
  case .nonFinite: finish = "non-finite"
  }
  if options.json {
    try io.write(
      .object([
        .init("text", .string(answer)),
        .init("tokens", .array(generation.tokens.map { .int(Int($0)) })),
        .init("finish", .string(finish)),
      ]))
  } else {
    try io.write((io.host.outputIsTerminal ? visible(answer) : answer) + "\n")
  }
  return .done
}
