// The screens that a later version brings. Their tabs are there, muted, and their keys say so in words.
import LancetCanvas

extension ScreenID {
  /// Rewards and steps of a model.
  public static let inspect = ScreenID("inspect")
  /// Long work.
  public static let jobs = ScreenID("jobs")
}

extension Screen {
  static let inspect = later(.inspect, "Inspect", "rewards and steps (a later version)")
  static let jobs = later(.jobs, "Jobs", "long work (a later version)")

  /// A screen that is not here yet.
  private static func later(_ id: ScreenID, _ title: String, _ summary: String) -> Screen {
    let sentence = "the \(title) screen comes with a later version of Lancet"
    let scope = Scope(id.name, title: title, kind: .screen)
    var screen = Screen(
      id, title, summary, bindings: [], refusal: { _ in sentence }, scope: { _ in scope },
      draw: { _, area, canvas in renderMessage([sentence], in: area, on: &canvas) })
    screen.isLater = true
    return screen
  }
}
