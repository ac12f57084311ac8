// Types keys at the workbench and compares what the canvas shows. No terminal, no store, no clock.
import LancetCanvas
import LancetCore
import Testing

@testable import LancetApp

/// A person at a workbench over a session in memory.
struct ScreenTest {
  var state: State
  var store: FakeStore
  /// Seconds since the start; moves by half a second with each key.
  private var seconds = 0.0
  /// Every effect that was asked for.
  private(set) var effects: [Effect] = []

  /// A workbench over this session, of this size, with all rows loaded.
  init(_ store: FakeStore = .demo, columns: Int = 100, rows: Int = 24, readOnly: String? = nil) {
    self.store = store
    state = State(
      size: Size(columns: columns, rows: rows), now: Moment(seconds: 0, clock: "14:03:22"),
      session: SessionInfo(name: "demo", path: "demo.lancet", readOnly: readOnly),
      themes: Themes())
    run([.store(.loadQueue)])
  }

  /// Types keys, separated by spaces: `j j Enter`, `/`, `text:grade = wrong`, `Ctrl-r`, `Space`.
  mutating func type(_ keys: String, sourceLocation: SourceLocation = #_sourceLocation) {
    var rest = keys[...]
    while !rest.isEmpty {
      if rest.hasPrefix("text:") {
        for character in rest.dropFirst(5) { press(.char(character)) }
        return
      }
      let name = rest.prefix { $0 != " " }
      rest = rest.dropFirst(name.count).drop { $0 == " " }
      guard let key = Key(name: String(name)) else {
        Issue.record("\(name) is no key", sourceLocation: sourceLocation)
        return
      }
      press(key)
    }
  }

  /// Types a text, letter by letter.
  mutating func write(_ text: String) { for character in text { press(.char(character)) } }

  /// Presses one key.
  mutating func press(_ key: Key) {
    tick()
    send(.input(.key(key)))
  }

  /// Clicks; `after` seconds have gone by.
  mutating func click(row: Int, column: Int, after: Double = 1) {
    tick(after)
    send(.input(.mouse(MouseEvent(.press, button: .left, row: row, column: column))))
  }

  /// Clicks on the first place where the canvas shows a text.
  mutating func click(on text: String, sourceLocation: SourceLocation = #_sourceLocation) {
    for (row, line) in screen.enumerated() {
      if let range = line.firstRange(of: text) {
        click(row: row, column: displayWidth(line[..<range.lowerBound]))
        return
      }
    }
    Issue.record("\(text) is not on the screen", sourceLocation: sourceLocation)
  }

  /// Lets time go by.
  mutating func tick(_ by: Double = 0.5) {
    seconds += by
    send(.tick(Moment(seconds: seconds, clock: "14:03:22")))
  }

  /// Hands in an event and lets the store answer until nothing more is asked.
  mutating func send(_ event: Event) { run(update(&state, event)) }

  private mutating func run(_ asked: [Effect]) {
    var events: [Event] = []
    for effect in asked {
      effects.append(effect)
      events += store.answer(effect, at: Moment(seconds: seconds, clock: "14:03:22"))
    }
    for event in events { run(update(&state, event)) }
  }

  /// The canvas.
  var canvas: Canvas {
    var canvas = Canvas(size: state.size)
    render(state, on: &canvas)
    return canvas
  }

  /// The rows of the screen as text, without spaces at their ends.
  var screen: [String] {
    canvas.snapshot().split(separator: "\n", omittingEmptySubsequences: false).map { line in
      var line = line
      while line.last == " " { line.removeLast() }
      return String(line)
    }
  }

  /// Whether a text is on the screen.
  func shows(_ text: String) -> Bool { screen.contains { $0.contains(text) } }

  /// Requires a text on the screen.
  func expect(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) {
    if !shows(text) {
      Issue.record(
        "\(text) is not on the screen:\n\(screen.joined(separator: "\n"))",
        sourceLocation: sourceLocation)
    }
  }

  /// Requires that a text is not on the screen.
  func expectNo(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) {
    if shows(text) {
      Issue.record(
        "\(text) is on the screen:\n\(screen.joined(separator: "\n"))",
        sourceLocation: sourceLocation)
    }
  }

  /// Requires exactly these rows, beginning at a row of the screen.
  func expect(rows: String, from first: Int, sourceLocation: SourceLocation = #_sourceLocation) {
    let wanted = rows.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let found = Array(screen.dropFirst(first).prefix(wanted.count))
    if found != wanted {
      Issue.record(
        "expected\n\(wanted.joined(separator: "\n"))\nfound\n\(found.joined(separator: "\n"))",
        sourceLocation: sourceLocation)
    }
  }
}

extension FakeStore {
  /// Five traces of the demo kind: three wrong with a proposal, one right, one wrong without a proposal.
  static var demo: FakeStore {
    var store = FakeStore()
    store.add(
      question: "Start with 51 marbles. Take away 45. Add 43. Add 13. How many marbles?",
      answer: "62", trace: "51 - 45 = 14.\n14 + 43 = 57.\n57 + 13 = 60.\nAnswer: 60",
      proposal: "51 - 45 = 6.\n6 + 43 = 49.\n49 + 13 = 62.\nAnswer: 62")
    store.add(
      question: "Start with 21 stamps. Add 26. How many stamps?", answer: "47",
      trace: "21 + 26 = 48.\nAnswer: 48", proposal: "21 + 26 = 47.\nAnswer: 47")
    store.add(
      question: "A baker fills 12 boxes with 3 rolls. How many rolls?", answer: "36",
      trace: "12 * 3 = 36.\nAnswer: 36", proposal: nil)
    store.add(
      question: "Two dozen eggs and one more. How many eggs?", answer: "25",
      trace: "24 + 1 = 26.\nAnswer: 26", proposal: "24 + 1 = 25.\nAnswer: 25", source: "teacher")
    store.add(
      question: "What is the capital number?", answer: "7", trace: "I think so.\nAnswer: 8",
      proposal: nil)
    return store
  }
}
