// The checks on ProcessBench: 1,400 real solutions in which people marked the first wrong step (Zheng et al.,
// "ProcessBench", arXiv 2412.06559). The data set is not part of the repository; its folder is an argument.

import Glibc
import LancetCore

/// What the first wrong mark of each solution is against the step people marked.
struct ProcessBench {
  private var wrongSolutions = 0
  private var marks = 0
  private var hits = 0
  private var late = 0
  private var early = 0
  private var onRight = 0
  private var slowest = Duration.zero
  /// The marks that people would not have made, to be read.
  private var doubtful: [String] = []

  /// Prints a line a suite for the files of a folder; says so when there are none.
  static func run(folder: String, listing: Bool) {
    let suites = ["gsm8k", "math", "olympiadbench", "omnimath"]
    var found = false
    for suite in suites {
      guard let text = contents(of: "\(folder)/\(suite).json"),
        let rows = (try? JSON.parse(text))?.array
      else { continue }
      found = true
      var bench = ProcessBench()
      for row in rows { bench.add(row) }
      print(bench.line(suite))
      if listing { for line in bench.doubtful { print("  \(line)") } }
    }
    if !found { print("no ProcessBench figures: no gsm8k.json or math.json in \(folder)") }
  }

  private static func contents(of path: String) -> [UInt8]? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var out: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&chunk, 1, chunk.count, file)
      if count == 0 { return out }
      out += chunk[..<count]
    }
  }

  private mutating func add(_ row: JSON) {
    guard let steps = row["steps"]?.array?.compactMap(\.string), let label = row["label"]?.int
    else { return }
    if label >= 0 { wrongSolutions += 1 }
    let text = steps.joined(separator: "\n\n")
    var found: [Check] = []
    slowest = max(slowest, ContinuousClock().measure { found = checks(in: text) })
    guard let first = found.first(where: { $0.verdict == .wrong }) else { return }
    marks += 1
    // The step in which the mark stands.
    var (at, end) = (0, steps.first?.utf8.count ?? 0)
    while first.bytes.lowerBound > end, at + 1 < steps.count {
      at += 1
      end += 2 + steps[at].utf8.count
    }
    if label < 0 {
      onRight += 1
    } else if at < label {
      early += 1
    } else if at == label {
      hits += 1
    } else {
      late += 1
    }
    if label < 0 || at < label {
      doubtful.append(
        "\(row["id"]?.string ?? "?") step \(at), people say \(label): "
          + "\(first.expression) = \(first.computed ?? "?"), not \(first.stated)")
    }
  }

  private func line(_ suite: String) -> String {
    let share = marks == 0 ? 0 : Double((early + onRight) * 1000 / marks) / 10
    return
      "\(suite): \(marks) marks, \(hits) of \(wrongSolutions) first wrong steps hit, \(late) later, "
      + "\(early) too early and \(onRight) on right solutions (\(share) % of marks), slowest "
      + "\(slowest)"
  }
}
