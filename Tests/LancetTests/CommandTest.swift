// A shell for the commands: arguments in; standard output, standard error and exit status out, compared with a transcript
// that a reader can follow. No process, no terminal, no clock.
//
//     $ lancet grade --gold 4 --answer 5
//     wrong: 5 against 4
//     [1]
//
// Lines of standard output stand as they are, in the order they came, those of standard error behind `! `; an exit
// status other than 0 ends a command's lines in brackets. `$/` is the test's own folder, `< FILE` gives standard input.
// What differs from run to run is masked: times, speeds, sizes on disk, process numbers.
//
// `LANCET_RECORD=1 swift test --filter LancetTests` writes what the commands say into the transcripts; read the diff.

import Foundation
import LancetCore
import Synchronization
import Testing

@testable import lancet

/// A folder, an environment and a terminal for commands.
final class CommandTest {
  /// The folder that transcripts call `$`.
  let path: String
  /// Environment variables; HOME is `$/home`.
  var variables: [String: String]
  /// Whether a person sees standard output and standard error.
  var isTerminal = false
  /// Whether a person sits at standard input.
  var inputIsTerminal = false
  /// The columns of that terminal.
  var columns = 80
  /// Seconds of the clock, and how much goes by whenever it is read.
  var seconds = 0.0
  var secondsPerLook = 0.0
  /// Bytes that standard output takes before it fails, and how.
  var outputLimit = Int.max
  var outputFailure = OutputFailure.closed
  /// Whether somebody wishes to stop; asked `patience` times before it is so.
  var isInterrupted = false
  var patience = 0
  /// What more than the usual is masked: a pattern and what stands for it.
  var masks: [(pattern: String, sign: String)] = []

