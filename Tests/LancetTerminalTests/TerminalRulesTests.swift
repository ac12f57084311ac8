// The rules around the terminal: how many colours, which editor, what base 64 is.
import LancetCanvas
import Testing

@testable import LancetTerminal

@Test(
  arguments: [
    (nil, [:], 256, ColourDepth.palette),
    (nil, ["NO_COLOR": "1"], 256, .mono),
    (nil, ["NO_COLOR": ""], 256, .palette),
    (nil, ["COLORTERM": "truecolor"], 8, .truecolor),
    (nil, ["NO_COLOR": "1", "COLORTERM": "24bit"], 256, .mono),
    ("never", ["COLORTERM": "truecolor"], 256, .mono),
    ("16", ["NO_COLOR": "1"], 256, .sixteen),
    (nil, ["TERM": "dumb"], 256, .mono),
    (nil, [:], 8, .sixteen),
    (nil, [:], 0, .mono),
  ] as [(String?, [String: String], Int, ColourDepth)])
func `the flag goes before NO_COLOR before COLORTERM before the terminal`(
  _ flag: String?, _ variables: [String: String], _ colours: Int, _ depth: ColourDepth
) {
  let all = ["TERM": "xterm-256color"].merging(variables) { $1 }
  #expect(
    ColourDepth.choose(
      flag: flag, environment: { all[$0] }, isTerminal: true, terminalColours: colours) == depth)
}

@Test func `output that is no terminal gets no colour`() {
  #expect(
    ColourDepth.choose(
      environment: { _ in "xterm" }, isTerminal: false, terminalColours: 256) == .mono)
}

@Test func `the editor is VISUAL, then EDITOR, then vi, with its arguments`() {
  func command(_ variables: [String: String]) -> [String] {
    Editor(environment: { variables[$0] }).command
  }
  #expect(command([:]) == ["vi"])
  #expect(command(["EDITOR": "nano"]) == ["nano"])
  #expect(command(["VISUAL": "code --wait", "EDITOR": "nano"]) == ["code", "--wait"])
  #expect(
    command(["VISUAL": "", "EDITOR": "'my editor' -c \"set tw=0\" a\\ b"])
      == ["my editor", "-c", "set tw=0", "a b"])
}

@Test func `an editor's text comes back byte for byte`() throws {
  let editor = Editor(environment: { $0 == "EDITOR" ? "true" : nil })
  for text in ["", "x", "x\n", "日本\u{202E}\u{0}y", "a\r\nb"] {
    let edited = try editor.edit(text).get()
    #expect(edited.text.utf8.elementsEqual(text.utf8))
    edited.discard()
  }
}

@Test func `an editor that fails keeps the text and says where`() {
  func outcome(_ command: String) -> EditorError? {
    let editor = Editor(environment: { $0 == "EDITOR" ? command : nil })
    if case .failure(let error) = editor.edit("precious") { return error }
    return nil
  }
  guard case .failed(_, 3, let kept) = outcome("sh -c 'exit 3'") else {
    Issue.record("exit status 3 was not told")
    return
  }
  #expect(Editor(environment: { $0 == "EDITOR" ? "cat" : nil }).command == ["cat"])
  #expect(kept.hasSuffix(".txt"))
  EditedText(text: "", isCancelled: true, path: kept).discard()
  if case .killed(_, 9, let kept) = outcome("sh -c 'kill -9 $$'") {
    EditedText(text: "", isCancelled: true, path: kept).discard()
  } else {
    Issue.record("the kill was not told")
  }
  if case .notStarted(_, _, let kept) = outcome("/no/such/editor") {
    EditedText(text: "", isCancelled: true, path: kept).discard()
  } else {
    Issue.record("a missing editor was not told")
  }
  if case .unreadable = outcome("rm") {} else { Issue.record("a removed file was not told") }
  if case .notUTF8(1, let kept) = outcome("sh -c 'printf a\\\\377b > $1' sh") {
    EditedText(text: "", isCancelled: true, path: kept).discard()
  } else {
    Issue.record("invalid UTF-8 was not told")
  }
}

@Test func `an empty file means forget it`() throws {
  let editor = Editor(environment: { $0 == "EDITOR" ? "sh -c ': > $1' sh" : nil })
  let edited = try editor.edit("text").get()
  #expect(edited.isCancelled)
  edited.discard()
}

@Test func `base 64 of the clipboard`() {
  let cases = [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")]
  for (text, code) in cases { #expect(base64(Array(text.utf8)) == Array(code.utf8)) }
}
