// Outside text becomes harmless, visible cells: the promises of the one choke point.
import Testing

@testable import LancetCanvas

/// What a canvas shows of a text.
private func shown(_ text: String) -> String {
  var drawn = ""
  for cell in VisibleText(text).cells { cell.glyph.append(to: &drawn) }
  return drawn
}

/// Random texts with a liking for what hurts.
private struct Nasty {
  var state: UInt64

  mutating func next(_ limit: UInt64) -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return (state >> 33) % limit
  }

  mutating func text() -> String {
    let favourites: [ClosedRange<UInt32>] = [
      0...0x1F, 0x20...0x7E, 0x7F...0xA0, 0x300...0x36F, 0x2000...0x206F, 0x1F1E6...0x1F1FF,
      0x1F3FB...0x1F64F, 0xE000...0xE010, 0xE0000...0xE007F, 0xFE00...0xFE0F, 0x4E00...0x4E20,
      0x590...0x6FF, 0xFFF0...0xFFFD, 0x10FFF0...0x10FFFF, 0x27E8...0x27E9, 0x55...0x55,
      0x2B...0x2B, 0x1100...0x11FF, 0x900...0x97F,
    ]
    var text = String.UnicodeScalarView()
    for _ in 0..<next(24) {
      let range = favourites[Int(next(UInt64(favourites.count)))]
      let value = range.lowerBound + UInt32(next(UInt64(range.count)))
      if let scalar = Unicode.Scalar(value) { text.append(scalar) }
    }
    return String(text)
  }
}

@Test func `no control or invisible scalar ever reaches a cell`() {
  var random = Nasty(state: 1)
  for _ in 0..<4_000 {
    let text = random.text()
    for cell in VisibleText(text).cells {
      for scalar in cell.glyph.scalars {
        let category = scalar.properties.generalCategory
        #expect(
          ![.control, .format, .privateUse, .lineSeparator, .unassigned].contains(category),
          "U+\(String(scalar.value, radix: 16)) of \(codePoints(of: text))")
        #expect(scalar == " " || category != .spaceSeparator)
      }
    }
  }
}

