// Handing a text to $VISUAL or $EDITOR and taking it back. Whatever goes wrong, the text stays in its file and the
// error names the path.

import Glibc
import LancetSystem

/// Why a text did not come back from the editor.
///
/// Each keeps the file where it says so.
public enum EditorError: Error, Hashable, Sendable {
  /// No file could be made for the text.
  case noFile(reason: String)
  /// The editor could not be started.
  case notStarted(command: String, reason: String, kept: String)
  /// The editor said it failed.
  case failed(command: String, status: Int32, kept: String)
  /// The editor was killed.
  case killed(command: String, signal: Int32, kept: String)
  /// The file was gone, or could not be read, after the editor ended.
  case unreadable(reason: String, path: String)
  /// What the editor left is no UTF-8, at this byte.
  case notUTF8(byte: Int, kept: String)
  /// What the editor left is larger than a text may be.
  case tooLarge(bytes: Int, kept: String)

  /// The failure in words: what happened, and where the text is.
  public var sentence: String {
    switch self {
    case .noFile(let reason): "cannot make a file for the editor (\(reason)): set TMPDIR"
    case .notStarted(let command, let reason, let kept):
      "cannot start \(command) (\(reason)): set VISUAL or EDITOR; the text is kept in \(kept)"
    case .failed(let command, let status, let kept):
      "\(command) ended with status \(status): nothing was changed; the text is kept in \(kept)"
    case .killed(let command, let signal, let kept):
      "\(command) was killed by signal \(signal): nothing was changed; the text is kept in \(kept)"
    case .unreadable(let reason, let path):
      "cannot read what the editor left (\(reason)): nothing was changed; it was \(path)"
    case .notUTF8(let byte, let kept):
      "what the editor left is not UTF-8 (byte \(byte)): nothing was changed; it is in \(kept)"
    case .tooLarge(let bytes, let kept):
      "what the editor left has \(bytes) bytes, over 64 MB: nothing was changed; it is in \(kept)"
    }
  }
}

/// What came back from the editor.
public struct EditedText: Hashable, Sendable {
  /// The text, byte for byte, without the line feed editors add at the end when the first text had none.
  public let text: String
  /// Whether it is empty: by convention that means "forget it".
  public let isCancelled: Bool
  /// The file; to be removed once the text is stored.
  public let path: String

  /// Removes the file.
  public func discard() { Files.removeOwnFile(path) }
}

/// The person's editor.
public struct Editor: Sendable {
  /// The command and its arguments, without the file.
  public let command: [String]

  /// VISUAL, else EDITOR, else vi; split at spaces, with quotes and backslashes as the shell has them.
  public init(environment: (String) -> String?) {
    let words = ["VISUAL", "EDITOR"].compactMap { environment($0) }
      .map(Editor.split).first { !$0.isEmpty }
    command = words ?? ["vi"]
  }

  /// Writes the text into a private file, waits for the editor, and reads the file back.
  ///
  /// The terminal must have been given up before (`Terminal.lend`). `line` is passed as `+line` when it is not 1.
  public func edit(_ text: String, line: Int = 1) -> Result<EditedText, EditorError> {
    let path: String
    do throws(FileFailure) { path = try Editor.makeFile(text) } catch {
      return .failure(.noFile(reason: error.reason))
    }
    let arguments = command + (line > 1 ? ["+\(line)"] : []) + [path]
    let end: ChildEnd
    do throws(StartFailure) {
      end = try ChildProcess.start(command[0], arguments).wait()
    } catch {
      return .failure(.notStarted(command: command[0], reason: error.reason, kept: path))
    }
    switch end {
    case .exited(0): break
    case .exited(let status):
      return .failure(.failed(command: command[0], status: status, kept: path))
    case .killed(let signal):
      return .failure(.killed(command: command[0], signal: signal, kept: path))
    }
    return Editor.takeBack(path, original: text)
  }

  /// Words as a shell would split them: quotes hold together, a backslash takes the next character as it is.
  static func split(_ text: String) -> [String] {
    var words: [String] = []
    var word = ""
    var quote: Character?
    var isOpen = false
    var escapes = false
    for character in text {
      if escapes {
        word.append(character)
        escapes = false
      } else if character == "\\" && quote != "'" {
        escapes = true
        isOpen = true
      } else if let open = quote {
        if character == open { quote = nil } else { word.append(character) }
      } else if character == "\"" || character == "'" {
        quote = character
        isOpen = true
      } else if character == " " || character == "\t" {
        if isOpen { words.append(word) }
        (word, isOpen) = ("", false)
      } else {
        word.append(character)
        isOpen = true
      }
    }
    if isOpen { words.append(word) }
    return words
  }

  private static func makeFile(_ text: String) throws(FileFailure) -> String {
    let folder = getenv("TMPDIR").map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    var bytes = Array(text.utf8)
    if bytes.last != 0x0A { bytes.append(0x0A) }
    return try Files.createPrivate(in: folder ?? "/tmp", named: "lancet-", ".txt", with: bytes)
  }

  private static func takeBack(_ path: String, original: String) -> Result<EditedText, EditorError>
  {
    var bytes: [UInt8]
    do throws(FileFailure) { bytes = try Files.read(path, limit: 64 << 20) } catch {
      if case .tooLarge(let bytes, _) = error.problem {
        return .failure(.tooLarge(bytes: Int(bytes), kept: path))
      }
      return .failure(.unreadable(reason: error.reason, path: path))
    }
    if bytes.last == 0x0A && original.utf8.last != 0x0A { bytes.removeLast() }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      let good = String(decoding: bytes, as: UTF8.self).utf8
      let byte = zip(bytes, good).prefix { $0 == $1 }.count { _ in true }
      return .failure(.notUTF8(byte: byte, kept: path))
    }
    let isBlank = bytes.allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) }
    return .success(EditedText(text: text, isCancelled: isBlank, path: path))
  }
}
