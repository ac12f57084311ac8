// The diff against a quadratic dynamic program, and its laws on many small random texts.

import Testing

@testable import LancetCore

/// The length of a longest common subsequence by the textbook table.
private func exhaustiveLCS<T: Hashable>(_ a: [T], _ b: [T]) -> Int {
  var ids: [T: Int32] = [:]
  func id(_ element: T) -> Int32 {
    let id = ids[element] ?? Int32(ids.count)
    ids[element] = id
    return id
  }
  return exhaustiveLCS(a.map(id), b.map(id))
}

private func exhaustiveLCS(_ a: [Int32], _ b: [Int32]) -> Int {
  var row = Array(repeating: 0, count: b.count + 1)
  for x in a {
    var diagonal = 0
    for (j, y) in b.enumerated() {
      let above = row[j + 1]
      row[j + 1] = x == y ? diagonal + 1 : max(above, row[j])
      diagonal = above
    }
  }
  return row[b.count]
}

private func checkMatches(_ matches: [(a: Int, b: Int)], _ a: [Int32], _ b: [Int32]) {
  #expect(matches.allSatisfy { a[$0.a] == b[$0.b] })
  #expect(zip(matches, matches.dropFirst()).allSatisfy { $0.a < $1.a && $0.b < $1.b })
  #expect(matches.count == exhaustiveLCS(a, b))
}

/// Applies hunks to the bytes of a text.
private func apply(_ hunks: [DiffHunk], _ minus: String, _ plus: String) -> [UInt8] {
  let (m, p) = (Array(minus.utf8), Array(plus.utf8))
  var result: [UInt8] = []
  var at = 0
  for hunk in hunks {
    result += m[at..<hunk.minus.lowerBound] + p[hunk.plus]
    at = hunk.minus.upperBound
  }
  return result + m[at...]
}

private func changes(
  _ minus: String, _ plus: String, unit: DiffUnit = .word, merge: Bool = true
) -> [String] {
  let diff = TextDiff(minus: minus, plus: plus, unit: unit, mergeIslands: merge)
  let (m, p) = (Array(minus.utf8), Array(plus.utf8))
  return diff.hunks.map {
    String(decoding: m[$0.minus], as: UTF8.self) + "→" + String(decoding: p[$0.plus], as: UTF8.self)
  }
}

@Suite struct `The longest common subsequence` {
  @Test(arguments: 0..<60)
  func `is as long as the exhaustive one on random sequences`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for _ in 0..<20 {
      let alphabet = Int32.random(in: 1...12, using: &random)
      let a = (0..<Int.random(in: 0...90, using: &random)).map { _ in
        Int32.random(in: 0..<alphabet, using: &random)
      }
      let b = (0..<Int.random(in: 0...90, using: &random)).map { _ in
        Int32.random(in: 0..<alphabet, using: &random)
      }
      checkMatches(LCS.matches(a, b, alphabet: Int(alphabet)), a, b)
    }
  }

  @Test(arguments: 0..<12)
  func `is as long as the exhaustive one where edits are searched and bits are walked`(
    seed: UInt64
  ) {
    var random = SeededRandom(seed: seed)
    let alphabet = Int32([2, 30, 900][Int(seed % 3)])
    let a = (0..<600).map { _ in Int32.random(in: 0..<alphabet, using: &random) }
    var b = a
    for _ in 0..<[3, 60, 300, 600][Int(seed % 4)] {
      let i = Int.random(in: 0..<b.count, using: &random)
      switch Int.random(in: 0..<3, using: &random) {
      case 0: b[i] = Int32.random(in: 0..<alphabet, using: &random)
      case 1: b.insert(Int32.random(in: 0..<alphabet, using: &random), at: i)
      default: b.remove(at: i)
      }
    }
    checkMatches(LCS.matches(a, b, alphabet: Int(alphabet)), a, b)
    // A matrix of 2 kB forces the division into halves.
    checkMatches(LCS.matches(a, b, alphabet: Int(alphabet), matrixLimit: 2048), a, b)
  }

  @Test(arguments: 0..<20)
  func `lengths of all prefixes are those of the table`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let alphabet = Int32.random(in: 1...200, using: &random)
    let a = (0..<300).map { _ in Int32.random(in: 0..<alphabet, using: &random) }
    let b = (0..<200).map { _ in Int32.random(in: 0..<alphabet, using: &random) }
    var bits = BitLCS(alphabet: Int(alphabet))
    let lengths = bits.lengths(a, b)
    for i in stride(from: 0, through: a.count, by: 37) {
      #expect(Int(lengths[i]) == exhaustiveLCS(Array(a[..<i]), b))
    }
  }

  @Test(arguments: 0..<30)
  func `a middle point halves a shortest edit script`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let a = (0..<80).map { _ in Int32.random(in: 0..<5, using: &random) }
    let b = (0..<70).map { _ in Int32.random(in: 0..<5, using: &random) }
    var snake = MiddleSnake()
    let point = snake.split(a, a.indices, b, b.indices, limit: 200)
    let (x, y) = try #require(point)
    let parts =
      exhaustiveLCS(Array(a[..<x]), Array(b[..<y])) + exhaustiveLCS(Array(a[x...]), Array(b[y...]))
    #expect(parts == exhaustiveLCS(a, b))
  }

  @Test func `takes any hashable elements`() {
    #expect(lcsMatches(Array("abcbdab"), Array("bdcaba")).count == 4)
    #expect(lcsMatches([Int](), [1]).isEmpty)
  }
}

