// Finding a command by a few of its letters, and what the palette makes of a line.
import LancetCanvas
import LancetCore

/// What a line in the palette means.
enum PaletteCommand {
  case run(Binding)
  case rule(String)
  case filter(String)
  case theme(String)
  case trace(TraceID)
  case quit
  /// A habit from another program, answered in words.
  case habit(String)
  case unknown(String)
}

/// The commands that fit what is typed, best first.
///
/// Without a text: those of the scope below, then the global ones.
func paletteMatches(_ text: String, _ state: State) -> [Binding] {
  let scope: Scope
  if case .palette(let palette) = state.overlay {
    scope = palette.scope
  } else {
    scope = state.scope
  }
  let own = state.bindings.bindings(in: scope)
  let known = Set(own.map(\.id))
  let listed = own + state.bindings.bindings(in: .global).filter { !known.contains($0.id) }
  let needle = Array(text.lowercased().filter { $0 != " " })
  guard !needle.isEmpty else { return listed }
  let scored: [(binding: Binding, score: Int, index: Int)] = listed.enumerated().compactMap {
    let name = fuzzyScore(needle, Array($0.element.id.lowercased()))
    let words = fuzzyScore(needle, Array($0.element.summary.lowercased())).map { $0 / 2 - 10 }
    guard let score = [name, words].compactMap({ $0 }).max() else { return nil }
    return ($0.element, score, $0.offset)
  }
  return scored.sorted { ($0.score, $1.index) > ($1.score, $0.index) }.map(\.binding)
}

/// How well letters in this order fit a name: runs and beginnings of words count more; nil when they do not fit.
func fuzzyScore(_ needle: [Character], _ name: [Character]) -> Int? {
  var score = 0
  var place = 0
  var run = 0
  for letter in needle {
    guard let found = name[place...].firstIndex(of: letter) else { return nil }
    let begins = found == 0 || !name[found - 1].isLetter
    run = found == place && place > 0 ? run + 1 : 0
    score += 10 + run * 5 + (begins ? 8 : 0) - min(found - place, 9)
    place = found + 1
  }
  return score - name.count / 8
}

/// What a line means.
func paletteCommand(_ text: String, cursor: Int, _ state: State) -> PaletteCommand {
  let line = text.drop { $0 == " " }
  let word = String(line.prefix { $0 != " " })
  var rest = String(line.dropFirst(word.count).drop { $0 == " " })
  while rest.last == " " { rest.removeLast() }
  switch word {
  case "w", "write": return .habit("everything is stored as it is decided; nothing to write")
  case "q", "quit", "q!", "qa", "x", "wq": return .quit
  case "set" where rest == "wrap!" || rest == "wrap":
    if let binding = state.bindings["review.wrap"], state.review != nil { return .run(binding) }
    return .habit("lines are wrapped on the Review screen; w turns it off there")
  case "set": return .habit("nothing is set here; T chooses the theme, :rule applies a rule")
  case "rule": return .rule(rest)
  case "filter": return .filter(rest)
  case "theme" where !rest.isEmpty: return .theme(rest)
  case "help": if let binding = state.bindings["help.open"] { return .run(binding) }
  case "undo": if let binding = state.bindings["session.undo"] { return .run(binding) }
  case "redo": if let binding = state.bindings["session.redo"] { return .run(binding) }
  default: break
  }
  if let number = Int64(word), rest.isEmpty { return .trace(TraceID(rawValue: number)) }
  if let binding = state.bindings[word] { return .run(binding) }
  let matches = paletteMatches(text, state)
  if matches.indices.contains(cursor) { return .run(matches[cursor]) }
  return .unknown("no command \(word); the closest is \(closest(to: word, state))")
}

/// The command whose name takes the fewest changes.
private func closest(to word: String, _ state: State) -> String {
  let letters = Array(word.lowercased())
  let names = state.bindings.all.filter { $0.scopes.contains { !$0.isText } }.map(\.id)
  return names.min { editDistance(letters, Array($0)) < editDistance(letters, Array($1)) }
    ?? "help.open"
}

/// The number of single-letter changes between two words.
func editDistance(_ a: [Character], _ b: [Character]) -> Int {
  var row = Array(0...b.count)
  for (i, x) in a.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for (j, y) in b.enumerated() {
      let next = min(row[j] + 1, row[j + 1] + 1, diagonal + (x == y ? 0 : 1))
      diagonal = row[j + 1]
      row[j + 1] = next
    }
  }
  return row[b.count]
}
