// A short sentence cut at its spaces, for boxes and forms; traces are wrapped elsewhere, byte by byte.

/// A sentence in lines of at most so many columns.
public func sentenceLines(_ sentence: String, width: Int) -> [String] {
  var lines: [String] = []
  var line = ""
  for word in sentence.split(separator: " ") {
    if !line.isEmpty, displayWidth(line) + 1 + displayWidth(String(word)) > width {
      lines.append(line)
      line = ""
    }
    line += line.isEmpty ? String(word) : " \(word)"
  }
  if !line.isEmpty { lines.append(line) }
  return lines
}
