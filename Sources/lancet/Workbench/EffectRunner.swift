// Effects become deeds: those about the session go to its thread, the rest is quick and done here. What is about the
// terminal the event loop does itself.

import LancetApp
import LancetCore

/// Runs effects for the event loop.
struct EffectRunner: EffectRunning {
  let store: StoreWorker
  let runs: TrainWorker
  let config: ConfigFolder
  let post: @Sendable (Event) -> Void

  func run(_ effect: Effect) {
    switch effect {
    case .loadQueue: store.add(.loadQueue)
    case .loadTrace(let trace): store.add(.load(trace))
    case .prefetch(let traces): for trace in traces { store.add(.ahead(trace)) }
    case .commit(let commit): store.add(.commit(commit))
    case .retry(let commits): store.add(.retry(commits))
    case .undo: store.add(.undo)
    case .redo: store.add(.redo)
    case .applyRule(let expression): store.add(.rule(expression))
    case .propose(let trace): store.add(.propose(trace))
    case .listBackups: store.add(.listBackups)
    case .restore(let backup): store.add(.restore(backup))
    case .rememberPlace(let place): store.add(.remember(place))
    case .rememberTheme(let id):
      if let problem = config.remember(theme: id) {
        post(.failed("the theme is not remembered: \(problem)"))
      }
    case .train(.findPairs(let run, let step, let pairs, let areTraces)):
      store.add(.findPairs(run: run, step: step, pairs: pairs, areTraces: areTraces))
    case .train(let effect): runs.add(effect)
    case .copy, .openEditor, .suspend, .redraw, .captureMouse, .quit: break
    }
  }

  func finish() {
    runs.stop()
    store.stop()
  }
}
