// The folders in which sessions are looked for by name.

import Glibc
import LancetSystem

/// Where sessions live: the current folder, then Lancet's data folder.
public struct SessionFolders: Hashable, Sendable {
  /// The folder for sessions that have no other home: `$XDG_DATA_HOME/lancet`, else
  /// `~/.local/share/lancet`; nil when neither is known.
  public var data: String?

  /// The folders that an environment says; `variable` gives its values, nil when unset.
  ///
  /// Relative values are ignored, as the XDG base directory specification asks.
  public init(variable: (String) -> String?) {
    func absolute(_ name: String) -> String? {
      variable(name).flatMap { $0.hasPrefix("/") ? $0 : nil }
    }
    data =
      absolute("XDG_DATA_HOME").map { $0 + "/lancet" }
      ?? absolute("HOME").map { $0 + "/.local/share/lancet" }
  }

  /// Those of this process's environment.
  public static var ofThisProcess: SessionFolders {
    SessionFolders { name in getenv(name).map { String(cString: $0) } }
  }

  /// All sessions of the current folder and of the data folder.
  public func sessions() -> [SessionPath] {
    var found: [SessionPath] = []
    for folder in [".", data].compactMap({ $0 }) {
      for name in Files.namesIfAny(in: folder)
      where name.hasSuffix(SessionPath.suffix) && !name.hasPrefix(".") {
        let path = folder == "." ? name : "\(folder)/\(name)"
        if FileFacts(path)?.kind == .regular { found.append(SessionPath(file: path)) }
      }
    }
    return found
  }
}
