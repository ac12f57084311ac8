// Our own signs on a terminal without UTF-8: each has a twin in ASCII. Text from outside is not spelled anew; the canvas
// shows its characters as marks there.
import LancetCanvas

extension Canvas {
  /// Words of Lancet as this canvas can show them.
  func spell(_ text: String) -> String {
    guard repertoire == .ascii else { return text }
    var spelled = ""
    for character in text { spelled += Self.twins[character] ?? String(character) }
    return spelled
  }

  private static let twins: [Character: String] = [
    "▶": ">", "▸": ">", "✓": "ok", "✗": "x", "⚑": "!", "–": "-", "—": "-", "·": "-", "…": "~",
    "γ": "g", "▲": "^", "▼": "v", "↑": "^", "↓": "v", "←": "<", "→": ">", "×": "x", "▌": ":",
    "≈": "~", "⁻": "-", "⁺": "+", "−": "-",
  ]
}
