// The pairs a run is frozen on: texts with the names they had where they came from.

import LancetCore

/// One pair as the trainer takes it in.
public struct TrainingPair: Sendable, Hashable {
  /// The pair's number in its session, or its line in its file.
  public var id: Int
  /// x, y⁺ and y⁻.
  public var question: String
  /// y⁺.
  public var chosen: String
  /// y⁻.
  public var rejected: String

  /// A pair of texts.
  public init(id: Int, question: String, chosen: String, rejected: String) {
    self.id = id
    self.question = question
    self.chosen = chosen
    self.rejected = rejected
  }

  /// The line of a run's `pairs.jsonl`.
  public var json: JSON {
    .object([
      .init("id", .int(id)), .init("prompt", .string(question)),
      .init("chosen", .string(chosen)), .init("rejected", .string(rejected)),
    ])
  }

  /// Reads a row of a pairs file: SPoT's keys, or TRL's with strings or message lists; a line of ``json`` as well.
  ///
  /// One leading empty line of each SPoT answer is dropped, as the paper's script does.
  /// - Parameters:
  ///   - row: the row.
  ///   - line: its number in the file, from 1, which becomes the id when the row has none.
  ///   - file: for errors.
  public init(row: JSON, line: Int, file: String) throws(TrainerError) {
    guard row.object != nil else {
      throw .badPairRow(file: file, line: line, reason: "object expected, found \(row.kind)")
    }
    id = row["id"]?.int ?? line
    func text(_ key: String) throws(TrainerError) -> String {
      guard let value = row[key] else {
        throw .badPairRow(file: file, line: line, reason: "the field \"\(key)\" is missing")
      }
      if let string = value.string { return string }
      if let messages = value.array {
        let contents = messages.compactMap { $0["content"]?.string }
        guard contents.count == messages.count, contents.count == 1 else {
          throw .badPairRow(
            file: file, line: line, reason: "\"\(key)\" must hold one message with a content")
        }
        return contents[0]
      }
      throw .badPairRow(
        file: file, line: line, reason: "\"\(key)\" must be text, found \(value.kind)")
    }
    func withoutEmptyLine(_ text: String) -> String {
      text.utf8.starts(with: [10, 10])
        ? String(decoding: text.utf8.dropFirst(2), as: UTF8.self) : text
    }
    if row["gemini_corrected_answer"] != nil || row["original_answer"] != nil {
      question = try text(row["question"] != nil ? "question" : "prompt")
      chosen = withoutEmptyLine(try text("gemini_corrected_answer"))
      rejected = withoutEmptyLine(try text("original_answer"))
    } else {
      question = try text(row["prompt"] != nil ? "prompt" : "question")
      chosen = try text("chosen")
      rejected = try text("rejected")
    }
  }
}
