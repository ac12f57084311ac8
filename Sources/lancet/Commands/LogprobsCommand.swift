// `lancet logprobs`: log-probabilities of both answers of every pair.

import LancetCLI
import LancetCore
import LancetModel
import LancetStore
import LancetTrainer

func runLogprobs(_ options: LogprobsOptions, _ io: CommandIO) throws -> ExitCode {
  let pairs: [TrainingPair]
  switch options.pairs {
  case .file(let path): pairs = try trainingPairs(file: path, io)
  case .session(let name):
    let session = try SessionFile.open(io.session(name), mode: .read)
    defer { session.close() }
    pairs = try session.pairs().map { TrainingPair($0) }
  }
  let model = try LoadedModel(
    options.model, threads: options.threads, endOfTurn: options.endOfTurn,
    template: options.template)
  if let note = model.setup.note { io.note(note) }
  let reference = try options.reference.map {
    try LoadedModel(
      $0, threads: options.threads, endOfTurn: options.endOfTurn, template: options.template)
  }
  for note in model.source.notes { io.note(note) }
  let prepared = try PreparedPairs(
    pairs, tokenizer: model.setup.tokenizer, pairTokenizer: model.setup.pairs, maxLength: nil,
    positions: model.source.config.maxPositions)
  for index in 0..<prepared.count {
    io.progress("log-probabilities", done: index, of: prepared.count)
    let tokens = prepared.tokens[index]
    let logs = try model.transformer.forward([tokens.tree], keepForBackward: false)[0]
    let other = try reference.map {
      try $0.transformer.forward([tokens.tree], keepForBackward: false)[0]
    }
    for figures in [logs, other].compactMap({ $0 }) {
      guard figures.rowSum(branch: 0).isFinite, figures.rowSum(branch: 1).isFinite else {
        throw NonFiniteOutput.logProbs(pair: prepared.ids[index])
      }
    }
    if options.json {
      try io.write(row(prepared.ids[index], tokens, logs, other, perToken: options.perToken))
    } else {
      try io.write(
        "pair \(prepared.ids[index])  y⁺ \(short(logs.rowSum(branch: 0))) over "
          + "\(counted(tokens.chosen.count, "token"))  y⁻ \(short(logs.rowSum(branch: 1))) over "
          + "\(counted(tokens.rejected.count, "token"))\n")
    }
  }
  return .done
}

private func row(
  _ id: Int, _ tokens: PairTokens, _ logs: TreeLogProbs, _ reference: TreeLogProbs?, perToken: Bool
) -> JSON {
  var members: [JSON.Member] = [
    .init("pair", .int(id)), .init("logps_chosen", .double(logs.rowSum(branch: 0))),
    .init("logps_rejected", .double(logs.rowSum(branch: 1))),
    .init("tokens_chosen", .int(tokens.chosen.count)),
    .init("tokens_rejected", .int(tokens.rejected.count)),
  ]
  if let reference {
    members.append(.init("ref_logps_chosen", .double(reference.rowSum(branch: 0))))
    members.append(.init("ref_logps_rejected", .double(reference.rowSum(branch: 1))))
  }
  guard perToken else { return .object(members) }
  for (name, branch) in [("chosen", 0), ("rejected", 1)] {
    members.append(.init(name, list(logs, branch)))
    if let reference { members.append(.init("ref_" + name, list(reference, branch))) }
  }
  return .object(members)
}

/// The log-probabilities of one answer's tokens.
private func list(_ logs: TreeLogProbs, _ branch: Int) -> JSON {
  .array((logs.shared + logs.branches[branch]).map { .double(Double($0)) })
}
