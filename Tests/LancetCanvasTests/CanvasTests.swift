// The canvas: clipping, wide characters, ellipses, bars, footers, tables.
import Testing

@testable import LancetCanvas

@Test func `nothing drawn outside the grid matters, at any size`() {
  for (columns, rows) in [(0, 0), (1, 1), (5, 2), (80, 24), (-3, 7)] {
    var canvas = Canvas(size: Size(columns: columns, rows: rows))
    for row in [-5, -1, 0, 1, 23, 24, Int.max, Int.min] {
      for column in [-9_999, -1, 0, 79, 80, 9_999] {
        canvas.put("a日本\u{202E}", row: row, column: column, width: 7)
        canvas.fill(Rect(column: column, row: row, width: Int.max, height: Int.max))
        canvas.putBar(0.5, gamma: 0.6, row: row, column: column, width: 12)
        canvas.popup(Rect(column: column, row: row, width: 20, height: 5), title: "t", hint: "h")
      }
    }
    var chart = LineChart([
      Series("x", Style(.series1), points: [.init(x: 0, y: .nan), .init(x: 1, y: 1e308)])
    ])
    chart.crosshair = .infinity
    chart.draw(on: &canvas, in: canvas.bounds)
    #expect(canvas.cells.count == max(0, columns) * max(0, rows))
  }
}

@Test func `a text that is cut says so`() {
  var canvas = Canvas(size: Size(columns: 8, rows: 3))
  #expect(canvas.put("How many marbles?", row: 0, column: 0) == 8)
  #expect(canvas.text(row: 0) == "How man…")
  canvas.put("日本語日本語", row: 1, column: 0, width: 6)
  #expect(canvas.text(row: 1) == "日本…")
  canvas.put("exactly8", row: 2, column: 0)
  #expect(canvas.text(row: 2) == "exactly8")
}

@Test func `half of a wide character never stays behind`() {
  var canvas = Canvas(size: Size(columns: 6, rows: 1))
  canvas.put("日本語", row: 0, column: 0)
  canvas.put("x", row: 0, column: 1)
  canvas.put("y", row: 0, column: 4)
  #expect(canvas.text(row: 0) == " x本y")
  #expect(canvas.cells.map { Int($0.width) }.reduce(0, +) == 6)
}

@Test func `marks stand out by their role`() {
  var canvas = Canvas(size: Size(columns: 12, rows: 1))
  canvas.put("a\u{1B}b", row: 0, column: 0, Style(.wrong, bold: true, on: .selection))
  #expect(
    canvas.snapshot(roles: true)
      == "{wrong/selection+b:a}{mark/selection+b:␛}{wrong/selection+b:b}")
}

@Test func `canonically equal texts are different canvases`() {
  var one = Canvas(size: Size(columns: 2, rows: 1))
  var two = one
  one.put("é", row: 0, column: 0)
  two.put("e\u{301}", row: 0, column: 0)
  #expect(one != two)
}

@Test(arguments: [
  (0.0, "░░░░░░│░░░"), (0.001, "█░░░░░│░░░"), (0.6, "██████│░░░"), (0.61, "██████│█░░"),
  (1.0, "██████│███"), (Double.nan, "░░░░░░│░░░"),
])
func `a bar shows on which side of the gate it is`(_ share: Double, _ bar: String) {
  var canvas = Canvas(size: Size(columns: 10, rows: 1))
  canvas.putBar(share, gamma: 0.6, row: 0, column: 0, width: 10)
  #expect(canvas.text(row: 0) == bar)
}

@Test func `progress is told to half a cell`() {
  var canvas = Canvas(size: Size(columns: 10, rows: 1))
  canvas.putProgress(0.45, row: 0, column: 0, width: 10)
  #expect(canvas.text(row: 0) == "━━━━╸─────")
}

@Test func `a table drops its least important columns`() {
  let columns = [
    TableColumn("id", minimum: 3, priority: 9, alignment: .right),
    TableColumn("oracle", minimum: 10, priority: 1),
    TableColumn("question", minimum: 10, flex: 1, priority: 5),
  ]
  #expect(TableLayout(columns, width: 40).places == [0..<3, 5..<15, 17..<40])
  #expect(TableLayout(columns, width: 18).places == [0..<3, nil, 5..<18])
  #expect(TableLayout(columns, width: 2).places == [0..<2, nil, nil])
}

@Test func `a text field moves by whole characters and keeps bytes`() {
  var field = TextField("né\u{301}👩‍👧 日")
  #expect(field.text.utf8.elementsEqual("né\u{301}👩‍👧 日".utf8))
  _ = field.handle(.left)
  _ = field.handle(.left)
  _ = field.handle(.backspace)
  #expect(field.text == "né\u{301} 日")
  _ = field.handle(.control("w"))
  _ = field.handle(.char("x"))
  #expect(field.text == "x 日" && field.cursor == 1 && field.cursorByte == 1)
  #expect(field.handle(.escape) == .ignored)
  field.insert("a\r\nb\u{1B}c")
  #expect(field.text == "xa b\u{1B}c 日")
  var lines = TextField("one\ntwo", multiline: true)
  #expect(lines.handle(.up) == .moved && lines.cursor == 3)
  _ = lines.handle(.enter)
  #expect(lines.text == "one\n\ntwo")
}

@Test func `the names of keys are read back`() {
  let keys: [Key] = [
    .char("a"), .char(" "), .char("?"), .char("-"), .control("r"), .alt("x"), .alt("X"), .enter,
    .escape, .backTab, .up, .pageDown, .function(12), .control(" "), .char("é"),
  ]
  for key in keys { #expect(Key(name: key.name) == key) }
  #expect(Key(name: "Hyper-x") == nil)
}
