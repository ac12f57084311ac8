// Reading a file: whole up to a limit, or its end.

import Glibc

extension Files {
  /// The bytes of a regular file.
  ///
  /// - Parameters:
  ///   - limit: the most bytes it may have.
  ///   - follow: whether a link at the end of the path may be followed.
  public static func read(
    _ path: String, limit: Int = 1 << 30, follow: Bool = true
  ) throws(FileFailure) -> [UInt8] {
    let file = try RegularFile(path, follow: follow)
    guard file.facts.size <= Int64(limit) else {
      throw FileFailure(path, .read, .tooLarge(bytes: file.facts.size, limit: Int64(limit)))
    }
    if file.size > 0 { return try file.bytes(at: 0, count: file.size) }
    // Files of /proc have no size and still something to say.
    var bytes: [UInt8] = []
    while bytes.count < limit {
      let more = try file.bytes(at: bytes.count, count: min(1 << 16, limit - bytes.count))
      if more.isEmpty { break }
      bytes += more
    }
    return bytes
  }

  /// The last bytes of a file, at most `most`, none before `start`.
  public static func readEnd(
    _ path: String, from start: Int = 0, most: Int
  ) throws(FileFailure) -> [UInt8] {
    let file = try RegularFile(path)
    let from = max(start, file.size - most)
    return from < file.size ? try file.bytes(at: from, count: file.size - from) : []
  }

  /// The value of a line `KEY: VALUE` of a file of /proc; nil when it is not there.
  public static func systemValue(_ key: String, in path: String) -> String? {
    guard let bytes = try? read(path, limit: 4 << 20) else { return nil }
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      let text = String(decoding: line, as: UTF8.self)
      guard text.hasPrefix(key), let colon = text.firstIndex(of: ":") else { continue }
      return String(text[text.index(after: colon)...].drop { $0 == " " || $0 == "\t" })
    }
    return nil
  }

  /// The process's peak resident memory in bytes: VmHWM of proc(5).
  ///
  /// getrusage(2) would also count what the parent held before exec(2). Zero where there is no /proc.
  public static func peakMemory() -> Int {
    let digits = systemValue("VmHWM", in: "/proc/self/status")?.filter(\.isNumber) ?? ""
    let (bytes, overflow) = (Int(digits) ?? 0).multipliedReportingOverflow(by: 1024)
    return overflow ? 0 : bytes
  }
}
