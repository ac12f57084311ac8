// AdamW's two moments for a whole model, and the step that uses them.

import LancetCore
import LancetModel

/// The optimizer of a run: its constants and one first and one second moment for every float of the arena.
final class Moments {
  let first: UnsafeMutableBufferPointer<Float>
  let second: UnsafeMutableBufferPointer<Float>
  private let adamW: AdamW
  private let decaying: Range<Int>
  private let threads: Int

  /// Moments of zero.
  init(settings: RunSettings, layout: ParameterLayout) {
    first = .allocate(capacity: layout.count)
    second = .allocate(capacity: layout.count)
    first.initialize(repeating: 0)
    second.initialize(repeating: 0)
    adamW = AdamW(
      beta1: settings.adamBeta1, beta2: settings.adamBeta2, epsilon: settings.adamEpsilon,
      weightDecay: settings.weightDecay)
    decaying = layout.decaying
    threads = settings.threadCount
  }

  deinit {
    first.deallocate()
    second.deallocate()
  }

  /// The length of the model's gradient.
  ///
  /// Not finite when any number of it is not.
  func gradientNorm(of model: Transformer) -> Double {
    euclideanNorm(model.gradients, threads: threads)
  }

  /// One step; `scale` is what clipping multiplies the gradient with, `update` counts from 1.
  func step(_ model: Transformer, learningRate: Double, scale: Double, update: Int) {
    adamW.update(
      parameters: model.parameters, gradients: model.gradients, firstMoments: first,
      secondMoments: second, decaying: decaying, learningRate: learningRate, step: update,
      gradientScale: Float(scale), threads: threads)
  }
}
