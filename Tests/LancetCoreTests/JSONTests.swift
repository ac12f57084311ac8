// The strict JSON reader, its refusals with line and byte, and the cutting of JSON Lines.

import Testing

@testable import LancetCore

private func failure(_ text: String) -> JSONError? { failure(Array(text.utf8)) }

private func failure(_ bytes: [UInt8]) -> JSONError? {
  do {
    _ = try JSON.parse(bytes)
    return nil
  } catch {
    return error
  }
}

@Suite struct `The JSON reader` {
  @Test func `reads every kind of value and keeps numbers as written`() throws {
    let json = try JSON.parse(#" {"a": [1, -2.50, 1e3, true, false, null], "b": {"c": "x"}} "#)
    #expect(json["a"]?.array?[1] == .number("-2.50"))
    #expect(json["a"]?.array?[2].double == 1000)
    #expect(json["b"]?["c"]?.string == "x")
  }

  @Test func `unescapes, also pairs of surrogates and NUL`() throws {
    let json = try JSON.parse(#""\"\\\/\b\f\n\r\t\u0041\u00e9\ud83d\ude00\u0000""#)
    #expect(json.string == "\"\\/\u{8}\u{C}\n\r\tAé😀\u{0}")
  }

  @Test(arguments: [
    (#"{"a":1,"a":2}"#, JSONError.Kind.duplicateKey("a"), 7),
    (#""\ud800""#, .unpairedSurrogate, 1), (#""\udc00x""#, .unpairedSurrogate, 1),
    (#""\ud800\u0041""#, .unpairedSurrogate, 1), ("NaN", .notANumber("NaN"), 0),
    ("[Infinity]", .notANumber("Infinity"), 1), ("-Infinity", .notANumber("-Infinity"), 0),
    ("1e999", .numberOutOfRange, 0), ("01", .badNumber, 0), ("1.", .badNumber, 0),
    ("[1,]", .unexpectedByte(0x5D, expected: "a value"), 3),
    ("{'a':1}", .unexpectedByte(0x27, expected: "a key in double quotes"), 1),
    ("[1 // x\n]", .unexpectedByte(0x2F, expected: "',' or ']'"), 3), ("1 2", .trailingBytes, 2),
    ("\"a\tb\"", .controlCharacter(9), 2), (#""\x""#, .badEscape(0x78), 1),
    ("[1", .unexpectedEnd, 2), ("", .unexpectedEnd, 0), ("\"abc", .unexpectedEnd, 4),
    ("tru", .unexpectedEnd, 3), ("-", .unexpectedEnd, 1),
  ])
  func `refuses what is not strict and says where`(text: String, kind: JSONError.Kind, byte: Int) {
    #expect(failure(text) == JSONError(kind: kind, byte: byte, line: 1))
  }

  @Test func `counts lines`() {
    #expect(
      failure("{\n\"a\":\n  nul}")
        == JSONError(
          kind: .unexpectedByte(0x7D, expected: "'null'"), byte: 12, line: 3))
  }

  @Test(
    arguments: [
      [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xE2, 0x82], [0xF4, 0x90, 0x80, 0x80], [0x80],
      [0xF8, 0x88, 0x80, 0x80, 0x80],
    ] as [[UInt8]])
  func `refuses bad UTF-8 at its byte`(bad: [UInt8]) {
    let error = failure(Array("\"ab".utf8) + bad + [0x22])
    #expect(error == JSONError(kind: .badUTF8, byte: 3, line: 1))
    #expect(failure(bad)?.kind == .badUTF8)
  }

  @Test func `nests 128 levels and no more`() throws {
    _ = try JSON.parse(String(repeating: "[", count: 128) + String(repeating: "]", count: 128))
    #expect(failure(String(repeating: "[", count: 100_000))?.kind == .tooDeep(limit: 128))
  }

  @Test func `finds duplicate keys among many and keeps equivalent ones apart`() throws {
    let many = (0..<40).map { "\"k\($0)\":0" }.joined(separator: ",")
    #expect(failure("{\(many),\"k7\":1}")?.kind == .duplicateKey("k7"))
    let json = try JSON.parse("{\"\u{E9}\":1,\"e\u{301}\":2}")
    #expect(json["\u{E9}"]?.int == 1 && json["e\u{301}"]?.int == 2)
  }

  @Test func `whole numbers that do not fit are no int`() throws {
    #expect(try JSON.parse("9223372036854775808").int == nil)
    #expect(try JSON.parse("1.0").int == nil)
    #expect(try JSON.parse("-9223372036854775808").int == Int.min)
  }

  @Test(arguments: 0..<100)
  func `reads back what the writer wrote, byte for byte`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    func value(_ depth: Int) -> JSON {
      switch Int.random(in: 0..<(depth > 3 ? 4 : 6), using: &random) {
      case 0: .null
      case 1: .bool(Bool.random(using: &random))
      case 2: .double(Double.random(in: -1e6...1e6, using: &random))
      case 3: .string(random.text(pieces: 5))
      case 4: .array((0..<Int.random(in: 0...4, using: &random)).map { _ in value(depth + 1) })
      default:
        .object(
          (0..<Int.random(in: 0...4, using: &random)).map {
            JSON.Member("k\($0)", value(depth + 1))
          })
      }
    }
    let json = value(0)
    let text = json.serialized()
    #expect(try JSON.parse(text).serialized().bytesEqual(text))
    #expect(try JSON.parse(json.serialized(pretty: true)).serialized().bytesEqual(text))
    #expect(text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F })
  }

  @Test(arguments: 0..<200)
  func `broken bytes never trap`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var bytes = Array(#"{"a":[1,-2.5e3,"x\u00e9\ud83d\ude00é日"],"b":{"c":null,"d":true}}"#.utf8)
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let i = Int.random(in: 0..<bytes.count, using: &random)
      if Bool.random(using: &random) {
        bytes[i] = UInt8.random(in: 0...255, using: &random)
      } else {
        bytes.removeSubrange(i...)
      }
      if bytes.isEmpty { break }
    }
    if let error = failure(bytes) { #expect(error.byte <= bytes.count && error.byte >= 0) }
  }
}

@Suite struct `JSON Lines` {
  private func lines(_ text: String, chunk: Int, limit: Int = 1 << 20) -> [JSONLine] {
    var splitter = JSONLinesSplitter(limit: limit)
    var lines: [JSONLine] = []
    let bytes = Array(text.utf8)
    for start in stride(from: 0, to: bytes.count, by: chunk) {
      splitter.feed(Array(bytes[start..<min(bytes.count, start + chunk)])) { lines.append($0) }
    }
    splitter.finish { lines.append($0) }
    return lines
  }

  @Test(arguments: [1, 2, 3, 7, 1000])
  func `are cut at LF and CRLF, numbered, whatever the chunks`(chunk: Int) {
    let found = lines("\u{FEFF}one\r\ntwo\n\n  \na\rb\nlast", chunk: chunk)
    #expect(
      found.map { String(decoding: $0.bytes, as: UTF8.self) } == ["one", "two", "a\rb", "last"])
    #expect(found.map(\.number) == [1, 2, 5, 6])
    #expect(found.map(\.offset) == [0, 8, 16, 20])
    #expect(found.map(\.isTerminated) == [true, true, true, false])
  }

  @Test(arguments: [1, 5, 1000])
  func `over the limit are named by number and the next is read`(chunk: Int) {
    let found = lines("ab\n0123456789012345\ncd\n", chunk: chunk, limit: 10)
    #expect(found.map(\.isTooLong) == [false, true, false])
    #expect(found.map(\.number) == [1, 2, 3] && found[1].bytes.isEmpty)
    #expect(found[2].offset == 20)
  }

  @Test func `a byte order mark elsewhere is data`() {
    let found = lines("a\n\u{FEFF}b", chunk: 100)
    #expect(Array(found[1].bytes) == [0xEF, 0xBB, 0xBF, 0x62])
  }

  @Test func `other content is told by its first bytes`() {
    #expect(ForeignContent.detect([0xFF, 0xFE, 0x7B, 0]) == .utf16)
    #expect(ForeignContent.detect([0x7B, 0, 0x22, 0]) == .utf16)
    #expect(ForeignContent.detect([0xFF, 0xFE, 0, 0]) == .utf32)
    #expect(ForeignContent.detect([0x1F, 0x8B, 8, 0]) == .gzip)
    #expect(ForeignContent.detect([0x50, 0x4B, 3, 4]) == .zip)
    #expect(ForeignContent.detect(Array("PAR1".utf8)) == .parquet)
    #expect(ForeignContent.detect([0x28, 0xB5, 0x2F, 0xFD]) == .zstd)
    #expect(ForeignContent.detect(Array("{\"a\"".utf8)) == nil)
    #expect(ForeignContent.detect([]) == nil)
    #expect(ForeignContent.utf16.sentence == "not UTF-8 (looks like UTF-16)")
  }
}
