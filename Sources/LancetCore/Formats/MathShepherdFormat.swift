// Math-Shepherd's rows: question and steps in one text, each step ending in a mark that the label replaces by + or −.

/// Reads `input, label, task`: `input` is the question, then `Step 1: … ки` lines; `label` is the same with `+` or `-` for
/// each `ки`.
enum MathShepherdFormat {
  private static let mark = Array("ки".utf8)

  static func fits(_ row: RowReader) -> Bool {
    guard let input = row.peek("input")?.string, row.peek("label")?.string != nil else {
      return false
    }
    return Thinking.contains(input, "ки")
  }

  static func read(_ reader: RowReader) throws(RowError) -> ImportedRow {
    let input = try reader.text("input")
    let label = Array(try reader.text("label").utf8)
    let bytes = Array(input.utf8)
    guard let first = find(Array("Step 1".utf8), in: bytes, from: 0) else {
      throw .wrongType(field: "input", expected: "a question, then Step 1", found: "no Step 1")
    }
    var steps: [String] = []
    var verdicts: [Bool] = []
    // The mark is one letter of `label` instead of the bytes of `ки`: the two texts run side by side.
    var shift = 0
    var from = first
    while let at = find(mark, in: bytes, from: from) {
      let judged = at - shift
      guard label.indices.contains(judged), label[judged] == 0x2B || label[judged] == 0x2D else {
        throw .wrongType(
          field: "label", expected: "the input with + or - for each ки", found: "another text")
      }
      verdicts.append(label[judged] == 0x2B)
      shift += mark.count - 1
      steps.append(trimmed(bytes[from..<at]))
      from = at + mark.count
    }
    let rest = trimmed(bytes[from...])
    if !rest.isEmpty { steps.append(rest) }
    guard !steps.isEmpty, !steps.contains(where: \.isEmpty) else { throw .empty(field: "input") }
    let joined = JoinedSteps(steps, separator: "\n")
    var row = ImportedRow(RowPrompt(question: trimmed(bytes[..<first])))
    guard !row.question.isEmpty else { throw .empty(field: "input") }
    row.key = try reader.optionalScalar(FieldNames.key)
    row.source = reader.textIfAny(["task"])
    row.traces = [
      ImportedTrace(
        text: joined.text, source: reader.textIfAny(FieldNames.source),
        labels: verdicts.enumerated().map { joined.label($0, $1 ? .right : .wrong) },
        ownSteps: joined.starts)
    ]
    return row
  }

  private static func find(_ part: [UInt8], in bytes: [UInt8], from: Int) -> Int? {
    guard from + part.count <= bytes.count else { return nil }
    return (from...bytes.count - part.count).first { i in
      bytes[i] == part[0] && bytes[i..<i + part.count].elementsEqual(part)
    }
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
    func white(_ byte: UInt8) -> Bool { byte == 32 || byte == 10 || byte == 13 || byte == 9 }
    var bytes = bytes.drop(while: white)
    while let last = bytes.last, white(last) { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }
}
