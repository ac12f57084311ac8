// `lancet diff`: the hunks and the change ratio of two texts.

import LancetCLI
import LancetCore
import LancetModel

func runDiff(_ options: DiffOptions, _ io: CommandIO) throws -> ExitCode {
  let minus = Array(try io.readText(options.minus).utf8)
  let plus = Array(try io.readText(options.plus).utf8)
  let diff: TextDiff
  if options.unit == .token, let folder = options.model {
    let tokenizer = try ModelFolder(path: folder).tokenizer()
    diff = TextDiff(
      minus: minus, plus: plus,
      minusUnits: try tokenRanges(of: minus, by: tokenizer, name: options.minus),
      plusUnits: try tokenRanges(of: plus, by: tokenizer, name: options.plus), mergeIslands: true)
  } else {
    diff = TextDiff(minus: minus, plus: plus, unit: options.unit, mergeIslands: true)
  }
  if options.json {
    try io.write(diffJSON(diff, minus: minus, plus: plus))
  } else if io.host.outputIsTerminal {
    try io.write(
      SideBySide(diff: diff, minus: minus, plus: plus, columns: io.columns).text(
        color: io.outputTakesColor))
    io.note(diffSummary(diff))
  } else {
    try io.write(plainDiff(diff, minus: minus, plus: plus))
    io.note(diffSummary(diff))
  }
  return .done
}

/// The byte range of every token of a text.
private func tokenRanges(
  of text: [UInt8], by tokenizer: Tokenizer, name: String
) throws -> [Range<Int>] {
  let ids = tokenizer.encode(String(decoding: text, as: UTF8.self))
  guard tokenizer.decodeBytes(ids) == text else { throw RewrittenText(place: name) }
  var ranges: [Range<Int>] = []
  var at = 0
  for id in ids {
    let end = at + tokenizer.decodeBytes([id]).count
    ranges.append(at..<end)
    at = end
  }
  guard at == text.count else { throw RewrittenText(place: name) }
  return ranges
}

/// The object of the command line contract.
private func diffJSON(_ diff: TextDiff, minus: [UInt8], plus: [UInt8]) -> JSON {
  func range(_ range: Range<Int>) -> JSON {
    .array([.int(range.lowerBound), .int(range.upperBound)])
  }
  return .object([
    .init("unit", .string(diff.unit.rawValue)),
    .init("length_minus", .int(diff.lengthMinus)),
    .init("length_plus", .int(diff.lengthPlus)),
    .init("lcs", .int(diff.lcs)),
    .init("change_ratio", .double(diff.changeRatio)),
    .init(
      "hunks",
      .array(
        diff.hunks.map { hunk in
          .object([
            .init("kind", .string(hunk.kind.rawValue)),
            .init("minus", range(hunk.minus)),
            .init("plus", range(hunk.plus)),
            .init("minus_text", .string(String(decoding: minus[hunk.minus], as: UTF8.self))),
            .init("plus_text", .string(String(decoding: plus[hunk.plus], as: UTF8.self))),
          ])
        })),
  ])
}

/// One line that says how much changed.
private func diffSummary(_ diff: TextDiff) -> String {
  let unit = diff.unit == .char ? "character" : diff.unit.rawValue
  let percent = (diff.changeRatio * 1000).rounded() / 10
  return
    "\(counted(diff.hunks.count, "hunk")), change ratio \(percent) % "
    + "(\(diff.lcs) of \(counted(diff.lengthPlus, unit)) kept)"
}

/// The hunks one after the other, for pipes: byte ranges, then the lines that go and come.
private func plainDiff(_ diff: TextDiff, minus: [UInt8], plus: [UInt8]) -> String {
  var text = ""
  for hunk in diff.hunks {
    text += "@ \(hunk.minus.lowerBound)..<\(hunk.minus.upperBound) "
    text += "\(hunk.plus.lowerBound)..<\(hunk.plus.upperBound) \(hunk.kind.rawValue)\n"
    for (sign, side) in [("-", minus[hunk.minus]), ("+", plus[hunk.plus])] where !side.isEmpty {
      for line in side.split(separator: 0x0A, omittingEmptySubsequences: false) {
        text += sign + visible(String(decoding: line, as: UTF8.self)) + "\n"
      }
    }
  }
  return text
}
