// The thread that looks at the runs: it starts them, reads what they write a few times a second while the Train screen is
// on, and sleeps in the kernel otherwise.

import Glibc
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
    case effect(TrainEffect)
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

  /// Adds a wish.
  func add(_ effect: TrainEffect) { jobs.add(.effect(effect)) }

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
  private var watch = TrainWatch()
  private var tails: [String: MetricsTail] = [:]
  private var shown: [RunView] = []
  private var told = false
  /// Processes that were started and whose run is not at work yet.
  private var waiting: [(name: String, process: StartedProcess, resumes: Bool)] = []
  /// Processes of this workbench that are at work; asked about, so that none stays behind as a zombie.
  private var children: [StartedProcess] = []
  /// Facts of a run that never change once they are there.
  private var facts: [String: (pairs: Int, chosen: Double)] = [:]
  private var measuring: Measurement?

  init(session: String, runs: String, post: @escaping @Sendable (Event) -> Void) {
    self.session = session
    self.post = post
    runsFolder = runs
  }

  /// Milliseconds until the next look: quick while something moves, slow while nothing does, never while nobody watches.
  var patience: Int32 {
    if !waiting.isEmpty || measuring != nil { return 100 }
    guard watch.isVisible else { return -1 }
    return shown.contains { $0.condition.isAlive } ? 220 : 1000
  }

  mutating func run(_ effect: TrainEffect) {
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
    case .findPairs: break
    }
  }

  private func attempt(_ what: String, _ deed: () throws(TrainerError) -> Void) {
    do throws(TrainerError) {
      try deed()
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
    let runs = RunRecord.all(in: runsFolder).map { view($0) }
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

  private mutating func view(_ record: RunRecord) -> RunView {
    let condition = RunCondition(rawValue: record.condition) ?? .died
    var message = record.state?.message ?? ""
    if condition == .died || condition == .failed, message.isEmpty {
      message = RunStarter.lastError(in: log(of: record.name)) ?? ""
    }
    if facts[record.name] == nil { facts[record.name] = referenceFacts(record.folder) }
    let known = facts[record.name]
    return RunView(
      name: record.name, number: record.id,
      settings: record.settings.map { TrainSettings($0, model: model(of: record.folder) ?? "") },
      condition: condition, step: record.state?.step ?? 0, steps: record.state?.steps ?? 0,
      message: message, memory: record.state?.peakMemory ?? 0, pairs: known?.pairs ?? 0,
      referenceChosen: known?.chosen,
      trained: condition == .done ? record.folder.model : nil)
  }

  private func log(of name: String) -> String { "\(runsFolder)/\(name).log" }

  private func model(of folder: RunFolder) -> String? {
    guard let bytes = readSmall(folder.settingsFile), let json = try? JSON.parse(bytes) else {
      return nil
    }
    return json["model"]?.string
  }

  /// The number of pairs and the mean log π_ref(y⁺|x), once the reference was written.
  private func referenceFacts(_ folder: RunFolder) -> (pairs: Int, chosen: Double)? {
    guard let bytes = readSmall(folder.referenceFile) else { return nil }
    let values = bytes.split(separator: 10).compactMap { (try? JSON.parse($0))?["chosen"]?.double }
    guard !values.isEmpty else { return nil }
    return (values.count, values.reduce(0, +) / Double(values.count))
  }

  // MARK: - Starting

  private mutating func start(_ wished: TrainSettings) {
    var settings = wished
    settings.model = RunStarter.absolute(wished.model)
    settings.probes = wished.probes.map { RunStarter.absolute($0) }
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
      guard let objective = Objective(rawValue: settings.objective) else {
        throw StartProblem(
          field: .objective, sentence: "no objective is called \(settings.objective)")
      }
      do throws(FileFailure) { try Files.makeFolder(runsFolder) } catch {
        throw StartProblem(sentence: "no folder for runs: \(error.sentence)")
      }
      let folder = RunRecord.nextFolder(in: runsFolder, objective: objective)
      let name = folder.path.split(separator: "/").last.map(String.init) ?? folder.path
      let process = try RunStarter.start(
        RunStarter.arguments(settings, session: session, folder: folder.path), log: log(of: name))
      waiting.append((name, process, false))
      post(.train(.launched(name)))
    } catch {
      post(.train(.startFailed(error.field, error.sentence)))
    }
  }

  private mutating func resume(_ name: String, force: Bool) {
    let folder = RunFolder("\(runsFolder)/\(name)")
    guard let record = RunRecord(folder), let settings = record.settings,
      let model = model(of: folder)
    else {
      post(.train(.resumeFailed(name, "its run.json cannot be read")))
      return
    }
    do throws(StartProblem) {
      // A run that was stopped while it waited would wait again.
      Files.removeOwnFile(folder.pauseFile)
      let process = try RunStarter.start(
        RunStarter.resuming(
          settings, model: model, session: session, folder: folder.path, force: force),
        log: log(of: name))
      waiting.append((name, process, true))
    } catch {
      post(.train(.resumeFailed(name, error.sentence)))
    }
  }

  /// Looks after processes whose run is not there yet: it appears, or they end with a sentence.
  private mutating func followStarts() {
    var still: [(name: String, process: StartedProcess, resumes: Bool)] = []
    for start in waiting {
      let record = RunRecord(RunFolder("\(runsFolder)/\(start.name)"))
      // The run is at work when its state file is this process's own.
      let isOwn = record?.state?.process == Int(start.process.process)
      if start.process.hasEnded() {
        let error = start.process.lastError()
        if start.resumes, let error {
          post(.train(.resumeFailed(start.name, error)))
        } else if !start.resumes, !isOwn {
          if record == nil { Files.removeOwnFile(log(of: start.name)) }
          post(.train(.startFailed(nil, error ?? "its process ended without a word")))
        }
      } else if isOwn {
        children.append(start.process)
      } else {
        still.append(start)
      }
    }
    waiting = still
  }

  // MARK: - Measuring

  /// Computes log π_ref(y⁺|x) of some pairs in a process of its own, so that a model that is not understood or too large
  /// does the workbench no harm.
  private mutating func measure(_ model: String, endOfTurn: String) {
    endMeasuring()
    let path = RunStarter.absolute(model)
    guard Files.isReadable(path + "/config.json") else {
      post(.train(.measureFailed(model: model, "no model is in this folder yet")))
      return
    }
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return }
    defer { close(ends[1]) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    // The writing end blocks in the child as usual; the reading end is looked at now and then.
    _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
    let log = "/dev/null"
    do throws(StartProblem) {
      let process = try RunStarter.start(
        [
          "logprobs", session, "--model", path, "--end-of-turn", endOfTurn, "--json",
        ], log: log, output: ends[1])
      measuring = Measurement(model: model, process: process, descriptor: ends[0])
    } catch {
      close(ends[0])
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
    close(current.descriptor)
    kill(current.process.process, SIGKILL)
    children.append(current.process)
  }
}

/// A process that computes log-probabilities, and what came so far.
private struct Measurement {
  /// A mean over so many pairs is good enough for a form.
  static let enough = 32
  let model: String
  let process: StartedProcess
  let descriptor: Int32
  var values: [Double] = []
  private var half: [UInt8] = []

  init(model: String, process: StartedProcess, descriptor: Int32) {
    self.model = model
    self.process = process
    self.descriptor = descriptor
  }

  /// Reads what came; true at the end.
  mutating func read() -> Bool {
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let got = bytes.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
      if got == 0 { return true }
      if got < 0 { return errno != EAGAIN && errno != EINTR }
      half += bytes[..<got]
      while let end = half.firstIndex(of: 10) {
        if let value = (try? JSON.parse(half[..<end]))?["logps_chosen"]?.double {
          values.append(value)
        }
        half.removeSubrange(...end)
      }
    }
  }
}

