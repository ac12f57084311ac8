// Where a session of a given name lives, and the names of the files around it.

import Glibc

/// The files of one session.
public struct SessionPath: Hashable, Sendable {
  /// The session file, `…/NAME.lancet`.
  public let file: String

  /// The ending of session files.
  public static let suffix = ".lancet"

  /// Takes a session's name as a person writes it: a path, with or without the suffix.
  ///
  /// A bare name is looked for in the current folder, then in Lancet's data folder; one that is
  /// nowhere means the current folder.
  public init(_ name: String) {
    let whole = SessionPath.ending(name)
    var candidates = whole.utf8.elementsEqual(name.utf8) ? [name] : [whole, name]
    if !name.utf8.contains(UInt8(ascii: "/")), let data = SessionPath.dataFolder() {
      candidates.append("\(data)/\(whole)")
    }
    file = candidates.first { FileFacts.exists($0) && FileFacts($0)?.kind != .directory } ?? whole
  }

  /// Where a new session of this name is made: the current folder, or the path as written.
  public static func forNew(_ name: String) -> SessionPath { SessionPath(file: ending(name)) }

  /// The session of a file whose path is known.
  init(file: String) { self.file = file }

  private static func ending(_ name: String) -> String {
    name.hasSuffix(suffix) ? name : name + suffix
  }

  /// The file's path without the suffix.
  public var stem: String {
    file.hasSuffix(SessionPath.suffix) ? String(file.dropLast(SessionPath.suffix.count)) : file
  }
  /// The name people use: the last component without the suffix.
  public var name: String { Files.name(of: stem) }
  /// The folder of its backups.
  public var backups: String { stem + ".backups" }
  /// The folder of its training runs.
  public var runs: String { stem + ".runs" }
  /// The file that names who writes to it.
  public var lock: String { file + "-lock" }

  /// The folder for sessions that have no other home: `$XDG_DATA_HOME/lancet`, else
  /// `~/.local/share/lancet`; nil when neither is known.
  ///
  /// Relative values are ignored, as the XDG base directory specification asks.
  public static func dataFolder() -> String? {
    if let data = getenv("XDG_DATA_HOME").map({ String(cString: $0) }), data.hasPrefix("/") {
      return data + "/lancet"
    }
    if let home = getenv("HOME").map({ String(cString: $0) }), home.hasPrefix("/") {
      return home + "/.local/share/lancet"
    }
    return nil
  }

  /// All sessions of the current folder and of the data folder.
  public static func all() -> [SessionPath] {
    var found: [SessionPath] = []
    for folder in [".", dataFolder()].compactMap({ $0 }) {
      for name in Files.list(folder) where name.hasSuffix(suffix) && !name.hasPrefix(".") {
        let path = folder == "." ? name : "\(folder)/\(name)"
        if FileFacts(path)?.kind == .regular { found.append(SessionPath(file: path)) }
      }
    }
    return found
  }
}
