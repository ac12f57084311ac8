// Reading a whole input by path, `-` for standard input, with everything refused that is no plain file.

import Glibc
import LancetCore

/// Why an input could not be read.
enum InputError: LancetError {
  case missing(String)
  case notAFile(String, kind: String)
  case unreadable(String, reason: String)
  case tooLarge(String, bytes: Int, limit: Int)
  case notUTF8(String, byte: Int)

  var what: String {
    switch self {
    case .missing: "no such file"
    case .notAFile(_, let kind): "this is \(kind), not a file"
    case .unreadable(_, let reason): "cannot read: \(reason)"
    case .tooLarge(_, let bytes, _): "\(bytes) bytes are too many"
    case .notUTF8(_, let byte): "not UTF-8 at byte \(byte)"
    }
  }

  var place: String {
    switch self {
    case .missing(let path), .notAFile(let path, _), .unreadable(let path, _),
      .tooLarge(let path, _, _), .notUTF8(let path, _):
      path
    }
  }

  var advice: String {
    switch self {
    case .missing: "check the path"
    case .notAFile: "give a regular file, or - for standard input"
    case .unreadable: "check the permissions and the disk"
    case .tooLarge(_, _, let limit): "give at most \(limit) bytes"
    case .notUTF8: "convert it to UTF-8 first"
    }
  }

  var exitCode: ExitCode {
    switch self {
    case .missing, .notAFile: .missingInput
    case .unreadable: .inputOutput
    case .tooLarge, .notUTF8: .badData
    }
  }
}

/// Reads a whole file, or standard input for `-`.
/// - Throws: ``InputError`` when it is missing, no regular file, unreadable, or longer than the limit.
func readInput(_ path: String, limit: Int = 1 << 30) throws(InputError) -> [UInt8] {
  var descriptor = STDIN_FILENO
  if path != "-" {
    var status = stat()
    guard stat(path, &status) == 0 else {
      if errno == ENOENT || errno == ENOTDIR { throw .missing(path) }
      throw .unreadable(path, reason: String(cString: strerror(errno)))
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw .notAFile(path, kind: "a directory")
    case S_IFIFO: throw .notAFile(path, kind: "a pipe")
    case S_IFSOCK: throw .notAFile(path, kind: "a socket")
    default: throw .notAFile(path, kind: "a device")
    }
    guard status.st_size <= limit else {
      throw .tooLarge(path, bytes: Int(status.st_size), limit: limit)
    }
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw .unreadable(path, reason: String(cString: strerror(errno)))
    }
  }
  defer { if path != "-" { close(descriptor) } }
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 1 << 18)
  while true {
    let count = chunk.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
    if count < 0 {
      if errno == EINTR { continue }
      throw .unreadable(path, reason: String(cString: strerror(errno)))
    }
    if count == 0 { return bytes }
    bytes.append(contentsOf: chunk[..<count])
    if bytes.count > limit { throw .tooLarge(path, bytes: bytes.count, limit: limit) }
  }
}

/// Reads a whole file as text.
/// - Throws: ``InputError``, also for bytes that are not UTF-8: a text that becomes training data is never repaired.
func readText(_ path: String, limit: Int = 1 << 30) throws(InputError) -> String {
  let bytes = try readInput(path, limit: limit)
  guard let text = String(validating: bytes, as: UTF8.self) else {
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var good = 0
    while case .scalarValue(let scalar) = decoder.decode(&iterator) {
      good += UTF8.width(scalar)
    }
    throw .notUTF8(path, byte: good)
  }
  return text
}
