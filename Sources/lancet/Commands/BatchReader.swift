// Lines of a file or of standard input, each as soon as it is there.

import Glibc
import LancetCore

/// Reads lines as they come, for commands that answer each line before the next one is read.
struct BatchReader {
  private let descriptor: Int32
  private let path: String
  private var splitter = JSONLinesSplitter()
  private var ready: [JSONLine] = []
  private var ended = false

  /// Begins to read a file; `-` is standard input.
  init(_ path: String) throws(InputError) {
    self.path = path
    guard path != "-" else {
      descriptor = STDIN_FILENO
      return
    }
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { throw .missing(path) }
      throw .unreadable(path, reason: String(cString: strerror(errno)))
    }
  }

  /// The next line; nil at the end.
  mutating func next() throws(InputError) -> JSONLine? {
    while ready.isEmpty, !ended {
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        // A signal: whoever asks for the next line looks at the wish to stop first.
        if errno == EINTR { return nil }
        throw .unreadable(path, reason: String(cString: strerror(errno)))
      }
      if count == 0 {
        ended = true
        splitter.finish { ready.append($0) }
        if descriptor != STDIN_FILENO { close(descriptor) }
      } else {
        buffer[..<count].withUnsafeBytes { bytes in splitter.feed(bytes) { ready.append($0) } }
      }
    }
    return ready.isEmpty ? nil : ready.removeFirst()
  }
}
