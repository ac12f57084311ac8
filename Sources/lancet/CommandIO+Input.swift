// Reading a whole input by path, `-` for standard input, with everything refused that is no plain file.

import LancetCore
import LancetSystem

extension CommandIO {
  /// Reads a whole file, or standard input for `-`.
  /// - Throws: ``InputError`` when it is missing, no regular file, unreadable, or longer than the limit.
  func readInput(_ path: String, limit: Int = 1 << 30) throws(InputError) -> [UInt8] {
    guard path != "-" else {
      return try readToEnd(path, limit) { buffer throws(InputError) in try host.input(buffer) }
    }
    do throws(FileFailure) { return try Files.read(path, limit: limit) } catch {
      throw InputError(error)
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

  private func readToEnd(
    _ path: String, _ limit: Int,
    _ read: (UnsafeMutableRawBufferPointer) throws(InputError) -> Int?
  ) throws(InputError) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = try chunk.withUnsafeMutableBufferPointer { buffer throws(InputError) in
        try read(UnsafeMutableRawBufferPointer(buffer))
      }
      guard let count else { continue }
      if count == 0 { return bytes }
      bytes.append(contentsOf: chunk[..<count])
      if bytes.count > limit { throw .tooLarge(path, bytes: bytes.count, limit: limit) }
    }
  }
}
