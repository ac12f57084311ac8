// What the transcripts work on: a few rows, a session with decisions, a model of 26,000 numbers.

import Foundation
import Testing

extension CommandTest {
  /// A wrong trace that the arithmetic Oracle can correct, a right one, a wrong one that it cannot, and one with an
  /// imported proposal.
  static let rows = [
    #"{"question":"Take 30 from 78, then add 40.","answer":"88","#
      + #""trace":"78 - 30 = 48.\n48 + 40 = 90.\nAnswer: 90","source":"student"}"#,
    #"{"question":"What is 2 + 3?","answer":"5","trace":"2 + 3 = 5.\nAnswer: 5"}"#,
    #"{"question":"What is 6 times 7?","answer":"42","trace":"6 + 7 = 13.\nAnswer: 13"}"#,
    #"{"index":"0","question":"Tim has 3 bags of 4 apples. How many?","ground_truth":"12","#
      + #""original_answer":"3 + 4 = 7.\nAnswer: 7","#
      + #""gemini_corrected_answer":"3 * 4 = 12.\nAnswer: 12"}"#,
  ]

  /// Writes `$/rows.jsonl`.
  func writeRows() throws { try write("rows.jsonl", Self.rows.joined(separator: "\n") + "\n") }

  /// Makes `$/s.lancet` of the rows, with the arithmetic Oracle's proposals.
  func makeSession(approve: Bool = false) throws {
    try writeRows()
    var lines = [
      "lancet new $/s", "lancet import $/s $/rows.jsonl", "lancet rectify $/s --oracle arithmetic",
    ]
    if approve { lines.append("lancet decide $/s --rule 'answer = right'") }
    for line in lines {
      let said = run(line)
      if said.last?.hasPrefix("[") == true { Issue.record("\(line): \(said)") }
    }
  }

  /// Copies the tiny random Qwen3 of the trainer's tests to `$/model`.
  func copyModel() throws {
    let recorded =
      ((#filePath as NSString).deletingLastPathComponent as NSString)
      .appendingPathComponent("../../LancetTrainerTests/Recorded/tiny")
    try FileManager.default.copyItem(atPath: recorded + "/model", toPath: path + "/model")
    try FileManager.default.copyItem(
      atPath: recorded + "/pairs.jsonl", toPath: path + "/pairs.jsonl")
    masks += Self.figureMasks
  }

  /// What differs between processors: digits behind the fourth, and speeds.
  static let figureMasks: [(pattern: String, sign: String)] = [
    (#"(-?\d+\.\d{2})\d+(e-\d+)?"#, "$1…$2"),
    (#"[\d.…]+[kM]?(?= (pairs|tokens)/s)"#, "N"), (#"\d+ MB"#, "N MB"), (#"[\d.]+ ms"#, "N ms"),
    (#"takes about .*?;"#, "takes about N s;"),
    (#""(tokens_per_second|pairs_per_second|seconds|peak_memory\w*)":[\d.e+…-]+"#, #""$1":N"#),
  ]
}