/// A file of at most 64 MB; nil when it cannot be read.
private func readSmall(_ path: String) -> [UInt8]? { try? Files.read(path, limit: 64 << 20) }

extension RunNews {
  /// Lines of a metrics file as points.
  init(_ news: MetricsNews) {
    self.init()
    startsOver = news.startsOver
    badLines = news.badLines
    for line in news.lines {
      guard let step = line["step"]?.int else { continue }
      if let suites = line["probe"]?.object {
        probes.append(ProbePoint(step: step, suites: suites.map { SuitePoint($0.key, $0.value) }))
      } else {
        updates.append(UpdatePoint(step: step, line))
      }
    }
  }
}

extension SuitePoint {
  fileprivate init(_ name: String, _ json: JSON) {
    self.init(
      suite: name, accuracy: json["accuracy"]?.double, logLoss: json.metric("log_loss") ?? .nan,
      divergence: json["kl"]?.double)
  }
}

extension UpdatePoint {
  /// A line of `metrics.jsonl`.
  fileprivate init(step: Int, _ json: JSON) {
    self.init(step: step)
    func value(_ key: String) -> Double { json.metric(key) ?? .nan }
    epoch = value("epoch")
    loss = value("loss")
    delta = value("delta")
    rewardChosen = value("rewards/chosen")
    rewardRejected = value("rewards/rejected")
    margin = value("rewards/margins")
    accuracy = value("rewards/accuracies")
    logProbChosen = value("logps/chosen")
    logProbRejected = value("logps/rejected")
    gradientNorm = value("grad_norm")
    learningRate = value("learning_rate")
    tokensPerSecond = value("tokens_per_second")
    pairsPerSecond = value("pairs_per_second")
    tether = value("tether")
    surgery = value("surgery")
    let chosen = json["pair_rewards_chosen"]?.array ?? []
    let rejected = json["pair_rewards_rejected"]?.array ?? []
    let ids = (json["pairs"]?.array ?? []).flatMap { $0.array ?? [$0] }.compactMap(\.int)
    pairs = ids.enumerated().map { index, id in
      PairReward(
        pair: id, chosen: chosen.indices.contains(index) ? chosen[index].double ?? .nan : .nan,
        rejected: rejected.indices.contains(index) ? rejected[index].double ?? .nan : .nan)
    }
  }
}
