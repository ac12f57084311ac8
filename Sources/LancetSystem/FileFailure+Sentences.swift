// The only place of LancetSystem with sentences.

import Glibc
import LancetCore

extension FileKind {
  /// The kind with its article, as `a named pipe`.
  public var words: String {
    switch self {
    case .regular: "a regular file"
    case .folder: "a folder"
    case .pipe: "a named pipe"
    case .socket: "a socket"
    case .device: "a device"
    case .link: "a link"
    case .other: "no regular file"
    }
  }
}

extension FileFailure.Operation {
  var words: String {
    switch self {
    case .read: "read"
    case .write: "write"
    case .create: "create"
    case .rename: "rename"
    case .list: "read the folder"
    case .sync: "make durable"
    case .makeFolder: "make the folder"
    case .remove: "remove"
    case .lock: "lock"
    }
  }
}

extension FileFailure {
  /// Why, without what was tried.
  public var reason: String {
    switch problem {
    case .system(ENOENT): "no such file or folder"
    case .system(ENOSPC), .system(EDQUOT): "the disk is full"
    case .system(EFBIG): "larger than files may become here (ulimit -f, or the file system)"
    case .system(let number): String(cString: strerror(number))
    case .kind(let kind): "there is \(kind.words)"
    case .tooLarge(let bytes, let limit): "\(bytes) bytes are more than the \(limit) allowed"
    case .shorter: "it became shorter while it was read"
    case .notOurs: "it holds what Lancet did not make"
    case .taken: "the name is taken"
    }
  }

  /// What happened.
  public var what: String { "cannot \(operation.words): \(reason)" }

  /// The path.
  public var place: String { path }

  /// What the person can do.
  public var advice: String {
    switch problem {
    case .system where isMissing: "check the path"
    case .system where isFull: "make room, then repeat"
    case .system: "check the permissions and the disk"
    case .kind: "give a regular file, or - for standard input"
    case .tooLarge: "give a smaller file"
    case .shorter: "repeat when nothing else writes to it"
    case .notOurs: "look at it and remove it yourself"
    case .taken: "give another name"
    }
  }

  /// The exit status of a command that ends with it.
  public var exitCode: ExitCode {
    switch (operation, problem) {
    case (.read, .kind), (.list, .kind): .missingInput
    case (.read, .tooLarge): .badData
    case (_, .kind), (.create, _), (.makeFolder, _), (_, .taken), (_, .notOurs):
      isFull ? .inputOutput : .cannotCreate
    case (.read, _), (.list, _): isMissing ? .missingInput : .inputOutput
    default: .inputOutput
    }
  }
}
