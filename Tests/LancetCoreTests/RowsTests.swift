// Nothing of a row is lost in silence: rows as public data sets have them, and what each must become.

import Testing

@testable import LancetCore

private let user = #"{"role":"user","content":"What is 2+3?"}"#
private func assistant(_ text: String) -> String { #"{"role":"assistant","content":"\#(text)"}"# }

@Suite struct `Rows of a conversation` {
  @Test(arguments: [
    #"{"prompt":[{"role":"system","content":"Be brief."},\#(user)],"chosen":[\#(assistant("5"))],"rejected":[\#(assistant("6"))]}"#,
    #"{"system":"Be brief.","question":"What is 2+3?","chosen":"5","rejected":"6"}"#,
    #"{"system":"Be brief.","prompt":"What is 2+3?","chosen":[\#(user),\#(assistant("5"))],"rejected":[\#(user),\#(assistant("6"))]}"#,
    #"{"chosen":[{"role":"system","content":"Be brief."},\#(user),\#(assistant("5"))],"rejected":[{"role":"system","content":"Be brief."},\#(user),\#(assistant("6"))]}"#,
    #"{"conversations":[{"from":"system","value":"Be brief."},{"from":"human","value":"What is 2+3?"}],"chosen":{"from":"gpt","value":"5"},"rejected":{"from":"gpt","value":"6"}}"#,
    #"{"prompt":[{"role":"system","content":[{"type":"text","text":"Be brief."}]},{"role":"user","content":[{"type":"text","text":"What is "},{"type":"text","text":"2+3?"}]}],"chosen":"5","rejected":"6"}"#,
  ])
  func `a system message means the same in every spelling`(text: String) throws {
    let row = try read(text)
    #expect(row.context.messages == [Message(role: "system", content: "Be brief.")])
    #expect(row.question == "What is 2+3?" && row.traces.map(\.text) == ["6"])
    #expect(row.traces[0].proposals.map(\.text) == ["5"] && row.ignored.isEmpty)
  }

  @Test(arguments: [
    #"{"prompt":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello"},\#(user)],"completion":[\#(assistant("6"))],"label":0}"#,
    #"{"history":[["Hi","Hello"]],"instruction":"What is 2+3?","output":"6","label":"False"}"#,
    #"{"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello"},\#(user),\#(assistant("6"))],"is_correct":false}"#,
    #"{"conversations":[{"from":"human","value":"Hi"},{"from":"gpt","value":"Hello"},{"from":"human","value":"What is 2+3?"},{"from":"gpt","value":"6"}],"reward":0.0}"#,
  ])
  func `earlier turns stay turns`(text: String) throws {
    let row = try read(text)
    #expect(row.context.messages.map(\.content) == ["Hi", "Hello"])
    #expect(row.context.messages.map(\.role) == ["user", "assistant"])
    #expect(row.question == "What is 2+3?" && row.traces.map(\.text) == ["6"])
    #expect(row.traces[0].claimed == false && row.ignored.isEmpty)
  }

  @Test func `a transcript in two strings is cut at its turns`() throws {
    let row = try read(
      #"{"chosen":"\n\nHuman: Hi\n\nAssistant: Hello\n\nHuman: What is 2+3?\n\nAssistant: It is 5.\n\nSure.","rejected":"\n\nHuman: Hi\n\nAssistant: Hello\n\nHuman: What is 2+3?\n\nAssistant: It is 6."}"#
    )
    #expect(row.context.messages.map(\.content) == ["Hi", "Hello"])
    #expect(row.question == "What is 2+3?" && row.traces[0].text == "It is 6.")
    #expect(row.traces[0].proposals[0].text == "It is 5.\n\nSure.")
  }

  @Test func `whole texts are cut behind the only question, or refused`() throws {
    let row = try read(
      #"{"chosen":"What is 2+3*4? 3*4=12, so 14","rejected":"What is 2+3*4? 3*4=13, so 15"}"#)
    #expect(row.question == "What is 2+3*4?" && row.traces[0].text == "3*4=13, so 15")
    #expect(row.traces[0].proposals[0].text == "3*4=12, so 14")
    #expect(
      refusal(#"{"chosen":"Why? How? a","rejected":"Why? How? b"}"#)?.contains(
        "where the prompt ends") == true)
  }

  @Test func `template arguments and tools are kept`() throws {
    let row = try read(
      #"{"prompt":[\#(user)],"chosen":"5","rejected":"6","chat_template_kwargs":{"enable_thinking":false},"tools":[{"type":"function"}]}"#
    )
    #expect(row.context.arguments.map(\.key) == ["enable_thinking", "tools"])
    let back = PromptContext(json: row.context.json)
    #expect(back == row.context)
  }

  @Test(arguments: [
    (
      #"{"prompt":[{"role":"tool","content":"x"}],"chosen":"a","rejected":"b"}"#,
      "a message of the role tool"
    ),
    (
      #"{"prompt":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"u"}}]}],"chosen":"a","rejected":"b"}"#,
      "the type image_url"
    ),
    (
      #"{"messages":[\#(user),{"role":"assistant","content":null,"tool_calls":[{"id":"1"}]}]}"#,
      "a tool call"
    ),
    (#"{"question":"q","image":"a.png","answer":"1"}"#, "a picture"),
    (
      #"{"system":"Be long.","prompt":[{"role":"system","content":"Be brief."},\#(user)],"chosen":"a","rejected":"b"}"#,
      "say different things"
    ),
    (
      #"{"prompt":"Another question","chosen":[\#(user),\#(assistant("5"))],"rejected":[\#(user),\#(assistant("6"))]}"#,
      "prompt and the conversations say different things"
    ),
    (
      #"{"chosen":[\#(user),\#(assistant("5")),\#(user),\#(assistant("7"))],"rejected":[\#(user),\#(assistant("6"))]}"#,
      "one assistant message expected"
    ),
    (#"{"messages":[\#(user)]}"#, "trace is missing"),
    (#"{"question":"q","ans":"5","pred":"6"}"#, "trace is missing, and nobody reads ans, pred"),
    (
      #"{"instruction":"q","completions":[{"response":"a","custom_system_prompt":"Be kind."},{"response":"b","custom_system_prompt":"Be curt."}]}"#,
      "one system message for all traces expected, found 2"
    ),
    (
      #"{"question":"q","responses":["a","b"],"reasoning":["hm"]}"#, "one text a trace (2) expected"
    ),
  ])
  func `what cannot be kept refuses the row with the reason`(text: String, what: String) {
    #expect(refusal(text)?.contains(what) == true, "\(refusal(text) ?? "read")")
  }
}

@Suite struct `Rows of a thinking model` {
  @Test(arguments: [
    #"{"prompt":[\#(user)],"chosen":[{"role":"assistant","content":"5"}],"rejected":[{"role":"assistant","content":"6","reasoning_content":"hm"}]}"#,
    #"{"question":"What is 2+3?","response":"6","reasoning":"hm"}"#,
    #"{"messages":[\#(user),{"role":"assistant","content":"6","thinking":"hm"}]}"#,
    #"{"question":"What is 2+3?","responses":[{"content":"6","role":"assistant","reasoning_content":"hm"}]}"#,
    #"{"question":"What is 2+3?","responses":[{"response":"6","reasoning_content":"hm"}]}"#,
    #"{"messages":[\#(user),{"role":"assistant","content":[{"type":"thinking","thinking":"hm"},{"type":"text","text":"6"}]}]}"#,
    #"{"question":"What is 2+3?","completion":"6","label":0,"reasoning_content":"hm"}"#,
    #"{"question":"What is 2+3?","responses":["6"],"reasoning_content":["hm"]}"#,
    #"{"prompt":"What is 2+3?","chosen":"5","rejected":"6","rejected_reasoning":"hm"}"#,
    #"{"question":"What is 2+3?","response":"<think>\nhm\n</think>\n\n6","reasoning_content":"hm"}"#,
  ])
  func `reasoning joins the trace as its thinking part, once`(text: String) throws {
    let row = try read(text)
    #expect(row.traces.map(\.text) == ["<think>\nhm\n</think>\n\n6"] && row.ignored.isEmpty)
  }

  @Test func `reasoning beside a known answer is the worked solution`() throws {
    let row = try read(#"{"question":"q","answer":"4","reasoning":"2+2=4"}"#)
    #expect(row.answer == "4" && row.solution == "2+2=4" && row.traces.isEmpty)
  }
}

@Suite struct `Rows with steps` {
  @Test func `TRL's stepwise rows are one trace with the file's steps and labels`() throws {
    let row = try read(
      #"{"prompt":"q","completions":["3*4=13","so\n\n2+13=15"],"labels":[false,true]}"#)
    let trace = row.traces[0]
    #expect(row.traces.count == 1 && trace.text == "3*4=13\nso\n\n2+13=15")
    #expect(trace.ownSteps == [0, 7])
    #expect(trace.labels == [.init(stepAt: 0, label: .wrong), .init(stepAt: 7, label: .right)])
    #expect(splitSteps(trace.text, at: trace.ownSteps).map(\.bytes) == [0..<6, 7..<18])
  }

  @Test(arguments: [
    #"{"question":"q","steps":["a","b"]}"#,
    #"{"question":"q","steps":[{"text":"a"},{"text":"b"}]}"#,
    #"{"question":"q","steps":[{"step":"a","label":"1"},{"step":"b","label":0}]}"#,
    #"{"question":"q","steps":[{"text":"a","rating":1},{"text":"b","rating":-1}]}"#,
    #"{"question":"q","steps":["a","b"],"label":"1"}"#,
  ])
  func `steps without a list of labels are a trace too`(text: String) throws {
    let row = try read(text)
    #expect(row.traces.map(\.text).map { $0.filter { $0 != "\n" } } == ["ab"])
    #expect(row.traces[0].ownSteps?.count == 2 && row.ignored.isEmpty)
    let labels = row.traces[0].labels.map(\.label)
    #expect(labels == (text.contains("label") || text.contains("rating") ? [.right, .wrong] : []))
  }

  @Test func `steps beside a trace stay what nobody reads`() throws {
    let row = try read(#"{"question":"q","response":"ab","steps":["a","b"]}"#)
    #expect(row.traces.map(\.text) == ["ab"] && row.ignored == ["steps"])
  }

  @Test(arguments: ["[0,1]", "[\"False\",\"True\"]", "[-1,1]", "[false,true]", "[\"-\",\"+\"]"])
  func `labels come in every spelling`(labels: String) throws {
    let row = try read(#"{"prompt":"q","completions":["a","b"],"labels":\#(labels)}"#)
    #expect(row.traces[0].labels.map(\.label) == [.wrong, .right])
  }

  @Test func `ProcessBench points at the first wrong step`() throws {
    let row = try read(
      #"{"id":"g-0","generator":"m","problem":"q","steps":["a","b","c"],"final_answer_correct":true,"label":1}"#
    )
    #expect(row.traces[0].labels.map(\.label) == [.right, .wrong] && row.traces[0].claimed == true)
    #expect(row.traces[0].source == "m" && row.key == "g-0" && row.traces[0].ownSteps?.count == 3)
    #expect(refusal(#"{"problem":"q","steps":["a"],"label":3}"#)?.contains("label") == true)
    let right = try read(#"{"problem":"q","steps":["a","b"],"label":-1}"#)
    #expect(right.traces[0].labels.map(\.label) == [.right, .right])
  }

  @Test func `PRM800K keeps every rating, of other completions in words`() throws {
    let row = try read(
      #"{"question":{"problem":"q","ground_truth_answer":"4"},"label":{"finish_reason":"solution","steps":[{"completions":[{"text":"a.\n\nb","rating":1},{"text":"other","rating":-1}],"chosen_completion":0},{"completions":[{"text":"c","rating":0}],"chosen_completion":0}]}}"#
    )
    #expect(row.traces[0].labels.map(\.label.rawValue) == [1, 0])
    #expect(row.traces[0].ownSteps == [0, 6])
    #expect(row.traces[0].comment == "step 1, another completion, rated -1: other")
  }

  @Test func `Math-Shepherd's marks become labels`() throws {
    let row = try read(
      #"{"input":"How many? Step 1: 1+1=2. ки\nStep 2: 2+2=5. The answer is: 5 ки","label":"How many? Step 1: 1+1=2. +\nStep 2: 2+2=5. The answer is: 5 -","task":"GSM8K"}"#
    )
    #expect(row.question == "How many?" && row.source == "GSM8K")
    #expect(row.traces[0].text == "Step 1: 1+1=2.\nStep 2: 2+2=5. The answer is: 5")
    #expect(row.traces[0].labels.map(\.label) == [.right, .wrong] && row.ignored.isEmpty)
  }
}

@Suite struct `Rows of problems and several answers` {
  @Test(arguments: [
    (#"{"instruction":"Double it.","input":"2+3*4","output":"28"}"#, "Double it.\n\n2+3*4"),
    (#"{"body":"Seven apples.","question":"How many?","answer":"7"}"#, "Seven apples.\nHow many?"),
    (#"{"Body":"Seven apples.","Question":"How many?","Answer":7}"#, "Seven apples.\nHow many?"),
    (
      #"{"passage":"Seven apples.","question":"How many?","answer":"7"}"#,
      "Seven apples.\nHow many?"
    ),
    (#"{"question":"Which?","choices":["x","y"],"answer":1}"#, "Which?\nA. x\nB. y"),
    (#"{"question":"Which?","options":{"A":"x","B":"y"},"answer":"B"}"#, "Which?\nA. x\nB. y"),
    (#"{"question":"Which?","A":"x","B":"y","answer":"B"}"#, "Which?\nA. x\nB. y"),
    (
      #"{"Question":"Which?","Option A":"x","Option B":"y","correct_option":"B"}"#,
      "Which?\nA. x\nB. y"
    ),
    (#"{"question":"Which?","opa":"x","opb":"y","answer":1}"#, "Which?\nA. x\nB. y"),
    (
      #"{"question":"Which?","choices":{"text":["x","y"],"label":["1","2"]},"answerKey":"2"}"#,
      "Which?\n1. x\n2. y"
    ),
  ])
  func `every part of the problem joins it`(text: String, question: String) throws {
    let row = try read(text)
    #expect(row.question == question && row.ignored.isEmpty)
  }

  @Test func `rows of reward models, of listed solutions, and choices with letters of their own`()
    throws
  {
    let verl = try read(
      #"{"data_source":"d","prompt":[\#(user)],"reward_model":{"style":"rule","ground_truth":"5"}}"#
    )
    #expect(verl.answer == "5" && verl.source == "d" && verl.ignored.isEmpty)
    let listed = try read(
      #"{"question":"q","solution":["long"],"final_answer":["$2$"],"image_1":null}"#)
    #expect(listed.solution == "long" && listed.answer == "$2$")
    let aqua = try read(
      #"{"question":"q","options":["A)21","B)22"],"rationale":"r","correct":"B"}"#)
    #expect(aqua.question == "q\nA)21\nB)22" && aqua.answer == "B" && aqua.solution == "r")
    #expect(
      refusal(#"{"question":"q","image_1":"a.png","answer":"1"}"#)?.contains("a picture") == true)
  }

  @Test func `a prompt as it was sent, template and all, is no second part of its question`() throws
  {
    let row = try read(
      #"{"input":"<|im_start|>user\nWhich?<|im_end|>\n","question":"Which?","gt_answer":"5"}"#)
    #expect(row.question == "Which?" && row.ignored == ["input"])
  }

  @Test func `true and false are answers, equal answers in a list are one`() throws {
    #expect(try read(#"{"question":"Is 7 prime?","answer":true}"#).answer == "True")
    #expect(try read(#"{"question":"q","answer":[false]}"#).answer == "False")
    #expect(try read(#"{"question":"q","answer":["14","14"]}"#).answer == "14")
  }

  @Test func `a system message that all completions were given is the row's`() throws {
    let row = try read(
      #"{"instruction":"q","completions":[{"response":"a","custom_system_prompt":"Be kind."},{"response":"b","custom_system_prompt":"Be kind."}]}"#
    )
    #expect(row.context.messages == [Message(role: "system", content: "Be kind.")])
    #expect(row.traces.map(\.text) == ["a", "b"] && row.ignored.isEmpty)
  }

  @Test func `the number of a choice is its letter, unless it is also a choice's text`() throws {
    #expect(try read(#"{"question":"q","choices":["x","y"],"answer":1}"#).answer == "B")
    #expect(
      refusal(#"{"question":"q","choices":["1","0"],"answer":1}"#)?.contains("different things")
        == true)
  }

  @Test(arguments: [
    #"{"problem":"q","solution":"so \\boxed{14}","level":null}"#,
    #"{"question":"q","final_answer":["so \\boxed{14}"]}"#,
    #"{"question":"q","gt":"so \\boxed{14}","response":"x"}"#,
    #"{"question":"q","expected_answer":"so \\boxed{14}"}"#,
    #"{"question":"q","target":"so \\boxed{14}","trace":"x"}"#,
  ])
  func `known answers have many names`(text: String) throws {
    #expect(try read(text).answer == #"so \boxed{14}"#)
  }

  @Test func `a worked solution beside a known answer is kept`() throws {
    let row = try read(
      #"{"problem":"q","solution":"long","answer":"14","messages":[{"role":"user","content":"q"},{"role":"assistant","content":"long"}]}"#
    )
    #expect(
      row.answer == "14" && row.solution == "long" && row.traces.isEmpty && row.ignored.isEmpty)
    #expect(
      refusal(#"{"question":"q","final_answer":["1","2"]}"#)
        == "final_answer: 2 answers in a list, and nothing says whether each or all of them are right"
    )
  }

  @Test(arguments: [
    #"{"problem":"q","answer":"14","responses":["a","b"],"correct":[false,true]}"#,
    #"{"problem":"q","answer":"14","response":["a","b"],"labels":[0,1]}"#,
    #"{"problem":"q","gt":"14","code":["a","b"],"score":[false,true]}"#,
    #"{"problem":"q","answer":"14","generations":["a","b"],"correctness_math_verify":["False","True"]}"#,
    #"{"problem":"q","answer":"14","completions":[{"response":"a","is_correct":0},{"response":"b","is_correct":"True"}]}"#,
  ])
  func `a list of answers with a list of verdicts is a trace each`(text: String) throws {
    let row = try read(text)
    #expect(row.traces.map(\.text) == ["a", "b"] && row.traces.map(\.claimed) == [false, true])
    #expect(row.ignored.isEmpty)
  }

  @Test func `a list of verdicts of another length refuses the row`() {
    #expect(
      refusal(#"{"problem":"q","responses":["a"],"correct":[false,true]}"#)?.contains(
        "one verdict a trace") == true)
  }

  @Test func `names of columns in a refusal stay within bounds`() throws {
    let long = String(repeating: "k", count: 300)
    let said = try #require(
      refusal(#"{"\#(long)":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7,"h":8,"i":9}"#))
    #expect(said.contains("kkk…, b") && said.hasSuffix("h and 1 more") && said.count < 120)
  }

  @Test func `a column that nobody reads is named`() throws {
    let row = try read(
      #"{"question":"q","trace":"t","critique":"too short","level":5,"empty":"","responses":[{"text":"u","note":"n"}]}"#
    )
    #expect(row.ignored == ["critique", "level", "responses[].note"])
  }

  @Test func `lm-eval's samples`() throws {
    let row = try read(
      #"{"doc_id":3,"doc":{"question":"q","answer":"so 18"},"target":"18","arguments":{"gen_args_0":{"arg_0":"[{\"role\": \"system\", \"content\": \"s\"}, {\"role\": \"user\", \"content\": \"Q: q\"}]","arg_1":{}}},"resps":[["a 17"]],"filtered_resps":["17"],"filter":"strict","metrics":["exact_match"],"exact_match":0.0,"doc_hash":"h","prompt_hash":"h","target_hash":"h"}"#
    )
    #expect(row.context.messages.map(\.content) == ["s"] && row.question == "Q: q")
    #expect(
      row.answer == "so 18" && row.traces.map(\.text) == ["a 17"] && row.traces[0].claimed == false)
    #expect(row.key == "3" && row.ignored.isEmpty)
    let plain = try read(
      #"{"doc_id":3,"doc":{"problem":"p","solution":"s"},"target":"18","arguments":[["few shots p",{}]],"resps":[["a"]]}"#
    )
    #expect(plain.question == "p")
    let voted = try read(
      #"{"doc":{"question":"q","answer":"5"},"resps":[["a"],["b"]],"exact_match":1.0}"#)
    #expect(voted.traces.map(\.claimed) == [nil, nil] && voted.ignored == ["exact_match"])
    #expect(
      refusal(#"{"doc":{"question":"q"},"resps":[["-1.5","False"]]}"#)?.contains("log-likelihood")
        == true)
  }

  @Test func `argilla's records`() throws {
    let row = try read(
      #"{"id":"r1","status":"completed","fields":{"instruction":"q","response":"bad"},"metadata":{"model":"m","answer":"4"},"responses":{"correction":[{"value":"good","user_id":"u"}],"quality":[{"value":3,"user_id":"u"}]},"suggestions":{},"vectors":{}}"#
    )
    #expect(row.key == "r1" && row.answer == "4" && row.traces[0].text == "bad")
    #expect(row.traces[0].source == "m" && row.traces[0].proposals.map(\.text) == ["good"])
    #expect(row.traces[0].proposals[0].oracle == "person" && row.ignored == ["responses.quality"])
    let first = try read(
      #"{"fields":{"prompt":"q","response":"bad"},"responses":[{"status":"discarded","values":{"correction":{"value":"no"}}},{"status":"submitted","values":{"correction":{"value":"good"}}}]}"#
    )
    #expect(first.traces[0].proposals.map(\.text) == ["good"])
  }

  @Test func `named columns go before all other names`() throws {
    let reading = RowReading(
      fields: FieldMap([.gold: "final", .trace: "answer", .question: "doc.q"]))
    let row = try read(
      #"{"doc":{"q":"What?"},"final":"4","answer":"it is 5","question":"other"}"#, reading)
    #expect(row.question == "What?" && row.answer == "4" && row.traces.map(\.text) == ["it is 5"])
    #expect(row.ignored.contains("question"))
    #expect(throws: RowError.missing(field: "final")) {
      try read(#"{"doc":{"q":"a"},"answer":"b"}"#, reading)
    }
  }
}

@Suite struct `Frames of corrected answers` {
  @Test(arguments: [
    "=== CORRECTED STARTED ===\ngood\n=== CORRECTED ENDED ===",
    "**=== CORRECTED STARTED ===**\ngood\n**=== CORRECTED ENDED ===**",
    "=== Corrected Started ===\ngood\n=== Corrected Ended ===",
    "Sure!\n\n### === CORRECTED STARTED ===\r\ngood\r\n### === CORRECTED ENDED ===\nBye",
    "===CORRECTED STARTED===\ngood\n===CORRECTED ENDED===",
    "== CORRECTED_START ==\ngood\n== CORRECTED_END ==",
    "`=== CORRECTED SOLUTION STARTED ===`\ngood\n`=== CORRECTED SOLUTION ENDED ===`",
    "--- CORRECTED BEGIN ---\ngood\n--- CORRECTED END ---",
  ])
  func `come off in every spelling`(text: String) {
    #expect(Unframed(text).text == "good" && Unframed(text).markers == 2)
  }

  @Test(arguments: [
    "I corrected the start.", "corrected ended", "=== Corrected ===\nx", "a == corrected start",
  ])
  func `what only sounds like one stays`(text: String) {
    #expect(Unframed(text).text == text && Unframed(text).markers == 0)
  }
}

@Suite struct `Files of rows` {
  private func rows(_ text: String, _ name: String = "f", chunk: Int = 7) -> [(Int, String)] {
    let bytes = Array(text.utf8)
    var splitter = RowSplitter(RowSyntax.detect(bytes, name: name))
    var found: [(Int, String)] = []
    func take(_ line: JSONLine) {
      switch line.parsed() {
      case .success(let json): found.append((line.number, json.serialized()))
      case .failure(let problem): found.append((line.number, "bad: \(problem.reason)"))
      }
    }
    for start in stride(from: 0, to: bytes.count, by: chunk) {
      Array(bytes[start..<min(start + chunk, bytes.count)]).withUnsafeBytes { buffer in
        splitter.feed(buffer, take)
      }
    }
    splitter.finish(take)
    return found
  }

  @Test(arguments: [1, 7, 1000])
  func `an array, and pretty-printed objects, are their rows`(chunk: Int) {
    let array = rows("[\n {\n  \"a\": \"],{\\\"\"\n },\n {\"a\": 2}\n]\n", chunk: chunk)
    #expect(array.map(\.0) == [2, 5] && array.map(\.1) == [#"{"a":"],{\""}"#, #"{"a":2}"#])
    let compact = rows(#"[{"a":1},{"a":2}]"#, chunk: chunk)
    #expect(compact.map(\.1) == [#"{"a":1}"#, #"{"a":2}"#])
    let pretty = rows("{\n  \"a\": 1\n}\n{\n  \"a\": 2\n}\n", chunk: chunk)
    #expect(pretty.map(\.0) == [1, 4] && pretty.map(\.1) == [#"{"a":1}"#, #"{"a":2}"#])
  }

  @Test func `a damaged array names what is damaged`() {
    #expect(rows(#"[{"a":1},{"a":"#).map(\.1).last?.contains("ends too early") == true)
    #expect(rows(#"[{"a":1},"#).map(\.1).last?.contains("the array has no end") == true)
    #expect(rows(#"[{"a":1}, 5, {"a":2}]"#).map(\.1) == [#"{"a":1}"#, "5", #"{"a":2}"#])
  }

  @Test func `a cut first line does not make a file something else`() {
    let found = rows("{\"a\":\n{\"a\":2}\n")
    #expect(found.count == 2 && found[0].1.hasPrefix("bad") && found[1].1 == #"{"a":2}"#)
    #expect(rows("[1]\n{\"a\":2}\n").map(\.1) == ["[1]", #"{"a":2}"#])
  }

  @Test(arguments: [1, 5, 1000])
  func `a table follows RFC 4180`(chunk: Int) {
    let found = rows(
      "\u{FEFF}question,answer\r\n\"a, \"\"b\"\"\nc\",4\r\n\r\nd,\r\nx,y,z\r\ne\"f,1\r\n\"open,5",
      "f.csv", chunk: chunk)
    #expect(found.map(\.0) == [2, 5, 6, 7, 8])
    #expect(
      found[0].1 == #"{"question":"a, \"b\"\nc","answer":"4"}"#
        && found[1].1 == #"{"question":"d"}"#)
    #expect(found[2].1 == "bad: 3 values, the header names 2" && found[3].1.contains("quote"))
    #expect(found[4].1 == "bad: a quote is not closed")
  }

  @Test func `a table is known by its header, a text is not taken for one`() {
    #expect(
      RowSyntax.detect(Array("Question,Answer\na,b\n".utf8), name: "-") == .table(separator: 0x2C))
    #expect(
      RowSyntax.detect(Array("problem\tgold\na\tb\n".utf8), name: "-") == .table(separator: 9))
    #expect(RowSyntax.detect(Array("Once, upon a time\n".utf8), name: "-") == .jsonLines)
    #expect(RowSyntax.detect([], name: "-") == .jsonLines)
  }
}
