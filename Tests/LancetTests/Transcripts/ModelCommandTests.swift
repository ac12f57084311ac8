// Commands that load a model: tokenize, logprobs, generate, eval, diff by tokens.

import Foundation
import LancetCore
import Testing

@testable import lancet

@Suite struct ModelCommandTests {
  @Test func `token ids as the model's own tokenizer makes them`() throws {
    let shell = try CommandTest()
    try shell.copyModel()
    try shell.write("text", "1 + 1 = 2\n")
    try shell.write("minus", "1 + 1 = 3")
    try shell.write("plus", "1 + 1 = 2")
    shell.expect(
      #"""
      $ lancet tokenize --model $/model $/text
      19	1
      262	 +
      223	 
      19	1
      263	 =
      223	 
      20	2
      201	␊
      ! 8 tokens
      $ lancet tokenize --model $/model --json < $/text
      {"ids":[19,262,223,19,263,223,20,201],"tokens":["1"," +"," ","1"," ="," ","2","\n"]}
      $ lancet diff $/minus $/plus --model $/model
      @ 8..<9 8..<9 replace
      -3
      +2
      ! 1 hunk, change ratio 14.3 % (6 of 7 tokens kept)
      $ lancet diff $/minus $/plus --unit token
      ! lancet: error: --model is missing (lancet diff): see lancet diff --help
      [2]
      $ lancet tokenize --model $/missing $/text
      ! lancet: error: the model folder lacks a file ($/missing/tokenizer.json): give a Hugging Face model folder
      [66]
      """#)
  }

  @Test func `log-probabilities of the pairs of a file and of a session`() throws {
    let shell = try CommandTest()
    try shell.copyModel()
    try shell.write("two.jsonl", try shell.text("pairs.jsonl").lines(2))
    try shell.makeSession(approve: true)
    shell.expect(
      #"""
      $ lancet logprobs --model $/model --pairs $/two.jsonl
      pair 1  y⁺ -353.4 over 62 tokens  y⁻ -351.8 over 62 tokens
      pair 2  y⁺ -233.6 over 41 tokens  y⁻ -234 over 41 tokens
      $ lancet logprobs --model $/model --pairs $/two.jsonl --reference $/model --json
      {"pair":1,"logps_chosen":-353.40…,"logps_rejected":-351.78…,"tokens_chosen":62,"tokens_rejected":62,"ref_logps_chosen":-353.40…,"ref_logps_rejected":-351.78…}
      {"pair":2,"logps_chosen":-233.64…,"logps_rejected":-233.99…,"tokens_chosen":41,"tokens_rejected":41,"ref_logps_chosen":-233.64…,"ref_logps_rejected":-233.99…}
      $ lancet logprobs $/s --model $/model --end-of-turn template
      pair 1  y⁺ -197.9 over 35 tokens  y⁻ -199.6 over 35 tokens
      pair 2  y⁺ -125.1 over 22 tokens  y⁻ -108.2 over 19 tokens
      """#)
    let perToken = shell.run(
      "lancet logprobs --model $/model --pairs $/two.jsonl --per-token --json")
    #expect(perToken.count == 2)
    #expect(perToken.allSatisfy { $0.contains(#""chosen":["#) && $0.contains(#""rejected":["#) })
  }

  @Test func `pairs that cannot be read are named by line`() throws {
    let shell = try CommandTest()
    try shell.copyModel()
    try shell.write("json.jsonl", "{\"question\":\n")
    try shell.write("keys.jsonl", "{\"question\":\"1 + 1\"}\n")
    try shell.write("empty.jsonl", "\n")
    shell.expect(
      #"""
      $ lancet logprobs --model $/model --pairs $/json.jsonl
      ! lancet: error: the JSON text ends too early at byte 12 ($/json.jsonl, line 1): correct the row
      [65]
      $ lancet logprobs --model $/model --pairs $/keys.jsonl
      ! lancet: error: trace is missing ($/keys.jsonl, line 1): correct the row
      [65]
      $ lancet logprobs --model $/model --pairs $/missing.jsonl
      ! lancet: error: no such file ($/missing.jsonl): check the path
      [66]
      $ lancet logprobs --model $/missing --pairs $/pairs.jsonl
      ! lancet: error: the model folder lacks a file ($/missing/config.json): give a Hugging Face model folder
      [66]
      $ lancet logprobs --model $/model --pairs $/empty.jsonl
      ! lancet: error: there are no pairs to train on (pairs): approve pairs in the workbench first, or give --pairs FILE
      [65]
      """#)
  }

  @Test func `figures that are not finite are no figures`() throws {
    let shell = try CommandTest()
    try shell.copyModel()
    try shell.overflowModel()
    try shell.write("suite.jsonl", "{\"question\":\"1 + 1\",\"answer\":\"2\",\"suite\":\"sums\"}\n")
    shell.expect(
      #"""
      $ lancet logprobs --model $/model --pairs $/pairs.jsonl --json
      ! lancet: error: the log-probabilities are not finite (pair 1): use an intact copy of the model, or one whose sums fit 32-bit floats
      [65]
      $ lancet generate --model $/model --prompt 1
      ! lancet: error: the model's scores are not finite (the prompt): use an intact copy of the model, or one whose sums fit 32-bit floats
      [65]
      $ lancet eval --model $/model --suite $/suite.jsonl
      ! lancet: error: the model's scores are not finite (problem 1): use an intact copy of the model, or one whose sums fit 32-bit floats
      [65]
      """#)
  }

  @Test func `one continuation, the likeliest or a drawn one`() throws {
    let shell = try CommandTest()
    try shell.copyModel()
    shell.expect(
      #"""
      $ lancet generate --model $/model --prompt '1 + 1 =' --max-tokens 4 --json
      {"text":" = = = =","tokens":[263,263,263,263],"finish":"length"}
      $ lancet generate --model $/model --prompt '1 + 1 =' --chat --max-tokens 3 --json
      {"text":"\n\n\n","tokens":[201,201,201],"finish":"length"}
      $ lancet generate --model $/model --prompt '' --max-tokens 4
      ! lancet: error: the prompt has no tokens (prompt): give at least one token
      [65]
      $ lancet generate --model $/missing --prompt 1
      ! lancet: error: the model folder lacks a file ($/missing/config.json): give a Hugging Face model folder
      [66]
      """#)
    shell.isTerminal = true
    let drawn = "lancet generate --model $/model --prompt 1 --max-tokens 8 --temperature 1 --seed 3"
    #expect(shell.run(drawn) == shell.run(drawn))
  }

  @Test func `accuracy by suite`() throws {
    let shell = try CommandTest()
    try shell.copyModel()
    try shell.write(
      "suite.jsonl",
      """
      {"question":"1 + 1","answer":"2","suite":"sums"}
      {"question":"1 + 2","answer":"3"}
      """)
    try shell.write("bad.jsonl", "{\"question\":\"1 + 1\"}\n")
    shell.expect(
      #"""
      $ lancet eval --model $/model --suite $/suite.jsonl --max-tokens 4
      sums  0/1  0 %  0 wrong, 1 ungradable
      suite  0/1  0 %  0 wrong, 1 ungradable
      $ lancet eval --model $/model --suite $/suite.jsonl --max-tokens 4 --json
      {"suites":{"sums":{"right":0,"total":1,"wrong":0,"ungradable":1},"suite":{"right":0,"total":1,"wrong":0,"ungradable":1}}}
      $ lancet eval --model $/model --suite $/bad.jsonl
      ! lancet: error: trace is missing ($/bad.jsonl, line 1): give rows of {"question", "answer", "suite"} or a plain text file
      [65]
      $ lancet eval --model $/model --suite $/missing.jsonl
      ! lancet: error: no such file ($/missing.jsonl): check the path
      [66]
      """#)
  }
}

extension String {
  fileprivate func lines(_ count: Int) -> String {
    split(separator: "\n").prefix(count).joined(separator: "\n") + "\n"
  }
}

extension CommandTest {
  /// Makes the weights of `$/model`'s last norm so large, and yet finite, that the scores overflow.
  fileprivate func overflowModel() throws {
    var bytes = try self.bytes("model/model.safetensors")
    let length = bytes.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    let header = try JSON.parse(Array(bytes[8..<8 + length]))
    let offsets = try #require(header["model.norm.weight"]?["data_offsets"]?.array)
    let range = (offsets[0].int ?? 0)..<(offsets[1].int ?? 0)
    let large = withUnsafeBytes(of: Float(3e38).bitPattern.littleEndian) { Array($0) }
    for at in stride(from: 8 + length + range.lowerBound, to: 8 + length + range.upperBound, by: 4)
    {
      bytes.replaceSubrange(at..<at + 4, with: large)
    }
    try write("model/model.safetensors", bytes)
  }
}
