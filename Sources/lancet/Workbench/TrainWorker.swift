// The thread that looks at the runs: it starts them, reads what they write a few times a second while the Train screen is
// on, and sleeps in the kernel otherwise.

import LancetApp
import LancetCore
import LancetSystem
import LancetTrainer
import Synchronization

/// The runs' thread, seen from the others.
final class TrainWorker: Sendable {
  private let jobs = WorkQueue<TrainJob>()
  private let thread = Mutex<WorkerThread?>(nil)

  enum TrainJob: Sendable {
    case effect(RunsEffect)
    case stop
  }

  /// A worker for a session and the folder of its runs; it hands its events to `post`, from its own thread.
  init(session: String, runs: String, post: @escaping @Sendable (Event) -> Void) {
    let jobs = self.jobs
    let started = WorkerThread {
      var watcher = RunWatcher(session: session, runs: runs, post: post)
      while true {
        guard let job = jobs.next(milliseconds: watcher.patience, later: { _ in false }) else {
          watcher.look()
          continue
        }
        guard case .effect(let effect) = job else { break }
        watcher.run(effect)
      }
      watcher.endMeasuring()
    }
    thread.withLock { $0 = started }
    if started == nil { post(.failed("the Train screen does not work: no thread is left")) }
  }

  /// Adds an effect to carry out.
  func add(_ effect: RunsEffect) { jobs.add(.effect(effect)) }

  /// Ends the thread; runs go on.
  func stop() {
    jobs.add(.stop)
    thread.withLock { thread in
      thread?.join()
      thread = nil
    }
  }
}

/// What the worker's thread knows.
private struct RunWatcher {
  let session: String
  let runsFolder: String
  let post: @Sendable (Event) -> Void
  private var shelf: RunShelf
  private var watch = TrainWatch()
  private var tails: [String: MetricsTail] = [:]
  private var shown: [RunRecord] = []
  private var told = false
  /// Processes that were started and whose run is not at work yet.
  private var waiting: [(name: String, process: ChildProcess, resumes: Bool)] = []
  /// Processes of this workbench that are at work; asked about, so that none stays behind as a zombie.
  private var children: [ChildProcess] = []
  private var measuring: Measurement?

  init(session: String, runs: String, post: @escaping @Sendable (Event) -> Void) {
    self.session = session
    self.post = post
    runsFolder = runs
    shelf = RunShelf(runs)
  }

  /// Milliseconds until the next look: quick while something moves, slow while nothing does, never while nobody watches.
  var patience: Int32 {
    if !waiting.isEmpty || measuring != nil { return 100 }
    guard watch.isVisible else { return -1 }
    return shown.contains { $0.condition.isAlive } ? 220 : 1000
  }

  mutating func run(_ effect: RunsEffect) {
    switch effect {
    case .watch(let watch):
      self.watch = watch
      if watch.isVisible { look() }
    case .start(let settings): start(settings)
    case .resume(let name, let force): resume(name, force: force)
    case .pause(let name, let paused):
      attempt("not paused") { () throws(TrainerError) in
        try RunFolder("\(runsFolder)/\(name)").setPaused(paused)
      }
    case .stop(let name):
      attempt("not stopped") { () throws(TrainerError) in
        try RunFolder("\(runsFolder)/\(name)").requestStop()
      }
    case .measure(let model, let endOfTurn): measure(model, endOfTurn: endOfTurn)
    }
  }

  private func attempt(_ what: String, _ act: () throws(TrainerError) -> Void) {
    do throws(TrainerError) {
      try act()
    } catch {
      post(.failed("\(what): \(error.sentence)"))
    }
  }

  // MARK: - Looking

  /// Reads what is new and posts it.
  mutating func look() {
    children.removeAll { $0.hasEnded() }
    followStarts()
    followMeasurement()
    guard watch.isVisible || !waiting.isEmpty else { return }
    let runs = shelf.look()
    if !told || runs != shown {
      told = true
      shown = runs
      post(.train(.runs(runs)))
    }
    for name in watch.runs {
      var tail = tails[name] ?? MetricsTail(RunFolder("\(runsFolder)/\(name)"))
      while let news = tail.poll() {
        post(.train(.news(name, RunNews(news))))
        if news.lines.isEmpty { break }
      }
      tails[name] = tail
    }
  }

  private func log(of name: String) -> String { "\(runsFolder)/\(name).log" }

  // MARK: - Starting

  private mutating func start(_ asked: RunSettings) {
    var settings = asked
    settings.model = RunStarter.absolute(asked.model)
    settings.probes = asked.probes.map { RunStarter.absolute($0) }
    do throws(StartProblem) {
      guard Files.isReadable(settings.model + "/config.json") else {
        let isFolder = Files.isReadable(settings.model)
        throw StartProblem(
          field: .model,
          sentence: isFolder
            ? "no config.json is in \(settings.model): give a Hugging Face model folder"
            : "there is no folder \(settings.model)")
      }
      for probe in settings.probes where !Files.isReadable(probe) {
        throw StartProblem(field: .probes, sentence: "there is no file \(probe)")
      }
      let folder = try reserve(settings.objective)
      let name = folder.path.split(separator: "/").last.map(String.init) ?? folder.path
      let words = RunStarter.arguments(settings, session: session, folder: folder.path)
      do throws(StartProblem) {
        waiting.append((name, try RunStarter.start(words, log: log(of: name)), false))
      } catch {
        folder.clearUnstarted()
        throw error
      }
      post(.train(.launched(name)))
    } catch {
      post(.train(.startFailed(error.field, error.sentence)))
    }
  }

