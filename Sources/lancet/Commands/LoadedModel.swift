// A model folder as the commands that ask it something load it: without gradients, every number finite.

import LancetCore
import LancetModel
import LancetTrainer

/// A model folder, loaded for questions.
struct LoadedModel {
  let source: ModelFolder
  let setup: PairSetup
  let transformer: Transformer

  /// Loads a folder.
  ///
  /// - Throws: `ModelError` where the folder is not understood or a number of it is not finite; `TrainerError` where its
  ///   template or end token is missing.
  init(
    _ path: String, threads: Int?, endOfTurn: EndOfTurnRule = .trl, template: TemplateRule = .chat
  )
    throws
  {
    source = try ModelFolder(path: path)
    setup = try PairSetup(source: source, endOfTurn: endOfTurn, template: template)
    transformer = try Transformer(
      source.config, threads: threads ?? processorCount(), withGradients: false)
    let report = try source.readParameters(
      layout: transformer.layout, into: transformer.parameters)
    guard report.nonFinite == 0 else {
      throw ModelError.nonFinite(count: report.nonFinite, first: report.nonFiniteTensors)
    }
  }
}