  init() throws {
    path = NSTemporaryDirectory() + "lancet-command-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    variables = ["HOME": path + "/home", "TERM": "xterm-256color"]
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file into the folder.
  func write(_ name: String, _ text: String) throws {
    try write(name, Array(text.utf8))
  }

  func write(_ name: String, _ bytes: [UInt8]) throws {
    let url = URL(fileURLWithPath: "\(path)/\(name)")
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
  }

  /// A file of the folder.
  func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)")))
  }

  /// The text of a file of the folder.
  func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }

  /// Runs every `$ lancet …` line of a transcript and compares what is said, in what order, and how it ends.
  func expect(_ transcript: String, sourceLocation: SourceLocation = #_sourceLocation) {
    var shown: [String] = []
    for line in transcript.split(separator: "\n", omittingEmptySubsequences: false) {
      guard line.hasPrefix("$ ") else { continue }
      shown.append(String(line))
      shown += run(String(line.dropFirst(2)))
    }
    Self.compare(shown.joined(separator: "\n"), transcript, sourceLocation)
  }

  private static func compare(
    _ found: String, _ transcript: String, _ sourceLocation: SourceLocation
  ) {
    guard found != transcript else { return }
    if environment("LANCET_RECORD") != nil {
      return Goldens.replace(transcript, by: found, sourceLocation)
    }
    let at = zip(found.utf8, transcript.utf8).prefix { $0 == $1 }.count
    Issue.record(
      """
      the commands said, from byte \(at) on otherwise:
      \(found)
      If that is meant: LANCET_RECORD=1 swift test --filter LancetTests writes it into the source.
      """, sourceLocation: sourceLocation)
  }

  /// Compares the sentences of errors, each behind the exit status that a command ends with because of it.
  static func expect(
    _ errors: [any LancetError], _ transcript: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    compare(
      errors.map { "[\($0.exitCode.rawValue)] \($0.sentence)" }.joined(separator: "\n"), transcript,
      sourceLocation)
  }

  /// Runs one command line and gives the lines of its transcript.
  func run(_ line: String) -> [String] {
    var words = self.words(line)
    guard words.first == "lancet" else { return ["no command: \(line)"] }
    var input: [UInt8] = []
    if let at = words.firstIndex(of: "<"), at + 1 < words.count {
      input = (try? Data(contentsOf: URL(fileURLWithPath: words[at + 1]))).map(Array.init) ?? []
      words.removeSubrange(at...at + 1)
    }
    let said = Said()
    let status = runLancet(Array(words.dropFirst()), CommandIO(host(said, input)))
    return lines(said, status)
  }

  /// The process that the command believes to run in.
  func host(_ said: Said = Said(), _ input: [UInt8] = []) -> CommandHost {
    var rest = input[...]
    var room = outputLimit
    var patience = patience
    return CommandHost(
      output: { [outputFailure] bytes throws(OutputFailure) in
        if room > 0 { said.pieces.append((false, Array(bytes.prefix(room)))) }
        guard bytes.count <= room else {
          room = 0
          throw outputFailure
        }
        room -= bytes.count
      },
      error: { said.pieces.append((true, Array($0))) },
      input: { buffer throws(InputError) in
        let count = min(buffer.count, rest.count)
        buffer.copyBytes(from: rest.prefix(count))
        rest = rest.dropFirst(count)
        return count
      },
      inputIsTerminal: inputIsTerminal, outputIsTerminal: isTerminal, errorIsTerminal: isTerminal,
      terminalColumns: { [isTerminal, columns] in isTerminal ? columns : nil },
      variable: { [variables] in variables[$0] },
      seconds: { [self] in
        seconds += secondsPerLook
        return seconds
      },
      watchInterruption: {},
      isInterrupted: { [isInterrupted] in
        patience -= 1
        return isInterrupted && patience < 0
      })
  }

  /// What a command said, in order.
  final class Said {
    var pieces: [(isError: Bool, bytes: [UInt8])] = []
  }

  /// The transcript of what was said.
  func lines(_ said: Said, _ status: ExitCode) -> [String] {
    var lines: [String] = []
    var rest = said.pieces[...]
    while let first = rest.first {
      let run = rest.prefix { $0.isError == first.isError }
      rest = rest.dropFirst(run.count)
      var text = masked(String(decoding: run.flatMap(\.bytes), as: UTF8.self))
      let isWhole = text.hasSuffix("\n")
      if isWhole { text.removeLast() }
      let parts = text.split(separator: "\n", omittingEmptySubsequences: false)
      lines += parts.map { (first.isError ? "! " : "") + $0 }
      if !isWhole { lines[lines.count - 1] += "⏎̸" }
    }
    return status == .done ? lines : lines + ["[\(status.rawValue)]"]
  }

  /// The text without what differs from run to run.
  private func masked(_ text: String) -> String {
    let usual: [(pattern: String, sign: String)] = [
      (#"\d{4}-\d\d-\d\d[T ]\d\d[:.-]?\d\d[:.-]?\d\d(\.\d+)?Z?"#, "TIME"),
      (#""bytes":\d{2,}"#, #""bytes":N"#), (#""modified":\d+"#, #""modified":N"#),
      (#"process \d+"#, "process N"), (#""open_in":\d+"#, #""open_in":N"#),
    ]
    var text = text.replacingOccurrences(of: path, with: "$")
      .replacingOccurrences(of: "\u{1B}", with: "␛").replacingOccurrences(of: "\r", with: "␍")
    for mask in usual + masks {
      text = text.replacingOccurrences(
        of: mask.pattern, with: mask.sign, options: .regularExpression)
    }
    return text
  }

  /// A command line as a shell splits it: spaces separate, single quotes hold together.
  private func words(_ line: String) -> [String] {
    var words: [String] = []
    var word: String?
    var isQuoted = false
    for character in line {
      switch character {
      case "'":
        isQuoted.toggle()
        word = word ?? ""
      case " " where !isQuoted:
        if let done = word { words.append(done) }
        word = nil
      default: word = (word ?? "") + String(character)
      }
    }
    if let done = word { words.append(done) }
    return words.map { $0.hasPrefix("$/") ? path + $0.dropFirst() : $0 }
  }
}

/// Writes transcripts into the tests' sources.
private enum Goldens {
  private static let turn = Mutex(())

  static func replace(_ old: String, by new: String, _ location: SourceLocation) {
    turn.withLock { _ in
      guard let source = try? String(contentsOfFile: location.filePath, encoding: .utf8) else {
        return
      }
      for indent in [4, 6, 8, 2].map({ String(repeating: " ", count: $0) }) {
        func literal(_ text: String) -> String {
          let lines =
            text.isEmpty ? [] : text.split(separator: "\n", omittingEmptySubsequences: false)
          return "#\"\"\"\n" + lines.map { ($0.isEmpty ? "" : indent + $0) + "\n" }.joined()
            + indent
            + "\"\"\"#"
        }
        // Behind the call: the same transcript, an empty one above all, may stand elsewhere too.
        let start = source.utf8.split(separator: 10, omittingEmptySubsequences: false)
          .dropFirst(location.line - 1).first?.startIndex
        guard
          let place = source.range(
            of: literal(old), range: (start ?? source.startIndex)..<source.endIndex)
        else { continue }
        let changed = source.replacingCharacters(in: place, with: literal(new))
        try? changed.write(toFile: location.filePath, atomically: true, encoding: .utf8)
        return
      }
      Issue.record("the transcript stands nowhere in the source", sourceLocation: location)
    }
  }
}
