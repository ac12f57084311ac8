// What a text says in words: "So the total is 12 euros" gives "the total" in euros the value 12.

/// That a clause gives a quantity a value.
struct StatedQuantity {
  /// The words in front of the value and the one behind it, in lower case, without "so", "then" and their like.
  var name: String
  /// The place of the value in the text.
  var place: Int
}

/// The clauses of a text that say what something is: words that end in a verb of being or having, then one value or a
/// calculation with its result.
func statedQuantities(in text: ValueText) -> [StatedQuantity] {
  var out: [StatedQuantity] = []
  var start = 0
  for at in 0...text.bytes.count where at == text.bytes.count || endsClause(at, in: text.bytes) {
    if let found = statement(start..<at, in: text) { out.append(found) }
    start = min(at + 1, text.bytes.count)
  }
  return out
}

private func statement(_ clause: Range<Int>, in text: ValueText) -> StatedQuantity? {
  let places = text.indices(meeting: clause)
  guard let first = places.first, let last = places.last,
    text.places[first].bytes.lowerBound > clause.lowerBound
  else { return nil }
  // More than one value: only a calculation with its result is about one quantity.
  guard first == last || text.places[last].isComputed,
    text.places[last].isStated,
    let words = words(clause.lowerBound..<text.places[first].bytes.lowerBound, in: text.bytes)
  else { return nil }
  let subject = Array(words.drop { connectives.contains($0) })
  guard subject.count >= 2, let verb = subject.last, verbs.contains(verb) else { return nil }
  var unit = text.places[last].bytes.upperBound
  while unit < clause.upperBound, " *$_%".utf8.contains(text.bytes[unit]) { unit += 1 }
  var end = unit
  while end < clause.upperBound, text.bytes[end].isLetter { end += 1 }
  let sign = text.places[last].isPercent ? "%" : ""
  let name = subject.joined(separator: " ") + " # " + sign + lower(text.bytes[unit..<end])
  return StatedQuantity(name: name, place: last)
}

/// The words of a stretch in lower case; nil when anything but words and emphasis stands there.
private func words(_ range: Range<Int>, in bytes: [UInt8]) -> [String]? {
  var out: [String] = []
  for part in bytes[range].split(whereSeparator: { " *$_\t".utf8.contains($0) }) {
    guard part.allSatisfy({ $0.isLetter || $0 >= 0x80 || $0 == UInt8(ascii: "'") }) else {
      return nil
    }
    out.append(lower(part))
  }
  return out
}

private func lower(_ bytes: ArraySlice<UInt8>) -> String {
  String(decoding: bytes.map { $0.isLetter ? $0 | 32 : $0 }, as: UTF8.self)
}

/// Whether a clause ends at a byte; points and commas inside numbers do not end one.
private func endsClause(_ at: Int, in bytes: [UInt8]) -> Bool {
  switch bytes[at] {
  case 10, UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: ";"), UInt8(ascii: ":"): true
  case UInt8(ascii: "."), UInt8(ascii: ","): at + 1 == bytes.count || !bytes[at + 1].isDigit
  default: false
  }
}

private let connectives: Set<String> = [
  "so", "thus", "therefore", "hence", "then", "and", "now", "but", "finally", "which", "means",
  "this", "that",
]
private let verbs: Set<String> = [
  "is", "are", "was", "were", "be", "equals", "has", "have", "had", "gets", "costs", "cost",
  "takes", "weighs", "earns", "contains", "becomes", "totals", "makes", "pays", "remain",
]
