// How far a trace is read: long ones whole, those that ask for too much as far as the count of work goes, and what was
// left out is said.

import Testing

@testable import LancetCore

@Suite struct ReadingEffortTests {
  private func many(_ piece: String, _ bytes: Int) -> String {
    String(repeating: piece, count: max(1, bytes / piece.utf8.count))
  }

  private func spent(_ text: String) -> Int {
    let effort = Effort(.max / 2)
    let before = effort.left
    let bytes = Array(text.utf8)
    _ = readArithmetic(bytes, spans: mathSpans(bytes), effort: effort)
    return before - effort.left
  }

  @Test func `a long solution is read to its end, and each check lies where it stands`() throws {
    let paragraph =
      "She has 12 boxes of 4 pens, and the words around it tell a story that goes on for a while. "
      + "So 12 * 4 = 48 pens.\n\nThen \\( 48 + 2 = 50 \\) é.\n\n"
    let text = many(paragraph, 40_000) + "In all 50 + 3 = 54 pens.\n"
    let reading = readArithmetic(in: text)
    #expect(reading.unread == nil)
    let wrong = try #require(reading.checks.last)
    #expect(reading.checks.count { $0.verdict == .wrong } == 1 && wrong.verdict == .wrong)
    #expect(String(decoding: Array(text.utf8)[wrong.bytes], as: UTF8.self) == "50 + 3 = 54")
    #expect(String(decoding: Array(text.utf8)[wrong.statedBytes], as: UTF8.self) == "54")
    #expect(reading.checks.count > 2 * (40_000 / paragraph.utf8.count) - 2)
    #expect(splitSteps(text).allSatisfy { $0.unread == nil })
  }

  @Test func `a display that lies over the end of a piece is not torn`() {
    let filler = many("Words of a story, line by line, that state nothing.\n", 8_100)
    for shift in 0..<40 {
      let text =
        filler + String(repeating: "-", count: shift * 3)
        + "\\[\n7 \\cdot 8\n=\n56 +\n1\n= 57 \\]\n"
        + filler + filler
      let found = checks(in: text)
      #expect(!found.isEmpty && found.allSatisfy { $0.verdict == .right }, "\(found)")
    }
  }

  @Test(arguments: [
    "\\((x+y+z+w)^9(x+y)^3 = x\\)\n\n", "2^{2^{2^{2^{2^{2^{2^{\n\n",
    "\\frac{1}\\frac{1}\\frac{1}\n\n",
    "\\( 0.333 \\cdot 0.667 + 0.143 \\cdot 1.667 = 0.5 + 0.333 \\)\n\n", "3 + 4 = 8.\n\n",
  ])
  func `a trace that asks for too much is read as far as its work goes, and says so`(
    piece: String
  ) throws {
    let text =
      "First 2 + 2 = 5.\n\n" + many("Nothing is stated here.\n\n", 17_000) + many(piece, 400_000)
    let reading = readArithmetic(in: text)
    let unread = try #require(reading.unread)
    #expect(unread.reason == .workSpent && unread.from >= ReadingPieces.size)
    #expect(reading.checks.first?.stated == "5" && reading.checks.first?.verdict == .wrong)
    #expect(reading.checks.allSatisfy { $0.bytes.upperBound <= unread.from })
    let steps = splitSteps(text)
    #expect(steps.first?.unread == nil && steps.first?.verdict == .wrong)
    #expect(steps.last?.unread == .workSpent && steps.last?.verdict == .unknown)
    #expect(readArithmetic(in: text) == reading)
    #expect(unread.reason.sentence.contains("too much work"))
  }

  @Test(arguments: ["3 + 4 = 8. ", "5 * 7 = 36! ", "So 3 + 4 = 8 pens, one may say. ", "一共是3+4=8。"])
  func `a line full of sums is read as far as the work goes`(piece: String) throws {
    let text = many(piece, 20_000)
    let reading = readArithmetic(in: text)
    #expect(reading.checks.count > 300, "\(reading.checks.count)")
    for check in reading.checks {
      #expect(check.bytes.lowerBound % piece.utf8.count < piece.utf8.count)
      #expect(check.computed == "7" || check.computed == "35")
    }
    if let unread = reading.unread { #expect(unread.from > 6_000 && unread.reason == .workSpent) }
  }

  @Test func `a line without end is left unread, not cut in the middle of a number`() throws {
    let text =
      "3 + 4 = 8.\n\n" + many("word ", 9_000) + "\n\n" + many("7", 100_000) + "\n3 + 4 = 8."
    let reading = readArithmetic(in: text)
    #expect(reading.checks.count == 1)
    let unread = try #require(reading.unread)
    #expect(unread.reason == .lineTooLong(limit: ReadingPieces.lineLimit) && unread.from > 9_000)
    #expect(unread.reason.sentence.contains("32768 bytes"))
    #expect(splitSteps(text).last?.unread != nil)
  }

  @Test(arguments: [
    "(", "2^{", "\\frac{1}", "3 + 4 = 8. ", "\\begin{align}\n1 &= 2 \\\\\n", "<<1+1=2>>", "<<",
    "é。",
    "sum of 3, ", "```\n", "\\( 3x + 5 = 20 \\) so \\( 3x = 9 \\) ", "Total = 3 + 4\n", "9! = ",
    "$x ",
    "\\[x = 1\\] ", "\\[ x = 1 \\]\n```\n", "a = b = ", "1/2 of the 3 boxes is 4, and ",
  ])
  func `twice the text is twice the work`(piece: String) {
    let (once, twice) = (spent(many(piece, 7_000)), spent(many(piece, 14_000)))
    #expect(twice <= once * 5 / 2, "\(once) and \(twice)")
    // Nothing costs more than a few units a byte, but formulas with unknowns.
    #expect(once > 0)
  }
}
