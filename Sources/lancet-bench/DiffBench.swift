// The exact diff on long texts, in this process. Tests/Bench compares whole processes with Python's difflib.

import LancetCore

/// Numbers that are the same on every machine.
struct BenchRandom {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed }
  mutating func below(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % bound
  }
}

/// Words, some of them changed.
func benchWords(_ count: Int, changed: Double, seed: UInt64) -> (String, String) {
  var random = BenchRandom(seed)
  let minus = (0..<count).map { _ in "w\(random.below(4000))" }
  let plus = minus.map {
    Double(random.below(10_000)) < changed * 10_000 ? "v\(random.below(4000))" : $0
  }
  return (minus.joined(separator: " "), plus.joined(separator: " "))
}

func benchDiff() {
  print("texts                          median ms   R")
  for (name, count, changed) in [
    ("8,000 words, 10 % changed", 8_000, 0.1), ("32,000 words, 10 % changed", 32_000, 0.1),
    ("32,000 words, unrelated", 32_000, 1.0),
  ] {
    let (minus, plus) = benchWords(count, changed: changed, seed: 7)
    var ratio = 0.0
    let times = benchTimes(changed == 1 ? 3 : 7) {
      ratio = TextDiff(minus: minus, plus: plus, unit: .word, mergeIslands: false).changeRatio
    }
    let label = name + String(repeating: " ", count: max(0, 30 - name.count))
    print(label, benchNumber(times.median * 1000, 1, width: 9), " ", benchNumber(ratio, 3))
  }
}
