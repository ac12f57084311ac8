// Random texts that come out the same every time.

/// SplitMix64.
struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }

  private static let pieces = [
    "the", "cat", "12", "3.5", "日本", "語", "e\u{301}", "é", "👩‍👩‍👧", "🇩🇪", ",", ".", "=", "<<3*4=12>>",
    "\u{200B}",
    "\u{0}", "\u{1B}[2J", "x", "eggs", "14", "1,200", "\u{300}", "A", "-",
  ]
  private static let spaces = [" ", " ", " ", "", "", "\n", "\r\n", "  ", "\t", "\r", "\u{3000}"]

  /// A text of random words and white space.
  mutating func text(pieces count: Int) -> String {
    var text = ""
    for _ in 0..<Int.random(in: 0...count, using: &self) {
      text += Self.pieces.randomElement(using: &self) ?? ""
      text += Self.spaces.randomElement(using: &self) ?? ""
    }
    return text
  }

  /// The text with a few random replacements.
  mutating func edited(_ text: String) -> String {
    var scalars = Array(text.unicodeScalars)
    for _ in 0..<Int.random(in: 1...4, using: &self) {
      let lower = Int.random(in: 0...scalars.count, using: &self)
      let upper = min(scalars.count, lower + Int.random(in: 0...5, using: &self))
      scalars.replaceSubrange(lower..<upper, with: Array(self.text(pieces: 3).unicodeScalars))
    }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }
}
