// Runs effects: those about the session go to its thread, those about runs to theirs; the settings are quick and done
// here. What is about the terminal the event loop does itself.

import LancetApp
import LancetCore

/// Those that effects go to, besides the event loop itself.
///
/// Answers come back through the mailbox.
protocol Addressees {
  /// Asks the session; returns at once.
  func store(_ effect: StoreEffect)
  /// Asks about runs; returns at once.
  func runs(_ effect: RunsEffect)
  /// Asks the person's settings; quick.
  func settings(_ effect: SettingsEffect)
  /// Blocks until everything asked of the store is answered; the loop calls it once, before it ends.
  func finish()
}

/// The threads and the folder of the running program.
struct EffectRunner: Addressees {
  let store: StoreWorker
  let runs: TrainWorker
  let config: ConfigFolder
  let post: @Sendable (Event) -> Void

  func store(_ effect: StoreEffect) { store.add(effect) }

  func runs(_ effect: RunsEffect) { runs.add(effect) }

  func settings(_ effect: SettingsEffect) {
    switch effect {
    case .rememberTheme(let id):
      if let problem = config.remember(theme: id) {
        post(.failed("the theme is not remembered: \(problem)"))
      }
    }
  }

  func finish() {
    runs.stop()
    store.stop()
  }
}