@Suite struct `A text diff` {
  @Test(arguments: DiffUnit.allCases, 0..<40)
  func `turns one text into the other byte for byte and counts exactly`(
    unit: DiffUnit, seed: UInt64
  ) {
    var random = SeededRandom(seed: seed)
    for _ in 0..<6 {
      let minus = random.text(pieces: 30)
      let plus = Bool.random(using: &random) ? random.text(pieces: 30) : random.edited(minus)
      for merge in [false, true] {
        let diff = TextDiff(minus: minus, plus: plus, unit: unit, mergeIslands: merge)
        #expect(apply(diff.hunks, minus, plus) == Array(plus.utf8))
        for (a, b) in zip(diff.hunks, diff.hunks.dropFirst()) {
          #expect(a.minus.upperBound < b.minus.lowerBound)
          #expect(a.plus.upperBound < b.plus.lowerBound)
        }
        let bytes = (Array(minus.utf8), Array(plus.utf8))
        let a = TextUnits.ranges(of: bytes.0, unit: unit).map { Array(bytes.0[$0]) }
        let b = TextUnits.ranges(of: bytes.1, unit: unit).map { Array(bytes.1[$0]) }
        #expect(diff.lcs == exhaustiveLCS(a, b))
        #expect(diff.lengthMinus == a.count && diff.lengthPlus == b.count)
        for hunk in diff.hunks {
          #expect(String(validating: bytes.0[hunk.minus], as: UTF8.self) != nil)
          #expect(String(validating: bytes.1[hunk.plus], as: UTF8.self) != nil)
          #expect(bytes.0[hunk.minus] != bytes.1[hunk.plus])
        }
      }
    }
  }

  @Test func `words are runs of letters, marks and digits, or one other character`() {
    let text = "Don't add 3.5 €, ça e\u{301}t 日本!\n\t$16x"
    let words = TextUnits.ranges(of: Array(text.utf8), unit: .word).map {
      String(decoding: Array(text.utf8)[$0], as: UTF8.self)
    }
    #expect(
      words == [
        "Don", "'", "t", "add", "3", ".", "5", "€", ",", "ça", "e\u{301}t", "日本", "!", "$", "16x",
      ])
  }

  @Test func `a changed number is a hunk of its own`() {
    #expect(
      changes("16 - 3 = <<16-3=13>>13 eggs", "16 - 7 = <<16-7=9>>9 eggs") == [
        "3→7", "3→7", "13→9", "13→9",
      ])
    #expect(changes("she has 14 eggs", "she has 6 eggs") == ["14→6"])
  }

  @Test func `a number is never cut`() {
    #expect(changes("costs $1,200.50 now", "costs $1,300.50 now") == ["1,200.50→1,300.50"])
    #expect(changes("1.5 and 2.5", "1.5 and 2.75") == ["2.5→2.75"])
  }

  @Test func `small islands of equality are part of the edit`() {
    #expect(
      changes("we take the large box of it", "we pick the small box of it")
        == ["take the large→pick the small"])
    #expect(changes("we take the large box", "we pick the small box", merge: false).count == 2)
    #expect(changes("alpha\nbeta", "gamma\ndelta", merge: true).count == 1)
  }

  @Test func `an inserted word takes one space with it`() {
    #expect(changes("a b", "a x b") == ["→x "])
    #expect(changes("a x b", "a b") == ["x →"])
  }

  @Test func `white space is carried though it is no unit`() {
    let diff = TextDiff(minus: "a  b\r\nc", plus: "a b\nc", mergeIslands: true)
    #expect(diff.lcs == 3 && diff.changeRatio == 0)
    #expect(apply(diff.hunks, "a  b\r\nc", "a b\nc") == Array("a b\nc".utf8))
    #expect(diff.hunks.count == 2)
  }

  @Test func `canonically equivalent texts differ`() {
    #expect(TextDiff(minus: "\u{E9}", plus: "e\u{301}", mergeIslands: true).hunks.count == 1)
  }

  @Test func `empty texts have an answer`() {
    let none = TextDiff(minus: "", plus: "", mergeIslands: true)
    #expect(none.hunks.isEmpty && none.changeRatio == 0)
    let all = TextDiff(minus: "", plus: "a b", mergeIslands: true)
    #expect(all.hunks == [DiffHunk(minus: 0..<0, plus: 0..<3)] && all.changeRatio == 1)
    let gone = TextDiff(minus: "a b", plus: "", mergeIslands: true)
    #expect(gone.hunks.map(\.kind) == [.delete] && gone.changeRatio == 1)
  }

  @Test func `the change ratio is one minus the common part of the correction`() {
    #expect(changeRatio(minus: "a b c d", plus: "a b x d") == 0.25)
    #expect(changeRatio(minus: "a b c d", plus: "a b") == 0)
    #expect(changeRatio(minus: "same", plus: "same") == 0)
  }

  @Test func `tokens that cut a character leave it whole`() {
    let minus = Array("é".utf8)  // C3 A9
    let plus = Array("è".utf8)  // C3 A8
    let diff = TextDiff(
      minus: minus, plus: plus, minusUnits: [0..<1, 1..<2], plusUnits: [0..<1, 1..<2],
      mergeIslands: false)
    #expect(diff.lcs == 1 && diff.hunks == [DiffHunk(minus: 0..<2, plus: 0..<2)])
  }
}
