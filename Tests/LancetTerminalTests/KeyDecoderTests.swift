// Bytes to keys: every way terminals send them, cut anywhere, and garbage that must mean nothing.
import LancetCanvas
import Testing

@testable import LancetTerminal

private func decode(_ text: String) -> [InputEvent] {
  var decoder = KeyDecoder()
  return decoder.feed(Array(text.utf8)) + decoder.flush()
}

@Test(arguments: [
  ("a", Key.char("a")), ("é", .char("é")), ("日", .char("日")), (" ", .char(" ")), ("\r", .enter),
  ("\t", .tab), ("\u{7F}", .backspace), ("\u{12}", .control("r")), ("\u{3}", .control("c")),
  ("\u{1B}", .escape), ("\u{1B}x", .alt("x")), ("\u{1B}[A", .up), ("\u{1B}OA", .up),
  ("\u{1B}[Z", .backTab), ("\u{1B}[H", .home), ("\u{1B}[1~", .home), ("\u{1B}[4~", .end),
  ("\u{1B}[3~", .delete), ("\u{1B}[5~", .pageUp), ("\u{1B}[6~", .pageDown),
  ("\u{1B}OP", .function(1)),
  ("\u{1B}[11~", .function(1)), ("\u{1B}[15~", .function(5)), ("\u{1B}[24~", .function(12)),
  ("\u{1B}[1;5C", .right), ("\u{1B}[97;5u", .control("a")), ("\u{0}", .control(" ")),
])
func `a sequence is one key`(_ text: String, _ key: Key) {
  #expect(decode(text) == [.key(key)])
}

@Test func `sequences cut anywhere mean the same`() {
  let text = "a\u{1B}[A日\u{1B}[<64;10;5M\u{1B}[200~x\u{1B}[31m\ny\u{1B}[201~\u{1B}[3~q"
  let whole = decode(text)
  #expect(whole.count == 7)
  let bytes = Array(text.utf8)
  for cut in 0...bytes.count {
    var decoder = KeyDecoder()
    let parts = decoder.feed(bytes[..<cut]) + decoder.feed(bytes[cut...]) + decoder.flush()
    #expect(parts == whole, "cut at \(cut)")
  }
  var single = KeyDecoder()
  #expect(bytes.flatMap { single.feed([$0]) } + single.flush() == whole)
}

@Test func `what is pasted is text and no command`() {
  #expect(decode("\u{1B}[200~:q\r\u{1B}[A\u{3}\u{1B}[201~") == [.paste(":q\r\u{1B}[A\u{3}")])
  var decoder = KeyDecoder()
  let megabyte = [UInt8](repeating: 0x61, count: 6 << 20)
  #expect(decoder.feed(Array("\u{1B}[200~".utf8) + megabyte).isEmpty)
  let events = decoder.feed(Array("\u{1B}[201~z".utf8))
  guard case .paste(let text) = events.first else {
    Issue.record("no paste")
    return
  }
  #expect(text.utf8.count == KeyDecoder.pasteLimit)
  #expect(events.last == .key(.char("z")))
}

@Test func `a paste without an end mark is over after a silence`() {
  var decoder = KeyDecoder()
  #expect(decoder.feed(Array("\u{1B}[200~ab".utf8), at: 1).isEmpty)
  #expect(decoder.patience == KeyDecoder.pasteSilence)
  #expect(decoder.feed(Array("cQ".utf8), at: 1.5).isEmpty)
  #expect(decoder.flush() == [.paste("abcQ")])
  #expect(decoder.patience == nil)
  #expect(decoder.feed([0x71], at: 3) == [.key(.char("q"))])
}

@Test
func `Ctrl-C ends a paste that has no end mark behind it, and what still comes of it is no key`() {
  var decoder = KeyDecoder()
  _ = decoder.feed(Array("\u{1B}[200~ab".utf8))
  #expect(decoder.feed([3]) == [.paste("ab")])
  #expect(decoder.feed(Array(":quit\r".utf8)).isEmpty)
  #expect(decoder.flush().isEmpty && decoder.patience == nil)
  #expect(decoder.feed([3]) == [.key(.control("c"))])
  // A late end mark ends the dropping at once.
  _ = decoder.feed(Array("\u{1B}[200~ab".utf8))
  #expect(decoder.feed(Array("\u{3}rest\u{1B}[20".utf8)) == [.paste("ab")])
  #expect(decoder.feed(Array("1~x".utf8)) == [.key(.char("x"))])
}

