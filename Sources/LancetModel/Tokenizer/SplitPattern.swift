// Any other expression by which a tokenizer cuts a text: read into a small program and run with every dead end remembered, so that
// the time is linear in the text whatever the expression. What cannot be run so is refused by name.

/// A pattern that cannot be run here; the words say why.
struct SplitPatternError: Error {
  var reason: String
}

/// An expression, ready to be searched for.
struct SplitPattern: Sendable {
  enum Instruction: Sendable {
    /// One scalar of a set.
    case one(Int)
    /// As many scalars of a set as there are, and never fewer.
    case run(Int, least: Int, most: Int)
    /// Goes on at the first, and at the second if that fails.
    case split(Int, Int)
    case jump(Int)
    case lineStart, lineEnd, textStart, textEnd
    case wordBorder(negated: Bool)
    /// Whether the next, or the last, scalar is one of a set.
    case look(Int, ahead: Bool, negated: Bool)
    /// Whether a short program matches from here.
    case lookAhead([Instruction], negated: Bool)
    case match
  }

  let program: [Instruction]
  let sets: [CompiledSet]

  /// A set with its answers for ASCII ready.
  struct CompiledSet: Sendable {
    let set: ScalarSet
    private let low: UInt64
    private let high: UInt64

    init(_ set: ScalarSet) {
      self.set = set
      var bits: [UInt64] = [0, 0]
      for value in UInt32(0)..<128 where set.contains(value) {
        bits[Int(value >> 6)] |= 1 << UInt64(value & 63)
      }
      low = bits[0]
      high = bits[1]
    }

    @inline(__always)
    func contains(_ value: UInt32) -> Bool {
      if value < 64 { return low >> UInt64(value) & 1 == 1 }
      if value < 128 { return high >> UInt64(value - 64) & 1 == 1 }
      return set.contains(value)
    }
  }

  /// A regular expression.
  init(expression: String) throws(SplitPatternError) {
    var parser = SplitPatternParser(expression)
    let node = try parser.whole()
    var compiler = SplitPatternCompiler()
    try compiler.add(node)
    compiler.program.append(.match)
    program = compiler.program
    sets = compiler.sets.map { CompiledSet($0) }
  }

  /// A text to be found as it stands.
  init(literal: String) {
    let scalars = Array(literal.unicodeScalars)
    program = scalars.indices.map { .one($0) } + [.match]
    sets = scalars.map { CompiledSet(.ranges([$0.value...$0.value])) }
  }

  /// Calls `emit` with each match, from the left; an empty one only where none has just ended.
  ///
  /// - Parameter bytes: valid UTF-8.
  func forEachMatch(in bytes: UnsafeBufferPointer<UInt8>, _ emit: (Range<Int>) -> Void) {
    var matcher = SplitMatcher(pattern: self, bytes: bytes)
    var at = 0
    var lastEnd: Int?
    while at <= bytes.count {
      guard let end = matcher.match(from: at) else {
        at = at < bytes.count ? at + scalar(bytes, at).length : at + 1
        continue
      }
      if end > at || lastEnd != at { emit(at..<end) }
      lastEnd = end
      matcher.forget(upTo: end)
      at = end > at ? end : at < bytes.count ? at + scalar(bytes, at).length : at + 1
    }
  }
}

/// One search through one text.
private struct SplitMatcher {
  let pattern: SplitPattern
  let bytes: UnsafeBufferPointer<UInt8>
  /// `position · size of the program + instruction` of every fork that led nowhere.
  private var dead: Set<Int> = []
  private var sweepAt = 1 << 16
  private var stack: [(instruction: Int, position: Int)] = []

  init(pattern: SplitPattern, bytes: UnsafeBufferPointer<UInt8>) {
    self.pattern = pattern
    self.bytes = bytes
  }

  /// Forgets what a match may have passed through on its way to its end; what lies behind it failed and stays so.
  mutating func forget(upTo end: Int) {
    let size = pattern.program.count
    if dead.count > sweepAt {
      dead = dead.filter { $0 / size > end }
      sweepAt = max(1 << 16, 2 * dead.count)
    } else {
      for instruction in 0..<size { dead.remove(end * size + instruction) }
    }
  }

  /// Where a match from here ends.
  mutating func match(from start: Int) -> Int? {
    stack.removeAll(keepingCapacity: true)
    stack.append((0, start))
    let size = pattern.program.count
    while let (first, position) = stack.popLast() {
      var next = first
      var at = position
      run: while true {
        switch pattern.program[next] {
        case .match: return at
        case .jump(let target):
          next = target
          continue run
        case .split(let preferred, let other):
          guard dead.insert(at * size + next).inserted else { break run }
          stack.append((other, at))
          next = preferred
          continue run
        case let instruction:
          guard let after = step(instruction, at) else { break run }
          at = after
          next += 1
        }
      }
    }
    return nil
  }

  /// Where an instruction that does not fork leads; nil when it fails.
  private func step(_ instruction: SplitPattern.Instruction, _ at: Int) -> Int? {
    switch instruction {
    case .one(let set):
      guard at < bytes.count else { return nil }
      let (value, length) = scalar(bytes, at)
      return pattern.sets[set].contains(value) ? at + length : nil
    case .run(let set, let least, let most):
      var count = 0
      var end = at
      while count < most, end < bytes.count {
        let (value, length) = scalar(bytes, end)
        guard pattern.sets[set].contains(value) else { break }
        end += length
        count += 1
      }
      return count >= least ? end : nil
    case .lineStart: return at == 0 || bytes[at - 1] == 10 && at < bytes.count ? at : nil
    case .lineEnd: return at == bytes.count || bytes[at] == 10 ? at : nil
    case .textStart: return at == 0 ? at : nil
    case .textEnd: return at == bytes.count ? at : nil
    case .wordBorder(let negated):
      let isBorder = isWord(before: at) != (at < bytes.count && isWord(scalar(bytes, at).value))
      return isBorder != negated ? at : nil
    case .look(let set, let ahead, let negated):
      let value = ahead ? at < bytes.count ? scalar(bytes, at).value : nil : value(before: at)
      return (value.map { pattern.sets[set].contains($0) } ?? false) != negated ? at : nil
    case .lookAhead(let program, let negated):
      return matches(program, 0, at) != negated ? at : nil
    case .match, .jump, .split: return at
    }
  }

  /// Whether a program without loops matches; it is short, so nothing is remembered.
  private func matches(_ program: [SplitPattern.Instruction], _ first: Int, _ start: Int) -> Bool {
    var next = first
    var at = start
    while true {
      switch program[next] {
      case .match: return true
      case .jump(let target): next = target
      case .split(let preferred, let other):
        if matches(program, preferred, at) { return true }
        next = other
      case let instruction:
        guard let after = step(instruction, at) else { return false }
        at = after
        next += 1
      }
    }
  }

  private func isWord(_ value: UInt32) -> Bool { ScalarSet.word.contains(value) }

  private func isWord(before at: Int) -> Bool { value(before: at).map(isWord) ?? false }

  private func value(before at: Int) -> UInt32? {
    guard at > 0 else { return nil }
    var start = at - 1
    while start > 0, bytes[start] & 0xC0 == 0x80 { start -= 1 }
    return scalar(bytes, start).value
  }
}
