// Lines of a file or of standard input, each as soon as it is there.

import Glibc
import LancetCore

/// Reads lines as they come, for commands that answer each line before the next one is read.
struct BatchReader {
  private let read: (UnsafeMutableRawBufferPointer) throws(InputError) -> Int?
  private let close: () -> Void
  private var splitter = JSONLinesSplitter()
  private var ready: [JSONLine] = []
  private var ended = false

  /// Begins to read a file; `-` is standard input.
  init(_ path: String, _ host: CommandHost) throws(InputError) {
    guard path != "-" else {
      read = host.input
      close = {}
      return
    }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { throw .missing(path) }
      throw .unreadable(path, reason: String(cString: strerror(errno)))
    }
    read = { buffer throws(InputError) in try readSome(descriptor, into: buffer, name: path) }
    close = { _ = Glibc.close(descriptor) }
  }

  /// The next line; nil at the end, and after a signal: whoever asks for the next line looks at the wish to stop first.
  mutating func next() throws(InputError) -> JSONLine? {
    while ready.isEmpty, !ended {
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      let count = try buffer.withUnsafeMutableBufferPointer { bytes throws(InputError) in
        try read(UnsafeMutableRawBufferPointer(bytes))
      }
      guard let count else { return nil }
      if count == 0 {
        ended = true
        splitter.finish { ready.append($0) }
        close()
      } else {
        buffer[..<count].withUnsafeBytes { bytes in splitter.feed(bytes) { ready.append($0) } }
      }
    }
    return ready.isEmpty ? nil : ready.removeFirst()
  }
}
