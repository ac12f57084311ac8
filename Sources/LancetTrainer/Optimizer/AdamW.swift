// AdamW as PyTorch computes it (`torch.optim.AdamW`, `foreach=False`): decoupled decay, bias-corrected moments, in single
// precision, with the corrections in double.

import Glibc
import LancetModel

/// The optimizer's constants and its two moments, one number each for every parameter.
final class AdamW {
  let firstMoment: UnsafeMutableBufferPointer<Float>
  let secondMoment: UnsafeMutableBufferPointer<Float>
  private let beta1: Double
  private let beta2: Double
  private let epsilon: Double
  private let weightDecay: Double
  private let decaying: Range<Int>

  /// Moments of zero for every float of the arena.
  init(settings: RunSettings, layout: ParameterLayout) {
    firstMoment = .allocate(capacity: layout.count)
    secondMoment = .allocate(capacity: layout.count)
    firstMoment.initialize(repeating: 0)
    secondMoment.initialize(repeating: 0)
    beta1 = settings.adamBeta1
    beta2 = settings.adamBeta2
    epsilon = settings.adamEpsilon
    weightDecay = settings.weightDecay
    decaying = layout.decaying
  }

  /// The length of a gradient, added up in double precision. Not finite when any number of it is not.
  func norm(of gradients: UnsafeMutableBufferPointer<Float>) -> Double {
    var sum = 0.0
    for value in gradients { sum += Double(value) * Double(value) }
    return sum.squareRoot()
  }

  /// One step.
  ///
  /// - Parameters:
  ///   - parameters: changed in place.
  ///   - gradients: the gradient of the update, of the same length.
  ///   - gradientScale: what clipping multiplies the gradient with.
  ///   - update: the number of this update, from 1.
  func step(
    _ parameters: UnsafeMutableBufferPointer<Float>,
    _ gradients: UnsafeMutableBufferPointer<Float>, learningRate: Double, gradientScale: Double,
    update: Int
  ) {
    let correction1 = 1 - pow(beta1, Double(update))
    let correction2 = (1 - pow(beta2, Double(update))).squareRoot()
    let stepSize = Float(learningRate / correction1)
    let b1 = Float(beta1)
    let b2 = Float(beta2)
    let rest1 = Float(1 - beta1)
    let rest2 = Float(1 - beta2)
    let root = Float(correction2)
    let eps = Float(epsilon)
    let scale = Float(gradientScale)
    for i in 0..<parameters.count {
      let g = gradients[i] * scale
      let m = b1 * firstMoment[i] + rest1 * g
      let v = b2 * secondMoment[i] + rest2 * (g * g)
      firstMoment[i] = m
      secondMoment[i] = v
      let decay = decaying.contains(i) ? Float(1 - learningRate * weightDecay) : 1
      parameters[i] = parameters[i] * decay - stepSize * m / (v.squareRoot() / root + eps)
    }
  }

  deinit {
    firstMoment.deallocate()
    secondMoment.deallocate()
  }
}