@Test func `a paste that never ends is cut by time, however many keys come`() {
  var decoder = KeyDecoder()
  var events = decoder.feed(Array("\u{1B}[200~".utf8), at: 0)
  for tenth in 1...200 { events += decoder.feed([0x61], at: Double(tenth) / 10) }
  #expect(events.count == 1)
  #expect(decoder.flush().isEmpty)
  #expect(decoder.feed([0x71]) == [.key(.char("q"))])
}

@Test(arguments: [
  ("\u{1B}[17~", Key.function(6)), ("\u{1B}[2~", .insert), ("\u{1B}[7~", .home),
  ("\u{1B}[8~", .end),
  ("\u{1B}[F", .end), ("\u{1B}OM", .enter), ("\u{1B}[13u", .enter), ("\u{1B}[27u", .escape),
  ("\u{1B}[9;2u", .backTab), ("\u{1B}[127u", .backspace), ("\u{1B}[120;3u", .alt("x")),
  ("\u{1B}[233u", .char("é")), ("\u{1B}\r", .alt("\r")), ("\u{1B}é", .alt("é")),
  ("\u{1C}", .control("\\")), ("\u{1B}[1;2P", .function(1)),
])
func `other spellings of keys`(_ text: String, _ key: Key) {
  #expect(decode(text) == [.key(key)])
}

@Test func `the keys of the terminal database go first`() {
  var decoder = KeyDecoder(keys: [Array("\u{1B}[42q".utf8): .function(9)])
  #expect(decoder.feed(Array("\u{1B}[42q".utf8)) == [.key(.function(9))])
}

@Test func `the mouse in both forms`() {
  #expect(
    decode("\u{1B}[<0;3;2M\u{1B}[<32;4;2M\u{1B}[<0;4;2m\u{1B}[<65;1;1M") == [
      .mouse(MouseEvent(.press, button: .left, row: 1, column: 2)),
      .mouse(MouseEvent(.drag, button: .left, row: 1, column: 3)),
      .mouse(MouseEvent(.release, button: .left, row: 1, column: 3)),
      .mouse(MouseEvent(.wheelDown, button: .none, row: 0, column: 0)),
    ])
  #expect(
    decode("\u{1B}[M !\u{22}") == [.mouse(MouseEvent(.press, button: .left, row: 1, column: 0))])
}

@Test(arguments: [
  "\u{1B}]11;rgb:1c1c/1c1c/1c1c\u{7}", "\u{1B}]0;q\u{1B}\\", "\u{1B}P1$r0m\u{1B}\\", "\u{1B}[?1;2c",
  "\u{1B}[>0;276;0c", "\u{1B}[12;40R", "\u{1B}[<999;1;1M", "\u{1B}[<0;0;0M", "\u{1B}[?2026;2$y",
  "\u{1B}_Gi=1;OK\u{1B}\\", "\u{1B}[99999999999999999999~", "\u{1B}[;;;;u",
])
func `what the terminal says unasked is no key`(_ text: String) {
  #expect(decode(text).isEmpty)
}

@Test func `garbage ends and what follows is understood`() {
  var state: UInt64 = 5
  for _ in 0..<2_000 {
    var decoder = KeyDecoder()
    let bytes = (0..<40).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1
      return UInt8(truncatingIfNeeded: state >> 40)
    }
    _ = decoder.feed(bytes)
    _ = decoder.flush()
    _ = decoder.feed([0x1B] + Array("[201~".utf8))  // ends a paste the garbage may have begun
    _ = decoder.flush()
    #expect(decoder.feed([0x71]) == [.key(.char("q"))])
  }
}

@Test func `focus is told`() {
  #expect(decode("\u{1B}[I\u{1B}[O") == [.focus(true), .focus(false)])
}
