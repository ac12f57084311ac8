// Rows that were read as something else: two known answers, whole texts without their beginning, conversations and
// verdicts in the cells of a table, and which sentence refuses what cannot be read.

import Testing

@testable import LancetCore

/// The rows of a table, read one by one.
private func table(_ text: String) throws -> [ImportedRow] {
  var rows: [JSONLine] = []
  var splitter = RowSplitter(.table(separator: 0x2C))
  // One byte at a time: a record may end anywhere in a chunk.
  for byte in text.utf8 {
    withUnsafeBytes(of: byte) { chunk in splitter.feed(chunk) { rows.append($0) } }
  }
  splitter.finish { rows.append($0) }
  return try rows.map { line in
    #expect(line.problem == nil)
    return try RowReading().read(try JSON.parse(line.bytes))
  }
}

@Suite struct `Known answers under two names` {
  @Test(arguments: [
    (#"{"question":"q","answer":"13","target":"12","trace":"t"}"#, "answer and target"),
    (#"{"input":"q","steps":["a","b"],"answer":"7","target":"8"}"#, "answer and target"),
    (#"{"question":"q","options":["x","y","z"],"answer":"B","answer_index":2}"#, "answer_index"),
    (
      #"{"question":"q","gold":"1/2","final_answer":["0.25"],"trace":"t"}"#, "gold and final_answer"
    ),
  ])
  func `two values refuse the row`(text: String, words: String) throws {
    let said = try #require(refusal(text))
    #expect(said.hasSuffix("say different things") && said.contains(words))
  }

  @Test(arguments: [
    (#"{"question":"q","answer":"12","final_answer":["12"],"trace":"t"}"#, "12", [String]()),
    (#"{"question":"q","answer":"0.5","target":"1/2","trace":"t"}"#, "0.5", ["target"]),
    (
      #"{"question":"q","answer":"3*4=12\n#### 12","target":"12","trace":"t"}"#,
      "3*4=12\n#### 12", ["target"]
    ),
    (
      #"{"question":"q","answer":"12","reference":"Smith, page 3","trace":"t"}"#, "12",
      ["reference"]
    ),
    (
      #"{"question":"q A) 12 B) 13","answer":"12","answer_key":"A","trace":"t"}"#, "12",
      ["answer_key"]
    ),
    (#"{"question":"q","options":["x","y"],"answer":"B","answer_index":1}"#, "B", []),
    (#"{"question":"q","options":{"A":"x","B":"y"},"answer":"y","answer_idx":"B"}"#, "y", []),
    (#"{"question":"q","answer":" ","target":"12","trace":"t"}"#, "12", []),
  ])
  func `the same value, or nothing to compare, keeps it`(
    text: String, answer: String, ignored: [String]
  ) throws {
    let row = try read(text)
    #expect(row.answer == answer && row.ignored == ignored)
  }

  @Test func `an explanation without an answer leaves the word to the short one`() throws {
    let row = try read(
      #"{"question":"q","answer":"Add them.\nThen look at what is left over.","final_answer":"12","trace":"t"}"#
    )
    #expect(row.answer == "12" && row.solution == "Add them.\nThen look at what is left over.")
    #expect(row.ignored.isEmpty)
    let words = try read(
      #"{"question":"q","answer":"Add them.\nThen look at what is left over.","reference":"Smith, page 3","trace":"t"}"#
    )
    #expect(words.solution == nil && words.ignored == ["reference"])
  }

  @Test func `what stands for no answer is none`() throws {
    for word in ["proof", "notfound"] {
      let row = try read(#"{"problem":"q","solution":"s","answer":"\#(word)","trace":"t"}"#)
      #expect(row.answer == nil && row.solution == "s" && row.ignored == ["answer"])
    }
    #expect(try read(#"{"problem":"q","answer":"proof","trace":"t"}"#).answer == "proof")
  }

  @Test func `a list that Python printed is its one member`() throws {
    #expect(try read(#"{"question":"q","answer":"['12']","trace":"t"}"#).answer == "12")
    #expect(refusal(#"{"question":"q","answer":"['12', '13']","trace":"t"}"#) != nil)
    #expect(try read(#"{"question":"q","answer":"['12','","trace":"t"}"#).answer == "['12','")
    #expect(try read(#"{"question":"q","answer":"[1, 2]","trace":"t"}"#).answer == "[1, 2]")
  }
}

@Suite struct `Verdicts and labels` {
  @Test(arguments: [
    #"{"question":"q","options":["x","y"],"correct":"B","response":"A"}"#,
    #"{"question":"q","options":["A) x","B) y"],"correct":"B","response":"A","rationale":"r"}"#,
  ])
  func `the letter of the right choice claims nothing`(text: String) throws {
    let row = try read(text)
    #expect(row.answer == "B" && row.traces.map(\.claimed) == [nil])
  }

  @Test(arguments: [
    #"{"question":"q","answer":"1","response":"t","correct":[false]}"#,
    #"{"question":"q","answer":"1","response":"t","scores":null,"score":[0]}"#,
    #"{"question":"q","answer":"1","generated_solution":"t","is_correct":["False"]}"#,
  ])
  func `a list of one verdict is the verdict`(text: String) throws {
    let row = try read(text)
    #expect(row.traces.map(\.claimed) == [false] && row.ignored.isEmpty)
  }

  @Test func `the second judge counts where the first said nothing`() throws {
    let row = try read(
      #"{"problem":"q","answer":"1","generations":["a","b"],"correctness_math_verify":null,"correctness_llama":[true,false]}"#
    )
    #expect(row.traces.map(\.claimed) == [true, false] && row.ignored.isEmpty)
  }

  @Test(arguments: [
    ("[1,0,-1]", [StepLabel.right, .neutral, .wrong]),
    ("[0,0,-1]", [.neutral, .neutral, .wrong]),
    ("[1,0,0]", [.right, .wrong, .wrong]),
    (#"["+","-","-"]"#, [.right, .wrong, .wrong]),
  ])
  func `a list with a minus one has three values`(labels: String, expected: [StepLabel]) throws {
    let row = try read(#"{"prompt":"q","completions":["a","b","c"],"labels":\#(labels)}"#)
    #expect(row.traces[0].labels.map(\.label) == expected)
  }

  @Test func `what PRM800K says beside the ratings is named`() throws {
    let row = try read(
      #"{"question":{"problem":"q","ground_truth_answer":"1"},"label":{"steps":[{"completions":[{"text":"a","rating":0}],"chosen_completion":0}],"total_time":9,"finish_reason":"give_up"}}"#
    )
    #expect(row.ignored.sorted() == ["label.finish_reason", "label.total_time"])
  }
}

@Suite struct `Whole texts and conversations` {
  private let shared = #""prompt":"q","initial_reason_steps":"Step 1: a.\nStep 2:""#

  @Test func `a full text that goes on with the step gets its beginning`() throws {
    let row = try read(
      #"{\#(shared),"chosen":" b.","rejected":" c.","full_chosen":" b. End.","full_rejected":" c. End."}"#
    )
    #expect(row.traces[0].text == "Step 1: a.\nStep 2: c. End.")
    #expect(row.traces[0].proposals[0].text == "Step 1: a.\nStep 2: b. End.")
  }

  @Test func `one that is neither whole nor goes on refuses the row`() throws {
    let said = try #require(
      refusal(
        #"{\#(shared),"chosen":" b.","rejected":" c.","full_chosen":"x","full_rejected":"y"}"#))
    #expect(said == "full_rejected and initial_reason_steps and rejected say different things")
  }

  @Test func `columns of a person's choice may be a pair`() throws {
    let fields = FieldMap([.question: "p", .chosen: "o.good", .rejected: "o.bad"])
    let row = try read(
      #"{"p":"q","o":{"good":"right","bad":"wrong"}}"#, RowReading(fields: fields))
    #expect(row.traces.map(\.text) == ["wrong"])
    #expect(row.traces[0].proposals.map(\.text) == ["right"])
  }

  @Test func `messages as JSON in a text are messages`() throws {
    let row = try read(
      #"{"prompt":"[{\"role\":\"system\",\"content\":\"s\"},{\"role\":\"user\",\"content\":\"q\"}]","chosen":"[{\"role\":\"assistant\",\"content\":\"a\"}]","rejected":"b"}"#
    )
    #expect(row.question == "q" && row.context.messages.map(\.content) == ["s"])
    #expect(row.traces[0].text == "b" && row.traces[0].proposals[0].text == "a")
    // A list of other objects is a text.
    let list = try read(#"{"question":"[{\"a\": 1}] has how many members?","answer":"1"}"#)
    #expect(list.question == #"[{"a": 1}] has how many members?"#)
  }

  @Test func `messages as Python prints them are refused`() throws {
    let said = try #require(
      refusal(#"{"prompt":"[{'role': 'user', 'content': 'q'}]","chosen":"a","rejected":"b"}"#))
    #expect(said == "prompt: messages as JSON expected, found messages as Python prints them")
  }

  @Test func `two thinking parts of one message are both kept`() throws {
    let row = try read(
      #"{"messages":[{"role":"user","content":"q"},{"role":"assistant","reasoning_content":"beside","content":[{"type":"thinking","thinking":"inside"},{"type":"text","text":"a"}]}]}"#
    )
    #expect(row.traces[0].text == "<think>\nbeside\ninside\n</think>\n\na")
  }

  @Test func `an answer that people judged is no known answer`() throws {
    #expect(
      refusal(
        #"{"fields":{"question":"q","answer":"13"},"responses":{"correct":[{"value":"no"}]}}"#)
        == "fields.response is missing")
    #expect(
      refusal(#"{"fields":{"question":"q","answer":"13"},"metadata":{"gold":"12"}}"#)
        == "fields.answer and metadata's known answer say different things")
  }

  @Test func `what lm-eval sent besides the question is named`() throws {
    let row = try read(
      #"{"doc_id":1,"doc":{"question":"q","answer":"1"},"target":"2","arguments":[["shots. q",{}]],"resps":[["a"]],"metrics":["m"]}"#
    )
    #expect(row.answer == "1" && row.ignored == ["arguments", "target"])
  }
}

@Suite struct `Parts of a problem under other names` {
  @Test(arguments: ["article", "document", "reading_passage", "Passage"])
  func `what is to be read stands before the question`(name: String) throws {
    let row = try read(#"{"\#(name)":"story","question":"q","options":["x","y"],"answer":"B"}"#)
    #expect(row.question == "story\nq\nA. x\nB. y" && row.answer == "B" && row.ignored.isEmpty)
  }

  @Test(arguments: ["Picture", "img", "decoded_image", "image_1"])
  func `a picture refuses the row, its absence does not`(name: String) throws {
    #expect(refusal(#"{"question":"q","answer":"1","\#(name)":"a.png"}"#) != nil)
    #expect(refusal(#"{"question":"q","answer":"1","\#(name)":{"bytes":"x"}}"#) != nil)
    #expect(try read(#"{"question":"q","answer":"1","\#(name)":null}"#).answer == "1")
  }

  @Test func `the letter of a choice in label is the known answer`() throws {
    let row = try read(#"{"question":"q","options":["(A)x","(B)y"],"label":"B","response":"A"}"#)
    #expect(row.answer == "B" && row.traces.map(\.claimed) == [nil] && row.ignored.isEmpty)
    // A verdict stays a verdict, and a letter without such a choice nothing.
    let verdict = try read(#"{"question":"q","options":["x","y"],"label":"0","response":"A"}"#)
    #expect(verdict.answer == nil && verdict.traces.map(\.claimed) == [false])
    let other = try read(#"{"question":"q","options":["x","y"],"label":"E","response":"A"}"#)
    #expect(other.answer == nil && other.ignored == ["label"])
  }

  @Test(arguments: [
    #"{"prompt":"\n\nHuman: Hi\n\nAssistant: Hello\n\nHuman: q\n\nAssistant:","completion":"a"}"#,
    #"{"prompt":"Human: Hi\n\nAssistant: Hello\n\nHuman: q\n\nAssistant: ","chosen":"b","rejected":"a"}"#,
  ])
  func `a transcript that ends where the model speaks is a conversation`(text: String) throws {
    let row = try read(text)
    #expect(row.question == "q" && row.context.messages.map(\.content) == ["Hi", "Hello"])
    #expect(row.traces.map(\.text) == ["a"])
    // A person's words about a person are none.
    #expect(try read(#"{"prompt":"Human: what is it?","completion":"a"}"#).context.isEmpty)
  }
}

@Suite struct `Cells of a table` {
  @Test(arguments: ["\r", "\n", "\r\n", "\r\n\r\n"])
  func `any line end ends a record`(end: String) throws {
    let rows = try table(
      ["question,answer,response", "q1,1,a", "\"q\r\n2\",2,b"].joined(separator: end) + end)
    #expect(rows.map(\.question) == ["q1", "q\r\n2"] && rows.map(\.answer) == ["1", "2"])
  }

  @Test func `spaces around names are none of the name`() throws {
    let rows = try table("question , answer,\tresponse\nq,\" 1\",a\n")
    #expect(rows.map(\.answer) == [" 1"] && rows[0].traces.map(\.text) == ["a"])
  }

  @Test(arguments: ["[true, false]", "[True, False]", "[1, 0]", "['True', 'False']"])
  func `verdicts are a list`(cell: String) throws {
    let rows = try table(
      "question,answer,responses,correct\nq,1,\"[\"\"a\"\", \"\"b\"\"]\",\"\(cell)\"\n")
    #expect(rows[0].traces.map(\.claimed) == [true, false])
  }

  @Test func `an interval is no list of verdicts`() throws {
    #expect(try table("question,answer,response\nq,\"[1, 0]\",a\n")[0].answer == "[1, 0]")
  }
}

@Suite struct `What a row says of its origin` {
  @Test func `data set and model come back from SPoT's rows`() throws {
    let pair = Pair(
      id: PairID(rawValue: 1), trace: TraceID(rawValue: 1), question: "q", answer: "5",
      rejected: "so 6", chosen: "so 5", changeRatio: 0.5, oracle: "person", source: "model",
      override: nil, dataset: "gsm8k")
    let written = try #require(ExportFormat.spot.rows(for: pair).first)
    let row = try RowReading().read(written)
    #expect(row.source == "gsm8k" && row.traces[0].source == "model" && row.ignored.isEmpty)
  }
}
