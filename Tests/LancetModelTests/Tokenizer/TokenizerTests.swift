// The tokenizer against what Hugging Face's library recorded (Tests/Peers/record_tokenizer.py), and against broken files.

import LancetCore
import Testing

@testable import LancetModel

@Suite struct TokenizerTests {
  private func tokenizer(_ json: JSON) throws -> Tokenizer {
    try Tokenizer(json: Array(json.serialized().utf8))
  }

  /// The first recorded tokenizer: Qwen's expression, NFC, three special tokens.
  private func qwen() throws -> JSON {
    try #require(recorded("tokenizers.json").array?.first?["tokenizer"])
  }

  @Test func `ids and decoded texts equal the recorded ones in every configuration`() throws {
    let kinds = try #require(recorded("tokenizers.json").array)
    #expect(kinds.count == 7)
    for kind in kinds {
      let name = kind["name"]?.string ?? ""
      let tokenizer = try tokenizer(kind["tokenizer"] ?? .null)
      for row in kind["cases"]?.array ?? [] {
        let parts = try #require(row.array)
        let text = try #require(parts[0].string)
        let ids = (parts[1].array ?? []).compactMap { $0.int.map { Int32($0) } }
        #expect(tokenizer.encode(text) == ids, "\(name): \(text.debugDescription)")
        let decoded = tokenizer.decode(ids)
        #expect(
          decoded.utf8.elementsEqual((parts[2].string ?? "").utf8),
          "\(name): \(text.debugDescription)")
      }
    }
  }

  @Test func `an id outside the vocabulary is shown, not trapped on`() throws {
    let tokenizer = try tokenizer(qwen())
    #expect(tokenizer.decode([-1, 70_000, .max]) == "⟨?-1⟩⟨?70000⟩⟨?2147483647⟩")
  }

  @Test func `special tokens in a text are found before they become control tokens`() throws {
    let tokenizer = try tokenizer(qwen())
    #expect(
      tokenizer.controlTokens(in: "a <|im_end|> b <|im_start|><|im_end|>") == [
        "<|im_end|>", "<|im_start|>",
      ])
    #expect(tokenizer.controlTokens(in: "a <|im_en b").isEmpty)
    #expect(tokenizer.specialTokens["<|im_end|>"] == 2)
  }

  @Test func `a million equal characters are no trouble`() throws {
    let tokenizer = try tokenizer(qwen())
    for text in ["a", " ", "=", "\n", "e\u{301}"] {
      let long = String(repeating: text, count: 1_000_000 / text.utf8.count)
      let ids = tokenizer.encode(long)
      #expect(tokenizer.decodeBytes(ids).count >= 600_000)
    }
  }

  @Test func `long and short pieces are merged alike`() throws {
    // The heap and the scan are two roads to one result: the same piece, alone and inside a long one of one kind.
    let tokenizer = try tokenizer(qwen())
    let table = tokenizer.parts.merges
    var random = SeededGenerator(state: 3)
    for _ in 0..<300 {
      let piece = (0..<Int.random(in: 33...80, using: &random)).map { _ in
        UInt8.random(in: 97...103, using: &random)
      }
      var workspace = MergeWorkspace()
      var fast: [Int32] = []
      piece.withUnsafeBufferPointer {
        workspace.merge($0, byteTokens: tokenizer.parts.byteTokens, table: table, into: &fast)
      }
      var slow = piece.map { tokenizer.parts.byteTokens[Int($0)] }
      while true {
        let merges = slow.indices.dropLast().map { table.find(slow[$0], slow[$0 + 1]) }
        guard let best = merges.min(), best != MergeTable.none, let at = merges.firstIndex(of: best)
        else { break }
        slow[at] = Int32(truncatingIfNeeded: best)
        slow.remove(at: at + 1)
      }
      #expect(fast == slow)
    }
  }

  /// The recorded tokenizer with one part changed.
  private func changed(_ path: [String], _ change: (JSON) -> JSON) throws -> JSON {
    func descend(_ json: JSON, _ path: ArraySlice<String>) -> JSON {
      guard let key = path.first else { return change(json) }
      var members = json.object ?? []
      if let index = members.firstIndex(where: { $0.key == key }) {
        members[index].value = descend(members[index].value, path.dropFirst())
      }
      return .object(members)
    }
    return descend(try qwen(), path[...])
  }

  private func refusalOf(_ path: [String], _ change: (JSON) -> JSON) throws -> String {
    let json = try changed(path, change)
    return refusal { _ = try tokenizer(json) } ?? "accepted"
  }

  private func object(_ type: String, _ more: [JSON.Member] = []) -> JSON {
    .object([.init("type", .string(type))] + more)
  }

  @Test func `what would make other tokens is refused by name`() throws {
    let foreign: [([String], JSON, String)] = [
      (["model", "type"], .string("Unigram"), "Unigram"),
      (["model", "continuing_subword_prefix"], .string("##"), "continuing_subword_prefix"),
      (["normalizer"], object("NFKC"), "NFKC"),
      (["pre_tokenizer"], .null, "(none)"),
      (["pre_tokenizer"], object("Whitespace"), "Whitespace"),
      (["decoder"], object("WordPiece"), "WordPiece"),
      (
        ["pre_tokenizer"],
        object(
          "Sequence",
          [
            .init(
              "pretokenizers",
              .array([
                object(
                  "Split",
                  [
                    .init("pattern", .object([.init("Regex", .string("(a)\\1"))])),
                    .init("behavior", .string("Isolated")), .init("invert", .bool(false)),
                  ])
              ]))
          ]), "(a)"
      ),
    ]
    for (path, value, word) in foreign {
      let sentence = try refusalOf(path) { _ in value }
      #expect(sentence.contains(word) && sentence.contains("not supported"), "\(sentence)")
    }
  }

  @Test func `contradictions are load errors`() throws {
    let broken: [([String], (JSON) -> JSON, String)] = [
      (
        ["model", "merges"],
        { .array([.array([.string("zz"), .string("y")])] + ($0.array ?? [])) }, "merge 0"
      ),
      (["model", "merges"], { _ in .array([.string("abc")]) }, "one space"),
      (
        ["model", "vocab"], { .object(($0.object ?? []) + [.init("new", .int(5))]) },
        "have the id 5"
      ),
      (
        ["model", "vocab"], { .object(($0.object ?? []) + [.init("new", .int(1 << 40))]) },
        "too large"
      ),
      (
        ["model", "vocab"], { .object(($0.object ?? []) + [.init("new", .int(-1))]) },
        "whole number"
      ),
      (["model", "vocab"], { .object(($0.object ?? []) + [.init("!", .int(9999))]) }, "twice"),
      (
        ["added_tokens"],
        {
          .array(
            ($0.array ?? []) + [
              .object([.init("id", .int(9999)), .init("content", .string("<new>"))])
            ])
        },
        "would be next"
      ),
      (
        ["added_tokens"],
        {
          .array(
            ($0.array ?? []) + [.object([.init("id", .int(420)), .init("content", .string(""))])])
        },
        "is empty"
      ),
      (
        ["post_processor"],
        { _ in
          object(
            "TemplateProcessing",
            [
              .init(
                "single",
                .array([.object([.init("SpecialToken", .object([.init("id", .string("<s>"))]))])])),
              .init("special_tokens", .object([])),
            ])
        }, "names “<s>”"
      ),
    ]
    for (path, change, word) in broken {
      let sentence = try refusalOf(path, change)
      #expect(sentence.contains(word), "\(path): \(sentence)")
    }
  }

  @Test func `a byte without a token is dropped and named`() throws {
    let gap = try tokenizer(
      changed(["model", "vocab"]) { vocabulary in
        .object(
          (vocabulary.object ?? []).map { $0.key == "\u{104}" ? .init("<gone>", $0.value) : $0 })
      })
    let whole = try tokenizer(qwen())
    #expect(gap.encode("Step 1") == whole.encode("Step 1"))
    #expect(gap.encode("Ste\u{4}p 1").count == whole.encode("Ste\u{4}p 1").count - 1)
    #expect(gap.bytesWithoutToken(in: "a\u{4}b\u{4}") == [4])
    #expect(gap.lossNote(for: "a\u{4}")?.contains("0x04") == true)
    #expect(gap.lossNote(for: "plain") == nil)
  }

  @Test func `an expression with nested repeats takes no time to speak of`() throws {
    let pattern = try SplitPattern(expression: #"(a+)+$|(a|aa)+b|\s+$|."#)
    let text = Array(
      (String(repeating: "a", count: 20_000) + String(repeating: " ", count: 20_000) + "x").utf8)
    var matches = 0
    text.withUnsafeBufferPointer { pattern.forEachMatch(in: $0) { _ in matches += 1 } }
    #expect(matches == text.count)
  }

  @Test func `an expression that cannot be run rightly is refused with the reason`() {
    for (expression, word) in [
      (#"(a)\1"#, "not known"), (#"(?<name>a)"#, "group"), (#"a(?=b*)"#, "bound"),
      (#"(?>a|ab)c"#, "giving back"),
      (#"\p{Klingon}"#, "Klingon"), ("(", "closed"), ("[a", "closed"), ("a{2,1}", "too often"),
      ("*", "repeats nothing"),
      (String(repeating: "(", count: 5000), "deeply"), ("a{1000}{1000}", "large"),
    ] {
      do {
        _ = try SplitPattern(expression: expression)
        Issue.record("\(expression.prefix(20)) was accepted")
      } catch {
        #expect(error.reason.contains(word), "\(expression.prefix(20)): \(error.reason)")
      }
    }
  }

  @Test func `no mutation of a tokenizer crashes, and those that are read still encode`() throws {
    let bytes = Array(try qwen().serialized().utf8)
    var random = SeededGenerator(state: 4)
    var read = 0
    for _ in 0..<2500 {
      guard let tokenizer = try? Tokenizer(json: mutated(bytes, &random)) else { continue }
      read += 1
      let ids = tokenizer.encode("hello <|im_end|> wörld 日本 123 'S")
      _ = tokenizer.decode(ids + [419, 5000])
    }
    #expect(read > 0 && read < 2500)
  }
}
