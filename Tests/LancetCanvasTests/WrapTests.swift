// Rows of wrapped texts: nothing lost, nothing too wide, broken where people would break.
import Testing

@testable import LancetCanvas

private func rows(_ text: String, _ width: Int) -> [String] {
  wrap(text, width: width).map { line in
    var drawn = ""
    for cell in line.cells { cell.glyph.append(to: &drawn) }
    return drawn
  }
}

@Test func `words stay whole and the space at the break goes`() {
  #expect(rows("the quick brown fox", 10) == ["the quick", "brown fox"])
  #expect(rows("a  b", 3) == ["a", "b"])
  #expect(rows("", 5) == [""])
  #expect(rows("a\n\nb\n", 5) == ["a", "", "b", ""])
}

@Test func `a word wider than the row is broken inside`() {
  #expect(rows("abcdefghij xyz", 4) == ["abcd", "efgh", "ij", "xyz"])
}

@Test func `wide characters may be parted and never cut`() {
  #expect(rows("日本語の文章", 5) == ["日本", "語の", "文章"])
  #expect(rows("a日本 ok", 4) == ["a日", "本", "ok"])
}

@Test func `every byte belongs to one row and no row is too wide`() {
  let text =
    "51 - 45 = 14.\nThen 日本語 and a\tfew \u{202E} marks — and averyveryverylongwordwithoutspaces  .\n"
  for width in 2...60 {
    var end = 0
    for line in wrap(text, width: width) {
      #expect(line.bytes.lowerBound == end)
      end = line.bytes.upperBound
      let trailing = line.cells.reversed().prefix { $0.isSpace }.count
      #expect(line.width - trailing <= width)
    }
    #expect(end == text.utf8.count)
  }
}

@Test func `a byte range is found in the rows it crosses`() {
  let lines = wrap("the quick brown fox", width: 10)
  #expect(lines[0].columns(of: 4..<15) == 4..<9)
  #expect(lines[1].columns(of: 4..<15) == 0..<5)
  #expect(lines[1].columns(of: 0..<3) == nil)
}
