// Lines of a file or of standard input, each as soon as it is there.

import LancetCore
import LancetSystem

/// Reads lines as they come, for commands that answer each line before the next one is read.
struct BatchReader {
  private let read: (UnsafeMutableRawBufferPointer) throws(InputError) -> Int?
  private var splitter = JSONLinesSplitter()
  private var ready: [JSONLine] = []
  private var ended = false

  /// Begins to read a file; `-` is standard input.
  init(_ path: String, _ host: CommandHost) throws(InputError) {
    guard path != "-" else {
      read = host.input
      return
    }
    let file = try BatchFile(path)
    read = { buffer throws(InputError) in try file.read(into: buffer) }
  }

  /// The next line; nil at the end, and after a signal: whoever asks for the next line looks at the request to stop first.
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
      } else {
        buffer[..<count].withUnsafeBytes { bytes in splitter.feed(bytes) { ready.append($0) } }
      }
    }
    return ready.isEmpty ? nil : ready.removeFirst()
  }
}

/// A regular file read from its beginning to its end.
private final class BatchFile {
  private let file: RegularFile
  private var position = 0

  init(_ path: String) throws(InputError) {
    do throws(FileFailure) { file = try RegularFile(path) } catch { throw InputError(error) }
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    do throws(FileFailure) {
      let count = try file.readSome(at: position, into: buffer)
      position += count
      return count
    } catch {
      throw InputError(error)
    }
  }
}
