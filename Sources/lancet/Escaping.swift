// Text from outside in other formats: CSV, XML, JSON on a terminal. All of it by Unicode scalar: a sign followed by a
// combining mark is one character for Swift and still the sign for whoever parses.

import LancetCanvas

/// A field of a CSV file (RFC 4180).
///
/// A text that a spreadsheet would compute is marked as text with an apostrophe before it, as spreadsheets do.
func csvField(_ text: String) -> String {
  let scalars = text.unicodeScalars
  let isFormula = scalars.first.map { "=+-@\t\r".unicodeScalars.contains($0) } ?? false
  let needsQuotes = isFormula || scalars.contains { ",;\"\n\r\t".unicodeScalars.contains($0) }
  guard needsQuotes else { return text }
  var field = String.UnicodeScalarView()
  field.append("\"")
  if isFormula { field.append("'") }
  for scalar in scalars {
    if scalar == "\"" { field.append("\"") }
    field.append(scalar)
  }
  field.append("\"")
  return String(field)
}

/// Text between the tags of an XML file.
func xmlText(_ text: String) -> String {
  var shown = ""
  for scalar in visible(text).unicodeScalars {
    switch scalar {
    case "&": shown += "&amp;"
    case "<": shown += "&lt;"
    case ">": shown += "&gt;"
    case "\"": shown += "&quot;"
    // Not allowed in XML, whatever stands for them.
    case "\u{FFFE}", "\u{FFFF}": shown += "?"
    default: shown.unicodeScalars.append(scalar)
    }
  }
  return shown
}

/// JSON that is safe to print on a terminal: control, bidirectional and invisible characters become JSON escapes.
///
/// Such scalars stand only inside strings, so the JSON stays the same.
func terminalJSON(_ json: String) -> String {
  var shown = String.UnicodeScalarView()
  for scalar in json.unicodeScalars {
    let isPlain =
      scalar.isASCII
      ? scalar.value != 0x7F : Array(visible("a\(scalar)").unicodeScalars) == ["a", scalar]
    if isPlain {
      shown.append(scalar)
    } else {
      for unit in UTF16.encode(scalar).map(Array.init) ?? [] {
        let digits = String(unit, radix: 16)
        shown.append(
          contentsOf: ("\\u" + String(repeating: "0", count: 4 - digits.count) + digits)
            .unicodeScalars)
      }
    }
  }
  return String(shown)
}
