// Notices a run that has left the rails: a loss over ten times its median for twenty updates in a row.

/// Watches the losses of a run.
struct DivergenceWatch {
  /// How many losses the median is taken over.
  static let window = 200
  /// How many high losses in a row are too many.
  static let patience = 20

  /// The last losses that were not high, oldest first.
  private(set) var recent: [Double]
  private var high = 0

  /// A watch that has seen these losses.
  init(recent: [Double] = []) { self.recent = recent }

  /// Takes in a loss; the error when it is time to stop.
  mutating func see(_ loss: Double, step: Int) -> TrainerError? {
    let sorted = recent.sorted()
    let median = sorted.isEmpty ? loss : sorted[sorted.count / 2]
    if median > 0, loss > 10 * median {
      high += 1
      return high >= Self.patience ? .diverged(update: step, loss: loss, median: median) : nil
    }
    high = 0
    recent.append(loss)
    if recent.count > Self.window { recent.removeFirst() }
    return nil
  }
}