  private func reserve(_ objective: Objective) throws(StartProblem) -> RunFolder {
    do throws(TrainerError) {
      return try RunShelf.reserveFolder(in: runsFolder, objective: objective)
    } catch {
      throw StartProblem(sentence: error.sentence)
    }
  }

  private mutating func resume(_ name: String, force: Bool) {
    let folder = RunFolder("\(runsFolder)/\(name)")
    do throws(StartProblem) {
      // A run that was stopped while it waited would wait again.
      Files.removeOwnFile(folder.pauseFile)
      let process = try RunStarter.start(
        RunStarter.resuming(folder: folder.path, force: force), log: log(of: name))
      waiting.append((name, process, true))
    } catch {
      post(.train(.resumeFailed(name, error.sentence)))
    }
  }

  /// Looks after processes whose run is not there yet: it appears, or they end and say why in its state.
  private mutating func followStarts() {
    var still: [(name: String, process: ChildProcess, resumes: Bool)] = []
    for start in waiting {
      let folder = RunFolder("\(runsFolder)/\(start.name)")
      let hasEnded = start.process.hasEnded()
      // The run is this process's when its state file is.
      let state = folder.state().flatMap { $0.process == Int(start.process.number) ? $0 : nil }
      let isRun = folder.record() != nil
      guard hasEnded else {
        if state != nil, isRun { children.append(start.process) } else { still.append(start) }
        continue
      }
      let silence = "its process ended without a word; see \(log(of: start.name))"
      if start.resumes {
        if state?.message.isEmpty != true {
          post(.train(.resumeFailed(start.name, state?.message ?? silence)))
        }
      } else if state == nil || !isRun {
        post(.train(.startFailed(nil, state?.message ?? silence)))
        folder.clearUnstarted()
        if state != nil { Files.removeOwnFile(log(of: start.name)) }
      }
    }
    waiting = still
  }

  // MARK: - Measuring

  /// Computes log π_ref(y⁺|x) of some pairs in a process of its own, so that a model that is not understood or too large
  /// does the workbench no harm.
  private mutating func measure(_ model: String, endOfTurn: EndOfTurnRule) {
    endMeasuring()
    let path = RunStarter.absolute(model)
    guard Files.isReadable(path + "/config.json") else {
      post(.train(.measureFailed(model: model, "no model is in this folder yet")))
      return
    }
    guard let pipe = OutputPipe() else {
      post(.train(.measureFailed(model: model, "the process has no descriptors left")))
      return
    }
    defer { pipe.handOver() }
    do throws(StartProblem) {
      let process = try RunStarter.start(
        [
          "logprobs", session, "--model", path, "--end-of-turn", endOfTurn.rawValue, "--json",
        ], log: "/dev/null", output: pipe.writing)
      measuring = Measurement(model: model, process: process, output: pipe)
    } catch {
      post(.train(.measureFailed(model: model, error.sentence)))
    }
  }

  private mutating func followMeasurement() {
    guard var current = measuring else { return }
    let isOver = current.read()
    measuring = current
    guard isOver || current.values.count >= Measurement.enough else { return }
    let values = current.values.filter(\.isFinite)
    endMeasuring()
    guard !values.isEmpty else {
      post(
        .train(
          .measureFailed(
            model: current.model, "not known; the run itself measures it before its first update")))
      return
    }
    post(
      .train(
        .measured(
          ModelReference(
            model: current.model, chosen: values.reduce(0, +) / Double(values.count),
            pairs: values.count))))
  }

  /// Ends the measuring process; it has nothing to lose.
  mutating func endMeasuring() {
    guard let current = measuring else { return }
    measuring = nil
    current.process.kill()
    children.append(current.process)
  }
}

/// A process that computes log-probabilities, and what came so far.
private struct Measurement {
  /// A mean over so many pairs is good enough for a form.
  static let enough = 32
  let model: String
  let process: ChildProcess
  let output: OutputPipe
  var values: [Double] = []
  private var half: [UInt8] = []

  init(model: String, process: ChildProcess, output: OutputPipe) {
    self.model = model
    self.process = process
    self.output = output
  }

  /// Reads what came; true at the end.
  mutating func read() -> Bool {
    while true {
      switch output.look() {
      case .end: return true
      case .nothing: return false
      case .bytes(let bytes): half += bytes
      }
      while let end = half.firstIndex(of: 10) {
        if let value = (try? JSON.parse(half[..<end]))?["logps_chosen"]?.double {
          values.append(value)
        }
        half.removeSubrange(...end)
      }
    }
  }
}

extension RunNews {
  /// What is new in a metrics file.
  init(_ news: MetricsNews) {
    self.init()
    startsOver = news.startsOver
    badLines = news.badLines
    for line in news.lines { take(line) }
  }
}