@Test func `different bytes are drawn differently`() {
  var random = Nasty(state: 7)
  var seen: [String: [UInt8]] = [:]
  for _ in 0..<6_000 {
    let text = random.text()
    // More than four marks on a base are counted, not drawn: the count is the visible mark of that.
    if shown(text).contains("marks⟩") { continue }
    let key = VisibleText(text).cells.map { cell in
      cell.glyph.scalars.map { String($0.value) }.joined(separator: "+") + (cell.isMark ? "m" : "")
    }.joined(separator: ",")
    let bytes = Array(text.utf8)
    if let before = seen[key] { #expect(before == bytes) } else { seen[key] = bytes }
  }
}

@Test func `cells cover the bytes of the text in order and their widths add up`() {
  var random = Nasty(state: 3)
  for _ in 0..<3_000 {
    let text = random.text()
    let visible = VisibleText(text)
    var end = 0
    var width = 0
    for cell in visible.cells {
      #expect(cell.bytes.lowerBound <= end)
      #expect(cell.bytes.upperBound >= end)
      end = cell.bytes.upperBound
      width += Int(cell.width)
      #expect(cell.width == 1 || cell.width == 2)
    }
    #expect(end == text.utf8.count)
    #expect(width == visible.width)
  }
}

@Test(arguments: [
  ("\u{1B}[2J", "␛[2J"), ("\u{1B}]0;title\u{7}", "␛]0;title␇"), ("a\u{9B}31m", "a⟨U+009B⟩31m"),
  ("a\rb", "a␍b"), ("\u{0}", "␀"), ("\u{7F}", "␡"), ("x\u{202E}y", "x⟨U+202E⟩y"),
  ("\u{200B}", "⟨U+200B⟩"), ("\u{AD}", "⟨U+00AD⟩"), ("\u{FEFF}", "⟨U+FEFF⟩"),
  ("a\u{2028}b", "a⟨U+2028⟩b"), ("\u{85}", "⟨U+0085⟩"), ("❤\u{FE0F}", "❤⟨U+FE0F⟩"),
  ("👩\u{200D}👧", "👩⟨U+200D⟩👧"), ("\u{E0041}", "⟨U+E0041⟩"), ("\u{E000}", "⟨U+E000⟩"),
  ("\u{3164}", "⟨U+3164⟩"), ("⟨U+202E⟩", "⟨U+27E8⟩U+202E⟩"), ("⟨x, y⟩", "⟨x, y⟩"),
  ("␛", "⟨U+241B⟩"), ("\u{301}", "⟨U+0301⟩"), ("e\u{301}", "e\u{301}"), ("\u{A0}", "⟨U+00A0⟩"),
])
func `each trick has its mark`(_ text: String, _ expected: String) {
  #expect(Array(shown(text).unicodeScalars) == Array(expected.unicodeScalars))
}

@Test func `at most four combining marks are drawn and the others are counted`() {
  let text = "a" + String(repeating: "\u{301}", count: 10_000)
  let visible = VisibleText(text)
  #expect(visible.cells[0].glyph.scalars.count == 5)
  #expect(Array(shown(text).unicodeScalars.dropFirst(5)) == Array("⟨+9996 marks⟩".unicodeScalars))
  #expect(visible.cells.last?.bytes.upperBound == text.utf8.count)
}

@Test func `bytes that are no UTF-8 are shown and never repaired`() {
  let visible = VisibleText(bytes: [0x61, 0xFF, 0xC0, 0x80, 0xED, 0xA0, 0x80, 0xE2, 0x82])
  var drawn = ""
  for cell in visible.cells { cell.glyph.append(to: &drawn) }
  #expect(drawn == "a⟨0xFF⟩⟨0xC0⟩⟨0x80⟩⟨0xED⟩⟨0xA0⟩⟨0x80⟩⟨0xE2⟩⟨0x82⟩")
}

@Test func `tabs reach the next stop and many spaces are folded`() {
  #expect(displayWidth("a\tb") == 9)
  #expect(displayWidth("12345678\tb") == 17)
  #expect(shown(String(repeating: " ", count: 1_000_000)) == "⟨×1000000 U+0020⟩")
}

@Test(arguments: [
  ("abc", 3), ("日本語", 6), ("한글", 4), ("ｗｉｄｅ", 8), ("⚠", 1), ("👍", 2), ("é", 1),
  ("e\u{301}", 1), ("r⁺", 2), ("─│┼", 3), ("⣿", 1), ("カタカナ", 8), ("🇩🇪", 18), ("", 0),
])
func `widths are those of the one table`(_ text: String, _ width: Int) {
  #expect(displayWidth(text) == width)
}

@Test func `in ASCII our own signs have twins and everything else is escaped`() {
  let visible = VisibleText("é✓\u{1B}<U+0041>", repertoire: .ascii)
  var drawn = ""
  for cell in visible.cells { cell.glyph.append(to: &drawn) }
  #expect(drawn == "<U+00E9>ok<U+001B><U+003C>U+0041>")
}

@Test func `columns and bytes find each other`() {
  let visible = VisibleText("a日\u{202E}b")
  #expect(visible.columns(of: 1..<4) == 1..<3)
  #expect(visible.columns(of: 4..<7) == 3..<11)
  #expect(visible.bytes(atColumn: 2) == 1..<4)
  #expect(visible.bytes(atColumn: 5) == 4..<7)
  #expect(visible.bytes(atColumn: 11) == 7..<8)
}

@Test func `a visible text without cells is what the cells show`() {
  #expect(VisibleText("a\u{1B}[2J\tb日e\u{301}\u{202E}").text == "a␛[2J␉  b日e\u{301}⟨U+202E⟩")
}
