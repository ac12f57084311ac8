// Where a session of a given name lives, and the names of the files around it.

import LancetSystem

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
  public init(_ name: String, in folders: SessionFolders = .ofThisProcess) {
    let whole = SessionPath.ending(name)
    var candidates = whole.utf8.elementsEqual(name.utf8) ? [name] : [whole, name]
    if !name.utf8.contains(UInt8(ascii: "/")), let data = folders.data {
      candidates.append("\(data)/\(whole)")
    }
    let found = candidates.first { FileFacts.exists($0) && FileFacts($0)?.kind != .folder }
    file = SessionPath.withoutLink(found ?? whole)
  }

  /// A session is its file: a link leads to it, and what lies around it (backups, runs, journals) lies around the file.
  private static func withoutLink(_ path: String) -> String {
    guard FileFacts(ofName: path)?.kind == .link else { return path }
    return Files.resolved(path) ?? path
  }

  /// Where a new session of this name is made: the current folder, or the path as written.
  public static func forNew(_ name: String) -> SessionPath { SessionPath(file: ending(name)) }

  /// Whether a new session may have this name: a hidden one would never be listed again.
  var canBeNew: Bool {
    let last = Files.name(of: file)
    return !last.hasPrefix(".") && !file.hasSuffix("/") && !file.utf8.contains(0)
  }

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
}
